//! Which tokens name a person, an institution or a place: capitals, lists, titles and the rest of the article.

use std::collections::HashMap;

use super::word::{Class, Words};
use super::{Label, Model, Tag};
use crate::lang::en::{ACRONYMS, Frame, INSTITUTIONS, ORGANISATION_WORDS, PARTICLES, Part, TITLES, verb};
use crate::lang::{Categories, is_in};
use crate::span::Run;

/// The longest phrase that is looked up in the lists, in tokens.
const LONGEST_PHRASE: usize = 5;

/// One tag and one certainty a token.
pub(super) fn tags(model: &Model, words: &Words<'_, '_>) -> (Vec<Tag>, Vec<f32>) {
    let count = words.article.tokens.len();
    let (mut tags, mut certainty) = (vec![Tag::Outside; count], vec![1.0; count]);
    let runs = runs(model, words);
    let labels: Vec<Option<(Label, f32)>> = runs.iter().map(|&run| label(model, words, run)).collect();
    let known = known(words, &runs, &labels);
    let mut mark = |run: Run, label: Label, sure: f32| {
        for token in run.range() {
            tags[token] = if token == run.start { Tag::Begin(label) } else { Tag::Inside(label) };
            certainty[token] = sure;
        }
    };
    for (&run, label) in runs.iter().zip(&labels) {
        // What the article says of the same words elsewhere: a part of a longer name, the label of most places.
        let elsewhere = known.get(unparticled(words.article.slice(run)));
        if let Some((label, sure)) = elsewhere.copied().or(*label) {
            mark(run, label, sure);
        }
    }
    for (paragraph, _) in words
        .article
        .paragraphs
        .iter()
        .zip(&words.titles)
        .filter(|(paragraph, is_title)| **is_title && paragraph.zone.is_read())
    {
        for (run, (label, _)) in known_in(words, paragraph.tokens, &known) {
            mark(run, label, 0.8);
        }
    }
    (tags, certainty)
}

/// Names, by what most of their places say that they name; a person's last word by itself means the person.
fn known<'w>(
    words: &'w Words<'_, '_>,
    runs: &[Run],
    labels: &[Option<(Label, f32)>],
) -> HashMap<&'w str, (Label, f32)> {
    let mut votes: HashMap<&str, [f32; 3]> = HashMap::new();
    for (run, label) in runs.iter().zip(labels) {
        let Some((label, sure)) = *label else { continue };
        votes.entry(unparticled(words.article.slice(*run))).or_default()[label as usize] += sure;
        if label == Label::Person && run.len() > 1 {
            votes.entry(unparticled(words.article.word(run.end - 1))).or_default()[label as usize] += 2.0 * sure;
        }
    }
    let most = |votes: [f32; 3]| {
        let order = [Label::Person, Label::Institution, Label::Place];
        order.into_iter().fold((Label::Person, 0.0), |best, label| {
            if votes[label as usize] > best.1 { (label, votes[label as usize]) } else { best }
        })
    };
    votes.into_iter().map(|(name, votes)| (name, (most(votes).0, most(votes).1.min(0.9)))).collect()
}

/// A name without its article in front: "Al-Sisi" and "al-Sisi" are one.
fn unparticled(name: &str) -> &str {
    name.strip_prefix("al-").or_else(|| name.strip_prefix("Al-")).unwrap_or(name)
}

/// The longest known names in a run, left to right.
fn known_in(words: &Words<'_, '_>, run: Run, known: &HashMap<&str, (Label, f32)>) -> Vec<(Run, (Label, f32))> {
    let mut found = Vec::new();
    let mut start = run.start;
    while start < run.end {
        let lengths = (1..=LONGEST_PHRASE.min(run.end - start)).rev();
        let names = lengths.map(|length| Run::new(start, start + length));
        let mut names = names.filter(|_| is_name_word(words, start));
        let hit = names.find_map(|name| Some((name, *known.get(unparticled(words.article.slice(name)))?)));
        start = hit.map_or(start + 1, |(name, _)| name.end);
        found.extend(hit);
    }
    found
}

