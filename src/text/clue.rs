//! What a line is by its own words.

use super::line::{Line, Shape};
use crate::lang::{en, is_in, row};

/// What a line's words say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clue {
    /// Nothing: text, or a heading.
    None,
    /// A button, a menu, a breadcrumb, an advertisement.
    Menu,
    /// The heading of a list of links, or one of its links.
    Related,
    /// What stands after an article, and nothing of it after that.
    Closing,
    /// The caption or credit of a picture.
    Caption,
    /// Who wrote it.
    Byline,
    /// When it was published.
    Date,
    /// Who else worked on it.
    Credits,
    /// What its author does: part of the text, unless it stands below it.
    Author,
}

/// The most words of a line that is furniture.
const LONGEST: usize = 60;

/// Reads lines for their clue; holds the memory for it.
#[derive(Debug, Default)]
pub(super) struct Reader {
    line: Line,
}

impl Reader {
    /// The clue of a paragraph's text, which has about `words` words.
    pub(super) fn clue(&mut self, text: &str, words: usize) -> Clue {
        if text.starts_with(['“', '"', '‘', '\'']) && words > 3 {
            return Clue::None;
        }
        self.line.read(text, if words > LONGEST { 8 } else { LONGEST });
        let is_short = words <= LONGEST;
        let line = &self.line;
        if line.len() == 0 {
            return if text.contains(char::is_alphanumeric) { Clue::None } else { Clue::Menu };
        }
        // "Pause." is a sentence; "Pause" and "PAUSE." are buttons.
        let is_sentence = line.len() == 1 && text.ends_with('.') && text.contains(char::is_lowercase);
        if let Some(clue) = whole(line).filter(|_| is_short && !is_sentence) {
            return clue;
        }
        if words <= 30 && !is_sentence && is_crumbs(text, line) {
            return Clue::Menu;
        }
        if words <= 20 && is_date(line) {
            return Clue::Date;
        }
        if is_short && (is_byline(line) || is_name_with_role(line)) {
            return Clue::Byline;
        }
        if let Some((_, clue)) = line.find_start(8, |phrase| clue_of(en::FURNITURE_STARTS, phrase)) {
            return clue;
        }
        if !is_short {
            return Clue::None;
        }
        if is_follow(line) {
            return Clue::Menu;
        }
        if is_author(line) {
            return Clue::Author;
        }
        if words <= 30 && names_contributor(line) {
            return Clue::Credits;
        }
        if is_captioned(text) {
            return Clue::Caption;
        }
        self.line.read_end(text, 6);
        self.line.find_end(5, |phrase| clue_of(en::FURNITURE_ENDS, phrase)).unwrap_or(Clue::None)
    }
}

/// The clue that a table has for a phrase.
fn clue_of(table: &'static [[&'static str; 2]], phrase: &str) -> Option<Clue> {
    Some(match row(table, phrase)?[1] {
        "related" => Clue::Related,
        "closing" => Clue::Closing,
        "caption" => Clue::Caption,
        "credits" => Clue::Credits,
        _ => Clue::Menu,
    })
}

/// The clue of a line that a table holds as a whole, but for numbers at its ends and a colon.
fn whole(line: &Line) -> Option<Clue> {
    let is_word = |index: usize| line.shape(index) != Shape::Number;
    let from = (0..line.len()).find(|&index| is_word(index))?;
    let to = (0..line.len()).rev().find(|&index| is_word(index))? + 1;
    let find = |from, to| clue_of(en::FURNITURE_LINES, line.phrase(from, to).trim_end_matches(':'));
    if to > 8 { None } else { find(from, to).or_else(|| find(0, line.len())) }
}

/// Whether the line is a menu, or says where on the site the page is: `Home > World > Asia`.
fn is_crumbs(text: &str, line: &Line) -> bool {
    let words = 0..line.len();
    if words.clone().all(|index| is_in(en::MENU_WORDS, line.word(index))) {
        return true;
    }
    if words.clone().all(|index| line.word(index).starts_with(['#', '@'])) {
        return line.word(0).starts_with('#');
    }
    let is_bar = |character: char| matches!(character, '>' | '›' | '»' | '|' | '•' | '·' | '→' | '/' | '▸' | '❯');
    let parts = || text.split(is_bar).map(str::trim).filter(|part| !part.is_empty());
    let bars = text.matches(is_bar).count();
    // The last part may be the headline.
    let long = parts().filter(|part| part.split_whitespace().count() > 4).count();
    let last = parts().next_back().is_some_and(|part| part.split_whitespace().count() > 4);
    let is_short = long == 0 || long == 1 && last && bars > 1;
    let is_menu = |part: &str| is_in(en::MENU_WORDS, &part.to_lowercase());
    let known = parts().filter(|part| is_menu(part)).count();
    let arrows = text.matches(['>', '›', '»', '→', '▸', '❯']).count();
    is_short
        && parts().count() > 1
        && (known > 0 && known * 3 >= bars || arrows > 1 || bars > 3)
        && !text.contains("://")
}

