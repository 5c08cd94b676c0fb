//! The corpora of `../shared/data` -> [`Sample`]s: texts with what their annotators marked.
//!
//! Places are ranges of bytes of the sample's text, in order. The network learns from files of training texts only; what
//! [`development`] reads serves to fit confidences.

mod attribution;
mod doubt;
mod edit;
mod entity;
mod guess;
mod line;
mod silver;
mod taught;
mod tidy;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{fmt, io};

pub use edit::{Edits, exchange};
pub use guess::believe;
pub use taught::{named, taught, texts};

/// A collection of texts annotated by the same people in the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Corpus {
    /// Political news of the United States, 2015 and 2016: who said what.
    Polnear,
    /// Reuters news of 1996, a third of it sports results: names of all four labels.
    Conll,
    /// Articles of Wikipedia: names of all four labels.
    Wikigold,
    /// Sentences of Wikipedia on politics: names of all four labels.
    Politics,
    /// Interviews, fiction, speeches, talk, travel guides: names, but no miscellaneous ones.
    Gum,
    /// Tweets of English-writing countries: names, but no miscellaneous ones.
    Btc,
    /// Tweets and comments: names, but no miscellaneous ones.
    Wnut,
    /// News of many publishers that nobody annotated: a larger network says who said what.
    Taught,
}

impl Corpus {
    /// How often an epoch reads each of its texts, and the chance that it reads a text once more. Small corpora of articles are
    /// read more often, messages less.
    pub const fn share(self) -> (usize, f64) {
        match self {
            Self::Polnear | Self::Gum | Self::Taught => (1, 0.0),
            Self::Conll => (2, 0.0),
            Self::Wikigold => (3, 0.0),
            Self::Politics => (6, 0.0),
            Self::Btc | Self::Wnut => (0, 0.4),
        }
    }

    /// Those that people annotated, with the names of their files.
    pub const ALL: [(Self, &str); 7] = [
        (Self::Polnear, "attribution/polnear_train.jsonl"),
        (Self::Conll, "entities/conll2003_train.jsonl"),
        (Self::Wikigold, "entities/wikigold_train.jsonl"),
        (Self::Politics, "entities/politics_train.jsonl"),
        (Self::Gum, "entities/gum_train.jsonl"),
        (Self::Btc, "entities/btc_train.jsonl"),
        (Self::Wnut, "entities/wnut17_train.jsonl"),
    ];

    /// Whether its annotators marked miscellaneous names: peoples, events, works.
    pub const fn has_miscellaneous(self) -> bool {
        matches!(self, Self::Conll | Self::Wikigold | Self::Politics)
    }

    /// Whether its texts are short messages.
    pub const fn is_messages(self) -> bool {
        matches!(self, Self::Btc | Self::Wnut)
    }
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// A person.
    Person,
    /// An institution.
    Organisation,
    /// A place.
    Place,
    /// Anything else that has a name: a people, an event, a work.
    Miscellaneous,
}

/// A name that annotators marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Where, in bytes.
    pub bytes: Range<usize>,
    /// What it names.
    pub label: Label,
}

/// Somebody says something: each part in one or more places, in order, in bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attribution {
    /// Who says it; empty where the article does not tell.
    pub source: Vec<Range<usize>>,
    /// The words that say that it is said.
    pub cue: Vec<Range<usize>>,
    /// What is said.
    pub content: Vec<Range<usize>>,
}

/// What a parser says of one of its words; the numbers are [`crate::syntax`]'s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed {
    /// Where the word starts, in bytes.
    pub start: usize,
    /// Its part of speech.
    pub part_of_speech: u8,
    /// Its relation to its head.
    pub relation: u8,
}

/// What a larger network says of a text that nobody annotated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taught {
    /// Who published the text.
    pub publisher: String,
    /// The tokens that may stand for a cue, in bytes, and how likely, in percent; each other token is less likely than 3 %.
    pub anchors: Vec<(Range<usize>, u8)>,
    /// What the likelier anchors tell; two of them may claim the same words.
    pub claims: Vec<TaughtClaim>,
}

/// A claim as a larger network reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaughtClaim {
    /// The token that stands for its cue, in bytes.
    pub anchor: Range<usize>,
    /// How likely it is a claim, in percent.
    pub percent: u8,
    /// Its likeliest words.
    pub parts: Attribution,
}

/// A text with what annotators marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Its name in its corpus.
    pub name: String,
    /// Where it comes from.
    pub corpus: Corpus,
    /// The text.
    pub text: String,
    /// The names, in order, none within another; `None` where nobody marked names.
    pub entities: Option<Vec<Entity>>,
    /// Where the annotation of names says nothing that can be trusted: any tag may be right.
    pub doubts: Vec<Range<usize>>,
    /// Who says what; `None` where nobody marked it.
    pub attributions: Option<Vec<Attribution>>,
    /// What a larger network says of who says what; `None` where people marked it, or none was asked.
    pub taught: Option<Taught>,
    /// Names that a program found and nobody checked; nothing to learn from, but they tell what can be exchanged.
    pub guesses: Vec<Entity>,
    /// The parser's words, by where they start; `None` where no parser read the text.
    pub syntax: Option<Vec<Parsed>>,
}

impl Sample {
    /// A text of which nothing is known.
    pub fn plain(corpus: Corpus, text: &str) -> Self {
        Self {
            name: String::new(),
            corpus,
            text: text.to_owned(),
            entities: None,
            doubts: Vec::new(),
            attributions: None,
            taught: None,
            guesses: Vec::new(),
            syntax: None,
        }
    }
}

/// Why a corpus cannot be read: the file, the line where there is one, what is wrong.
#[derive(Debug)]
pub struct CorpusError {
    /// The file.
    pub path: PathBuf,
    /// Its line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl CorpusError {
    fn file(path: &Path, error: &io::Error) -> Self {
        Self { path: path.to_owned(), line: 0, what: error.to_string() }
    }
}

impl fmt::Display for CorpusError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}", self.path.display(), self.what),
            line => write!(out, "{}, line {line}: {}", self.path.display(), self.what),
        }
    }
}

impl std::error::Error for CorpusError {}

/// Reads every corpus under a folder, in the order of [`Corpus::ALL`], tidied: no blanks before marks that the corpus's
/// own tokens left there.
///
/// # Errors
/// When a file is missing or a line of it is not as it should be.
pub fn read(data: &Path) -> Result<Vec<Sample>, CorpusError> {
    let mut samples = Vec::new();
    for (corpus, file) in Corpus::ALL {
        let path = data.join(file);
        match corpus {
            Corpus::Polnear => {
                let parses = silver::read(&data.join("silver/polnear_train.jsonl.gz"))?;
                samples.extend(attribution::read(&path, &parses)?);
            }
            _ => samples.extend(entity::read(&path, corpus)?),
        }
    }
    Ok(samples)
}

/// Reads articles that users corrected, as the format `training` of whosaid's exports has them: who says what in them.
///
/// # Errors
/// When the file is missing or a line of it is not as it should be.
pub fn corrected(path: &Path) -> Result<Vec<Sample>, CorpusError> {
    attribution::read(path, &BTreeMap::new())
}

/// Reads the articles that training never sees: confidences are fitted on them, and the scores chosen by.
///
/// # Errors
/// When the file is missing or a line of it is not as it should be.
pub fn development(data: &Path) -> Result<Vec<Sample>, CorpusError> {
    attribution::read(&data.join("attribution/polnear_dev.jsonl"), &BTreeMap::new())
}
