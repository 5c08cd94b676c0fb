//! Paragraphs -> the parts of the page that they belong to.
//!
//! Each line is looked at by itself first ([`super::clue`]); then its place decides. The header ends with the lines that
//! say who wrote the article and when, or else before the first running text; the footer starts after the last. What
//! lies before the headline is navigation, and so is furniture within the article. Where in doubt a paragraph is body:
//! to leave furniture in does less harm than to leave the article out.

use super::clue::{Clue, Clues};
use super::dateline;
use super::parts::{Passage, Token, TokenKind, Zone};
use crate::lang::Language;
use crate::span::Run;

/// A paragraph's zone, and where its text proper starts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Zoned {
    /// The part of the page.
    pub zone: Zone,
    /// The first token after a dateline, or the paragraph's first.
    pub body_from: usize,
}

/// How many paragraphs a header has at most.
const HEADER: usize = 40;

/// The zone of every paragraph.
pub(super) fn zones(text: &str, tokens: &[Token], paragraphs: &[Run], language: &'static Language) -> Vec<Zoned> {
    let mut clues = Clues::new(language);
    let looks: Vec<Look> = paragraphs.iter().map(|&run| Look::new(text, tokens, run, &mut clues)).collect();
    let mut page = Page { looks, datelines: vec![None; paragraphs.len()] };
    let passages: Vec<_> = paragraphs.iter().map(|&run| Passage { text, language, tokens, run }).collect();
    page.find_datelines(&passages);
    let zones = page.zones();
    let datelines = page.datelines.iter().map(|dateline| dateline.filter(|dateline| !dateline.alone));
    (zones.iter().zip(datelines).zip(paragraphs))
        .map(|((&zone, dateline), paragraph)| Zoned {
            zone,
            body_from: dateline.filter(|_| zone == Zone::Body).map_or(paragraph.start, |dateline| dateline.end),
        })
        .collect()
}

/// What a paragraph looks like.
#[derive(Debug, Clone, Copy)]
struct Look {
    clue: Clue,
    /// How many words it has, and how many of them are of letters, more than one.
    words: usize,
    letters: usize,
    /// How many stops it has.
    stops: usize,
    /// Whether it ends as a sentence does.
    stopped: bool,
    /// Whether most of its longer words are capitalised.
    title: bool,
    /// Whether it ends with a semicolon: the headline goes on in the next line.
    half: bool,
}

impl Look {
    fn new(text: &str, tokens: &[Token], run: Run, clues: &mut Clues) -> Self {
        let word = |token: &Token| &text[token.bytes.0..token.bytes.1];
        let slice = &text[tokens[run.start].bytes.0..tokens[run.end - 1].bytes.1];
        let tokens = &tokens[run.range()];
        let is_word = |token: &&Token| matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Address);
        let words = tokens.iter().filter(is_word).count();
        let is_long = |token: &&Token| token.kind == TokenKind::Word && token.span.len() > 1;
        let is_stop =
            |token: &&Token| token.kind == TokenKind::Punctuation && matches!(word(token), "." | "?" | "!" | "…");
        let long =
            || tokens.iter().take(40).skip(1).filter(|token| token.kind == TokenKind::Word && token.span.len() > 3);
        let upper = long().filter(|token| word(token).starts_with(char::is_uppercase)).count();
        let end = slice.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»', ' ']);
        let stopped = end.ends_with(['.', '?', '!', ':', '…', '。', '।', '？', '！'])
            || words > 8 && end.len() < slice.len() && end.ends_with([',', '-', '—']);
        Self {
            clue: clues.clue(slice, words),
            words,
            letters: tokens.iter().filter(is_long).count(),
            stops: tokens.iter().filter(is_stop).count(),
            stopped,
            title: upper * 3 >= long().count() * 2,
            half: end.ends_with(';'),
        }
    }

    fn is_text(&self) -> bool {
        self.clue == Clue::None
    }

    /// Whether it is a paragraph of running text.
    fn is_prose(&self) -> bool {
        self.is_text() && (self.stopped && self.words >= 8 || self.words > 45)
    }

    /// Whether it is longer than what stands above an article.
    fn is_long(&self) -> bool {
        self.is_text() && (self.words > 45 || self.stops > 2)
    }

    /// Whether it may be a name alone.
    fn is_name(&self) -> bool {
        self.words < 5 && self.letters > 1 && self.title
    }

    /// Whether it is a short line of text that does not end as a sentence does.
    fn is_heading(&self) -> bool {
        self.is_text() && !self.stopped && self.words < 9
    }
}

/// A dateline at a paragraph's start.
#[derive(Debug, Clone, Copy)]
struct Dateline {
    /// One past its last token.
    end: usize,
    /// Whether it is all of the paragraph.
    alone: bool,
}

