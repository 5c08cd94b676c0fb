//! Tokens of a paragraph -> sentences.

use super::opening;
use super::parts::{Passage, Sentence, TokenKind};
use super::word::{self, Abbreviation};
use crate::lang::is_in;
use crate::span::Run;

/// Appends the sentences of one paragraph, given with its index.
pub(super) fn sentences(passage: &Passage<'_>, index: usize, sentences: &mut Vec<Sentence>) {
    let paragraph = passage.run;
    let mut start = paragraph.start;
    let mut at = paragraph.start;
    while at < paragraph.end {
        let Some(stop) = passage.stop(at, start) else {
            at += 1;
            continue;
        };
        let end = passage.after_closing(at + 1);
        let is_full = (at + 1..end).any(|at| passage.word(at) == ".");
        at = end;
        if end == paragraph.end || passage.ends(if is_full { Stop::Full } else { stop }, end) {
            sentences.push(Sentence { tokens: Run::new(start, end), paragraph: index });
            start = end;
        }
    }
    if start < paragraph.end {
        sentences.push(Sentence { tokens: Run::new(start, paragraph.end), paragraph: index });
    }
}

/// What a sentence may end with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// A full stop.
    Full,
    /// `?` or `!`.
    Mark,
    /// An ellipsis.
    Ellipsis,
    /// The stop of an abbreviation.
    Abbreviation,
    /// The stop of `a.m.` or `p.m.`
    Time,
    /// The full stop of a script without capital letters.
    Caseless,
}