/// Runs of capitalised words that may be names, titles in front left out.
fn runs(model: &Model, words: &Words<'_, '_>) -> Vec<Run> {
    let mut found = Vec::new();
    for sentence in &words.article.sentences {
        let paragraph = &words.article.paragraphs[sentence.paragraph];
        if words.titles[sentence.paragraph] || !paragraph.zone.is_read() {
            continue;
        }
        let mut token = sentence.tokens.start.max(paragraph.body_from);
        while token < sentence.tokens.end {
            if !is_name_word(words, token) {
                token += 1;
                continue;
            }
            let mut end = token + 1;
            while end < sentence.tokens.end && (is_name_word(words, end) || joins(words, end, sentence.tokens.end)) {
                end += 1;
            }
            split(model, words, Run::new(token, end), &mut found);
            token = end;
        }
    }
    found
}

fn is_name_word(words: &Words<'_, '_>, token: usize) -> bool {
    words.is_capitalised(token) && words.class(token) == Class::Open
}

/// "Department *of* Justice", "Ministry *of the* Interior", "Johnson *&* Johnson", "Ursula *von der* Leyen".
fn joins(words: &Words<'_, '_>, token: usize, end: usize) -> bool {
    let next = |ahead: usize| token + ahead < end && is_name_word(words, token + ahead);
    match words.lower(token) {
        "&" => next(1),
        word if is_in(PARTICLES, word) => next(1) || next(2) && is_in(PARTICLES, words.lower(token + 1)),
        "of" | "for" => {
            let organised = is_in(ORGANISATION_WORDS, words.lower(token - 1))
                || matches!(words.lower(token - 1), "departments" | "institutes" | "centers" | "bank" | "house");
            organised && (next(1) || matches!(words.lower(token + 1), "the") && next(2))
        }
        "the" => matches!(words.lower(token - 1), "of" | "for") && next(1),
        _ => false,
    }
}

/// Parts a run at titles: "Treasury Secretary Anna Berg" names "Treasury" and "Anna Berg".
fn split(model: &Model, words: &Words<'_, '_>, run: Run, found: &mut Vec<Run>) {
    // "General Motors", "Justice Department": what starts as a title does is an institution.
    let organised = (run.start + 1..run.end).all(|token| is_in(ORGANISATION_WORDS, words.lower(token)));
    if model.categories(&phrase(words, run)).has(Categories::ORGANISATION) || run.len() > 1 && organised {
        found.push(run);
        return;
    }
    // "Secretary of State Anna Berg": the title goes over an "of".
    let over = run.start >= 2 && words.lower(run.start - 1) == "of" && is_title(words, run.start - 2) && run.len() > 2;
    let start = run.start + usize::from(over);
    let last_title = (start..run.end.saturating_sub(1)).rev().find(|&token| is_title(words, token));
    let Some(title) = last_title else {
        found.push(Run::new(start, run.end));
        return;
    };
    let first_title = (start..=title).find(|&token| is_title(words, token)).unwrap_or(title);
    if first_title > start {
        found.push(Run::new(start, first_title));
    }
    found.push(Run::new(title + 1, run.end));
}

/// What a run names, and how sure.
fn label(model: &Model, words: &Words<'_, '_>, run: Run) -> Option<(Label, f32)> {
    let phrase = phrase(words, run);
    let whole = model.categories(&phrase);
    let first = model.categories(words.lower(run.start));
    let last = words.lower(run.end - 1);
    let titled = run.start > 0 && is_title(words, run.start - 1)
        // "Secretary of State Anna Berg"
        || run.start > 2 && words.lower(run.start - 2) == "of" && is_title(words, run.start - 3)
        || (2..=4).contains(&run.len()) && (is_titled_before(words, run) || is_titled_after(words, run));
    let organised = run.range().any(|token| is_in(ORGANISATION_WORDS, words.lower(token)));
    let opens = words.article.sentences[words.article.sentence_of(run.start)].tokens.start == run.start;
    if titled && run.len() <= 4 && !organised || is_aged(words, run) {
        Some((Label::Person, 0.9))
    } else if whole.has(Categories::ORGANISATION) || is_in(INSTITUTIONS, &phrase) || organised && run.len() > 1 {
        Some((Label::Institution, 0.8))
    } else if run.len() == 1 && is_in(ACRONYMS, words.lower(run.start))
        || is_plural_acronym(words.article.word(run.start))
    {
        None
    } else if whole.has(Categories::PLACE) {
        Some((Label::Place, 0.8))
    } else if whole.has(Categories::DEMONYM) || first.has(Categories::DEMONYM) {
        None
    } else if is_located(words, run) && !(run.len() > 1 && first.has(Categories::FIRST_NAME)) {
        Some((Label::Place, 0.6))
    } else if is_signed(words, run) && model.categories(last).has(Categories::LAST_NAME) {
        Some((Label::Person, 0.7))
    } else if run.len() == 1 && is_acronym(words.article.word(run.start)) {
        Some((Label::Institution, 0.6))
    } else if (2..=4).contains(&run.len())
        && (first.has(Categories::FIRST_NAME) || is_initials(words.article.word(run.start)))
    {
        Some((Label::Person, 0.9))
    } else if (2..=3).contains(&run.len()) && model.categories(last).has(Categories::LAST_NAME) {
        Some((Label::Person, 0.7))
    } else if run.len() <= 3
        && speaks(words, run)
        && (!opens || run.len() > 1 || first.has(Categories::LAST_NAME) || first.has(Categories::FIRST_NAME))
    {
        Some((Label::Person, 0.6))
    } else {
        None
    }
}

