//! What a word is by itself: its lower case and its class.

use crate::lang::{Language, Part, is_in, row, without_end};
use crate::span::Run;
use crate::text::{Article, TokenKind};

/// A closed class of words, from `function_words.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// "the", "some"
    Determiner,
    /// "his"
    Possessive,
    /// "she"
    Pronoun,
    /// "who"
    Relative,
    /// "in"
    Preposition,
    /// "and"
    Coordinator,
    /// "because"
    Subordinator,
    /// "has", "would"
    Auxiliary,
    /// "not"
    Negation,
    /// "also", and what ends in "-ly"
    Adverb,
    /// "Friday", "May"
    Time,
    /// A mark or a sign.
    Mark,
    /// Any other word or number.
    Open,
}

impl Class {
    fn of(word: &str, kind: TokenKind, language: &Language) -> Self {
        match kind {
            TokenKind::Word => {}
            TokenKind::Number | TokenKind::Address => return Self::Open,
            _ => return Self::Mark,
        }
        match row(language.function_words, word) {
            Some([_, class]) => Self::named(class),
            None if word.len() > 4 && without_end(word, language.adverb_endings).is_some() => Self::Adverb,
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
#[derive(Debug)]
pub struct Words<'a, 't> {
    /// The article's language.
    pub language: &'static Language,
    /// The article.
    pub article: &'a Article<'t>,
    lower: String,
    ends: Vec<usize>,
    /// Each token's class.
    pub classes: Vec<Class>,
    /// Per paragraph, whether it capitalises every word, so that its capitals say nothing.
    pub titles: Vec<bool>,
}

impl<'a, 't> Words<'a, 't> {
    /// Looks up every word of an article, once.
    pub fn new(article: &'a Article<'t>) -> Self {
        let count = article.tokens.len();
        let mut words = Self {
            language: article.language,
            article,
            lower: String::with_capacity(article.text().len()),
            ends: Vec::with_capacity(count),
            classes: Vec::with_capacity(count),
            titles: Vec::new(),
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
            words.classes.push(Class::of(&words.lower[start..], token.kind, words.language));
        }
        let names: Vec<usize> = (0..count).filter(|&token| words.is_namesake(token)).collect();
        for token in names {
            words.classes[token] = Class::Open;
        }
        words.titles = article.paragraphs.iter().map(|paragraph| words.has_capitals(paragraph.tokens)).collect();
        words
    }

    /// Whether a paragraph capitalises nearly all the words that could be small: all their letters, or, without a stop at
    /// its end, the first ones. "Was", "But" and "The" in the middle say so too, stop or not.
    fn has_capitals(&self, run: Run) -> bool {
        let stops = run.range().rev().take(2).any(|token| self.lower(token) == ".");
        let headed = run.range().skip(1).any(|token| self.is_headed(token));
        let has_capital = |token: usize| {
            self.is_capitalised(token) && !(stops && !headed && self.article.word(token).contains(char::is_lowercase))
        };
        let open = run.range().filter(|&token| self.class(token) == Class::Open && self.kind(token) == TokenKind::Word);
        let count = |(capitals, all), token| (capitals + usize::from(has_capital(token)), all + 1);
        let (capitals, all) = open.fold((0, 0), count);
        all > if headed { 1 } else { 3 } && 5 * capitals > 4 * all
    }

    /// Whether a word of a closed class that could be small has a capital, in the middle of a sentence.
    fn is_headed(&self, token: usize) -> bool {
        let closed = !matches!(self.class(token), Class::Open | Class::Mark | Class::Time);
        closed
            && self.article.word(token).len() > 1
            && self.is_capitalised(token)
            && self.kind(token - 1).is_word()
            && !self.lower(token - 1).ends_with('.')
    }

    /// Whether a token stands in a paragraph that capitalises every word.
    pub fn is_title_case(&self, token: usize) -> bool {
        self.titles.get(self.article.paragraph_of(token)).is_some_and(|&is_title| is_title)
    }

    /// Whether a word of a closed class is a name here, by `namesakes.txt`: "US", "Theresa May", "Will Smith".
    fn is_namesake(&self, token: usize) -> bool {
        if !self.is_capitalised(token) {
            return false;
        }
        let Some([_, part]) = row(self.language.namesakes, self.lower(token)) else { return false };
        let before = token.checked_sub(1);
        let is_name = |token: usize| self.is_capitalised(token) && self.class(token) == Class::Open;
        let follows_name = before.is_some_and(is_name);
        match *part {
            "acronym" => {
                let has_small = |token: usize| self.article.word(token).contains(char::is_lowercase);
                let capitals = !has_small(token) && self.article.word(token).chars().count() > 1;
                // Where all is in capitals, they say nothing.
                capitals && (before.is_some_and(has_small) || token + 1 < self.classes.len() && has_small(token + 1))
            }
            "family" => {
                let finite = self
                    .language
                    .verb(self.lower(token + 1))
                    .is_some_and(|verb| matches!(verb.part, Part::Past | Part::Third));
                follows_name || finite
            }
            _ => {
                let class = before.map_or(Class::Mark, |token| self.class(token));
                let dated = matches!(class, Class::Preposition | Class::Determiner | Class::Time | Class::Adverb)
                    || before.is_some_and(|token| is_in(self.language.days_before, self.lower(token)));
                is_name(token + 1) && !dated && !follows_name && !self.opens_question(token)
            }
        }
    }

    /// "Will Congress act?": whether a token opens a sentence that asks.
    fn opens_question(&self, token: usize) -> bool {
        let sentence = self.article.sentences[self.article.sentence_of(token)].tokens;
        sentence.start == token && self.lower(sentence.end - 1) == "?"
    }

    /// A token in lower case, with a straight apostrophe; empty past the end.
    pub fn lower(&self, token: usize) -> &str {
        let Some(&end) = self.ends.get(token) else { return "" };
        &self.lower[if token == 0 { 0 } else { self.ends[token - 1] }..end]
    }

    /// The first letters of the words of a run that start with a capital: "DH" for "Dana Holt".
    pub fn initials(&self, run: Run) -> String {
        let capitalised = run.range().filter(|&token| self.is_capitalised(token));
        capitalised.filter_map(|token| self.article.word(token).chars().next()).collect()
    }

    /// A token's class; a mark past the end.
    pub fn class(&self, token: usize) -> Class {
        self.classes.get(token).copied().unwrap_or(Class::Mark)
    }

    /// A token's kind; punctuation past the end.
    pub fn kind(&self, token: usize) -> TokenKind {
        self.article.tokens.get(token).map_or(TokenKind::Punctuation, |token| token.kind)
    }

    /// Whether a token starts with a capital, a small particle before it passed over: "al-Sisi".
    pub fn is_capitalised(&self, token: usize) -> bool {
        if self.kind(token) != TokenKind::Word {
            return false;
        }
        let word = self.article.word(token);
        let name = word
            .split_once('-')
            .filter(|(particle, _)| is_in(self.language.particles, particle))
            .map_or(word, |(_, name)| name);
        name.starts_with(char::is_uppercase)
    }

    /// Whether a token is a title, with its stop or without.
    pub fn is_title(&self, token: usize) -> bool {
        let word = self.lower(token);
        is_in(self.language.titles, word) || is_in(self.language.titles, word.trim_end_matches('.'))
    }

    /// Whether a token stands in quotation marks, or is one.
    pub fn is_quoted(&self, token: usize) -> bool {
        self.article.tokens.get(token).is_some_and(|token| token.quoted > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;

    #[test]
    fn paragraphs_whose_capitals_say_nothing() {
        for (text, expected) in [
            ("Berg Meets Old Friends", true),
            ("Berg Meets Friends.", false),
            ("Berg Was In Town", true),
            ("BERG WAS IN TOWN.", true),
            ("Berg: Lind Was Headed to Town But Left to Avoid Bad Optics.", true),
            ("Anna Berg met Carl Lind.", false),
            ("Anna Berg, Carl Lind, Mary O’Neill.", false),
            ("Then I met Anna Berg and Carl Lind of the WHO.", false),
            ("Carl Lind left The Hague.", false),
            ("Old U.S. Senate Rules.", false),
        ] {
            let article = Article::new(text, &ENGLISH);
            assert_eq!(Words::new(&article).titles, [expected], "{text}");
        }
    }
}
