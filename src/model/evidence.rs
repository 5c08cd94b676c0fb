//! What the lists, and the rest of the article, say of a word: the bits of [`Features::evidence`](super::Features).
//!
//! | bits | what |
//! |---|---|
//! | 0..=10 | lists of names, of the word or of a phrase that it is part of |
//! | 11..=23 | short lists: titles, words of institutions and the like |
//! | 24..=33 | how it is written and where it stands |
//! | 34..=59 | what the article says of the same word elsewhere, however it is capitalised there |
//!
//! Names of the lists count where they are capitalised, or where no word of the paragraph is. "A name" is a run of
//! capitalised words without the titles in front of it. "The article" is what of it is read: its headline and body.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::elsewhere;
use super::form::Forms;
use super::vocabulary::Lexicon;
use super::word::Words;
use crate::lang::{Categories, en};
use crate::span::Run;
use crate::text::TokenKind;

/// Declares the bits, from the lowest on.
macro_rules! bits {
    ($($(#[$doc:meta])+ $name:ident)+) => {
        bits!(@ 0; $($(#[$doc])+ $name)+);
        /// Each bit with its name, from the lowest on; those above are always unset.
        pub const BITS: &[(&str, u64)] = &[$((stringify!($name), $name)),+];
    };
    (@ $bit:expr; $(#[$doc:meta])+ $name:ident $($rest:tt)*) => {
        $(#[$doc])+
        pub const $name: u64 = 1 << ($bit);
        bits!(@ $bit + 1; $($rest)*);
    };
    (@ $bit:expr;) => {};
}

bits! {
    /// The lists: a given name.
    FIRST_NAME
    /// The lists: a family name.
    LAST_NAME
    /// The lists: a given name of women.
    FEMALE
    /// The lists: a given name of men.
    MALE
    /// The lists: a place in one word.
    PLACE
    /// The lists: an institution in one word.
    ORGANISATION
    /// The lists: a people, or the adjective of a place.
    DEMONYM
    /// The first of several words that the lists call a place.
    BEGINS_PLACE
    /// Another of them.
    INSIDE_PLACE
    /// The first of several words that the lists call an institution.
    BEGINS_ORGANISATION
    /// Another of them.
    INSIDE_ORGANISATION

    /// `titles.txt`: "president", "Mr.".
    TITLE
    /// `courtesies.txt`: "Mr.", "Queen".
    COURTESY
    /// `organisation_words.txt`: "University", "Inc."
    ORGANISATION_WORD
    /// `particles.txt`: "van".
    PARTICLE
    /// `time_words.txt`: "Monday", "May", "GMT".
    DATE
    /// `unnamed.txt`: "official", "sources".
    UNNAMED
    /// `documents.txt`: "report".
    DOCUMENT
    /// `occasions.txt`: "interview".
    OCCASION
    /// `homographs.txt`: a form of a cue verb that is a noun more often.
    HOMOGRAPH
    /// `cues.txt`: at least 60 of a hundred uses are cues.
    OFTEN_CUE
    /// `cues.txt`: fewer than 40 of a hundred uses are cues.
    SELDOM_CUE
    /// `agencies.txt`: "Reuters".
    AGENCY
    /// `acronyms.txt`, in capitals: "GDP", which is no institution.
    TERM

    /// Its paragraph has no capitals but these: most words are all capitals.
    ALL_CAPITALS
    /// No word of its paragraph starts with a capital.
    NO_CAPITALS
    /// Capitalised where only names are: neither at a sentence's start nor where every word is.
    CAPITAL
    /// Two to six capitals, among small letters: "NATO", "U.N."
    ACRONYM
    /// The first word of a name.
    BEGINS_NAME
    /// Another word of a name: "Department *of Justice*".
    INSIDE_NAME
    /// In a name with a word of institutions, or that the lists call one.
    IN_ORGANISATION
    /// In a name after a title.
    IN_TITLED
    /// In a name of several words that starts with a given name of the lists.
    IN_PERSON
    /// In a name next to a verb of saying.
    IN_SPEAKER

    /// Elsewhere without a capital, though here with one.
    SMALL
    /// Elsewhere more often without a capital than with one that only names have.
    MOSTLY_SMALL
    /// Elsewhere with a capital that only names have.
    CAPITALISED
    /// Three times or more elsewhere with a capital that only names have.
    OFTEN_CAPITALISED
    /// Elsewhere a name by itself.
    ALONE
    /// Elsewhere the first of a name's several words.
    FIRST
    /// Elsewhere in the middle of a name.
    MIDDLE
    /// Elsewhere the last of a name's several words.
    LAST
    /// Elsewhere in a name after a title.
    TITLED
    /// Elsewhere the last word of a name that starts with a given name of the lists.
    AFTER_FIRST_NAME
    /// Elsewhere in a name with a word of institutions, or that the lists call one.
    ORGANISED
    /// Elsewhere in a name before a verb of saying.
    SPEAKS
    /// Elsewhere in a name after a verb of saying: "…," said Berg.
    SPOKEN
    /// Elsewhere in a name after "in", "at", "from", "near", "outside", "across" or "to".
    AFTER_IN
    /// Elsewhere in a name after "of".
    AFTER_OF
    /// Elsewhere in a name after "the".
    AFTER_THE
    /// Elsewhere in a name before "’s".
    POSSESSIVE
    /// Elsewhere in a name in apposition to a title, an age or "who": "Berg, a lawyer," and "Berg, 34,".
    APPOSED
    /// Elsewhere in a name before a place: "Salem, Oregon".
    BEFORE_PLACE
    /// Elsewhere capitalised in the headline, or where else every word is.
    HEADED
    /// Capitals that are the initials of a name in the article.
    ABBREVIATES
    /// Capitals that stand in brackets after a name somewhere in the article.
    BRACKETED
    /// In a name, here or elsewhere, whose initials stand in the article.
    ABBREVIATED
    /// In a name of several words whose last is elsewhere a name by itself.
    LAST_ALONE
    /// In a name of several words whose last elsewhere speaks or has a title.
    LAST_SPEAKS
    /// In a name of several words that is all there elsewhere.
    REPEATED
}

/// The bits of the lists of names, which count for capitalised words only.
const NAMES: u64 = FIRST_NAME | LAST_NAME | FEMALE | MALE | PLACE | ORGANISATION | DEMONYM;

/// The short lists, by their entries in lower case.
static LISTS: LazyLock<HashMap<String, u64>> = LazyLock::new(|| {
    let courtesies: Vec<&str> = en::COURTESIES.iter().map(|[title, ..]| *title).collect();
    let single: Vec<&str> = en::INSTITUTIONS.iter().copied().filter(|name| !name.contains(' ')).collect();
    let lists = [
        (ORGANISATION, single.as_slice()),
        (TITLE, en::TITLES),
        (COURTESY, courtesies.as_slice()),
        (ORGANISATION_WORD, en::ORGANISATION_WORDS),
        (PARTICLE, en::PARTICLES),
        (DATE, en::TIME_WORDS),
        (UNNAMED, en::UNNAMED),
        (DOCUMENT, en::DOCUMENTS),
        (OCCASION, en::OCCASIONS),
        (HOMOGRAPH, en::HOMOGRAPHS),
        (AGENCY, en::AGENCIES),
        (TERM, en::ACRONYMS),
    ];
    let mut all: HashMap<String, u64> = HashMap::new();
    for (bit, word) in lists.iter().flat_map(|(bit, words)| words.iter().map(move |word| (bit, word))) {
        *all.entry(word.to_lowercase()).or_default() |= bit;
    }
    all
});

/// What the lists say of a word: the long ones as they were asked, and the short ones.
pub(super) fn of_word(categories: Categories, share: Option<f32>, written: &str, lower: &str) -> u64 {
    let short = |word: &str| LISTS.get(word).copied().unwrap_or(0);
    let stem = lower.strip_suffix('.').map_or(0, |stem| short(stem) & (TITLE | COURTESY));
    let capitals = match (written.starts_with(char::is_uppercase), written.contains(char::is_lowercase)) {
        (true, false) => u64::MAX,
        (true, true) => !TERM,
        _ => !(TERM | DATE | AGENCY),
    };
    let bits = [
        (FIRST_NAME, categories.has(Categories::FIRST_NAME)),
        (LAST_NAME, categories.has(Categories::LAST_NAME)),
        (FEMALE, categories.has(Categories::FEMALE)),
        (MALE, categories.has(Categories::MALE)),
        (PLACE, categories.has(Categories::PLACE)),
        (ORGANISATION, categories.has(Categories::ORGANISATION)),
        (DEMONYM, categories.has(Categories::DEMONYM)),
        (OFTEN_CUE, share.is_some_and(|share| share >= 0.6)),
        (SELDOM_CUE, share.is_some_and(|share| share < 0.4)),
    ];
    set(&bits) | (short(lower) | stem) & capitals
}

/// The set of the bits that hold.
pub(super) fn set(bits: &[(u64, bool)]) -> u64 {
    bits.iter().fold(0, |all, &(bit, holds)| if holds { all | bit } else { all })
}

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
    let from = en::INSTITUTIONS.partition_point(|phrase| *phrase < first);
    let matches = |phrase: &&&str| phrase.split(' ').zip(run.range()).all(|(word, token)| word == words.lower(token));
    let candidates = en::INSTITUTIONS[from..].iter().take_while(|phrase| phrase.starts_with(first)).filter(matches);
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
