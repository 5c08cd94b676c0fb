//! What an article says of a person: roles and affiliations, from the words around the name.

use super::draft::Draft;
use super::index::without_titles;
use super::phrase::{
    Description, Noun, acts, describe, headed_by_body, headed_by_of, inside_name, institutions, is_bound, is_courtesy,
    is_possessive_mark, is_verbal, named, person_noun,
};
use super::profile::Fact;
use crate::entity::Mention;
use crate::lang::is_in;
use crate::lexis::{Class, Words};
use crate::scheme::{Label, MentionForm, SpeakerKind};
use crate::span::Run;
use crate::text::TokenKind;

/// How far around a name it is described, in tokens.
const REACH: usize = 24;

/// How far the bracket closes that gives a politician's party, in tokens.
const PARTY: usize = 8;

/// How many roles, and how many affiliations, one person has: the first.
const MOST: usize = 32;

/// Adds the roles and affiliations of every person that is named.
pub(super) fn find(words: &Words<'_, '_>, mentions: &[Mention], drafts: &mut [Draft]) {
    for mention in mentions {
        let (Some(owner), MentionForm::Name, Label::Person) = (mention.speaker, mention.form, mention.label) else {
            continue;
        };
        let draft = &mut drafts[owner as usize];
        if draft.speaker.kind != SpeakerKind::Person {
            continue;
        }
        let name = words.article.tokens_in(mention.span);
        let around = Around { words, mentions, sentence: sentence(words, name), name };
        for phrase in [
            titles_within(words, name),
            around.before(),
            around.apposed_before(),
            around.after(),
            around.predicate(),
            around.appointed(),
        ] {
            describe_as(words, mentions, phrase, draft);
        }
        if let Some((office, seat)) = around.seat() {
            let roles = &mut draft.speaker.roles;
            if let Some(bare) = roles.iter_mut().find(|role| role.text.to_lowercase() == words.lower(office)) {
                bare.text = format!("{} {}", bare.text, words.article.slice(seat));
            }
        }
        if let Some(kin) = around.kin() {
            add(words, kin, false, &mut draft.speaker.roles);
        }
        for institution in around.possessor().into_iter().chain(around.governed()).chain(around.listed()) {
            add(words, institution, false, &mut draft.speaker.affiliations);
        }
    }
}

/// Where the "its" stands of "Its secretary, Anna Berg, said" and "its secretary Anna Berg", by the person's name.
pub(super) fn owner_pronoun(words: &Words<'_, '_>, mentions: &[Mention], name: Run) -> Option<usize> {
    let around = Around { words, mentions, sentence: sentence(words, name), name };
    let phrases = [around.apposed_before(), around.before()];
    let phrase = phrases.into_iter().find(|phrase| !phrase.is_empty())?;
    let first = [phrase.start, phrase.start.checked_sub(1)?]
        .into_iter()
        .find(|&token| is_in(words.language.own_possessives, words.lower(token)))?;
    let is_described = !describe(words, mentions, phrase).roles.is_empty();
    is_described.then_some(first)
}

/// Adds what a phrase says of somebody.
pub(super) fn describe_as(words: &Words<'_, '_>, mentions: &[Mention], phrase: Run, draft: &mut Draft) {
    let description = describe(words, mentions, phrase);
    if description.is_empty() {
        return;
    }
    let Description { roles, institutions, gender } = description;
    for (role, former) in roles {
        let is_bare = |role: &Run| role.len() == 1 && is_courtesy(words, role.start);
        for (role, former) in titles_apart(words, role, former).into_iter().filter(|(role, _)| !is_bare(role)) {
            add(words, role, former, &mut draft.speaker.roles);
        }
    }
    for (institution, former) in institutions {
        add(words, institution, former, &mut draft.speaker.affiliations);
    }
    draft.learn_gender(gender);
}

/// "nominee Gov." and "judicial analyst Judge" are two roles.
fn titles_apart(words: &Words<'_, '_>, role: Run, former: bool) -> Vec<(Run, bool)> {
    let Some(last) = role.range().next_back() else { return Vec::new() };
    let earlier = (role.start..last).rev().find(|&token| person_noun(words, token).is_some());
    let apart = |earlier: usize| {
        earlier + 1 == last
            && person_noun(words, last).is_some()
            && (words.lower(last).ends_with('.') || words.is_capitalised(last) && !words.is_capitalised(earlier))
    };
    match earlier {
        Some(earlier) if apart(earlier) => {
            vec![(Run::new(role.start, earlier + 1), former), (Run::new(last, last + 1), false)]
        }
        _ => vec![(role, former)],
    }
}

