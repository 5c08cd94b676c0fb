//! Who wrote an article and when: the lines that say so.

use super::line::{Line, Shape};
use crate::lang::{is_in, row};

/// Whether a line holds a date, and nothing but words that go with one; after `Published` and a date, a name may stand.
pub(super) fn is_date(line: &Line) -> bool {
    let sort = |index: usize| row(line.language.dates, line.word(index).trim_end_matches(':')).map(|row| row[1]);
    let mut dated = false;
    let mut number = false;
    let mut names = 0;
    for index in 0..line.len() {
        let word = line.word(index);
        match sort(index) {
            Some(sort) => dated |= sort != "companion",
            None if line.shape(index) == Shape::Number => {
                number = true;
                // 2024-05-01, 01/05/2024
                dated |= word.matches(['-', '/', '.']).count() == 2;
            }
            None if number && sort(0) == Some("says") => names += 1,
            None => return false,
        }
    }
    dated && names < 4 && (number || line.len() > 1 && line.len() < 4)
}

/// Whether a line is `By Anna Berg in Paris | The Paper | Updated: 3 May 2024` or one of its like.
pub(super) fn is_byline(line: &Line) -> bool {
    let start = line.find_start(5, |phrase| row(line.language.bylines, phrase).filter(|row| row[1] == "starts"));
    let Some((named, _)) = start else { return false };
    let has_name = (named..line.len()).any(|index| line.shape(index) == Shape::Capital);
    let is_by = is_in(line.language.agent_leads, line.word(named - 1)) || line.word(named - 1).ends_with(':');
    let is_weekday = row(line.language.dates, line.word(named)).is_some() && line.shape(named) == Shape::Capital;
    if is_in(line.language.origin_leads, line.word(named - 1)) && named == 1 {
        // From Anna Berg, Paris
        return (3..9).contains(&line.len())
            && !matches!(line.mark(line.len() - 1), ':' | '.' | '?')
            && (1..line.len()).all(|index| line.shape(index) == Shape::Capital);
    }
    if is_by && (!has_name || is_weekday || line.shape(named) == Shape::Number) {
        return false;
    }
    (named..line.len()).all(|index| goes_with_name(line, index))
}

/// Whether a word may stand in a byline: a name, or one of its words.
fn goes_with_name(line: &Line, index: usize) -> bool {
    let word = line.word(index);
    let is_in = |table| row(table, word.trim_end_matches(':')).is_some();
    line.shape(index) != Shape::Small
        || word.contains('@')
        || is_in(line.language.bylines)
        || is_in(line.language.dates)
}

/// Whether a line is `Anna Berg, staff writer`, or the second part alone.
pub(super) fn is_name_with_role(line: &Line) -> bool {
    let is = |index: usize, sort: &str| row(line.language.bylines, line.word(index)).is_some_and(|row| row[1] == sort);
    let len = line.len();
    if len > 14 || !(0..len).any(|index| is(index, "role")) || matches!(line.mark(len - 1), '.' | '?' | '!') {
        return false;
    }
    if len > 1 && len < 6 && (0..len).all(|index| is(index, "role") || is(index, "companion")) {
        return true;
    }
    let is_small = line.shape(len - 1) == Shape::Small;
    if (3..9).contains(&len) && is_small && is(len - 1, "role") && (0..len - 1).all(|index| goes_with_name(line, index))
    {
        return line.shape(0) == Shape::Capital && line.shape(1) == Shape::Capital && !is(0, "companion");
    }
    let name = (0..len).take_while(|&index| index == 0 || line.mark(index - 1) == ' ').count();
    (2..=4).contains(&name)
        && name < len
        && matches!(line.mark(name - 1), ',' | '|' | '-' | '–' | '—' | '•' | '/')
        && (0..name).all(|index| line.shape(index) == Shape::Capital && !is(index, "role"))
        && (name..len).all(|index| goes_with_name(line, index))
}

/// Whether a line is `Anna Berg contributed to this report`.
pub(super) fn names_contributor(line: &Line) -> bool {
    let names = |index: usize| {
        [1, 2].into_iter().any(|len| is_in(line.language.contributions, line.phrase(index, index + len)))
    };
    (1..line.len()).any(|index| is_in(line.language.contributing, line.word(index)) && names(index + 1))
}

/// Whether a line is `Anna Berg is a political correspondent …` or `Anna Berg covers …`.
pub(super) fn is_author(line: &Line) -> bool {
    let name =
        (0..line.len()).take_while(|&index| line.shape(index) == Shape::Capital && line.mark(index) == ' ').count();
    if !(2..=4).contains(&name) {
        return false;
    }
    let is_role = |index: usize| row(line.language.bylines, line.word(index)).is_some_and(|row| row[1] == "role");
    let is_described = is_in(line.language.describing, line.word(name));
    is_described
        && is_in(line.language.author_leads, line.word(name + 1))
        && (name + 2..line.len().min(name + 10)).any(is_role)
        || is_in(line.language.covering, line.word(name)) && line.len() < 40
}
