//! Sources without what is no part of them: when, where and how they speak.

use super::page::Page;
use crate::lang::{is_in, row};
use crate::lexis::Class;
use crate::scheme::Label;
use crate::span::Run;
use crate::text::{TokenKind, Zone};

/// Keeps a claim of the text out of the headline above it, which ends without a stop.
pub(super) fn stay(page: &mut Page<'_, '_, '_>) {
    let article = page.words.article;
    let heads = |token: usize| {
        let paragraph = &article.paragraphs[article.paragraph_of(token)];
        let last = paragraph.tokens.end - 1;
        // A quotation may go on where a line only looks like a headline.
        let is_open = article.tokens[last].quoted > 0 && article.tokens[last].kind != TokenKind::QuoteClose;
        matches!(paragraph.zone, Zone::Headline | Zone::Standfirst) && !is_open
    };
    for claim in 0..page.claims.len() {
        let anchor = page.claims[claim].anchor;
        if heads(anchor) {
            continue;
        }
        let paragraph = article.paragraphs[article.paragraph_of(anchor)].tokens;
        if let Some(cue) = page.claims[claim].cue {
            page.claims[claim].cue = Some(Run::new(cue.start.max(paragraph.start), cue.end.min(paragraph.end)));
        }
        for run in page.claims[claim].content.clone() {
            let end = run.range().find(|&token| !heads(token)).unwrap_or(run.end);
            if end > run.start {
                page.give(Run::new(run.start, end), None);
            }
        }
    }
}

/// Cuts adverbials off the ends of every source, and drops what experience or history "shows" and what people meet "to
/// discuss".
pub(super) fn trim(page: &mut Page<'_, '_, '_>) {
    for claim in 0..page.claims.len() {
        let Some(source) = page.claims[claim].source.or_else(|| missing(page, claim)) else { continue };
        if is_abstract(page, source) || is_topic(page, claim) {
            page.claims[claim].content.clear();
            continue;
        }
        let start = front(page, source);
        let source = Run::new(start, back(page, Run::new(start, source.end)));
        page.claims[claim].source = Some(source);
    }
}

/// Whether a claim is but what people come together for: "to talk about the budget". Nobody has said anything yet.
fn is_topic(page: &Page<'_, '_, '_>, claim: usize) -> bool {
    let words = page.words;
    let is_open = |run: &Run| !run.range().any(|token| words.is_quoted(token));
    page.claims[claim].cue.is_some_and(|cue| {
        is_in(page.words.language.direction_leads, words.lower(cue.start))
            && is_in(page.words.language.talking, words.lower(cue.start + 1))
    }) && page.claims[claim].content.iter().all(is_open)
}

/// The source of a claim that has a verb of saying and none: the phrase before the verb, "Officials there said".
fn missing(page: &Page<'_, '_, '_>, claim: usize) -> Option<Run> {
    let cue = page.claims[claim].cue?;
    let verb = cue.range().find(|&token| page.says(token))?;
    let sentence = page.words.article.sentences[page.words.article.sentence_of(verb)].tokens;
    let source = page.phrase_before(sentence.start, verb)?;
    if is_in(page.words.language.impersonals, page.words.lower(source.start)) {
        return None;
    }
    source.range().all(|token| page.said(token).is_none()).then_some(source)
}

/// "Experience", "history": nobody speaks.
fn is_abstract(page: &Page<'_, '_, '_>, source: Run) -> bool {
    let open: Vec<usize> = source.range().filter(|&token| page.words.class(token) == Class::Open).collect();
    matches!(open[..], [only] if is_in(page.words.language.abstractions, page.words.lower(only)))
}

