//! Pieces between word bounds -> words and numbers as one reads them.

use super::parts::TokenKind;
use crate::lang::{Language, is_in, row};

/// A part of a chunk: byte offsets in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is.
    pub kind: TokenKind,
}

/// How an abbreviation stands in a sentence: the second column of `abbreviations.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before a name: no sentence ends with it.
    Title,
    /// May end a sentence.
    Word,
    /// Is one only where a number follows (`No. 5`).
    Number,
    /// Is one only after a comma (`Casper, Wyo.`), being a word otherwise.
    Place,
}

/// What `word`, given without its last stop, abbreviates.
pub(super) fn abbreviation(word: &str, language: &Language) -> Option<Abbreviation> {
    let class = row(language.abbreviations, word).or_else(|| {
        // INC. in a line of capitals.
        let mut bytes = [0; 8];
        let bytes = bytes.get_mut(..word.len())?;
        bytes.copy_from_slice(word.as_bytes());
        if bytes.len() < 2 || !bytes.iter().all(u8::is_ascii_uppercase) {
            return None;
        }
        bytes[1..].make_ascii_lowercase();
        row(language.abbreviations, std::str::from_utf8(bytes).ok()?)
    })?[1];
    Some(match class {
        "title" => Abbreviation::Title,
        "number" => Abbreviation::Number,
        "place" => Abbreviation::Place,
        _ => Abbreviation::Word,
    })
}

/// Whether single letters with stops between them make up the word, given without its last stop: `U.S`, `p.m`, `S.&P`.
pub(super) fn is_acronym(word: &str) -> bool {
    word.contains('.') && word.split(['.', '&']).all(|part| part.is_empty() || is_letter(part))
}

/// Whether the word is one letter.
fn is_letter(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none()
}

/// Whether the word is one capital letter, as in `J. Smith`.
pub(super) fn is_initial(word: &str) -> bool {
    is_letter(word) && starts_upper(word)
}

/// Whether the first character is a capital letter.
pub(super) fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a character is one of those that print an apostrophe.
const fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | 'ʼ' | '＇')
}

/// Appends the piece `start..end` between two word bounds, cut at colons, at stops that lack the space after them, and
/// before clitics.
pub(super) fn cut(text: &str, start: usize, end: usize, pieces: &mut Vec<Piece>, language: &Language) {
    let piece = &text[start..end];
    let kind = kind(piece);
    if kind != TokenKind::Word || piece.len() < 3 {
        pieces.push(Piece { start, end, kind });
        return;
    }
    let mut from = start;
    for (at, character) in piece.char_indices().filter(|(_, character)| matches!(character, ':' | '：' | '.')) {
        let (at, after) = (start + at, start + at + character.len_utf8());
        if at > from && after < end && (character != '.' || lacks_space(&text[from..at], &text[after..end])) {
            clitics(text, from, at, pieces, language);
            pieces.push(Piece { start: at, end: after, kind: TokenKind::Punctuation });
            from = after;
        }
    }
    clitics(text, from, end, pieces, language);
}

/// Whether a stop between the two ends a sentence whose space was lost: `ended.The next`.
fn lacks_space(before: &str, after: &str) -> bool {
    let mut next = after.chars();
    let (first, second) = (next.next(), next.next());
    before.chars().nth(1).is_some()
        && before.chars().next_back().is_some_and(char::is_lowercase)
        && first.is_some_and(char::is_uppercase)
        && second.map_or(matches!(first, Some('A' | 'I')), char::is_lowercase)
}

/// Appends a word with its clitics as pieces of their own: `do` `n’t`, `I` `’d` `’ve`.
fn clitics(text: &str, start: usize, end: usize, pieces: &mut Vec<Piece>, language: &Language) {
    let word = &text[start..end];
    let mut cuts = [0; 4];
    let mut count = 0;
    let mut rest = word;
    while count < cuts.len() {
        let Some((at, mark)) = rest.char_indices().rev().find(|(_, character)| is_apostrophe(*character)) else {
            break;
        };
        let tail = &rest[at + mark.len_utf8()..];
        let is = |clitic: &str| tail.eq_ignore_ascii_case(clitic);
        let cut = if is("t") && rest[..at].ends_with(['n', 'N']) {
            at - 1
        } else if language.clitics.iter().copied().any(is) {
            at
        } else {
            break;
        };
        if cut == 0 {
            break;
        }
        cuts[count] = start + cut;
        count += 1;
        rest = &word[..cut];
    }
    let mut from = start;
    for &cut in cuts[..count].iter().rev() {
        pieces.push(Piece { start: from, end: cut, kind: TokenKind::Word });
        from = cut;
    }
    pieces.push(Piece { start: from, end, kind: kind(&text[from..end]) });
}

