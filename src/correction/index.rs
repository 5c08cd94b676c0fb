//! Who is meant where, and who has which name, while corrections are applied: found without looking at all speakers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::claim::Claim;
use crate::entity::Mention;
use crate::order::set;
use crate::span::{Places, Span, Units};
use crate::speaker::Speaker;

/// A mention that the user moved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move {
    /// The step of the log that did.
    pub step: usize,
    pub from: Span,
    pub to: Span,
}

/// What is looked up of the speakers, the mentions and the claims.
#[derive(Debug)]
pub(super) struct Index {
    /// Of each speaker the one that it was merged into; itself where it was not.
    merged: Vec<usize>,
    /// The speakers that are meant at a place; a merged one stands for the one that it was merged into.
    meant: Places<usize>,
    named: HashMap<String, BTreeSet<usize>>,
    /// The places of the same words.
    said: HashMap<String, BTreeSet<Span>>,
    /// The mentions at a place.
    pub mentions: Places<usize>,
    /// The claims whose source is at a place.
    pub sources: Places<usize>,
    /// The claims that a step of the log gives to somebody.
    pub chosen: HashMap<usize, Vec<usize>>,
    /// The claims that go on from each claim, and are its speaker's.
    pub continued: Vec<Vec<usize>>,
    /// Whether all claims have the speaker of the claim that they go on from.
    pub followed: bool,
    /// Where mentions were moved to, by where they were and the step of the log.
    moves: HashMap<Span, BTreeMap<usize, Span>>,
}

/// The claim that one goes on from, which says who makes it.
pub(super) fn before(claims: &[Claim], chosen: &[Option<usize>], index: usize) -> Option<usize> {
    let from = claims[index].continues.map(|from| from as usize);
    from.filter(|&from| from < index && chosen[index].is_none())
}

impl Index {
    pub(super) fn new(
        units: &Units<'_>,
        speakers: &[Speaker],
        mentions: &[Mention],
        claims: &[Claim],
        chosen: &[Option<usize>],
        moves: &[Move],
    ) -> Self {
        let mut index = Self {
            merged: (0..speakers.len()).collect(),
            meant: Places::default(),
            named: HashMap::new(),
            said: HashMap::new(),
            mentions: mentions.iter().map(|mention| mention.span).zip(0..).collect(),
            sources: claims.iter().zip(0..).filter_map(|(claim, at)| Some((claim.source?, at))).collect(),
            chosen: HashMap::new(),
            continued: vec![Vec::new(); claims.len()],
            followed: false,
            moves: HashMap::new(),
        };
        for (at, speaker) in speakers.iter().enumerate() {
            index.named.entry(speaker.name.clone()).or_default().insert(at);
            speaker.mentions.iter().for_each(|&span| index.mean(units, span, at));
        }
        for at in 0..claims.len() {
            if let Some(from) = before(claims, chosen, at) {
                index.continued[from].push(at);
            }
            if let Some(step) = chosen[at] {
                index.chosen.entry(step).or_default().push(at);
            }
        }
        for moved in moves {
            index.moves.entry(moved.from).or_default().insert(moved.step, moved.to);
        }
        index
    }

    /// Who a speaker is now.
    pub(super) fn now(&self, speaker: usize) -> usize {
        let mut speaker = speaker;
        while let Some(&into) = self.merged.get(speaker).filter(|&&into| into != speaker) {
            speaker = into;
        }
        speaker
    }

    /// The same of a number in an analysis, which can be one of nobody.
    pub(super) fn now_of(&self, speaker: Option<u32>) -> Option<u32> {
        speaker.map(|speaker| self.now(speaker as usize) as u32)
    }

    /// Says that a speaker is meant at a place.
    pub(super) fn mean(&mut self, units: &Units<'_>, span: Span, speaker: usize) {
        if !self.meant.at(span).contains(&speaker) {
            self.meant.insert(span, speaker);
        }
        self.said.entry(units.slice(span).to_owned()).or_default().insert(span);
    }

    /// Who is meant at a place, in order.
    pub(super) fn meant_at(&self, span: Span) -> BTreeSet<usize> {
        set(self.meant.at(span).iter().map(|&speaker| self.now(speaker)))
    }

    /// The places around a place where a speaker is meant.
    pub(super) fn meant_near(&self, span: Span, speaker: usize) -> impl Iterator<Item = Span> {
        let near = self.meant.overlapping(span);
        near.filter(move |&(_, &other)| self.now(other) == speaker).map(|(place, _)| place)
    }

    /// Says that a speaker is not meant at a place.
    pub(super) fn unmean(&mut self, span: Span, speaker: usize) {
        let merged = std::mem::take(&mut self.merged);
        let is_it = |other: &mut usize| {
            while merged.get(*other).is_some_and(|into| into != other) {
                *other = merged[*other];
            }
            *other == speaker
        };
        self.meant.take(span, is_it);
        self.merged = merged;
    }

    /// The speakers of a name, in order.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = usize> {
        self.named.get(name).filter(|_| !name.is_empty()).into_iter().flatten().copied()
    }

    /// The first speaker with a mention of these words.
    pub(super) fn called(&self, words: &str) -> Option<usize> {
        self.said.get(words)?.iter().filter_map(|&span| self.meant_at(span).first().copied()).min()
    }

    /// Adds a speaker behind the others.
    pub(super) fn add(&mut self, name: &str) {
        let speaker = self.merged.len();
        self.merged.push(speaker);
        self.named.entry(name.to_owned()).or_default().insert(speaker);
    }

    /// Gives a speaker another name.
    pub(super) fn rename(&mut self, speaker: usize, old: &str, new: &str) {
        self.forget(speaker, old);
        self.named.entry(new.to_owned()).or_default().insert(speaker);
    }

    /// Makes a speaker another one.
    pub(super) fn merge(&mut self, from: usize, name: &str, into: usize) {
        self.forget(from, name);
        self.merged[from] = into;
    }

    fn forget(&mut self, speaker: usize, name: &str) {
        if let Some(all) = self.named.get_mut(name) {
            all.remove(&speaker);
        }
    }

    /// Where a place is after the moves of later steps.
    pub(super) fn moved(&self, mut span: Span, mut step: usize) -> Span {
        while let Some((&later, &to)) = self.moves.get(&span).and_then(|all| all.range(step + 1..).next()) {
            (span, step) = (to, later);
        }
        span
    }

    /// Gives each speaker the places where it is meant, in the order of the text.
    pub(super) fn tell(&mut self, speakers: &mut [Speaker]) {
        for speaker in speakers.iter_mut() {
            speaker.mentions.clear();
        }
        for (span, speaker) in std::mem::take(&mut self.meant).into_values() {
            let mentions = &mut speakers[self.now(speaker)].mentions;
            if mentions.last() != Some(&span) {
                mentions.push(span);
            }
        }
    }
}
