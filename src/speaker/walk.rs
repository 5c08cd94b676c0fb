//! The way through the text: what is known where it has come to.

use std::collections::HashMap;

use super::description::Heads;
use super::discourse::{Discourse, Stance};
use super::draft::Draft;
use super::gender::gender_of;
use super::index::Index;
use super::rank::Choice;
use super::sure::Way;
use crate::claim::Claim;
use crate::entity::{Mention, to_thousandths};
use crate::lexis::Words;
use crate::scheme::{ClaimForm, Label, MentionForm, Origin, SpeakerKind};
use crate::span::Run;

/// The drafts of sources that name nobody, by kind and lower-case words.
pub(super) type Unnamed = HashMap<(SpeakerKind, String), usize>;

/// How many claims back one is looked for that holds a token: claims inside it stand between.
const AROUND: usize = 12;

/// The highest confidence of a speaker that no name gives.
const SUREST: f32 = 0.95;

/// The way through the text.
pub(super) struct Walk<'w, 'a, 't> {
    pub words: &'w Words<'a, 't>,
    /// The names, in the order of the text.
    pub names: &'w [Mention],
    pub index: &'w Index,
    pub heads: Heads,
    pub drafts: &'w mut Vec<Draft>,
    pub discourse: Discourse,
    pub unnamed: Unnamed,
    /// What was found on the way.
    pub added: Vec<Mention>,
    /// The pronouns of persons, each with the people it may refer to, where one learns from them.
    pub choices: Option<Vec<Choice>>,
    /// How each claim got its speaker.
    pub ways: Vec<Option<Way>>,
}

impl Walk<'_, '_, '_> {
    /// Who says what stands at a token: who makes the innermost claim that quotes it, or else that tells it.
    pub(super) fn quoted_by(&self, token: usize, claims: &[Claim]) -> Option<usize> {
        let span = self.words.article.tokens[token].span;
        // Claims stand in the order of their starts, an outer one before those inside it.
        let end = claims.partition_point(|claim| claim.extent().start <= span.start);
        let holds = |claim: &&Claim| claim.content.iter().any(|part| part.contains(span));
        let around = || claims[end.saturating_sub(AROUND)..end].iter().rev().filter(holds);
        let quoted = around().find(|claim| claim.form != ClaimForm::Indirect);
        quoted.or_else(|| around().next())?.speaker.map(|speaker| speaker as usize)
    }

    /// Notes that a run means somebody.
    pub(super) fn means(&mut self, run: Run, form: MentionForm, draft: usize, confidence: f32, stance: Stance) {
        if let Some(gender) =
            gender_of(self.words.lower(run.start), self.words.language).filter(|_| form == MentionForm::Pronoun)
        {
            self.drafts[draft].guess = gender;
        }
        let span = self.words.article.span(run);
        self.drafts[draft].speaker.mentions.push(span);
        let label = match self.drafts[draft].speaker.kind {
            SpeakerKind::Institution => Label::Institution,
            _ => Label::Person,
        };
        let confidence = to_thousandths(confidence.min(SUREST));
        self.added.push(Mention { span, label, form, confidence, origin: Origin::Rule, speaker: Some(draft as u32) });
        self.discourse.see(self.words, run, draft, stance, form);
    }
}
