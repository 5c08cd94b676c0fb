//! What a line is by its own words.

use super::byline::{is_author, is_byline, is_date, is_name_with_role, names_contributor};
use super::line::{Line, Shape};
use crate::lang::{Language, is_in, row};

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
#[derive(Debug)]
pub(super) struct Clues {
    line: Line,
}

impl Clues {
    /// Nothing is read yet.
    pub(super) const fn new(language: &'static Language) -> Self {
        Self { line: Line::new(language) }
    }

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
        let starts = |phrase: &str| clue_of(line.language.furniture_starts, phrase);
        let start = |phrase: &str| starts(phrase).or_else(|| starts(phrase.strip_suffix(':')?));
        if let Some((_, clue)) = line.find_start(8, start) {
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
        if is_captioned(text, line.language) {
            return Clue::Caption;
        }
        self.line.read_end(text, 6);
        let ends = self.line.language.furniture_ends;
        self.line.find_end(5, |phrase| clue_of(ends, phrase)).unwrap_or(Clue::None)
    }
}

/// The clue that a table has for a phrase.
fn clue_of(table: &[[&'static str; 2]], phrase: &str) -> Option<Clue> {
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
    let find = |from, to| clue_of(line.language.furniture_lines, line.phrase(from, to).trim_end_matches(':'));
    if to > 8 { None } else { find(from, to).or_else(|| find(0, line.len())) }
}

/// Whether the line is a menu, or says where on the site the page is: `Home > World > Asia`.
fn is_crumbs(text: &str, line: &Line) -> bool {
    let words = 0..line.len();
    if words.clone().all(|index| is_in(line.language.menu_words, line.word(index))) {
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
    let is_menu = |part: &str| is_in(line.language.menu_words, &part.to_lowercase());
    let known = parts().filter(|part| is_menu(part)).count();
    let arrows = text.matches(['>', '›', '»', '→', '▸', '❯']).count();
    is_short
        && parts().count() > 1
        && (known > 0 && known * 3 >= bars || arrows > 1 || bars > 3)
        && !text.contains("://")
}

/// Whether a line is `Follow Anna Berg on Twitter @annaberg`.
fn is_follow(line: &Line) -> bool {
    let says = |index: usize| {
        let word = line.word(index);
        word.starts_with('@') || is_in(line.language.social_sites, word.trim_end_matches(':'))
    };
    is_in(line.language.following, line.word(0)) && line.len() < 30 && (1..line.len()).any(says)
}

/// Whether a line holds a picture's credit: `REUTERS/Anna Berg`, `[Photo/Agencies]`, `| Anna Berg/AP`.
fn is_captioned(text: &str, language: &Language) -> bool {
    if language.captions.iter().any(|mark| text.contains(mark)) {
        return true;
    }
    let is_agency = |name: &str| language.agencies.iter().any(|agency| agency.eq_ignore_ascii_case(name.trim()));
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
        has_slash && is_agency(word) || language.credit_words.iter().any(|other| is(other))
    };
    credit.len() < 80 && words.any(is_credit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;

    #[test]
    fn clues_of_lines() {
        let table: [(Clue, &[&str]); 8] = [
            (
                Clue::Menu,
                &[
                    "Advertisement",
                    "SKIP TO MAIN CONTENT",
                    "Share on Facebook",
                    "Sign up for our newsletter",
                    "Home > World > Asia",
                    "News / Local News / A bridge that was never built",
                    "Politics | Business | Sport | Weather | More",
                    "#bridges #towns",
                    "5 min read",
                    "Follow Anna Berg on Twitter @annaberg",
                    "* * *",
                ],
            ),
            (
                Clue::Related,
                &["Related:", "Read more", "READ MORE: A bridge is closed", "More from the North", "Also read: Why"],
            ),
            (
                Clue::Closing,
                &[
                    "© 2024 The Paper",
                    "Copyright 2024. All rights reserved.",
                    "12 Comments",
                    "Contact us",
                    "Tags: bridges",
                    "This material may not be published.",
                ],
            ),
            (
                Clue::Caption,
                &[
                    "Photo: Anna Berg",
                    "The bridge on Monday. [Photo/Agencies]",
                    "The bridge (AP Photo/Anna Berg)",
                    "Anna Berg crosses the bridge. | Jo Lind/AP",
                    "The bridge at dusk. REUTERS/Anna Berg",
                    "FILE PHOTO: The bridge",
                ],
            ),
            (
                Clue::Byline,
                &[
                    "By Anna Berg",
                    "BY ANNA BERG AND JO LIND",
                    "By Anna Berg in Paris and Jo Lind in Rome | The Paper | Updated: 2024-05-01 10:00",
                    "Anna Berg, Staff Writer",
                    "Anna Berg Europe correspondent",
                    "Staff Writer",
                    "Reporting from Oslo",
                    "From Anna Berg, Abuja",
                    "Reuters",
                    "Source: Xinhua",
                ],
            ),
            (
                Clue::Date,
                &[
                    "May 3, 2024",
                    "Published: May 3, 2024 at 6:14 p.m. | Updated: May 4, 2024 at 9:02 a.m.",
                    "Posted on May 2, 2024 by annab",
                    "2024-05-01 10:00:00",
                    "3 hours ago",
                    "Tue 14 May 2024 06.00 BST",
                ],
            ),
            (
                Clue::Credits,
                &[
                    "(Reporting by Anna Berg; editing by Jo Lind)",
                    "Anna Berg contributed to this report.",
                    "Contributing: Jo Lind",
                ],
            ),
            (
                Clue::Author,
                &["Anna Berg is a political correspondent based in Paris.", "Anna Berg covers bridges for The Paper."],
            ),
        ];
        let mut clues = Clues::new(&ENGLISH);
        for (clue, lines) in table {
            for line in lines {
                assert_eq!(clues.clue(line, line.split_whitespace().count()), clue, "{line}");
            }
        }
    }

    #[test]
    fn what_an_article_says_gives_no_clue() {
        let mut clues = Clues::new(&ENGLISH);
        for line in [
            "Bridge town runs out of money for bridge",
            "By Tuesday the storm had passed.",
            "By all accounts, Berg was late.",
            "By 2030 it will be gone.",
            "Also on Thursday, Berg said he would go.",
            "Related work has begun on the second bridge.",
            "Copyright law has not kept up, she said.",
            "Contact with the crew was lost at noon.",
            "Comments by the mayor angered many.",
            "Follow the money, he said.",
            "More than 100 people came.",
            "“Subscribe to a newspaper,” she said. “Any newspaper.”",
            "Pause.",
            "In May 2024 the town had 3,000 people.",
            "Updated plan for May 5 angers town",
            "Anna Berg is a friend of the mayor.",
            "The editor resigned.",
            "What happens next?",
            "Yes.",
        ] {
            assert_eq!(clues.clue(line, line.split_whitespace().count()), Clue::None, "{line}");
        }
    }
}
