//! A sample -> [`Segment`]s: what the network sees of its tokens, and what it should say of them.

mod anchor;
mod tag;

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use whosaid::lang::ENGLISH;
use whosaid::lexis::{Lexicon, Words};
use whosaid::model::vocabulary::Counts;
use whosaid::model::{Features, Model, Vocabulary, features};
use whosaid::text::Article;

use crate::corpus::Sample;
use crate::deep::Excerpt;
use crate::syntax;

pub(crate) use anchor::anchored;
pub use tag::{FREE, TAGS};

/// Tokens after which a segment ends with its paragraph, and at which it ends anyway.
const SOFT: usize = 256;
const HARD: usize = 416;

/// Somebody says something: indices of tokens of a segment, each list in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anchored {
    /// The token that stands for the cue: its first word of substance.
    pub anchor: usize,
    /// Who says it.
    pub source: Vec<usize>,
    /// The words that say that it is said.
    pub cue: Vec<usize>,
    /// What is said.
    pub content: Vec<usize>,
}

/// What a larger network says of a segment's tokens.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Likely {
    /// Per token how likely it stands for a cue.
    pub anchors: Vec<f32>,
    /// Claims, each with how likely it is one.
    pub claims: Vec<(f32, Anchored)>,
}

/// At most 416 tokens of one text.
#[derive(Debug, Clone)]
pub struct Segment {
    /// What the network sees of the tokens, found in the whole text.
    pub features: Features,
    /// Per token the tags of [`TAGS`] that may be right, a bit each; `None` where nobody marked names.
    pub tags: Option<Vec<u16>>,
    /// Per token how likely a model takes each of [`TAGS`] to be; `None` where none was asked.
    pub names: Option<Vec<[f32; TAGS.len()]>>,
    /// Who says what, by anchor; `None` where nobody marked it.
    pub attributions: Option<Vec<Anchored>>,
    /// What a larger network says of who says what; `None` where none was asked.
    pub likely: Option<Likely>,
    /// Where what a transformer says of its tokens is kept; `None` where none was asked.
    pub deep: Option<Excerpt>,
    /// Per token its part of speech, [`syntax::NONE`] where the parser has no such word.
    pub part_of_speech: Option<Vec<u8>>,
    /// Per token its relation, likewise.
    pub relation: Option<Vec<u8>>,
}

/// How the places of a sample fit its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fit {
    /// Places of names and of parts of attributions.
    pub places: usize,
    /// Those that start and end where tokens do.
    pub aligned: usize,
    /// Attributions whose anchor another one has already, so that they are left out.
    pub doubled: usize,
    /// Tokens.
    pub tokens: usize,
    /// Tokens that the parser has too.
    pub parsed: usize,
}

/// A sample's labels, one for each token of its whole text.
struct Labels {
    tags: Option<Vec<u16>>,
    attributions: Option<Vec<Anchored>>,
    likely: Option<Likely>,
    part_of_speech: Option<Vec<u8>>,
    relation: Option<Vec<u8>>,
}

impl Likely {
    /// What it says of a run of tokens, counted from its start.
    fn within(&self, run: &Range<usize>) -> Self {
        let inside = |(likely, claim): &(f32, Anchored)| Some((*likely, anchor::within(claim, run)?));
        Self { anchors: self.anchors[run.clone()].to_vec(), claims: self.claims.iter().filter_map(inside).collect() }
    }
}

impl Segment {
    /// How many tokens it has.
    pub fn len(&self) -> usize {
        self.features.layout.len()
    }

