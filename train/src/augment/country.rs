//! United States politics -> another country's, or another field: `train/data/counterparts.txt`.

use std::collections::BTreeMap;

use whosaid::lang::ENGLISH;
use whosaid::text::Article;

use crate::corpus::{Edits, Sample};
use crate::random::Random;

/// The countries and fields.
#[derive(Debug)]
pub(super) struct Counterparts(Vec<Country>);

/// American phrases, by their first word, the longest first, with what may take their place.
type Country = BTreeMap<String, Vec<Row>>;

#[derive(Debug)]
struct Row {
    phrase: Vec<String>,
    alternatives: Vec<&'static str>,
}

impl Counterparts {
    pub(super) fn new() -> Self {
        Self::read(include_str!("../../data/counterparts.txt"))
    }

    /// The words of all alternatives.
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        let rows = self.0.iter().flat_map(BTreeMap::values).flatten();
        rows.flat_map(|row| &row.alternatives).flat_map(|alternative| alternative.split(' '))
    }

    fn read(text: &'static str) -> Self {
        let mut countries: Vec<Country> = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('[') {
                countries.push(Country::new());
            } else if let (Some(country), Some((phrase, alternatives))) = (countries.last_mut(), line.split_once(": "))
            {
                let article = Article::new(phrase, &ENGLISH);
                let words = (0..article.tokens.len()).map(|token| article.word(token).to_owned());
                let row = Row { phrase: words.collect(), alternatives: alternatives.split(" / ").collect() };
                country.entry(row.phrase[0].clone()).or_default().push(row);
            }
        }
        for rows in countries.iter_mut().flat_map(BTreeMap::values_mut) {
            rows.sort_by_key(|row| std::cmp::Reverse(row.phrase.len()));
        }
        Self(countries)
    }

    /// The text as if it happened in a country, or in a field, drawn by chance.
    pub(super) fn move_abroad(&self, sample: &Sample, random: &mut Random) -> Sample {
        let Some(country) = random.pick(&self.0) else { return sample.clone() };
        let draw = random.next();
        let article = Article::new(&sample.text, &ENGLISH);
        let mut edits = Edits::default();
        let mut token = 0;
        while token < article.tokens.len() {
            let Some(row) =
                country.get(article.word(token)).and_then(|rows| rows.iter().find(|row| row.is_at(&article, token)))
            else {
                token += 1;
                continue;
            };
            let end = token + row.phrase.len();
            let new = row.alternatives[draw as usize % row.alternatives.len()];
            edits.replace(article.tokens[token].bytes.0..article.tokens[end - 1].bytes.1, new);
            agree(&article, token, new, &mut edits);
            token = end;
        }
        edits.apply(sample)
    }
}

impl Row {
    fn is_at(&self, article: &Article<'_>, token: usize) -> bool {
        token + self.phrase.len() <= article.tokens.len()
            && self.phrase.iter().zip(token..).all(|(word, token)| article.word(token) == word)
    }
}

/// Makes an article before a phrase agree with it: "a", "an", and no second "the".
fn agree(article: &Article<'_>, token: usize, new: &str, edits: &mut Edits) {
    let Some(before) = token.checked_sub(1) else { return };
    let (start, end) = article.tokens[before].bytes;
    match article.word(before) {
        "a" | "an" => edits.replace(start..end, if sounds_like_vowel(new) { "an" } else { "a" }),
        "A" | "An" => edits.replace(start..end, if sounds_like_vowel(new) { "An" } else { "A" }),
        "the" | "The" if new.starts_with("the ") => edits.replace(start..article.tokens[token].bytes.0, ""),
        _ => {}
    }
}

/// Whether "an" stands before a word: "an MP", "a UK voter".
fn sounds_like_vowel(word: &str) -> bool {
    let first = word.split([' ', '-']).next().unwrap_or_default();
    let is_spelt = first.len() > 1 && first.chars().all(char::is_uppercase);
    if is_spelt {
        return first.starts_with(['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X']);
    }
    let lower = first.to_lowercase();
    lower.starts_with(['a', 'e', 'i', 'o', 'u', 'á', 'é'])
        && !["un", "eu", "one"].iter().any(|start| lower.starts_with(start))
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "a part of an attribution often has one place")]
mod tests {
    use super::*;
    use crate::corpus::{Attribution, Corpus};

    #[test]
    fn every_line_of_the_data_is_read() {
        let text = include_str!("../../data/counterparts.txt");
        let mut seen = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.starts_with('[') {
                seen.clear();
            } else if !line.is_empty() && !line.starts_with('#') {
                let (phrase, alternatives) =
                    line.split_once(": ").unwrap_or_else(|| panic!("line {number} has no colon"));
                assert!(!seen.contains(&phrase), "line {number} repeats {phrase}");
                assert!(alternatives.split(" / ").all(|one| !one.is_empty() && one.trim() == one), "line {number}");
                seen.push(phrase);
            }
        }
        assert!(Counterparts::new().0.len() > 15);
    }

    #[test]
    fn phrases_change_and_places_stay() {
        let counterparts =
            Counterparts::read("[x]\nthe White House: the Palace\nWhite House: Palace\nsenator: MP\n$: €\nU.S.: EU");
        let cases = [
            ("A senator and an U.S. senator said so.", "An MP and an EU MP said so."),
            ("The White House paid $4.", "The Palace paid €4."),
            ("the White House, White Houses", "the Palace, White Houses"),
            ("a senator", "an MP"),
        ];
        for (before, after) in cases {
            let text = format!("{before} Berg said.");
            let mut sample = Sample::plain(Corpus::Polnear, &text);
            let cue = text.rfind("said").expect("it stands there");
            sample.attributions = Some(vec![Attribution { cue: vec![cue..cue + 4], ..Attribution::default() }]);
            let moved = counterparts.move_abroad(&sample, &mut Random::new(1));
            assert_eq!(moved.text, format!("{after} Berg said."));
            let place = moved.attributions.expect("attributions")[0].cue[0].clone();
            assert_eq!(&moved.text[place], "said");
        }
    }
}
