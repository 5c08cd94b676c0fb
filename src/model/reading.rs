//! What the network says of an article, before names and claims are made of it.

use crate::scheme::Label;
use crate::span::Run;

/// A token's part in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tag {
    /// In no name.
    #[default]
    Outside,
    /// Starts a name.
    Begin(Label),
    /// Goes on with the name before it.
    Inside(Label),
}

/// Somebody says something: one cue with what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The token that stands for the cue: its first word of substance.
    pub anchor: usize,
    /// Who says it; `None` where the article does not tell.
    pub source: Option<Run>,
    /// The words that say that it is said; `None` for a name and a colon, or for nothing but marks.
    pub cue: Option<Run>,
    /// What is said, in one or more parts, in order.
    pub content: Vec<Run>,
    /// How sure: 0 to 1.
    pub confidence: f32,
}

/// What was read in an article.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// One tag a token.
    pub tags: Vec<Tag>,
    /// How sure each tag is, 0 to 1.
    pub certainty: Vec<f32>,
    /// All that is said, by anchor.
    pub candidates: Vec<Candidate>,
}
