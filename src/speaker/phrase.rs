//! Noun phrases that say what somebody is -> roles and institutions: "the bank's former chief economist", "professor of
//! law at the University of Kent".

use super::gender::Gender;
use crate::entity::Mention;
use crate::lang::{Language, Part, is_in, row, without_end};
use crate::lexis::{Class, Words};
use crate::scheme::{Label, MentionForm};
use crate::span::{Run, Span};
use crate::text::TokenKind;

/// The longest role, in tokens.
const LONGEST: usize = 12;

/// What a noun phrase says of the person it describes.
#[derive(Debug, Default)]
pub(super) struct Description {
    /// Its roles, each with whether it is past.
    pub roles: Vec<(Run, bool)>,
    /// The institutions that it names, each with whether that is past.
    pub institutions: Vec<(Run, bool)>,
    pub gender: Gender,
}

impl Description {
    pub(super) fn is_empty(&self) -> bool {
        self.roles.is_empty() && self.institutions.is_empty() && self.gender == Gender::Unknown
    }
}

/// What a token says of a person as a noun: a role, a tie, nothing but courtesy, or that it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noun {
    Role,
    Kin,
    Courtesy,
    Person,
}

/// Whether a token ends with a hyphen and one of these: "Oslo-based".
fn has_last_part(words: &Words<'_, '_>, token: usize, parts: &[&str]) -> bool {
    without_end(words.lower(token), parts).is_some_and(|front| front.ends_with('-'))
}

/// Whether a token is a noun of a single person, and of which sort and gender.
pub(super) fn person_noun(words: &Words<'_, '_>, token: usize) -> Option<(Noun, Gender)> {
    let lower = words.lower(token);
    if !words.kind(token).is_word() {
        return None;
    }
    if has_last_part(words, token, words.language.age_endings) {
        return Some((Noun::Person, Gender::Unknown));
    }
    // "ex-minister", "co-chairman", "vice-president": what stands behind the hyphen says it.
    let last = lower.rsplit_once('-').map_or(lower, |(_, last)| last);
    for word in [lower, last] {
        if let Some([_, gender, sort]) = row(words.language.person_nouns, word.trim_end_matches('.')) {
            let noun = match *sort {
                "kin" => Noun::Kin,
                "courtesy" => Noun::Courtesy,
                "person" => Noun::Person,
                _ => Noun::Role,
            };
            return Some((noun, Gender::named(gender)));
        }
    }
    let gender = row(words.language.courtesies, lower.trim_end_matches('.'))
        .map_or(Gender::Unknown, |[_, gender, _]| Gender::named(gender));
    let is_known = words.is_title(token) || is_in(words.language.titles, last);
    (is_known || is_profession(last, words.language)).then_some((Noun::Role, gender))
}

/// Whether a word ends like the name of a profession: "hydrologist", "statistician".
fn is_profession(word: &str, language: &Language) -> bool {
    word.len() > 8 && without_end(word, language.profession_endings).is_some()
}

/// Whether a token is a title that goes with a name and is no role by itself: "Mr.".
pub(super) fn is_courtesy(words: &Words<'_, '_>, token: usize) -> bool {
    let sort = person_noun(words, token).map(|(noun, _)| noun);
    sort == Some(Noun::Courtesy)
        || row(words.language.courtesies, words.lower(token).trim_end_matches('.'))
            .is_some_and(|[_, _, sort]| *sort == "courtesy")
}

/// The title of "Secretary of State" and "Speaker of the House", by the last word of these.
pub(super) fn headed_by_of(words: &Words<'_, '_>, floor: usize, last: usize) -> Option<usize> {
    let fits = |token: &usize| {
        words.class(*token) == Class::Open
            && words.kind(*token) == TokenKind::Word
            && person_noun(words, *token).is_none()
    };
    let first = (floor..=last).rev().take(3).take_while(fits).last()?;
    let of = first.checked_sub(1)?;
    let of = if is_in(words.language.definite_articles, words.lower(of)) { of.checked_sub(1)? } else { of };
    let head = of.checked_sub(1).filter(|&head| head >= floor)?;
    (is_in(words.language.owner_leads, words.lower(of)) && words.is_title(head)).then_some(head)
}

pub(super) fn is_possessive_mark(words: &Words<'_, '_>, token: usize) -> bool {
    is_in(words.language.possessive_marks, words.lower(token))
}

