//! Where a corpus of names follows other rules than the others do: its word does not count there.
//!
//! | corpus | what it does |
//! |---|---|
//! | messages | `@handles` are names in one and none in the other |
//! | GUM, messages | a people ("Russian") is a place or a person, for want of a label of its own |
//! | GUM | names lose words: "States" of "United States", "University" of "University of Leeds" |
//! | GUM | titles are part of a name, or a name by themselves: "Vice President Bush", "President" |

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use whosaid::lang::{ENGLISH, is_in, row};

use super::{Corpus, Entity, Label, Sample};

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[@#]\w+").expect("it is written here"));
static DEMONYMS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| include_str!("../../../src/lang/en/lists/demonyms.txt").lines().collect());

/// The sample with what its corpus says otherwise than the others taken back.
pub(super) fn mark(mut sample: Sample) -> Sample {
    let Some(mut entities) = sample.entities.take() else { return sample };
    let text = &sample.text;
    let mut doubts: Vec<Range<usize>> = Vec::new();
    if sample.corpus.is_messages() {
        doubts.extend(ADDRESS.find_iter(text).map(|found| found.range()));
    }
    if !sample.corpus.has_miscellaneous() {
        entities.retain(|entity| !is_demonym(&text[entity.bytes.clone()]));
    }
    if sample.corpus == Corpus::Gum {
        for entity in &mut entities {
            doubts.extend(titles(text, entity));
        }
        entities.retain(|entity| !entity.bytes.is_empty());
        doubts.extend(lost_words(text, &entities));
    }
    doubts.sort_by_key(|doubt| (doubt.start, doubt.end));
    doubts.dedup_by(|next, before| {
        let overlap = next.start < before.end;
        before.end = if overlap { before.end.max(next.end) } else { before.end };
        overlap
    });
    let is_doubted =
        |entity: &Entity| doubts.iter().any(|doubt| doubt.start < entity.bytes.end && entity.bytes.start < doubt.end);
    entities.retain(|entity| !is_doubted(entity));
    sample.entities = Some(entities);
    sample.doubts = doubts;
    sample
}

/// Whether a name is that of a people, in the singular or the plural.
fn is_demonym(name: &str) -> bool {
    let lower = name.to_lowercase();
    DEMONYMS.contains(lower.as_str()) || lower.strip_suffix('s').is_some_and(|one| DEMONYMS.contains(one))
}

/// Cuts the titles off a person's name, and gives their place; a name of nothing but titles becomes empty.
pub(super) fn titles(text: &str, entity: &mut Entity) -> Option<Range<usize>> {
    let start = entity.bytes.start;
    if entity.label != Label::Person {
        return None;
    }
    while let Some(word) = text[entity.bytes.clone()].split_whitespace().next() {
        let lower = word.to_lowercase();
        let is_title = ["vice", "chief", "mr.", "mrs.", "ms.", "dr."].contains(&lower.as_str())
            || is_in(ENGLISH.titles, &lower)
            || lower.strip_suffix('s').is_some_and(|one| is_in(ENGLISH.titles, one));
        if !is_title {
            break;
        }
        let rest = text[entity.bytes.start + word.len()..entity.bytes.end].trim_start().len();
        entity.bytes.start = entity.bytes.end - rest;
    }
    (start < entity.bytes.start).then_some(start..entity.bytes.start)
}

