//! Quotations -> who speaks each: by the words right beside it, else by who acts beside it, else nobody who is told.

use super::page::{Page, joined};
use crate::lang::is_in;
use crate::lexis::Class;
use crate::scheme::Label;
use crate::span::Run;
use crate::text::{Quotation, TokenKind, Zone};

/// How sure a claim is whose quotation has a verb of saying beside it, and one by who acts beside it.
const TAGGED: f32 = 0.85;
const ACTED: f32 = 0.6;

/// The fewest words of a quotation that is a claim though nothing says who speaks it.
const FEWEST: usize = 5;

/// Takes whole sentences outside quotation marks from a claim that has quotations before and behind them.
pub(super) fn narration(page: &mut Page<'_, '_, '_>) {
    let article = page.words.article;
    for sentence in &article.sentences {
        let run = sentence.tokens;
        let is_told = run.range().all(|token| !page.words.is_quoted(token));
        let Some(claim) = page.said(run.start).filter(|_| is_told) else { continue };
        let is_whole = run.range().all(|token| page.said(token) == Some(claim));
        let is_inside = |token: Option<usize>| {
            token.is_some_and(|token| page.words.is_quoted(token) && page.said(token) == Some(claim))
        };
        if is_whole && is_inside(run.start.checked_sub(1)) && is_inside(Some(run.end)) {
            page.give(run, None);
        }
    }
}

/// Quotations within what somebody says, of which that one tells who spoke them: “The driver shouted, ‘Look out!’,” she said.
pub(super) fn nested(page: &mut Page<'_, '_, '_>) {
    let article = page.words.article;
    for quotation in article.quotations.iter().filter(|quotation| quotation.closed) {
        let run = quotation.tokens;
        let Some(owner) = page.owner(run) else { continue };
        let Some(tag) = page.tag_before(run, 0) else { continue };
        let frame = Run::new(tag.source.start.min(tag.cue), tag.source.end.max(tag.cue + 1));
        let is_told = frame.range().all(|token| page.said(token) == Some(owner));
        let is_own = frame.range().all(|token| page.words.article.tokens[token].quoted == quotation.depth);
        let first = run.range().find(|&token| page.is_word(token));
        let opens = first.is_some_and(|first| article.word(first).starts_with(char::is_uppercase));
        let ends = page.last_inside(run).ends_with(['.', '!', '?', ',']);
        if is_told && is_own && opens && ends && !page.is_pronoun(tag.source.start) {
            let cue = Run::new(tag.cue, tag.cue + 1);
            let claim = page.add(tag.cue, Some(tag.source), Some(cue), page.claims[owner].confidence);
            page.give(run, Some(claim));
            page.told.push((claim, owner));
        }
    }
}

/// Gives back to claims the words that claims inside them say. From here on a word may be said twice.
pub(super) fn whole(page: &mut Page<'_, '_, '_>) {
    for (inner, outer) in std::mem::take(&mut page.told) {
        let said = page.claims[inner].content.clone();
        let content = &mut page.claims[outer].content;
        // Only where it stands between two parts of the other, or at its end: else something else took the words around it.
        let touches = |part: &Run| said.iter().any(|run| run.start == part.end);
        if content.iter().any(touches) {
            content.extend(said);
            *content = joined(std::mem::take(content));
        }
    }
}

/// A quotation with what stands around it in its paragraph.
#[derive(Debug, Clone, Copy)]
struct Place {
    run: Run,
    closed: bool,
    /// Whether it goes on with no other.
    is_new: bool,
    /// Where the quotation before it ends, or its paragraph's text starts.
    floor: usize,
    /// Where the next quotation starts, or its paragraph ends.
    limit: usize,
    paragraph: usize,
    is_first: bool,
}

/// Gives every quotation of the body to who speaks it.
pub(super) fn quotations(page: &mut Page<'_, '_, '_>) {
    for place in places(page) {
        settle(page, place);
    }
}