/// Whether a noun phrase ends before this token: a mark, a clause, a verb.
pub(super) fn is_bound(words: &Words<'_, '_>, token: usize) -> bool {
    // "'s" is an auxiliary to the list of words.
    if is_possessive_mark(words, token) {
        return false;
    }
    match words.class(token) {
        Class::Relative | Class::Subordinator | Class::Auxiliary | Class::Pronoun | Class::Negation => true,
        Class::Mark => !matches!(words.article.word(token), "-" | "“" | "”" | "\"" | "&" | "‘"),
        Class::Open => is_verbal(words, token),
        _ => false,
    }
}

/// Whether a word in small letters is a form of a verb that no noun looks like.
pub(super) fn is_verbal(words: &Words<'_, '_>, token: usize) -> bool {
    let part = || words.language.verb(words.lower(token)).map(|verb| verb.part);
    !words.is_capitalised(token)
        && person_noun(words, token).is_none()
        && part().is_some_and(|part| matches!(part, Part::Past | Part::Third))
}

/// Whether a word in small letters is a past tense and no participle before a noun: "police *arrested* Councillor Berg",
/// but "the *retired* judge".
pub(super) fn acts(words: &Words<'_, '_>, token: usize) -> bool {
    let lower = words.lower(token);
    if words.is_capitalised(token) || person_noun(words, token).is_some() {
        return false;
    }
    let Some(before) = token.checked_sub(1) else { return false };
    let follows_subject = match words.class(before) {
        Class::Open | Class::Time | Class::Pronoun | Class::Auxiliary => words.kind(before) == TokenKind::Word,
        Class::Coordinator => !is_in(words.language.participles, lower),
        _ => false,
    };
    is_in(words.language.past_tenses, lower)
        || lower.len() > 4 && words.language.ends_as(lower, Part::Past) && follows_subject
}

/// The names of persons and institutions in a run.
pub(super) fn named<'m>(
    words: &Words<'_, '_>,
    mentions: &'m [Mention],
    run: Run,
) -> impl Iterator<Item = (&'m Mention, Run)> {
    let span = words.article.span(run);
    let from = mentions.partition_point(|mention| mention.span.end <= span.start);
    let article = words.article;
    let inside: Vec<(&Mention, Run)> = mentions[from..]
        .iter()
        .take_while(|mention| mention.span.start < span.end)
        .filter(|mention| mention.form == MentionForm::Name)
        .map(|mention| (mention, article.tokens_in(mention.span)))
        .collect();
    inside.into_iter()
}

/// The institutions in a run.
pub(super) fn institutions(words: &Words<'_, '_>, mentions: &[Mention], run: Run) -> Vec<Run> {
    named(words, mentions, run).filter(|(mention, _)| mention.label == Label::Institution).map(|(_, run)| run).collect()
}

/// What a phrase says; nothing where its head is no noun of a person.
pub(super) fn describe(words: &Words<'_, '_>, mentions: &[Mention], phrase: Run) -> Description {
    let mut found = Description::default();
    let mut from = phrase.start;
    // "president and chief executive": one after the other.
    for _ in 0..3 {
        let Some(next) = conjunct(words, mentions, Run::new(from, phrase.end), &mut found) else { break };
        // ", and its chairman"
        let next = next + usize::from(next < phrase.end && words.lower(next) == ",");
        if next >= phrase.end || words.class(next) != Class::Coordinator {
            break;
        }
        from = next + 1;
    }
    found
}

