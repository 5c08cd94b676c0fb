//! Names and cues that the reader has spoken about.

use super::{Learnt, LearntCue, LearntName, rejected, right};
use crate::analysis::Analysis;
use crate::correction::Revision;
use crate::entity::{MentionForm, Origin};
use crate::habit::{Habits, KnownName};
use crate::model::Label;
use crate::span::Span;
use crate::speaker::Fact;
use crate::text::Article;

/// How much it takes to believe that a cue is worth more or less than its confidence says: the precision of a normal
/// distribution around nothing.
const HOLD: f32 = 2.0;

/// The most names and the most cues that are kept: those that were spoken about last.
const MOST: usize = 5_000;

/// What an annotator does otherwise for what was learnt.
pub(super) fn habits(learnt: &Learnt) -> Habits {
    let shift = |cue: &LearntCue| match cue.on {
        // No confidence is left of one, and none is missing to the other.
        Some(false) => f32::NEG_INFINITY,
        Some(true) => f32::INFINITY,
        None => cue.surprise / (cue.doubt + HOLD),
    };
    let name = |name: &LearntName| KnownName {
        words: name.words.clone(),
        label: name.label,
        rejected: name.rejected,
        missed: name.missed,
        roles: name.roles.clone(),
        affiliations: name.affiliations.clone(),
    };
    Habits::new(learnt.cues.iter().map(|cue| (cue.words.clone(), shift(cue))).collect(), learnt.names.iter().map(name))
}

impl Learnt {
    /// Learns what is a name, and what the reader said of whoever has it.
    pub(super) fn note_names(&mut self, article: &Article<'_>, found: &Analysis, revision: &Revision) {
        let was =
            |span: Span| found.mentions.iter().any(|mention| mention.span == span && mention.form == MentionForm::Name);
        let names = revision.analysis.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
        for mention in names.clone().filter(|mention| mention.origin == Origin::Reader) {
            self.note_name(article.units.slice(mention.span), Some(mention.label), !was(mention.span));
        }
        let is_gone = |span: Span| names.clone().all(|mention| !mention.span.overlaps(span));
        for mention in
            found.mentions.iter().filter(|mention| mention.form == MentionForm::Name && is_gone(mention.span))
        {
            self.note_name(article.units.slice(mention.span), None, false);
        }
        for speaker in &revision.analysis.speakers {
            let told = |facts: &[Fact]| -> Vec<String> {
                let readers = facts.iter().filter(|fact| fact.span.is_none() && !fact.former);
                readers.map(|fact| fact.text.clone()).collect()
            };
            let (roles, affiliations) = (told(&speaker.roles), told(&speaker.affiliations));
            if !(roles.is_empty() && affiliations.is_empty()) {
                let name = self.name(&speaker.name);
                (name.roles, name.affiliations) = (roles, affiliations);
            }
        }
        let surplus = self.names.len().saturating_sub(MOST);
        self.names.drain(..surplus);
    }

    fn note_name(&mut self, words: &str, label: Option<Label>, missed: bool) {
        let name = self.name(words);
        (name.label, name.rejected) = (label, label.is_none());
        // What was missed once, and is found since because it was learnt, was missed all the same.
        name.missed = label.is_some() && (missed || name.missed);
    }

    /// What is known of a name: it counts as spoken about last.
    fn name(&mut self, words: &str) -> &mut LearntName {
        let at = self.names.iter().position(|name| name.words == words);
        let name = at.map(|at| self.names.remove(at));
        self.names.push(name.unwrap_or_else(|| LearntName { words: words.to_owned(), ..LearntName::default() }));
        self.names.last_mut().expect("it was put there")
    }

    /// Learns which words tell claims.
    pub(super) fn note_cues(&mut self, article: &Article<'_>, found: &Analysis, revision: &Revision) {
        let words = |span: Option<Span>| Some(article.units.slice(span?).to_lowercase());
        let judged =
            right(revision).map(|claim| (claim, true)).chain(rejected(found, revision).map(|claim| (claim, false)));
        let judged: Vec<(String, Option<f32>, bool)> = judged
            .filter_map(|(claim, is_claim)| {
                // How sure it was before the reader was.
                let before = found.attributions.iter().find(|before| before.cue == claim.cue);
                Some((words(claim.cue)?, before.map(|before| before.confidence), is_claim))
            })
            .collect();
        for (words, before, is_claim) in judged {
            let cue = self.cue(&words);
            if is_claim {
                cue.right += 1;
            } else {
                cue.wrong += 1;
            }
            if let Some(confidence) = before {
                cue.surprise += if is_claim { 1.0 - confidence } else { -confidence };
                cue.doubt += confidence * (1.0 - confidence);
            }
        }
        let surplus = self.cues.len().saturating_sub(MOST);
        self.cues.drain(..surplus);
    }

    fn cue(&mut self, words: &str) -> &mut LearntCue {
        let at = self.cues.iter().position(|cue| cue.words == words);
        let cue = at.map(|at| self.cues.remove(at));
        self.cues.push(cue.unwrap_or_else(|| LearntCue { words: words.to_owned(), ..LearntCue::default() }));
        self.cues.last_mut().expect("it was put there")
    }
}
