//! Which tokens name a person, an institution or a place: capitals, lists, titles and the rest of the article.

use std::collections::HashMap;

use super::word::{Class, Words};
use super::{Label, Model, Tag};
use crate::lang::en::{ORGANISATION_WORDS, TITLES};
use crate::lang::{Categories, is_in};
use crate::span::Run;
use crate::text::TokenKind;

/// The longest phrase that is looked up in the lists, in tokens.
const LONGEST_PHRASE: usize = 5;

/// One tag and one certainty a token.
pub(super) fn tags(model: &Model, words: &Words<'_, '_>) -> (Vec<Tag>, Vec<f32>) {
    let count = words.article.tokens.len();
    let (mut tags, mut certainty) = (vec![Tag::Outside; count], vec![1.0; count]);
    let mut surnames = HashMap::new();
    let runs = runs(words);
    let mut labelled: Vec<(Run, Option<(Label, f32)>)> = runs.iter().map(|&run| label(model, words, run)).collect();
    for (run, label) in &labelled {
        if let Some((label @ (Label::Person | Label::Institution), _)) = label {
            if run.len() > 1 && *label == Label::Person {
                surnames.insert(words.lower(run.end - 1).to_owned(), *label);
            }
        }
    }
    for (run, label) in &mut labelled {
        // Part of a name that the article gives in full elsewhere.
        if run.len() == 1 {
            if let Some(&known) = surnames.get(words.lower(run.start)) {
                *label = Some((known, 0.9));
            }
        }
        if let Some((label, sure)) = *label {
            for token in run.range() {
                tags[token] = if token == run.start { Tag::Begin(label) } else { Tag::Inside(label) };
                certainty[token] = sure;
            }
        }
    }
    (tags, certainty)
}

/// Runs of capitalised words that may be names, titles in front left out.
fn runs(words: &Words<'_, '_>) -> Vec<Run> {
    let mut found = Vec::new();
    for sentence in &words.article.sentences {
        let mut token = sentence.tokens.start;
        while token < sentence.tokens.end {
            if !is_name_word(words, token) {
                token += 1;
                continue;
            }
            let mut end = token + 1;
            while end < sentence.tokens.end && (is_name_word(words, end) || joins(words, end, sentence.tokens.end)) {
                end += 1;
            }
            split(words, Run::new(token, end), sentence.tokens.start, &mut found);
            token = end;
        }
    }
    found
}

fn is_name_word(words: &Words<'_, '_>, token: usize) -> bool {
    words.is_capitalised(token) && matches!(words.class(token), Class::Open)
        || words.is_capitalised(token) && words.class(token) == Class::Preposition && false
}

/// "Department *of* Justice", "Ministry *of the* Interior", "Johnson *&* Johnson", "Ursula *von der* Leyen".
fn joins(words: &Words<'_, '_>, token: usize, end: usize) -> bool {
    let next = |ahead: usize| token + ahead < end && is_name_word(words, token + ahead);
    match words.lower(token) {
        "&" | "de" | "la" | "van" | "von" | "al" | "bin" | "el" | "da" | "di" | "du" => next(1) || next(2) && !words.is_capitalised(token + 1),
        "of" | "for" => {
            let organised = is_in(ORGANISATION_WORDS, words.lower(token - 1)) || matches!(words.lower(token - 1), "departments" | "institutes" | "centers" | "bank" | "house");
            organised && (next(1) || matches!(words.lower(token + 1), "the") && next(2))
        }
        "the" => matches!(words.lower(token - 1), "of" | "for") && next(1),
        _ => false,
    }
}

/// Parts a run at titles: "President Anna Berg" names "Anna Berg"; what opens a sentence may be no name at all.
fn split(words: &Words<'_, '_>, run: Run, sentence_start: usize, found: &mut Vec<Run>) {
    let mut start = run.start;
    while start < run.end && (is_in(TITLES, words.lower(start)) || is_in(TITLES, words.lower(start).trim_end_matches('.'))) && run.len() > 1 {
        start += 1;
    }
    let single_opening = run.len() == 1 && run.start == sentence_start;
    if single_opening && words.kind(run.start) == TokenKind::Word && !words.article.word(run.start).chars().nth(1).is_some_and(char::is_uppercase) {
        // Judged by the lists and the rest of the article alone.
    }
    if start < run.end {
        found.push(Run::new(start, run.end));
    }
}

/// What a run names, and how sure.
fn label(model: &Model, words: &Words<'_, '_>, run: Run) -> (Run, Option<(Label, f32)>) {
    let phrase = phrase(words, run);
    let whole = model.categories(&phrase);
    let first = model.categories(words.lower(run.start));
    let last = words.lower(run.end - 1);
    let titled = run.start > 0 && is_title(words, run.start - 1);
    let acronym = run.len() == 1 && is_acronym(words.article.word(run.start));
    let result = if titled && run.len() <= 3 {
        Some((Label::Person, 0.9))
    } else if whole.has(Categories::ORGANISATION) {
        Some((Label::Institution, 0.8))
    } else if run.range().any(|token| is_in(ORGANISATION_WORDS, words.lower(token))) && run.len() > 1 {
        Some((Label::Institution, 0.8))
    } else if whole.has(Categories::PLACE) {
        Some((Label::Place, 0.8))
    } else if whole.has(Categories::DEMONYM) {
        None
    } else if acronym {
        Some((Label::Institution, 0.6))
    } else if run.len() > 1 && run.len() <= 4 && first.has(Categories::FIRST_NAME) {
        Some((Label::Person, 0.9))
    } else if (2..=3).contains(&run.len()) && model.categories(last).has(Categories::LAST_NAME) {
        Some((Label::Person, 0.7))
    } else {
        None
    };
    (run, result)
}

fn phrase(words: &Words<'_, '_>, run: Run) -> String {
    let longest = Run::new(run.start, run.end.min(run.start + LONGEST_PHRASE));
    longest.range().map(|token| words.lower(token)).collect::<Vec<_>>().join(" ")
}

fn is_title(words: &Words<'_, '_>, token: usize) -> bool {
    words.is_capitalised(token) && (is_in(TITLES, words.lower(token)) || is_in(TITLES, words.lower(token).trim_end_matches('.')))
}

/// Two to six capitals: "NATO", "U.N.".
fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|&character| character != '.').count();
    (2..=6).contains(&letters) && word.chars().all(|character| character.is_uppercase() || character == '.')
}
