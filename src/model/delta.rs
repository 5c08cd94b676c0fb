//! What a user's corrections change in the network, apart from its weights.

use serde::{Deserialize, Serialize};

/// Numbers that are added to those of the network's heads.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Delta {
    /// To the head of cues: a weight for each number of a token's vector, then the constant. Empty: nothing.
    pub cue: Vec<f32>,
    /// The name of the model that they belong to; empty: written before that was noted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub model: String,
}

impl Delta {
    /// How far it is from nothing: the root of the sum of squares.
    pub fn size(&self) -> f32 {
        self.cue.iter().map(|number| number * number).sum::<f32>().sqrt()
    }

    /// Whether it belongs to a model, whose tokens have vectors of so many numbers.
    pub(super) fn fits(&self, width: usize, model: &str) -> bool {
        let is_whole = self.cue.len() == width + 1 && self.cue.iter().all(|number| number.is_finite());
        self.cue.is_empty() || (is_whole && (self.model.is_empty() || self.model == model))
    }
}

/// The logit that weights for each of some numbers and a constant give; nothing where there are none.
pub(super) fn logit(weights: &[f32], numbers: impl Iterator<Item = f32>) -> f32 {
    let Some((constant, weights)) = weights.split_last() else { return 0.0 };
    weights.iter().zip(numbers).fold(*constant, |sum, (weight, number)| sum + weight * number)
}