/// What a piece is by its first character.
fn kind(piece: &str) -> TokenKind {
    let Some(first) = piece.chars().next() else { return TokenKind::Symbol };
    match first {
        'a'..='z' | 'A'..='Z' => TokenKind::Word,
        '0'..='9' => TokenKind::Number,
        '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' => TokenKind::Symbol,
        '_' if piece.chars().any(char::is_alphanumeric) => TokenKind::Word,
        _ if is_apostrophe(first) && piece.len() > first.len_utf8() => TokenKind::Word,
        '!'..='~' => TokenKind::Punctuation,
        _ if first.is_alphabetic() => TokenKind::Word,
        _ if first.is_numeric() => TokenKind::Number,
        _ if is_punctuation(first) => TokenKind::Punctuation,
        _ => TokenKind::Symbol,
    }
}

/// Punctuation of the scripts that news is most written in, beyond ASCII.
const fn is_punctuation(character: char) -> bool {
    matches!(character, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}'
        | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205E}' | '،' | '؛' | '؟' | '।' | '॥' | '۔' | '។' | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '・' | '！'..='＃' | '％'..='＊' | '，'..='／' | '：' | '；'
        | '？' | '＠' | '［'..='］' | '｛' | '｝' | '｟'..='･')
}

/// Joins `pieces[first..]` to tokens, in place. `before` is the token before them on the line; it touches them where they
/// are not the first of their chunk.
pub(super) fn join(text: &str, before: &str, pieces: &mut Vec<Piece>, first: usize, language: &Language) {
    let touching = if first > 0 { before } else { "" };
    let mut kept = first;
    let mut index = first;
    while index < pieces.len() {
        let last = if kept > first { &text[pieces[kept - 1].start..pieces[kept - 1].end] } else { touching };
        // What a straight mark at the chunk's start touches stands inside it.
        let last = if kept == first + 1 && matches!(last, "\"" | "''") { "" } else { last };
        let (piece, next) = match pieces[index].kind {
            TokenKind::Word | TokenKind::Number => {
                word(text, pieces, index, if kept > first { last } else { before }, language)
            }
            // .45
            TokenKind::Punctuation if is_point(text, &pieces[index..], last) => {
                let (number, next) = word(text, pieces, index + 1, "", language);
                (Piece { start: pieces[index].start, ..number }, next)
            }
            TokenKind::Punctuation | TokenKind::Symbol => mark(text, pieces, index, last, language),
            _ => (pieces[index], index + 1),
        };
        pieces[kept] = piece;
        kept += 1;
        index = next;
    }
    pieces.truncate(kept);
}

/// Whether the first piece is the point of a decimal fraction without a whole number.
fn is_point(text: &str, pieces: &[Piece], before: &str) -> bool {
    let [point, number, ..] = pieces else { return false };
    number.kind == TokenKind::Number && &text[point.start..point.end] == "." && !ends_word(before)
}

/// A word or number that starts at `pieces[index]`, with all that belongs to it, and the index after it; `before` is the
/// token in front of it.
fn word(text: &str, pieces: &[Piece], index: usize, before: &str, language: &Language) -> (Piece, usize) {
    let mut piece = pieces[index];
    let mut next = index + 1;
    let mut last = piece.start;
    let at = |index: usize| pieces.get(index).map_or("", |piece| &text[piece.start..piece.end]);
    let is_word = |index: usize| {
        pieces.get(index).is_some_and(|piece| piece.kind.is_word()) && !at(index).starts_with(['\'', '’'])
    };
    let is_number = |index: usize| pieces.get(index).is_some_and(|piece| piece.kind == TokenKind::Number);
    loop {
        let width = match at(next) {
            "." if at(next + 1) != "." || at(next + 2) != "." => {
                let before = if last > piece.start { "-" } else { before };
                if !keeps_stop(&text[last..piece.end], &text[pieces[next].end..], before, language) {
                    break;
                }
                1
            }
            "-" | "‐" | "‑" | "&" if is_word(next + 1) => 2,
            "-" if next + 1 == pieces.len() && is_shared(&text[pieces[next].end..], language) => 1,
            "/" | ":" if piece.kind == TokenKind::Number && is_number(next + 1) => 2,
            "+" if next + 1 >= pieces.len()
                && at(index).len() > 1
                && at(index).bytes().all(|byte| byte.is_ascii_uppercase()) =>
            {
                1
            }
            _ => break,
        };
        let end = next + width;
        if width == 2 {
            if at(next) != "&" {
                last = pieces[end - 1].start;
            }
            if pieces[end - 1].kind == TokenKind::Word {
                piece.kind = TokenKind::Word;
            }
        }
        piece.end = pieces[end - 1].end;
        next = end;
    }
    (piece, next)
}

