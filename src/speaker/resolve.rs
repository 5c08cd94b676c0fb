//! Sources, pronouns and descriptions -> speakers, in the order of the text: what the article tells first, then what is
//! said in its quotations.

use super::description::Heads;
use super::discourse::{Discourse, Stance, run_of, stance};
use super::draft::Draft;
use super::fact::owner_pronoun;
use super::index::Index;
use super::profile::Fact;
use super::rank::{Choice, Place};
use super::source_head::{self, Source};
use super::sure::{Way, speaker_confidence};
use super::unnamed::place;
use super::walk::{Unnamed, Walk};
use super::waypoint::{Waypoint, Waypoints, source_run};
use crate::claim::Claim;
use crate::entity::{Mention, to_thousandths};
use crate::lexis::Words;
use crate::order::{sort, sort_by_key};
use crate::scheme::{Label, MentionForm, SpeakerKind};
use crate::span::Run;

/// Gives every source its speaker, and every continuation that of the claim before it; pronouns of persons and sources that
/// name nobody become mentions and, where no one fits a source, drafts of their own.
pub(super) fn sources(
    words: &Words<'_, '_>,
    index: &Index,
    drafts: &mut Vec<Draft>,
    mentions: &mut Vec<Mention>,
    claims: &mut [Claim],
    choices: Option<&mut Vec<Choice>>,
) {
    let mut unnamed = Unnamed::new();
    let mut ways = vec![None; claims.len()];
    let speaking = name_sources(words, drafts, &mut unnamed, mentions, claims, &mut ways);
    let names = mentions.clone();
    let waypoints = Waypoints::new(words, &names, claims);
    let heads = Heads::new(drafts, words.article);
    let mut walk = Walk {
        words,
        names: &names,
        index,
        heads,
        drafts,
        discourse: Discourse::default(),
        unnamed,
        added: Vec::new(),
        choices: choices.is_some().then(Vec::new),
        ways,
    };
    for is_quoted in [false, true] {
        walk.discourse.in_quotations = is_quoted;
        for &(token, waypoint) in &waypoints.all {
            // What is named in a quotation is seen on the first way.
            if words.is_quoted(token) == is_quoted || (matches!(waypoint, Waypoint::Name(_)) && !is_quoted) {
                walk.pass(token, waypoint, &speaking, &waypoints.sources, claims);
            }
        }
    }
    let (added, found) = (std::mem::take(&mut walk.added), walk.choices.take());
    let ways = std::mem::take(&mut walk.ways);
    for index in 0..claims.len() {
        let from = claims[index].continues.and_then(|from| claims.get(from as usize));
        let from = from.map(|from| from.speaker_confidence);
        let claim = &claims[index];
        let confidence = claim.speaker.map_or(0.0, |_| speaker_confidence(claim, ways[index], from));
        claims[index].speaker_confidence = to_thousandths(confidence);
    }
    if let (Some(choices), Some(found)) = (choices, found) {
        choices.extend(found);
    }
    let is_shown = |new: &Mention| {
        new.speaker.is_none_or(|speaker| drafts[speaker as usize].speaker.kind != SpeakerKind::Document)
    };
    mentions.extend(added.into_iter().filter(is_shown));
    sort_by_key(mentions, |mention| mention.span);
    // One source may stand for two claims: "he said …, adding …".
    mentions.dedup_by_key(|mention| (mention.span, mention.label, mention.speaker));
    for draft in drafts {
        sort(&mut draft.speaker.mentions);
        draft.speaker.mentions.dedup();
    }
}

/// Gives the sources that are names their speakers; for each mention, whether it speaks.
fn name_sources(
    words: &Words<'_, '_>,
    drafts: &mut Vec<Draft>,
    unnamed: &mut Unnamed,
    mentions: &mut [Mention],
    claims: &mut [Claim],
    ways: &mut [Option<Way>],
) -> Vec<bool> {
    let mut speaking = vec![false; mentions.len()];
    for (claim, way) in claims.iter_mut().zip(ways) {
        let Some((span, run)) = source_run(words, claim) else { continue };
        let Source::Named(index) = source_head::of(words, mentions, run) else { continue };
        speaking[index] = true;
        let mention = &mut mentions[index];
        // A place that speaks is its government: "Berlin said no".
        let draft = mention.speaker.map_or_else(|| place(words, drafts, unnamed, mention), |speaker| speaker as usize);
        // The whole phrase means the speaker as well: "Anna Berg, the finance minister".
        if mention.span != span {
            drafts[draft].speaker.mentions.push(span);
        }
        claim.speaker = Some(draft as u32);
        let is_full = words.article.tokens_in(mention.span).len() > 1;
        *way = Some(if is_full { Way::FullName } else { Way::PartOfName });
    }
    speaking
}

