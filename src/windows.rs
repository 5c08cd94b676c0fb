//! An article as a larger encoder reads it, window by window: here, or in several threads that each hold the model.

use std::cell::OnceCell;

use crate::model::Reading;
use crate::span::Run;

/// An article with its windows, and what the encoder says of each, as far as it has read them. From [`Annotator::windows`].
///
/// [`Annotator::windows`]: crate::Annotator::windows
#[derive(Debug, Clone)]
pub struct Windows {
    /// The text as it was given.
    pub(crate) text: String,
    /// The words of all tokens, one after the other, and where each ends in them, in bytes.
    words: String,
    ends: Vec<usize>,
    /// The tokens of each.
    runs: Vec<Run>,
    said: Vec<Option<Vec<f32>>>,
    /// How the whole article is read by what stands in for the encoder where that has not read yet: the same at each look.
    pub(crate) rest: OnceCell<Reading>,
    /// How many numbers are said of a token.
    width: usize,
}

impl Windows {
    pub(crate) fn new<'w>(text: &str, words: impl Iterator<Item = &'w str>, runs: Vec<Run>, width: usize) -> Self {
        let (mut all, mut ends) = (String::new(), Vec::new());
        for word in words {
            all.push_str(word);
            ends.push(all.len());
        }
        let said = vec![None; runs.len()];
        Self { text: text.to_owned(), words: all, ends, runs, said, rest: OnceCell::new(), width }
    }

    /// How many windows there are: none where the model has no larger encoder.
    pub const fn count(&self) -> usize {
        self.runs.len()
    }

    /// How much of the article is read, from 0 to 1, by tokens; 1 where there is nothing to read.
    pub fn share(&self) -> f32 {
        let read: usize = self.known().map(|(run, _)| run.len()).sum();
        if self.runs.is_empty() { 1.0 } else { read as f32 / self.ends.len() as f32 }
    }

    /// Takes what the encoder says of a window, wherever it read it.
    ///
    /// # Errors
    /// With how many numbers are needed, where that many were not given, and none where there is no such window.
    pub fn put(&mut self, window: usize, said: Vec<f32>) -> Result<(), usize> {
        let needed = self.runs.get(window).map_or(0, |run| run.len() * self.width);
        match self.said.get_mut(window) {
            Some(place) if said.len() == needed => {
                *place = Some(said);
                Ok(())
            }
            _ => Err(needed),
        }
    }

    /// The words of a window's tokens; none where there is no such window.
    pub(crate) fn words(&self, window: usize) -> impl Iterator<Item = &str> {
        let run = self.runs.get(window).copied().unwrap_or(Run::new(0, 0));
        run.range().map(|token| {
            let start = token.checked_sub(1).map_or(0, |before| self.ends[before]);
            &self.words[start..self.ends[token]]
        })
    }

    /// The windows that are read, with what is said of them.
    pub(crate) fn known(&self) -> impl Iterator<Item = (Run, &[f32])> + Clone {
        self.runs.iter().copied().zip(&self.said).filter_map(|(run, said)| Some((run, said.as_deref()?)))
    }
}