/// The titles that a name starts with: "Justice" of "Justice Berg".
fn titles_within(words: &Words<'_, '_>, name: Run) -> Run {
    let text = words.article.slice(name);
    let is_title = |&token: &usize| {
        token + 1 < name.end && without_titles(text, words.language) != text && person_noun(words, token).is_some()
    };
    Run::new(name.start, name.start + name.range().take_while(is_title).count())
}

fn sentence(words: &Words<'_, '_>, name: Run) -> Run {
    words.article.sentences[words.article.sentence_of(name.start)].tokens
}

/// A name in its sentence.
struct Around<'w, 'a, 't> {
    words: &'w Words<'a, 't>,
    mentions: &'w [Mention],
    sentence: Run,
    name: Run,
}

impl Around<'_, '_, '_> {
    fn floor(&self) -> usize {
        self.sentence.start.max(self.name.start.saturating_sub(REACH))
    }

    fn ceiling(&self) -> usize {
        self.sentence.end.min(self.name.end + REACH)
    }

    /// "Finance Minister Anna Berg", "Treasury spokesman Adam Cole", "former Secretary of State Jo Lee".
    fn before(&self) -> Run {
        let (words, end) = (self.words, self.name.start);
        let none = Run::new(end, end);
        let floor = self.floor();
        let Some(mut last) = end.checked_sub(1).filter(|&last| last >= floor) else { return none };
        // "its “national reporter” Anna Berg"
        if matches!(words.kind(last), TokenKind::QuoteClose | TokenKind::QuoteOpen) && last > floor {
            last -= 1;
        }
        let mut start = if person_noun(words, last).is_some() {
            last
        } else {
            match headed_by_of(words, floor, last) {
                Some(head) => head,
                None => return none,
            }
        };
        // "To force Sen. Jo Lee": before what is shortened only titles and capitals belong to it.
        let is_short = words.lower(last).ends_with('.');
        // "In a hoarse voice Councillor Berg": before a capital few small words belong to it.
        let is_capital = words.is_capitalised(last) && words.article.word(last).contains(char::is_lowercase);
        let belongs = |token: usize| {
            let before_noun = !words.is_capitalised(token + 1) && person_noun(words, token + 1).is_some();
            before_noun
                || is_in(self.words.language.ranks, words.lower(token))
                || words.lower(token).starts_with("then-")
        };
        let fits = |token: usize| {
            let is_small = words.class(token) == Class::Open && is_capital && !belongs(token);
            words.is_capitalised(token) || person_noun(words, token).is_some() || !is_short && !is_small
        };
        while start > floor && self.continues(start - 1) && fits(start - 1) {
            start -= 1;
        }
        Run::new(start, last + 1)
    }

    /// Whether a word before a title belongs to it.
    fn continues(&self, token: usize) -> bool {
        let words = self.words;
        let joins = words.class(token) == Class::Coordinator
            && token > self.floor()
            && is_in(words.language.conjunctions, words.lower(token))
            && person_noun(words, token - 1).is_some()
            && !self.is_name(token - 1);
        let word = words.class(token) == Class::Open
            && words.kind(token).is_word()
            && !is_verbal(words, token)
            && !acts(words, token)
            && !is_in(words.language.rare_prepositions, words.lower(token));
        word || joins
            || is_possessive_mark(words, token)
            || words.kind(token) == TokenKind::QuoteOpen && token + 1 < self.name.start
    }

    fn is_name(&self, token: usize) -> bool {
        named(self.words, self.mentions, Run::new(token, token + 1)).next().is_some()
    }

    /// "The bank's chairman, Carl Lind,", "An attorney for the state, Anna Berg, said".
    fn apposed_before(&self) -> Run {
        let words = self.words;
        let floor = self.floor();
        let mut end = self.name.start;
        // "National President of the union, Professor Jo Lee"
        while end > floor && words.is_title(end - 1) {
            end -= 1;
        }
        // "Its envoy to Ostria, German Markus Edinger"
        let is_people = end > floor + 1 && words.is_capitalised(end - 1) && !self.is_name(end - 1);
        end -= usize::from(is_people && words.lower(end - 2) == ",");
        let none = Run::new(end, end);
        if words.class(self.name.end) != Class::Mark || end <= floor || words.lower(end - 1) != "," {
            return none;
        }
        let comma = end - 1;
        let bound = (floor..comma).rev().find(|&token| is_bound(words, token) && !self.is_name(token));
        let from = bound.map_or(floor, |bound| bound + 1);
        let determined = |&token: &usize| matches!(words.class(token), Class::Determiner | Class::Possessive);
        let start = (from..comma).find(determined).or((from == self.sentence.start).then_some(from));
        start.map_or(none, |start| Run::new(start, comma))
    }

    /// "Anna Berg, the finance minister", "Adam Cole, 45, a spokesman for the Treasury", "Jo Lee — surgeon and star —".
    fn after(&self) -> Run {
        let (words, ceiling) = (self.words, self.ceiling());
        let mut start = self.name.end;
        let none = Run::new(start, start);
        // "Anna Berg (D-Md.), chair of the panel"
        if words.article.tokens.get(start).is_some_and(|_| words.article.word(start) == "(") {
            let close = (start..ceiling.min(start + PARTY)).find(|&token| words.article.word(token) == ")");
            start = close.filter(|&close| words.lower(close + 1) == ",").map_or(start, |close| close + 1);
        }
        if start >= ceiling || !matches!(words.article.word(start), "," | "—" | "–" | "(" | "-" | "--") {
            return none;
        }
        start += 1;
        // "Adam Cole, 45, a spokesman"
        if words.kind(start) == TokenKind::Number && words.lower(start + 1) == "," {
            start += 2;
        }
        if start >= ceiling
            || words.is_quoted(start) != words.is_quoted(self.name.start)
            || matches!(words.class(start), Class::Mark | Class::Coordinator)
        {
            return none;
        }
        // "Anna Berg, Carl Lind and Jo Lee": the next name is somebody else, unless a role follows its possessive.
        let first = if matches!(words.class(start), Class::Determiner | Class::Possessive) { start + 1 } else { start };
        let person =
            named(words, self.mentions, Run::new(first, first + 1)).find(|(mention, _)| mention.label == Label::Person);
        let owns = |name: Run| is_possessive_mark(words, name.end) || person_noun(words, name.end).is_some();
        if person.is_some_and(|(_, name)| !owns(name)) {
            return none;
        }
        let end = (start..ceiling).find(|&token| self.ends(token)).unwrap_or(ceiling);
        // "Mayor Anna Berg, Councillor Carl Lind": a title before another name is the other's.
        let other = named(words, self.mentions, Run::new(start, end)).find(|(mention, name)| {
            mention.label == Label::Person
                && name.start > start
                && person_noun(words, name.start - 1).is_some()
                && !(start..name.start).any(|token| words.class(token) == Class::Preposition)
        });
        if other.is_some() { none } else { Run::new(start, end) }
    }

    fn ends(&self, token: usize) -> bool {
        let words = self.words;
        words.class(token) == Class::Mark
            && !matches!(words.article.word(token), "'" | "’" | "-" | "&")
            && !is_in(words.language.possessive_clitics, words.lower(token))
            && !inside_name(words, self.mentions, token)
    }

    /// "Anna Berg, senior analyst, Acme Bank.": the institution that a list of titles ends with.
    fn listed(&self) -> Option<Run> {
        let (words, ceiling) = (self.words, self.ceiling());
        let phrase = self.after();
        let is_described = !phrase.is_empty() && !describe(words, self.mentions, phrase).roles.is_empty();
        let at = if is_described { phrase.end } else { self.name.end };
        if at >= ceiling || words.lower(at) != "," {
            return None;
        }
        let start = at + 1 + usize::from(words.class(at + 1) == Class::Determiner);
        let found = institutions(words, self.mentions, Run::new(start, start + 1)).pop()?;
        let last = matches!(words.article.word(self.sentence.end - 1), "." | ")" | ":" | ";");
        (found.end + usize::from(last) >= self.sentence.end).then_some(found)
    }

    /// "Anna Berg is the finance minister".
    fn predicate(&self) -> Run {
        let words = self.words;
        // A biography's sentence is long.
        let ceiling = self.sentence.end.min(self.name.end + 2 * REACH);
        let at = self.name.end;
        let is = is_in(self.words.language.becoming, words.lower(at));
        let determined = is_in(words.language.articles, words.lower(at + 1));
        if !is || !determined || at + 2 >= ceiling || words.is_quoted(at) {
            return Run::new(at, at);
        }
        let end_from = |from: usize| (from..ceiling).find(|&token| self.ends(token)).unwrap_or(ceiling);
        let mut end = end_from(at + 1);
        // "was a founder of the party, and its chairman from 1925"
        let owns = |token: usize| is_in(words.language.role_leads, words.lower(token));
        if words.lower(end) == "," && is_in(words.language.conjunctions, words.lower(end + 1)) && owns(end + 2) {
            end = end_from(end + 2);
        }
        Run::new(at + 1, end)
    }

    /// "Ben’s mum" of "Ben’s mum Anna Berg": whose kin somebody is, where the article names them.
    fn kin(&self) -> Option<Run> {
        let words = self.words;
        let noun = self.name.start.checked_sub(1).filter(|&noun| noun > self.floor() + 1)?;
        let is_kin = person_noun(words, noun).is_some_and(|(sort, _)| sort == Noun::Kin);
        let mark = noun - 1;
        let owner = Run::new(mark - 1, mark);
        let (_, owner) = named(words, self.mentions, owner).find(|(mention, _)| mention.label == Label::Person)?;
        (is_kin && is_possessive_mark(words, mark)).then_some(Run::new(owner.start, noun + 1))
    }

    /// "The board named Anna Berg its chief of staff".
    fn appointed(&self) -> Run {
        let (words, at) = (self.words, self.name.end);
        let appoints = self
            .name
            .start
            .checked_sub(1)
            .is_some_and(|before| is_in(self.words.language.appointing, words.lower(before)));
        let start = at + usize::from(is_in(words.language.role_prepositions, words.lower(at)));
        let determined = start > at || matches!(words.class(start), Class::Possessive | Class::Determiner);
        if !appoints || !determined || start >= self.ceiling() {
            return Run::new(at, at);
        }
        let ends = |token: usize| {
            self.ends(token)
                || is_in(words.language.topic_leads, words.lower(token))
                || words.class(token) == Class::Time
        };
        let end = (start..self.ceiling()).find(|&token| ends(token)).unwrap_or(self.ceiling());
        Run::new(start, end)
    }

    /// "Fox News' Megyn Kelly".
    fn possessor(&self) -> Option<Run> {
        let (words, start) = (self.words, self.name.start);
        let mark = start.checked_sub(1).filter(|&mark| mark > self.floor() && is_possessive_mark(words, mark))?;
        institutions(words, self.mentions, Run::new(mark - 1, mark)).pop()
    }

    /// "of Sandvik" of "Mayor Anna Berg of Sandvik", and the token of the office: the place that it is held in.
    fn seat(&self) -> Option<(usize, Run)> {
        let (words, name) = (self.words, self.name);
        let titles = titles_within(words, name);
        let office = if titles.is_empty() { name.start } else { titles.end }.checked_sub(1)?;
        let governs = office >= self.floor()
            && is_in(words.language.offices, words.lower(office))
            && is_in(words.language.owner_leads, words.lower(name.end));
        let (_, place) = named(words, self.mentions, Run::new(name.end + 1, name.end + 2))
            .find(|(mention, place)| mention.label == Label::Place && place.start == name.end + 1)?;
        governs.then_some((office, Run::new(name.end, place.end)))
    }

    /// "Anna Berg of Acme Bank", "Tom Hall, of Kent Police,", "Jo Lee, who runs Acme Bank".
    fn governed(&self) -> Vec<Run> {
        let (words, ceiling) = (self.words, self.ceiling());
        let comma = usize::from(words.lower(self.name.end) == ",");
        let mut at = self.name.end + comma;
        if comma == 1 && is_in(words.language.person_relatives, words.lower(at)) {
            let leads = is_in(self.words.language.heading, words.lower(at + 1));
            let is_employed =
                is_in(self.words.language.working, words.lower(at + 1)) && words.class(at + 2) == Class::Preposition;
            if !leads && !is_employed {
                return Vec::new();
            }
            at += 1 + usize::from(is_employed);
        } else if !is_in(words.language.employer_joints, words.lower(at)) {
            return Vec::new();
        }
        if at + 1 >= ceiling {
            return Vec::new();
        }
        let end = (at + 1..ceiling).find(|&token| self.ends(token) || is_bound(words, token)).unwrap_or(ceiling);
        let run = Run::new(at + 1, end.max(at + 1));
        let mut found = institutions(words, self.mentions, run);
        if found.is_empty() {
            found.extend(headed_by_body(words, run));
        }
        // It has to follow at once: not in "Anna Berg of Oslo told Acme Bank".
        let first = (at + 1..run.end).find(|&token| words.class(token) != Class::Determiner);
        let near = |institution: &Run| {
            first.is_some_and(|first| {
                (first..institution.start).all(|token| words.class(token) != Class::Preposition)
                    || institution.start == first
            })
        };
        if found.first().is_some_and(near) { found } else { Vec::new() }
    }
}

