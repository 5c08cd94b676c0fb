//! Names -> entries: the same person or institution under its full and its short names.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Speaker, SpeakerKind, sector};
use crate::entity::{Mention, MentionForm};
use crate::lang::en::{
    CHAMBERS, COURTESIES, FUNCTION_WORDS, INSTITUTIONS, ORGANISATION_WORDS, PARTICLES, PERSON_NOUNS, TITLES,
};
use crate::lang::{Categories, is_in, row};
use crate::model::{Label, Model, Words};
use crate::span::Span;
use crate::text::Zone;

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
    /// What the pronouns say that were taken to mean it.
    pub guess: Gender,
    /// Whether it is several, of those that have no name.
    pub is_plural: bool,
    /// How much it is named in full: what stands in the headline or first paragraph counts thrice.
    weight: u32,
    /// The last of its mentions so far, as an index, while short names look for their owners.
    seen: Option<usize>,
}

impl Entry {
    pub(super) fn new(name: String, kind: SpeakerKind, gender: Gender) -> Self {
        let sector = if kind == SpeakerKind::Institution { sector::of(&name) } else { None };
        Self { speaker: Speaker { name, kind, sector, ..Speaker::default() }, gender, ..Self::default() }
    }

    /// Learns its gender, where it is not known.
    pub(super) fn is_told(&mut self, gender: Gender) {
        if self.gender == Gender::Unknown {
            self.gender = gender;
        }
    }

    /// Learns what a pronoun says.
    pub(super) fn is_guessed(&mut self, gender: Gender) {
        self.guess = gender;
    }

    fn fits(&self, gender: Gender) -> bool {
        gender == Gender::Unknown || self.gender == Gender::Unknown || self.gender == gender
    }
}

/// One entry for everybody and everything that is named; sets `speaker` in the mentions.
pub(super) fn named(words: &Words<'_, '_>, model: &Model, mentions: &mut [Mention]) -> (Vec<Entry>, Index) {
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
            let found = index.find(&name, kind, honorific, &entries);
            let entry = found.or_else(|| index.misspelt(&name, kind, model, &entries)).unwrap_or_else(|| {
                entries.push(Entry::new(name.clone(), kind, first_name_gender(model, &name, kind)));
                entries.len() - 1
            });
            index.add(&name, kind, entry);
            let owner = &mut entries[entry];
            owner.seen = Some(place).filter(|_| !is_full);
            if is_full {
                owner.weight += 1 + 2 * u32::from(opens(words, mention.span));
            }
            if honorific != Gender::Unknown {
                owner.gender = honorific;
            }
            let is_fuller = without_titles(&name) == name && name.len() > owner.speaker.name.len();
            if is_fuller && kind == SpeakerKind::Person {
                owner.speaker.name = name;
            }
            owner.speaker.mentions.push(mention.span);
            mention.speaker = Some(entry as u32);
        }
    }
    for entry in &mut entries {
        entry.speaker.mentions.sort_unstable();
    }
    (entries, index)
}

