//! Other names for persons, the same one always for the same.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use whosaid::lang::{ENGLISH, is_in, row};
use whosaid::text::{Article, TokenKind};

use crate::corpus::{Edits, Label, Sample};
use crate::random::Random;

/// Names to draw from: in small letters those of the lists, as they were written those of the samples.
#[derive(Debug)]
pub(super) struct Persons {
    given: Pool,
    family: Pool,
    female: Vec<String>,
    male: Vec<String>,
}

#[derive(Debug)]
struct Pool {
    listed: Vec<String>,
    seen: Vec<String>,
}

/// A word's part in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Given,
    Family,
}

impl Persons {
    pub(super) fn new(
        given: Vec<String>,
        family: Vec<String>,
        female: Vec<String>,
        male: Vec<String>,
        samples: &[Sample],
    ) -> Self {
        let (mut seen_given, mut seen_family) = (BTreeSet::new(), BTreeSet::new());
        for sample in samples.iter().filter(|sample| !sample.corpus.is_messages()) {
            for entity in sample.entities.iter().flatten().filter(|entity| entity.label == Label::Person) {
                let words = words(&sample.text, &entity.bytes);
                if let [first, .., last] = &words[..] {
                    let lower = |word: &Range<usize>| sample.text[word.clone()].to_lowercase();
                    seen_given.insert(lower(first));
                    seen_family.insert(lower(last));
                }
            }
        }
        Self {
            given: Pool { listed: given, seen: seen_given.into_iter().collect() },
            family: Pool { listed: family, seen: seen_family.into_iter().collect() },
            female,
            male,
        }
    }

    /// The text with other names for its persons: those that annotators marked, or else those that a program found
    /// whose given name is in the lists.
    pub(super) fn exchange(&self, sample: &Sample, random: &mut Random) -> Sample {
        let is_marked = sample.guesses.is_empty();
        let names = if is_marked { sample.entities.as_deref().unwrap_or_default() } else { &sample.guesses };
        let persons = names.iter().filter(|name| name.label == Label::Person);
        let names: Vec<Vec<Range<usize>>> = persons.map(|person| words(&sample.text, &person.bytes)).collect();
        let drawn = self.draw_all(&sample.text, &names, is_marked, random);
        let mut edits = Edits::default();
        if is_marked {
            for word in names.into_iter().flatten() {
                put(&sample.text, word, &drawn, &mut edits);
            }
        } else {
            everywhere(&sample.text, &drawn, &mut edits);
        }
        edits.apply(sample)
    }

    /// What takes the place of each word of the names, by the word in small letters.
    fn draw_all(
        &self,
        text: &str,
        names: &[Vec<Range<usize>>],
        is_marked: bool,
        random: &mut Random,
    ) -> BTreeMap<String, String> {
        let mut drawn: BTreeMap<String, String> = BTreeMap::new();
        let mut draw = |word: &Range<usize>, part: Part| {
            let lower = text[word.clone()].to_lowercase();
            if let Entry::Vacant(place) = drawn.entry(lower) {
                let new = self.draw(place.key(), part, random);
                place.insert(new);
            }
        };
        let is_given =
            |word: &Range<usize>| self.given.listed.binary_search(&text[word.clone()].to_lowercase()).is_ok();
        for name in names.iter().filter(|name| name.len() > 1 && (is_marked || is_given(&name[0]))) {
            for (index, word) in name.iter().enumerate() {
                draw(word, if index + 1 == name.len() { Part::Family } else { Part::Given });
            }
        }
        for word in names.iter().filter(|name| is_marked && name.len() == 1).flatten() {
            draw(word, if is_given(word) { Part::Given } else { Part::Family });
        }
        drawn
    }

    /// A name: from the lists, from the samples, or made up, so that the lists do not know every one.
    fn draw(&self, old: &str, part: Part, random: &mut Random) -> String {
        let pool = if part == Part::Given { &self.given } else { &self.family };
        let is_in = |list: &[String]| list.binary_search_by(|name| name.as_str().cmp(old)).is_ok();
        let of_gender = match (part, is_in(&self.female), is_in(&self.male)) {
            (Part::Given, true, false) => Some(&self.female),
            (Part::Given, false, true) => Some(&self.male),
            _ => None,
        };
        let new = match random.below(10) {
            0..=4 => random.pick(of_gender.unwrap_or(&pool.listed)).cloned(),
            5..=7 => random.pick(&pool.seen).cloned(),
            _ => {
                let (head, tail) = (random.pick(&pool.listed), random.pick(&pool.listed));
                head.zip(tail).map(|(head, tail)| blend(head, tail))
            }
        };
        capitalised(&new.unwrap_or_else(|| old.to_owned()))
    }
}

/// The first half of one name and the second of another.
fn blend(head: &str, tail: &str) -> String {
    let (head, tail): (Vec<char>, Vec<char>) = (head.chars().collect(), tail.chars().collect());
    head[..head.len().div_ceil(2)].iter().chain(&tail[tail.len() / 2..]).collect()
}