/// Whether the stop after `stem` belongs to it, given the token before it and the text after the stop.
fn keeps_stop(stem: &str, rest: &str, before: &str, language: &Language) -> bool {
    if stem.ends_with('.') {
        return false;
    }
    let follows = || rest.chars().find(|character| !character.is_whitespace());
    if stem == "I" {
        return (before.is_empty() || starts_upper(before)) && follows().is_some_and(char::is_uppercase);
    }
    is_initial(stem)
        || is_acronym(stem)
        || match abbreviation(stem, language) {
            Some(Abbreviation::Title | Abbreviation::Word) => true,
            Some(Abbreviation::Number) => follows().is_some_and(char::is_numeric),
            Some(Abbreviation::Place) => matches!(before, "," | "-"),
            None => false,
        }
}

/// Whether a hyphen before `rest` stands for a part that comes later: `two- and three-year terms`.
fn is_shared(rest: &str, language: &Language) -> bool {
    rest.strip_prefix(' ')
        .and_then(|rest| rest.split_once(' '))
        .is_some_and(|(word, _)| is_in(language.shared_joints, word))
}

/// A token that starts with the mark `pieces[index]`, and the index after it; `before` is the token that touches it.
fn mark(text: &str, pieces: &[Piece], index: usize, before: &str, language: &Language) -> (Piece, usize) {
    let piece = pieces[index];
    let at = |index: usize| pieces.get(index).map_or("", |piece| &text[piece.start..piece.end]);
    let through = |next: usize, kind| (Piece { start: piece.start, end: pieces[next - 1].end, kind }, next);
    let mark = at(index);
    match mark {
        "." | "-" | "–" | "—" | "*" | "=" | "~" | "!" | "?" => {
            let run = (index..pieces.len()).take_while(|&next| at(next) == mark).count();
            through(index + run, piece.kind)
        }
        "'" | "’" | "‘" | "`" => {
            let run = (index..pieces.len()).take_while(|&next| at(next) == mark).take(4).count();
            let after_word = ends_word(before);
            // Of three, the single one is the inner one: ''' opens as '' ' and closes as ' ''.
            let closes = run == 3 && after_word;
            if run > 1 && !closes {
                return through(index + 2, TokenKind::Punctuation);
            }
            match apostrophe(at(index + 1), at(index + 2), mark, after_word, language) {
                Some((width, kind)) => through((index + width).min(pieces.len()), kind),
                None => (piece, index + 1),
            }
        }
        _ => (piece, index + 1),
    }
}

/// Whether an apostrophe after this token stands after a word, and not before one.
fn ends_word(token: &str) -> bool {
    token.ends_with(|last: char| last.is_alphanumeric() || ".,!?…)]%”\"".contains(last))
}

/// How many pieces an apostrophe joins with itself, and to what: `’90s`, `’em`, `’n’`, the `’s` of `U.S.’s`.
fn apostrophe(
    next: &str,
    after: &str,
    mark: &str,
    after_word: bool,
    language: &Language,
) -> Option<(usize, TokenKind)> {
    let digits = next.trim_end_matches('s');
    let is_year = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if after_word {
        return (next == "s" || next == "S").then_some((2, TokenKind::Word));
    }
    if is_year && (next.ends_with('s') || mark != "'") {
        return Some((2, TokenKind::Number));
    }
    if next.eq_ignore_ascii_case("n") && matches!(after, "'" | "’") {
        return Some((3, TokenKind::Word));
    }
    // ’s-Hertogenbosch
    if next == "s" && after == "-" {
        return Some((4, TokenKind::Word));
    }
    let mut lower = [0; 8];
    let lower = lower.get_mut(..next.len())?;
    lower.copy_from_slice(next.as_bytes());
    lower.make_ascii_lowercase();
    is_in(language.elisions, std::str::from_utf8(lower).ok()?).then_some((2, TokenKind::Word))
}
