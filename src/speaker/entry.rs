//! Names -> entries: the same person or institution under its full and its short names.

use std::collections::HashMap;

use super::{Speaker, SpeakerKind};
use crate::entity::{Mention, MentionForm};
use crate::lang::Categories;
use crate::model::{Label, Model, Words};
use crate::span::Span;

/// What a person's pronoun is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Gender {
    #[default]
    Unknown,
    Female,
    Male,
}

/// A speaker in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub speaker: Speaker,
    pub gender: Gender,
}

/// One entry for everybody and everything that is named; sets `speaker` in the mentions.
pub(super) fn named(words: &Words<'_, '_>, model: &Model, mentions: &mut [Mention]) -> Vec<Entry> {
    let mut index = Index::default();
    let mut entries: Vec<Entry> = Vec::new();
    // Full names first, so that a short name in the headline finds its owner below.
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&mention| name(words, mentions[mention].span).split(' ').count() < 2);
    for mention in order {
        let Mention { span, label, form: MentionForm::Name, .. } = mentions[mention] else { continue };
        let kind = match label {
            Label::Person => SpeakerKind::Person,
            Label::Institution => SpeakerKind::Institution,
            Label::Place => continue,
        };
        let text = name(words, span);
        let honorific = honorific(words, span);
        let known = index.find(&text, kind, honorific, &entries);
        let entry = known.unwrap_or_else(|| {
            entries.push(Entry {
                speaker: Speaker { name: text.clone(), kind, ..Speaker::default() },
                gender: first_name_gender(model, &text, kind),
            });
            entries.len() - 1
        });
        index.add(&text, kind, entry);
        let owner = &mut entries[entry];
        if honorific != Gender::Unknown {
            owner.gender = honorific;
        }
        if text.len() > owner.speaker.name.len() && known.is_some() && kind == SpeakerKind::Person {
            owner.speaker.name = text;
        }
        owner.speaker.mentions.push(span);
        mentions[mention].speaker = Some(entry as u32);
    }
    for entry in &mut entries {
        entry.speaker.mentions.sort_unstable();
    }
    entries
}

/// A name as it is shown: white space single, no possessive, no leading "the".
fn name(words: &Words<'_, '_>, span: Span) -> String {
    let text = words.article.units.slice(span);
    let text = text.strip_suffix("’s").or_else(|| text.strip_suffix("'s")).unwrap_or(text);
    let mut parts: Vec<&str> = text.split_whitespace().collect();
    if parts.len() > 1 && parts[0].eq_ignore_ascii_case("the") {
        parts.remove(0);
    }
    parts.join(" ")
}

/// What "Mr." or "Ms." before a name says.
fn honorific(words: &Words<'_, '_>, span: Span) -> Gender {
    let first = words.article.tokens_in(span).start;
    match first.checked_sub(1).map(|token| words.lower(token).trim_end_matches('.')) {
        Some("mr" | "sir" | "lord" | "king" | "prince") => Gender::Male,
        Some("mrs" | "ms" | "miss" | "lady" | "dame" | "queen" | "princess") => Gender::Female,
        _ => Gender::Unknown,
    }
}

fn first_name_gender(model: &Model, name: &str, kind: SpeakerKind) -> Gender {
    let Some((first, _)) = name.split_once(' ').filter(|_| kind == SpeakerKind::Person) else { return Gender::Unknown };
    let categories = model.categories(&first.to_lowercase());
    match (categories.has(Categories::FEMALE), categories.has(Categories::MALE)) {
        (true, false) => Gender::Female,
        (false, true) => Gender::Male,
        _ => Gender::Unknown,
    }
}

/// Finds entries by whole name, last word and acronym.
#[derive(Default)]
struct Index {
    whole: HashMap<(SpeakerKind, String), usize>,
    /// By last word, for persons; by last word and by initials, for institutions. All that have it, latest last.
    part: HashMap<(SpeakerKind, String), Vec<usize>>,
}

impl Index {
    fn find(&self, name: &str, kind: SpeakerKind, honorific: Gender, entries: &[Entry]) -> Option<usize> {
        let lower = name.to_lowercase();
        if let Some(&entry) = self.whole.get(&(kind, lower.clone())) {
            let fits = honorific == Gender::Unknown || [Gender::Unknown, honorific].contains(&entries[entry].gender);
            if fits || lower.contains(' ') {
                return Some(entry);
            }
        }
        let lower = if kind == SpeakerKind::Institution { lower.replace('.', "") } else { lower };
        if lower.contains(' ') {
            return self.longer(&lower, kind, entries);
        }
        let candidates = self.part.get(&(kind, lower))?;
        // "Mrs. Clinton" is not Bill.
        let mut fitting = candidates.iter().copied().filter(|&entry| {
            honorific == Gender::Unknown || [Gender::Unknown, honorific].contains(&entries[entry].gender)
        });
        let first = fitting.next();
        if kind == SpeakerKind::Person { first } else { first.filter(|_| fitting.next().is_none()) }
    }

    /// "Hillary Rodham Clinton" is "Hillary Clinton": the same first and last word.
    fn longer(&self, lower: &str, kind: SpeakerKind, entries: &[Entry]) -> Option<usize> {
        if kind != SpeakerKind::Person {
            return None;
        }
        let (first, last) = (lower.split(' ').next()?, lower.rsplit(' ').next()?);
        let candidates = self.part.get(&(kind, last.to_owned()))?;
        candidates.iter().copied().find(|&entry| {
            let known = entries[entry].speaker.name.to_lowercase();
            known.contains(' ') && known.split(' ').next() == Some(first)
        })
    }

    fn add(&mut self, name: &str, kind: SpeakerKind, entry: usize) {
        let lower = name.to_lowercase();
        let mut keys = Vec::new();
        if let Some((_, last)) = lower.rsplit_once(' ') {
            keys.push(last.to_owned());
            if kind == SpeakerKind::Person {
                keys.extend(lower.split(' ').next().map(str::to_owned));
            } else {
                let initials: String = name
                    .split(' ')
                    .filter_map(|word| word.chars().next())
                    .filter(|first| first.is_uppercase())
                    .collect();
                keys.push(initials.to_lowercase());
            }
        }
        for key in keys {
            let list = self.part.entry((kind, key)).or_default();
            if !list.contains(&entry) {
                list.push(entry);
            }
        }
        self.whole.entry((kind, lower)).or_insert(entry);
    }
}