/// Reads one description; where it ends.
fn conjunct(words: &Words<'_, '_>, mentions: &[Mention], phrase: Run, found: &mut Description) -> Option<usize> {
    if let Some(head) = one_of(words, phrase) {
        let (_, next) = behind(words, mentions, Run::new(head + 1, phrase.end), false, Noun::Role, found);
        found.roles.push((Run::new(phrase.start, head + 1), false));
        return Some(next);
    }
    let mut head = None;
    let mut core = phrase.end;
    for token in phrase.range() {
        let class = words.class(token);
        let ends = match class {
            Class::Coordinator => head.is_some_and(|head| head + 1 == token),
            Class::Preposition => true,
            _ => is_bound(words, token),
        };
        if ends {
            core = token;
            break;
        }
        if person_noun(words, token).is_some() {
            head = Some(token);
        }
    }
    // "Mr. Berg" is a name.
    let ends =
        |&head: &usize| (head + 1..core).all(|token| words.class(token) == Class::Open && !words.is_capitalised(token));
    let head = head.filter(|&head| core - head <= 2 && core - phrase.start <= LONGEST).filter(ends)?;
    let (noun, gender) = person_noun(words, head)?;
    if found.gender == Gender::Unknown {
        found.gender = gender;
    }
    let former = Run::new(phrase.start, core).range().any(|token| is_former(words, token));
    let start = front(words, mentions, Run::new(phrase.start, head), former, found);
    let (end, next) = behind(words, mentions, Run::new(core, phrase.end), former, noun, found);
    let role = Run::new(start, end.max(head + 1));
    if noun == Noun::Role && start <= head && !(role.len() == 1 && is_courtesy(words, head)) {
        found.roles.push((role, former));
    }
    Some(next)
}

/// The "founders" of "one of the founders of the bank": the head of a role that others have too.
fn one_of(words: &Words<'_, '_>, phrase: Run) -> Option<usize> {
    let at = |back: usize| words.lower(phrase.start + back);
    if phrase.len() < 4
        || !is_in(words.language.units, at(0))
        || !is_in(words.language.owner_leads, at(1))
        || !is_in(words.language.shared_leads, at(2))
    {
        return None;
    }
    let is_role = |word: &str| {
        is_in(words.language.titles, word)
            || row(words.language.person_nouns, word).is_some_and(|[_, _, sort]| *sort == "role")
    };
    let is_head = |&token: &usize| words.language.singular(words.lower(token)).is_some_and(is_role);
    (phrase.start + 3..phrase.end.min(phrase.start + 6)).find(is_head)
}

pub(super) fn is_former(words: &Words<'_, '_>, token: usize) -> bool {
    is_in(words.language.former, words.lower(token)) || words.lower(token).starts_with("ex-")
}

/// Takes the institutions and possessors off the front of a role; where it starts.
fn front(words: &Words<'_, '_>, mentions: &[Mention], before: Run, former: bool, found: &mut Description) -> usize {
    let mut start = before.start;
    while start < before.end && (matches!(words.class(start), Class::Determiner | Class::Possessive | Class::Mark)) {
        start += 1;
    }
    for (mention, name) in named(words, mentions, before) {
        let end = name.end.min(before.end);
        let possessor = is_possessive_mark(words, end);
        if mention.label == Label::Institution {
            found.institutions.push((Run::new(name.start, end), former));
        }
        if mention.label != Label::Place || possessor {
            // "former FBI agent" is a former agent.
            start = start.max(end + usize::from(possessor));
        }
    }
    let cuts =
        |&token: &usize| is_possessive_mark(words, token) || has_last_part(words, token, words.language.place_endings);
    if let Some(last) = (start..before.end).rfind(cuts) {
        // "The union's general secretary"
        let owner = (last > start && found.institutions.is_empty()).then(|| body(words, last - 1)).flatten();
        found.institutions.extend(owner.map(|body| (body, former)));
        start = last + 1;
    }
    if let Some(name) = chamber(words, Run::new(start, before.end)) {
        found.institutions.push((name, former));
        start = name.end;
    }
    while start < before.end && matches!(words.class(start), Class::Mark | Class::Coordinator | Class::Adverb) {
        start += 1;
    }
    start
}

/// The name of an institution that was not found to be one: capitals with a word such as "Caucus" or "Centre" among them,
/// small words in between: "the Centre for Water Research".
pub(super) fn headed_by_body(words: &Words<'_, '_>, run: Run) -> Option<Run> {
    let is_front = |token: usize| {
        words.class(token) == Class::Determiner || has_last_part(words, token, words.language.place_endings)
    };
    let start = run.range().find(|&token| !is_front(token))?;
    let mut end = start;
    let mut at = start;
    while at < run.end {
        if words.is_capitalised(at) {
            end = at + 1;
        } else if !is_in(words.language.body_joints, words.lower(at)) || at > end + 1 {
            break;
        }
        at += 1;
    }
    let is_body =
        |token: usize| is_in(words.language.organisation_words, words.lower(token)) && words.is_capitalised(token);
    (end > start + 1 && (start..end).any(is_body)).then_some(Run::new(start, end))
}

