//! How a correction says where its place is.

use serde::{Deserialize, Serialize};

/// A place in the text with what stands there, so that it can be found again (the W3C's `TextPositionSelector` and
/// `TextQuoteSelector` in one; UTF-16 code units).
///
/// It is where its offsets say when its text stands there. Otherwise it is looked up: of the places where its text
/// stands, those count where the text before or the text after stands too, whole, as far as the target has them; the one
/// where most characters around fit is meant. Where none counts or two are equally good, it is not found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
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
