//! Words and their forms -> the bits of [`bit`](super::bit), one set a token.

use super::bit::{
    ACRONYM, ALL_CAPITALS, BEGINS_ORGANISATION, BEGINS_PLACE, DEMONYM, FEMALE, FIRST_NAME, INSIDE_ORGANISATION,
    INSIDE_PLACE, LAST_NAME, MALE, NO_CAPITALS, ORGANISATION, PLACE,
};
use super::elsewhere;
use super::form::Forms;
use crate::lang::Categories;
use crate::lexis::{Lexicon, Words};
use crate::span::Run;
use crate::text::TokenKind;

/// The bits of the lists of names, which count for capitalised words only.
const NAMES: u64 = FIRST_NAME | LAST_NAME | FEMALE | MALE | PLACE | ORGANISATION | DEMONYM;

/// The bits of this module, one set a token.
pub(super) fn evidence(lexicon: &Lexicon, words: &Words<'_, '_>, forms: &Forms) -> Vec<u64> {
    let mut bits = vec![0; words.article.tokens.len()];
    for paragraph in &words.article.paragraphs {
        let case = case(words, forms, paragraph.tokens);
        for token in paragraph.tokens.range() {
            let form = forms.at(token);
            let counts = form.capitalised || case == NO_CAPITALS;
            let acronym = form.upper && case != ALL_CAPITALS && is_acronym(words.article.word(token));
            let mask = if counts { u64::MAX } else { !NAMES };
            bits[token] = case | form.lists & mask | if acronym { ACRONYM } else { 0 };
        }
    }
    for sentence in &words.article.sentences {
        phrases(lexicon, words, forms, sentence.tokens, &mut bits);
    }
    elsewhere::add(words, forms, &mut bits);
    bits
}

/// [`ALL_CAPITALS`], [`NO_CAPITALS`] or neither.
fn case(words: &Words<'_, '_>, forms: &Forms, paragraph: Run) -> u64 {
    let (mut all, mut upper, mut capitalised) = (0, 0, 0);
    for token in paragraph.range().filter(|&token| words.kind(token) == TokenKind::Word) {
        let form = forms.at(token);
        all += 1;
        upper += usize::from(form.upper);
        capitalised += usize::from(form.capitalised);
    }
    match () {
        () if capitalised == 0 && all > 0 => NO_CAPITALS,
        () if all > 3 && 5 * upper > 4 * all => ALL_CAPITALS,
        () => 0,
    }
}

/// Marks the longest phrases of the lists in a sentence, from left to right.
fn phrases(lexicon: &Lexicon, words: &Words<'_, '_>, forms: &Forms, sentence: Run, bits: &mut [u64]) {
    let mut start = sentence.start;
    while start < sentence.end {
        let counts = |token: usize| forms.at(token).capitalised || bits[token] & NO_CAPITALS != 0;
        let found = if counts(start) { phrase(lexicon, words, forms, Run::new(start, sentence.end)) } else { None };
        let Some((end, said)) = found.filter(|(end, _)| counts(end - 1)) else {
            start += 1;
            continue;
        };
        for (category, begins, inside) in [
            (Categories::PLACE, BEGINS_PLACE, INSIDE_PLACE),
            (Categories::ORGANISATION, BEGINS_ORGANISATION, INSIDE_ORGANISATION),
        ] {
            if said.has(category) {
                bits[start] |= begins;
                bits[start + 1..end].iter_mut().for_each(|bits| *bits |= inside);
            }
        }
        start = end;
    }
}

/// The longest phrase of the lists that a run starts with, of two words or more: where it ends, and what it is.
fn phrase(lexicon: &Lexicon, words: &Words<'_, '_>, forms: &Forms, run: Run) -> Option<(usize, Categories)> {
    let mut found = institution(words, run).map(|end| (end, Categories::ORGANISATION));
    let mut prefix = forms.at(run.start).phrases;
    let mut end = run.start + 1;
    while let Some(here) = prefix.filter(|_| end < run.end) {
        let (said, next) = lexicon.next(here, words.lower(end));
        end += 1;
        prefix = next;
        if said != Categories::default() && found.is_none_or(|(longest, _)| longest <= end) {
            found = Some((end, said));
        }
    }
    found
}