/// A noun that stands for an institution: "union".
fn body(words: &Words<'_, '_>, token: usize) -> Option<Run> {
    let is_body = row(words.language.institution_nouns, words.lower(token)).is_some() && !words.is_capitalised(token);
    is_body.then_some(Run::new(token, token + 1))
}

/// "House" of "House Speaker", "Air Force" of "retired Air Force general".
fn chamber(words: &Words<'_, '_>, run: Run) -> Option<Run> {
    for start in run.range().filter(|&token| words.is_capitalised(token)) {
        let two = format!("{} {}", words.lower(start), words.lower(start + 1));
        if start + 1 < run.end && is_in(words.language.chambers, &two) {
            return Some(Run::new(start, start + 2));
        }
        if is_in(words.language.chambers, words.lower(start)) && !words.is_title_case(start) {
            return Some(Run::new(start, start + 1));
        }
    }
    None
}

/// Reads what follows the head: institutions, and what belongs to the role where there are none ("attorney general of
/// Oklahoma"); where the role and where the description ends.
fn behind(
    words: &Words<'_, '_>,
    mentions: &[Mention],
    rest: Run,
    former: bool,
    noun: Noun,
    found: &mut Description,
) -> (usize, usize) {
    let mut role_end = rest.start;
    let mut at = rest.start;
    let mut is_open = true;
    while at < rest.end && words.class(at) == Class::Preposition {
        let bound = |token: usize| {
            words.class(token) == Class::Preposition && !inside_name(words, mentions, token)
                || words.class(token) == Class::Coordinator && !inside_name(words, mentions, token)
                || is_bound(words, token) && !inside_name(words, mentions, token)
        };
        let mut end = (at + 1..rest.end).find(|&token| bound(token)).unwrap_or(rest.end);
        let names: Vec<(&Mention, Run)> = named(words, mentions, Run::new(at, end)).collect();
        let body_here =
            || headed_by_body(words, Run::new(at + 1, rest.end)).or_else(|| chamber(words, Run::new(at + 1, end)));
        let unmarked = if names.is_empty() { body_here() } else { None };
        end = end.max(unmarked.map_or(end, |body| body.end));
        if noun != Noun::Kin {
            found.institutions.extend(unmarked.map(|run| (run, former)));
            let owned = names.iter().filter(|(mention, _)| mention.label == Label::Institution);
            found.institutions.extend(owned.map(|&(_, run)| (run, former)));
        }
        // "An analyst at the broker", "the chair of the panel"
        let has_name = unmarked.is_some() || names.iter().any(|(mention, _)| mention.label != Label::Place);
        is_open &= unmarked.is_none();
        let nominal = body(words, end - 1).filter(|_| {
            !has_name
                && noun == Noun::Role
                && found.institutions.is_empty()
                && (is_in(words.language.definite_articles, words.lower(at + 1))
                    || is_in(words.language.assemblies, words.lower(at + 1)))
        });
        found.institutions.extend(nominal.map(|body| (body, former)));
        is_open &= nominal.is_none();
        let keeps = is_in(words.language.office_joints, words.lower(at));
        is_open &= keeps && names.iter().all(|(mention, _)| mention.label == Label::Place) && end - at <= LONGEST;
        if is_open {
            role_end = end;
        }
        // "of the Institute, a part of": what stands behind a comma is somebody else.
        at = end;
        if names.iter().any(|(mention, _)| mention.label == Label::Person) {
            break;
        }
    }
    (role_end, at)
}

/// Whether a name goes on at a token that started before it.
pub(super) fn inside_name(words: &Words<'_, '_>, mentions: &[Mention], token: usize) -> bool {
    named(words, mentions, Run::new(token, token + 1)).any(|(_, name)| name.start < token)
}

/// A name as it is shown: white space single, no possessive, no leading "the".
pub(super) fn shown_name(words: &Words<'_, '_>, span: Span) -> String {
    let text = words.article.units.slice(span);
    let text = without_end(text, words.language.possessive_endings).unwrap_or(text);
    let mut parts: Vec<&str> = text.split_whitespace().collect();
    if parts.len() > 1 && is_in(words.language.definite_articles, &parts[0].to_lowercase()) {
        parts.remove(0);
    }
    parts.join(" ")
}

