//! The words right beside a quotation that say who speaks it: “…,” laughed Anna Berg; Anna Berg asked: “…”

use super::page::Page;
use crate::lang::Frame;
use crate::lang::{Part, is_in};
use crate::span::Run;
use crate::text::TokenKind;

/// How far before a quotation its verb is looked for, in tokens.
const BEFORE: usize = 24;

/// How long an aside between a name and its verb may be, in tokens: “…,” Anna Berg, who left, said.
const ASIDE: usize = 14;

/// Who speaks a quotation, by the words beside it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag {
    pub source: Run,
    /// The verb.
    pub cue: usize,
}

impl Page<'_, '_, '_> {
    /// The tag of a quotation, which starts at `floor` or later and ends at `limit` or before.
    pub(super) fn tag(&self, quotation: Run, floor: usize, limit: usize) -> Option<Tag> {
        let after = self.tag_after(quotation, limit).filter(|tag| !self.leads_on(tag.cue, limit));
        after.or_else(|| self.tag_before(quotation, floor))
    }

    /// Whether a verb leads on to the next quotation: “Do you?”, Anna Berg replied: “No.”
    fn leads_on(&self, cue: usize, limit: usize) -> bool {
        let is_last = (cue + 1..limit).all(|token| self.words.lower(token) == ":");
        is_last && cue + 1 < limit
    }

    /// How a quotation ends: its last token before the closing mark.
    pub(super) fn last_inside(&self, quotation: Run) -> &str {
        let closes = |&token: &usize| self.words.kind(token) == TokenKind::QuoteClose;
        let last = quotation.range().rev().find(|token| !closes(token));
        last.map_or("", |token| self.words.article.word(token))
    }

    fn tag_after(&self, quotation: Run, limit: usize) -> Option<Tag> {
        let words = self.words;
        let last = self.last_inside(quotation);
        let is_comma = last.ends_with([',', '—', '–']) || words.lower(quotation.end) == ",";
        if !is_comma && !last.ends_with(['?', '!', '…']) {
            return None;
        }
        let mark = |token: usize| matches!(words.article.word(token), "," | "—" | "–" | "-" | "--");
        let start = quotation.end + usize::from(quotation.end < limit && mark(quotation.end));
        let at = self.past_adverbs(start);
        if at >= limit {
            return None;
        }
        if self.says(at) {
            let source = self.phrase_at(self.past_adverbs(at + 1), limit)?;
            return Some(Tag { source, cue: at });
        }
        let source = self.phrase_at(start, limit)?;
        let cue = self.past_adverbs(self.past_aside(source.end, limit));
        let speaks = cue < limit && (self.says(cue) || is_comma && self.is_finite(cue));
        speaks.then_some(Tag { source, cue })
    }

    /// The first token after an aside between commas that starts at `at`, if one does.
    fn past_aside(&self, at: usize, limit: usize) -> usize {
        let is_comma = |token: &usize| self.words.lower(*token) == ",";
        if at >= limit || !is_comma(&at) {
            return at;
        }
        (at + 1..limit.min(at + ASIDE)).find(is_comma).map_or(at, |close| close + 1)
    }

    /// Who speaks a quotation, by the words before it.
    pub(super) fn tag_before(&self, quotation: Run, floor: usize) -> Option<Tag> {
        let words = self.words;
        let end = quotation.start.checked_sub(1).filter(|&end| end >= floor)?;
        if !matches!(words.lower(end), ":" | ",") && !self.says(end) {
            return None;
        }
        let sentence = words.article.sentences[words.article.sentence_of(end)].tokens;
        let floor = floor.max(sentence.start).max(end.saturating_sub(BEFORE));
        let tells = |token: usize| {
            let gerund = self.words.language.ends_as(self.words.lower(token), Part::Gerund)
                && self.words.language.verb(self.words.lower(token)).is_some();
            gerund || self.says(token)
        };
        let cue = (floor..=end).rev().find(|&token| tells(token)).filter(|&token| self.says(token))?;
        let frame = self.words.language.verb(words.lower(cue)).map(|verb| verb.frame);
        if frame == Some(Frame::Clause)
            && !is_in(words.language.asking_tags, words.lower(cue))
            && !self.words.language.is_manner(words.lower(cue))
        {
            return None;
        }
        if is_in(words.language.agent_leads, words.lower(cue + 1)) {
            return Some(Tag { source: self.phrase_at(cue + 2, end)?, cue });
        }
        Some(Tag { source: self.phrase_before(floor, cue)?, cue })
    }
}
