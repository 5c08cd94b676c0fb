//! The texts that are measured.

use std::fmt::Write as _;

const ARTICLES: [&str; 3] = [
    include_str!("../tests/articles/comet.txt"),
    include_str!("../tests/articles/harbour.txt"),
    include_str!("../tests/articles/hospital.txt"),
];

/// How often the articles stand one after the other in the long text; scripts/bench.mjs makes the same.
const LONG: usize = 100;

/// The texts: the three articles as one, and many times over, since time must grow as the text does; and one in which ever
/// others are named and meant.
pub fn texts() -> [(&'static str, String); 3] {
    let articles = ARTICLES.join("\n");
    let mut long = String::new();
    for _ in 0..LONG {
        let _ = writeln!(long, "{articles}");
    }
    [("articles", articles), ("long", long), ("names", names())]
}

/// An article in which ever others are named, described and meant.
fn names() -> String {
    const SYLLABLES: [&str; 10] = ["ba", "do", "ki", "lu", "me", "no", "ra", "si", "ta", "vu"];
    let mut text = String::new();
    for digits in 0..LONG * LONG / 10 {
        let syllable = |place: usize| SYLLABLES[digits / place % 10];
        let name = format!("{}{}{}", syllable(100), syllable(10), syllable(1));
        let _ = writeln!(
            text,
            "Mayor Anna Hal{name} of the Hal{name} Council left on Monday. “I know the plan,” she said. The council said it \
             knew her. A clerk of Hal{name} said the mayor was ill.\n"
        );
    }
    text
}
