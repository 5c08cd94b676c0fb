//! What a word is by itself: its lower case and its class.

use crate::lang::en::FUNCTION_WORDS;
use crate::lang::row;
use crate::text::{Article, TokenKind};

/// A closed class of words, from `function_words.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Determiner,
    Possessive,
    Pronoun,
    Relative,
    Preposition,
    Coordinator,
    Subordinator,
    Auxiliary,
    Negation,
    Adverb,
    Time,
    /// A mark or a sign.
    Mark,
    /// Any other word or number.
    Open,
}

impl Class {
    fn of(word: &str, kind: TokenKind) -> Self {
        match kind {
            TokenKind::Word => {}
            TokenKind::Number | TokenKind::Address => return Self::Open,
            _ => return Self::Mark,
        }
        match row(FUNCTION_WORDS, word) {
            Some([_, class]) => Self::named(class),
            None if word.len() > 4 && word.ends_with("ly") => Self::Adverb,
            None => Self::Open,
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "determiner" => Self::Determiner,
            "possessive" => Self::Possessive,
            "pronoun" => Self::Pronoun,
            "relative" => Self::Relative,
            "preposition" => Self::Preposition,
            "coordinator" => Self::Coordinator,
            "subordinator" => Self::Subordinator,
            "auxiliary" => Self::Auxiliary,
            "negation" => Self::Negation,
            "adverb" => Self::Adverb,
            "time" => Self::Time,
            _ => Self::Open,
        }
    }
}

/// An article's words with what they are.
pub(crate) struct Words<'a, 't> {
    pub article: &'a Article<'t>,
    lower: String,
    ends: Vec<usize>,
    pub classes: Vec<Class>,
}

impl<'a, 't> Words<'a, 't> {
    pub(crate) fn new(article: &'a Article<'t>) -> Self {
        let count = article.tokens.len();
        let mut words = Self {
            article,
            lower: String::with_capacity(article.text().len()),
            ends: Vec::with_capacity(count),
            classes: Vec::with_capacity(count),
        };
        for (index, token) in article.tokens.iter().enumerate() {
            let start = words.lower.len();
            for character in article.word(index).chars() {
                match character {
                    '’' => words.lower.push('\''),
                    _ => words.lower.extend(character.to_lowercase()),
                }
            }
            words.ends.push(words.lower.len());
            words.classes.push(Class::of(&words.lower[start..], token.kind));
        }
        words
    }

    /// A token in lower case, with a straight apostrophe; empty past the end.
    pub(crate) fn lower(&self, token: usize) -> &str {
        let Some(&end) = self.ends.get(token) else { return "" };
        &self.lower[if token == 0 { 0 } else { self.ends[token - 1] }..end]
    }

    /// A token's class; a mark past the end.
    pub(crate) fn class(&self, token: usize) -> Class {
        self.classes.get(token).copied().unwrap_or(Class::Mark)
    }

    /// A token's kind; punctuation past the end.
    pub(crate) fn kind(&self, token: usize) -> TokenKind {
        self.article.tokens.get(token).map_or(TokenKind::Punctuation, |token| token.kind)
    }

    /// Whether a token starts with a capital.
    pub(crate) fn is_capitalised(&self, token: usize) -> bool {
        self.kind(token) == TokenKind::Word && self.article.word(token).starts_with(char::is_uppercase)
    }

    /// Whether a token stands in quotation marks, or is one.
    pub(crate) fn is_quoted(&self, token: usize) -> bool {
        self.article.tokens.get(token).is_some_and(|token| token.quoted > 0)
    }
}