/// What stands from a paragraph on to the end of the page.
#[derive(Debug, Clone, Copy, Default)]
struct Rest {
    /// Paragraphs of running text.
    prose: usize,
    /// Those of them that are not short.
    long: usize,
    /// Lines of furniture.
    clues: usize,
}

struct Page {
    looks: Vec<Look>,
    /// The dateline that starts each paragraph; only of the first paragraphs of text.
    datelines: Vec<Option<Dateline>>,
}

impl Page {
    /// Looks for datelines among the lines of the header and the first paragraphs of text.
    fn find_datelines(&mut self, passages: &[Passage<'_>]) {
        let mut prose = 0;
        let is_transcript = is_transcript(passages);
        for (index, passage) in passages.iter().enumerate().take(HEADER) {
            let colon = index > 0 && prose < 2 && !is_transcript;
            let end = dateline::end(passage, colon);
            self.datelines[index] = end.map(|end| Dateline { end, alone: end == passage.run.end });
            prose += usize::from(self.looks[index].is_prose());
            if prose == 3 {
                break;
            }
        }
    }

    /// Whether a paragraph is a dateline and nothing else.
    fn is_dateline(&self, index: usize) -> bool {
        self.datelines[index].is_some_and(|dateline| dateline.alone)
    }

    fn zones(&self) -> Vec<Zone> {
        let count = self.looks.len();
        let mut zones = vec![Zone::Body; count];
        if count < 2 {
            return zones;
        }
        let head = self.header_end();
        self.zone_header(head, &mut zones);
        let foot = self.footer_start(head);
        let mut listed = false;
        for (index, look) in self.looks.iter().enumerate().take(foot).skip(head) {
            listed &= look.is_text() && !look.stopped && look.words < 20;
            let is_furniture = listed || self.is_between_furniture(index);
            zones[index] = match look.clue {
                Clue::None if is_furniture => Zone::Navigation,
                Clue::None if self.is_dateline(index) => Zone::Dateline,
                Clue::None | Clue::Date | Clue::Byline | Clue::Author => Zone::Body,
                _ => Zone::Navigation,
            };
            listed |= look.clue == Clue::Related && look.words < 5;
        }
        zones[foot..].fill(Zone::Footer);
        zones
    }

    /// Whether a heading stands alone between two lines of furniture.
    fn is_between_furniture(&self, index: usize) -> bool {
        let is = |index: usize| matches!(self.looks.get(index), Some(look) if look.clue == Clue::Menu);
        index > 0 && self.looks[index].is_heading() && is(index - 1) && is(index + 1)
    }

    /// The index after the last line of the header.
    fn header_end(&self) -> usize {
        let looks = &self.looks;
        let (mut prose, mut since) = (0, 0);
        let mut end = None;
        for (index, look) in looks.iter().enumerate().take(HEADER) {
            match look.clue {
                Clue::Byline => end = Some(index + 1),
                Clue::Date if end.is_none() || since == 0 => end = Some(index + 1),
                _ => {
                    prose += usize::from(look.is_prose());
                    since = if end == Some(index) { 0 } else { since } + usize::from(look.is_prose());
                }
            }
            if prose > 2 || look.is_long() || self.starts_with_dateline(index) {
                break;
            }
        }
        let is_signed = end.is_some();
        let mut end = end.unwrap_or_else(|| self.headline_end());
        let goes_on =
            |index: usize| !looks[index].is_text() || self.is_dateline(index) || is_signed && looks[index].is_heading();
        let lead = looks.iter().skip(end).position(Look::is_prose).map_or(looks.len(), |lead| end + lead);
        while end + 1 < looks.len() && end < lead && goes_on(end) {
            end += 1;
        }
        end
    }

    fn starts_with_dateline(&self, index: usize) -> bool {
        self.datelines[index].is_some_and(|dateline| !dateline.alone)
    }

    /// The index after the headline and the lines that go with it, where no byline says so.
    fn headline_end(&self) -> usize {
        let looks = &self.looks;
        let Some(first) = looks.iter().position(Look::is_text) else { return 0 };
        if first + 1 >= looks.len() || self.starts_with_dateline(first) {
            return 0;
        }
        let look = looks[first];
        if look.stopped {
            let is_headline = look.words < 16 || look.title && look.words < 31;
            return if is_headline { first + 1 } else { 0 };
        }
        if look.half {
            return first + 2;
        }
        let is_lead = |index: usize| {
            looks[index].is_prose()
                || looks[index].is_text() && looks[index].stopped
                || self.starts_with_dateline(index)
        };
        let lead = (first + 1..looks.len().min(HEADER)).find(|&index| is_lead(index));
        if look.words > 45 { 0 } else { lead.unwrap_or(first + 1) }
    }

    /// Gives the lines before `end` their zones.
    fn zone_header(&self, end: usize, zones: &mut [Zone]) {
        let looks = &self.looks;
        let is_text = |&index: &usize| looks[index].is_text() && !self.is_dateline(index);
        let is_signature = |index: &usize| matches!(looks[*index].clue, Clue::Byline | Clue::Date);
        let signature = (0..end).find(is_signature).unwrap_or(end);
        let above: Vec<usize> = (0..signature).filter(is_text).collect();
        let headline =
            self.headline(&above).or_else(|| self.headline(&(signature..end).filter(is_text).collect::<Vec<_>>()));
        for index in 0..end {
            let look = looks[index];
            zones[index] = match look.clue {
                Clue::Byline | Clue::Date | Clue::Credits | Clue::Author => Zone::Byline,
                Clue::None if self.is_dateline(index) => Zone::Dateline,
                Clue::None if Some(index) == headline => Zone::Headline,
                Clue::None if look.is_prose() => Zone::Standfirst,
                Clue::None if headline.is_none_or(|headline| index < headline) => Zone::Navigation,
                Clue::None if look.is_name() && self.is_beside_byline(index, end) => Zone::Byline,
                Clue::None if look.words < 3 || look.letters < 2 => Zone::Navigation,
                Clue::None => Zone::Standfirst,
                _ => Zone::Navigation,
            };
        }
    }

    /// The headline among lines of the header: the first that is long enough, or, where a list of links stands above it,
    /// one of the list's last two.
    fn headline(&self, lines: &[usize]) -> Option<usize> {
        let looks = &self.looks;
        if let Some(&half) = lines.iter().find(|&&index| looks[index].half) {
            return Some(half);
        }
        let long: Vec<usize> = lines.iter().copied().filter(|&index| looks[index].letters > 3).collect();
        let listed = long.iter().take_while(|&&index| !looks[index].stopped).count();
        match long[..listed] {
            [.., second, last] if listed > 4 => {
                let sums_up = looks[last].words * 3 > looks[second].words * 4;
                Some(if sums_up { second } else { last })
            }
            _ => long.first().copied().or_else(|| lines.iter().copied().max_by_key(|&index| looks[index].words)),
        }
    }

    /// Whether a line of the header stands beside one that says who wrote it, or when.
    fn is_beside_byline(&self, index: usize, end: usize) -> bool {
        let is = |index: usize| index < end && matches!(self.looks[index].clue, Clue::Byline | Clue::Date);
        is(index + 1) || index > 0 && is(index - 1)
    }

    /// The index of the first line after the article.
    fn footer_start(&self, head: usize) -> usize {
        let looks = &self.looks;
        let rests = self.rests();
        let mut prose = 0;
        let mut last = None;
        for (index, look) in looks.iter().enumerate().skip(head) {
            let rest = rests[index];
            let ends = match look.clue {
                Clue::Closing if rest.prose * 3 < prose => true,
                Clue::Closing | Clue::Related | Clue::Author => rest.prose < 3 && rest.long == 0 && rest.clues > 2,
                _ => false,
            };
            if ends && prose > 2 {
                break;
            }
            if look.is_prose() {
                prose += 1;
                last = Some(index);
            }
        }
        let Some(mut end) = last.map(|last| last + 1) else { return looks.len() };
        // Short sentences after it belong to it.
        while looks.get(end).is_some_and(|look| look.is_text() && look.stopped) {
            end += 1;
        }
        let is_furniture = |look: &Look| !look.is_text() && look.clue != Clue::Date;
        let Some(clue) = (end..looks.len()).find(|&index| is_furniture(&looks[index])) else { return looks.len() };
        // A few short lines before the first line of furniture go with it: a name, tags. Many are a table.
        let short = (end..clue).rev().take_while(|&index| looks[index].words < 15).count();
        if short > 6 { clue } else { clue - short }
    }

    /// For each paragraph, what stands from it on.
    fn rests(&self) -> Vec<Rest> {
        let mut rest = Rest::default();
        let mut rests: Vec<Rest> = (self.looks.iter().rev())
            .map(|look| {
                rest.prose += usize::from(look.is_prose());
                rest.long += usize::from(look.is_prose() && look.words > 14);
                rest.clues += usize::from(!look.is_text());
                rest
            })
            .collect();
        rests.reverse();
        rests
    }
}

/// Whether two or more paragraphs start with a name in capitals and a colon.
fn is_transcript(passages: &[Passage<'_>]) -> bool {
    passages.iter().filter(|passage| dateline::starts_with_label(passage)).nth(1).is_some()
}
