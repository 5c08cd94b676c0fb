//! Lessons without meaning, for tests.

use std::collections::BTreeMap;

use whosaid::lang::ENGLISH;
use whosaid::lexis::{Lexicon, Words};
use whosaid::model::vocabulary::Counts;
use whosaid::model::{Vocabulary, features};
use whosaid::text::Article;

use crate::example::{Anchored, Segment};
use crate::noise::normal;
use crate::random::Random;
use crate::target::Lesson;
use crate::vectors::{DIMENSIONS, WordVectors};

const WORDS: [&str; 16] = [
    "Berg",
    "Arden",
    "said",
    "told",
    "asked",
    "the",
    "town",
    "council",
    "“Yes,”",
    "no",
    "today",
    "and",
    "they",
    "will",
    "not.",
    "go.\n",
];

fn text(random: &mut Random, words: usize) -> String {
    (0..words).fold(String::new(), |text, _| text + WORDS[random.below(WORDS.len())] + " ")
}

/// The words that the lessons are made of.
pub(crate) fn vocabulary() -> Vocabulary {
    Vocabulary::from_bytes(strings()).expect("whole maps")
}

/// The bytes of the vocabulary.
pub(crate) fn strings() -> [Vec<u8>; 4] {
    let mut counts = Counts::default();
    let text = text(&mut Random::new(0), 400);
    let article = Article::new(&text, &ENGLISH);
    (0..article.tokens.len()).for_each(|token| counts.add(article.word(token)));
    counts.build()
}

/// Vectors of the first half of them.
pub(crate) fn words() -> WordVectors {
    let size = vocabulary().size(0);
    let mut vectors = normal(&mut Random::new(9), size * DIMENSIONS, 0.4);
    vectors[size / 2 * DIMENSIONS..].fill(0.0);
    WordVectors { vectors, is_seen: vec![true; size] }
}

/// Some lessons of different lengths, each label somewhere, always the same.
pub(crate) fn lessons(count: usize) -> Vec<Lesson> {
    let vocabulary = vocabulary();
    let lexicon = Lexicon::from_bytes(Lexicon::build(&BTreeMap::new())).expect("a whole map");
    let mut random = Random::new(5);
    let mut lesson = |number: usize| {
        let text = text(&mut random, 30 + 25 * (number % 5));
        let article = Article::new(&text, &ENGLISH);
        let features = features(&vocabulary, &lexicon, &Words::new(&article));
        let tokens = article.tokens.len();
        let anchors = (5..tokens - 6).step_by(11);
        let attributions = anchors.map(|anchor| Anchored {
            anchor,
            source: vec![anchor - 2, anchor - 1],
            cue: vec![anchor],
            content: vec![anchor + 1, anchor + 2, anchor + 3],
        });
        let has_parse = number.is_multiple_of(2);
        let labels = |most: u8| has_parse.then(|| (0..tokens).map(|token| token as u8 % most).collect::<Vec<u8>>());
        let mut lesson = Lesson::from(Segment {
            tags: Some((0..tokens).map(|token| [1, 0b11, 0b1000_0001][token % 3]).collect()),
            names: None,
            deep: None,
            attributions: Some(attributions.collect()),
            likely: None,
            part_of_speech: labels(45),
            relation: labels(32),
            features,
        });
        // So that every row of the tables that a few words do not reach is in use somewhere.
        for token in 0..tokens {
            lesson.features.evidence[token] = random.next() & random.next() & random.next();
        }
        if number % 3 == 1 {
            lesson.targets.names = Some((vec![[0.5, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]; tokens], 0.5));
        }
        lesson
    };
    (0..count).map(&mut lesson).collect()
}
