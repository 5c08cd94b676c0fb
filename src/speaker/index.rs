//! Names -> the entries that were named so, or of which they are a part.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::SpeakerKind;
use super::entry::{Entry, Gender};
use crate::lang::en::{CHAMBERS, FUNCTION_WORDS, INSTITUTIONS, ORGANISATION_WORDS, PARTICLES, PERSON_NOUNS, TITLES};
use crate::lang::{Categories, is_in, row};
use crate::model::Model;

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
    pub(super) fn misspelt(&self, name: &str, kind: SpeakerKind, model: &Model, entries: &[Entry]) -> Option<usize> {
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

    /// Keeps a name of an entry, and what stands for it.
    pub(super) fn add(&mut self, name: &str, kind: SpeakerKind, entry: usize) {
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
                // "Abdul Rashid" is Abdul Rashid bin Osman, "Lau" is Agatha Lau Yuen-ching.
                keys.extend((2..words.len()).map(|end| words[..end].join(" ")));
                keys.extend((words.len() > 2 && last.contains('-')).then(|| words[words.len() - 2].to_owned()));
                // "Peña Nieto" is Enrique Peña Nieto.
                keys.extend((1..words.len() - 1).map(|start| words[start..].join(" ")));
                push(self.initial.entry(last.chars().next().unwrap_or_default()).or_default(), entry);
                push(self.first.entry(words[0].to_owned()).or_default(), entry);
            } else {
                let initials =
                    name.split(' ').filter_map(|word| word.chars().next()).filter(|first| first.is_uppercase());
                keys.push(initials.collect::<String>().to_lowercase());
                // "The Census" is the Census Bureau, "the Senate" is not the Senate Budget Committee.
                let is_short = !is_in(ORGANISATION_WORDS, words[0])
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
    let (shorter, longer) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let is_more = longer.len() == shorter.len() + 1 && longer[1..] == *shorter;
    is_more || longer.len() == shorter.len() && !longer.is_empty() && longer[1..] == shorter[1..]
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
