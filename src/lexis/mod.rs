//! Words and what lists say of them, whatever reads the article: classes of words, lists of names.

mod lexicon;
mod word;

pub use lexicon::{Damaged, Lexicon};
pub(crate) use lexicon::{Prefix, map, verified};
pub use word::{Class, Words};