/// The longest phrase of `institutions.txt` that a run starts with, of two words or more: where it ends.
fn institution(words: &Words<'_, '_>, run: Run) -> Option<usize> {
    let first = words.lower(run.start);
    let from = words.language.institutions.partition_point(|phrase| *phrase < first);
    let matches = |phrase: &&&str| phrase.split(' ').zip(run.range()).all(|(word, token)| word == words.lower(token));
    let candidates =
        words.language.institutions[from..].iter().take_while(|phrase| phrase.starts_with(first)).filter(matches);
    let lengths = candidates.map(|phrase| phrase.split(' ').count()).filter(|&length| length > 1);
    lengths.filter(|&length| length <= run.len()).max().map(|length| run.start + length)
}

/// Two to six capitals, each with its stop or none with one.
fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|&character| character != '.').count();
    (2..=6).contains(&letters) && word.chars().all(|character| character.is_uppercase() || character == '.')
}

#[cfg(test)]
mod tests {
    use super::super::bit::{
        ABBREVIATED, ABBREVIATES, AFTER_FIRST_NAME, AFTER_IN, AFTER_OF, AFTER_THE, ALONE, APPOSED, BEFORE_PLACE,
        BEGINS_NAME, BITS, BRACKETED, CAPITAL, CAPITALISED, COURTESY, DATE, DOCUMENT, FIRST, HEADED, IN_ORGANISATION,
        IN_PERSON, IN_SPEAKER, IN_TITLED, INSIDE_NAME, LAST, LAST_ALONE, LAST_SPEAKS, MIDDLE, MOSTLY_SMALL, OCCASION,
        OFTEN_CAPITALISED, ORGANISATION_WORD, ORGANISED, PARTICLE, POSSESSIVE, REPEATED, SMALL, SPEAKS, SPOKEN, TERM,
        TITLE, TITLED, UNNAMED,
    };
    use super::*;
    use crate::model::feature::tests::read;

    /// The bits of each token that has some of `asked`, as "word BIT BIT".
    fn bits_of(text: &str, asked: u64) -> Vec<String> {
        let (article, features) = read(text);
        let names = |bits: u64| BITS.iter().filter(move |(_, bit)| bits & asked & bit != 0).map(|(name, _)| *name);
        let line = |(token, &bits): (usize, &u64)| {
            let line = names(bits).fold(String::new(), |line, name| line + " " + name);
            (!line.is_empty()).then(|| article.word(token).to_owned() + &line)
        };
        features.evidence.iter().enumerate().filter_map(line).collect()
    }

    #[test]
    fn what_the_lists_say_of_words_and_phrases() {
        let names = FIRST_NAME | FEMALE | MALE | PLACE | ORGANISATION | DEMONYM;
        let phrases = BEGINS_PLACE | INSIDE_PLACE | BEGINS_ORGANISATION | INSIDE_ORGANISATION;
        let lists = TITLE | COURTESY | ORGANISATION_WORD | PARTICLE | DATE | UNNAMED | DOCUMENT | OCCASION | TERM;
        let table: &[(u64, &str, &[&str])] = &[
            (names, "Then Anna met Olaf.", &["Anna FIRST_NAME FEMALE", "Olaf FIRST_NAME MALE"]),
            (names, "A Norwegian, in Germany. Amazon.", &["Norwegian DEMONYM", "Germany PLACE", "Amazon ORGANISATION"]),
            // Small, such words are no names, unless all is small.
            (names, "Then she sat on amazon grass.", &[]),
            (
                names,
                "then anna met olaf in germany",
                &["anna FIRST_NAME FEMALE", "olaf FIRST_NAME MALE", "germany PLACE"],
            ),
            (phrases, "In New York he read.", &["New BEGINS_PLACE", "York INSIDE_PLACE"]),
            (
                phrases,
                "He read The New York Times.",
                &["New BEGINS_ORGANISATION", "York INSIDE_ORGANISATION", "Times INSIDE_ORGANISATION"],
            ),
            (
                phrases,
                "The Bank of England fell.",
                &["Bank BEGINS_ORGANISATION", "of INSIDE_ORGANISATION", "England INSIDE_ORGANISATION"],
            ),
            (phrases, "IN NEW YORK HE READ IT", &["NEW BEGINS_PLACE", "YORK INSIDE_PLACE"]),
            (phrases, "in new york he read", &["new BEGINS_PLACE", "york INSIDE_PLACE"]),
            (phrases, "At once new york fell. We were New. York was old.", &[]),
            (lists, "Sen. Qrell and Mr. van Qrell", &["Sen. TITLE", "Mr. TITLE COURTESY", "van PARTICLE"]),
            (
                lists,
                "A report on Monday by sources at Qrell University:",
                &["report DOCUMENT OCCASION", "Monday DATE", "sources UNNAMED", "University ORGANISATION_WORD"],
            ),
            (lists, "IT has it that GDP rose.", &["IT TERM", "GDP TERM"]),
        ];
        check(table);
    }