fn places(page: &Page<'_, '_, '_>) -> Vec<Place> {
    let article = page.words.article;
    let outermost: Vec<&Quotation> = article.quotations.iter().filter(|quotation| quotation.depth == 0).collect();
    let mut places = Vec::with_capacity(outermost.len());
    for (index, quotation) in outermost.iter().enumerate() {
        let paragraph = article.paragraph_of(quotation.tokens.start);
        if !matches!(article.paragraphs[paragraph].zone, Zone::Body | Zone::Standfirst) {
            continue;
        }
        let tokens = Run::new(article.paragraphs[paragraph].body_from, article.paragraphs[paragraph].tokens.end);
        let before = index.checked_sub(1).map(|before| outermost[before].tokens).filter(|run| run.end > tokens.start);
        let next = outermost.get(index + 1).map(|next| next.tokens.start).filter(|&start| start < tokens.end);
        places.push(Place {
            run: quotation.tokens,
            closed: quotation.closed,
            is_new: quotation.continues.is_none(),
            floor: before.map_or(tokens.start, |run| run.end),
            limit: next.unwrap_or(tokens.end),
            paragraph,
            is_first: before.is_none(),
        });
    }
    places
}

fn settle(page: &mut Page<'_, '_, '_>, place: Place) {
    if !is_speech(page, place) {
        return;
    }
    let owner = page.owner(place.run);
    let is_near = owner.is_some_and(|owner| is_near(page, owner, place));
    if let Some(tag) = page.tag(place.run, place.floor, place.limit) {
        let frame = Run::new(tag.source.start.min(tag.cue), tag.source.end.max(tag.cue + 1));
        let told = page.cued(tag.cue);
        let is_clear = page.words.lower(place.run.start - usize::from(place.run.start > 0)) == ":";
        let is_owned = owner.is_some_and(|owner| Some(owner) == told || is_beside(page, owner, frame));
        if is_owned || is_near && !is_clear {
            return;
        }
        let claim = told
            .filter(|&claim| fits(page, claim, frame))
            .unwrap_or_else(|| page.add(tag.cue, Some(tag.source), Some(Run::new(tag.cue, tag.cue + 1)), TAGGED));
        page.give(frame, None);
        page.give(place.run, Some(claim));
        // What the claim of before told between the two quotations is the article's.
        let told = |&token: &usize| page.said(token) == owner && owner.is_some() && !page.words.is_quoted(token);
        let rest = (frame.end.max(place.run.end)..place.limit).take_while(told).count();
        page.give(Run::new(frame.end.max(place.run.end), frame.end.max(place.run.end) + rest), None);
        return;
    }
    if is_near {
        return;
    }
    if let Some(source) = actor(page, place, owner) {
        if !owner.is_some_and(|owner| is_same(page, page.claims[owner].source, source)) {
            let claim = page.add(place.run.start, Some(source), None, ACTED);
            page.give(place.run, Some(claim));
        }
    } else if owner.is_some_and(|owner| is_answer(page, owner, place)) {
        page.give(place.run, None);
        page.alone.push(place.run);
    } else if owner.is_none() && words_of(page, place.run) >= FEWEST {
        page.alone.push(place.run);
    }
}

/// Whether a claim's cue or source stands in a frame.
fn is_beside(page: &Page<'_, '_, '_>, claim: usize, frame: Run) -> bool {
    let claim = &page.claims[claim];
    claim.cue.into_iter().chain(claim.source).any(|run| run.overlaps(frame))
}

/// Whether a claim that has its cue in a frame has its source there, or none.
fn fits(page: &Page<'_, '_, '_>, claim: usize, frame: Run) -> bool {
    page.claims[claim].source.is_none_or(|source| source.overlaps(frame))
}

/// Whether a claim has its cue or its source in the sentences of a quotation's two ends, no other quotation between.
fn is_near(page: &Page<'_, '_, '_>, claim: usize, place: Place) -> bool {
    let article = page.words.article;
    let first = article.sentences[article.sentence_of(place.run.start)].tokens.start;
    let last = article.sentences[article.sentence_of(place.run.end - 1)].tokens.end;
    let near = Run::new(first.max(place.floor), last.min(place.limit).max(first.max(place.floor)));
    is_beside(page, claim, near)
}

/// Whether a quotation is a sentence or more, and no title or word in doubt: it ends as a sentence does and starts as one.
fn is_speech(page: &Page<'_, '_, '_>, place: Place) -> bool {
    let words = page.words;
    let ends = page.last_inside(place.run).ends_with(['.', '!', '?', '…', ',']);
    let first = place.run.range().find(|&token| page.is_word(token));
    let opens = place.run.start == place.floor
        || matches!(words.article.word(place.run.start - 1), ":" | "." | "!" | "?" | "…")
        || words.kind(place.run.start - 1) == TokenKind::QuoteClose;
    let open: Vec<usize> = place.run.range().filter(|&token| words.class(token) == Class::Open).collect();
    let capitals = open.iter().filter(|&&token| words.is_capitalised(token)).count();
    let is_title = words.is_title_case(place.run.start) || open.len() > 2 && 5 * capitals > 4 * open.len();
    place.closed
        && place.is_new
        && ends
        && opens
        && !is_title
        && first.is_some_and(|first| words.article.word(first).starts_with(char::is_uppercase))
}

