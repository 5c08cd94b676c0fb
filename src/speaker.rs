//! Mentions and sources -> [`Speaker`]s: who is meant, by which name, in which role, of which institution.

use serde::{Deserialize, Serialize};

use crate::attribution::Attribution;
use crate::entity::Mention;
use crate::model::Model;
use crate::span::Span;
use crate::text::Article;

/// What a speaker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

/// Finds out who is meant; sets `speaker` in the mentions and attributions.
pub fn speakers(
    _article: &Article<'_>,
    _model: &Model,
    _mentions: &mut Vec<Mention>,
    _attributions: &mut [Attribution],
) -> Vec<Speaker> {
    Vec::new()
}
