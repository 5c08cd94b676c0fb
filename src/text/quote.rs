//! Marks -> quotations.
//!
//! Paragraph by paragraph: what side each mark can stand on follows from its glyph and from what stands around it, so
//! that a stray mark spoils nothing beyond itself; a stack then pairs the marks. Apostrophes and the marks of inches
//! and feet drop out here. At a paragraph's end everything starts anew, but that a quotation left open may go on in the
//! next paragraph.

use super::mark::{self, Mark, Side, Sort};
use super::parts::{Quotation, Token, TokenKind};
use crate::lang::Language;
use crate::order::sort_by_key;
use crate::span::Run;

/// Maximum nesting of alternating quotation marks; deeper marks are treated as strays.
const DEEPEST: usize = 8;

/// How many marks ahead are looked at, so that a text of marks alone takes linear time.
const AHEAD: usize = 64;

/// Finds the quotations of all paragraphs (`skipped` says which are furniture, which a quotation goes on across), and
/// notes in the tokens which marks open, which close, and how deep each token stands.
pub(super) fn quotations(
    text: &str,
    tokens: &mut [Token],
    paragraphs: &[Run],
    skipped: impl Fn(usize) -> bool,
    language: &Language,
) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut carried: Vec<Carried> = Vec::new();
    let mut marks = Vec::new();
    for (index, &paragraph) in paragraphs.iter().enumerate() {
        mark::marks(text, tokens, paragraph, &mut marks, language);
        if skipped(index) && marks.is_empty() {
            continue;
        }
        let goes_on = paragraphs.get(index + 1).is_some_and(|next| mark::opens_single(text, tokens, *next));
        let mut pairing = Pairing::new(text, tokens, paragraph, &marks, std::mem::take(&mut carried));
        pairing.pair();
        carried = pairing.finish(goes_on, &mut found);
    }
    depths(tokens, &mut found);
    found
}

/// A quotation left open at its paragraph's end.
#[derive(Debug, Clone, Copy)]
struct Carried {
    quotation: usize,
    sort: Sort,
}

/// A quotation of the paragraph at hand.
#[derive(Debug, Clone, Copy)]
struct Found {
    /// Index of the opening mark among the paragraph's marks; none where the paragraph's start stands for it.
    open: Option<usize>,
    /// One past its last token.
    end: usize,
    closed: bool,
    sort: Sort,
}

struct Pairing<'a> {
    tokens: &'a mut [Token],
    paragraph: Run,
    /// Whether the paragraph starts with a small letter.
    starts_low: bool,
    marks: &'a [Mark],
    carried: Vec<Carried>,
    /// Indices of marks that have opened and wait for their closing mark.
    open: Vec<usize>,
    found: Vec<Found>,
}

impl<'a> Pairing<'a> {
    fn new(text: &str, tokens: &'a mut [Token], paragraph: Run, marks: &'a [Mark], carried: Vec<Carried>) -> Self {
        let starts_low = text[tokens[paragraph.start].bytes.0..].starts_with(char::is_lowercase);
        Self { tokens, paragraph, starts_low, marks, carried, open: Vec::new(), found: Vec::new() }
    }

    /// Takes the marks in order, each opening or closing a quotation or being none.
    fn pair(&mut self) {
        for index in 0..self.marks.len() {
            let mark = self.marks[index];
            let is_open = self.open.iter().rev().take(DEEPEST).any(|&open| self.marks[open].sort == mark.sort);
            let closes = match mark.side {
                Side::Open => false,
                Side::Close => true,
                Side::Either => is_open,
            };
            if !closes {
                self.open.push(index);
            } else if is_open && !self.is_apostrophe(index) {
                self.close(index);
            } else if self.goes_on_unopened(index) {
                self.tokens[mark.token].kind = TokenKind::QuoteClose;
                self.found.push(Found { open: None, end: mark.token + 1, closed: true, sort: Sort::Double });
            }
        }
    }

    /// Whether a mark that could close is an apostrophe (`the workers’ rights`, `doin’ it`), a mark of inches, or a
    /// single mark inside a double quotation that is yet to be closed.
    fn is_apostrophe(&self, index: usize) -> bool {
        let mark = self.marks[index];
        let next = self.marks[index + 1..].iter().take(AHEAD).find(|next| next.sort == mark.sort);
        if mark.loose && next.is_some_and(|next| next.side != Side::Open) {
            return true;
        }
        let Some(&last) = self.open.last() else { return true };
        mark.sort == Sort::Single
            && self.marks[last].sort == Sort::Double
            && self.marks[index + 1..]
                .iter()
                .take(AHEAD)
                .any(|next| next.sort == Sort::Double && next.side != Side::Open)
    }

