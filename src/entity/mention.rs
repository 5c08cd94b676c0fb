//! Names in the text, and how their confidence is written.

use serde::{Deserialize, Serialize, Serializer};

use crate::scheme::{Label, MentionForm, Origin};
use crate::span::Span;

/// A place in the text that names a person, an institution or a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// What it names.
    pub label: Label,
    /// How it names it.
    pub form: MentionForm,
    /// How sure: 0 to 1.
    #[serde(serialize_with = "rounded")]
    pub confidence: f32,
    /// Who put it there.
    pub origin: Origin,
    /// Index of the speaker that it means, in the analysis; absent where it means none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<u32>,
}

/// A confidence with three decimals, all that it is worth: so it is the same after it was written and read.
pub(crate) fn to_thousandths(confidence: f32) -> f32 {
    (confidence * 1000.0).round() / 1000.0
}

/// Writes a confidence with three decimals: an f32 widened to JavaScript's f64 would read 0.7900000214576721.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(crate) fn rounded<S: Serializer>(confidence: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*confidence) * 1000.0).round() / 1000.0)
}