/// What "Mr." or "Ms." in front of a name or before it says, or the tie: "his wife, Anna Berg".
pub(super) fn honorific(words: &Words<'_, '_>, span: Span) -> Gender {
    let first = words.article.tokens_in(span).start;
    let courtesy = |token: usize| {
        row(words.language.courtesies, words.lower(token).trim_end_matches('.')).map(|[_, gender, _]| *gender)
    };
    let comma = first > 1 && words.lower(first - 1) == ",";
    let tie = |token: usize| {
        let [_, gender, sort] = row(words.language.person_nouns, words.lower(token))?;
        (!comma || *sort == "kin").then_some(*gender)
    };
    let before = first.checked_sub(1 + usize::from(comma));
    let title = courtesy(first).or_else(|| before.filter(|_| !comma).and_then(courtesy));
    title.or_else(|| before.and_then(tie)).map_or(Gender::Unknown, Gender::named)
}

#[cfg(test)]
mod tests {
    use crate::speaker::tests::{check_by, facts_of};

    #[test]
    fn what_a_description_says() {
        check_by(
            facts_of,
            &[
                // The institution leaves the role, a place stays.
                ("{p Jo Lee}, {i Acme Bank} chairman, left.", &["Jo Lee: chairman | Acme Bank"]),
                ("{p Jo Lee}, {i Acme Bank}’s chief economist, left.", &["Jo Lee: chief economist | Acme Bank"]),
                ("{p Jo Lee}, mayor of {l Oslo}, left.", &["Jo Lee: mayor of Oslo | "]),
                ("{p Jo Lee}, an {l Oslo} lawyer, left.", &["Jo Lee: Oslo lawyer | "]),
                ("{p Jo Lee}, {l Norway}’s finance minister, left.", &["Jo Lee: finance minister | "]),
                ("{p Jo Lee}, an Oslo-based analyst, left.", &["Jo Lee: analyst | "]),
                (
                    "{p Jo Lee}, professor of law at the {i University of Kent}, left.",
                    &["Jo Lee: professor of law | University of Kent"],
                ),
                (
                    "{p Jo Lee}, a fellow at the {i Reef Centre} of the {i University of Kent}, left.",
                    &["Jo Lee: fellow | Reef Centre, University of Kent"],
                ),
                ("{p Jo Lee}, attorney general of {l Oklahoma}, left.", &["Jo Lee: attorney general of Oklahoma | "]),
                ("{p Jo Lee}, an ex-minister, left.", &["Jo Lee: ex-minister† | "]),
                ("{p Jo Lee}, a retired {i FBI} agent, left.", &["Jo Lee: agent† | FBI†"]),
                ("{p Jo Lee}, a hydrologist, left.", &["Jo Lee: hydrologist | "]),
                ("{p Jo Lee}, a 34-year-old from {l Oslo}, left.", &[]),
                // An institution without a mark.
                ("{p Jo Lee}, chair of the Halden Caucus, left.", &["Jo Lee: chair | Halden Caucus"]),
                // A common noun that stands for one.
                ("{p Jo Lee}, the union’s general secretary, left.", &["Jo Lee: general secretary | union"]),
                ("{p Jo Lee}, an analyst at the broker, left.", &["Jo Lee: analyst | "]),
                ("{p Jo Lee}, an analyst at the bank, left.", &["Jo Lee: analyst | bank"]),
                // A house of parliament, a ministry.
                ("House Speaker {p Jo Lee} left.", &["Jo Lee: Speaker | House"]),
                ("Speaker of the House {p Jo Lee} left.", &["Jo Lee: Speaker | House"]),
                ("Retired Air Force general {p Jo Lee} left.", &["Jo Lee: general† | Air Force†"]),
                // Kin are no role, and do not share where one works.
                ("{p Jo Lee}, the wife of the mayor, left.", &[]),
                ("{p Jo Lee}, the wife of an {i Acme Bank} clerk, left.", &[]),
                // What stands behind a comma is somebody else.
                (
                    "{p Jo Lee}, head of the {i Reef Institute}, a part of {i Acme Bank}, left.",
                    &["Jo Lee: head | Reef Institute"],
                ),
                // What is no noun of a person says nothing.
                ("{p Jo Lee}, {i Acme Bank} and others left.", &[]),
                ("{p Jo Lee}, a friend said, left.", &[]),
                ("{p Jo Lee}, Mr. {p Berg} said, left.", &[]),
            ],
        );
    }
}
