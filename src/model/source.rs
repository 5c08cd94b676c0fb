//! Who says it: the noun phrase before a cue, or after it.

use super::cue::{Cue, Sort};
use super::word::{Class, Words};
use crate::lang::en::{Frame, OCCASIONS};
use crate::lang::is_in;
use crate::span::Run;
use crate::text::TokenKind;

/// The longest source, in tokens.
const LONGEST: usize = 40;

/// The longest relative clause within it, in tokens.
const LONGEST_CLAUSE: usize = 14;

/// The source of a cue, and whether it stands after the cue ("…," said Anna Berg).
pub(super) fn source(words: &Words<'_, '_>, sentence: Run, cue: &Cue, previous: Option<Run>) -> Option<(Run, bool)> {
    if cue.sort == Sort::According {
        // "According to the bank, prices rose": its first comma ends the source that opens a sentence.
        let comma = (cue.group.end..sentence.end).find(|&token| words.lower(token) == ",");
        let end = comma.filter(|_| cue.anchor == sentence.start).unwrap_or(sentence.end);
        return phrase_after(words, Run::new(sentence.start, end), cue.group.end).map(|run| (run, true));
    }
    if is_inverted(words, sentence, cue) {
        return phrase_after(words, sentence, cue.group.end).map(|run| (run, true));
    }
    if cue.is_gerund() || follows_coordinator(words, sentence, cue) {
        return previous.or_else(|| shared_subject(words, sentence, cue.group.start)).map(|run| (run, false));
    }
    phrase_before(words, sentence, cue.group.start).map(|run| (run, false))
}

/// "…," said Anna Berg: the cue is a bare verb after a comma or a quotation, and a noun phrase follows.
fn is_inverted(words: &Words<'_, '_>, sentence: Run, cue: &Cue) -> bool {
    if !matches!(cue.frame(), Frame::Say | Frame::Tell | Frame::Clause) || cue.group.len() != 1 || cue.is_gerund() {
        return false;
    }
    let (start, after) = (cue.group.start, cue.group.end);
    let phrase = after < sentence.end
        && words.kind(after) == TokenKind::Word
        && (words.is_capitalised(after)
            || matches!(words.class(after), Class::Determiner | Class::Possessive | Class::Open)
            || words.class(after) == Class::Pronoun && words.class(after + 1) == Class::Mark);
    if !phrase || words.class(after) == Class::Time || start == sentence.start {
        return false;
    }
    let quoted = words.is_quoted(start - 1)
        || words.lower(start - 1) == "," && start > sentence.start + 1 && words.is_quoted(start - 2)
        || words.lower(start - 1) == "so";
    // "Anna Berg, the minister, said prices …": the comma closes an apposition, and the source stands in front.
    quoted
        || cue.frame() == Frame::Say && words.lower(start - 1) == "," && phrase_before(words, sentence, start).is_none()
}

/// "X praised A and said B": the verb has the subject of the verb before it.
fn follows_coordinator(words: &Words<'_, '_>, sentence: Run, cue: &Cue) -> bool {
    let start = cue.group.start;
    start > sentence.start && words.class(start - 1) == Class::Coordinator
        || start > sentence.start + 1
            && words.lower(start - 1) == ","
            && words.class(start - 2) != Class::Open
            && words.lower(start - 2) != ")"
}

/// The subject of the clause that a later verb shares: its first noun phrase, after an opening phrase with a comma.
fn shared_subject(words: &Words<'_, '_>, sentence: Run, before: usize) -> Option<Run> {
    let opening =
        matches!(words.class(sentence.start), Class::Preposition | Class::Subordinator | Class::Adverb | Class::Time)
            || words.lower(sentence.start).ends_with("ing");
    let comma = (sentence.start..before.saturating_sub(1)).find(|&token| words.lower(token) == ",");
    let clause = comma.filter(|_| opening).map_or(sentence.start, |comma| comma + 1);
    let start = (clause..before).find(|&token| starts_phrase(words, token))?;
    let mut end = start + 1;
    while end < before
        && !words.is_quoted(end)
        && continues_phrase(words, start, end)
        && looks_nominal(words, start, end)
    {
        end += 1;
    }
    // An apposition belongs to it: "Anna Berg, the minister, left, saying".
    let apposition = words.lower(end) == "," && end + 1 < before && opens_apposition(words, end + 1, before);
    let closing = (end + 1..before.saturating_sub(1)).find(|&token| words.lower(token) == ",");
    Some(Run::new(start, closing.filter(|_| apposition).unwrap_or(end)))
}

/// Going right, a word still belongs to a subject's core: a name, or a common noun after a determiner.
fn looks_nominal(words: &Words<'_, '_>, start: usize, token: usize) -> bool {
    match words.class(start) {
        Class::Pronoun => false,
        _ if words.is_capitalised(token) => true,
        Class::Determiner | Class::Possessive => {
            token <= start + 2 && words.class(token) == Class::Open && !words.lower(token).ends_with("ed")
        }
        _ => matches!(words.lower(token), "of" | "'s" | "(" | ")" | "and"),
    }
}

