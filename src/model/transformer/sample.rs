//! The sections of a transformer with random weights, for tests.

use std::collections::{BTreeMap, BTreeSet};

use super::super::sample::{ARTICLE, Part, Sample};
use super::{HEAD, LONGEST};
use crate::lexis::map;

/// Adds a transformer of two layers and two heads, whose pieces cut each word of the article in two.
pub(in crate::model) fn add(sample: &mut Sample, mixed: usize) {
    let d = 2 * HEAD;
    let mut pieces = vec!["<s>".to_owned(), "</s>".to_owned(), "[UNK]".to_owned(), "e".to_owned(), "\"".to_owned()];
    pieces.extend((33..127_u8).flat_map(|byte| {
        let character = char::from(byte).to_ascii_lowercase();
        [character.to_string(), format!("##{character}")]
    }));
    for word in ARTICLE.split_whitespace().map(str::to_ascii_lowercase).filter(|word| word.is_ascii()) {
        let (first, second) = word.split_at(word.len().div_ceil(2));
        pieces.extend([first.to_owned(), format!("##{second}")]);
    }
    let rows: BTreeSet<&str> = pieces.iter().map(String::as_str).collect();
    let letters = BTreeMap::from([
        ("é", u64::from('e')),
        ("’", super::pieces::ALONE | u64::from('\'')),
        ("“", super::pieces::ALONE | u64::from('"')),
        ("”", super::pieces::ALONE | u64::from('"')),
    ]);
    sample.add(super::pieces::PIECES, Part::Bytes(map(rows.iter().copied().zip(0..))));
    sample.add("transformer.letters", Part::Bytes(map(letters.into_iter())));
    sample.rows("transformer.table", rows.len(), d);
    sample.rows("transformer.places", LONGEST, d);
    sample.norm("transformer.norm", d);
    sample.floats("transformer.near", d / HEAD * (2 * LONGEST - 1), 2.0);
    for layer in 0..2 {
        let name = |part: &str| format!("transformer.{layer}.{part}");
        sample.linear(&name("attend"), 3 * d, d);
        sample.linear(&name("join"), d, d);
        sample.norm(&name("first"), d);
        // More inputs than a product sums as whole numbers.
        sample.linear(&name("up"), 9 * d, d);
        sample.linear(&name("down"), d, 9 * d);
        sample.norm(&name("second"), d);
    }
    sample.norm("transformer.last", d);
    sample.rows("transformer.mix.weight", mixed, d);
}
