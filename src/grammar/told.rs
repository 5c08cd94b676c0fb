//! Claims that the network did not find, or that it took for a part of another, though a plain pattern tells them.

use super::page::Page;
use crate::lang::is_in;
use crate::lexis::Class;
use crate::span::Run;
use crate::text::TokenKind;

/// How sure a claim is that only such a pattern tells.
const CONFIDENCE: f32 = 0.6;

/// The longest words at the end of a sentence that name who speaks, in tokens.
const LONGEST_TRAIL: usize = 12;

/// The longest words between "as per" and who speaks, in tokens.
const LONGEST_LEAD: usize = 6;

/// "Anna Berg told the BBC the school “did nothing”."
pub(super) fn told(page: &mut Page<'_, '_, '_>) {
    for cue in 1..page.words.article.tokens.len() {
        if is_in(page.words.language.telling, page.words.lower(cue)) {
            tell(page, cue);
        }
    }
}

/// "Staff there said they had learnt of it from the radio.": a sentence in which the network found nothing.
pub(super) fn said(page: &mut Page<'_, '_, '_>) {
    for cue in 1..page.words.article.tokens.len() {
        if is_in(page.words.language.sayings, page.words.lower(cue)) {
            say(page, cue);
        }
    }
}

fn say(page: &mut Page<'_, '_, '_>, cue: usize) -> Option<()> {
    let words = page.words;
    let sentence = words.article.sentences[words.article.sentence_of(cue)].tokens;
    let is_free = |token: usize| page.said(token).is_none() && page.cued(token).is_none() && !words.is_quoted(token);
    if !is_read(page, cue) || words.is_title_case(cue) || !sentence.range().all(is_free) {
        return None;
    }
    let source = page.phrase_before(sentence.start, cue)?;
    let content = rest(page, cue + 1, sentence.end);
    let opens = source.start == sentence.start
        || words.lower(source.start - 1) == ","
        || words.class(source.start - 1) == Class::Time;
    let is_clause = content.len() > 2 && content.range().any(|token| page.is_finite(token));
    let starts = is_in(words.language.content_leads, words.lower(content.start))
        || !matches!(words.class(content.start), Class::Preposition | Class::Mark | Class::Coordinator);
    if !opens || !is_clause || !starts || is_in(words.language.impersonals, words.lower(source.start)) {
        return None;
    }
    let claim = page.add(cue, Some(source), Some(Run::new(cue, cue + 1)), CONFIDENCE);
    page.give(content, Some(claim));
    Some(())
}

fn tell(page: &mut Page<'_, '_, '_>, cue: usize) -> Option<()> {
    let words = page.words;
    if page.cued(cue).is_some() || words.is_quoted(cue) || page.said(cue).is_some() || !is_read(page, cue) {
        return None;
    }
    let sentence = words.article.sentences[words.article.sentence_of(cue)].tokens;
    let source = page.phrase_before(sentence.start, cue)?;
    let is_plain = matches!(words.class(source.end), Class::Open | Class::Auxiliary)
        && !is_in(words.language.passive_auxiliaries, words.lower(source.end));
    let listener = listener(page, cue + 1, sentence.end)?;
    let content = rest(page, listener, sentence.end);
    let clause = |run: Run| {
        run.len() > 2
            && (is_in(words.language.told_leads, words.lower(run.start))
                || run.range().any(|token| page.is_finite(token) || words.is_quoted(token)))
    };
    let is_free = content.range().all(|token| page.said(token).is_none() && page.cued(token).is_none());
    if !is_plain
        || !clause(content)
        || !is_free
        || words.class(listener) == Class::Preposition && !is_in(words.language.direction_leads, words.lower(listener))
    {
        return None;
    }
    let claim = page.add(cue, Some(source), Some(Run::new(cue, cue + 1)), CONFIDENCE);
    page.give(content, Some(claim));
    Some(())
}

/// Where the words end that name who is told: "the BBC", "residents", "him".
pub(super) fn listener(page: &Page<'_, '_, '_>, at: usize, end: usize) -> Option<usize> {
    let lower = page.words.lower(at);
    if is_in(page.words.language.objects, lower) {
        return Some(at + 1);
    }
    if is_in(page.words.language.listeners, lower) {
        return Some(at + 1);
    }
    page.phrase_at(at, end).map(|run| run.end)
}

fn is_read(page: &Page<'_, '_, '_>, token: usize) -> bool {
    let article = page.words.article;
    article.paragraphs[article.paragraph_of(token)].zone.is_read()
}

/// What is left of a sentence without its last stop.
fn rest(page: &Page<'_, '_, '_>, from: usize, end: usize) -> Run {
    let is_stop = |&token: &usize| matches!(page.words.article.word(token), "." | "!" | ";");
    let end = (from..end).rev().find(|token| !is_stop(token)).map_or(from, |last| last + 1);
    Run::new(from, end.max(from))
}

