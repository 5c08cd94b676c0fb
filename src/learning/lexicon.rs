//! Names and cues that the user has spoken about.

use std::collections::{HashMap, HashSet};

use super::judged::{rejected, right};
use super::learnt::{Learnt, LearntCue, LearntName};
use crate::adaptation::{Adaptation, KnownName};
use crate::analysis::Analysis;
use crate::correction::Revision;
use crate::entity::Mention;
use crate::lang::Language;
use crate::scheme::{Label, MentionForm, Origin};
use crate::span::{Places, Span};
use crate::speaker::Fact;
use crate::text::Article;

/// Prior precision (zero-mean normal): how much evidence it takes to shift a cue's confidence.
const HOLD: f32 = 2.0;

/// The most names and the most cues that are kept: those that were spoken about last.
const MOST: usize = 5_000;

/// What an annotator does otherwise for what was learnt.
pub(super) fn adaptation(learnt: &Learnt, language: &'static Language) -> Adaptation {
    let shift = |cue: &LearntCue| match cue.on {
        // −∞ makes the confidence 0, +∞ makes it 1.
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
    Adaptation::new(
        learnt.cues.iter().map(|cue| (cue.words.clone(), shift(cue))).collect(),
        learnt.names.iter().map(name),
        language,
    )
}

/// Names or cues by their words, those that were spoken about last at the end.
struct Recent<T> {
    /// One that was spoken about again leaves its place empty.
    all: Vec<Option<T>>,
    places: HashMap<String, usize>,
}

impl<T> Recent<T> {
    fn new(all: Vec<T>, words: impl Fn(&T) -> &str) -> Self {
        // Of two with the same words the first counts.
        let places = all.iter().enumerate().rev().map(|(place, each)| (words(each).to_owned(), place)).collect();
        Self { all: all.into_iter().map(Some).collect(), places }
    }

    /// What is known of some words, which are spoken about now.
    fn of(&mut self, words: &str, new: impl FnOnce(String) -> T) -> &mut T {
        let before = self.places.insert(words.to_owned(), self.all.len());
        let known = before.and_then(|place| self.all[place].take());
        self.all.push(None);
        let last = self.all.last_mut().expect("it was put there");
        last.insert(known.unwrap_or_else(|| new(words.to_owned())))
    }

    /// Those that were spoken about last.
    fn newest(self) -> Vec<T> {
        let all: Vec<T> = self.all.into_iter().flatten().collect();
        let surplus = all.len().saturating_sub(MOST);
        all.into_iter().skip(surplus).collect()
    }
}

impl Learnt {
    /// Learns what is a name, and what the user said of whoever has it.
    pub(super) fn note_names(&mut self, article: &Article<'_>, found: &Analysis, revision: &Revision) {
        let is_name = |mention: &&Mention| mention.form == MentionForm::Name;
        let blank = |words| LearntName { words, ..LearntName::default() };
        let mut known = Recent::new(std::mem::take(&mut self.names), |name| &name.words);
        let mut note = |words: &str, label: Option<Label>, missed: bool| {
            let name = known.of(words, blank);
            (name.label, name.rejected) = (label, label.is_none());
            // What was missed once, and is found since because it was learnt, was missed all the same.
            name.missed = label.is_some() && (missed || name.missed);
        };
        let was: HashSet<Span> = found.mentions.iter().filter(is_name).map(|mention| mention.span).collect();
        let names = revision.analysis.mentions.iter().filter(is_name);
        for mention in names.clone().filter(|mention| mention.origin == Origin::User) {
            note(article.units.slice(mention.span), Some(mention.label), !was.contains(&mention.span));
        }
        let there: Places<()> = names.map(|mention| (mention.span, ())).collect();
        for mention in found.mentions.iter().filter(is_name) {
            if there.overlapping(mention.span).next().is_none() {
                note(article.units.slice(mention.span), None, false);
            }
        }
        for speaker in &revision.analysis.speakers {
            let told = |facts: &[Fact]| -> Vec<String> {
                let users = facts.iter().filter(|fact| fact.span.is_none() && !fact.former);
                users.map(|fact| fact.text.clone()).collect()
            };
            let (roles, affiliations) = (told(&speaker.roles), told(&speaker.affiliations));
            if !(roles.is_empty() && affiliations.is_empty()) {
                let name = known.of(&speaker.name, blank);
                (name.roles, name.affiliations) = (roles, affiliations);
            }
        }
        self.names = known.newest();
    }

    /// Learns which words tell claims.
    pub(super) fn note_cues(&mut self, article: &Article<'_>, found: &Analysis, revision: &Revision) {
        // How sure each claim was before the user was; of two with one cue, the first.
        let before: HashMap<Option<Span>, f32> =
            found.claims.iter().rev().map(|claim| (claim.cue, claim.confidence)).collect();
        let judged = right(revision).map(|claim| (claim, true));
        let judged = judged.chain(rejected(found, revision).map(|claim| (claim, false)));
        let mut known = Recent::new(std::mem::take(&mut self.cues), |cue| &cue.words);
        for (claim, is_claim) in judged {
            let Some(words) = claim.cue.map(|cue| article.units.slice(cue).to_lowercase()) else { continue };
            let cue = known.of(&words, |words| LearntCue { words, ..LearntCue::default() });
            if is_claim {
                cue.right += 1;
            } else {
                cue.wrong += 1;
            }
            if let Some(confidence) = before.get(&claim.cue) {
                cue.surprise += if is_claim { 1.0 - confidence } else { -confidence };
                cue.doubt += confidence * (1.0 - confidence);
            }
        }
        self.cues = known.newest();
    }
}
