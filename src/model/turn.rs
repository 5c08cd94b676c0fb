//! Turns of an interview: "SMITH: I agree." The layout says who speaks, and no word does.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::{Candidate, Tag};
use super::rival::stands_in;
use crate::lang::row;
use crate::lexis::Words;
use crate::order::{set, sort_by_key};
use crate::scheme::Label;
use crate::span::Run;
use crate::text::{Paragraph, Zone};

/// The longest name before a colon at a paragraph's start, in tokens.
const LONGEST_NAME: usize = 8;

/// How sure a turn is: nothing but its layout says it.
const CONFIDENCE: f32 = 0.7;

/// How many paragraphs without a name may follow a turn's first, before the next turn.
const LONGEST_TURN: usize = 6;

/// Puts the turns of an interview in place of whatever else was found in their paragraphs.
///
/// A text is an interview where two paragraphs or more start with a person's name or its initials and a colon or with a
/// label such as "Q:", or where a name in capitals and a colon start several: "HOST:"; there an institution whose name
/// starts several has turns as well. The paragraphs between two turns go on with the first. Elsewhere a name before a colon
/// speaks where a quotation follows and nothing else was found in the paragraph.
///
/// `inner`: how sure a claim has to be that a turn may hold; none where it may hold none.
pub(super) fn add_turns(words: &Words<'_, '_>, tags: &[Tag], inner: Option<f32>, candidates: &mut Vec<Candidate>) {
    let initials = initials(words, tags);
    let signed: Vec<Option<Signature>> =
        words.article.paragraphs.iter().map(|paragraph| signature(words, tags, &initials, paragraph)).collect();
    let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
    for signature in signed.iter().flatten() {
        *labels.entry(signature.name).or_default() += 1;
    }
    let count = |is: fn(&Signature) -> bool| signed.iter().flatten().filter(|signature| is(signature)).count();
    let is_interview = count(|signature| signature.is_person) > 1;
    let has_person = count(|signature| signature.is_person) > 0;
    let has_labels = count(|signature| signature.is_label) > 1;
    let is_turn = |signature: &Signature| {
        let returns = labels[signature.name] > 1 && (has_person || !signature.is_institution);
        signature.is_person && is_interview || signature.is_label && has_labels || returns
    };
    let paragraphs = &words.article.paragraphs;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let Some(signature) = &signed[index] else { continue };
        let is_inside = |candidate: &Candidate| paragraph.tokens.contains(candidate.anchor);
        let is_quoted =
            signature.is_person && words.is_quoted(signature.colon + 1) && !candidates.iter().any(is_inside);
        if !is_turn(signature) && !is_quoted {
            continue;
        }
        let mut turn = spoken(paragraph, signature.colon);
        if is_turn(signature) {
            let next =
                signed[index + 1..].iter().take(LONGEST_TURN + 1).position(|next| next.as_ref().is_some_and(is_turn));
            let rest = &paragraphs[index + 1..index + 1 + next.unwrap_or(0)];
            if rest.iter().all(|paragraph| goes_on(words, tags, candidates, paragraph)) {
                turn.content.extend(rest.iter().map(|paragraph| paragraph.tokens));
            }
        }
        let is_held = |candidate: &Candidate| {
            inner.is_some_and(|least| candidate.confidence >= least) && stands_in(candidate, &turn.content)
        };
        // What another paragraph's claim says here, its own words and nobody else's, is no part of it any more.
        let all = std::iter::once(Run::new(paragraph.body_from, paragraph.tokens.end));
        for run in all.chain(turn.content[1..].iter().copied()) {
            candidates.retain_mut(|candidate| {
                is_held(candidate) || !run.contains(candidate.anchor) && keep_apart(candidate, run)
            });
        }
        candidates.push(turn);
    }
    sort_by_key(candidates, |candidate| candidate.anchor);
}

/// Whether a paragraph without a name goes on with the turn before it: whole sentences in which no person is said to speak.
fn goes_on(words: &Words<'_, '_>, tags: &[Tag], candidates: &[Candidate], paragraph: &Paragraph) -> bool {
    let run = paragraph.tokens;
    let is_told = |candidate: &Candidate| {
        let source = candidate.source.filter(|_| run.contains(candidate.anchor));
        source.is_some_and(|source| source.range().any(|token| tags[token] == Tag::Begin(Label::Person)))
    };
    let ends = words.article.word(run.end - 1).ends_with(['.', '!', '?', '…', '”', '"', '’', ')']);
    paragraph.zone == Zone::Body && ends && !candidates.iter().any(is_told)
}

