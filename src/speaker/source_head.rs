//! Source -> what it is by its words: a name, a pronoun, or a description with its head.

use super::phrase::{headed_by_of, is_possessive_mark, person_noun};
use crate::entity::Mention;
use crate::lang::{Language, Part, is_in, row, without_end};
use crate::lexis::{Class, Words};
use crate::scheme::{Label, SpeakerKind};
use crate::span::Run;
use crate::text::TokenKind;

/// What a source is, seen by itself.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source {
    /// A mention, by its index.
    Named(usize),
    /// A pronoun.
    Pronoun,
    /// Anything else, with its head word.
    Nominal(usize),
}

/// The source's head: a name before the first comma that no preposition or possessive subordinates, a pronoun, or a noun.
pub(super) fn of(words: &Words<'_, '_>, mentions: &[Mention], run: Run) -> Source {
    let stands_alone = matches!(words.class(run.start), Class::Pronoun | Class::Relative | Class::Possessive);
    if run.len() == 1 && (stands_alone || is_in(words.language.content_leads, words.lower(run.start))) {
        return Source::Pronoun;
    }
    let core_end = run.range().find(|&token| words.lower(token) == ",").unwrap_or(run.end);
    // "A study published in May", "a spokesman for the bank".
    let participle = |token: usize| {
        token > run.start
            && !words.is_capitalised(token)
            && words.language.ends_as(words.lower(token), Part::Past)
            && words.class(token + 1) == Class::Preposition
    };
    let subordinate =
        |token: usize| matches!(words.class(token), Class::Preposition | Class::Relative) || participle(token);
    let head_end = (run.start..core_end).find(|&token| subordinate(token)).unwrap_or(core_end);
    // "China Central Television (CCTV)": what stands in brackets is no head.
    let bracket = head_end.checked_sub(1).filter(|&last| last > run.start && words.lower(last) == ")");
    let bracket = bracket.and_then(|last| (run.start + 1..last).rev().find(|&token| words.lower(token) == "("));
    let head_end = bracket.unwrap_or(head_end);
    let core = words.article.span(Run::new(run.start, core_end));
    let from = mentions.partition_point(|mention| mention.span.end <= core.start);
    let inside = mentions[from..].iter().take_while(|mention| mention.span.start < core.end);
    let (mut person, mut institution) = (None, None);
    for (offset, mention) in inside.enumerate() {
        let tokens = words.article.tokens_in(mention.span);
        let possessor = is_possessive_mark(words, tokens.end) && tokens.end < core_end;
        // "The former secretary of state Anna Berg" is she.
        let titled = tokens.start > 0 && headed_by_of(words, run.start, tokens.start - 1).is_some();
        let governed = tokens.start > head_end && !(titled && mention.label == Label::Person);
        if possessor || governed {
            continue;
        }
        match mention.label {
            // "Anna Berg and Carl Lind" are two.
            Label::Person if is_coordinated(words, run, tokens.start) => return Source::Nominal(tokens.end - 1),
            // The name that closes the phrase is its head: "Berg adviser Carl Lind".
            Label::Person => person = Some(from + offset),
            // An institution is the head when the phrase ends with it: not in "Treasury officials".
            Label::Institution | Label::Place
                if tokens.end >= head_end && !is_coordinated(words, run, tokens.start) =>
            {
                institution = Some(from + offset);
            }
            _ => {}
        }
    }
    // Not in "Berg supporters".
    let ends_core = |&mention: &usize| {
        let end = words.article.tokens_in(mentions[mention].span).end;
        let goes_on = words.class(end) == Class::Open && !words.is_capitalised(end);
        end >= head_end || institution.is_none() && !goes_on
    };
    // "Sources close to the bank": the noun stands before the adjective.
    let trails = |&token: &usize| token > run.start && is_in(words.language.knowing, words.lower(token));
    let noun = head_end.saturating_sub(1).max(run.start);
    let noun = if trails(&noun) { noun - 1 } else { noun };
    if is_joint(words, mentions, run) {
        return Source::Nominal(noun);
    }
    let named = person.filter(ends_core).or(institution).or_else(|| {
        let of_body = unnamed_kind(words, Run::new(run.start, core_end), noun) == SpeakerKind::Institution;
        in_apposition(words, mentions, run, core_end, if of_body { Label::Institution } else { Label::Person })
    });
    named.map_or(Source::Nominal(noun), Source::Named)
}