/// Adds a fact that is new.
fn add(words: &Words<'_, '_>, run: Run, former: bool, facts: &mut Vec<Fact>) {
    let run = trimmed(words, run);
    let text = words.article.slice(run).split_whitespace().collect::<Vec<_>>().join(" ");
    // "Mayor" is told by "Mayor of Sandvik".
    let is_told = |fact: &Fact| {
        let rest = fact.text.get(text.len()..).filter(|_| fact.text[..text.len()].eq_ignore_ascii_case(&text));
        rest.is_some_and(|rest| {
            rest.is_empty() || is_in(words.language.owner_leads, rest.split(' ').nth(1).unwrap_or(""))
        })
    };
    if !text.is_empty() && facts.len() < MOST && !facts.iter().any(is_told) {
        facts.push(Fact { text, span: Some(words.article.span(run)), former, speaker: None });
    }
}

/// Without quotation marks and marks at either end.
fn trimmed(words: &Words<'_, '_>, run: Run) -> Run {
    let (mut start, mut end) = (run.start, run.end);
    let is_mark = |token: usize| words.class(token) == Class::Mark;
    while start < end && is_mark(start) {
        start += 1;
    }
    while end > start && is_mark(end - 1) {
        end -= 1;
    }
    Run::new(start, end)
}

