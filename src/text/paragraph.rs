//! Line breaks -> paragraphs.
//!
//! A line break ends a paragraph, be there one or two, except in a text whose lines were broken to fit a width: there
//! the lines of a paragraph are joined again. Such a break is known by the next line's first word, which would not have
//! fitted on the line.

use super::parts::Token;
use crate::order::sort;
use crate::span::Run;

/// Widths, in UTF-16 code units, that texts are broken to fit.
const WIDTHS: std::ops::RangeInclusive<u32> = 45..=110;

/// What divides a line from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// One line break.
    Line,
    /// An empty line, or more.
    Blank,
}

/// A line that holds something.
#[derive(Debug, Clone, Copy)]
struct Line {
    tokens: Run,
    before: Gap,
    /// How many characters of white space it starts with.
    indent: u32,
}

/// The paragraphs of a text, as runs of its tokens.
pub(super) fn paragraphs(text: &str, tokens: &[Token]) -> Vec<Run> {
    let lines = lines(text, tokens);
    let width = width(text, tokens, &lines);
    let mut paragraphs: Vec<Run> = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let joins = index > 0 && width.is_some_and(|width| is_wrapped(tokens, &lines[index - 1], line, width));
        match paragraphs.last_mut() {
            Some(last) if joins => last.end = line.tokens.end,
            _ => paragraphs.push(line.tokens),
        }
    }
    paragraphs
}

/// The lines of a text that are not empty.
fn lines(text: &str, tokens: &[Token]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut end = 0;
    for (index, token) in tokens.iter().enumerate() {
        let space = &text[end..token.bytes.0];
        end = token.bytes.1;
        match (gap(space), lines.last_mut()) {
            (None, Some(line)) => line.tokens.end = index + 1,
            (gap, _) => {
                let indent = space.chars().rev().take_while(|&character| !is_break(character)).count() as u32;
                lines.push(Line { tokens: Run::new(index, index + 1), before: gap.unwrap_or(Gap::Blank), indent });
            }
        }
    }
    lines
}

/// Whether a character ends a line.
const fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What the white space between two tokens divides; nothing where it holds no line break.
fn gap(space: &str) -> Option<Gap> {
    if matches!(space, "" | " ") {
        return None;
    }
    let mut breaks = 0;
    let mut last = ' ';
    for character in space.chars() {
        match character {
            '\n' if last == '\r' => {}
            '\u{2029}' => breaks += 2,
            _ => breaks += u32::from(is_break(character)),
        }
        last = character;
    }
    match breaks {
        0 => None,
        1 => Some(Gap::Line),
        _ => Some(Gap::Blank),
    }
}

/// The width that the text's lines were broken to fit, if they were.
fn width(text: &str, tokens: &[Token], lines: &[Line]) -> Option<u32> {
    let pairs = || lines.windows(2).filter(|pair| pair[1].before == Gap::Line);
    let mut lengths: Vec<u32> = pairs().map(|pair| length(tokens, &pair[0])).collect();
    // One line in twenty may be longer: an address that could not be broken.
    let place = lengths.len().checked_sub(1)? - lengths.len() / 20;
    sort(&mut lengths);
    let width = lengths[place];
    if !WIDTHS.contains(&width) {
        return None;
    }
    let wrapped: Vec<&[Line]> = pairs().filter(|pair| is_wrapped(tokens, &pair[0], &pair[1], width)).collect();
    let starts_low = |line: &Line| !text[tokens[line.tokens.start].bytes.0..].starts_with(char::is_uppercase);
    let low = wrapped.iter().filter(|pair| starts_low(&pair[1])).count();
    (wrapped.len() >= 2 && wrapped.len() * 5 >= lengths.len() * 3 && low * 2 >= wrapped.len()).then_some(width)
}

/// Whether a line was ended because the next line's first word did not fit. One that is set in starts a paragraph.
fn is_wrapped(tokens: &[Token], line: &Line, next: &Line, width: u32) -> bool {
    next.before == Gap::Line
        && next.indent <= line.indent
        && length(tokens, line) + 1 + next.indent + first_word(tokens, next.tokens) > width
}

/// A line's length in UTF-16 code units.
fn length(tokens: &[Token], line: &Line) -> u32 {
    line.indent + tokens[line.tokens.end - 1].span.end - tokens[line.tokens.start].span.start
}

/// The length of a line up to its first white space, in UTF-16 code units.
fn first_word(tokens: &[Token], line: Run) -> u32 {
    let tokens = &tokens[line.range()];
    let glued = tokens.windows(2).take_while(|pair| pair[0].span.end == pair[1].span.start).count();
    tokens[glued].span.end - tokens[0].span.start
}

#[cfg(test)]
mod tests {
    use super::super::Article;
    use crate::lang::ENGLISH;

    fn paragraphs(text: &str) -> Vec<String> {
        let article = Article::new(text, &ENGLISH);
        article.paragraphs.iter().map(|paragraph| article.slice(paragraph.tokens).to_owned()).collect()
    }

    #[test]
    fn line_breaks_of_every_sort() {
        let table: [(&str, &[&str]); 9] = [
            ("", &[]),
            ("\n \r\n\t", &[]),
            ("all in one line", &["all in one line"]),
            ("one\ntwo\n\nthree", &["one", "two", "three"]),
            ("one\r\ntwo\r\n\r\nthree\r\n", &["one", "two", "three"]),
            ("one\rtwo\r\rthree", &["one", "two", "three"]),
            ("one\u{2028}two\u{2029}three\u{b}four\u{c}five\u{85}six", &["one", "two", "three", "four", "five", "six"]),
            ("one\ttwo \t\n three", &["one\ttwo", "three"]),
            ("one \u{a0} two\u{3000}three", &["one \u{a0} two\u{3000}three"]),
        ];
        for (text, expected) in table {
            assert_eq!(paragraphs(text), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_broken_to_fit_a_width_are_joined() {
        let text = "The harbor board voted on Monday to close the old pier, which has\n\
                    stood since 1902 and, engineers say, will not last long.\n\
                    It was a short meeting.\n\
                    The pier's one shop, which sells bait, ice and newspapers, will be\n\
                    moved to the car park before the winter, where it will share a hut\n\
                    with the bicycle rental and, for a month, with the lost property.\n\n\
                    Nobody spoke against it.";
        let found = paragraphs(text);
        assert_eq!(found.len(), 4, "{found:#?}");
        assert!(found[0].ends_with("last long."));
        assert_eq!(found[1], "It was a short meeting.");
        assert!(found[2].ends_with("the lost property."));
    }

    #[test]
    fn short_lines_are_paragraphs() {
        let menu = "Home\nWorld\nThe long read\nWhat we know about the pier and the people who fish there\nSport";
        assert_eq!(paragraphs(menu).len(), 5);
        let lines = "The board voted on Monday to close the old pier in the spring.\n\
                     Engineers say the pier will not stand another winter like this.\n\
                     Anglers plan to meet on Friday to talk about what comes next.";
        assert_eq!(paragraphs(lines).len(), 3);
    }
}