impl Passage<'_> {
    /// Whether a sentence that began at token `start` may end with token `at`.
    fn stop(&self, at: usize, start: usize) -> Option<Stop> {
        let word = self.word(at);
        match self.tokens[at].kind {
            TokenKind::Punctuation => match word {
                // 1. Heading
                "." if at == start + 1 && self.tokens[start].kind == TokenKind::Number => None,
                "." => Some(Stop::Full),
                "…" => Some(Stop::Ellipsis),
                "。" | "！" | "？" | "।" | "॥" | "؟" | "۔" | "።" => Some(Stop::Caseless),
                _ if word.starts_with("..") => Some(Stop::Ellipsis),
                _ if word.starts_with(['?', '!']) => Some(Stop::Mark),
                _ => None,
            },
            TokenKind::Word if word.ends_with('.') => {
                let stem = &word[..word.len() - 1];
                let last = stem.rfind('-').map_or(stem, |hyphen| &stem[hyphen + 1..]);
                match word::abbreviation(last, self.language) {
                    Some(Abbreviation::Title | Abbreviation::Number) => None,
                    _ if is_in(self.language.day_halves, last) => Some(Stop::Time),
                    _ => Some(Stop::Abbreviation),
                }
            }
            _ => None,
        }
    }

    /// The first token from `at` on that is no further stop and closes nothing.
    fn after_closing(&self, mut at: usize) -> usize {
        while at < self.run.end {
            let word = self.word(at);
            let glued = self.tokens[at - 1].bytes.1 == self.tokens[at].bytes.0;
            let closes = match self.tokens[at].kind {
                TokenKind::QuoteClose => true,
                TokenKind::Punctuation => {
                    matches!(word, ")" | "]" | "}" | "." | "…") && (glued || word == ".")
                        || (word == "…" || word.starts_with("..")) && !self.touches_next(at)
                        || glued && (word.starts_with(['?', '!', '.', '\'', '’', '"', '”']))
                }
                _ => false,
            };
            if !closes {
                break;
            }
            at += 1;
        }
        at
    }

    fn kind(&self, index: usize) -> Option<TokenKind> {
        self.run.contains(index).then(|| self.tokens[index].kind)
    }

    /// Whether no blank stands after a token.
    fn touches_next(&self, at: usize) -> bool {
        at + 1 < self.run.end && self.tokens[at].bytes.1 == self.tokens[at + 1].bytes.0
    }

    /// Whether a sentence ends before token `next`, given what it would end with.
    fn ends(&self, stop: Stop, next: usize) -> bool {
        if stop == Stop::Caseless {
            return true;
        }
        let quoted = self.tokens[next - 1].kind == TokenKind::QuoteClose;
        // Look through what opens to the word behind it.
        let mut at = next;
        let mut opened = false;
        while at < self.run.end && at < next + 4 {
            match self.tokens[at].kind {
                TokenKind::QuoteOpen => opened = true,
                TokenKind::Punctuation
                    if matches!(self.word(at), "(" | "[" | "¿" | "¡" | "—" | "–" | "--" | "-" | "…") => {}
                TokenKind::Punctuation if self.word(at).starts_with("..") => {}
                TokenKind::Punctuation if matches!(self.word(at), "," | ";" | ":" | ")" | "]") => return false,
                TokenKind::Symbol if !self.word(at).starts_with(['$', '€', '£', '¥', '₹']) => {}
                _ => break,
            }
            at += 1;
        }
        let word = self.word(at);
        let Some(first) = word.chars().next() else { return false };
        let is_lower = first.is_lowercase() && !word.contains(char::is_uppercase);
        match stop {
            Stop::Abbreviation | Stop::Time => {
                let dash = self.word(next);
                if matches!(dash, "—" | "–" | "--" | "-" | "|") || is_lower {
                    return false;
                }
                quoted && first.is_uppercase()
                    || opened && self.kind(at + 1) != Some(TokenKind::QuoteClose)
                    || is_in(self.language.starters, word)
                    || stop == Stop::Time && first.is_uppercase() && !is_in(self.language.time_words, word)
                    || stop == Stop::Abbreviation && at == next && self.opens(next)
            }
            Stop::Mark | Stop::Ellipsis if quoted && (is_lower || self.is_reply(at)) => false,
            Stop::Ellipsis if word == "I" && !quoted => false,
            _ => !is_lower || opened,
        }
    }

    /// Whether a sentence opens at a token that stands behind an abbreviation.
    fn opens(&self, next: usize) -> bool {
        let around = |from: usize, to: usize| (from..to).map(|index| self.word(index)).collect::<Vec<_>>();
        let start = next.saturating_sub(opening::BACK).max(self.run.start);
        let after = around(next, (next + opening::AHEAD).min(self.run.end));
        opening::opens(&around(start, next), &after, self.language)
    }

    /// Whether a name and a verb of saying stand at token `at`: “Why?” Anna Berg asked.
    fn is_reply(&self, at: usize) -> bool {
        let verb = (at..self.run.end).take(6).find(|&index| !word::starts_upper(self.word(index)));
        verb.is_some_and(|verb| verb > at && is_in(self.language.replies, self.word(verb)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Article;
    use crate::lang::ENGLISH;

    /// Paragraphs with their sentences; `|` stands where one ends.
    const TABLE: [&str; 33] = [
        "A headline without a stop",
        "He left.| She stayed!| Did they?| Yes",
        "Sen. Berg met Dr. Lind and Mr. Cho of Acme Inc. in St. Louis.| Nobody else did.",
        "J. D. Berg and A.J. Cho Jr. spoke.| George W. Bush did not.",
        "He moved to the U.S. in 1990.| He likes the U.S.| The U.S. likes him.| The U.S. Senate does not.",
        "It closed at 5 p.m. Tuesday.| It opened at 9 a.m. EST.| It was 10 p.m.| Nobody came.",
        "It cost $3.5 million.| About 12.5 percent of it, or No. 5 on the list, was lost on Dec. 5 alone.",
        "She works for Acme Inc.| She likes it.",
        "“Why?” he asked.| “No!” she said.| “Never!”| He left.",
        "“Why?” Anna Berg asked.| “Because.”| Anna Berg left.",
        "“Why?” I wondered.",
        "“I go.| You stay,” he said.",
        "He said: “Go.| Now.”| She went.",
        "He said, “Go.”| “No,” she said.",
        "''Go,'' he said.| ''Now.''| She went.",
        "“It was ... well ... fine,” he said.| “And then ...”| He stopped.",
        "“That is terrible. ...| We must act.”",
        "“That is terrible. . . .| We must act.”",
        "“Marco!| Marco!” chants rose.",
        "She asked “Who’s Afraid?” of all plays to be staged.",
        "(He declined to comment.)| Then he left (by car).| He did.",
        "Sen. Anna Berg (I-Vt.) said so.| So did Cho (D-Mass.).| Nobody else did.",
        "See example.com.| Mail a@b.example.| @anna did.| #vote",
        "He sold eBay.| eBay rose.| al-Noor fell.",
        "He ended.|Then he began.",
        "1. First item",
        "Berg v. Cho was decided.| So was Cho vs. The State, e.g. in part.",
        "Gov. C.L. “Butch” Berg won.",
        "He lives in Springfield, Ill.| “I like it,” he said.",
        "Great day! 😀",
        "彼は来た。| 彼女は去った。",
        "वह आया।| वह गया।",
        "What?!| Really?!| Yes.",
    ];

    #[test]
    fn sentences_of_paragraphs() {
        for marked in TABLE {
            let text = marked.replace('|', "");
            let article = Article::new(&text, &ENGLISH);
            let found: Vec<&str> = article.sentences.iter().map(|sentence| article.slice(sentence.tokens)).collect();
            let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