/// Whether a place is in the headline, the standfirst or the first paragraph of the article.
fn opens(words: &Words<'_, '_>, span: Span) -> bool {
    let article = words.article;
    let paragraph = article.paragraph_of(article.tokens_in(span).start);
    let zone = |index: usize| article.paragraphs[index].zone;
    zone(paragraph) != Zone::Body || paragraph == 0 || zone(paragraph - 1) != Zone::Body
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

/// What "Mr." or "Ms." before a name, or in front of it, says.
pub(super) fn honorific(words: &Words<'_, '_>, span: Span) -> Gender {
    let first = words.article.tokens_in(span).start;
    let within = row(COURTESIES, words.lower(first).trim_end_matches('.')).is_some();
    let title = if within { Some(first) } else { first.checked_sub(1) };
    let title = title.map_or("", |token| words.lower(token).trim_end_matches('.'));
    row(COURTESIES, title).map_or(Gender::Unknown, |[_, gender, _]| Gender::named(gender))
}

/// What a person's given name says; a name of one word counts only where it is no family name.
fn first_name_gender(model: &Model, name: &str, kind: SpeakerKind) -> Gender {
    let first = name.split(' ').next().filter(|_| kind == SpeakerKind::Person).unwrap_or_default();
    let categories = model.categories(&first.to_lowercase());
    if first == name && categories.has(Categories::LAST_NAME) {
        return Gender::Unknown;
    }
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
#[derive(Debug, Default)]
pub(super) struct Index {
    whole: HashMap<(SpeakerKind, String), usize>,
    /// By the only word or the last, by first and last word of three or more, and by the initials and fronts of an institution.
    part: HashMap<(SpeakerKind, String), Vec<usize>>,
    /// By first word: a person's given name, or a family name that stands first.
    first: HashMap<String, Vec<usize>>,
    /// Persons of more than one name, by the first letter of the last.
    initial: HashMap<char, Vec<usize>>,
}

impl Index {
    /// Whom a name means that was named before, with the titles in front of it or without: "Justice Berg".
    pub(super) fn find(&self, name: &str, kind: SpeakerKind, honorific: Gender, entries: &[Entry]) -> Option<usize> {
        let found = self.find_as_is(name, kind, honorific, entries);
        let bare = if kind == SpeakerKind::Person { without_titles(name) } else { name };
        found.or_else(|| self.find_as_is(bare, kind, honorific, entries).filter(|_| bare != name))
    }

    fn find_as_is(&self, name: &str, kind: SpeakerKind, honorific: Gender, entries: &[Entry]) -> Option<usize> {
        let lower = name.to_lowercase();
        let words: Vec<&str> = lower.split(' ').collect();
        let key = (kind, lower.clone());
        if words.len() > 1 && kind == SpeakerKind::Person {
            // "Hillary Rodham Clinton" is "Hillary Clinton", "Von der Leyen" is "Ursula von der Leyen".
            let last = last_word(&words);
            let part = if is_in(PARTICLES, words[0]) { last.to_owned() } else { format!("{} {last}", words[0]) };
            let known = self.whole.get(&key).copied().or_else(|| self.best(kind, part, honorific, entries));
            return known.or_else(|| self.best(kind, lower, honorific, entries));
        }
        if kind == SpeakerKind::Institution {
            let same = self.part.get(&(kind, lower.replace('.', ""))).map_or(&[][..], Vec::as_slice);
            return self.whole.get(&key).copied().or(if let [only] = same { Some(*only) } else { None });
        }
        let shared = self.best(kind, lower.clone(), honorific, entries);
        shared.or_else(|| best_of(self.first.get(&lower)?, honorific, entries))
    }

    /// The person whose last name is written with one letter more, less or other, where a name is no known one: reporters
    /// mistype as well.
    fn misspelt(&self, name: &str, kind: SpeakerKind, model: &Model, entries: &[Entry]) -> Option<usize> {
        let lower = name.to_lowercase();
        let is_odd = kind == SpeakerKind::Person
            && lower.chars().count() >= 5
            && !lower.contains(' ')
            && !model.categories(&lower).has(Categories::LAST_NAME);
        if !is_odd {
            return None;
        }
        let near = self.initial.get(&lower.chars().next()?)?.iter().rev().take(NAMESAKES);
        let mut alike = near.copied().filter(|&entry| {
            let name = entries[entry].speaker.name.to_lowercase();
            differ_by_one(last_word(&name.split(' ').collect::<Vec<_>>()), &lower)
        });
        let first = alike.next()?;
        alike.all(|other| other == first).then_some(first)
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
                // "Peña Nieto" is Enrique Peña Nieto.
                keys.extend((1..words.len() - 1).map(|start| words[start..].join(" ")));
                push(self.initial.entry(last.chars().next().unwrap_or_default()).or_default(), entry);
                push(self.first.entry(words[0].to_owned()).or_default(), entry);
            } else {
                let initials =
                    name.split(' ').filter_map(|word| word.chars().next()).filter(|first| first.is_uppercase());
                keys.push(initials.collect::<String>().to_lowercase());
                // "The Census" is the Census Bureau, "the Senate" is not the Senate Budget Committee.
                let is_short = is_in(ORGANISATION_WORDS, words[1])
                    && !is_in(INSTITUTIONS, words[0])
                    && !is_in(CHAMBERS, words[0])
                    && row(FUNCTION_WORDS, words[0]).is_none();
                keys.extend(is_short.then(|| words[0].to_owned()));
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

/// A person's name without the titles and ties in front of it: "Justice", "Aunty".
pub(super) fn without_titles(name: &str) -> &str {
    let mut rest = name;
    while let Some((first, others)) = rest.split_once(' ') {
        let word = first.to_lowercase();
        let bare = word.trim_end_matches('.');
        let is_title = is_in(TITLES, bare) || is_in(TITLES, &word) || row(PERSON_NOUNS, bare).is_some();
        if !is_title {
            break;
        }
        rest = others;
    }
    rest
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

/// Whether two words differ by one letter that is more, less or another.
fn differ_by_one(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let front = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[front..], &other[front..]);
    match one.len() as isize - other.len() as isize {
        0 => one.len() > 0 && one[1..] == other[1..],
        1 => one[1..] == *other,
        -1 => *one == other[1..],
        _ => false,
    }
}

/// Of all that a part of a name may mean: those of the right gender ("Mrs. Clinton" is not Bill), of these the one who is
/// named in full most, and among those nearly so the one that was named last, then the first.
fn best_of(candidates: &[usize], honorific: Gender, entries: &[Entry]) -> Option<usize> {
    let near = || candidates.iter().rev().take(NAMESAKES).copied().filter(|&entry| entries[entry].fits(honorific));
    let certain = |entry: usize| honorific != Gender::Unknown && entries[entry].gender == honorific;
    let rank = |entry: usize| (certain(entry), entries[entry].weight);
    let (is_certain, most) = near().map(rank).max()?;
    near()
        .filter(|&entry| certain(entry) == is_certain && 2 * entries[entry].weight + 1 > most)
        .max_by_key(|&entry| (entries[entry].seen, Reverse(entry)))
}
