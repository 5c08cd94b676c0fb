//! Text -> [`Analysis`]: the whole pipeline on one screen.

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod toy;

use serde::{Deserialize, Serialize};

use crate::adaptation::Adaptation;
use crate::claim::{Claim, claims};
use crate::continuation::{add_continuations, retain, whole};
use crate::entity::{Mention, mentions};
use crate::grammar::{Settled, settle};
use crate::lang::identify::identify;
use crate::lang::{ENGLISH, Language};
use crate::lexis::Words;
use crate::model::{Model, ModelError, Reading, apart};
use crate::nesting::nest;
use crate::plain::Plain;
use crate::span::Span;
#[cfg(feature = "train")]
use crate::speaker::{Choice, choices};
use crate::speaker::{Speaker, speakers};
use crate::summary::Summary;
use crate::text::{Article, Zone};
use crate::windows::Windows;

/// A paragraph's place and its part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ZoneSpan {
    /// Where.
    pub span: Span,
    /// Which part of the page.
    pub zone: Zone,
}

impl ZoneSpan {
    /// All paragraphs of an article.
    pub(crate) fn all(article: &Article<'_>) -> Vec<Self> {
        article.paragraphs.iter().map(|one| Self { span: article.span(one.tokens), zone: one.zone }).collect()
    }
}

/// What whosaid found in an article. Plain data; every place is in UTF-16 code units of the text that was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Analysis {
    /// BCP 47 tag of the language that the text is written in, as far as its words and letters tell: `und` where it is
    /// unknown, `zxx` where the text is in none. Whatever stands here, the text was read as English.
    pub language: String,
    /// What read it: kind and version.
    pub model: String,
    /// The paragraphs and their parts of the page, in order.
    pub zones: Vec<ZoneSpan>,
    /// Persons, institutions and places, in the order of the text.
    pub mentions: Vec<Mention>,
    /// Claims with their sources, in the order of the text. Version 1 of the own format calls them "attributions".
    #[serde(alias = "attributions")]
    pub claims: Vec<Claim>,
    /// Who speaks: most claims first.
    pub speakers: Vec<Speaker>,
    /// Who has which share of it.
    #[serde(default)]
    pub summary: Summary,
}

impl Analysis {
    /// Who makes a claim; none where that is not resolved.
    pub fn speaker_of(&self, claim: &Claim) -> Option<&Speaker> {
        self.speakers.get(claim.speaker? as usize)
    }

    /// The claims with their continuations folded in, in the order of the text: a quotation that goes on in the next paragraph is a part of its claim.
    pub fn whole_claims(&self) -> Vec<Claim> {
        whole(&self.claims)
    }

    /// Makes places in a plain text those in the text that was given.
    fn bring_back(&mut self, plain: &Plain<'_>) {
        if plain.is_given() {
            return;
        }
        let spans = (self.zones.iter_mut().map(|zone| &mut zone.span))
            .chain(self.mentions.iter_mut().map(|mention| &mut mention.span))
            .chain(
                self.claims
                    .iter_mut()
                    .flat_map(|claim| claim.source.iter_mut().chain(&mut claim.cue).chain(&mut claim.content)),
            )
            .chain(self.speakers.iter_mut().flat_map(|speaker| {
                let facts = speaker.roles.iter_mut().chain(&mut speaker.affiliations);
                facts.filter_map(|fact| fact.span.as_mut()).chain(&mut speaker.mentions)
            }));
        for span in spans {
            *span = plain.given(*span);
        }
    }
}

/// How to annotate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Options {
    /// Claims less sure than this are left out, those aside that users made: 0 to 1, and 0.4 where nothing is said.
    pub min_confidence: f32,
}

impl Options {
    /// The same, but claims less sure than this are left out: 0 to 1.
    #[must_use]
    pub const fn min_confidence(self, min_confidence: f32) -> Self {
        Self { min_confidence }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { min_confidence: 0.4 }
    }
}

/// Reads articles. It holds the model, and caches the spans that corrections propose, so that a replay computes none twice.
#[derive(Debug, Clone)]
pub struct Annotator {
    pub(crate) language: &'static Language,
    pub(crate) model: Model,
    pub(crate) adaptation: Adaptation,
}

impl Annotator {
    /// An annotator that reads with this model file.
    ///
    /// # Errors
    /// When the bytes are no model file, are of another version, are cut short or were changed.
    pub fn new(model: &[u8]) -> Result<Self, ModelError> {
        Self::from_vec(model.to_vec())
    }

