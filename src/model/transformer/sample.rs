//! The sections of a transformer with random weights, for tests.

use std::collections::{BTreeMap, BTreeSet};

use super::super::sample::{ARTICLE, Part, Parts, Sample, WHOLE, packed};
use super::{HEAD, LONGEST};
use crate::lexis::map;

/// The sizes of a transformer.
pub(in crate::model) struct Sizes {
    heads: usize,
    layers: usize,
    inner: usize,
    /// The words whose two halves are pieces; all others are cut into letters.
    words: &'static str,
}

/// Those of a transformer that has more than one of everything, and more inputs than a product sums as whole numbers.
pub(in crate::model) const MANY: Sizes = Sizes { heads: 2, layers: 2, inner: 18 * HEAD, words: ARTICLE };

/// Those of the smallest one.
const TINY: Sizes = Sizes { heads: 1, layers: 1, inner: HEAD, words: "" };

/// Adds a transformer whose pieces cut each of its words in two.
pub(in crate::model) fn add(sample: &mut Sample, mixed: usize, sizes: &Sizes) {
    let d = sizes.heads * HEAD;
    let mut pieces = vec!["<s>".to_owned(), "</s>".to_owned(), "[UNK]".to_owned(), "e".to_owned(), "\"".to_owned()];
    pieces.extend((33..127_u8).flat_map(|byte| {
        let character = char::from(byte).to_ascii_lowercase();
        [character.to_string(), format!("##{character}")]
    }));
    for word in sizes.words.split_whitespace().map(str::to_ascii_lowercase).filter(|word| word.is_ascii()) {
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
    for layer in 0..sizes.layers {
        let name = |part: &str| format!("transformer.{layer}.{part}");
        sample.linear(&name("attend"), 3 * d, d);
        sample.linear(&name("join"), d, d);
        sample.norm(&name("first"), d);
        sample.linear(&name("up"), sizes.inner, d);
        sample.linear(&name("down"), d, sizes.inner);
        sample.norm(&name("second"), d);
    }
    sample.norm("transformer.last", d);
    sample.rows("transformer.mix.weight", mixed, d);
}

/// The sections of a transformer that fits the shipped model file, and changes what it says a little.
fn tiny() -> Parts {
    let mut sample = Sample::new(29);
    add(&mut sample, WHOLE.d, &TINY);
    if let Some(Part::Rows(weights, _)) = sample.parts.get_mut("transformer.mix.weight") {
        for weight in weights {
            *weight /= 8.0;
        }
    }
    sample.parts
}

/// The tests in JavaScript put these sections beside those of the shipped model file: tests/js/precise.js.
#[test]
fn the_file_of_the_tiny_transformer_is_as_it_was_made() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/transformer.bin");
    let made = packed(&tiny());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &made).expect("a folder to write into");
    }
    assert!(std::fs::read(path).expect("the file") == made, "BLESS=1 writes it anew");
}