/// A name and a colon that start a paragraph.
struct Signature<'w> {
    name: &'w str,
    colon: usize,
    is_person: bool,
    is_institution: bool,
    /// "Q", "Interviewer": it names a part in an interview.
    is_label: bool,
}

/// The initials of all persons who are named in full: "DH" for Dana Holt.
fn initials(words: &Words<'_, '_>, tags: &[Tag]) -> BTreeSet<String> {
    let inside = |token: &usize| tags[*token] == Tag::Inside(Label::Person);
    let names = (0..tags.len()).filter(|&token| tags[token] == Tag::Begin(Label::Person));
    let names = names.map(|start| start..(start + 1..tags.len()).find(|token| !inside(token)).unwrap_or(tags.len()));
    set(names.filter(|name| name.len() > 1).map(|name| words.initials(Run::new(name.start, name.end))))
}

fn signature<'w>(
    words: &'w Words<'_, '_>,
    tags: &[Tag],
    initials: &BTreeSet<String>,
    paragraph: &Paragraph,
) -> Option<Signature<'w>> {
    let article = words.article;
    let start = paragraph.body_from;
    let mut opening = start..paragraph.tokens.end.min(start + LONGEST_NAME);
    // "Q." is one token.
    let is_short = words.lower(start).len() == 2 && words.lower(start).ends_with('.');
    let is_end = |token: usize| words.lower(token) == ":" || token == start && is_short;
    let colon = opening.find(|&token| is_end(token) && !words.is_quoted(token))?;
    let name = start..colon.max(start + usize::from(is_short));
    let is_plain = name.clone().all(|token| words.is_capitalised(token) || matches!(words.lower(token), "(" | ")"));
    let is_of = |label| name.clone().any(|token| tags[token] == Tag::Begin(label));
    let is_initials = name.len() == 1 && initials.contains(&article.word(start).replace('.', ""));
    let is_person = colon >= name.end && (is_of(Label::Person) || is_initials);
    let is_institution = !is_person && is_of(Label::Institution) && colon >= name.end;
    let is_label =
        name.len() == 1 && row(words.language.interview_labels, words.lower(start).trim_end_matches('.')).is_some();
    let in_capitals = colon >= name.end
        && name.clone().all(|token| {
            let word = article.word(token);
            word.chars().count() > 1 && !word.contains(char::is_lowercase)
        });
    let speaks = paragraph.zone.is_read() && !name.is_empty() && is_plain && colon + 1 < paragraph.tokens.end;
    let text = article.tokens.get(name).and_then(|name| {
        let (first, last) = (name.first()?, name.last()?);
        article.text().get(first.bytes.0..last.bytes.1)
    });
    let is_named = is_person || is_institution || in_capitals || is_label;
    (speaks && is_named).then_some(Signature { name: text?, colon, is_person, is_institution, is_label })
}

/// Leaves a claim the words outside a run; false when none are left.
fn keep_apart(candidate: &mut Candidate, run: Run) -> bool {
    candidate.content = candidate
        .content
        .iter()
        .flat_map(|part| [Run::new(part.start, part.end.min(run.start)), Run::new(part.start.max(run.end), part.end)])
        .filter(|part| part.start < part.end)
        .collect();
    !candidate.content.is_empty()
}

