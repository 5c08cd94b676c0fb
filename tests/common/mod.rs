//! What the native tests and those in WebAssembly share: the model, strings to try, and the places in a result.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use serde_json::Value;
use whosaid::Span;

/// The committed model file.
pub(crate) const MODEL: &[u8] = include_bytes!("../../src/lang/en/model.bin");

/// An article in which each stage has something to find, written for this project.
pub(crate) const ARTICLE: &str = include_str!("../articles/harbour.txt");

/// Pieces that articles are made of, the awkward ones above all.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    // Names, titles, roles.
    "Anna Berg", "Tom O’Neill", "J. K. Marsh", "Sen. Dale", "Dr. Ruiz-Ortega", "the Dockers’ Union", "Berg", "U.S.",
    "Acme Inc.", "Port Arden", "finance minister", "a spokesman for", "who", "she", "they", "officials", "李明",
    // Words that say that something is said.
    "said", "says", "according to", "According to", "told reporters that", "added", "denied that", "asked whether",
    "warned", "claims", "has promised to", "the report found",
    // Words between.
    "the", "tax", "will rise", "that", ", but", "not", "would cost", "in", "on Monday", "I", "we",
    // Numbers and addresses.
    "$40", "3.5", "10:30 a.m.", "21st", "https://example.org/a?b=“c”", "anna@example.org", "@anna", "#vote",
    // Marks.
    "“", "”", "\"", "‘", "’", "'", "«", "»", "„", "``", "''", "'s", "n’t", ",", ".", "?", "!", "…", ":", ";", "—", "–",
    "-", "(", ")", "[", "]", "|", ">", "/", "©",
    // White space and line ends.
    " ", " ", " ", "\n", "\n\n", "\r", "\r\n", "\t", "\u{a0}", "\u{2028}", "\u{200b}", "\u{feff}",
    // Characters of two code units, clusters of several characters, other scripts, controls.
    "📈", "👩\u{200d}👩\u{200d}👧", "🇩🇪", "é", "e\u{301}", "ñ", "İ", "ß", "ﬁ", "שלום", "مرحبا", "\0", "\u{7}",
    "\u{fffd}", "\u{10ffff}",
    // Lines of a pasted page.
    "\nBy Maria Lindqvist in Port Arden | The Arden Courier | Updated: 4 March 2024\n", "\nHome > Politics\n",
    "\nPORT ARDEN (AP) — ", "\nRead more: ", "\nAll rights reserved.\n",
];

/// Strings of pieces, with a space between some.
fn of_pieces() -> impl Strategy<Value = String> {
    let piece = (select(PIECES), any::<bool>())
        .prop_map(|(piece, space)| if space { format!("{piece} ") } else { piece.to_owned() });
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

/// Parts of [`ARTICLE`] cut and put together again.
fn of_article() -> impl Strategy<Value = String> {
    let boundaries: Vec<usize> = ARTICLE.char_indices().map(|(at, _)| at).chain([ARTICLE.len()]).collect();
    let part = (select(boundaries.clone()), select(boundaries)).prop_map(|(a, b)| &ARTICLE[a.min(b)..a.max(b)]);
    prop::collection::vec(part, 1..4).prop_map(|parts| parts.concat())
}

/// Any string: article-like ones, ones made of awkward pieces, arbitrary ones.
pub(crate) fn text() -> impl Strategy<Value = String> {
    Union::new_weighted(vec![(4, of_pieces().boxed()), (1, of_article().boxed()), (1, any::<String>().boxed())])
}

/// Every place in a result, wherever it stands: each object that has a start and an end.
///
/// # Panics
/// When a start or an end is no u32.
pub(crate) fn spans(result: &Value) -> Vec<Span> {
    match result {
        Value::Array(values) => values.iter().flat_map(spans).collect(),
        Value::Object(fields) => {
            let own = fields.get("start").zip(fields.get("end")).map(|(start, end)| {
                let number = |value: &Value| {
                    value.as_u64().and_then(|number| u32::try_from(number).ok()).expect("a place is counted in u32")
                };
                Span::new(number(start), number(end))
            });
            own.into_iter().chain(fields.values().flat_map(spans)).collect()
        }
        _ => Vec::new(),
    }
}