    #[test]
    fn what_a_name_looks_like_where_it_stands() {
        let name = BEGINS_NAME | INSIDE_NAME | IN_ORGANISATION | IN_TITLED | IN_PERSON | IN_SPEAKER;
        let table: &[(u64, &str, &[&str])] = &[
            (CAPITAL, "He met Qrell. “Go,” he said: Now Qrell left.", &["Qrell CAPITAL", "Qrell CAPITAL"]),
            (CAPITAL, "He Met His Old Friends In Town", &[]),
            (
                ALL_CAPITALS,
                "QRELL MET HIS FRIENDS IN TOWN",
                &[
                    "QRELL ALL_CAPITALS",
                    "MET ALL_CAPITALS",
                    "HIS ALL_CAPITALS",
                    "FRIENDS ALL_CAPITALS",
                    "IN ALL_CAPITALS",
                    "TOWN ALL_CAPITALS",
                ],
            ),
            (NO_CAPITALS, "so he left", &["so NO_CAPITALS", "he NO_CAPITALS", "left NO_CAPITALS"]),
            (ACRONYM, "The U.N. met NATO, MPs and X.", &["U.N. ACRONYM", "NATO ACRONYM"]),
            (name, "Then President Xo Qrell left.", &["Xo BEGINS_NAME IN_TITLED", "Qrell INSIDE_NAME IN_TITLED"]),
            (
                name,
                "Then Secretary of State Xo Qrell left.",
                &["Secretary BEGINS_NAME", "Xo BEGINS_NAME IN_TITLED", "Qrell INSIDE_NAME IN_TITLED"],
            ),
            (name, "The chairman, Xo Qrell, left.", &["Xo BEGINS_NAME IN_TITLED", "Qrell INSIDE_NAME IN_TITLED"]),
            (
                name,
                "“No,” said Anna von der Qrell.",
                &[
                    "Anna BEGINS_NAME IN_PERSON IN_SPEAKER",
                    "von INSIDE_NAME IN_PERSON IN_SPEAKER",
                    "der INSIDE_NAME IN_PERSON IN_SPEAKER",
                    "Qrell INSIDE_NAME IN_PERSON IN_SPEAKER",
                ],
            ),
            (
                name,
                "The Ministry of the Interior has also said so.",
                &[
                    "Ministry BEGINS_NAME IN_ORGANISATION IN_SPEAKER",
                    "of INSIDE_NAME IN_ORGANISATION IN_SPEAKER",
                    "the INSIDE_NAME IN_ORGANISATION IN_SPEAKER",
                    "Interior INSIDE_NAME IN_ORGANISATION IN_SPEAKER",
                ],
            ),
            // The first word of a sentence is no name where the article writes it small.
            (name, "Fishers met Qrell. No fishers left.", &["Qrell BEGINS_NAME"]),
            (name, "Skip to main content\nMenu", &[]),
        ];
        check(table);
    }