/// "Anna Berg, Carl Lind and others", "Acme Bank and Kent Police": whether a source starts with a name that others are
/// joined to.
fn is_joint(words: &Words<'_, '_>, mentions: &[Mention], run: Run) -> bool {
    let span = words.article.span(run);
    let from = mentions.partition_point(|mention| mention.span.end <= span.start);
    let inside = mentions[from..].iter().take_while(|mention| mention.span.start < span.end);
    let names: Vec<Run> = inside.map(|mention| words.article.tokens_in(mention.span)).collect();
    let is_front = |token: usize| words.class(token) == Class::Determiner || words.is_title(token);
    let Some(start) = run.range().find(|&token| !is_front(token)) else { return false };
    let Some(mut end) = names.iter().filter(|name| name.start == start).map(|name| name.end).max() else {
        return false;
    };
    // From name to name, over commas, to the conjunction.
    while words.lower(end) == "," {
        let Some(next) = (end + 1..run.end).find(|&token| !is_front(token)) else { return false };
        let Some(name) = names.iter().find(|name| name.start == next) else { return false };
        end = name.end;
    }
    end + 1 < run.end && words.class(end) == Class::Coordinator && !is_in(words.language.opposing, words.lower(end))
}

/// "Anna and Carl Berg", "Mr. and Mrs. Berg", "residents and the police": whether a conjunction stands before a name, a
/// courtesy or an article passed over.
fn is_coordinated(words: &Words<'_, '_>, run: Run, name: usize) -> bool {
    let is_courtesy = |token: usize| row(words.language.courtesies, words.lower(token).trim_end_matches('.')).is_some();
    let is_passed = |token: usize| is_courtesy(token) || words.class(token) == Class::Determiner;
    let before = if name > run.start && is_passed(name - 1) { name - 1 } else { name };
    before > run.start && words.class(before - 1) == Class::Coordinator
}

/// "The bank's chairman, Anna Berg,", "the lender, Acme Bank,": the name of this sort that a description gives after its comma.
fn in_apposition(words: &Words<'_, '_>, mentions: &[Mention], run: Run, comma: usize, label: Label) -> Option<usize> {
    let passes = |token: usize| {
        words.class(token) == Class::Determiner || words.is_title(token) || words.class(token) == Class::Open
    };
    let from = mentions.partition_point(|mention| words.article.tokens_in(mention.span).start <= comma);
    let inside = mentions[from..].iter().take_while(|mention| words.article.tokens_in(mention.span).start < run.end);
    let (offset, name) = inside.enumerate().find(|(_, mention)| mention.label == label)?;
    let tokens = words.article.tokens_in(name.span);
    let whole = tokens.end == run.end || matches!(words.class(tokens.end), Class::Mark | Class::Preposition);
    let described = tokens.start - comma < 6 && (comma + 1..tokens.start).all(passes);
    (described && tokens.end <= run.end && whole).then_some(from + offset)
}

/// Whether a word that no list knows ends like one for a person: "narrator", "cellist".
fn is_like_person(word: &str, language: &Language) -> bool {
    word.len() > 4 && without_end(word, language.person_endings).is_some() && !is_in(language.things, word)
}

/// What a source is that no mention names, by its words.
pub(super) fn unnamed_kind(words: &Words<'_, '_>, run: Run, head: usize) -> SpeakerKind {
    let lower = words.lower(head);
    let opens = words.article.sentences[words.article.sentence_of(run.start)].tokens.start == run.start;
    let has_capitals = run.range().all(|token| words.is_capitalised(token)) && words.class(run.start) == Class::Open;
    // Alone at a sentence's start, or in a headline that has them everywhere, a capital says little.
    let named = has_capitals && !words.is_title_case(head) && !(opens && run.len() == 1);
    let plural = words.language.looks_plural(lower);
    let acronym = run.len() == 1 && lower.len() > 1 && words.article.word(head).chars().all(char::is_uppercase);
    if is_in(words.language.acronyms, lower) {
        SpeakerKind::Anonymous
    } else if acronym && !words.is_title_case(head)
        || run.len() == 1 && row(words.language.institution_nouns, lower).is_some()
    {
        SpeakerKind::Institution
    } else if named {
        SpeakerKind::Person
    } else if is_in(words.language.documents, lower) {
        SpeakerKind::Document
    } else if is_in(words.language.unnamed, lower) || is_in(words.language.titles, lower) {
        SpeakerKind::Anonymous
    } else if plural
        || is_in(words.language.counts, lower)
        || words.kind(head) == TokenKind::Number
        || is_in(words.language.numbers, lower)
        || run.range().any(|token| words.class(token) == Class::Coordinator)
        || is_in(words.language.uncounted, words.lower(run.start))
    {
        SpeakerKind::Group
    } else if is_in(words.language.organisation_words, lower) || row(words.language.institution_nouns, lower).is_some()
    {
        SpeakerKind::Institution
    } else if has_capitals {
        SpeakerKind::Person
    } else if person_noun(words, head).is_some()
        || words.class(head) != Class::Open
        || words.is_capitalised(head)
        || is_like_person(lower, words.language)
    {
        SpeakerKind::Anonymous
    } else {
        // What speaks and is nobody: "the recording".
        SpeakerKind::Document
    }
}