    /// The same, with a file that it keeps instead of a copy: a precise model is large.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn from_vec(model: Vec<u8>) -> Result<Self, ModelError> {
        Ok(Self { language: &ENGLISH, model: Model::from_vec(model)?, adaptation: Adaptation::default() })
    }

    /// An annotator that reads English, with the model that this release was made with.
    ///
    /// # Panics
    /// Never: the tests read with this very file.
    #[cfg(feature = "english")]
    pub fn english() -> Self {
        Self::new(include_bytes!("lang/en/model.bin")).expect("the model file of this release")
    }

    /// Reads an article. Any string gives an analysis.
    ///
    /// ```
    /// use whosaid::{Annotator, Options};
    /// let annotator = Annotator::english();
    /// let analysis = annotator.annotate("The tax will rise, said Anna Berg.", &Options::default());
    /// assert_eq!(analysis.speaker_of(&analysis.claims[0]).map(|speaker| speaker.name.as_str()), Some("Anna Berg"));
    /// let surer = Options::default().min_confidence(0.99);
    /// assert!(annotator.annotate("The tax will rise, said Anna Berg.", &surer).claims.is_empty());
    /// ```
    pub fn annotate(&self, text: &str, options: &Options) -> Analysis {
        self.annotate_telling(text, options, &mut |_| ())
    }

    /// The same, and tells meanwhile how much of the article the network has read: from 0 to 1, after some thousand words each, or
    /// after each layer of a larger encoder. What follows from that comes after 1.
    pub fn annotate_telling(&self, text: &str, options: &Options, told: &mut dyn FnMut(f32)) -> Analysis {
        self.annotate_as(text, options, |words| self.model.read(words, told))
    }

    fn annotate_as(&self, text: &str, options: &Options, read: impl FnOnce(&Words<'_, '_>) -> Reading) -> Analysis {
        let plain = Plain::new(text);
        let article = Article::new(plain.text(), self.language);
        let words = Words::new(&article);
        let mut analysis = self.analysis(&words, &read(&words), options);
        analysis.bring_back(&plain);
        analysis
    }

    /// An article for [`look`](Self::look), which reads it window by window.
    pub fn windows(&self, text: &str) -> Windows {
        let plain = Plain::new(text);
        let article = Article::new(plain.text(), self.language);
        let words = (0..article.tokens.len()).map(|token| article.word(token));
        Windows::new(text, words, self.model.windows(&article), self.model.said())
    }

    /// What the larger encoder says of a window, for [`Windows::put`]; nothing where there is no such window. Tells meanwhile
    /// how much of the window is read, from 0 to 1.
    pub fn look(&self, windows: &Windows, window: usize, told: &mut dyn FnMut(f32)) -> Vec<f32> {
        self.model.look(windows.words(window), told)
    }

    /// Reads an article of which the larger encoder has read some windows: what stands elsewhere is as `rest` reads it, which
    /// it does once for these windows. With all windows it is what [`annotate`](Self::annotate) gives.
    pub fn annotate_windows(&self, windows: &Windows, rest: &Self, options: &Options) -> Analysis {
        self.annotate_as(&windows.text, options, |words| {
            let rest = || windows.rest.get_or_init(|| rest.model.read(words, &mut |_| ())).clone();
            self.model.read_windows(words, windows.known(), rest)
        })
    }

    /// The pronouns of persons in an article, each with the people it may refer to. The weights of that choice are learnt
    /// from these (`cargo run -p train -- --pronouns`).
    #[cfg(feature = "train")]
    pub fn choices(&self, text: &str) -> Vec<Choice> {
        let article = Article::new(text, self.language);
        let words = Words::new(&article);
        let (mut mentions, mut claims) = self.found(&words, &self.model.read(&words, &mut |_| ()), &Options::default());
        choices(&words, &self.model, &mut mentions, &mut claims)
    }

    /// All that follows from what was read.
    fn analysis(&self, words: &Words<'_, '_>, reading: &Reading, options: &Options) -> Analysis {
        let article = words.article;
        let (mut mentions, mut claims) = self.found(words, reading, options);
        let mut speakers = speakers(words, &self.model, &mut mentions, &mut claims);
        self.adaptation.add_facts(&mut speakers, words.language);
        let zones = ZoneSpan::all(article);
        let summary = Summary::of(&claims, &speakers);
        Analysis {
            language: identify(article.units.text()).to_owned(),
            model: self.model.name(),
            zones,
            mentions,
            claims,
            speakers,
            summary,
        }
    }

    /// The names and the claims in a reading.
    fn found(&self, words: &Words<'_, '_>, reading: &Reading, options: &Options) -> (Vec<Mention>, Vec<Claim>) {
        let article = words.article;
        let mut mentions = mentions(words, self.model.lexicon(), reading);
        let Settled { candidates, alone } = settle(words, &mentions, reading.candidates.clone());
        let mut claims = claims(article, &apart(article, candidates));
        self.adaptation.adjust_confidence(article, &mut claims);
        add_continuations(article, &mut claims, &alone);
        retain(&mut claims, |claim| claim.confidence >= options.min_confidence);
        nest(article, &mut claims);
        self.adaptation.relabel(article, &mut mentions);
        (mentions, claims)
    }
}
