//! What an annotator does otherwise than its model says, because its user said so elsewhere.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::claim::Claim;
use crate::entity::{Mention, to_thousandths};
use crate::lang::Language;
use crate::order::sort_by_key;
use crate::scheme::{Label, MentionForm, Origin};
use crate::span::Span;
use crate::speaker::{Fact, Speaker};
use crate::text::Article;

/// How sure a name is that the user marked elsewhere.
const SURE: f32 = 0.9;

/// A name of which something is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct KnownName {
    /// As it is written.
    pub words: String,
    /// What it names, where that is known.
    pub label: Option<Label>,
    /// Whether it names nothing.
    pub rejected: bool,
    /// Whether it is marked wherever it stands.
    pub missed: bool,
    /// What the person or institution of this name does.
    pub roles: Vec<String>,
    /// What the person or institution of this name belongs to.
    pub affiliations: Vec<String>,
}

/// What is done otherwise.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Adaptation {
    /// By a cue's words in small letters, what is added to the logit of its claims' confidence.
    pub cues: BTreeMap<String, f32>,
    /// Names, by their first word.
    names: BTreeMap<String, Vec<KnownName>>,
}

/// The first word of a name, as an article has it.
fn first_word(name: &str, language: &'static Language) -> Option<String> {
    let article = Article::new(name, language);
    (!article.tokens.is_empty()).then(|| article.word(0).to_owned())
}

impl Adaptation {
    pub(crate) fn new(
        cues: BTreeMap<String, f32>,
        known: impl Iterator<Item = KnownName>,
        language: &'static Language,
    ) -> Self {
        let mut names: BTreeMap<String, Vec<KnownName>> = BTreeMap::new();
        for name in known {
            if let Some(first) = first_word(&name.words, language) {
                names.entry(first).or_default().push(name);
            }
        }
        // The longest first: what is a part of it stays a part.
        for names in names.values_mut() {
            sort_by_key(names, |name| Reverse(name.words.len()));
        }
        Self { cues, names }
    }

    /// Makes claims surer or less sure, by their cues.
    pub(crate) fn adjust_confidence(&self, article: &Article<'_>, claims: &mut [Claim]) {
        if self.cues.is_empty() {
            return;
        }
        for claim in claims {
            let Some(cue) = claim.cue else { continue };
            let Some(&shift) = self.cues.get(&article.units.slice(cue).to_lowercase()) else { continue };
            let logit = (claim.confidence.clamp(0.001, 0.999) / (1.0 - claim.confidence.clamp(0.001, 0.999))).ln();
            claim.confidence = to_thousandths(1.0 / (1.0 + (-(logit + shift)).exp()));
        }
    }

    /// Makes names what they are known to be: of those that were found, and those that were missed elsewhere.
    pub(crate) fn relabel(&self, article: &Article<'_>, mentions: &mut Vec<Mention>) {
        if self.names.is_empty() {
            return;
        }
        let text = article.units.text();
        for (token, start) in article.tokens.iter().map(|token| token.bytes.0).enumerate() {
            let Some(names) = self.names.get(article.word(token)) else { continue };
            for known in names.iter().filter(|known| text[start..].starts_with(&known.words)) {
                let span = article.units.span_of_bytes(start, start + known.words.len());
                match known.label {
                    Some(label) if known.missed => put(article, mentions, span, label),
                    Some(label) => set_label(mentions, span, label),
                    None if known.rejected => mentions.retain(|mention| mention.span != span),
                    None => {}
                }
            }
        }
        sort_by_key(mentions, |mention| mention.span);
    }

    /// Adds what is known of speakers, where the article says nothing of the kind.
    pub(crate) fn add_facts(&self, speakers: &mut [Speaker], language: &'static Language) {
        let fact = |text: &String| Fact { text: text.clone(), ..Fact::default() };
        for speaker in speakers.iter_mut().filter(|_| !self.names.is_empty()) {
            let known = first_word(&speaker.name, language).and_then(|first| self.names.get(&first));
            for known in known.into_iter().flatten().filter(|known| known.words == speaker.name) {
                let both = [(&mut speaker.roles, &known.roles), (&mut speaker.affiliations, &known.affiliations)];
                for (facts, more) in both {
                    if facts.is_empty() {
                        facts.extend(more.iter().map(fact));
                    }
                }
            }
        }
    }
}

fn set_label(mentions: &mut [Mention], span: Span, label: Label) {
    for mention in mentions.iter_mut().filter(|mention| mention.span == span && mention.label != label) {
        (mention.label, mention.origin, mention.confidence) = (label, Origin::Learnt, SURE);
    }
}

/// Marks a name in place of what is shorter; where it is a part of another, that stays.
fn put(article: &Article<'_>, mentions: &mut Vec<Mention>, span: Span, label: Label) {
    if mentions.iter().any(|mention| mention.span == span) {
        set_label(mentions, span, label);
        return;
    }
    let tokens = article.tokens_in(span);
    let is_whole = !tokens.is_empty() && article.span(tokens) == span;
    let is_part = mentions.iter().any(|mention| mention.span.overlaps(span) && !span.contains(mention.span));
    if is_whole && !is_part {
        mentions.retain(|mention| !span.contains(mention.span));
        let form = MentionForm::Name;
        mentions.push(Mention { span, label, form, confidence: SURE, origin: Origin::Learnt, speaker: None });
    }
}
