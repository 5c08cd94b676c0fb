//! **whosaid** reads a news article and says who said what.
//!
//! A *claim* is what somebody says, quoted or in other words: it has *content*, most often a *source* (the words that name who
//! says it) and a *cue* (the words that say that it is said). A *mention* names or means somebody, a *speaker* is who is meant, by
//! all the mentions together. An [`Annotator`] reads an article and gives an [`Analysis`]; places in it are [`Span`]s in
//! UTF-16 code units, which [`Units`] turns into bytes and code points.
//!
//! ```
//! use whosaid::{Annotator, Options, Units};
//! let annotator = Annotator::english();
//! let text = "📈 “Taxes,” said Anna Berg, finance minister, “will rise.” She denied that wages would fall.";
//! let analysis = annotator.annotate(text, &Options::default());
//! // Spans are in UTF-16 code units: the emoji is two.
//! let units = Units::new(text);
//! let parts: Vec<&str> = analysis.claims[0].content.iter().map(|&span| units.slice(span)).collect();
//! assert_eq!(parts, ["“Taxes,”", "“will rise.”"]);
//! let speaker = &analysis.speakers[0];
//! assert_eq!((speaker.name.as_str(), speaker.roles[0].text.as_str()), ("Anna Berg", "finance minister"));
//! assert_eq!(analysis.claims[1].speaker, Some(0), "“She” is Anna Berg");
//! ```
//!
//! # Features
//!
//! | feature | what |
//! |---|---|
//! | `english` (default) | [`Annotator::english`]: the model for English, 5 MB, in the program |
//! | `cli` (default) | the command line |
//! | `wasm` | the boundary to JavaScript |
//! | `train` | the stages as public modules, for what trains the model; no promise holds for them |
//!
//! # Stages
//!
//! The stages, each a function from one plain type to the next; imports run one way, down this list:
//!
//! | module | from | to |
//! |---|---|---|
//! | [`span`] | | places in a text and their units |
//! | [`plain`] | text | the same, with what programs broke undone, and places brought back |
//! | [`scheme`] | | what is marked in an article and what is told of it, as enums |
//! | `checksum` | bytes | whether a file is whole |
//! | `order` | items | the same, sorted |
//! | `lang` | | what is particular to a language, as data |
//! | `text` | text | `text::Article`: tokens, sentences, paragraphs with zones, quotations |
//! | `lexis` | | words and what lists say of them |
//! | `model` | article | `model::Reading`: tags and candidates |
//! | `entity` | reading | [`Mention`]s of persons, institutions and places |
//! | `grammar` | candidates | the same, corrected where marks, layout or grammar say who speaks |
//! | `claim` | candidates | [`Claim`]s: source, cue, content |
//! | `continuation` | claims | the same, with the quotations that go on from them |
//! | `nesting` | claims | the same, with the claim that each is told in |
//! | [`speaker`] | mentions, claims | [`Speaker`]s with roles and affiliations |
//! | [`summary`] | claims, speakers | [`Summary`]: who has which share of what is said |
//! | `windows` | text | [`Windows`]: the article as a larger encoder reads it, part by part |
//! | [`analysis`] | text | [`Analysis`]: all of it |
//! | [`correction`] | analysis, corrections | [`Revision`] |
//! | [`export`] | notebook | files, and back |

// Without the stages in sight, what only they offer is of no use.
#![cfg_attr(not(feature = "train"), allow(dead_code, unreachable_pub, unused_imports))]

mod adaptation;
pub mod analysis;
mod checksum;
pub mod correction;
pub mod export;
mod grammar;
pub mod learning;
mod nesting;
mod order;
pub mod plain;
pub mod scheme;
pub mod span;
pub mod speaker;
pub mod summary;
#[cfg(feature = "wasm")]
pub mod wasm;
pub mod windows;

// The stages: what trains the model, and the tests of a stage, look into them; nobody else has to.
#[cfg(not(feature = "train"))]
mod claim;
#[cfg(feature = "train")]
pub mod claim;
#[cfg(not(feature = "train"))]
mod continuation;
#[cfg(feature = "train")]
pub mod continuation;
#[cfg(not(feature = "train"))]
mod entity;
#[cfg(feature = "train")]
pub mod entity;
#[cfg(not(feature = "train"))]
mod lang;
#[cfg(feature = "train")]
pub mod lang;
#[cfg(not(feature = "train"))]
mod lexis;
#[cfg(feature = "train")]
pub mod lexis;
#[cfg(not(feature = "train"))]
mod model;
#[cfg(feature = "train")]
pub mod model;
#[cfg(not(feature = "train"))]
mod text;
#[cfg(feature = "train")]
pub mod text;

pub use analysis::{Analysis, Annotator, Options};
pub use claim::Claim;
pub use correction::{Correction, Revision};
pub use entity::Mention;
pub use export::Notebook;
pub use lang::identify::identify;
pub use model::ModelError;
pub use scheme::ClaimKind;
pub use span::{Run, Span, Units};
pub use speaker::Speaker;
pub use summary::Summary;
pub use text::Zone;
pub use windows::Windows;
