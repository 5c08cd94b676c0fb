//! Mentions and sources -> [`Speaker`]s: who is meant, by which name, in which role, of which institution.

mod entry;
mod fact;
mod pronoun;
mod resolve;

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::attribution::Attribution;
use crate::entity::Mention;
use crate::model::{Model, Words};
use crate::span::Span;
use crate::text::Article;
use entry::Entry;

/// What a speaker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum SpeakerKind {
    /// One person.
    Person,
    /// An institution.
    Institution,
    /// Several, or a crowd: "voters", "Clinton and Trump".
    Group,
    /// A document: a report, a poll, a letter.
    Document,
    /// Somebody whom the article does not name: "officials familiar with the matter".
    #[default]
    Anonymous,
}

/// What the article says of a speaker: a role or an affiliation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Fact {
    /// In the article's words.
    pub text: String,
    /// Where it says so.
    pub span: Span,
    /// Whether it is past.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub former: bool,
}

/// Somebody or something that speaks, or is named, in the article.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Speaker {
    /// The fullest name that the article gives.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// What it does, once a string, in the order of the text.
    pub roles: Vec<Fact>,
    /// The institutions that it belongs to or speaks for, once a string, in the order of the text.
    pub affiliations: Vec<Fact>,
    /// Everywhere it is meant, pronouns included, in the order of the text.
    pub mentions: Vec<Span>,
}

/// Finds out who is meant; sets `speaker` in the mentions and attributions, and adds the pronouns and nominals among the
/// sources to the mentions.
pub fn speakers(
    article: &Article<'_>,
    model: &Model,
    mentions: &mut Vec<Mention>,
    attributions: &mut [Attribution],
) -> Vec<Speaker> {
    let words = Words::new(article);
    let mut entries = entry::named(&words, model, mentions);
    fact::find(&words, mentions, &mut entries);
    resolve::sources(&words, &mut entries, mentions, attributions);
    in_order(&mut entries, mentions, attributions)
}

/// The speakers by number of claims, then by where they are first meant; indices in mentions and attributions follow.
fn in_order(entries: &mut [Entry], mentions: &mut [Mention], attributions: &mut [Attribution]) -> Vec<Speaker> {
    let mut claims = vec![0_u32; entries.len()];
    for speaker in attributions.iter().filter_map(|attribution| attribution.speaker) {
        claims[speaker as usize] += 1;
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|&entry| (Reverse(claims[entry]), entries[entry].speaker.mentions.first().copied()));
    let mut place = vec![0_u32; entries.len()];
    for (index, &entry) in order.iter().enumerate() {
        place[entry] = index as u32;
    }
    for speaker in mentions
        .iter_mut()
        .map(|mention| &mut mention.speaker)
        .chain(attributions.iter_mut().map(|attribution| &mut attribution.speaker))
    {
        *speaker = speaker.map(|old| place[old as usize]);
    }
    order.into_iter().map(|entry| std::mem::take(&mut entries[entry].speaker)).collect()
}
