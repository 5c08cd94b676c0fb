//! Annotations against gold: the three scores that count, each equal to that of the script it is named after.
//!
//! | module | what it scores |
//! |---|---|
//! | [`attribution`] | who said what: tokens, spans, claims, links |
//! | [`entities`] | names of persons and institutions |
//! | `breakdown` | recall by cue, and whether a confidence means what it says |
//! | [`speakers`] | who is meant, roles, affiliations |

pub(crate) mod attribution;
mod breakdown;
pub(crate) mod entities;
pub(crate) mod speakers;

#[cfg(test)]
mod against_scripts;
#[cfg(test)]
mod perturb;

use std::fmt;

use serde::de::DeserializeOwned;

use crate::record::{Place, Record};

/// An article as somebody annotated it by hand: one line of a file of gold.
pub(crate) trait Gold: DeserializeOwned + Sync {
    /// The article.
    fn text(&self) -> &str;

    /// Scores what was found in articles against them.
    fn score(pairs: &[(Self, Record)]) -> Vec<Section>;
}

/// Part of the table of scores: three numbers a line.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) title: &'static str,
    pub(crate) columns: [&'static str; 3],
    pub(crate) rows: Vec<Row>,
}

/// A line of the table: a metric and its three numbers as they are printed.
#[derive(Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) cells: [String; 3],
}

impl Row {
    /// A row of percentages.
    fn percent(name: impl Into<String>, values: [f64; 3]) -> Self {
        Self { name: name.into(), cells: values.map(|value| format!("{value:.1}")) }
    }
}

/// The width of the first column and of the others, in characters.
const WIDTHS: (usize, usize) = (40, 9);

impl fmt::Display for Section {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |name: &str, cells: [&str; 3]| {
            write!(out, "{name:0$}", WIDTHS.0)?;
            cells.iter().try_for_each(|cell| write!(out, "{cell:>0$}", WIDTHS.1))?;
            writeln!(out)
        };
        line(&format!("  {}", self.title), self.columns)?;
        self.rows
            .iter()
            .try_for_each(|row| line(&format!("    {}", row.name), row.cells.each_ref().map(String::as_str)))
    }
}

/// The columns of a section of precisions, recalls and F1.
const PRF: [&str; 3] = ["P", "R", "F1"];

/// How many were found, how many of them rightly, and how many there are.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    hit: usize,
    predicted: usize,
    gold: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, hit: usize, predicted: usize, gold: usize) {
        self.hit += hit;
        self.predicted += predicted;
        self.gold += gold;
    }

    /// Precision, recall and F1 in percent; what nothing can be said of is 0.
    pub(crate) fn percent(self) -> [f64; 3] {
        let of = |all: usize| if all == 0 { 0.0 } else { (100 * self.hit) as f64 / all as f64 };
        let (precision, recall) = (of(self.predicted), of(self.gold));
        let sum = precision + recall;
        [precision, recall, if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum }]
    }
}

/// The length of what two places share, in code points.
const fn shared(a: Place, b: Place) -> usize {
    let start = if a[0] > b[0] { a[0] } else { b[0] };
    let end = if a[1] < b[1] { a[1] } else { b[1] };
    end.saturating_sub(start)
}

/// Python's `\s`: Unicode white space and the four separators of ASCII.
fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\x1c'..='\x1f')
}

/// Where a text goes on after titles and articles at its start: `the`, `Mr.`, `Sen`, each with the white space after it.
fn after_leads(text: &[char]) -> usize {
    let mut at = 0;
    while let Some(length) = lead(&text[at..]) {
        at += length;
    }
    at
}

/// The length of the one title or article at a text's start.
fn lead(text: &[char]) -> Option<usize> {
    const LEADS: [&str; 10] = ["the", "mr", "mrs", "ms", "dr", "sir", "president", "sen", "rep", "gov"];
    LEADS.iter().chain(&["prof"]).find_map(|word| {
        let mut length = word.len();
        let starts = text.get(..length)?.iter().zip(word.chars()).all(|(a, b)| a.to_ascii_lowercase() == b);
        length += usize::from(text.get(length) == Some(&'.'));
        let spaces = text.get(length..)?.iter().take_while(|&&character| is_space(character)).count();
        (starts && spaces > 0).then_some(length + spaces)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_as_python_rounds_them() {
        let row = Row::percent("halves", [0.25, 12.75, 99.95]);
        // python3 -c 'print(*(f"{x:.1f}" for x in (0.25, 12.75, 99.95)))'
        assert_eq!(row.cells, ["0.2", "12.8", "100.0"]);
    }

    #[test]
    fn nothing_found_or_nothing_there_is_no_division_by_zero() {
        for (hit, predicted, gold, cells) in
            [(0, 0, 0, ["0.0"; 3]), (0, 3, 0, ["0.0"; 3]), (1, 2, 1, ["50.0", "100.0", "66.7"])]
        {
            assert_eq!(Row::percent("", Tally { hit, predicted, gold }.percent()).cells, cells);
        }
    }

    #[test]
    fn leads() {
        for (text, rest) in [
            ("the Fed", "Fed"),
            ("The Rev. Mr. A", "Rev. Mr. A"),
            ("Mrs A", "A"),
            ("mr.  dr\u{a0}A", "A"),
            ("Sen.A", "Sen.A"),
            ("Theo", "Theo"),
            ("the ", ""),
            ("the", "the"),
            ("", ""),
        ] {
            let text: Vec<char> = text.chars().collect();
            assert_eq!(text[after_leads(&text)..].iter().collect::<String>(), rest, "{text:?}");
        }
    }
}
