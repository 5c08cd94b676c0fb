//! `WASHINGTON (AP) —`, `BEIJING, May 3 (Xinhua) --`, `LONDON - `: where an article was written.

use super::parts::{Passage, TokenKind};
use crate::lang::{is_in, row};

/// The longest name of a place, in tokens.
const WORDS: usize = 4;

/// The longest dateline, in tokens.
const LONGEST: usize = 24;

/// The end of the dateline that starts a paragraph, as a token index. `colon` says whether one may end with a colon
/// (`NEW DELHI: `), as a speaker's name in a transcript does.
pub(super) fn end(line: &Passage<'_>, colon: bool) -> Option<usize> {
    let paragraph = line.run;
    let place = line.place(paragraph.start);
    let is_upper = (1..=WORDS).contains(&(place - paragraph.start)) && line.is_upper(paragraph.start, place);
    let mut at = line.rest_of_place(place);
    let dated = line.date(at);
    let has_date = dated > at;
    at = dated;
    let signed = line.agency(at, is_upper);
    let has_agency = signed > at;
    at = signed;
    if !(is_upper || has_agency) || is_in(line.language.labels, line.near(paragraph.start)) {
        return None;
    }
    if at >= paragraph.end {
        return (has_agency || has_date && place > paragraph.start).then_some(at);
    }
    let ends = line.is_dash(at) || line.near(at) == ":" && (has_agency || colon);
    ends.then_some(at + 1).or_else(|| (is_upper && has_agency).then_some(at))
}

impl Passage<'_> {
    /// The text of a token; empty where it is too far from the start for a dateline, or behind the paragraph.
    fn near(&self, at: usize) -> &str {
        if at > self.run.start + LONGEST { "" } else { self.word(at) }
    }

    /// The end of the capitalised words from `at` on.
    fn place(&self, mut at: usize) -> usize {
        // The apostrophe is KING’S LYNN's.
        let starts_upper = |word: &str| word.trim_start_matches(['\'', '’']).starts_with(char::is_uppercase);
        while starts_upper(self.near(at)) && row(self.language.dates, &self.month(at)).is_none() {
            at += 1;
        }
        at
    }

    /// A token in lower case, without its stop.
    fn month(&self, at: usize) -> String {
        self.near(at).trim_end_matches('.').to_lowercase()
    }

    /// Whether the words are all in capitals, but for the `c` of `McALLEN`, and one of them is more than two letters.
    fn is_upper(&self, from: usize, to: usize) -> bool {
        let count = |at: usize, is: fn(char) -> bool| self.near(at).chars().filter(|&character| is(character)).count();
        (from..to).all(|at| count(at, char::is_lowercase) * 4 <= count(at, char::is_uppercase))
            && (from..to).any(|at| count(at, char::is_uppercase) > 2)
    }

    /// The end of the region or country, and of further places, after a place: `, Calif.`; `, South Africa`; `/MOSCOW`.
    fn rest_of_place(&self, mut at: usize) -> usize {
        while matches!(self.near(at), "," | "/") || is_in(self.language.conjunctions, self.near(at)) {
            let next = self.place(at + 1);
            if next == at + 1 || next > at + 1 + WORDS {
                break;
            }
            at = next;
        }
        at
    }

    /// The end of a date: `, May 3`; `, 3 May 2024`.
    fn date(&self, from: usize) -> usize {
        let mut at = from + usize::from(self.near(from) == ",");
        let start = at;
        let mut month = false;
        while at < start + 5 {
            let is_month = row(self.language.dates, &self.month(at)).is_some_and(|row| row[1] == "moment");
            month |= is_month;
            let is_part = is_month
                || self.run.contains(at) && self.tokens[at].kind == TokenKind::Number
                || self.near(at) == "," && month;
            if !is_part {
                break;
            }
            at += 1;
        }
        if month { at } else { from }
    }

    /// The end of an agency in brackets; after a place in capitals, any name will do.
    fn agency(&self, from: usize, is_upper: bool) -> usize {
        if self.near(from) != "(" {
            return from;
        }
        let close = (from + 1..from + 6).find(|&at| self.near(at) == ")");
        close.filter(|&close| is_upper || self.names_agency(from + 1, close)).map_or(from, |close| close + 1)
    }

    /// Whether the tokens hold the name of an agency, or one short word in capitals.
    fn names_agency(&self, from: usize, to: usize) -> bool {
        let is_short = |word: &str| (3..6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
        (from..to).any(|at| is_in(self.language.agencies, self.near(at))) || to == from + 1 && is_short(self.near(from))
    }

    /// Whether a dash stands at `at` with a blank beside it, or a long one.
    fn is_dash(&self, at: usize) -> bool {
        let spaced = || self.tokens.get(at + 1).is_none_or(|next| next.bytes.0 > self.tokens[at].bytes.1);
        match self.near(at) {
            "—" | "–" => true,
            "-" | "--" | "―" => spaced(),
            _ => false,
        }
    }
}

/// Whether a paragraph starts with words in capitals and a colon, as one of a transcript does: `BERG: I did.`
pub(super) fn starts_with_label(line: &Passage<'_>) -> bool {
    let paragraph = line.run;
    let end = line.place(paragraph.start);
    line.near(end) == ":" && line.is_upper(paragraph.start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;
    use crate::span::Run;

    #[test]
    fn datelines_of_paragraphs() {
        for (text, expected) in [
            ("WASHINGTON (AP) — The", "WASHINGTON (AP) —"),
            ("BEIJING, May 3 (Xinhua) -- The", "BEIJING, May 3 (Xinhua) --"),
            ("LONDON - The", "LONDON -"),
            ("LONDON—The", "LONDON—"),
            ("KING’S LYNN, England - The", "KING’S LYNN, England -"),
            ("SÃO PAULO, Brazil — The", "SÃO PAULO, Brazil —"),
            ("SALEM, Mass., Dec. 11 (UPI) — The", "SALEM, Mass., Dec. 11 (UPI) —"),
            ("McALLEN, Texas (AW) — The", "McALLEN, Texas (AW) —"),
            ("BRUSSELS/PARIS, 3 May (Reuters) - The", "BRUSSELS/PARIS, 3 May (Reuters) -"),
            ("Cleveland (AFP) – The", "Cleveland (AFP) –"),
            ("May 29 (Reuters) - The", "May 29 (Reuters) -"),
            ("NEW DELHI: The", "NEW DELHI:"),
            ("OSLO, May 3", "OSLO, May 3"),
            ("WASHINGTON is", ""),
            ("EXCLUSIVE — The", ""),
            ("MORE THAN 100 — The", ""),
            ("Berg (D) — who", ""),
            ("Anna Berg - The", ""),
            ("SIEGEL--Anna Berg", ""),
            ("THE FIX WAS ALWAYS IN — The", ""),
            ("US - The", ""),
        ] {
            let tokens = super::super::token::tokens(text, &ENGLISH);
            let line = Passage { text, language: &ENGLISH, tokens: &tokens, run: Run::new(0, tokens.len()) };
            let found = end(&line, true).map_or(0, |end| tokens[end - 1].bytes.1);
            assert_eq!(&text[..found], expected, "{text}");
        }
    }
}
