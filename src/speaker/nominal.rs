//! Descriptions -> who or what was named before: "the minister", "the agency", "the New York businessman".

use super::entry::{Entry, Gender};
use super::phrase::{Noun, named, person_noun};
use super::rank::{Place, best, candidates};
use super::scene::{Scene, Stance};
use super::{Sector, SpeakerKind};
use crate::entity::Mention;
use crate::lang::en::{INSTITUTION_NOUNS, ORGANISATION_WORDS, SYNONYMS, UNNAMED};
use crate::lang::{is_in, row};
use crate::model::{Class, Words};
use crate::span::Run;
use crate::text::Zone;

/// How many mentions ahead a headline may mean.
const NEAR: usize = 64;

/// How many paragraphs of an article may speak of what is named later: headline, standfirst, the first of the body.
const OPENING: usize = 4;

/// A description is taken for the likeliest only when it is at least this likely.
const LEAST: f32 = 0.5;

/// The noun that stands for a noun and those of its meaning.
fn canonical(noun: &str) -> &str {
    let noun = noun.trim_end_matches('.');
    row(SYNONYMS, noun).map_or(noun, |[_, stands]| stands)
}

/// A description in the text.
pub(super) struct Description<'w, 'a, 't> {
    pub words: &'w Words<'a, 't>,
    pub run: Run,
    /// Its head noun.
    pub head: usize,
}

