//! **whosaid** reads a news article and says who said what.
//!
//! The stages, each a function from one plain type to the next; imports run one way, down this list:
//!
//! | module | from | to |
//! |---|---|---|
//! | [`span`] | | places in a text and their units |
//! | [`plain`] | text | the same, with what programs broke undone, and places brought back |
//! | [`scheme`] | | what is marked in an article and what is told of it, as enums |
//! | [`lang`] | | what is particular to a language, as data |
//! | [`text`] | text | [`text::Article`]: tokens, sentences, paragraphs with zones, quotations |
//! | [`lexis`] | | words and what lists say of them |
//! | [`model`] | article | [`model::Reading`]: tags and candidates |
//! | [`entity`] | reading | [`Mention`]s of persons, institutions and places |
//! | `grammar` | candidates | the same, corrected where marks, layout or grammar say who speaks |
//! | [`claim`] | candidates | [`Claim`]s: source, cue, content |
//! | [`continuation`] | claims | the same, with the quotations that go on from them |
//! | `nesting` | claims | the same, with the claim that each is told in |
//! | [`speaker`] | mentions, claims | [`Speaker`]s with roles and affiliations |
//! | [`summary`] | claims, speakers | [`Summary`]: who has which share of what is said |
//! | [`analysis`] | text | [`Analysis`]: all of it |
//! | [`correction`] | analysis, corrections | [`Revision`] |
//! | [`export`] | notebook | files, and back |
//!
//! ```
//! use whosaid::{Annotator, Options, Units};
//! let annotator = Annotator::new(include_bytes!("lang/en/model.bin"))?;
//! let text = "📈 “Taxes,” said Anna Berg, finance minister, “will rise.” She denied that wages would fall.";
//! let analysis = annotator.annotate(text, &Options::default());
//! // Spans are in UTF-16 code units: the emoji is two.
//! let units = Units::new(text);
//! let parts: Vec<&str> = analysis.claims[0].content.iter().map(|&span| units.slice(span)).collect();
//! assert_eq!(parts, ["“Taxes,”", "“will rise.”"]);
//! let speaker = &analysis.speakers[0];
//! assert_eq!((speaker.name.as_str(), speaker.roles[0].text.as_str()), ("Anna Berg", "finance minister"));
//! assert_eq!(analysis.claims[1].speaker, Some(0), "“She” is Anna Berg");
//! # Ok::<(), whosaid::ModelError>(())
//! ```

mod adaptation;
pub mod analysis;
pub mod claim;
pub mod continuation;
pub mod correction;
pub mod entity;
pub mod export;
mod grammar;
pub mod lang;
pub mod learning;
pub mod lexis;
pub mod model;
mod nesting;
pub mod plain;
pub mod scheme;
pub mod span;
pub mod speaker;
pub mod summary;
pub mod text;
#[cfg(feature = "wasm")]
pub mod wasm;

pub use analysis::{Analysis, Annotator, Options};
pub use claim::Claim;
pub use correction::{Correction, Revision};
pub use entity::Mention;
pub use export::Notebook;
pub use model::ModelError;
pub use scheme::Kind;
pub use span::{Run, Span, Units};
pub use speaker::Speaker;
pub use summary::Summary;
