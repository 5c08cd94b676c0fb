//! Article -> [`Reading`]: which tokens name whom, and which words say that somebody said something.
//!
//! Today rules and lists read; the trained network takes their place here and nowhere else: what it gives is a [`Reading`] too.

mod content;
mod cue;
mod elsewhere;
pub mod evidence;
pub mod feature;
mod file;
mod form;
mod name;
mod rules;
mod source;
pub mod vocabulary;
mod word;

use serde::{Deserialize, Serialize};

pub use feature::{Features, features};
pub use vocabulary::{Lexicon, Vocabulary};
pub use word::{Class, Words};

pub use file::{Model, ModelError, VERSION, pack};

use crate::span::Run;

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Label {
    /// A person.
    Person,
    /// An institution: government body, company, party, newspaper, university.
    Institution,
    /// A place: country, city, region.
    Place,
}

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

impl Model {
    /// The name of what reads, with the version of its file.
    pub fn name(&self) -> String {
        format!("rules-{VERSION}")
    }

    /// Reads an article, given as its words.
    pub(crate) fn read(&self, words: &Words<'_, '_>) -> Reading {
        rules::read(self, words)
    }
}
