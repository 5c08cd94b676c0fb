//! Quotations that a line above or below signs: “…” – Anna Berg, 43, nurse; From the desk of Anna Berg.

use super::page::Page;
use crate::lang::is_in;
use crate::lexis::Class;
use crate::span::Run;
use crate::text::TokenKind;

/// How sure a claim is that layout tells.
const CONFIDENCE: f32 = 0.85;

/// The longest signature, in tokens.
const LONGEST: usize = 16;

/// Quotations with a dash and a name behind them.
pub(super) fn signed(page: &mut Page<'_, '_, '_>) {
    let article = page.words.article;
    for paragraph in &article.paragraphs {
        if !paragraph.zone.is_read() {
            continue;
        }
        let run = Run::new(paragraph.body_from, paragraph.tokens.end);
        let Some(dash) = run.range().find(|&token| is_dash(page, token) && !page.words.is_quoted(token)) else {
            continue;
        };
        let is_quotation = run.start < dash && (run.start..dash).all(|token| page.words.is_quoted(token));
        let signature = signature(page, Run::new(dash + 1, run.end)).filter(|_| is_quotation);
        if let Some(signature) = signature {
            sign(page, Run::new(run.start, dash), signature, dash);
        }
    }
    // On a line of its own.
    for pair in article.paragraphs.windows(2) {
        let (above, below) = (pair[0].tokens, pair[1].tokens);
        let is_quotation = above.range().all(|token| page.words.is_quoted(token)) && pair[0].zone.is_read();
        let is_signed = is_quotation && pair[1].zone.is_read() && is_dash(page, below.start);
        if let Some(signature) = signature(page, Run::new(below.start + 1, below.end)).filter(|_| is_signed) {
            sign(page, above, signature, below.start);
        }
    }
}

fn is_dash(page: &Page<'_, '_, '_>, token: usize) -> bool {
    matches!(page.words.article.word(token), "―" | "—" | "–" | "-" | "--" | "~")
}

/// Who signs, without the last stop: a phrase that can speak and what describes it, without a verb.
fn signature(page: &Page<'_, '_, '_>, run: Run) -> Option<Run> {
    let words = page.words;
    let end = run.end - usize::from(run.end > run.start && words.lower(run.end - 1) == ".");
    let run = Run::new(run.start, end);
    let names = |token: usize| words.is_capitalised(token) && page.name_at(token).is_some();
    let is_titled = page.phrase_at(run.start, run.end).is_some();
    let is_plain = run.range().all(|token| {
        !words.is_quoted(token)
            && (!page.is_finite(token) || is_in(page.words.language.participles, words.lower(token)))
    });
    (!run.is_empty() && run.len() <= LONGEST && is_plain && (is_titled || run.range().any(names))).then_some(run)
}

/// Gives a quotation to who signs it.
fn sign(page: &mut Page<'_, '_, '_>, quotation: Run, signature: Run, anchor: usize) {
    page.give(Run::new(anchor, signature.end), None);
    let known = page.cued(anchor);
    let claim = known.unwrap_or_else(|| page.add(anchor, None, None, CONFIDENCE));
    let content = std::mem::take(&mut page.claims[claim].content);
    for run in content {
        page.claims[claim].content.push(run);
        page.give(run, None);
    }
    let own = &mut page.claims[claim];
    (own.source, own.cue) = (Some(signature), Some(Run::new(anchor, anchor + 1)));
    own.confidence = own.confidence.max(CONFIDENCE);
    page.give(quotation, Some(claim));
}

/// Quotations below a line that names who speaks: "Statement from Mayor Ada Frost:", "From the desk of Anna Berg."
pub(super) fn headed(page: &mut Page<'_, '_, '_>) {
    let article = page.words.article;
    for pair in article.paragraphs.windows(2) {
        let (above, below) = (pair[0].tokens, &pair[1]);
        let Some((source, cue)) = heading(page, above) else { continue };
        let run = Run::new(below.body_from, below.tokens.end);
        let is_quoted = page.words.is_quoted(run.start);
        let is_colon = page.words.lower(above.end - 1) == ":";
        if !below.zone.is_read()
            || !(is_quoted || is_colon)
            || page.owner(run).is_some_and(|claim| page.claims[claim].cue.is_some())
        {
            continue;
        }
        let end = run.range().find(|&token| page.words.is_quoted(token) != is_quoted).unwrap_or(run.end);
        let claim = page.add(cue.start, Some(source), Some(cue), CONFIDENCE);
        page.give(above, None);
        page.give(Run::new(run.start, end), Some(claim));
    }
}

/// Who speaks by a short line without a verb that ends with a colon or a stop, and the words that say so.
fn heading(page: &Page<'_, '_, '_>, run: Run) -> Option<(Run, Run)> {
    let words = page.words;
    let ends = matches!(words.lower(run.end - 1), ":" | ".");
    let is_plain = run.len() <= LONGEST
        && run.range().all(|token| !page.is_finite(token) && words.kind(token) != TokenKind::QuoteOpen);
    if !ends || !is_plain {
        return None;
    }
    let from = run.range().take(6).find(|&token| is_in(words.language.source_leads, words.lower(token)))?;
    let desk = is_in(words.language.definite_articles, words.lower(from + 1))
        && is_in(words.language.desks, words.lower(from + 2))
        && is_in(words.language.owner_leads, words.lower(from + 3));
    let cue = Run::new(from, from + if desk { 4 } else { 1 });
    let source = Run::new(cue.end, run.end - 1);
    let stop = words.lower(run.end - 1) == ".";
    let named = page.phrase_at(source.start, source.end).is_some() && page.has_name(source);
    let opens = (run.start..from).all(|token| words.class(token) != Class::Preposition);
    (named && opens && (desk || !stop)).then_some((source, cue))
}
