//! What is said: the tokens that a cue gives to its source.

use std::ops::Range;

use super::cue::{Cue, Sort};
use super::word::{Class, Words};
use crate::lang::en::{Frame, OCCASIONS};
use crate::lang::is_in;
use crate::span::Run;
use crate::text::TokenKind;

/// The parts of what is said, in order; none where nothing is.
///
/// `next` is where the next claim of the sentence starts, with its source: what is said ends before it.
pub(super) fn content(
    words: &Words<'_, '_>,
    sentence: Run,
    cue: &Cue,
    source: Option<(Run, bool)>,
    free: usize,
    next: usize,
) -> Vec<Run> {
    let (first, last) = extent(cue, source);
    let after = match cue.sort {
        Sort::According => after_according(words, last, next),
        Sort::Verb(_) if source.is_some_and(|(_, inverted)| inverted) => after_comma(words, last, next),
        Sort::Verb(_) => after(words, cue, last, next),
    };
    // “Why?” Anna Berg asked after the vote: no clause follows the verb, so the question before it is what is said.
    let after = after.filter(|after| {
        first > sentence.start
            || opens_clause(words, after.start)
            || quotation_before(words, sentence.start, free).is_none()
    });
    let before = before(words, sentence, first..last, free, after.is_some());
    let takes_before = matches!(cue.frame(), Frame::Say | Frame::Tell | Frame::Clause) && !cue.is_gerund();
    let mut parts = Vec::new();
    match (before.filter(|_| takes_before), after) {
        (Some(before), None) => parts.push(before),
        (Some(before), Some(after)) if ends_quoted(words, before) || words.lower(last) == "," => {
            parts.push(before);
            let interrupted =
                words.lower(last) == "," || words.lower(after.start - 1) == "," && words.is_quoted(after.start);
            let goes_on = !ends_quoted(words, before) || after.range().any(|token| words.is_quoted(token));
            if interrupted && goes_on && !words.lower(after.start).ends_with("ing") {
                parts.push(after);
            }
        }
        (_, Some(after)) => parts.push(after),
        (None, None) => {}
    }
    let parts: Vec<Run> = parts
        .into_iter()
        .map(|part| trim(words, whole_quotations(words, part)))
        .filter(|part| !part.is_empty())
        .collect();
    over_paragraphs(words, with_continuation(words, sentence, parts))
}

/// Whether a clause or a quotation starts here, and not a phrase of time, place or manner.
fn opens_clause(words: &Words<'_, '_>, token: usize) -> bool {
    words.is_quoted(token)
        || words.is_capitalised(token)
        || matches!(words.class(token), Class::Pronoun | Class::Determiner | Class::Possessive | Class::Open)
        || matches!(words.lower(token), "that" | "if" | "whether")
}

/// From the first token of cue and source to one past their last.
fn extent(cue: &Cue, source: Option<(Run, bool)>) -> (usize, usize) {
    let (mut first, mut last) = (cue.group.start, cue.group.end);
    if let Some((run, _)) = source {
        if run.end <= cue.group.start && first - run.end <= 2 {
            first = run.start;
        }
        if run.start >= cue.group.end {
            last = run.end;
        }
    }
    (first, last)
}

fn ends_quoted(words: &Words<'_, '_>, part: Run) -> bool {
    part.end > part.start && words.is_quoted(part.end - 1)
}

/// What stands before source and cue, parted from them by a comma or a closing mark.
fn before(words: &Words<'_, '_>, sentence: Run, cue: Range<usize>, free: usize, has_after: bool) -> Option<Run> {
    let start = sentence.start.max(free);
    let first = cue.start;
    if first == sentence.start && !has_after {
        return quotation_before(words, sentence.start, free);
    }
    if first <= start + 1 {
        return None;
    }
    let mut end = first;
    while end > start && words.class(end - 1) == Class::Mark && !words.is_quoted(end - 1) {
        end -= 1;
    }
    if end == start || end == first && !words.is_quoted(end - 1) {
        return None;
    }
    let part = Run::new(start, end);
    // "On Monday, he said …": a short opening phrase is no claim.
    let opening = matches!(
        words.class(start),
        Class::Preposition | Class::Adverb | Class::Subordinator | Class::Coordinator | Class::Time
    );
    let long = part.len() >= if has_after && opening { 8 } else { 3 };
    // "Rents, she said, would rise": between commas, the clause goes on.
    let interrupted = !opening && words.lower(cue.end) == ",";
    (words.is_quoted(end - 1) || long || interrupted).then_some(part)
}