/// Where a source starts behind "Last night", "13:55", "On Monday", "In a statement,".
fn front(page: &Page<'_, '_, '_>, source: Run) -> usize {
    let words = page.words;
    let mut start = source.start;
    while start + 1 < source.end && page.name_at(start).is_none_or(|(run, _)| run.end < source.end) {
        let next = match words.class(start) {
            _ if is_clock(page, start) => start + 1,
            Class::Time => start + 1,
            Class::Adverb if is_in(page.words.language.time_adverbs, words.lower(start)) => start + 1,
            Class::Preposition => past_preposition(page, Run::new(start, source.end)),
            _ => past_time(page, start),
        };
        let is_name = (start..next).any(|token| page.name_at(token).is_some_and(|(_, label)| label != Label::Place));
        let is_apposed = is_in(words.language.indefinite_articles, words.lower(next + 1)) && words.lower(next) == ",";
        if next == start || next >= source.end || is_name || is_apposed {
            break;
        }
        start = next + usize::from(words.lower(next) == "," && next + 1 < source.end);
    }
    start
}

/// Whether a token is a time of day: "13:55".
fn is_clock(page: &Page<'_, '_, '_>, token: usize) -> bool {
    let word = page.words.article.word(token);
    page.words.kind(token) == TokenKind::Number && word.split_once(':').is_some_and(|(hour, _)| hour.len() <= 2)
}

/// The token behind "last night", "earlier this week", or the same where no such words stand.
fn past_time(page: &Page<'_, '_, '_>, start: usize) -> usize {
    let words = page.words;
    let leads = |token: usize| is_in(words.language.time_leads, words.lower(token));
    let lead = (start..start + 3).take_while(|&token| leads(token)).count();
    let is_time =
        |token: usize| words.class(token) == Class::Time || is_in(page.words.language.time_nouns, words.lower(token));
    if lead > 0 && is_time(start + lead) { start + lead + 1 } else { start }
}

/// The token behind a preposition and what it governs: up to the comma, or "On Monday".
fn past_preposition(page: &Page<'_, '_, '_>, source: Run) -> usize {
    let words = page.words;
    if words.class(source.start + 1) == Class::Time {
        return source.start + 2;
    }
    if let Some(comma) = source.range().find(|&token| words.lower(token) == ",") {
        return comma;
    }
    let at = source.start + 1 + usize::from(words.class(source.start + 1) == Class::Determiner);
    let time = past_time(page, source.start + 1);
    if time > source.start + 1 {
        return time;
    }
    // "In a statement the board": a second determiner starts what speaks. "At least half the board" is counted.
    let leads = is_in(words.language.occasion_leads, words.lower(source.start));
    if !leads || is_in(words.language.quantity_leads, words.lower(source.start + 1)) {
        return source.start;
    }
    let starts =
        |&token: &usize| words.class(token) == Class::Determiner && words.class(token - 1) != Class::Preposition;
    (at + 1..source.end).find(starts).unwrap_or(source.start)
}

/// Where a source ends before "quietly", "through tears", "from her corner".
fn back(page: &Page<'_, '_, '_>, source: Run) -> usize {
    let words = page.words;
    let Some(core) = page.phrase_at(source.start, source.end) else { return source.end };
    let at = core.end;
    if at >= source.end || words.is_capitalised(at) {
        return source.end;
    }
    let is_name = page.name_at(core.end - 1).is_some_and(|(_, label)| label == Label::Person);
    let is_person = is_name || page.is_pronoun(core.start);
    let cuts = match words.class(at) {
        Class::Adverb => page.is_adverb(at),
        Class::Subordinator => is_person,
        Class::Coordinator => is_person && page.is_finite(at + 1),
        Class::Preposition => is_person && !belongs(page, at, source.end),
        _ => false,
    };
    if cuts { at } else { source.end }
}

/// Whether what a preposition governs says who somebody is: "of Huurbond", "from the union", "with Colvert Ltd.".
fn belongs(page: &Page<'_, '_, '_>, at: usize, end: usize) -> bool {
    let words = page.words;
    let says = |token: usize| {
        words.is_capitalised(token)
            || page.name_at(token).is_some()
            || row(page.words.language.institution_nouns, words.lower(token)).is_some()
    };
    is_in(words.language.source_joints, words.lower(at)) && (at + 1..end.min(at + 8)).any(says)
}