/// All that follows the name and the colon.
fn spoken(paragraph: &Paragraph, colon: usize) -> Candidate {
    Candidate {
        anchor: colon,
        // "Q." is its own colon.
        source: Some(Run::new(paragraph.body_from, colon.max(paragraph.body_from + 1))),
        cue: None,
        content: vec![Run::new(colon + 1, paragraph.tokens.end)],
        confidence: CONFIDENCE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;
    use crate::text::Article;

    /// The claims of a text as "source | content", where these words are persons' names and nothing else was found.
    fn turns(text: &str, persons: &[&str]) -> Vec<String> {
        let article = Article::new(text, &ENGLISH);
        let words = Words::new(&article);
        let tag = |token| if persons.contains(&article.word(token)) { Tag::Begin(Label::Person) } else { Tag::Outside };
        let tags: Vec<Tag> = (0..article.tokens.len()).map(tag).collect();
        let mut candidates = Vec::new();
        add_turns(&words, &tags, None, &mut candidates);
        let show = |run: Run| &text[article.tokens[run.start].bytes.0..article.tokens[run.end - 1].bytes.1];
        candidates
            .iter()
            .map(|found| format!("{} | {}", found.source.map_or("", show), show(found.content[0])))
            .collect()
    }

    #[test]
    fn who_speaks_by_layout() {
        let table: [(&str, &[&str], &[&str]); 12] = [
            ("BERG: Who pays?\n\nLIND: I do.", &["BERG", "LIND"], &["BERG | Who pays?", "LIND | I do."]),
            ("HOST: Who pays?\n\nI wonder.\n\nHOST: Who?", &[], &["HOST | Who pays?", "HOST | Who?"]),
            ("Q: Who pays?\n\nA: I do.\n\nQ: Who?", &[], &["Q | Who pays?", "A | I do.", "Q | Who?"]),
            ("Interviewer: Who pays?\n\nAnswer: I do.", &[], &["Interviewer | Who pays?", "Answer | I do."]),
            ("Q. Who pays?\n\nA. I do.", &[], &["Q. | Who pays?", "A. | I do."]),
            ("A. Who pays\n\nB. Who is paid", &[], &[]),
            ("Anna Berg left.\n\nAB: I do.\n\nCL: Who pays?\n\nAB: I.", &["Anna"], &["AB | I do.", "AB | I."]),
            ("Q: Who pays?\n\nThe bank is closed.", &[], &[]),
            ("Anna: ‘I was never told’", &["Anna"], &["Anna | ‘I was never told’"]),
            ("Anna: the woman who changed the town", &["Anna"], &[]),
            ("NOTE: The shop is closed today.", &[], &[]),
            ("Berg said: rents will rise.", &["Berg"], &[]),
        ];
        for (text, persons, expected) in table {
            assert_eq!(turns(text, persons), expected, "{text}");
        }
    }

    #[test]
    fn a_turn_takes_its_words_from_other_claims() {
        let article = Article::new("He said so.\n\nBERG: Who pays?\n\nLIND: I do.", &ENGLISH);
        let words = Words::new(&article);
        let mut tags = vec![Tag::Outside; article.tokens.len()];
        (tags[4], tags[9]) = (Tag::Begin(Label::Person), Tag::Begin(Label::Person));
        let claim = |anchor, content| Candidate { anchor, source: None, cue: None, content, confidence: 0.9 };
        let mut candidates = vec![claim(1, vec![Run::new(2, 6)]), claim(6, vec![Run::new(7, 8)])];
        add_turns(&words, &tags, None, &mut candidates);
        let anchors: Vec<usize> = candidates.iter().map(|candidate| candidate.anchor).collect();
        assert_eq!(anchors, [1, 5, 10]);
        assert_eq!(candidates[0].content, [Run::new(2, 4)]);
    }

    #[test]
    fn a_turn_holds_a_claim_that_is_sure_enough() {
        let article = Article::new("BERG: He said no.\n\nLIND: I do.", &ENGLISH);
        let words = Words::new(&article);
        let mut tags = vec![Tag::Outside; article.tokens.len()];
        (tags[0], tags[6]) = (Tag::Begin(Label::Person), Tag::Begin(Label::Person));
        let inner = || Candidate {
            anchor: 3,
            source: Some(Run::new(2, 3)),
            cue: Some(Run::new(3, 4)),
            content: vec![Run::new(4, 5)],
            confidence: 0.6,
        };
        for (least, expected) in [(None, vec![1, 7]), (Some(0.7), vec![1, 7]), (Some(0.5), vec![1, 3, 7])] {
            let mut candidates = vec![inner()];
            add_turns(&words, &tags, least, &mut candidates);
            let anchors: Vec<usize> = candidates.iter().map(|candidate| candidate.anchor).collect();
            assert_eq!(anchors, expected, "{least:?}");
        }
    }
}
