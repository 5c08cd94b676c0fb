//! `CoNLL` columns in the scheme IOB2: a token a line, a blank line between sentences, columns parted by tabs: the token, claims
//! that the article tells, claims inside those, sources, cues, and names (`PER`, `ORG`, `LOC`). It has no places and no links,
//! and of marks of one column that share a token the first one keeps it.

use std::fmt::Write as _;

use super::layer::{CLAIM, CUE, Layer, Place, SOURCE, Written, lost};
use crate::lang::ENGLISH;
use crate::text::Article;

/// The columns behind the token.
const COLUMNS: [&str; 5] = ["claim", "inner claim", "source", "cue", "name"];

pub(super) fn write(layer: &Layer) -> Written {
    let article = Article::new(&layer.text, &ENGLISH);
    let places: Vec<Place> = (article.tokens.iter())
        .map(|token| article.units.code_points(token.span))
        .map(|range| [range.start, range.end])
        .collect();
    let mut columns: Vec<Vec<String>> = vec![vec!["O".to_owned(); places.len()]; COLUMNS.len()];
    let inner: Vec<usize> =
        layer.told().iter().filter(|claim| claim.inside.is_some()).map(|claim| claim.mark).collect();
    let (mut covered, mut without) = (0, 0);
    for (index, mark) in layer.marks.iter().enumerate() {
        let label = match mark.label.as_str() {
            CLAIM | SOURCE | CUE => mark.label.to_uppercase(),
            _ => {
                let is_name = ["", "name"].contains(&mark.note("mention"));
                let Some(label) = mark.names().filter(|_| is_name) else {
                    without += 1;
                    continue;
                };
                crate::export::record::label(label).to_owned()
            }
        };
        let column = match mark.label.as_str() {
            CLAIM if inner.contains(&index) => 1,
            CLAIM => 0,
            SOURCE => 2,
            CUE => 3,
            _ => 4,
        };
        for part in &mark.parts {
            let first = places.partition_point(|place| place[1] <= part[0]);
            let last = places.partition_point(|place| place[0] < part[1]);
            let tokens = &mut columns[column][first..last];
            if tokens.is_empty() || tokens.iter().any(|tag| tag != "O") {
                covered += 1;
                continue;
            }
            for (number, tag) in tokens.iter_mut().enumerate() {
                *tag = format!("{}-{label}", if number == 0 { "B" } else { "I" });
            }
        }
    }
    let mut file = String::new();
    for sentence in &article.sentences {
        for token in sentence.tokens.range() {
            let tags: Vec<&str> = columns.iter().map(|column| column[token].as_str()).collect();
            let _ = writeln!(file, "{}\t{}", article.word(token), tags.join("\t"));
        }
        file.push('\n');
    }
    let gone = [
        lost("links between marks", layer.links.len()),
        lost("parts of marks that share a token with another mark of their column", covered),
        lost("mentions that are no names", without),
        lost("notes of marks", layer.marks.iter().map(|mark| mark.notes.len()).sum()),
    ];
    Written { file, lost: gone.into_iter().flatten().collect() }
}