    /// Whether it has none; segments made by [`segments`] have some.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Counts the words of a sample, for the vocabulary.
pub fn count(sample: &Sample, counts: &mut Counts) {
    let article = Article::new(&sample.text, &ENGLISH);
    for token in 0..article.tokens.len() {
        counts.add(article.word(token));
    }
}

/// The segments of a sample; how its places fit its tokens is added to `fit`.
pub fn segments(sample: &Sample, vocabulary: &Vocabulary, lexicon: &Lexicon, fit: &mut Fit) -> Vec<Segment> {
    let article = Article::new(&sample.text, &ENGLISH);
    let features = features(vocabulary, lexicon, &Words::new(&article));
    let labels = labels(sample, &article, fit);
    let slice = |labels: &Option<Vec<u8>>, run: &Range<usize>| labels.as_ref().map(|all| all[run.clone()].to_vec());
    let segment = |run: Range<usize>| Segment {
        tags: labels.tags.as_ref().map(|tags| tags[run.clone()].to_vec()),
        names: None,
        deep: None,
        attributions: labels
            .attributions
            .as_ref()
            .map(|all| all.iter().filter_map(|one| anchor::within(one, &run)).collect()),
        likely: labels.likely.as_ref().map(|likely| likely.within(&run)),
        part_of_speech: slice(&labels.part_of_speech, &run),
        relation: slice(&labels.relation, &run),
        features: part(&features, &run),
    };
    runs(&article).into_iter().map(segment).collect()
}

/// The segments of a sample, with what a model says of the names in it.
pub fn segments_named(sample: &Sample, vocabulary: &Vocabulary, lexicon: &Lexicon, model: &Model) -> Vec<Segment> {
    let names = model.name_probabilities(&Words::new(&Article::new(&sample.text, &ENGLISH)));
    let mut segments = segments(sample, vocabulary, lexicon, &mut Fit::default());
    let mut rest = &names[..];
    for segment in &mut segments {
        let (own, others) = rest.split_at(segment.len());
        segment.names = Some(own.to_vec());
        rest = others;
    }
    segments
}

/// Says where what a transformer says of a sample's segments, which are all of it in order, is kept.
pub fn deepen(segments: &mut [Segment], file: &Arc<Path>) {
    let mut first = 0;
    for segment in segments {
        segment.deep = Some(Excerpt { file: Arc::clone(file), first });
        first += segment.len();
    }
}

/// The features of a run of tokens.
fn part(whole: &Features, run: &Range<usize>) -> Features {
    Features {
        ids: whole.ids.each_ref().map(|ids| ids[run.clone()].to_vec()),
        layout: whole.layout[run.clone()].to_vec(),
        class: whole.class[run.clone()].to_vec(),
        evidence: whole.evidence[run.clone()].to_vec(),
        sentence: whole.sentence[run.clone()].to_vec(),
        paragraph: whole.paragraph[run.clone()].to_vec(),
        marks: whole.marks[run.clone()].to_vec(),
        quoted: whole.quoted[run.clone()].to_vec(),
        deep: Vec::new(),
    }
}

fn labels(sample: &Sample, article: &Article<'_>, fit: &mut Fit) -> Labels {
    let count = article.tokens.len();
    fit.tokens += count;
    let tags = sample.entities.as_ref().map(|entities| tag::tags(sample, entities, article, fit));
    let attributions = sample.attributions.as_ref().map(|all| anchored(all, article, fit));
    let likely = sample.taught.as_ref().map(|taught| anchor::likely(taught, article, fit));
    let mut part_of_speech = sample.syntax.as_ref().map(|_| vec![syntax::NONE; count]);
    let mut relation = part_of_speech.clone();
    for word in sample.syntax.iter().flatten() {
        let Ok(token) = article.tokens.binary_search_by_key(&word.start, |token| token.bytes.0) else { continue };
        fit.parsed += 1;
        for (labels, number) in [(&mut part_of_speech, word.part_of_speech), (&mut relation, word.relation)] {
            if let Some(labels) = labels {
                labels[token] = number;
            }
        }
    }
    Labels { tags, attributions, likely, part_of_speech, relation }
}

/// The tokens that a range of bytes touches; whether it fits them is added to `fit`.
fn tokens_of(article: &Article<'_>, bytes: &Range<usize>, fit: &mut Fit) -> Range<usize> {
    let start = article.tokens.partition_point(|token| token.bytes.1 <= bytes.start);
    let end = article.tokens.partition_point(|token| token.bytes.0 < bytes.end).max(start);
    let text = &article.text()[bytes.clone()];
    let first = bytes.end - text.trim_start().len();
    let last = bytes.start + text.trim_end().len();
    let fits = |token: usize, at: usize, edge: fn((usize, usize)) -> usize| {
        article.tokens.get(token).is_some_and(|token| edge(token.bytes) == at)
    };
    fit.places += 1;
    fit.aligned += usize::from(fits(start, first, |bytes| bytes.0) && fits(end.wrapping_sub(1), last, |bytes| bytes.1));
    start..end
}

/// Cuts an article's tokens at the first paragraph after [`SOFT`] tokens, at [`HARD`] at the latest.
fn runs(article: &Article<'_>) -> Vec<Range<usize>> {
    let count = article.tokens.len();
    let mut runs = Vec::new();
    let mut start = 0;
    while start < count {
        let mut end = (start + HARD).min(count);
        if end < count {
            let starts = article.paragraphs.iter().map(|paragraph| paragraph.tokens.start);
            end = starts.into_iter().find(|paragraph| (start + SOFT..end).contains(paragraph)).unwrap_or(end);
        }
        runs.push(start..end);
        start = end;
    }
    runs
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::corpus::{Attribution, Corpus, Parsed};

    fn sample(text: &str) -> Sample {
        Sample::plain(Corpus::Polnear, text)
    }

    fn segments(sample: &Sample, fit: &mut Fit) -> Vec<Segment> {
        let lexicon = Lexicon::from_bytes(Lexicon::build(&BTreeMap::new())).expect("a whole map");
        let mut counts = Counts::default();
        count(sample, &mut counts);
        let vocabulary = Vocabulary::from_bytes(counts.build()).expect("whole maps");
        super::segments(sample, &vocabulary, &lexicon, fit)
    }

    #[test]
    fn segments_end_with_a_paragraph_and_hold_every_token() {
        let paragraph = format!("{}end.\n", "word ".repeat(98));
        let cases = [
            (String::new(), vec![]),
            (paragraph.repeat(3), vec![300]),
            (paragraph.repeat(9), vec![300, 300, 300]),
            ("word ".repeat(900), vec![416, 416, 68]),
        ];
        for (text, lengths) in cases {
            let segments = segments(&sample(&text), &mut Fit::default());
            assert_eq!(segments.iter().map(Segment::len).collect::<Vec<_>>(), lengths);
        }
    }

    #[test]
    fn labels_stand_on_their_tokens() {
        let text = "“We won,” Berg has also said.";
        let at = |word: &str| {
            let start = text.find(word).expect("the word");
            start..start + word.len()
        };
        let mut sample = sample(text);
        sample.attributions = Some(vec![Attribution {
            source: vec![at("Berg")],
            cue: vec![at("has also said")],
            content: vec![at("We won,")],
        }]);
        sample.syntax = Some(vec![Parsed { start: at("won").start, part_of_speech: 3, relation: 4 }]);
        let mut fit = Fit::default();
        let segments = segments(&sample, &mut fit);
        let anchored = Anchored { anchor: 8, source: vec![5], cue: vec![6, 7, 8], content: vec![1, 2, 3] };
        assert_eq!(segments[0].attributions.as_deref(), Some(&[anchored][..]));
        let parts = segments[0].part_of_speech.as_ref().expect("a parse");
        assert_eq!((parts[2], parts[3]), (3, syntax::NONE));
        assert_eq!(fit, Fit { places: 3, aligned: 3, doubled: 0, tokens: 10, parsed: 1 });
    }
}
