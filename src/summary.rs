//! Claims and speakers -> [`Summary`]: who has which share of what is said, and what sort of sources an article rests on.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::iter;

use serde::{Deserialize, Serialize};

use crate::claim::Claim;
use crate::order::{set, sort_by_key};
use crate::scheme::{Group, SpeakerKind};
use crate::speaker::Speaker;

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
    /// Sources that the article could name and does not: "officials familiar with the matter", one or several.
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
    /// Each institution's share, with what is said by those who speak for it now, a group of these too: most words first.
    /// Who speaks for two counts for both.
    pub institutions: Vec<Voice>,
}

impl Summary {
    /// Counts the claims of an analysis by who makes them.
    pub fn of(claims: &[Claim], speakers: &[Speaker]) -> Self {
        let mut summary = Self::default();
        let mut voices: Vec<Voice> = (0..speakers.len() as u32).map(silent).collect();
        let mut all = Voice::default();
        for claim in claims {
            let voice = claim.speaker.and_then(|speaker| voices.get_mut(speaker as usize));
            summary.unattributed += u32::from(voice.is_none());
            let mut nobody = Voice::default();
            let voice = voice.unwrap_or(&mut nobody);
            let said = match claim.group {
                Group::Attitude => Voice { attitudes: 1, ..Voice::default() },
                Group::Statement => Voice { claims: 1, words: claim.words, ..Voice::default() },
            };
            voice.add(&said);
            all.add(&said);
        }
        (summary.claims, summary.words, summary.attitudes) = (all.claims, all.words, all.attitudes);
        summary.sources = sources(&voices, speakers);
        summary.institutions = in_order(institutions(&voices, speakers));
        summary.speakers = in_order(voices);
        summary
    }
}

impl Voice {
    /// Counts what another says as said by this one too. Words are whatever an analysis holds that somebody gave us.
    fn add(&mut self, said: &Self) {
        self.claims = self.claims.saturating_add(said.claims);
        self.words = self.words.saturating_add(said.words);
        self.attitudes = self.attitudes.saturating_add(said.attitudes);
    }

    fn speaks(&self) -> bool {
        self.claims > 0 || self.attitudes > 0
    }
}

fn silent(speaker: u32) -> Voice {
    Voice { speaker, ..Voice::default() }
}

fn in_order(mut voices: Vec<Voice>) -> Vec<Voice> {
    voices.retain(Voice::speaks);
    sort_by_key(&mut voices, |voice| (Reverse((voice.words, voice.claims, voice.attitudes)), voice.speaker));
    voices
}