#[cfg(test)]
mod tests {
    use crate::speaker::tests::{check_by, facts_of};

    #[test]
    fn titles_before_a_name() {
        check_by(
            facts_of,
            &[
                ("Finance Minister {p Anna Berg} left.", &["Anna Berg: Finance Minister | "]),
                ("{i Treasury} spokesman {p Adam Cole} left.", &["Adam Cole: spokesman | Treasury"]),
                ("Former Secretary of State {p Jo Lee} left.", &["Jo Lee: Former Secretary of State† | "]),
                ("They quoted Professor {p Jo Lee}.", &["Jo Lee: Professor | "]),
                ("{p Justice Berg} left.", &["Justice Berg: Justice | "]),
                // Two titles are two roles.
                ("They met nominee Gov. {p Tom Hall}.", &["Tom Hall: nominee, Gov. | "]),
                // "To force" is no part of what is shortened.
                ("They tried to force Sen. {p Jo Lee} out.", &["Jo Lee: Sen. | "]),
                ("Its “national reporter” {p Anna Berg} left.", &["Anna Berg: national reporter | "]),
                // Roles that are joined.
                ("Singer and actress {p Anna Berg} left.", &["Anna Berg: Singer, actress | "]),
                // The verb before a title is no part of it, nor is a mere courtesy a role.
                ("They told Mayor {p Anna Berg} no.", &["Anna Berg: Mayor | "]),
                ("Mrs. {p Anna Berg} left.", &[]),
                // The place of an office, told once.
                (
                    "Mayor {p Anna Berg} of {l Sandvik} left. Mayor {p Berg} is ill.",
                    &["Anna Berg: Mayor of Sandvik | "],
                ),
                (
                    "Mayor {p Berg} is ill. Mayor {p Anna Berg} of {l Sandvik} left.",
                    &["Anna Berg: Mayor of Sandvik | "],
                ),
                ("{p Mayor Anna Berg} of {l ’s-Hertogenbosch} left.", &["Anna Berg: Mayor of ’s-Hertogenbosch | "]),
                ("President {p Anna Berg} of {i Acme Bank} left.", &["Anna Berg: President | Acme Bank"]),
                ("Mayor {p Anna Berg} of the left wing left.", &["Anna Berg: Mayor | "]),
                // Whose kin somebody is says who they are, where the article names the other.
                ("{p Ben}’s mum {p Anna Berg} left.", &["Anna Berg: Ben’s mum | "]),
                ("His mum {p Anna Berg} left.", &[]),
                // What is no noun of a person is no role.
                ("In London {p Anna Berg} left.", &[]),
                ("On Monday {p Anna Berg} left.", &[]),
            ],
        );
    }