/// "in Port Callan", "the mayor of Port Callan": where something is, or whose mayor somebody is.
fn is_located(words: &Words<'_, '_>, run: Run) -> bool {
    let before = |back: usize| run.start.checked_sub(back).map_or("", |token| words.lower(token));
    match before(1) {
        "in" | "near" | "outside" | "across" => !is_acronym(words.article.word(run.start)),
        "of" => matches!(
            before(2),
            "mayor"
                | "city"
                | "town"
                | "village"
                | "governor"
                | "streets"
                | "people"
                | "province"
                | "port"
                | "residents"
        ),
        _ => false,
    }
}

/// "Lee said", "Lee has also said", "“…,” said Lee": a name next to a verb of saying.
fn speaks(words: &Words<'_, '_>, run: Run) -> bool {
    let says = |token: usize| {
        verb(words.lower(token))
            .is_some_and(|verb| matches!(verb.frame, Frame::Say | Frame::Tell) && verb.part != Part::Base)
    };
    let passes = |token: &usize| matches!(words.class(*token), Class::Auxiliary | Class::Adverb);
    let after = (run.end..run.end + 4).find(|token| !passes(token)).unwrap_or(run.end);
    says(after) || run.start > 1 && says(run.start - 1) && words.class(run.start - 2) == Class::Mark
}

/// "SMITH: I agree.": a name that a paragraph starts with, as in an interview.
fn is_signed(words: &Words<'_, '_>, run: Run) -> bool {
    let paragraph = words.article.paragraphs[words.article.paragraph_of(run.start)];
    paragraph.body_from == run.start && words.lower(run.end) == ":"
}

/// "the bank's chairman, Carl Lind,": a name in apposition to a title.
fn is_titled_before(words: &Words<'_, '_>, run: Run) -> bool {
    let ends = words.class(run.end) == Class::Mark;
    ends && run.start > 1 && words.lower(run.start - 1) == "," && is_in(TITLES, words.lower(run.start - 2))
}

/// "Carl Lind, a trader in fish," or "Carl Lind, head of sales,": a title in apposition to a name.
fn is_titled_after(words: &Words<'_, '_>, run: Run) -> bool {
    let first = run.end + 1;
    let determined = matches!(words.class(first), Class::Determiner | Class::Possessive);
    // In a list, "Carl Lind, Director Berg", the title is another's.
    if words.lower(run.end) != "," || !determined && words.is_capitalised(first) {
        return false;
    }
    let start = first + usize::from(determined);
    let mut open = (start..start + LONGEST_PHRASE)
        .take_while(|&token| words.class(token) == Class::Open || words.lower(token) == "'s");
    open.any(|token| is_in(TITLES, words.lower(token)))
}

/// "Carl Lind, 34,": a name with an age.
fn is_aged(words: &Words<'_, '_>, run: Run) -> bool {
    let age = || words.lower(run.end + 1).parse::<u8>().is_ok_and(|age| (5..=110).contains(&age));
    run.len() <= 4 && words.lower(run.end) == "," && words.class(run.end + 2) == Class::Mark && age()
}

fn phrase(words: &Words<'_, '_>, run: Run) -> String {
    let longest = Run::new(run.start, run.end.min(run.start + LONGEST_PHRASE));
    longest.range().map(|token| words.lower(token)).collect::<Vec<_>>().join(" ")
}

fn is_title(words: &Words<'_, '_>, token: usize) -> bool {
    words.is_capitalised(token) && words.is_title(token)
}