/// The capitalised words beside a name that may belong to it, and what follows an institution's "of".
fn lost_words(text: &str, entities: &[Entity]) -> Vec<Range<usize>> {
    let mut lost = Vec::new();
    for (index, entity) in entities.iter().enumerate() {
        let mut start = entity.bytes.start;
        let before = index.checked_sub(1).map_or(0, |before| entities[before].bytes.end);
        while let Some(word) =
            word_before(text, start).filter(|word| word.start >= before && is_name(&text[word.clone()]))
        {
            start = word.start;
        }
        if start < entity.bytes.start {
            lost.push(start..text[..entity.bytes.start].trim_end().len());
        }
        let mut end = entity.bytes.end;
        let after = entities.get(index + 1).map_or(text.len(), |after| after.bytes.start);
        while let Some(word) = word_after(text, end).filter(|word| word.end <= after && is_name(&text[word.clone()])) {
            end = word.end;
        }
        if entity.label == Label::Organisation
            && let Some(of) = word_after(text, end).filter(|word| &text[word.clone()] == "of")
            && let Some(word) = word_after(text, of.end).filter(|word| is_name(&text[word.clone()]))
        {
            end = word.end;
        }
        if end > entity.bytes.end {
            lost.push(text.len() - text[entity.bytes.end..].trim_start().len()..end);
        }
    }
    lost
}

/// Whether a word is capitalised, and not for being the first of a sentence only.
fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && row(ENGLISH.function_words, &word.to_lowercase()).is_none()
}

/// The word that ends before the one blank before `at`.
fn word_before(text: &str, at: usize) -> Option<Range<usize>> {
    let end = text[..at].strip_suffix(' ')?.len();
    let letters = text[..end].chars().rev().take_while(|letter| letter.is_alphanumeric() || *letter == '-');
    let start = end - letters.map(char::len_utf8).sum::<usize>();
    (start < end).then_some(start..end)
}

/// The word that starts after the one blank at `at`.
fn word_after(text: &str, at: usize) -> Option<Range<usize>> {
    let start = text.len() - text[at..].strip_prefix(' ')?.len();
    let letters = text[start..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '-');
    let end = start + letters.map(char::len_utf8).sum::<usize>();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A corpus, a text, its names, those that are left, the doubts.
    type Row =
        (Corpus, &'static str, &'static [(&'static str, Label)], &'static [&'static str], &'static [&'static str]);

    const TABLE: [Row; 8] = [
        (
            Corpus::Btc,
            "@berg met Berg",
            &[("@", Label::Person), ("berg", Label::Person), ("Berg", Label::Person)],
            &["Berg"],
            &["@berg"],
        ),
        (Corpus::Btc, "a Russian in Russia", &[("Russian", Label::Place), ("Russia", Label::Place)], &["Russia"], &[]),
        (Corpus::Conll, "a Russian in Russia", &[("Russian", Label::Miscellaneous)], &["Russian"], &[]),
        (Corpus::Gum, "the United States said", &[("States", Label::Place)], &["States"], &["United"]),
        (
            Corpus::Gum,
            "the University of Leeds said",
            &[("University", Label::Organisation), ("Leeds", Label::Place)],
            &["University"],
            &["of Leeds"],
        ),
        (Corpus::Gum, "the mayor of Leeds said", &[("Leeds", Label::Place)], &["Leeds"], &[]),
        (
            Corpus::Gum,
            "Mr. President, Vice President Berg",
            &[("President", Label::Person), ("Vice President Berg", Label::Person)],
            &["Berg"],
            &["President", "Vice President "],
        ),
        (Corpus::Gum, "The Berg Hotel", &[("Berg", Label::Organisation)], &["Berg"], &["Hotel"]),
    ];

    #[test]
    fn what_others_mark_otherwise_is_in_doubt() {
        for (corpus, text, names, left, doubted) in TABLE {
            let mut from = 0;
            let entity = |&(name, label): &(&str, Label)| {
                let start = from + text[from..].find(name).expect("the name stands there");
                from = start + name.len();
                Entity { bytes: start..from, label }
            };
            let sample =
                mark(Sample { entities: Some(names.iter().map(entity).collect()), ..Sample::plain(corpus, text) });
            let names: Vec<&str> = sample.entities.iter().flatten().map(|name| &text[name.bytes.clone()]).collect();
            let doubts: Vec<&str> = sample.doubts.iter().map(|doubt| &text[doubt.clone()]).collect();
            assert_eq!((&names[..], &doubts[..]), (left, doubted), "{text}");
        }
    }
}