/// "As per the figures from the bank, prices fell.", "The dam burst, from various reports.": who speaks by the first words of
/// a sentence, up to the comma, or by the last.
pub(super) fn leads(page: &mut Page<'_, '_, '_>) {
    for index in 0..page.words.article.sentences.len() {
        let sentence = page.words.article.sentences[index].tokens;
        if is_read(page, sentence.start) && lead(page, sentence).is_none() {
            trail(page, sentence);
        }
    }
}

fn lead(page: &mut Page<'_, '_, '_>, sentence: Run) -> Option<()> {
    let comma = sentence.range().take(24).find(|&token| page.words.lower(token) == ",")?;
    let (cue, source) = named_by(page, Run::new(sentence.start, comma))?;
    let content = rest(page, comma + 1, sentence.end);
    believe(page, sentence, cue, source, content)
}

fn trail(page: &mut Page<'_, '_, '_>, sentence: Run) -> Option<()> {
    let comma = sentence.range().rev().take(LONGEST_TRAIL).find(|&token| page.words.lower(token) == ",")?;
    let (cue, source) = named_by(page, rest(page, comma + 1, sentence.end))?;
    // "The price rose, as per the contract": a contract says nothing.
    let speaks = page.phrase_at(source.start, source.end).is_some_and(|phrase| phrase.end == source.end);
    let content = Run::new(sentence.start, comma);
    (speaks || is_in(page.words.language.origin_leads, page.words.lower(cue.start)))
        .then(|| believe(page, sentence, cue, source, content))?
}

/// Who speaks by words that say "according to", and those words.
fn named_by(page: &Page<'_, '_, '_>, run: Run) -> Option<(Run, Run)> {
    let words = page.words;
    let opening = |length: usize| {
        let run = run.start..run.end.min(run.start + length);
        run.map(|token| words.lower(token)).collect::<Vec<_>>().join(" ")
    };
    let are_reports = run.len() > 2
        && is_in(words.language.origin_leads, words.lower(run.start))
        && is_in(words.language.statements, words.lower(run.end - 1))
        && (run.start + 1..run.end - 1).all(|token| is_in(page.words.language.report_words, words.lower(token)));
    let start = if are_reports {
        run.start + 1
    } else {
        let start = run.start + (1..5).rev().find(|&length| is_in(page.words.language.leads, &opening(length)))?;
        let from =
            (start..run.end).take(LONGEST_LEAD).find(|&token| is_in(words.language.source_leads, words.lower(token)));
        from.map_or(start, |from| from + 1)
    };
    (start < run.end).then(|| (Run::new(run.start, start), Run::new(start, run.end)))
}

/// Adds a claim to a sentence in which there is no other.
fn believe(page: &mut Page<'_, '_, '_>, sentence: Run, cue: Run, source: Run, content: Run) -> Option<()> {
    let is_free = sentence.range().all(|token| page.said(token).is_none() && page.cued(token).is_none());
    if content.len() < 3 || !is_free {
        return None;
    }
    let claim = page.add(cue.start, Some(source), Some(cue), CONFIDENCE);
    page.give(content, Some(claim));
    Some(())
}

/// "Some said it rained while others predicted snow": the others have a claim of their own.
pub(super) fn others(page: &mut Page<'_, '_, '_>) {
    for token in 1..page.words.article.tokens.len() {
        let words = page.words;
        let is_other = is_in(page.words.language.unnamed_several, words.lower(token))
            && is_in(words.language.contrasts, words.lower(token - 1))
            && page.says(token + 1)
            && !words.is_quoted(token);
        let Some(claim) = page.said(token).filter(|&claim| is_other && page.said(token + 1) == Some(claim)) else {
            continue;
        };
        let end = page.claims[claim].content.iter().map(|run| run.end).max().unwrap_or(token);
        let confidence = page.claims[claim].confidence;
        let cue = Run::new(token + 1, token + 2);
        let other = page.add(cue.start, Some(Run::new(token, token + 1)), Some(cue), confidence);
        page.give(Run::new(token - 1, end), None);
        page.give(Run::new(cue.end, end), Some(other));
    }
}

/// "RT @anna The panic is absurd. https://…": a post belongs to the name before it.
pub(super) fn posts(page: &mut Page<'_, '_, '_>) {
    let article = page.words.article;
    for paragraph in article.paragraphs.iter().filter(|paragraph| paragraph.zone.is_read()) {
        let words = page.words;
        let is_handle = |token: usize| words.kind(token) == TokenKind::Address && words.lower(token).starts_with('@');
        let start = paragraph.body_from;
        let is_shared = words.article.word(start) == "RT";
        let handle = start + usize::from(is_shared);
        let has_colon = words.lower(handle + 1) == ":";
        if handle >= paragraph.tokens.end || !is_handle(handle) || !(is_shared || has_colon) {
            continue;
        }
        let from = handle + 1 + usize::from(has_colon);
        let is_text = |&token: &usize| words.kind(token) != TokenKind::Address;
        let Some(last) = (from..paragraph.tokens.end).rev().find(is_text) else { continue };
        let claim = page.add(handle, Some(Run::new(handle, handle + 1)), None, CONFIDENCE);
        page.give(Run::new(from, last + 1), Some(claim));
    }
}