    #[test]
    fn what_the_article_says_of_a_word_elsewhere() {
        let case = SMALL | MOSTLY_SMALL | CAPITALISED | OFTEN_CAPITALISED | HEADED;
        let place = ALONE | FIRST | MIDDLE | LAST;
        let around = TITLED | AFTER_FIRST_NAME | ORGANISED | SPEAKS | SPOKEN | AFTER_IN | AFTER_OF | AFTER_THE;
        let after = POSSESSIVE | APPOSED | BEFORE_PLACE;
        let short = ABBREVIATES | BRACKETED | ABBREVIATED;
        let long = LAST_ALONE | LAST_SPEAKS | REPEATED;
        let table: &[(u64, &str, &[&str])] = &[
            (
                case,
                "A Qrell ate. Qrell ate qrell. Fish is fish, as fish.",
                &[
                    "Qrell SMALL MOSTLY_SMALL",
                    "Qrell SMALL CAPITALISED",
                    "qrell CAPITALISED",
                    "Fish SMALL MOSTLY_SMALL",
                ],
            ),
            (
                case,
                "So Qrell, Qrell, Qrell and Qrell.",
                &[
                    "Qrell CAPITALISED OFTEN_CAPITALISED",
                    "Qrell CAPITALISED OFTEN_CAPITALISED",
                    "Qrell CAPITALISED OFTEN_CAPITALISED",
                    "Qrell CAPITALISED OFTEN_CAPITALISED",
                ],
            ),
            // A word's own place is no evidence for it.
            (place, "We met Xo Qrell there.", &[]),
            (
                place,
                "We met Xo Abu Qrell. QRELL and qrell met Xo and Abu.",
                &["Xo ALONE", "Abu ALONE", "Qrell ALONE", "QRELL LAST", "qrell ALONE LAST", "Xo FIRST", "Abu MIDDLE"],
            ),
            (around, "We met Mr. Qrell. “No,” said Anna Qrell.", &["Qrell AFTER_FIRST_NAME SPOKEN", "Qrell TITLED"]),
            (
                around,
                "The Qrell fell. A man of Qrell fell in Qrell. Qrell said no. We like Qrell Bank.",
                &[
                    "Qrell ORGANISED SPEAKS AFTER_IN AFTER_OF",
                    "Qrell ORGANISED SPEAKS AFTER_IN AFTER_THE",
                    "Qrell ORGANISED SPEAKS AFTER_OF AFTER_THE",
                    "Qrell ORGANISED AFTER_IN AFTER_OF AFTER_THE",
                    "Qrell SPEAKS AFTER_IN AFTER_OF AFTER_THE",
                ],
            ),
            (
                after,
                "Then Abu, 34, left. Abu’s dog left. Xo, a noted chef, ate. In Xo, Norway, all ate.",
                &["Abu POSSESSIVE", "Abu APPOSED", "Xo BEFORE_PLACE", "Xo APPOSED"],
            ),
            (
                short,
                "The National Union of Teachers (NUT) met the Qrell Xo Abu. The QXA left.",
                &[
                    "National ABBREVIATED",
                    "Union ABBREVIATED",
                    "of ABBREVIATED",
                    "Teachers ABBREVIATED",
                    "NUT ABBREVIATES BRACKETED",
                    "Qrell ABBREVIATED",
                    "Xo ABBREVIATED",
                    "Abu ABBREVIATED",
                    "QXA ABBREVIATES",
                ],
            ),
            // In brackets, what stands before the name's own words may be left out: "the US Qrell Union (QU)".
            (
                BRACKETED | ABBREVIATES,
                "The US Qrell Union (QU) left Abu Xo (DUP).",
                &["QU ABBREVIATES BRACKETED", "DUP BRACKETED"],
            ),
            (
                long,
                "We met Xo Qrell. Qrell said no. Then Xo Qrell left.",
                &[
                    "Xo LAST_ALONE LAST_SPEAKS REPEATED",
                    "Qrell LAST_ALONE LAST_SPEAKS REPEATED",
                    "Xo LAST_ALONE LAST_SPEAKS REPEATED",
                    "Qrell LAST_ALONE LAST_SPEAKS REPEATED",
                ],
            ),
            // Particles, apostrophes and hyphens make no other word of one.
            (
                place,
                "Then Abdel al-Sisi left. Al-Sisi met O’Neill, Mary O'Neill and Ed Qrell-Xo.",
                &["al-Sisi ALONE", "Al-Sisi LAST", "O’Neill LAST", "O'Neill ALONE"],
            ),
            // Headlines, and paragraphs in capitals, take from the rest what they cannot say.
            (
                place | HEADED,
                "Qrell To Meet Her Old Friends\n\nThen Anna Qrell left town.",
                &["Qrell LAST", "Qrell HEADED"],
            ),
            (
                place | HEADED,
                "QRELL TO MEET HER FRIENDS\n\nThen Anna Qrell left town.",
                &["QRELL LAST", "Qrell HEADED"],
            ),
        ];
        check(table);
    }

    #[test]
    fn every_bit_is_another() {
        assert!(BITS.len() <= crate::model::feature::EVIDENCE);
        assert!(BITS.iter().zip(0..).all(|((_, bit), number)| *bit == 1 << number));
    }

    /// Texts with the bits that are asked for, and what is expected.
    fn check(table: &[(u64, &str, &[&str])]) {
        let found = table.iter().map(|(asked, text, expected)| (text, bits_of(text, *asked), expected));
        let wrong: Vec<_> = found.filter(|(_, found, expected)| found != *expected).collect();
        assert!(wrong.is_empty(), "text, found, expected: {wrong:#?}");
    }
}
