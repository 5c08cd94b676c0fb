//! English: tables made by build.rs of the `.txt` files in this folder.
//!
//! `lists/` holds the long lists of names (their licence: lists/README.md); they travel in the model file.

mod tables;
mod verb;

pub(crate) use verb::{Frame, Part, Sense, Verb, cue_sense, is_manner, is_spoken, negated_sense, phrase_sense, verb};

pub use tables::*;
