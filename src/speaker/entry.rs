//! Names -> entries: the same person or institution under its full and its short names.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Speaker, SpeakerKind};
use crate::entity::{Mention, MentionForm};
use crate::lang::en::{COURTESIES, PARTICLES};
use crate::lang::{Categories, is_in, row};
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

impl Gender {
    /// The gender of this name in the lists of titles and nouns.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "female" => Self::Female,
            "male" => Self::Male,
            _ => Self::Unknown,
        }
    }
}

/// A speaker in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub speaker: Speaker,
    pub gender: Gender,
    /// Whether it is several, of those that have no name.
    pub is_plural: bool,
    /// The last of its mentions so far, as an index, while short names look for their owners.
    seen: Option<usize>,
}

impl Entry {
    pub(super) fn new(name: String, kind: SpeakerKind, gender: Gender) -> Self {
        Self { speaker: Speaker { name, kind, ..Speaker::default() }, gender, ..Self::default() }
    }

    /// Learns its gender, where it is not known.
    pub(super) fn is_told(&mut self, gender: Gender) {
        if self.gender == Gender::Unknown {
            self.gender = gender;
        }
    }

    fn fits(&self, gender: Gender) -> bool {
        gender == Gender::Unknown || self.gender == Gender::Unknown || self.gender == gender
    }
}

/// One entry for everybody and everything that is named; sets `speaker` in the mentions.
pub(super) fn named(words: &Words<'_, '_>, model: &Model, mentions: &mut [Mention]) -> Vec<Entry> {
    let mut index = Index::default();
    let mut entries: Vec<Entry> = Vec::new();
    // Full names first, so that a short name in the headline finds its owner below.
    for is_full in [true, false] {
        for (place, mention) in mentions.iter_mut().enumerate() {
            let Some(kind) = kind(mention) else { continue };
            if let Some(entry) = mention.speaker {
                entries[entry as usize].seen = Some(place);
                continue;
            }
            let name = shown_name(words, mention.span);
            if name.contains(' ') != is_full {
                continue;
            }
            let honorific = honorific(words, mention.span);
            let entry = index.find(&name, kind, honorific, &entries).unwrap_or_else(|| {
                entries.push(Entry::new(name.clone(), kind, first_name_gender(model, &name, kind)));
                entries.len() - 1
            });
            index.add(&name, kind, entry);
            let owner = &mut entries[entry];
            owner.seen = Some(place).filter(|_| !is_full);
            if honorific != Gender::Unknown {
                owner.gender = honorific;
            }
            if name.len() > owner.speaker.name.len() && kind == SpeakerKind::Person {
                owner.speaker.name = name;
            }
            owner.speaker.mentions.push(mention.span);
            mention.speaker = Some(entry as u32);
        }
    }
    for entry in &mut entries {
        entry.speaker.mentions.sort_unstable();
    }
    entries
}

/// What a mention names, where it can speak.
fn kind(mention: &Mention) -> Option<SpeakerKind> {
    match (mention.form, mention.label) {
        (MentionForm::Name, Label::Person) => Some(SpeakerKind::Person),
        (MentionForm::Name, Label::Institution) => Some(SpeakerKind::Institution),
        _ => None,
    }
}

