//! The words of a line as the tables of lang/ spell them.

use crate::lang::Language;

/// How a word was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// It starts with a capital letter or a sign that stands for a name (`@`).
    Capital,
    /// It starts with a small letter, or a letter of a script without capitals.
    Small,
    /// It starts with a digit.
    Number,
}

#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    shape: Shape,
    /// The first mark after it, or a blank.
    mark: char,
}

/// The words of a line in lower case, with digits as 0 and without the punctuation around them, but that a colon stays.
/// One is read into again and again, to allocate but once.
#[derive(Debug)]
pub(super) struct Line {
    /// In which language it is written.
    pub language: &'static Language,
    buffer: String,
    words: Vec<Word>,
}

impl Line {
    /// A line without words.
    pub(super) const fn new(language: &'static Language) -> Self {
        Self { language, buffer: String::new(), words: Vec::new() }
    }

    /// Reads the first words of a text, at most `most`.
    pub(super) fn read(&mut self, text: &str, most: usize) {
        self.clear();
        for chunk in text.split_whitespace() {
            if self.words.len() == most {
                break;
            }
            self.push(chunk);
        }
    }

    /// Reads the last words of a text, about `most`.
    pub(super) fn read_end(&mut self, text: &str, most: usize) {
        self.clear();
        let start = text.char_indices().rev().filter(|(_, character)| character.is_whitespace()).nth(most - 1);
        for chunk in text[start.map_or(0, |(at, _)| at)..].split_whitespace() {
            self.push(chunk);
        }
    }

    fn clear(&mut self) {
        self.buffer.clear();
        self.words.clear();
    }

    fn push(&mut self, chunk: &str) {
        let word = chunk.trim_matches(|character: char| !(character.is_alphanumeric() || "©@#".contains(character)));
        let Some(first) = word.chars().next() else {
            if let (Some(last), Some(mark)) = (self.words.last_mut(), chunk.chars().next()) {
                last.mark = if last.mark == ' ' { mark } else { last.mark };
            }
            return;
        };
        let shape = match first {
            _ if first.is_numeric() => Shape::Number,
            _ if first.is_lowercase() => Shape::Small,
            _ if first.is_uppercase() || !first.is_alphanumeric() => Shape::Capital,
            _ => Shape::Small,
        };
        if !self.words.is_empty() {
            self.buffer.push(' ');
        }
        let start = self.buffer.len();
        for character in word.chars() {
            match character {
                '’' => self.buffer.push('\''),
                '0'..='9' => self.buffer.push('0'),
                _ => self.buffer.extend(character.to_lowercase()),
            }
        }
        let mark = chunk.trim_end_matches(['”', '"']).chars().next_back().filter(|last| !last.is_alphanumeric());
        if mark == Some(':') {
            self.buffer.push(':');
        }
        self.words.push(Word { start, end: self.buffer.len(), shape, mark: mark.unwrap_or(' ') });
    }

    /// How many words it has read.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// One word.
    pub(super) fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| &self.buffer[word.start..word.end])
    }

    /// How a word was printed.
    pub(super) fn shape(&self, index: usize) -> Shape {
        self.words[index].shape
    }

    /// The mark after a word; a blank where there is none.
    pub(super) fn mark(&self, index: usize) -> char {
        self.words.get(index).map_or(' ', |word| word.mark)
    }

    /// The words `from..to`, with blanks between them.
    pub(super) fn phrase(&self, from: usize, to: usize) -> &str {
        match (self.words.get(from), to.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if from < to => &self.buffer[first.start..last.end],
            _ => "",
        }
    }

    /// The longest of the phrases that it starts with for which `find` finds something, with its number of words.
    pub(super) fn find_start<T>(&self, most: usize, find: impl Fn(&str) -> Option<T>) -> Option<(usize, T)> {
        (1..=most.min(self.len())).rev().find_map(|to| Some((to, find(self.phrase(0, to))?)))
    }

    /// The longest of the phrases that it ends with for which `find` finds something.
    pub(super) fn find_end<T>(&self, most: usize, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let len = self.len();
        (len.saturating_sub(most)..len).find_map(|from| find(self.phrase(from, len)))
    }
}
