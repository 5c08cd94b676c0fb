//! The distinct words of an article, each looked up once.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::bit::{
    AGENCY, COURTESY, DATE, DEMONYM, DOCUMENT, FEMALE, FIRST_NAME, HOMOGRAPH, LAST_NAME, MALE, OCCASION, OFTEN_CUE,
    ORGANISATION, ORGANISATION_WORD, PARTICLE, PLACE, SELDOM_CUE, TERM, TITLE, UNNAMED, set,
};
use super::vocabulary::{Vocabulary, ids};
use crate::lang::{Categories, Frame, LANGUAGES, Language, Part, Verb, is_in};
use crate::lexis::{Lexicon, Prefix, Words};

/// How many values [`Features::class`](super::Features::class) takes: the rows of its table.
///
/// | value | what |
/// |---|---|
/// | 0..=10 | a closed class: determiner, possessive, pronoun, relative, preposition, coordinator, subordinator, auxiliary, negation, adverb, time |
/// | 11, 12, 13, 14 | punctuation, opening quotation mark, closing quotation mark, symbol |
/// | 15, 16, 17 | number, address, any other word |
/// | 18.. | a cue verb: 18 + 5 · frame (say, tell, clause, object, to) + part (base, third, past, participle, gerund) |
pub const CLASSES: usize = VERBS as usize + 25;

/// The first value of a cue verb.
const VERBS: u8 = 18;

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
        let lists = &LISTS[words.language.tag];
        for token in 0..count {
            let written = words.article.word(token);
            let form = *known.entry(written).or_insert_with(|| {
                let lower = words.lower(token);
                let (categories, phrases) = lexicon.look(lower);
                let verb = words.language.verb(lower);
                let next = keys.len() as u32;
                forms.all.push(Form {
                    ids: ids(vocabulary, written, &mut string),
                    open: open_class(verb),
                    word: *keys.entry(key(lower, words.language)).or_insert(next),
                    lists: of_word(lists, categories, verb.map(|verb| verb.share), written, lower),
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
fn key<'w>(lower: &'w str, language: &Language) -> &'w str {
    match lower.split_once('-') {
        Some((particle, name)) if !name.is_empty() && is_in(language.particles, particle) => name,
        _ => lower,
    }
}

/// The value of [`Features::class`](super::Features::class) of a word of no closed class, which may be a form of a cue verb.
fn open_class(verb: Option<Verb>) -> u8 {
    let Some(verb) = verb else { return VERBS - 1 };
    let frame = match verb.frame {
        Frame::Say => 0,
        Frame::Tell => 1,
        Frame::Clause => 2,
        Frame::Object => 3,
        Frame::To => 4,
    };
    let part = match verb.part {
        Part::Base => 0,
        Part::Third => 1,
        Part::Past => 2,
        Part::Participle => 3,
        Part::Gerund => 4,
    };
    VERBS + 5 * frame + part
}

/// The short lists of each language, by their entries in lower case.
static LISTS: LazyLock<HashMap<&'static str, ShortLists>> =
    LazyLock::new(|| LANGUAGES.iter().map(|language| (language.tag, short_lists(language))).collect());

type ShortLists = HashMap<String, u64>;

fn short_lists(language: &Language) -> ShortLists {
    let courtesies: Vec<&str> = language.courtesies.iter().map(|[title, ..]| *title).collect();
    let single: Vec<&str> = language.institutions.iter().copied().filter(|name| !name.contains(' ')).collect();
    let lists = [
        (ORGANISATION, single.as_slice()),
        (TITLE, language.titles),
        (COURTESY, courtesies.as_slice()),
        (ORGANISATION_WORD, language.organisation_words),
        (PARTICLE, language.particles),
        (DATE, language.time_words),
        (UNNAMED, language.unnamed),
        (DOCUMENT, language.documents),
        (OCCASION, language.occasions),
        (HOMOGRAPH, language.homographs),
        (AGENCY, language.agencies),
        (TERM, language.acronyms),
    ];
    let mut all = ShortLists::new();
    for (bit, word) in lists.iter().flat_map(|(bit, words)| words.iter().map(move |word| (bit, word))) {
        *all.entry(word.to_lowercase()).or_default() |= bit;
    }
    all
}

/// What the lists say of a word: the long ones as they were asked, and the short ones.
fn of_word(lists: &ShortLists, categories: Categories, share: Option<f32>, written: &str, lower: &str) -> u64 {
    let short = |word: &str| lists.get(word).copied().unwrap_or(0);
    let stem = lower.strip_suffix('.').map_or(0, |stem| short(stem) & (TITLE | COURTESY));
    let capitals = match (written.starts_with(char::is_uppercase), written.contains(char::is_lowercase)) {
        (true, false) => u64::MAX,
        (true, true) => !TERM,
        _ => !(TERM | DATE | AGENCY),
    };
    let bits = [
        (FIRST_NAME, categories.has(Categories::FIRST_NAME)),
        (LAST_NAME, categories.has(Categories::LAST_NAME)),
        (FEMALE, categories.has(Categories::FEMALE)),
        (MALE, categories.has(Categories::MALE)),
        (PLACE, categories.has(Categories::PLACE)),
        (ORGANISATION, categories.has(Categories::ORGANISATION)),
        (DEMONYM, categories.has(Categories::DEMONYM)),
        (OFTEN_CUE, share.is_some_and(|share| share >= 0.6)),
        (SELDOM_CUE, share.is_some_and(|share| share < 0.4)),
    ];
    set(&bits) | (short(lower) | stem) & capitals
}