fn starts_phrase(words: &Words<'_, '_>, token: usize) -> bool {
    !words.is_quoted(token)
        && (words.is_capitalised(token)
            && !matches!(
                words.class(token),
                Class::Preposition | Class::Subordinator | Class::Coordinator | Class::Adverb | Class::Time
            )
            || matches!(words.class(token), Class::Determiner | Class::Possessive)
            || matches!(words.lower(token), "he" | "she" | "they" | "it" | "i" | "we"))
}

/// Whether a noun phrase that starts at `start` may hold `token`.
fn continues_phrase(words: &Words<'_, '_>, start: usize, token: usize) -> bool {
    match words.class(token) {
        Class::Open | Class::Determiner | Class::Possessive | Class::Preposition | Class::Coordinator | Class::Time => {
            true
        }
        Class::Auxiliary => matches!(words.lower(token), "'s"),
        Class::Mark => matches!(words.lower(token), "'" | "&" | "$" | "%" | "-" | "’") && token > start,
        _ => false,
    }
}

/// The noun phrase that ends at `end`: "Anna Berg", "a spokesman for the ministry", "Anna Berg, the minister,".
fn phrase_before(words: &Words<'_, '_>, sentence: Run, end: usize) -> Option<Run> {
    let floor = sentence.start.max(end.saturating_sub(LONGEST));
    let end = without_time(words, floor, end);
    let mut last = end;
    if last > floor && matches!(words.lower(last - 1), "," | "—" | "–" | "-" | "--") {
        last -= 1;
    }
    if last <= floor || words.is_quoted(last - 1) {
        return None;
    }
    if last < end {
        if let Some(run) = with_apposition(words, floor, last) {
            return Some(run);
        }
        // "On Monday, said": a comma before the verb with nothing that it could close.
        return None;
    }
    if matches!(words.class(last - 1), Class::Pronoun | Class::Relative) {
        return Some(Run::new(last - 1, last));
    }
    with_relative(words, floor, last).or_else(|| simple_before(words, floor, last))
}

/// "The man who was hurt said": back over a relative clause without commas.
fn with_relative(words: &Words<'_, '_>, floor: usize, end: usize) -> Option<Run> {
    let clause = (floor.max(end.saturating_sub(LONGEST_CLAUSE))..end).rev();
    let mut clause = clause.take_while(|&token| words.class(token) != Class::Mark && !words.is_quoted(token));
    let relative = clause.find(|&token| matches!(words.lower(token), "who" | "which"))?;
    // "The man who said": the verb is the relative clause's own.
    let has_verb = (relative + 1..end).any(|token| {
        words.class(token) == Class::Auxiliary
            || words.class(token) == Class::Open && words.lower(token).ends_with("ed")
    });
    let head = simple_before(words, floor, relative).filter(|_| has_verb)?;
    (head.end == relative).then(|| Run::new(head.start, end))
}

/// "Anna Berg *on Monday* said": the end of a phrase without the time between it and the verb.
fn without_time(words: &Words<'_, '_>, floor: usize, end: usize) -> usize {
    let mut start = end;
    while start > floor && words.class(start - 1) == Class::Time && !words.is_quoted(start - 1) {
        start -= 1;
    }
    let preposition = start > floor && start < end && words.lower(start - 1) == "on";
    let start = start - usize::from(preposition);
    if start > floor { start } else { end }
}

/// A phrase with no comma in it that ends at `end`.
fn simple_before(words: &Words<'_, '_>, floor: usize, end: usize) -> Option<Run> {
    let mut start = end;
    while start > floor && !words.is_quoted(start - 1) && belongs_before(words, floor, start - 1, end) {
        start -= 1;
    }
    // What cannot open a noun phrase is left outside: "On Monday the minister", "And voters".
    while start < end {
        match words.class(start) {
            Class::Preposition => start = name_start(words, start, end).unwrap_or(start + 1),
            Class::Coordinator | Class::Mark | Class::Adverb | Class::Time | Class::Auxiliary => start += 1,
            _ => break,
        }
    }
    (start < end).then(|| Run::new(start, end))
}

/// After a preposition that opens the clause, where the subject starts: at the last determiner, or the last run of capitals.
fn name_start(words: &Words<'_, '_>, start: usize, end: usize) -> Option<usize> {
    let after_time = (start + 1..end).rev().find(|&token| words.class(token) == Class::Time).map(|token| token + 1);
    let determiner =
        (start + 2..end).rev().find(|&token| matches!(words.class(token), Class::Determiner | Class::Possessive));
    let mut capital = end;
    while capital > start + 1 && words.is_capitalised(capital - 1) {
        capital -= 1;
    }
    after_time.filter(|&token| token < end).or((capital < end).then_some(capital)).or(determiner)
}

