//! Claims and speakers -> [`Summary`]: who has which share of what is said, and what sort of sources an article rests on.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::attribution::{Attribution, Group};
use crate::speaker::{Speaker, SpeakerKind};

/// What a speaker, or an institution with those who speak for it, says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Voice {
    /// Index of the speaker, in the analysis.
    pub speaker: u32,
    /// How many claims it makes: what is said, not what is told of its attitudes and decisions.
    pub claims: u32,
    /// How many words these have.
    pub words: u32,
    /// How many attitudes and decisions are told of it.
    pub attitudes: u32,
    /// Of an institution: indices of those who speak for it, itself left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<u32>,
}

/// How many sources of each sort make claims or have attitudes; a group whose members are named counts as these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Sources {
    /// Persons with their names.
    pub named: u32,
    /// Those whom the article could name and does not: "officials familiar with the matter", one or several.
    pub anonymous: u32,
    /// Institutions.
    pub institutional: u32,
    /// Reports, polls, letters.
    pub documents: u32,
    /// Crowds and parties that nobody could name one by one: "critics", "voters".
    pub groups: u32,
}

/// An article in figures.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Summary {
    /// How many claims there are: what is said, not what is told of attitudes and decisions.
    pub claims: u32,
    /// How many words these have.
    pub words: u32,
    /// How many attitudes and decisions are told.
    pub attitudes: u32,
    /// How many of both have no speaker.
    pub unattributed: u32,
    /// What sort of sources there are.
    pub sources: Sources,
    /// Each speaker's share: most words first.
    pub speakers: Vec<Voice>,
    /// Each institution's share, with what is said by those who speak for it now: most words first. Who speaks for two
    /// counts for both.
    pub institutions: Vec<Voice>,
}

impl Summary {
    /// Counts the claims of an analysis by who makes them.
    pub fn of(attributions: &[Attribution], speakers: &[Speaker]) -> Self {
        let mut summary = Self::default();
        let mut voices: Vec<Voice> = (0..speakers.len() as u32).map(silent).collect();
        for attribution in attributions {
            let voice = attribution.speaker.and_then(|speaker| voices.get_mut(speaker as usize));
            summary.unattributed += u32::from(voice.is_none());
            let mut nobody = Voice::default();
            let voice = voice.unwrap_or(&mut nobody);
            if attribution.group == Group::Attitude {
                summary.attitudes += 1;
                voice.attitudes += 1;
            } else {
                summary.claims += 1;
                summary.words += attribution.words;
                voice.claims += 1;
                voice.words += attribution.words;
            }
        }
        summary.sources = sources(&voices, speakers);
        summary.institutions = in_order(institutions(&voices, speakers));
        summary.speakers = in_order(voices);
        summary
    }
}

fn silent(speaker: u32) -> Voice {
    Voice { speaker, ..Voice::default() }
}

fn in_order(mut voices: Vec<Voice>) -> Vec<Voice> {
    voices.retain(|voice| voice.claims + voice.attitudes > 0);
    voices.sort_by_key(|voice| (Reverse((voice.words, voice.claims, voice.attitudes)), voice.speaker));
    voices
}

fn sources(voices: &[Voice], speakers: &[Speaker]) -> Sources {
    let speaking = voices.iter().filter(|voice| voice.claims + voice.attitudes > 0);
    // A group counts as its members, and each of these once, however often it is joined.
    let members = |voice: &Voice| {
        let members = &speakers[voice.speaker as usize].members;
        if members.is_empty() { vec![voice.speaker] } else { members.clone() }
    };
    let distinct: BTreeSet<u32> = speaking.flat_map(members).collect();
    let mut counts = Sources::default();
    for speaker in distinct.into_iter().filter_map(|index| speakers.get(index as usize)) {
        *match speaker.kind {
            _ if speaker.anonymous => &mut counts.anonymous,
            SpeakerKind::Person => &mut counts.named,
            SpeakerKind::Institution => &mut counts.institutional,
            SpeakerKind::Document => &mut counts.documents,
            SpeakerKind::Group => &mut counts.groups,
            SpeakerKind::Anonymous => &mut counts.anonymous,
        } += 1;
    }
    counts
}

/// What is said by each institution and those who belong to it now.
fn institutions(voices: &[Voice], speakers: &[Speaker]) -> Vec<Voice> {
    let mut found: Vec<Voice> = Vec::new();
    let mut places = vec![None; speakers.len()];
    for (index, speaker) in speakers.iter().enumerate() {
        if speaker.kind == SpeakerKind::Institution {
            places[index] = Some(found.len());
            found.push(voices[index].clone());
        }
    }
    for (index, speaker) in speakers.iter().enumerate() {
        let said = &voices[index];
        let current = speaker.affiliations.iter().filter(|fact| !fact.former).filter_map(|fact| fact.speaker);
        // Once, under whichever names the article gives it.
        for institution in current.collect::<BTreeSet<u32>>() {
            let Some(place) = places.get(institution as usize).copied().flatten() else { continue };
            let whole = &mut found[place];
            if institution as usize != index && said.claims + said.attitudes > 0 {
                whole.claims += said.claims;
                whole.words += said.words;
                whole.attitudes += said.attitudes;
                whole.people.push(index as u32);
            }
        }
    }
    found
}
