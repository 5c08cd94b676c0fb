//! Gold made worse at random but always in the same way: predictions that are partly right.

use whosaid::scheme::{ClaimForm, SpeakerKind};

use super::{attribution, entities, speakers};
use crate::record::{Claim, Entity, Place, Record, Said, Speaker, empty, statement};

/// Steele, Lea and Flood's `SplitMix64`.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `bound`.
    fn roll(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// Once in `times`.
    fn once_in(&mut self, times: usize) -> bool {
        self.roll(times) == 0
    }

    /// A place with its ends moved now and then, within a text of `length` characters.
    fn place(&mut self, place: Place, length: usize) -> Place {
        let mut end = |at: usize| if self.once_in(3) { (at + self.roll(13)).saturating_sub(6).min(length) } else { at };
        let (a, b) = (end(place[0]), end(place[1]));
        [a.min(b), a.max(b)]
    }

    fn places(&mut self, places: &[Place], length: usize) -> Vec<Place> {
        if self.once_in(10) {
            return Vec::new();
        }
        let mut moved: Vec<Place> = places.iter().map(|&place| self.place(place, length)).collect();
        if self.once_in(10) {
            let start = self.roll(length);
            moved.push([start, (start + self.roll(40)).min(length)]);
        }
        moved
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

pub(super) fn attributions(gold: &attribution::Article, dice: &mut Dice) -> Record {
    let length = length(&gold.text);
    let mut record = empty();
    for said in &gold.attributions {
        for _ in 0..[0, 1, 1, 1, 1, 1, 1, 2][dice.roll(8)] {
            let said = Said {
                source: dice.places(&said.source, length),
                cue: dice.places(&said.cue, length),
                content: dice.places(&said.content, length),
            };
            let inside = dice.once_in(9).then_some(0);
            record.claims.push(Claim { inside, ..statement(said, ClaimForm::Direct, 1.0) });
        }
    }
    record
}

pub(super) fn entities(gold: &entities::Article, dice: &mut Dice) -> Record {
    let length = length(&gold.text);
    let mut record = empty();
    for entity in &gold.entities {
        for _ in 0..[0, 1, 1, 1, 1, 1, 1, 2][dice.roll(8)] {
            let [start, end] = dice.place([entity.start, entity.end], length);
            let label = if dice.once_in(8) { "ORG".to_owned() } else { entity.label.clone() };
            record.entities.push(Entity { start, end, label });
        }
    }
    record
}

pub(super) fn speakers(gold: &speakers::Article, dice: &mut Dice) -> Record {
    let length = length(&gold.text);
    let mut record = empty();
    for speaker in gold.speakers.iter().filter(|speaker| speaker.name.len() % 7 != 0) {
        let last = speaker.name.split_whitespace().last().unwrap_or_default();
        let name = match dice.roll(6) {
            0 => last.to_owned(),
            1 => format!("Mr. {last}’s"),
            2 => speaker.name.split_whitespace().next().unwrap_or_default().to_owned(),
            _ => speaker.name.clone(),
        };
        let mut facts = |facts: &[speakers::GoldFact]| {
            let kept = facts.iter().filter(|_| !dice.once_in(4));
            let mut kept: Vec<String> = kept.map(|fact| fact.text.clone()).collect();
            kept.extend(dice.once_in(4).then(|| "the juggler".to_owned()));
            kept.iter_mut().filter(|_| dice.once_in(4)).for_each(|fact| *fact = fact.to_uppercase() + " in chief");
            kept
        };
        record.speakers.push(Speaker {
            name,
            kind: SpeakerKind::Person,
            roles: facts(&speaker.roles),
            affiliations: facts(&speaker.affiliations),
            mentions: dice.places(&speaker.mentions, length),
            ..Speaker::default()
        });
    }
    record
}
