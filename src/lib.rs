//! **whosaid** reads a news article and says who said what.
//!
//! The stages, each a function from one plain type to the next; imports run one way, down this list:
//!
//! | module | from | to |
//! |---|---|---|
//! | [`span`] | | places in a text and their units |
//! | [`lang`] | | what is particular to a language, as data |
//! | [`text`] | text | [`text::Article`]: tokens, sentences, paragraphs with zones, quotations |
//! | [`model`] | article | [`model::Reading`]: tags and candidates |
//! | [`entity`] | reading | [`Mention`]s of persons, institutions and places |
//! | [`attribution`] | reading | [`Attribution`]s: source, cue, content |
//! | [`speaker`] | mentions, attributions | [`Speaker`]s with roles and affiliations |
//! | [`analysis`] | text | [`Analysis`]: all of it |
//! | [`correction`] | analysis, corrections | [`Revision`] |
//! | [`export`] | notebook | files, and back |
//!
#![doc = "```"]
#![doc = "use whosaid::{Annotator, Options, Units};"]
#![doc = "let annotator = Annotator::new(include_bytes!(\"lang/en/model.bin\"))?;"]
#![doc = "let text = \"📈 “Taxes will rise,” said Anna Berg, finance minister.\";"]
#![doc = "let analysis = annotator.annotate(text, &Options::default());"]
#![doc = "# let _ = (analysis, Units::new(text));"]
#![doc = "# Ok::<(), whosaid::ModelError>(())"]
#![doc = "```"]

pub mod analysis;
pub mod attribution;
pub mod correction;
pub mod entity;
pub mod export;
pub mod lang;
pub mod model;
pub mod span;
pub mod speaker;
pub mod text;
#[cfg(feature = "wasm")]
pub mod wasm;

pub use analysis::{Analysis, Annotator, Options};
pub use attribution::Attribution;
pub use correction::{Correction, Revision};
pub use entity::Mention;
pub use export::Notebook;
pub use lang::Kind;
pub use model::ModelError;
pub use span::{Run, Span, Units};
pub use speaker::Speaker;