    #[test]
    fn appositions() {
        check_by(
            facts_of,
            &[
                ("{p Anna Berg}, the finance minister, left.", &["Anna Berg: finance minister | "]),
                ("{p Adam Cole}, 45, a spokesman for the {i Treasury}, left.", &["Adam Cole: spokesman | Treasury"]),
                ("{p Jo Lee} — surgeon and author — left.", &["Jo Lee: surgeon, author | "]),
                ("{p Jo Lee} (chair of {i Acme Bank}) left.", &["Jo Lee: chair | Acme Bank"]),
                ("{p Anna Berg} (D-Md.), chair of the panel, left.", &["Anna Berg: chair | panel"]),
                (
                    "{p Anna Berg}, president and chief executive of {i Acme Bank}, left.",
                    &["Anna Berg: president, chief executive | Acme Bank"],
                ),
                ("{p Anna Berg}, former head of {i Acme Bank}, left.", &["Anna Berg: former head† | Acme Bank†"]),
                (
                    "{p Anna Berg}, head of {i Acme Bank}’s {i Kent Fund}, left.",
                    &["Anna Berg: head | Acme Bank, Kent Fund"],
                ),
                ("The bank’s chairman, {p Carl Lind}, left.", &["Carl Lind: chairman | bank"]),
                ("A lawyer for the state, {p Anna Berg}, left.", &["Anna Berg: lawyer for the state | "]),
                (
                    "The national president of the union, Professor {p Jo Lee}, left.",
                    &["Jo Lee: Professor, national president | union"],
                ),
                // The next name of a list is somebody else.
                ("{p Anna Berg}, {p Carl Lind} and {p Jo Lee} left.", &[]),
                (
                    "Mayor {p Anna Berg}, Councillor {p Carl Lind} and others left.",
                    &["Anna Berg: Mayor | ", "Carl Lind: Councillor | "],
                ),
                // What is said in a quotation after the comma is not what she is.
                ("{p Anna Berg}, “the minister of nothing”, left.", &[]),
                // Nor is what a clause says.
                ("{p Anna Berg}, when the minister left, stayed.", &[]),
                ("On Monday, {p Anna Berg}, left.", &[]),
            ],
        );
    }