impl Walk<'_, '_, '_> {
    /// Looks at what stands at a token.
    fn pass(
        &mut self,
        token: usize,
        waypoint: Waypoint,
        speaking: &[bool],
        sources: &[Vec<usize>],
        claims: &mut [Claim],
    ) {
        match waypoint {
            Waypoint::Name(index) => self.name(index, speaking[index]),
            Waypoint::Pronoun => self.pronoun(token, claims),
            Waypoint::Description(head) => self.description(Run::new(token, head + 1), head),
            Waypoint::Owned(head) => {
                let run = Run::new(token, head + 1);
                let draft = self.nominal(run, head);
                self.means(run, MentionForm::Nominal, draft, 0.7, stance(self.words, run));
            }
            Waypoint::Source(index) => self.source(&sources[index], claims),
            Waypoint::Continuation(index) => {
                let from = claims[index].continues.and_then(|from| claims.get(from as usize));
                claims[index].speaker = from.and_then(|from| from.speaker);
                if let Some(speaker) = claims[index].speaker {
                    self.discourse.speaks(token, speaker as usize);
                }
            }
        }
    }

    fn name(&mut self, index: usize, speaks: bool) {
        let mention = &self.names[index];
        let Some(draft) = mention.speaker else { return };
        let run = run_of(self.words, mention);
        if let Some(its) = owner_pronoun(self.words, self.names, run).filter(|_| mention.label == Label::Person) {
            self.belongs(draft as usize, its);
        }
        let stance = if speaks { Stance::Source } else { stance(self.words, run) };
        self.discourse.see(self.words, run, draft as usize, stance, MentionForm::Name);
    }

    /// Notes that somebody belongs to the institution that "its" means: "Its secretary, Anna Berg".
    fn belongs(&mut self, person: usize, its: usize) {
        let place = Place { token: its, stance: Stance::Possessor, quoted: self.words.is_quoted(its) };
        let Some((owner, chance)) = self.institution(place) else { return };
        let run = Run::new(its, its + 1);
        self.means(run, MentionForm::Pronoun, owner, chance, Stance::Possessor);
        let text = self.drafts[owner].speaker.name.clone();
        let facts = &mut self.drafts[person].speaker.affiliations;
        if !facts.iter().any(|fact| fact.text == text) {
            facts.push(Fact {
                text,
                span: Some(self.words.article.span(run)),
                former: false,
                speaker: Some(owner as u32),
            });
        }
    }

    /// A source that is no name: it makes these claims.
    fn source(&mut self, places: &[usize], claims: &mut [Claim]) {
        let first = places.first().and_then(|&place| source_run(self.words, &claims[place]));
        let Some((_, run)) = first else { return };
        let outer = self.quoted_by(run.start, claims).filter(|_| self.words.is_quoted(run.start));
        let mut way = None;
        let found = match source_head::of(self.words, self.names, run) {
            Source::Pronoun => {
                let found = self.pronoun_source(run.start, outer);
                if let Some((draft, chance)) = found {
                    self.means(run, MentionForm::Pronoun, draft, chance, Stance::Source);
                    way = Some(Way::Pronoun(chance));
                }
                found.map(|(draft, _)| draft)
            }
            Source::Nominal(head) => {
                let is_turn = places.iter().all(|&place| claims[place].cue.is_none());
                let part = if is_turn { self.part(run) } else { None };
                let (draft, chance) = match part {
                    Some((draft, chance)) => {
                        self.means(run, MentionForm::Nominal, draft, chance, Stance::Source);
                        (draft, Some(chance))
                    }
                    None => self.nominal_source(run, head),
                };
                way = Some(chance.map_or(Way::Unnamed, Way::Description));
                Some(draft)
            }
            Source::Named(_) => None,
        };
        for &place in places {
            claims[place].speaker = found.map(|draft| draft as u32);
            self.ways[place] = way;
        }
    }
}