    /// Closes the innermost open quotation of the mark's sort; those left open inside it end where it does.
    fn close(&mut self, index: usize) {
        let mark = self.marks[index];
        while let Some(open) = self.open.pop() {
            let sort = self.marks[open].sort;
            if sort == mark.sort {
                self.tokens[self.marks[open].token].kind = TokenKind::QuoteOpen;
                self.tokens[mark.token].kind = TokenKind::QuoteClose;
                self.found.push(Found { open: Some(open), end: mark.token + 1, closed: true, sort });
                return;
            }
            if self.marks[open].curly {
                self.tokens[self.marks[open].token].kind = TokenKind::QuoteOpen;
                self.found.push(Found { open: Some(open), end: mark.token, closed: false, sort });
            }
        }
    }

    /// Whether this mark closes a quotation that the paragraph before left open and this one did not open again.
    fn goes_on_unopened(&self, index: usize) -> bool {
        let mark = self.marks[index];
        mark.sort == Sort::Double
            && !mark.loose
            && self.carried.iter().any(|carried| carried.sort == Sort::Double)
            && self.found.is_empty()
            && self.open.is_empty()
            // A name alone may be the speaker's, put under what is quoted.
            && (mark.token > self.paragraph.start + 12 || self.starts_low)
            && !self.marks[..index].iter().any(|mark| mark.sort == Sort::Double)
    }

    /// Appends the paragraph's quotations, and says which of them are left open. `goes_on` says whether the next
    /// paragraph starts with a single mark.
    fn finish(mut self, goes_on: bool, quotations: &mut Vec<Quotation>) -> Vec<Carried> {
        for open in std::mem::take(&mut self.open) {
            let mark = self.marks[open];
            let carries = self.carried.iter().any(|carried| carried.sort == Sort::Single) && self.is_first(open);
            let is_quotation = if mark.sort == Sort::Double { mark.sure } else { mark.curly || goes_on || carries };
            if !is_quotation || mark.token + 1 == self.paragraph.end {
                continue;
            }
            let next = self.marks[open + 1..].iter().find(|next| next.sort == mark.sort && next.side == Side::Open);
            let end = next.map_or(self.paragraph.end, |next| next.token);
            self.tokens[mark.token].kind = TokenKind::QuoteOpen;
            self.found.push(Found { open: Some(open), end, closed: false, sort: mark.sort });
        }
        sort_by_key(&mut self.found, |found| found.open.map_or(0, |open| open + 1));
        let mut carried = Vec::new();
        for found in &self.found {
            let start = found.open.map_or(self.paragraph.start, |open| self.marks[open].token);
            let leading = found.open.is_none_or(|open| self.is_first(open)).then(|| start - self.paragraph.start);
            let continues = leading
                .and_then(|place| self.carried.get(place))
                .filter(|carried| carried.sort == found.sort)
                .map(|carried| carried.quotation);
            if !found.closed && found.end == self.paragraph.end {
                carried.push(Carried { quotation: quotations.len(), sort: found.sort });
            }
            quotations.push(Quotation {
                tokens: Run::new(start, found.end),
                closed: found.closed,
                depth: 0,
                continues,
            });
        }
        carried
    }

    /// Whether nothing but marks stands before this one in its paragraph.
    fn is_first(&self, mark: usize) -> bool {
        self.marks[mark].token == self.paragraph.start + mark
    }
}