    #[test]
    fn the_institution_that_one_belongs_to() {
        check_by(
            facts_of,
            &[
                ("{p Anna Berg} of {i Acme Bank} left.", &["Anna Berg:  | Acme Bank"]),
                ("{p Tom Hall}, of {i Kent Police}, left.", &["Tom Hall:  | Kent Police"]),
                ("{p Jo Lee}, who runs {i Acme Bank}, left.", &["Jo Lee:  | Acme Bank"]),
                ("{p Jo Lee}, who teaches at the {i University of Kent}, left.", &["Jo Lee:  | University of Kent"]),
                ("{i Kent News}’ {p Jo Lee} left.", &["Jo Lee:  | Kent News"]),
                ("{i Kent News}’s {p Jo Lee} left.", &["Jo Lee:  | Kent News"]),
                // An institution that was not found to be one.
                ("{p Jo Lee} of the Halden Caucus left.", &["Jo Lee:  | Halden Caucus"]),
                // It has to follow at once.
                ("{p Anna Berg} of {l Oslo} told {i Acme Bank} no.", &[]),
                ("{p Jo Lee}, who sued {i Acme Bank}, left.", &[]),
                ("{p Jo Lee} met {i Acme Bank}.", &[]),
            ],
        );
    }

    #[test]
    fn predicates() {
        check_by(
            facts_of,
            &[
                ("{p Anna Berg} is the finance minister.", &["Anna Berg: finance minister | "]),
                (
                    "{p Boris Levin} was a member of the {i Harbour Union} and one of the founders of the {i New Dock Movement}, and its chairman from 1925.",
                    &["Boris Levin: member, one of the founders, chairman | Harbour Union, New Dock Movement"],
                ),
                ("{p Boris Levin} was one of the best of them, and its chairman left.", &[]),
                ("{p Anna Berg} became a spokeswoman for {i Acme Bank}.", &["Anna Berg: spokeswoman | Acme Bank"]),
                ("{p Anna Berg} is the best.", &[]),
                ("{p Anna Berg} is not the minister.", &[]),
                ("“{p Anna Berg} is the worst minister,” he cried.", &[]),
                ("{p Anna Berg} met the minister.", &[]),
            ],
        );
    }

    #[test]
    fn a_fact_is_told_once() {
        check_by(
            facts_of,
            &[
                ("Mayor {p Anna Berg} left. The mayor, {p Anna Berg}, left.", &["Anna Berg: Mayor | "]),
                (
                    "{p Anna Berg}, head of {i Acme Bank}, left. {p Berg}, head of {i Kent Police}, left.",
                    &["Anna Berg: head | Acme Bank, Kent Police"],
                ),
            ],
        );
    }
}
