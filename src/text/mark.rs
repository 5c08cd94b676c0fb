//! Which tokens can be quotation marks, and on which side.

use super::parts::Token;
use crate::lang::{Language, without_end};
use crate::span::Run;

/// On which side of a quotation a mark can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It can only open.
    Open,
    /// It can only close.
    Close,
    /// It closes where a quotation is open, and opens otherwise.
    Either,
}

/// Whether a mark is double or single; marks are paired with marks of their sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// `“ ” " '' « »`
    Double,
    /// `‘ ’ '`
    Single,
}

/// A token that may be a quotation mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Index of the token.
    pub token: usize,
    /// Whether it is double or single.
    pub sort: Sort,
    /// Whether its glyph alone makes it an opening mark (`“`, `‘`).
    pub curly: bool,
    /// Where it can stand.
    pub side: Side,
    /// Whether it can be told from its surroundings, so that it counts even where nothing closes it.
    pub sure: bool,
    /// Whether it stands where an apostrophe or a mark of inches would, too: `workers' rights`, `12" pipe`.
    pub loose: bool,
}

/// What a glyph is by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Glyph {
    Open,
    Close,
    Straight,
}

/// The sort of a token's glyph, if it is one of a quotation mark: double or single, and what it does by itself.
fn glyph(token: &str) -> Option<(Sort, Glyph)> {
    Some(match token {
        "“" | "„" | "‟" | "«" | "``" | "‘‘" | "〝" | "「" | "『" => (Sort::Double, Glyph::Open),
        "”" | "»" | "’’" | "〞" | "」" | "』" => (Sort::Double, Glyph::Close),
        "\"" | "''" | "＂" => (Sort::Double, Glyph::Straight),
        "‘" | "‚" | "‛" | "‹" | "`" => (Sort::Single, Glyph::Open),
        "’" | "›" => (Sort::Single, Glyph::Close),
        "'" => (Sort::Single, Glyph::Straight),
        _ => return None,
    })
}

/// Whether a paragraph starts with a single opening mark.
pub(super) fn opens_single(text: &str, tokens: &[Token], paragraph: Run) -> bool {
    let Some([first, second]) = tokens.get(paragraph.start..paragraph.start + 2) else { return false };
    matches!(&text[first.bytes.0..first.bytes.1], "'" | "‘") && first.bytes.1 == second.bytes.0
}

/// Lists the possible marks of a paragraph.
pub(super) fn marks(text: &str, tokens: &[Token], paragraph: Run, marks: &mut Vec<Mark>, language: &Language) {
    marks.clear();
    let word = |index: usize| &text[tokens[index].bytes.0..tokens[index].bytes.1];
    let glued = |index: usize| tokens[index - 1].bytes.1 == tokens[index].bytes.0;
    let mut index = paragraph.start;
    while index < paragraph.end {
        if tokens[index].bytes.1 - tokens[index].bytes.0 > 6 || glyph(word(index)).is_none() {
            index += 1;
            continue;
        }
        // Marks that touch one another stand on the same side: '"Yes," he said'.
        let mut end = index + 1;
        while end < paragraph.end && glued(end) && glyph(word(end)).is_some() {
            end += 1;
        }
        let before = if index > paragraph.start && glued(index) { word(index - 1) } else { "" };
        let after = if end < paragraph.end && glued(end) { word(end) } else { "" };
        let next = if end < paragraph.end { word(end) } else { "" };
        for token in index..end {
            marks.extend(
                glyph(word(token)).map(|(sort, glyph)| mark(token, sort, glyph, before, after, next, language)),
            );
        }
        // What starts a paragraph closes nothing, and what ends it opens nothing.
        let run = marks.len() - (end - index);
        if index == paragraph.start && marks[run].sort == Sort::Double {
            marks[run].side = Side::Open;
        }
        if let Some(last) = marks.last_mut().filter(|mark| end == paragraph.end && mark.side == Side::Either) {
            last.side = Side::Close;
        }
        index = end;
    }
}

/// A mark between two words; these are empty where white space or the paragraph's bound stands there. `next` is the
/// next word, be there white space or not.
fn mark(token: usize, sort: Sort, glyph: Glyph, before: &str, after: &str, next: &str, language: &Language) -> Mark {
    let free_before = before.is_empty() || before.ends_with(['(', '[', '{', '—', '–', '-', '/', '>', '¿', '¡']);
    let goes_on = free_before && (after.starts_with('…') || after.starts_with(".."));
    let free_after = !goes_on
        && (after.is_empty()
            || after.starts_with([
                '.', ',', ';', ':', '!', '?', ')', ']', '}', '—', '–', '-', '/', '…', '\'', '’', '<', '%',
            ]));
    let context = match (free_before, free_after) {
        (true, false) => Side::Open,
        (false, true) => Side::Close,
        _ => Side::Either,
    };
    let side = match (glyph, context) {
        (Glyph::Straight, side) | (Glyph::Open, side @ (Side::Open | Side::Close)) => side,
        (Glyph::Open, Side::Either) if free_after => Side::Either,
        (Glyph::Open, Side::Either) => Side::Open,
        (Glyph::Close, Side::Open) if sort == Sort::Double => Side::Either,
        (Glyph::Close, _) => Side::Close,
    };
    let lower = next.starts_with(char::is_lowercase);
    let digit = before.ends_with(|last: char| last.is_ascii_digit());
    let is_clipped = without_end(before, language.clipped_endings).is_some();
    let loose = if sort == Sort::Double {
        digit && (before.contains(['\'', '’']) || after.is_empty() && lower)
    } else {
        after.is_empty() && lower && (before.ends_with(['s', 'S', 'z', 'x']) || is_clipped || digit)
    };
    Mark { token, sort, curly: glyph == Glyph::Open, side, sure: context == Side::Open || glyph == Glyph::Open, loose }
}
