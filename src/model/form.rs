//! The distinct words of an article, each looked up once.

use std::collections::HashMap;

use super::evidence;
use super::feature::{VERBS, ids, open_class};
use super::vocabulary::{Lexicon, Prefix, Vocabulary};
use super::word::Words;
use crate::lang::en::{PARTICLES, verb};
use crate::lang::is_in;

/// What a word is wherever it stands, as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// Its ids in the vocabulary.
    pub ids: [u32; 4],
    /// Its value of [`Features::class`](super::Features::class) where it belongs to no closed class.
    pub open: u8,
    /// The number of its [`key`]: one for all the ways to write it.
    pub word: u32,
    /// What the lists say of it.
    pub lists: u64,
    /// How phrases of the lists go on that start with it.
    pub phrases: Option<Prefix>,
    /// Whether it starts with a capital, a small particle in front passed over.
    pub capitalised: bool,
    /// Whether it has letters, and none of them small.
    pub upper: bool,
}

impl Form {
    /// Whether it is a past or present form of "say", "tell" or the like.
    pub(super) const fn says(&self) -> bool {
        self.open >= VERBS && self.open < VERBS + 10 && !(self.open - VERBS).is_multiple_of(5)
    }

    /// Whether one of some lists holds it.
    pub(super) const fn is(&self, lists: u64) -> bool {
        self.lists & lists != 0
    }
}

/// The distinct words of an article.
#[derive(Debug)]
pub(super) struct Forms {
    /// Each of them, in the order of where they first stand.
    pub all: Vec<Form>,
    /// The index of each token's form.
    of: Vec<u32>,
    /// How many there are where case makes no difference.
    pub words: usize,
}

impl Forms {
    pub(super) fn new(vocabulary: &Vocabulary, lexicon: &Lexicon, words: &Words<'_, '_>) -> Self {
        let count = words.article.tokens.len();
        let mut forms = Self { all: Vec::new(), of: Vec::with_capacity(count), words: 0 };
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut keys: HashMap<&str, u32> = HashMap::new();
        let mut string = String::new();
        for token in 0..count {
            let written = words.article.word(token);
            let form = *known.entry(written).or_insert_with(|| {
                let lower = words.lower(token);
                let (categories, phrases) = lexicon.look(lower);
                let verb = verb(lower);
                let next = keys.len() as u32;
                forms.all.push(Form {
                    ids: ids(vocabulary, written, &mut string),
                    open: open_class(verb),
                    word: *keys.entry(key(lower)).or_insert(next),
                    lists: evidence::of_word(categories, verb.map(|verb| verb.share), written, lower),
                    phrases,
                    capitalised: words.is_capitalised(token),
                    upper: written.contains(char::is_uppercase) && !written.contains(char::is_lowercase),
                });
                forms.all.len() as u32 - 1
            });
            forms.of.push(form);
        }
        forms.words = keys.len();
        forms
    }

    /// What a token is wherever it stands.
    pub(super) fn at(&self, token: usize) -> &Form {
        &self.all[self.of[token] as usize]
    }

    /// What a token is wherever it stands; nothing past the end.
    pub(super) fn get(&self, token: usize) -> Option<&Form> {
        self.of.get(token).map(|&form| &self.all[form as usize])
    }
}

/// What makes two words one: "Al-Sisi", "al-Sisi" and "Sisi" are.
fn key(lower: &str) -> &str {
    match lower.split_once('-') {
        Some((particle, name)) if !name.is_empty() && is_in(PARTICLES, particle) => name,
        _ => lower,
    }
}
