//! A speaker as the analysis lists it.

use serde::{Deserialize, Serialize};

use crate::scheme::{Sector, SpeakerKind};
use crate::span::Span;

/// What the article says of a speaker: a role or an affiliation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Fact {
    /// In the article's words, or the user's.
    pub text: String,
    /// Where it says so; absent for what the user says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Whether it is past.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub former: bool,
    /// Of an affiliation: index of the institution among the speakers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<u32>,
}

/// Somebody or something that speaks, or is named, in the article.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Speaker {
    /// The fullest name that the article gives.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// Whether somebody knows more of what speaks here than the article says: "officials familiar with the matter", one or several.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anonymous: bool,
    /// What sort of institution it is; absent for everybody else, and where its name does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// Of a group: indices of those it joins, among the speakers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<u32>,
    /// What it does, once a string, in the order of the text.
    pub roles: Vec<Fact>,
    /// The institutions that it belongs to or speaks for, once a string, in the order of the text.
    pub affiliations: Vec<Fact>,
    /// Everywhere it is meant, pronouns included, in the order of the text.
    pub mentions: Vec<Span>,
}
