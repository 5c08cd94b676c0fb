//! What was learnt, as plain data.

use serde::{Deserialize, Serialize};

use crate::model::Delta;
use crate::scheme::Label;

/// What was learnt from a user's corrections.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Learnt {
    /// How many times an article taught something.
    pub articles: u32,
    /// Names, by their words.
    pub names: Vec<LearntName>,
    /// Cues, by their words.
    pub cues: Vec<LearntCue>,
    /// What changes in the network.
    pub delta: Delta,
}

/// A name that the user has spoken about.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct LearntName {
    /// As it is written.
    pub words: String,
    /// What it names; absent: the user did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// Whether it names nothing.
    pub rejected: bool,
    /// Whether the annotator had missed it: then it is marked wherever it stands, else only made what it is.
    pub missed: bool,
    /// What the one does who has this name.
    pub roles: Vec<String>,
    /// What the one belongs to who has this name.
    pub affiliations: Vec<String>,
}

/// Words by which claims are told.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct LearntCue {
    /// In small letters.
    pub words: String,
    /// How many claims with them were right.
    pub right: u32,
    /// How many were none.
    pub wrong: u32,
    /// By how much more of them were right than their confidence said, summed up.
    pub surprise: f32,
    /// How much their confidence left open, summed up: p (1 - p).
    pub doubt: f32,
    /// What the user decided: always a claim, or never; absent: as the counts say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<bool>,
}
