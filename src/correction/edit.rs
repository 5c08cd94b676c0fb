//! A correction: what the user does, and when.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::target::Target;
use crate::scheme::{ClaimForm, ClaimKind, FactKind, Mark, SpeakerKind};

/// The greatest clock that a correction can have: another one must be able to come after it.
const LAST_TICK: u32 = 1_000_000_000;

/// A speaker, as a correction addresses it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Who {
    /// Its name when the correction was made: it counts where nobody is meant at the place.
    pub name: String,
    /// A place where it is meant, one of its mentions; absent for one that is meant nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
}

/// A mark that is right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Seen {
    /// Where.
    pub target: Target,
    /// What stands there.
    pub mark: Mark,
}

/// What a correction does. More will be added: what matches on it needs an arm for the rest. It is read from JSON only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "op", rename_all = "lowercase")]
#[non_exhaustive]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Edit {
    /// Marks a place.
    Add {
        /// Where.
        target: Target,
        /// As what.
        mark: Mark,
        /// Whether at every other place of the same words too.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        everywhere: bool,
    },
    /// Takes a mark away.
    Delete {
        /// Where.
        target: Target,
        /// Which.
        mark: Mark,
        /// Whether at every other place of the same words too.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        everywhere: bool,
    },
    /// Makes one mark another.
    Relabel {
        /// Where.
        target: Target,
        /// What it was.
        mark: Mark,
        /// What it is.
        to: Mark,
        /// Whether at every other place of the same words too.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        everywhere: bool,
    },
    /// Moves the edges of a mark.
    Respan {
        /// Where it was.
        target: Target,
        /// Which.
        mark: Mark,
        /// Where it is.
        to: Target,
    },
    /// Says of what kind or form a claim is.
    Qualify {
        /// The claim.
        target: Target,
        /// Its kind; absent: as it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<ClaimKind>,
        /// Its form; absent: as it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<ClaimForm>,
    },
    /// Gives a claim to a speaker.
    Attribute {
        /// The claim.
        target: Target,
        /// The speaker's name; absent: nobody.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        speaker: Option<String>,
    },
    /// Makes two speakers one.
    Merge {
        /// Who is somebody else.
        speaker: Who,
        /// Who that is.
        into: Who,
    },
    /// Makes a mention mean somebody else.
    Split {
        /// The mention.
        target: Target,
        /// The name of the person it means; absent: the words of the mention.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        speaker: Option<String>,
    },
    /// Gives a speaker another name.
    Rename {
        /// Who.
        speaker: Who,
        /// The name.
        name: String,
    },
    /// Adds a role or an affiliation, changes or removes it.
    Fact {
        /// Whose.
        speaker: Who,
        /// Which of both.
        fact: FactKind,
        /// What it was; absent: it is new.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        /// What it is; absent: it is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
        /// Whether it is past.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        former: bool,
    },
    /// Says what a speaker is.
    Classify {
        /// Who.
        speaker: Who,
        /// What it is.
        kind: SpeakerKind,
        /// Whether somebody knows more of it than the article says.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        anonymous: bool,
    },
    /// Says that the whole article was looked at.
    Review {
        /// The marks that are right, and of which nothing else was said.
        marks: Vec<Seen>,
    },
    /// Takes another correction back.
    Undo {
        /// Its id.
        correction: String,
    },
}

/// The fields of an edit, each as its JSON text: which type one has depends on what the edit does.
struct Fields(BTreeMap<String, Box<RawValue>>);

impl Fields {
    /// A field. One that is absent is null.
    fn read<T: DeserializeOwned, E: Error>(&self, name: &str) -> Result<T, E> {
        let text = self.0.get(name).map_or("null", |text| text.get());
        serde_json::from_str(text).map_err(|fault| E::custom(format_args!("{name}: {fault}")))
    }

    /// A field that is false where it is absent.
    fn flag<E: Error>(&self, name: &str) -> Result<bool, E> {
        Ok(self.read::<Option<bool>, E>(name)?.unwrap_or_default())
    }
}

// By hand, because what serde derives for a type with a tag is 10 kB of the WebAssembly.
impl<'de> Deserialize<'de> for Edit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Fields(BTreeMap::deserialize(deserializer)?);
        let target = || fields.read("target");
        let mark = || fields.read("mark");
        let speaker = || fields.read("speaker");
        let everywhere = || fields.flag("everywhere");
        let op: String = fields.read("op")?;
        Ok(match op.as_str() {
            "add" => Self::Add { target: target()?, mark: mark()?, everywhere: everywhere()? },
            "delete" => Self::Delete { target: target()?, mark: mark()?, everywhere: everywhere()? },
            "relabel" => {
                Self::Relabel { target: target()?, mark: mark()?, to: fields.read("to")?, everywhere: everywhere()? }
            }
            "respan" => Self::Respan { target: target()?, mark: mark()?, to: fields.read("to")? },
            "qualify" => Self::Qualify { target: target()?, kind: fields.read("kind")?, form: fields.read("form")? },
            "attribute" => Self::Attribute { target: target()?, speaker: fields.read("speaker")? },
            "merge" => Self::Merge { speaker: speaker()?, into: fields.read("into")? },
            "split" => Self::Split { target: target()?, speaker: fields.read("speaker")? },
            "rename" => Self::Rename { speaker: speaker()?, name: fields.read("name")? },
            "fact" => Self::Fact {
                speaker: speaker()?,
                fact: fields.read("fact")?,
                from: fields.read("from")?,
                to: fields.read("to")?,
                former: fields.flag("former")?,
            },
            "classify" => {
                Self::Classify { speaker: speaker()?, kind: fields.read("kind")?, anonymous: fields.flag("anonymous")? }
            }
            "review" => Self::Review { marks: fields.read("marks")? },
            "undo" => Self::Undo { correction: fields.read("correction")? },
            _ => return Err(D::Error::custom(format_args!("op: a correction that does “{op}” is not known"))),
        })
    }
}

/// One correction: an event in the log of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Correction {
    /// `actor:seq`, never given twice.
    pub id: String,
    /// Who made it: a random name of the browser profile.
    pub actor: String,
    /// Lamport clock: corrections are replayed in the order of (lamport, actor, id). At most 1,000,000,000.
    #[serde(deserialize_with = "clock")]
    pub lamport: u32,
    /// When: RFC 3339, UTC.
    pub time: String,
    /// What it does.
    pub edit: Edit,
}

/// Reads a clock; a greater one than [`LAST_TICK`] is damaged.
fn clock<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let clock = u32::deserialize(deserializer)?;
    if clock > LAST_TICK {
        return Err(D::Error::custom(format!("the clock {clock} is above {LAST_TICK}")));
    }
    Ok(clock)
}