/// A name with its capitals: `O'Neill-Berg` of `o'neill-berg`, `McRae` of `mcrae`.
fn capitalised(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    for letter in name.chars() {
        let starts = written.is_empty() || written.ends_with(['-', '\'', '’', ' ', '.']) || written == "Mc";
        match letter {
            letter if starts => written.extend(letter.to_uppercase()),
            letter => written.push(letter),
        }
    }
    written
}

/// The words of a name that can be exchanged: no titles, particles, initials.
fn words(text: &str, name: &Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    for word in
        text[name.clone()].split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '"' | '“' | '”'))
    {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let lower = word.to_lowercase();
        let is_name = word.chars().count() > 1
            && word.starts_with(char::is_uppercase)
            && word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '\'' | '’'))
            && !is_in(ENGLISH.titles, &lower)
            && row(ENGLISH.function_words, &lower).is_none()
            && !["jr", "sr", "ii", "iii", "iv"].contains(&lower.as_str());
        if is_name {
            words.push(start..start + word.len());
        }
    }
    words
}

/// Exchanges a word, in capitals where it is; one in capitals of two letters ("JP") is left.
fn put(text: &str, word: Range<usize>, drawn: &BTreeMap<String, String>, edits: &mut Edits) {
    let old = &text[word.clone()];
    let Some(new) = drawn.get(&old.to_lowercase()) else { return };
    let shouts = !old.contains(char::is_lowercase);
    match old.chars().count() {
        ..=2 if shouts => {}
        _ if shouts => edits.replace(word, new.to_uppercase()),
        _ => edits.replace(word, new.as_str()),
    }
}

/// Exchanges words wherever they stand with a capital, and their plurals, but for those that stand without one too.
fn everywhere(text: &str, drawn: &BTreeMap<String, String>, edits: &mut Edits) {
    let article = Article::new(text, &ENGLISH);
    let words = || (0..article.tokens.len()).filter(|&token| article.tokens[token].kind == TokenKind::Word);
    let small: BTreeSet<&str> =
        words().map(|token| article.word(token)).filter(|word| word.starts_with(char::is_lowercase)).collect();
    for token in words() {
        let (word, (start, end)) = (article.word(token), article.tokens[token].bytes);
        let lower = word.to_lowercase();
        let known = |name: &str| drawn.contains_key(name) && !small.contains(name);
        if !word.starts_with(char::is_uppercase) {
            continue;
        }
        if known(&lower) {
            put(text, start..end, drawn, edits);
        } else if lower.strip_suffix('s').is_some_and(known) {
            put(text, start..end - 1, drawn, edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Corpus, Entity};

    fn persons() -> Persons {
        let list = |names: &str| names.split(' ').map(str::to_owned).collect::<Vec<_>>();
        Persons::new(list("anna bo eva"), list("berg lind o'hara"), list("anna eva"), list("bo"), &[])
    }

    fn sample(text: &str, names: &[&str], is_marked: bool) -> Sample {
        let mut from = 0;
        let entity = |name: &&str| {
            let start = from + text[from..].find(name).expect("the name stands there");
            from = start + name.len();
            Entity { bytes: start..from, label: Label::Person }
        };
        let entities = names.iter().map(entity).collect();
        let sample = Sample::plain(Corpus::Conll, text);
        if is_marked { Sample { entities: Some(entities), ..sample } } else { Sample { guesses: entities, ..sample } }
    }

    #[test]
    fn a_person_has_one_new_name_throughout() {
        let names = ["Anna J. Berg", "BERG", "Mr. Berg"];
        let sample = sample("Anna J. Berg won. BERG of Berg Inc. met Mr. Berg.", &names, true);
        let mut changed = 0;
        for seed in 0..40 {
            let new = persons().exchange(&sample, &mut Random::new(seed));
            let names: Vec<&str> = new.entities.iter().flatten().map(|name| &new.text[name.bytes.clone()]).collect();
            let family = names[2].strip_prefix("Mr. ").expect("the title stays");
            assert_eq!(names[1], family.to_uppercase());
            assert!(names[0].ends_with(&format!(" J. {family}")) && new.text.contains("of Berg Inc."), "{}", new.text);
            changed += usize::from(family != "Berg");
        }
        assert!(changed > 10, "{changed}");
    }

    #[test]
    fn where_nobody_marked_names_the_lists_must_know_the_given_name() {
        let text = "Anna Berg won. Foo Bar lost. The Bergs and Berg’s Bar agree; Anna met an anna.";
        let sample = sample(text, &["Anna Berg", "Foo Bar"], false);
        for seed in 0..40 {
            let new = persons().exchange(&sample, &mut Random::new(seed)).text;
            let family = new.split(' ').nth(1).expect("a name");
            let expected =
                format!("Anna {family} won. Foo Bar lost. The {family}s and {family}’s Bar agree; Anna met an anna.");
            assert_eq!(new, expected, "“anna” is a word here");
        }
    }

    #[test]
    fn names_are_written_with_their_capitals() {
        for (lower, name) in [("o'neill-berg", "O'Neill-Berg"), ("mcrae", "McRae"), ("élodie", "Élodie")] {
            assert_eq!(capitalised(lower), name);
        }
        assert_eq!(blend("anna", "lindqvist"), "anqvist");
    }
}
