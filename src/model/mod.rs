//! Article -> [`Reading`]: which tokens are names, and which words say that somebody said something.
//!
//! A small neural network reads; where nothing but the layout says who speaks, a rule does.

mod bit;
mod delta;
mod draft;
mod elsewhere;
mod encoded;
mod evidence;
pub mod feature;
mod file;
pub mod form;
mod kernel;
mod layer;
mod learn;
mod network;
mod propose;
mod read;
mod reading;
#[cfg(test)]
mod reference;
mod rival;
#[cfg(test)]
mod sample;
mod span_head;
#[doc(hidden)]
pub mod speed;
mod steps;
pub mod transformer;
mod turn;
pub mod vocabulary;

pub use feature::{Features, features};
pub use vocabulary::Vocabulary;

pub use delta::Delta;
pub use draft::Found;
pub use file::{ModelError, Section, VERSION, pack, with_inner, with_lists};
pub use network::SIGNALS;
pub use reading::{Candidate, Reading, Tag};
pub use transformer::Transformer;

use crate::lang::Categories;
pub use crate::lexis::map;
use crate::lexis::{Lexicon, Words};
use crate::span::Run;
use crate::text::Article;
use file::File;
pub(crate) use learn::Truth;
use network::Network;
use propose::Proposals;
pub(crate) use propose::Proposer;
pub(crate) use read::Told;
pub(crate) use rival::apart;
use turn::add_turns;

/// A model file, checked and ready to be asked.
#[derive(Debug, Clone)]
pub struct Model {
    lexicon: Lexicon,
    network: Box<Network>,
    /// The file's: they tell one model from another.
    version: u32,
    checksum: u32,
    proposals: Proposals,
}

impl Model {
    /// Reads a copy of a model file.
    ///
    /// # Errors
    /// When the bytes are no model file, are of another version, are cut short or were changed, or when a section is
    /// missing or of another shape.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::from_vec(bytes.to_vec())
    }

    /// Reads a model file, whose bytes it keeps: a precise one is large.
    ///
    /// # Errors
    /// As [`from_bytes`](Self::from_bytes).
    pub fn from_vec(bytes: Vec<u8>) -> Result<Self, ModelError> {
        let mut file = File::from_vec(bytes)?;
        let lexicon = Lexicon::from_bytes(file.bytes(file::LEXICON)?.to_vec())?;
        let network = Box::new(Network::new(&mut file)?);
        let (version, checksum) = (file.version(), file.checksum());
        Ok(Self { lexicon, network, version, checksum, proposals: Proposals::default() })
    }

    /// The lists of names.
    pub const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What the lists of names say of a lower-case word or phrase.
    pub fn categories(&self, phrase: &str) -> Categories {
        self.lexicon.categories(phrase)
    }

    /// The name of the model, with the version and the checksum of its file.
    pub fn name(&self) -> String {
        format!("network-{}-{:08x}", self.version, self.checksum)
    }

    /// The claims that the network finds in an article, with what says how sure each is.
    pub fn found(&self, words: &Words<'_, '_>) -> Vec<Found> {
        read::look(&self.network, &self.lexicon, words, &mut |_| ()).2
    }

    /// How likely each tag of names is at each token of an article: outside; start and inside of a person, an institution, a
    /// place and any other name, in this order.
    pub fn name_probabilities(&self, words: &Words<'_, '_>) -> Vec<[f32; 9]> {
        read::name_probabilities(&self.network, &self.lexicon, words)
    }

    /// Proposes who says what a user marks in an article.
    pub(crate) fn proposer<'t>(&self, article: &'t Article<'t>) -> Proposer<'_, 't> {
        Proposer::new(&self.network, &self.lexicon, &self.proposals, article)
    }

    /// What was learnt, and what is right in an article besides: see [`Truth`]. `is_whole`: what is not among the truths is
    /// no claim. Asked of the model as it was shipped.
    pub(crate) fn learn(&self, words: &Words<'_, '_>, truths: &[Truth], is_whole: bool, before: &Delta) -> Delta {
        let cue = learn::learn(&self.network, &self.lexicon, words, truths, is_whole, &before.cue);
        Delta { cue, model: self.name() }
    }

    /// The model with what was learnt; none where that was learnt with another network.
    pub(crate) fn taught(&self, delta: &Delta) -> Option<Self> {
        let fits = delta.fits(self.network.width(), &self.name());
        let network = fits.then(|| Box::new(self.network.clone().taught(delta)))?;
        Some(Self { lexicon: self.lexicon.clone(), network, proposals: Proposals::default(), ..*self })
    }

    /// The windows in which the transformer reads an article; none where the model has none.
    pub(crate) fn windows(&self, article: &Article<'_>) -> Vec<Run> {
        self.network.windows(article)
    }

    /// How many numbers the transformer says of a token.
    pub(crate) fn said(&self) -> usize {
        self.network.width()
    }

    /// What the transformer says of the words of a window; tells after each layer how much of it is read.
    pub(crate) fn look<'w>(&self, words: impl Iterator<Item = &'w str>, told: &mut dyn FnMut(f32)) -> Vec<f32> {
        self.network.look(words, told)
    }

    /// Reads an article of which the transformer has read these windows: of all others `rest` says what stands there.
    pub(crate) fn read_windows<'s>(
        &self,
        words: &Words<'_, '_>,
        said: impl Iterator<Item = (Run, &'s [f32])> + Clone,
        rest: impl FnOnce() -> Reading,
    ) -> Reading {
        let mut counts = vec![self.windows(words.article).is_empty(); words.article.tokens.len()];
        said.clone().for_each(|(window, _)| counts[window.range()].fill(true));
        let mut own = read::read_windows(&self.network, &self.lexicon, words, said);
        add_turns(words, &own.tags, self.network.inner, &mut own.candidates);
        if counts.contains(&false) { own.beside(rest(), &counts) } else { own }
    }

    /// Reads an article, given as its words.
    pub(crate) fn read(&self, words: &Words<'_, '_>, told: Told<'_>) -> Reading {
        let mut reading = read::read(&self.network, &self.lexicon, words, told);
        add_turns(words, &reading.tags, self.network.inner, &mut reading.candidates);
        reading
    }
}