/// Two to six capitals: "NATO", "U.N.".
fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|&character| character != '.').count();
    (2..=6).contains(&letters) && word.chars().all(|character| character.is_uppercase() || character == '.')
}

/// "MPs", "NGOs".
fn is_plural_acronym(word: &str) -> bool {
    word.strip_suffix('s').is_some_and(is_acronym)
}

/// "J.", "J.K.": capitals, each with its stop.
fn is_initials(word: &str) -> bool {
    let mut characters = word.chars();
    while let Some(character) = characters.next() {
        if !character.is_uppercase() || characters.next() != Some('.') {
            return false;
        }
    }
    !word.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Article;

    /// The names in a text as "name/label".
    fn names_of(text: &str) -> Vec<String> {
        let model = Model::from_bytes(include_bytes!("../lang/en/model.bin")).expect("the committed model");
        let article = Article::new(text);
        let (tags, _) = tags(&model, &Words::new(&article));
        let mut found = Vec::new();
        for start in 0..tags.len() {
            let Tag::Begin(label) = tags[start] else { continue };
            let end = (start + 1..tags.len()).find(|&token| tags[token] != Tag::Inside(label)).unwrap_or(tags.len());
            found.push(format!("{}/{label:?}", article.slice(Run::new(start, end))));
        }
        found
    }

    #[test]
    fn who_and_what_is_named() {
        let table: &[(&str, &[&str])] = &[
            // Persons: by first name, title, initials, age, apposition, by the verb.
            ("We met Anna Berg and the others.", &["Anna Berg/Person"]),
            ("We met Treasury Secretary Xo Qrell there.", &["Treasury/Institution", "Xo Qrell/Person"]),
            ("We met Secretary of State Xo Qrell there.", &["Xo Qrell/Person"]),
            ("We met J. K. Qrell and A.P.J. Abdul Kalam.", &["J. K. Qrell/Person", "A.P.J. Abdul Kalam/Person"]),
            ("He sued Qrell, 34, of no fixed address.", &["Qrell/Person"]),
            ("The bank’s chairman, Xo Qrell, left.", &["Xo Qrell/Person"]),
            ("Xo Qrell, the bank’s chairman, left.", &["Xo Qrell/Person"]),
            ("Then Qrell has also said no.", &["Qrell/Person"]),
            ("“No,” said Qrell. She said Qrelling was over.", &["Qrell/Person"]),
            // Particles, apostrophes, hyphens, diacritics, honorifics of many countries.
            ("We met Ursula von der Leyen and Erik ten Hag.", &["Ursula von der Leyen/Person", "Erik ten Hag/Person"]),
            (
                "President Abdel Fattah al-Sisi left. Al-Sisi was late.",
                &["Abdel Fattah al-Sisi/Person", "Al-Sisi/Person"],
            ),
            ("We met Mary O’Neill and Jean-Luc Mélenchon.", &["Mary O’Neill/Person", "Jean-Luc Mélenchon/Person"]),
            ("Then Taoiseach Xo Qrell met Smt. Xa Qrall.", &["Xo Qrell/Person", "Xa Qrall/Person"]),
            // Words of the closed classes that are names, and that are not.
            ("Then Theresa May met Will Smith in May.", &["Theresa May/Person", "Will Smith/Person"]),
            ("The US and the WHO may act. Who will?", &["US/Place", "WHO/Institution"]),
            // Institutions that start like a title, and acronyms that name nobody.
            (
                "It sued General Motors and the Justice Department.",
                &["General Motors/Institution", "Justice Department/Institution"],
            ),
            (
                "The National Union of Teachers (NUT) met MPs.",
                &["National Union of Teachers/Institution", "NUT/Institution"],
            ),
            ("The CEO said GDP rose.", &[]),
            // Places.
            ("He lives in Qrellville, Norway.", &["Qrellville/Place", "Norway/Place"]),
            // Where all words have capitals, what the rest of the article knows.
            ("Berg To Meet Her Old Friends\n\nThen Anna Berg left town.", &["Berg/Person", "Anna Berg/Person"]),
        ];
        let wrong: Vec<_> = table.iter().filter(|(text, expected)| names_of(text) != *expected).collect();
        let found: Vec<_> = wrong.iter().map(|(text, expected)| (text, names_of(text), expected)).collect();
        assert!(wrong.is_empty(), "text, found, expected: {found:#?}");
    }
}
