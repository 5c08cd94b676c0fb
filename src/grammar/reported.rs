//! A claim that tells another: "According to The Times, officials said …", "Officials said …, according to The Times".

use super::page::Page;
use super::told::listener;
use crate::lang::Frame;
use crate::lang::is_in;
use crate::lexis::Class;
use crate::model::Candidate;
use crate::span::Run;

/// How sure a claim is that only such words tell.
const CONFIDENCE: f32 = 0.6;

/// The longest source after "according to", in tokens.
const LONGEST: usize = 16;

/// Gives who is named after "according to" the whole rest of the sentence, with the claim that is told in it. It runs last,
/// since a word may be said twice by now.
pub(super) fn reported(page: &mut Page<'_, '_, '_>) {
    for token in 0..page.words.article.tokens.len() {
        if is_in(page.words.language.attributive_prepositions, page.words.lower(token))
            && is_in(page.words.language.direction_leads, page.words.lower(token + 1))
            && !page.words.is_quoted(token)
        {
            report(page, token);
        }
    }
}

fn report(page: &mut Page<'_, '_, '_>, according: usize) -> Option<()> {
    let words = page.words;
    let sentence = words.article.sentences[words.article.sentence_of(according)].tokens;
    let outer = page.cued(according);
    let given = outer.and_then(|claim| page.claims[claim].source).filter(|source| source.start == according + 2);
    let limit = sentence.end.min(according + 2 + LONGEST);
    let comma = (according + 2..limit).find(|&token| words.lower(token) == ",");
    let leads = according == sentence.start;
    let phrase = page.phrase_at(according + 2, limit).filter(|phrase| !leads || words.lower(phrase.end) == ",");
    let source = given.or(phrase).or_else(|| Some(Run::new(according + 2, comma.filter(|_| leads)?)));
    let source = source.filter(|source| !source.is_empty())?;
    let stops = |token: &usize| matches!(words.article.word(*token), "." | "!" | "?" | ",");
    let end = sentence.range().rev().find(|token| !stops(token)).map_or(sentence.start, |last| last + 1);
    let rest = if leads && words.lower(source.end) == "," {
        Run::new(source.end + 1, end)
    } else if source.end >= end && according > sentence.start && words.lower(according - 1) == "," {
        Run::new(sentence.start, according - 1)
    } else {
        return None;
    };
    let known = page.claims.len();
    let inner = told_in(page, rest, outer)?;
    let mut others = (0..known).filter(|&claim| claim != inner && Some(claim) != outer);
    let content = &page.claims[inner].content;
    // Two claims of one extent could not be told apart: "Prices, analysts said, had doubled, according to the bank".
    let is_whole = content.iter().any(|run| run.start == rest.start) && content.iter().any(|run| run.end == rest.end);
    if is_whole || others.any(|other| crosses(&page.claims[other], &[rest]) || crosses(&page.claims[other], content)) {
        if inner == known {
            // It was made for this, and says nothing by itself.
            page.claims[inner].content.clear();
        }
        return None;
    }
    let cue = Run::new(according, according + 2);
    let outer = outer.unwrap_or_else(|| page.add(according, Some(source), Some(cue), CONFIDENCE));
    let claim = &mut page.claims[outer];
    (claim.source, claim.cue, claim.content) = (Some(source), Some(cue), vec![rest]);
    claim.confidence = claim.confidence.max(CONFIDENCE);
    page.claims[inner].confidence = page.claims[inner].confidence.max(CONFIDENCE);
    Some(())
}

/// Whether a claim says words of these parts, and does not stand whole in one of them.
fn crosses(claim: &Candidate, parts: &[Run]) -> bool {
    let frame = claim.content.iter().chain(&claim.source).chain(&claim.cue);
    let meets = claim.content.iter().any(|run| parts.iter().any(|part| part.overlaps(*run)));
    meets && !parts.iter().any(|part| frame.clone().all(|&run| part.holds(run)))
}

/// The claim that is told within some words: one that the network found, or one that a verb of saying makes.
fn told_in(page: &mut Page<'_, '_, '_>, rest: Run, outer: Option<usize>) -> Option<usize> {
    let words = page.words;
    let known = rest.range().filter_map(|token| page.cued(token)).find(|&claim| Some(claim) != outer);
    if let Some(claim) = known {
        let told = &page.claims[claim];
        let is_told = told.source.into_iter().chain(told.cue).all(|run| rest.holds(run));
        let parts = told.content.iter().map(|part| Run::new(part.start.max(rest.start), part.end.min(rest.end)));
        let content: Vec<Run> = parts.filter(|part| part.start < part.end).collect();
        let is_clear = is_told && !content.is_empty();
        return is_clear.then(|| {
            page.claims[claim].content = content;
            claim
        });
    }
    let cue = rest.range().find(|&token| is_sure(page, token) && !words.is_quoted(token))?;
    let source = page
        .phrase_before(rest.start, cue)
        .filter(|source| !is_in(words.language.impersonals, words.lower(source.start)))?;
    let before = source.start.checked_sub(1).filter(|&before| before > rest.start);
    let content = match before {
        None => {
            let tells = page.words.language.verb(words.lower(cue)).is_some_and(|verb| verb.frame == Frame::Tell);
            let listener = if tells { listener(page, cue + 1, rest.end) } else { None };
            Run::new(listener.unwrap_or(cue + 1), rest.end)
        }
        // "Prices had doubled, analysts said": at most a time follows.
        Some(comma) if words.lower(comma) == "," => Run::new(rest.start, comma),
        Some(mark) => Run::new(rest.start, words.is_quoted(mark).then_some(mark + 1)?),
    };
    let is_plain = words.class(content.start) != Class::Preposition;
    let is_clause =
        is_plain && content.len() > 1 && content.range().any(|token| page.is_finite(token) || words.is_quoted(token));
    is_clause.then(|| {
        let claim = page.add(cue, Some(source), Some(Run::new(cue, cue + 1)), CONFIDENCE);
        page.claims[claim].content = vec![content];
        claim
    })
}

/// Whether a token is a verb that says that something is said, and nothing else: "said", "told".
fn is_sure(page: &Page<'_, '_, '_>, token: usize) -> bool {
    let lower = page.words.lower(token);
    let frame = page.words.language.verb(lower).map(|verb| verb.frame);
    page.says(token) && matches!(frame, Some(Frame::Say | Frame::Tell))
}
