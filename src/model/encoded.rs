//! What the encoder says of a run of tokens, and which of them are looked at as cues.

use super::kernel::sigmoid;
use crate::span::Run;

/// Room for a number for each of them: whole vectors.
pub(super) const NAMES: usize = 12;

/// Score of an impossible tag.
pub(super) const NEVER: f32 = -1e4;

/// Cues less likely than this are not looked at.
const FLOOR: f32 = 0.15;

/// Cues as likely as this count as such where those between two words are counted.
const COUNTED: f32 = 0.35;

/// What the encoder says of a run of tokens.
#[derive(Debug)]
pub(super) struct Encoded {
    /// A vector a token.
    pub vectors: Vec<i16>,
    /// Of each token, as what it stands in a name.
    pub names: Vec<[f32; NAMES]>,
    /// Of each token, the logit that a cue stands there.
    pub anchors: Vec<f32>,
}

/// A part of an article that is read at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk {
    /// The tokens that it is read for.
    pub core: Run,
    /// These and the ones around them that are read with them.
    pub context: Run,
}

impl Encoded {
    /// The cues of a chunk that are looked at, and for each token of its context how many cues there are up to it.
    /// `more`: tokens that are looked at, and counted, in any case.
    pub(super) fn cues(&self, chunk: Chunk, is_read: &[bool], more: &[usize]) -> (Vec<u32>, Vec<usize>) {
        let Chunk { core, context } = chunk;
        let likely = |token: usize| sigmoid(self.anchors[token - context.start]);
        let is_more = |token: usize| more.contains(&token);
        let mut count = 0;
        let counts = context.range().map(|token| {
            count += u32::from(likely(token) > COUNTED || is_more(token));
            count
        });
        let counts = counts.collect();
        let is_anchor = |&token: &usize| is_more(token) || is_read[token] && likely(token) >= FLOOR;
        (counts, core.range().filter(is_anchor).collect())
    }
}