fn words_of(page: &Page<'_, '_, '_>, run: Run) -> usize {
    run.range().filter(|&token| page.is_word(token)).count()
}

/// Who acts in the sentence before a quotation, or in the one behind it where it opens its paragraph.
fn actor(page: &Page<'_, '_, '_>, place: Place, owner: Option<usize>) -> Option<Run> {
    let article = page.words.article;
    let told = |claim: usize| [page.claims[claim].source, page.claims[claim].cue];
    // After what says who speaks the quotation before.
    let frame = owner.into_iter().flat_map(told).flatten().map(|run| run.end);
    let from = frame.filter(|&end| end <= place.run.start).max().unwrap_or(0);
    if place.run.start > place.floor {
        let sentence = article.sentences[article.sentence_of(place.run.start - 1)].tokens;
        return (sentence.start >= from.max(place.floor)).then(|| subject(page, sentence)).flatten();
    }
    let is_alone = place.run.end == place.limit;
    if place.is_first && !is_alone {
        let sentence = article.sentences[article.sentence_of(place.run.end)].tokens;
        return if sentence.start == place.run.end { subject(page, sentence) } else { None };
    }
    if !place.is_first || !is_alone {
        return None;
    }
    let before = &article.paragraphs[place.paragraph.checked_sub(1)?];
    let sentence = article.sentences[before.sentences.end - 1].tokens;
    let is_told = sentence.range().all(|token| !page.words.is_quoted(token));
    if !before.zone.is_read() || !is_told || sentence.start < from {
        return None;
    }
    subject(page, sentence).filter(|&run| page.has_person(run))
}

/// The person at a sentence's start that a verb follows.
fn subject(page: &Page<'_, '_, '_>, sentence: Run) -> Option<Run> {
    let words = page.words;
    let run = page.phrase_at(sentence.start, sentence.end)?;
    let is_one = is_in(words.language.single_subjects, words.lower(run.start))
        || page.has_person(run)
        || page.is_person_noun(run.end - 1) && matches!(words.class(run.start), Class::Determiner | Class::Possessive);
    let at = page.past_adverbs(run.end);
    let goes_on = page.is_finite(at) || words.lower(at) == "," || is_in(words.language.starting, words.lower(at));
    let is_institution = page.name_at(run.end - 1).is_some_and(|(_, label)| label == Label::Institution);
    (is_one && goes_on && !is_institution).then_some(run)
}

/// Whether two sources share a word of a name, or the second is a pronoun.
fn is_same(page: &Page<'_, '_, '_>, one: Option<Run>, other: Run) -> bool {
    let words = page.words;
    let Some(one) = one else { return false };
    if other.len() == 1 && page.is_pronoun(other.start) {
        return true;
    }
    let open = |token: &usize| words.class(*token) == Class::Open && page.is_word(*token);
    other.range().filter(open).any(|token| one.range().any(|own| words.lower(own) == words.lower(token)))
}

/// Whether a quotation answers a question that its claim asks: somebody who asks for a living, or who says "you".
fn is_answer(page: &Page<'_, '_, '_>, claim: usize, place: Place) -> bool {
    let words = page.words;
    let claim = &page.claims[claim];
    let Some(cue) = claim.cue else { return false };
    let asks = cue.range().any(|token| is_in(page.words.language.asking, words.lower(token)));
    let before = claim.content.iter().flat_map(|run| run.range()).filter(|&token| token < place.run.start);
    let before: Vec<usize> = before.collect();
    let is_question = before.iter().rev().take(3).any(|&token| words.article.word(token).ends_with('?'));
    let addresses = before.iter().any(|&token| is_in(words.language.addresses, words.lower(token)));
    let is_asker =
        claim.source.is_some_and(|run| run.range().any(|token| is_in(page.words.language.askers, words.lower(token))));
    let follows = cue.end.max(claim.source.map_or(0, |run| run.end)) + 2 >= place.run.start;
    asks && is_question && follows && (addresses || is_asker) && !page.last_inside(place.run).ends_with('?')
}