/// Notes how deep quotations and tokens stand. Where one that no mark closes runs into the next, it ends before it.
fn depths(tokens: &mut [Token], quotations: &mut [Quotation]) {
    let mut around: Vec<usize> = Vec::new();
    for index in 0..quotations.len() {
        let run = quotations[index].tokens;
        while let Some(&outer) = around.last() {
            let end = quotations[outer].tokens.end;
            if end >= run.end {
                break;
            }
            quotations[outer].tokens.end = end.min(run.start);
            around.pop();
        }
        quotations[index].depth = around.len().min(255) as u8;
        around.push(index);
    }
    let mut starts = 0;
    around.clear();
    for (index, token) in tokens.iter_mut().enumerate() {
        while around.last().is_some_and(|&quotation| quotations[quotation].tokens.end <= index) {
            around.pop();
        }
        while quotations.get(starts).is_some_and(|quotation| quotation.tokens.start == index) {
            around.push(starts);
            starts += 1;
        }
        token.quoted = around.len().min(255) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::super::Article;
    use crate::lang::ENGLISH;

    /// The quotations of a text, each followed by `…` if no mark closes it.
    fn quotations(text: &str) -> Vec<String> {
        let article = Article::new(text, &ENGLISH);
        let found = article.quotations.iter();
        found
            .map(|quotation| article.slice(quotation.tokens).to_owned() + if quotation.closed { "" } else { "…" })
            .collect()
    }

    #[test]
    fn quotations_of_paragraphs() {
        let table: [(&str, &[&str]); 34] = [
            ("“Yes,” he said. “No.”", &["“Yes,”", "“No.”"]),
            ("\"Yes,\" he said. \"No.\"", &["\"Yes,\"", "\"No.\""]),
            ("‘Yes,’ he said. 'No.'", &["‘Yes,’", "'No.'"]),
            ("''Yes,'' he said. ``No.''", &["''Yes,''", "``No.''"]),
            ("«Oui», „Ja“, »Ja« und ‚Nein‘.", &["«Oui»", "„Ja“", "»Ja«", "‚Nein‘"]),
            ("“He said ‘no’ to me,” she said.", &["“He said ‘no’ to me,”", "‘no’"]),
            ("'He said \"no\" to me,' she said.", &["'He said \"no\" to me,'", "\"no\""]),
            ("“‘Yes’” and ‘“No”’ and \"'Well'\"", &["“‘Yes’”", "‘Yes’", "‘“No”’", "“No”", "\"'Well'\"", "'Well'"]),
            ("“A “nested” one,” he said.", &["“A “nested” one,”", "“nested”"]),
            ("''It is 'old-school,''' she said.", &["''It is 'old-school,'''", "'old-school,'"]),
            ("James’ house, the workers' rights, Guns N' Roses", &[]),
            ("’90s and '90s, ’em, ’Twas, rock ’n’ roll, don’t", &[]),
            ("'The workers' rights matter,' he said.", &["'The workers' rights matter,'"]),
            ("‘We’re goin’ home,’ said O’Neill.", &["‘We’re goin’ home,’"]),
            ("'Yes' means 'yes', the judges' panel said.", &["'Yes'", "'yes'"]),
            ("He is 5'11\" and she 6'2\". It is 6\" long.", &[]),
            ("“He is 6'2\" tall,” she said. \"A 12\" pipe,\" he said.", &["“He is 6'2\" tall,”", "\"A 12\" pipe,\""]),
            ("A stray \" in the middle. He said \"yes\".", &["\"yes\""]),
            ("A stray” one. He said “yes”.", &["“yes”"]),
            ("“One, he said. “Two,” he said.", &["“One, he said.…", "“Two,”"]),
            ("“Open to the end", &["“Open to the end…"]),
            ("He said: 'open to the end", &[]),
            ("“He said ‘open to the mark,” she said.", &["“He said ‘open to the mark,”", "‘open to the mark,…"]),
            ("(\"In brackets\"), —\"dash\"— and \"a\"/\"b\"", &["\"In brackets\"", "\"dash\"", "\"a\"", "\"b\""]),
            ("said:\"hello\"and \"one\",\"two\"", &["\"hello\"", "\"one\"", "\"two\""]),
            ("“ Spaced ” and \" spaced \"", &["“ Spaced ”", "\" spaced \""]),
            ("\"...and then\" \"What the —\"", &["\"...and then\"", "\"What the —\""]),
            ("“Mixed,\" he said. \"Mixed,” she said.", &["“Mixed,\"", "\"Mixed,”"]),
            ("He said it is a great year. “", &[]),
            ("” Turned,” he said.", &["” Turned,”"]),
            ("“Hamilton”’s run and \"Cats\"'s", &["“Hamilton”", "\"Cats\""]),
            ("He won't say 'why", &[]),
            ("`single' and 'tis", &["`single'"]),
            ("\"\" and “”", &["\"\"", "“”"]),
        ];
        for (text, expected) in table {
            assert_eq!(quotations(text), expected, "{text}");
        }
    }

    /// Texts with, for each quotation, the index of the one that it goes on with.
    #[test]
    fn quotations_go_on_over_paragraphs() {
        let table: [(&str, &[Option<usize>]); 8] = [
            ("He said: “One.\n\n“Two.\n\n“Three.”\n\n“Four.”", &[None, Some(0), Some(1), None]),
            ("\"One.\n\"Two,\" he said.", &[None, Some(0)]),
            ("'One.\n'Two,' he said.", &[None, Some(0)]),
            ("“He said: ‘One.\n\n“‘Two.’”", &[None, None, Some(0), Some(1)]),
            ("“One.”\n\n“Two.”", &[None, None]),
            ("“One.\n\nHe left.\n\n“Two.”", &[None, None]),
            ("“One.\n\nand so it went on,” he said.", &[None, Some(0)]),
            ("\"One.\n\nAnna Berg.\"", &[None]),
        ];
        for (text, expected) in table {
            let found: Vec<Option<usize>> =
                Article::new(text, &ENGLISH).quotations.iter().map(|quotation| quotation.continues).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn furniture_does_not_end_a_quotation() {
        let text = "The board met for four hours on Monday to talk of the pier.\n\n“We heard you and we will act on it soon.\n\n\
                    Advertisement\n\n“That is all I can say to you today,” she said.";
        let article = Article::new(text, &ENGLISH);
        assert_eq!(article.quotations.len(), 2);
        assert_eq!(article.quotations[1].continues, Some(0));
    }

    #[test]
    fn depth_is_noted_in_quotations_and_tokens() {
        let article = Article::new("“He said ‘no’ to me,” she said.", &ENGLISH);
        let depths: Vec<u8> = article.tokens.iter().map(|token| token.quoted).collect();
        assert_eq!(depths, [1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0]);
        assert_eq!(article.quotations.iter().map(|quotation| quotation.depth).collect::<Vec<_>>(), [0, 1]);
    }
}