/// “Why?” she asked: the quotation that ends where the sentence starts, in the same paragraph.
fn quotation_before(words: &Words<'_, '_>, start: usize, free: usize) -> Option<Run> {
    let article = words.article;
    let last = start
        .checked_sub(1)
        .filter(|&last| last >= free && article.paragraph_of(last) == article.paragraph_of(start))?;
    quotations(words, Run::new(last, last + 1)).find(|tokens| tokens.end == last + 1)
}

/// What follows a cue with its source in front.
fn after(words: &Words<'_, '_>, cue: &Cue, last: usize, next: usize) -> Option<Run> {
    let mut start = last;
    if cue.frame() == Frame::Tell {
        start = skip_listener(words, start, next);
    }
    if matches!(cue.frame(), Frame::Say | Frame::Tell | Frame::Clause) {
        start = skip_occasion(words, start, next);
    }
    while start < next && words.class(start) == Class::Mark && !words.is_quoted(start) {
        start += 1;
    }
    if cue.frame() == Frame::To && !(start..next.min(start + 6)).any(|token| words.lower(token) == "to") {
        return None;
    }
    // Anna Berg said, “…,” and left: with nothing else quoted, what follows the quotation is not said.
    let marked = start > last && matches!(words.lower(start - 1), "," | ":");
    let quotation = quotations(words, Run::new(start, start + 1)).find(|tokens| marked && tokens.start == start);
    let end = quotation
        .map(|tokens| tokens.end)
        .filter(|&end| end < next && (end..next).all(|token| !words.is_quoted(token)))
        .unwrap_or(next);
    let run = Run::new(start, end);
    let bare = run.range().all(|token| words.class(token) == Class::Mark);
    (!run.is_empty() && !bare).then_some(run)
}

/// After "…," said Anna Berg: what goes on behind a comma, in quotation marks.
fn after_comma(words: &Words<'_, '_>, last: usize, next: usize) -> Option<Run> {
    let start = last + 1;
    (words.lower(last) == "," && start < next && words.is_quoted(start)).then(|| Run::new(start, next))
}

/// After "According to Anna Berg,": the clause.
fn after_according(words: &Words<'_, '_>, last: usize, next: usize) -> Option<Run> {
    (words.lower(last) == "," && last + 1 < next).then(|| Run::new(last + 1, next))
}

/// Over the listener of "told": to the clause or quotation that follows, or over one name or pronoun.
fn skip_listener(words: &Words<'_, '_>, start: usize, next: usize) -> usize {
    let opens = |token: &usize| {
        words.class(*token) == Class::Subordinator
            || words.is_quoted(*token)
            || matches!(words.lower(*token), ":" | "to")
    };
    if let Some(token) = (start..next.min(start + 14)).find(opens) {
        return token;
    }
    if words.class(start) == Class::Pronoun {
        return (start + 1).min(next);
    }
    let mut token = start;
    while token < next
        && (words.is_capitalised(token) || matches!(words.class(token), Class::Determiner | Class::Possessive))
    {
        token += 1;
    }
    if token == start || !words.is_capitalised(token - 1) { (token + 1).min(next) } else { token }
}

/// Over where and when it is said: "said *on Monday in a statement* that".
fn skip_occasion(words: &Words<'_, '_>, start: usize, next: usize) -> usize {
    let mut token = start;
    loop {
        let from = token;
        while token < next
            && (words.class(token) == Class::Time
                || matches!(words.lower(token), "yesterday" | "today" | "last" | "earlier" | "later" | "this"))
        {
            token += 1;
        }
        if words.class(token) == Class::Preposition && token < next {
            let phrase = token + 1..next.min(token + 9);
            let occasion = |token: usize| words.class(token) == Class::Time || is_in(OCCASIONS, words.lower(token));
            if let Some(end) = phrase.clone().find(|&token| occasion(token) && !occasion(token + 1)) {
                let plain = (token + 1..end).all(|token| {
                    matches!(words.class(token), Class::Open | Class::Determiner | Class::Possessive | Class::Time)
                });
                if plain {
                    token = end + 1;
                }
            }
            // "told reporters at the gate that": whatever stands before a "that" nearby.
            let mut phrase = phrase;
            let opens = |token: &usize| words.lower(*token) == "that" || words.kind(*token) == TokenKind::QuoteOpen;
            if let Some(that) = phrase.find(opens).filter(|_| token == from) {
                token = that;
            }
        }
        if token == from {
            return token;
        }
    }
}