impl Description<'_, '_, '_> {
    /// Whom it means of those who are named, and how sure that is.
    pub(super) fn means(&self, scene: &Scene, entries: &[Entry], mentions: &[Mention]) -> Option<(usize, f32)> {
        let words = self.words;
        let noun = canonical(words.lower(self.head));
        let near: Vec<usize> = scene.before(words, self.run.start).map(|seen| seen.entry).collect();
        let place = Place { token: self.run.start, stance: Stance::Source, quoted: words.is_quoted(self.run.start) };
        let is_definite = self.is_definite();
        if is_definite || self.opens() {
            let later = self.later(mentions);
            let by_role = |entry: usize| is_person(&entries[entry]) && self.fits_role(noun, &entries[entry]);
            let by_name = |entry: usize| is_institution(&entries[entry]) && self.fits_name(noun, &entries[entry]);
            for fits in [&by_role as &dyn Fn(usize) -> bool, &by_name] {
                let found = near.iter().copied().find(|&entry| fits(entry));
                if let Some(entry) = found.filter(|_| is_definite) {
                    return Some((entry, 0.8));
                }
                if let Some(entry) = later.iter().copied().find(|&entry| fits(entry)) {
                    return Some((entry, 0.7));
                }
                let anywhere = (0..entries.len()).filter(|&entry| is_definite && scene.count(entry) > 0 && fits(entry));
                if let Some(entry) = self.only(anywhere) {
                    return Some((entry, 0.7));
                }
            }
        }
        if !is_definite || self.head + 1 < self.run.end {
            return None;
        }
        if let Some([_, sectors]) = row(INSTITUTION_NOUNS, words.lower(self.head)) {
            let owner = named(words, mentions, self.run).next().is_some();
            if *sectors == "name" || owner {
                return None;
            }
            let fitting = |entry: usize| match (entries[entry].speaker.kind, entries[entry].sector()) {
                (SpeakerKind::Institution, Some(sector)) => {
                    sectors.split(',').any(|name| Sector::named(name) == Some(sector))
                }
                (SpeakerKind::Institution, None) => true,
                _ => false,
            };
            let chance = |entry: usize| if entries[entry].sector().is_some() { 0.0 } else { -0.7 };
            return best(&candidates(words, scene, place, fitting), chance);
        }
        if is_in(UNNAMED, words.lower(self.head)) {
            let hidden =
                |entry: &usize| entries[*entry].speaker.kind == SpeakerKind::Anonymous && entries[*entry].is_one();
            return near.iter().copied().find(hidden).map(|entry| (entry, 0.6));
        }
        let (noun, gender) = person_noun(words, self.head)?;
        // "The New York businessman", "the woman": a certain one; "the prosecutor" is somebody who was not named.
        let is_certain = noun == Noun::Person || self.run.len() > 2;
        let last = scene.last_spoken(self.run.start).map(|(_, entry)| entry);
        let may = |entry: usize| {
            is_person(&entries[entry])
                && (gender == Gender::Unknown
                    || entries[entry].gender == Gender::Unknown
                    || entries[entry].gender == gender)
        };
        let found = best(&candidates(words, scene, place, may), |entry| entries[entry].chance(gender));
        found.filter(|&(entry, chance)| noun != Noun::Kin && is_certain && chance >= LEAST && (last == Some(entry)))
    }

    /// "The agency", "this court", "its president", "Oslo's mayor".
    fn is_definite(&self) -> bool {
        let words = self.words;
        let possessed = self.run.range().any(|token| matches!(words.lower(token), "'s" | "'"));
        possessed
            || matches!(words.class(self.run.start), Class::Possessive)
            || matches!(words.lower(self.run.start), "the" | "this" | "that")
    }

    /// Whether it stands where an article speaks of what it names later.
    fn opens(&self) -> bool {
        let article = self.words.article;
        let paragraph = article.paragraph_of(self.run.start);
        let read = article.paragraphs[..paragraph].iter().filter(|paragraph| paragraph.zone.is_read());
        let plural = self.words.lower(self.head).ends_with('s');
        !plural && (article.paragraphs[paragraph].zone != Zone::Body || read.count() < OPENING)
    }

    /// The speakers of the mentions that follow.
    fn later(&self, mentions: &[Mention]) -> Vec<usize> {
        let end = self.words.article.tokens[self.run.end - 1].span.end;
        let from = mentions.partition_point(|mention| mention.span.start < end);
        let count = if self.opens() { NEAR } else { 0 };
        mentions[from..]
            .iter()
            .take(count)
            .filter_map(|mention| mention.speaker.map(|speaker| speaker as usize))
            .collect()
    }

    /// The one that is meant where they are all the same.
    fn only(&self, mut found: impl Iterator<Item = usize>) -> Option<usize> {
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    /// The words before the head that say which one is meant.
    fn modifiers(&self) -> impl Iterator<Item = &str> {
        let words = self.words;
        let open = move |&token: &usize| words.class(token) == Class::Open && words.lower(token) != "s";
        (self.run.start..self.head).filter(open).map(move |token| words.lower(token))
    }

    /// "The mayor" is who is the mayor of Oslo.
    fn fits_role(&self, noun: &str, entry: &Entry) -> bool {
        let is_headed = |text: &str| {
            let lower = text.to_lowercase();
            let front = lower.split(" of ").next().unwrap_or(&lower);
            let front = front.split(" for ").next().unwrap_or(front);
            let headed = front.rsplit(' ').next().is_some_and(|head| canonical(head) == noun);
            // "The prime minister" is no finance minister.
            headed
                && self.modifiers().all(|modifier| {
                    lower.contains(modifier) || front.split(' ').count() == 1 || self.names(modifier, entry)
                })
        };
        person_noun(self.words, self.head).is_some_and(|(noun, _)| noun != Noun::Person)
            && entry.speaker.roles.iter().any(|role| is_headed(&role.text))
    }

    /// Whether a modifier is one of the names of where somebody belongs.
    fn names(&self, modifier: &str, entry: &Entry) -> bool {
        entry.speaker.affiliations.iter().any(|fact| fact.text.to_lowercase().split(' ').any(|word| word == modifier))
    }

    /// "The appeals court" is the Court of Appeal for Oslo.
    fn fits_name(&self, noun: &str, entry: &Entry) -> bool {
        let words = self.words;
        let lower = entry.speaker.name.to_lowercase();
        let fits = |word: &str| {
            lower
                .split(' ')
                .any(|part| canonical(part) == word || part.trim_end_matches('s') == word.trim_end_matches('s'))
        };
        let is_noun = is_in(ORGANISATION_WORDS, words.lower(self.head))
            || row(INSTITUTION_NOUNS, words.lower(self.head)).is_some();
        // What starts a headline has a capital that says nothing.
        let first = self.run.start;
        let opens = words.article.sentences[words.article.sentence_of(first)].tokens.start == first;
        let small = |modifier: &str| {
            opens && words.lower(first) == modifier || !words.article.slice(self.run).contains(&capitalised(modifier))
        };
        is_noun && fits(noun) && self.modifiers().all(|modifier| fits(modifier) || small(modifier))
    }
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn is_person(entry: &Entry) -> bool {
    entry.speaker.kind == SpeakerKind::Person
}

fn is_institution(entry: &Entry) -> bool {
    entry.speaker.kind == SpeakerKind::Institution
}