/// Whether a line holds a date, and nothing but words that go with one; after `Published` and a date, a name may stand.
fn is_date(line: &Line) -> bool {
    let sort = |index: usize| row(en::DATES, line.word(index).trim_end_matches(':')).map(|row| row[1]);
    let mut dated = false;
    let mut number = false;
    let mut names = 0;
    for index in 0..line.len() {
        let word = line.word(index);
        match sort(index) {
            Some(sort) => dated |= sort != "with",
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
fn is_byline(line: &Line) -> bool {
    let start = line.find_start(5, |phrase| row(en::BYLINES, phrase).filter(|row| row[1] == "starts"));
    let Some((named, _)) = start else { return false };
    let has_name = (named..line.len()).any(|index| line.shape(index) == Shape::Capital);
    let is_by = line.word(named - 1) == "by" || line.word(named - 1).ends_with(':');
    let is_weekday = row(en::DATES, line.word(named)).is_some() && line.shape(named) == Shape::Capital;
    if line.word(named - 1) == "from" && named == 1 {
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
    line.shape(index) != Shape::Small || word.contains('@') || is_in(en::BYLINES) || is_in(en::DATES)
}

/// Whether a line is `Anna Berg, staff writer`, or the second part alone.
fn is_name_with_role(line: &Line) -> bool {
    let is = |index: usize, sort: &str| row(en::BYLINES, line.word(index)).is_some_and(|row| row[1] == sort);
    let len = line.len();
    if len > 14 || !(0..len).any(|index| is(index, "role")) || matches!(line.mark(len - 1), '.' | '?' | '!') {
        return false;
    }
    if len > 1 && len < 6 && (0..len).all(|index| is(index, "role") || is(index, "with")) {
        return true;
    }
    let is_small = line.shape(len - 1) == Shape::Small;
    if (3..9).contains(&len) && is_small && is(len - 1, "role") && (0..len - 1).all(|index| goes_with_name(line, index))
    {
        return line.shape(0) == Shape::Capital && line.shape(1) == Shape::Capital && !is(0, "with");
    }
    let name = (0..len).take_while(|&index| index == 0 || line.mark(index - 1) == ' ').count();
    (2..=4).contains(&name)
        && name < len
        && matches!(line.mark(name - 1), ',' | '|' | '-' | '–' | '—' | '•' | '/')
        && (0..name).all(|index| line.shape(index) == Shape::Capital && !is(index, "role"))
        && (name..len).all(|index| goes_with_name(line, index))
}

/// Whether a line is `Follow Anna Berg on Twitter @annaberg`.
fn is_follow(line: &Line) -> bool {
    let says = |index: usize| {
        let word = line.word(index);
        word.starts_with('@')
            || matches!(
                word.trim_end_matches(':'),
                "twitter" | "facebook" | "instagram" | "x" | "linkedin" | "whatsapp" | "telegram"
            )
    };
    line.word(0) == "follow" && line.len() < 30 && (1..line.len()).any(says)
}

/// Whether a line is `Anna Berg contributed to this report`.
fn names_contributor(line: &Line) -> bool {
    let starts =
        |from: usize, phrases: &[&str]| phrases.iter().any(|phrase| line.phrase(from, line.len()).starts_with(phrase));
    (1..line.len())
        .any(|index| line.word(index) == "contributed" && starts(index + 1, &["reporting", "research", "to this"]))
}

/// Whether a line is `Anna Berg is a political correspondent …` or `Anna Berg covers …`.
fn is_author(line: &Line) -> bool {
    let name =
        (0..line.len()).take_while(|&index| line.shape(index) == Shape::Capital && line.mark(index) == ' ').count();
    if !(2..=4).contains(&name) {
        return false;
    }
    let is_role = |index: usize| row(en::BYLINES, line.word(index)).is_some_and(|row| row[1] == "role");
    match line.word(name) {
        "covers" => line.len() < 40,
        "is" => {
            matches!(line.word(name + 1), "a" | "an" | "the" | "our" | "based")
                && (name + 2..line.len().min(name + 10)).any(is_role)
        }
        _ => false,
    }
}

/// Whether a line holds a picture's credit: `REUTERS/Anna Berg`, `[Photo/Agencies]`, `| Anna Berg/AP`.
fn is_captioned(text: &str) -> bool {
    if en::CAPTIONS.iter().any(|mark| text.contains(mark)) {
        return true;
    }
    let is_agency = |name: &str| en::AGENCIES.iter().any(|agency| agency.eq_ignore_ascii_case(name.trim()));
    if text.rsplit_once('/').is_some_and(|(_, agency)| agency.len() < 20 && is_agency(agency)) {
        return true;
    }
    let Some((_, credit)) = text.strip_suffix([']', ')']).and_then(|inner| inner.rsplit_once(['[', '('])) else {
        return false;
    };
    let mut words = credit.split(|character: char| !character.is_alphabetic());
    let has_slash = credit.contains('/');
    let is_credit = |word: &str| {
        let is = |other: &str| word.eq_ignore_ascii_case(other);
        has_slash && is_agency(word)
            || ["photo", "image", "picture", "photograph", "credit", "file"].into_iter().any(is)
    };
    credit.len() < 80 && words.any(is_credit)
}