/// A name as it is shown: white space single, no possessive, no leading "the".
pub(super) fn shown_name(words: &Words<'_, '_>, span: Span) -> String {
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
    let title = first.checked_sub(1).map_or("", |token| words.lower(token).trim_end_matches('.'));
    row(COURTESIES, title).map_or(Gender::Unknown, |[_, gender, _]| Gender::named(gender))
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

/// How many of those who share a part of their names are looked at: the latest.
const NAMESAKES: usize = 32;

/// The longest front of an institution's name that is kept to stand for it, in words.
const LONGEST_FRONT: usize = 5;

/// Finds entries by their names, in small letters, and by the parts of these that stand for them.
#[derive(Default)]
struct Index {
    whole: HashMap<(SpeakerKind, String), usize>,
    /// By the only word or the last, by first and last word of three or more, and by the initials and fronts of an institution.
    part: HashMap<(SpeakerKind, String), Vec<usize>>,
    /// By first word: a person's given name, or a family name that stands first.
    first: HashMap<String, Vec<usize>>,
}

impl Index {
    fn find(&self, name: &str, kind: SpeakerKind, honorific: Gender, entries: &[Entry]) -> Option<usize> {
        let lower = name.to_lowercase();
        let words: Vec<&str> = lower.split(' ').collect();
        let key = (kind, lower.clone());
        if words.len() > 1 && kind == SpeakerKind::Person {
            // "Hillary Rodham Clinton" is "Hillary Clinton", "Von der Leyen" is "Ursula von der Leyen".
            let last = last_word(&words);
            let part = if is_in(PARTICLES, words[0]) { last.to_owned() } else { format!("{} {last}", words[0]) };
            return self.whole.get(&key).copied().or_else(|| self.best(kind, part, honorific, entries));
        }
        if kind == SpeakerKind::Institution {
            let same = self.part.get(&(kind, lower.replace('.', ""))).map_or(&[][..], Vec::as_slice);
            return self.whole.get(&key).copied().or(if let [only] = same { Some(*only) } else { None });
        }
        let shared = self.best(kind, lower.clone(), honorific, entries);
        shared.or_else(|| best_of(self.first.get(&lower)?, honorific, entries))
    }

    fn best(&self, kind: SpeakerKind, part: String, honorific: Gender, entries: &[Entry]) -> Option<usize> {
        best_of(self.part.get(&(kind, part))?, honorific, entries)
    }

    fn add(&mut self, name: &str, kind: SpeakerKind, entry: usize) {
        let lower = name.to_lowercase();
        let words: Vec<&str> = lower.split(' ').collect();
        let mut keys = Vec::new();
        if words.len() == 1 && kind == SpeakerKind::Person {
            keys.push(lower.clone());
        } else if words.len() > 1 {
            let last = last_word(&words);
            keys.push(last.to_owned());
            if kind == SpeakerKind::Person {
                keys.push(format!("{} {last}", words[0]));
                push(self.first.entry(words[0].to_owned()).or_default(), entry);
            } else {
                let initials =
                    name.split(' ').filter_map(|word| word.chars().next()).filter(|first| first.is_uppercase());
                keys.push(initials.collect::<String>().to_lowercase());
                // "Halden Institute" is "Halden Institute for Water Research".
                keys.extend((2..words.len().min(LONGEST_FRONT)).map(|length| words[..length].join(" ")));
            }
        }
        for key in keys {
            push(self.part.entry((kind, key)).or_default(), entry);
        }
        self.whole.entry((kind, lower)).or_insert(entry);
    }
}

/// Adds an entry that was not added last.
fn push(list: &mut Vec<usize>, entry: usize) {
    if list.last() != Some(&entry) {
        list.push(entry);
    }
}

/// The last word of a name, "Jr." and the like passed over.
fn last_word<'w>(words: &[&'w str]) -> &'w str {
    let is_suffix =
        |word: &str| matches!(word.trim_end_matches('.'), "jr" | "sr" | "ii" | "iii" | "iv" | "qc" | "kc" | "sc");
    words[1..].iter().rev().find(|word| !is_suffix(word)).unwrap_or(&words[0])
}

/// Of all that a part of a name may mean: the one of the right gender ("Mrs. Clinton" is not Bill), then the one that was
/// named last, then the first.
fn best_of(candidates: &[usize], honorific: Gender, entries: &[Entry]) -> Option<usize> {
    let near = candidates.iter().rev().take(NAMESAKES).copied().filter(|&entry| entries[entry].fits(honorific));
    near.max_by_key(|&entry| {
        let certain = honorific != Gender::Unknown && entries[entry].gender == honorific;
        (certain, entries[entry].seen, Reverse(entry))
    })
}