fn belongs_before(words: &Words<'_, '_>, floor: usize, token: usize, end: usize) -> bool {
    match words.class(token) {
        Class::Open | Class::Determiner | Class::Possessive | Class::Time => !is_finite(words, token, end),
        Class::Preposition => token > floor,
        Class::Auxiliary => words.lower(token) == "'s",
        // "Berg and Lind said": a name on both sides.
        Class::Coordinator => {
            token > floor
                && words.is_capitalised(token + 1)
                && words.is_capitalised(token - 1)
                && !is_finite(words, token - 1, end)
        }
        Class::Mark => matches!(words.lower(token), "'" | "&" | "$" | "%" | "’" | "(" | ")"),
        _ => false,
    }
}

/// Whether a lower-case word looks like the finite verb of a clause: a form of a cue verb with a subject before it.
fn is_finite(words: &Words<'_, '_>, token: usize, end: usize) -> bool {
    use crate::lang::en::{Part, verb};
    if words.is_capitalised(token) || token + 1 >= end {
        return false;
    }
    verb(words.lower(token))
        .is_some_and(|verb| matches!(verb.part, Part::Past | Part::Third) && verb.frame != Frame::To)
}

/// "Anna Berg, the finance minister" before a closing comma or dash at `last`: back over one apposition or relative clause.
fn with_apposition(words: &Words<'_, '_>, floor: usize, last: usize) -> Option<Run> {
    let closing = words.lower(last);
    let opening = (floor..last).rev().find(|&token| words.lower(token) == closing && !words.is_quoted(token))?;
    let first = opening + 1;
    let relative = words.class(first) == Class::Relative || words.lower(first).ends_with("ing");
    let names = relative
        || matches!(
            words.class(first),
            Class::Determiner | Class::Possessive | Class::Open | Class::Adverb | Class::Preposition
        )
        || words.is_capitalised(first);
    // With a verb of its own it is a clause, and the comma parts that clause from "said".
    let clause =
        !relative && (first..last).any(|token| words.class(token) == Class::Auxiliary && words.lower(token) != "'s");
    let mut head = simple_before(words, floor, opening)?;
    // "Anna Berg, head of the bank, which lends, said": the name stands before the first of two appositions.
    if head.start > floor + 1 && words.lower(head.start - 1) == "," && !words.is_capitalised(head.start) {
        let outer = simple_before(words, floor, head.start - 1);
        head = outer
            .filter(|outer| words.is_capitalised(outer.end - 1))
            .map_or(head, |outer| Run::new(outer.start, head.end));
    }
    let nominal = head.range().any(|token| words.is_capitalised(token)) || words.class(head.start) == Class::Determiner;
    (names && !clause && nominal).then(|| Run::new(head.start, last))
}

/// The noun phrase that starts at `start`, with its appositions, to where the clause goes on.
fn phrase_after(words: &Words<'_, '_>, sentence: Run, start: usize) -> Option<Run> {
    let limit = sentence.end.min(start + LONGEST);
    if start >= limit || words.is_quoted(start) {
        return None;
    }
    if words.class(start) == Class::Pronoun {
        return Some(Run::new(start, start + 1));
    }
    let mut end = start;
    while end < limit && !ends_phrase(words, start, end, limit) {
        end += 1;
    }
    while end > start && (words.class(end - 1) == Class::Mark && !matches!(words.lower(end - 1), ")" | "%")) {
        end -= 1;
    }
    (start < end).then(|| Run::new(start, end))
}

/// Whether a phrase that follows its cue stops before `token`.
fn ends_phrase(words: &Words<'_, '_>, start: usize, token: usize, limit: usize) -> bool {
    if words.is_quoted(token) {
        return true;
    }
    let next = words.lower(token + 1);
    match words.class(token) {
        Class::Mark => match words.lower(token) {
            "," => !opens_apposition(words, token + 1, limit),
            "." | ":" | ";" | "?" | "!" | "—" | "–" | "--" => true,
            _ => false,
        },
        Class::Time => token > start && !words.is_capitalised(token + 1),
        Class::Preposition => {
            words.class(token + 1) == Class::Time
                || is_in(OCCASIONS, next)
                || matches!(words.class(token + 1), Class::Determiner | Class::Possessive)
                    && (is_in(OCCASIONS, words.lower(token + 2)) || is_in(OCCASIONS, words.lower(token + 3)))
                    && matches!(words.lower(token), "in" | "at" | "on" | "during" | "after")
        }
        Class::Subordinator => true,
        Class::Adverb => {
            !words.is_capitalised(token) && matches!(words.lower(token), "earlier" | "yesterday" | "today" | "later")
        }
        _ => false,
    }
}

/// Whether what follows a comma says more of the name before it.
fn opens_apposition(words: &Words<'_, '_>, token: usize, limit: usize) -> bool {
    if token >= limit || words.is_quoted(token) {
        return false;
    }
    matches!(words.class(token), Class::Determiner | Class::Relative | Class::Possessive)
        || words.kind(token) == TokenKind::Number
        || words.class(token) == Class::Open && super::cue::cues(words, Run::new(token, token + 1)).is_empty()
}