/// The outermost quotations that a run touches, last first.
fn quotations<'w>(words: &'w Words<'_, '_>, run: Run) -> impl Iterator<Item = Run> + use<'w> {
    let all = &words.article.quotations;
    let upto = all.partition_point(|quotation| quotation.tokens.start < run.end);
    let outermost = all[..upto].iter().rev().filter(|quotation| quotation.depth == 0).map(|quotation| quotation.tokens);
    outermost.take_while(move |tokens| tokens.end > run.start)
}

/// A part with every quotation that it cuts made whole: quotations run over sentences, and over paragraphs.
fn whole_quotations(words: &Words<'_, '_>, part: Run) -> Run {
    quotations(words, part)
        .fold(part, |whole, tokens| Run::new(whole.start.min(tokens.start), whole.end.max(tokens.end)))
}

/// A part without the marks at its ends, those of quotations kept.
fn trim(words: &Words<'_, '_>, part: Run) -> Run {
    let outer =
        |token: usize| words.class(token) == Class::Mark && !words.is_quoted(token) && words.lower(token) != "%";
    let (mut start, mut end) = (part.start, part.end);
    while start < end && outer(start) {
        start += 1;
    }
    while start < end && outer(end - 1) {
        end -= 1;
    }
    Run::new(start, end)
}

/// “…,” she said. “…”: a quotation that opens the next sentence of the paragraph goes on with what was quoted.
fn with_continuation(words: &Words<'_, '_>, sentence: Run, mut parts: Vec<Run>) -> Vec<Run> {
    let quoted = parts.first().is_some_and(|&part| ends_quoted(words, part) && part.end <= sentence.end);
    if !quoted || parts.iter().any(|part| part.end >= sentence.end) {
        return parts;
    }
    let article = words.article;
    let paragraph = article.paragraphs[article.paragraph_of(sentence.start)];
    let next = sentence.end;
    if next >= paragraph.tokens.end {
        return parts;
    }
    if let Some(quotation) = quotations(words, Run::new(next, next + 1)).find(|tokens| tokens.start == next) {
        // Unless somebody else says it: “…,” said another.
        let after = quotation.end;
        let rest = Run::new(after, article.sentences[article.sentence_of(after - 1)].tokens.end.max(after));
        if super::cue::cues(words, rest).is_empty() {
            parts.push(quotation);
        }
    }
    parts
}

/// A quotation that is left open at a paragraph's end and opened again by the next goes on with what is said: forward
/// from the last part, and back from the first, when the cue stands in the last paragraph.
fn over_paragraphs(words: &Words<'_, '_>, mut parts: Vec<Run>) -> Vec<Run> {
    let all = &words.article.quotations;
    let (Some(first), Some(last)) = (parts.first().copied(), parts.last().copied()) else { return parts };
    let at = |tokens: Run| {
        let from = all.partition_point(|quotation| quotation.tokens.start < tokens.start);
        all[from..].iter().position(|quotation| quotation.tokens == tokens).map(|index| from + index)
    };
    // Nobody speaks in a byline or a footer: there a quotation has ended, closed or not.
    let article = words.article;
    let is_read = |index: &usize| article.paragraphs[article.paragraph_of(all[*index].tokens.start)].zone.is_read();
    let opening = quotations(words, Run::new(first.start, first.start + 1)).next().and_then(at);
    let before = |index: usize| all[index].continues.filter(is_read);
    let back = std::iter::successors(opening.and_then(before), |&index| before(index));
    let mut earlier: Vec<Run> = back.map(|index| all[index].tokens).collect();
    earlier.reverse();
    parts.splice(0..0, earlier);
    let mut open =
        quotations(words, Run::new(last.end - 1, last.end)).next().and_then(at).filter(|&index| !all[index].closed);
    while let Some(index) = open {
        let follows = (index + 1..all.len()).find(|&later| all[later].depth == 0);
        open = follows.filter(|&later| all[later].continues == Some(index)).filter(is_read);
        parts.extend(open.map(|later| all[later].tokens));
        open = open.filter(|&later| !all[later].closed);
    }
    parts
}