fn sources(voices: &[Voice], speakers: &[Speaker]) -> Sources {
    let exists = |&member: &u32| (member as usize) < speakers.len();
    let speaking = voices.iter().filter(|voice| voice.speaks());
    // A group counts as its members, and each of these once, however often it is joined.
    let members = |voice: &Voice| {
        let members: Vec<u32> = speakers[voice.speaker as usize].members.iter().copied().filter(exists).collect();
        if members.is_empty() { vec![voice.speaker] } else { members }
    };
    let mut counts = Sources::default();
    for speaker in set(speaking.flat_map(members)).into_iter().map(|index| &speakers[index as usize]) {
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
    for said in voices.iter().filter(|voice| voice.speaks()) {
        for institution in represented(said.speaker, speakers) {
            let Some(place) = places.get(institution as usize).copied().flatten() else { continue };
            if institution != said.speaker {
                found[place].add(said);
                found[place].people.push(said.speaker);
            }
        }
    }
    found
}

/// Whom a speaker speaks for now, each once, under whichever names the article gives it. A group speaks for the
/// institutions among its members, and for those of its members.
fn represented(speaker: u32, speakers: &[Speaker]) -> BTreeSet<u32> {
    let speaker = &speakers[speaker as usize];
    let members = || speaker.members.iter().copied();
    let joined = members().filter_map(|member| speakers.get(member as usize));
    let facts = iter::once(speaker).chain(joined).flat_map(|speaker| &speaker.affiliations);
    set(facts.filter(|fact| !fact.former).filter_map(|fact| fact.speaker).chain(members()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scheme::{ClaimForm, ClaimKind, Origin};
    use crate::span::Span;
    use crate::speaker::Fact;

    /// What it is about, the speakers, who claims, and what comes of it.
    type Case<'c, C, E> = (&'c str, Vec<Speaker>, &'c [C], E);

    /// A claim of so many words, or, without any, an attitude.
    fn said(speaker: Option<u32>, words: u32) -> Claim {
        Claim {
            source: None,
            cue: None,
            content: vec![Span::new(0, 1)],
            words,
            form: ClaimForm::Indirect,
            kind: ClaimKind::Statement,
            group: if words == 0 { Group::Attitude } else { Group::Statement },
            continues: None,
            inside: None,
            confidence: 1.0,
            origin: Origin::Model,
            speaker,
            speaker_confidence: 1.0,
        }
    }

    fn speaker(kind: SpeakerKind) -> Speaker {
        Speaker { kind, ..Speaker::default() }
    }

    /// A person of these institutions, a former one with a minus.
    fn person(of: &[i32]) -> Speaker {
        let fact = |&index: &i32| Fact { former: index < 0, speaker: Some(index.unsigned_abs()), ..Fact::default() };
        Speaker { affiliations: of.iter().map(fact).collect(), ..speaker(SpeakerKind::Person) }
    }

    fn group(members: &[u32]) -> Speaker {
        Speaker { members: members.to_vec(), ..speaker(SpeakerKind::Group) }
    }

    fn voice(speaker: u32, [claims, words, attitudes]: [u32; 3], people: &[u32]) -> Voice {
        Voice { speaker, claims, words, attitudes, people: people.to_vec() }
    }

    #[test]
    fn shares() {
        let speakers = vec![speaker(SpeakerKind::Person); 4];
        let claims = [
            said(Some(1), 5),
            said(Some(0), 4),
            said(Some(1), 0),
            said(None, 3),
            said(None, 0),
            said(Some(3), 9),
            said(Some(3), 1),
            // Nobody of this analysis.
            said(Some(4), 2),
            said(Some(u32::MAX), 2),
        ];
        let summary = Summary::of(&claims, &speakers);
        assert_eq!([summary.claims, summary.words, summary.attitudes, summary.unattributed], [7, 26, 2, 4]);
        let voices = [voice(3, [2, 10, 0], &[]), voice(1, [1, 5, 1], &[]), voice(0, [1, 4, 0], &[])];
        assert_eq!(summary.speakers, voices, "most words first, without those who say nothing");
        assert_eq!(summary.institutions, []);
        assert_eq!(Summary::of(&[], &speakers), Summary::default());
        assert_eq!(Summary::of(&[said(Some(0), u32::MAX), said(Some(0), 2)], &speakers).words, u32::MAX);
    }

    #[test]
    fn sorts_of_sources() {
        use SpeakerKind::{Anonymous, Document, Group, Institution, Person};
        let officials = Speaker { anonymous: true, ..speaker(Group) };
        let table: [Case<u32, [u32; 5]>; 7] = [
            (
                "each by its kind, once, however much it says",
                vec![speaker(Person), speaker(Anonymous), speaker(Institution), speaker(Document), speaker(Group)],
                &[0, 1, 2, 3, 4, 4, 3, 2, 1, 0],
                [1, 1, 1, 1, 1],
            ),
            ("those who say nothing are no sources", vec![speaker(Person), speaker(Group)], &[0], [1, 0, 0, 0, 0]),
            ("officials are anonymous, and no crowd", vec![officials], &[0], [0, 1, 0, 0, 0]),
            (
                "a group is its members",
                vec![speaker(Person), speaker(Institution), group(&[0, 1])],
                &[2],
                [1, 0, 1, 0, 0],
            ),
            (
                "who speaks alone and in two groups is one source",
                vec![speaker(Person), speaker(Person), group(&[0, 1]), group(&[1, 0])],
                &[2, 0, 3],
                [2, 0, 0, 0, 0],
            ),
            ("members that are not there", vec![group(&[7, u32::MAX])], &[0], [0, 0, 0, 0, 1]),
            ("a group of itself", vec![group(&[0])], &[0], [0, 0, 0, 0, 1]),
        ];
        for (case, speakers, claims, [named, anonymous, institutional, documents, groups]) in table {
            let claims: Vec<Claim> = claims.iter().map(|&speaker| said(Some(speaker), 1)).collect();
            let expected = Sources { named, anonymous, institutional, documents, groups };
            assert_eq!(Summary::of(&claims, &speakers).sources, expected, "{case}");
        }
    }

    #[test]
    fn institutions_have_the_shares_of_those_who_speak_for_them() {
        // Every speaker's affiliations, beside the institutions 1 and 2; who claims how many words; the shares.
        let table: [Case<(u32, u32), &[Voice]>; 8] = [
            ("itself and one of its people", vec![person(&[1])], &[(1, 2), (0, 3)], &[voice(1, [2, 5, 0], &[0])]),
            ("nobody speaks for it", vec![person(&[])], &[(0, 3)], &[]),
            ("who did once does not now", vec![person(&[-1])], &[(0, 3), (1, 1)], &[voice(1, [1, 1, 0], &[])]),
            ("left, and came back", vec![person(&[-1, 1, 1])], &[(0, 3)], &[voice(1, [1, 3, 0], &[0])]),
            (
                "of two",
                vec![person(&[2, 1])],
                &[(0, 3), (2, 1)],
                &[voice(2, [2, 4, 0], &[0]), voice(1, [1, 3, 0], &[0])],
            ),
            ("of what is none, or is not there", vec![person(&[3, 99]), person(&[])], &[(0, 3)], &[]),
            (
                "two of its people together",
                vec![person(&[1]), person(&[1]), group(&[0, 3])],
                &[(4, 3), (0, 2), (3, 0)],
                &[voice(1, [2, 5, 1], &[0, 3, 4])],
            ),
            (
                "it and another together",
                vec![group(&[1, 2, 0]), person(&[])],
                &[(0, 3)],
                &[voice(1, [1, 3, 0], &[0]), voice(2, [1, 3, 0], &[0])],
            ),
        ];
        for (case, mut speakers, claims, expected) in table {
            let others = speakers.split_off(1);
            speakers.extend([speaker(SpeakerKind::Institution), speaker(SpeakerKind::Institution)]);
            speakers.extend(others);
            let claims: Vec<Claim> = claims.iter().map(|&(speaker, words)| said(Some(speaker), words)).collect();
            assert_eq!(Summary::of(&claims, &speakers).institutions, expected, "{case}");
        }
        let mut itself = speaker(SpeakerKind::Institution);
        itself.affiliations = person(&[0]).affiliations;
        assert_eq!(Summary::of(&[said(Some(0), 2)], &[itself]).institutions, [voice(0, [1, 2, 0], &[])]);
    }

    /// Any speaker, its indices within the article and beyond.
    fn speakers() -> impl Strategy<Value = Vec<Speaker>> {
        let kinds = [
            SpeakerKind::Person,
            SpeakerKind::Institution,
            SpeakerKind::Group,
            SpeakerKind::Document,
            SpeakerKind::Anonymous,
        ];
        let indices = || prop::collection::vec(0..9_u32, 0..4);
        let facts = prop::collection::vec((any::<bool>(), prop::option::of(0..9_u32)), 0..4);
        let any = (prop::sample::select(kinds.to_vec()), any::<bool>(), indices(), facts);
        let any = any.prop_map(|(kind, anonymous, members, facts)| {
            let fact = |(former, speaker)| Fact { former, speaker, ..Fact::default() };
            let affiliations = facts.into_iter().map(fact).collect();
            Speaker { kind, anonymous, members, affiliations, ..Speaker::default() }
        });
        prop::collection::vec(any, 0..8)
    }

    proptest! {
        #[test]
        fn sums_agree(
            speakers in speakers(),
            claims in prop::collection::vec((prop::option::of(0..10_u32), 0..50_u32), 0..20),
        ) {
            let claims: Vec<Claim> = claims.iter().map(|&(speaker, words)| said(speaker, words)).collect();
            let summary = Summary::of(&claims, &speakers);
            let is_there = |claim: &&Claim| claim.speaker.is_some_and(|index| (index as usize) < speakers.len());
            let (mut sum, mut nobodys) = (Voice::default(), Voice::default());
            summary.speakers.iter().for_each(|voice| sum.add(voice));
            for claim in claims.iter().filter(|claim| !is_there(claim)) {
                let attitude = u32::from(claim.group == Group::Attitude);
                nobodys.add(&voice(0, [1 - attitude, claim.words, attitude], &[]));
            }
            prop_assert_eq!(summary.unattributed, nobodys.claims + nobodys.attitudes);
            sum.add(&nobodys);
            prop_assert_eq!([sum.claims, sum.words, sum.attitudes], [summary.claims, summary.words, summary.attitudes]);
            prop_assert_eq!((summary.claims + summary.attitudes) as usize, claims.len());

            let Sources { named, anonymous, institutional, documents, groups } = summary.sources;
            let sources = named + anonymous + institutional + documents + groups;
            prop_assert!(sources as usize <= speakers.len() && (sources == 0) == summary.speakers.is_empty());
            for voice in &summary.institutions {
                prop_assert_eq!(speakers[voice.speaker as usize].kind, SpeakerKind::Institution);
                let own = summary.speakers.iter().filter(|own| own.speaker == voice.speaker || voice.people.contains(&own.speaker));
                prop_assert_eq!(own.map(|own| own.words).sum::<u32>(), voice.words);
                prop_assert!(!voice.people.contains(&voice.speaker) && voice.people.is_sorted_by(|one, other| one < other));
            }
        }
    }
}
