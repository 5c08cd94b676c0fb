//! Words and what lists say of them, whatever reads the article: classes of words, lists of names.

mod lexicon;
mod word;

pub use lexicon::{Damaged, Lexicon, map};
pub(crate) use lexicon::{Prefix, verified};
pub use word::{Class, Words};
