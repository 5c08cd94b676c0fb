//! Which tokens name a person, an institution or a place: capitals, lists, titles and the rest of the article.

use std::collections::HashMap;

use super::word::{Class, Words};
use super::{Label, Model, Tag};
use crate::lang::en::{Frame, INSTITUTIONS, ORGANISATION_WORDS, Part, TITLES, verb};
use crate::lang::{Categories, is_in};
use crate::span::Run;
use crate::text::TokenKind;

/// The longest phrase that is looked up in the lists, in tokens.
const LONGEST_PHRASE: usize = 5;

/// One tag and one certainty a token.
pub(super) fn tags(model: &Model, words: &Words<'_, '_>) -> (Vec<Tag>, Vec<f32>) {
    let count = words.article.tokens.len();
    let (mut tags, mut certainty) = (vec![Tag::Outside; count], vec![1.0; count]);
    let mut known: HashMap<&str, Label> = HashMap::new();
    let titles = title_case(words);
    let runs = runs(words, &titles);
    let labels: Vec<Option<(Label, f32)>> = runs.iter().map(|&run| label(model, words, run)).collect();
    for (run, label) in runs.iter().zip(&labels) {
        if let Some((label, _)) = label {
            known.insert(words.article.slice(*run), *label);
            if *label == Label::Person {
                known.insert(words.article.word(run.end - 1), *label);
            }
        }
    }
    let mut mark = |run: Run, label: Label, sure: f32| {
        for token in run.range() {
            tags[token] = if token == run.start { Tag::Begin(label) } else { Tag::Inside(label) };
            certainty[token] = sure;
        }
    };
    for (&run, label) in runs.iter().zip(&labels) {
        // Part of a name that the article gives in full elsewhere.
        let part = (run.len() == 1).then(|| known.get(words.article.slice(run))).flatten();
        if let Some((label, sure)) = part.map(|&label| (label, 0.9)).or(*label) {
            mark(run, label, sure);
        }
    }
    for (paragraph, _) in words.article.paragraphs.iter().zip(&titles).filter(|(_, is_title)| **is_title) {
        for (run, label) in known_in(words, paragraph.tokens, &known) {
            mark(run, label, 0.8);
        }
    }
    (tags, certainty)
}

/// Per paragraph, whether it capitalises every word, so that its capitals say nothing.
fn title_case(words: &Words<'_, '_>) -> Vec<bool> {
    let capitals = |run: Run| {
        let open =
            run.range().filter(|&token| words.class(token) == Class::Open && words.kind(token) == TokenKind::Word);
        open.fold((0, 0), |(capitals, all), token| (capitals + usize::from(words.is_capitalised(token)), all + 1))
    };
    let paragraphs = words.article.paragraphs.iter().map(|paragraph| capitals(paragraph.tokens));
    paragraphs.map(|(capitals, all)| all > 3 && 5 * capitals > 4 * all).collect()
}

/// The longest known names in a run, left to right.
fn known_in(words: &Words<'_, '_>, run: Run, known: &HashMap<&str, Label>) -> Vec<(Run, Label)> {
    let mut found = Vec::new();
    let mut start = run.start;
    while start < run.end {
        let lengths = (1..=LONGEST_PHRASE.min(run.end - start)).rev();
        let names = lengths.map(|length| Run::new(start, start + length));
        let mut names = names.filter(|_| is_name_word(words, start));
        let hit = names.find_map(|name| Some((name, *known.get(words.article.slice(name))?)));
        start = hit.map_or(start + 1, |(name, _)| name.end);
        found.extend(hit);
    }
    found
}

/// Runs of capitalised words that may be names, titles in front left out.
fn runs(words: &Words<'_, '_>, titles: &[bool]) -> Vec<Run> {
    let mut found = Vec::new();
    for sentence in &words.article.sentences {
        if titles[sentence.paragraph] {
            continue;
        }
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
            split(words, Run::new(token, end), &mut found);
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
        "&" | "de" | "la" | "van" | "von" | "al" | "bin" | "el" | "da" | "di" | "du" => {
            next(1) || next(2) && !words.is_capitalised(token + 1)
        }
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
fn split(words: &Words<'_, '_>, run: Run, found: &mut Vec<Run>) {
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
    let titled = run.start > 0 && is_title(words, run.start - 1);
    let organised = run.range().any(|token| is_in(ORGANISATION_WORDS, words.lower(token)));
    let opens = words.article.sentences[words.article.sentence_of(run.start)].tokens.start == run.start;
    if titled && run.len() <= 3 && !organised {
        Some((Label::Person, 0.9))
    } else if whole.has(Categories::ORGANISATION) || is_in(INSTITUTIONS, &phrase) || organised && run.len() > 1 {
        Some((Label::Institution, 0.8))
    } else if whole.has(Categories::PLACE) {
        Some((Label::Place, 0.8))
    } else if whole.has(Categories::DEMONYM) || first.has(Categories::DEMONYM) {
        None
    } else if run.len() == 1 && is_acronym(words.article.word(run.start)) {
        Some((Label::Institution, 0.6))
    } else if (2..=4).contains(&run.len()) && first.has(Categories::FIRST_NAME) {
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

/// "Lee said", "said Lee": a name next to a verb of saying.
fn speaks(words: &Words<'_, '_>, run: Run) -> bool {
    let says = |token: usize| {
        verb(words.lower(token))
            .is_some_and(|verb| matches!(verb.frame, Frame::Say | Frame::Tell) && verb.part != Part::Base)
    };
    says(run.end) || run.start > 0 && says(run.start - 1)
}

fn phrase(words: &Words<'_, '_>, run: Run) -> String {
    let longest = Run::new(run.start, run.end.min(run.start + LONGEST_PHRASE));
    longest.range().map(|token| words.lower(token)).collect::<Vec<_>>().join(" ")
}

fn is_title(words: &Words<'_, '_>, token: usize) -> bool {
    words.is_capitalised(token)
        && (is_in(TITLES, words.lower(token)) || is_in(TITLES, words.lower(token).trim_end_matches('.')))
}

/// Two to six capitals: "NATO", "U.N.".
fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|&character| character != '.').count();
    (2..=6).contains(&letters) && word.chars().all(|character| character.is_uppercase() || character == '.')
}
