//! Sources that name nobody -> drafts: somebody who was named, by a description, or one of their own.

use super::description::Description;
use super::discourse::{Stance, stance};
use super::draft::Draft;
use super::fact::describe_as;
use super::gender::Gender;
use super::phrase::{honorific, is_possessive_mark, person_noun, shown_name};
use super::source_head::unnamed_kind;
use super::walk::{Unnamed, Walk};
use crate::entity::Mention;
use crate::lang::{Language, is_in, row};
use crate::lexis::{Class, Words};
use crate::order::sort;
use crate::scheme::{Label, MentionForm, SpeakerKind};
use crate::span::Run;

/// A description that is no source counts only if its referent is at least as certain as this.
const CERTAIN: f32 = 0.5;

/// How many mentions back "the city" may mean.
const PLACES: usize = 16;

impl Walk<'_, '_, '_> {
    /// A description that is no source.
    pub(super) fn description(&mut self, run: Run, head: usize) {
        if let Some((draft, chance)) = self.described(run, head).filter(|&(_, chance)| chance >= CERTAIN) {
            self.means(run, MentionForm::Nominal, draft, chance, stance(self.words, run));
        }
    }

    /// Whom a description means of those who are named, and how sure that is.
    pub(super) fn described(&self, run: Run, head: usize) -> Option<(usize, f32)> {
        Description { words: self.words, run, head }.means(&self.discourse, &self.heads, self.drafts, self.names)
    }

    /// The draft of a source that is a description, and how sure it is where that is somebody who is named.
    pub(super) fn nominal_source(&mut self, run: Run, head: usize) -> (usize, Option<f32>) {
        // "Anna Berg, whose office" speaks for her.
        let whose = if is_in(self.words.language.owner_relatives, self.words.lower(run.start)) {
            self.right_before(run.start)
        } else {
            None
        };
        let described = whose.or_else(|| self.described(core(self.words, run), head));
        let described = described.or_else(|| self.place_meant(run, head));
        let draft = described.map_or_else(|| self.nominal(run, head), |(draft, _)| draft);
        let chance = described.map_or(0.6, |(_, chance)| chance);
        self.means(run, MentionForm::Nominal, draft, chance, Stance::Source);
        if self.drafts[draft].is_one() {
            describe_as(self.words, self.names, run, &mut self.drafts[draft]);
        }
        (draft, described.map(|(_, chance)| chance))
    }

    /// The place that "the city" means: the last that was named.
    fn place_meant(&mut self, run: Run, head: usize) -> Option<(usize, f32)> {
        let words = self.words;
        if !is_in(self.words.language.place_nouns, words.lower(head))
            || !is_in(words.language.definite_articles, words.lower(run.start))
            || run.len() > 2
        {
            return None;
        }
        let start = words.article.tokens[run.start].span.start;
        let before = self.names.partition_point(|mention| mention.span.end <= start);
        let mention =
            self.names[before.saturating_sub(PLACES)..before].iter().rfind(|mention| mention.label == Label::Place)?;
        let name = shown_name(words, mention.span);
        let draft = match mention.speaker {
            Some(draft) => draft as usize,
            None => unnamed_draft(self.words.language, self.drafts, &mut self.unnamed, SpeakerKind::Institution, name),
        };
        Some((draft, 0.5))
    }

    /// The draft of a source that names nobody who was found: one of the same words, or a new one.
    pub(super) fn nominal(&mut self, run: Run, head: usize) -> usize {
        let words = self.words;
        let kind = unnamed_kind(words, run, head);
        let is_joint = kind == SpeakerKind::Group && run.range().any(|token| words.class(token) == Class::Coordinator);
        let known = if is_joint { None } else { self.known(run) };
        if let Some(draft) = known {
            return draft;
        }
        let core = core(words, run);
        let whole = matches!(kind, SpeakerKind::Group | SpeakerKind::Document);
        let shown = if whole { run } else { core };
        let name = match kind {
            SpeakerKind::Institution | SpeakerKind::Person => shown_name(words, words.article.span(shown)),
            _ => words.article.slice(shown).split_whitespace().collect::<Vec<_>>().join(" "),
        };
        // "The towns" are the "three towns" of before: the last that had this head.
        let the = if matches!(kind, SpeakerKind::Institution | SpeakerKind::Person) { "" } else { "the " };
        let headed = (kind, format!("{the}{}", words.lower(head)));
        let draft = unnamed_draft(self.words.language, self.drafts, &mut self.unnamed, kind, name);
        let new = &mut self.drafts[draft];
        new.is_plural = words.language.singular(words.lower(head)).is_some() && person_noun(words, head).is_none()
            || is_in(words.language.plurals, words.lower(head));
        if let Some((_, gender)) = person_noun(words, head) {
            new.learn_gender(gender);
        }
        if kind == SpeakerKind::Group {
            self.drafts[draft].speaker.members = self.members(run);
        }
        if head + 1 == core.end && !words.is_capitalised(head) || core.len() > head + 1 - core.start {
            self.unnamed.insert(headed, draft);
        }
        draft
    }

    /// Whom a name means that was not found to be one: "Mr. Berg", "the candidate, Alhaji Carl Lind". A person who was not
    /// named before has a draft from here on.
    fn known(&mut self, run: Run) -> Option<usize> {
        let words = self.words;
        if let Some(name) = alias(words, run) {
            let text = shown_name(words, words.article.span(name)).trim_end_matches('.').to_owned();
            let found = self.index.find(&text, SpeakerKind::Person, Gender::Unknown, self.drafts);
            // Nobody found it to be a name: what speaks under it later is the same.
            return found.or_else(|| {
                Some(unnamed_draft(self.words.language, self.drafts, &mut self.unnamed, SpeakerKind::Person, text))
            });
        }
        let (name, is_titled) = name_in(words, core(words, run)).or_else(|| {
            let comma = run.range().find(|&token| words.lower(token) == ",")?;
            let rest = Run::new(comma + 1, run.end);
            name_in(words, core(words, rest)).filter(|&(name, is_titled)| is_titled && name.len() > 1)
        })?;
        let text = shown_name(words, words.article.span(name));
        let gender = honorific(words, words.article.span(name));
        let kinds = [SpeakerKind::Person, SpeakerKind::Institution].into_iter();
        let mut found = kinds.filter_map(|kind| self.index.find(&text, kind, gender, self.drafts));
        found.next().or_else(|| {
            is_titled.then(|| {
                let draft =
                    unnamed_draft(self.words.language, self.drafts, &mut self.unnamed, SpeakerKind::Person, text);
                self.drafts[draft].learn_gender(gender);
                draft
            })
        })
    }

    /// The members that "Anna Berg and Carl Lind" joins.
    fn members(&self, run: Run) -> Vec<u32> {
        let words = self.words;
        let span = words.article.span(run);
        let from = self.names.partition_point(|mention| mention.span.end <= span.start);
        let inside = self.names[from..].iter().take_while(|mention| mention.span.start < span.end);
        let joined = inside.filter(|mention| {
            let tokens = words.article.tokens_in(mention.span);
            let before = tokens.start.checked_sub(1).filter(|&before| before >= run.start);
            !is_possessive_mark(words, tokens.end)
                && before.is_none_or(|before| words.class(before) != Class::Preposition)
        });
        let mut members: Vec<u32> = joined.filter_map(|mention| mention.speaker).collect();
        sort(&mut members);
        members.dedup();
        if members.len() > 1 { members } else { Vec::new() }
    }
}

/// The name by which somebody goes who is described: "a rough sleeper known as “Pockets”".
fn alias(words: &Words<'_, '_>, run: Run) -> Option<Run> {
    let goes_by = |token: usize| {
        is_in(words.language.calling, words.lower(token))
            || row(words.language.alias_leads, words.lower(token))
                .is_some_and(|[_, next]| words.lower(token + 1) == *next)
    };
    let verb = run.range().find(|&token| goes_by(token))?;
    let start = (verb + 1..run.end).take(5).find(|&token| words.is_capitalised(token))?;
    let end = (start..run.end).find(|&token| !words.is_capitalised(token)).unwrap_or(run.end);
    Some(Run::new(start, end))
}

/// A source up to its first comma, bracket or dash.
fn core(words: &Words<'_, '_>, run: Run) -> Run {
    let ends = |&token: &usize| matches!(words.article.word(token), "," | "(" | "—" | "–" | "--");
    let end = (run.start + 1..run.end).find(ends).unwrap_or(run.end);
    Run::new(run.start, end)
}

/// The name that a run is, titles and possessive left out, and whether a title stands before it.
fn name_in(words: &Words<'_, '_>, run: Run) -> Option<(Run, bool)> {
    let is_front = |&token: &usize| {
        words.is_title(token) && words.is_capitalised(token) || words.class(token) == Class::Determiner
    };
    let start = run.range().find(|token| !is_front(token))?;
    let is_titled = start > run.start && words.is_title(start - 1);
    let end = run.end - usize::from(is_possessive_mark(words, run.end - 1));
    let is_name = |token: usize| {
        words.is_capitalised(token)
            && words.class(token) == Class::Open
            && !is_in(words.language.organisation_words, words.lower(token))
    };
    let fits = start < end && (start..end).all(is_name) && !words.is_title_case(start);
    fits.then_some((Run::new(start, end), is_titled))
}

/// The draft of a place, which becomes the institution that speaks for it.
pub(super) fn place(
    words: &Words<'_, '_>,
    drafts: &mut Vec<Draft>,
    unnamed: &mut Unnamed,
    mention: &mut Mention,
) -> usize {
    let name = shown_name(words, mention.span);
    let draft = unnamed_draft(words.language, drafts, unnamed, SpeakerKind::Institution, name);
    drafts[draft].speaker.mentions.push(mention.span);
    mention.speaker = Some(draft as u32);
    draft
}

/// The draft of these words, made where there is none.
fn unnamed_draft(
    language: &Language,
    drafts: &mut Vec<Draft>,
    unnamed: &mut Unnamed,
    kind: SpeakerKind,
    name: String,
) -> usize {
    *unnamed.entry((kind, name.to_lowercase())).or_insert_with(|| {
        let mut draft = Draft::new(name, kind, Gender::Unknown, language);
        draft.speaker.anonymous = kind == SpeakerKind::Anonymous;
        drafts.push(draft);
        drafts.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use crate::analysis::fixture::analysis;
    use crate::speaker::tests::{check, check_by, meanings_of};

    #[test]
    fn places_that_speak() {
        check(&[
            ("{s {l Oslo}} {c said} {t no}.", &["Oslo (Institution):  |  | Oslo"]),
            // Every time, under one name.
            ("{s {l Oslo}} {c said} {t no}. {s {l Oslo}} {c said} {t so}.", &["Oslo (Institution):  |  | Oslo; Oslo"]),
            ("{l Oslo} grew. {s The city} {c said} {t no}.", &["Oslo (Institution):  |  | The city"]),
            ("{l Oslo} and {l Bergen} grew. {s The city} {c said} {t no}.", &["Bergen (Institution):  |  | The city"]),
            // One that nothing says is none.
            ("{l Oslo} grew.", &[]),
            // Nor is it who speaks for it.
            ("{l Oslo} grew. {s A city} {c said} {t no}.", &["A city (Document):  |  | A city"]),
        ]);
    }

    #[test]
    fn institutions_by_what_describes_them_and_by_who_owns_them() {
        check(&[
            (
                "Few came. {s The operator, {i Acme Bank},} {c said} {t no}.",
                &["Acme Bank (Institution):  |  | The operator, Acme Bank,; Acme Bank"],
            ),
            (
                "Few came. {s The spokesman for the operator, {i Acme Bank},} {c said} {t no}.",
                &[
                    "The spokesman for the operator (Anonymous): spokesman | operator | The spokesman for the operator, Acme Bank,",
                    "Acme Bank (Institution):  |  | Acme Bank",
                ],
            ),
            (
                "Few came. {s {p Carl Lind}’s Lindfilm} {c said} {t no}.",
                &[
                    "Lindfilm (Institution):  |  | Carl Lind’s Lindfilm; Lindfilm",
                    "Carl Lind (Person):  |  | Carl Lind",
                ],
            ),
            (
                "Few came. {s {p Carl Lind}’s Chancellor} {c said} {t no}.",
                &[
                    "Carl Lind’s Chancellor (Anonymous): Chancellor |  | Carl Lind’s Chancellor",
                    "Carl Lind (Person):  |  | Carl Lind",
                ],
            ),
            (
                "Few came. {s {p CARL LIND}’S BOSS} {c SAID} {t NO}.",
                &["CARL LIND’S BOSS (Anonymous): BOSS |  | CARL LIND’S BOSS", "CARL LIND (Person):  |  | CARL LIND"],
            ),
            (
                "Few came. {s {l Oslo}’s Anna Berg} {c said} {t no}.",
                &["Oslo’s Anna Berg (Anonymous):  |  | Oslo’s Anna Berg"],
            ),
        ]);
    }

    #[test]
    fn names_with_their_initials_and_names_that_others_are_joined_to() {
        check(&[
            (
                "{s The {i Acme Bank} ({i AB}), a lender,} {c said} {t no}.",
                &["Acme Bank (Institution):  |  | The Acme Bank (AB), a lender,; Acme Bank; AB"],
            ),
            (
                "{s Residents and the {i Acme Bank}} {c said} {t no}.",
                &[
                    "Residents and the Acme Bank (Group):  |  | Residents and the Acme Bank",
                    "Acme Bank (Institution):  |  | Acme Bank",
                ],
            ),
        ]);
    }

    #[test]
    fn those_of_before() {
        check_by(
            meanings_of,
            &[
                (
                    "{s A senior official} {c said} {t no}. {s The official} {c said} {t so}.",
                    &["A senior official = A senior official", "The official = A senior official"],
                ),
                (
                    "{s Two officials} {c said} {t no}. {s The officials} {c said} {t so}.",
                    &["Two officials = Two officials", "The officials = Two officials"],
                ),
                (
                    "{s Three towns} {c said} {t no}. {s The towns} {c said} {t so}.",
                    &["Three towns = Three towns", "The towns = Three towns"],
                ),
                (
                    "{s A spokesman for {i Acme Bank}} {c said} {t no}. {s A spokesman for {i Kent Fund}} {c said} {t so}. {s The spokesman} {c said} {t it}.",
                    &[
                        "A spokesman for Acme Bank = A spokesman for Acme Bank",
                        "A spokesman for Kent Fund = A spokesman for Kent Fund",
                        "The spokesman = A spokesman for Kent Fund",
                    ],
                ),
                (
                    "{s {p Anna Berg}’s lawyer} {c said} {t no}. {s The lawyer} {c said} {t so}.",
                    &["Anna Berg’s lawyer = Anna Berg’s lawyer", "The lawyer = Anna Berg’s lawyer"],
                ),
                (
                    "{s A neighbour} {c said} {t no}. {s He} {c said} {t so}.",
                    &["A neighbour = A neighbour", "He = A neighbour"],
                ),
                // The same words mean the same.
                (
                    "{s Critics} {c said} {t no}. {s Critics} {c said} {t so}.",
                    &["Critics = Critics", "Critics = Critics"],
                ),
                // Who goes by a name speaks under it.
                (
                    "{s A rough sleeper known as “Pockets”} {c said} {t no}. Then {s Pockets} {c said} {t so}.",
                    &["A rough sleeper known as “Pockets” = Pockets", "Pockets = Pockets"],
                ),
                // Others are others.
                ("{s Critics} {c said} {t no}. {s Voters} {c said} {t so}.", &["Critics = Critics", "Voters = Voters"]),
                (
                    "{s A senior official} {c said} {t no}. {s A second official} {c said} {t so}.",
                    &["A senior official = A senior official", "A second official = A second official"],
                ),
            ],
        );
    }

    #[test]
    fn names_that_were_not_found() {
        check_by(
            meanings_of,
            &[
                ("{p Anna Berg} left. {s Mrs. Berg} {c said} {t no}.", &["Mrs. Berg = Anna Berg"]),
                (
                    "Then {s Mr. Lind} {c said} {t no}. Then {s Mr. Lind} {c said} {t so}.",
                    &["Mr. Lind = Lind", "Mr. Lind = Lind"],
                ),
                ("{p Anna Berg} left. Then {s Mr. Lind} {c said} {t no}.", &["Mr. Lind = Lind"]),
                (
                    "Then {s the candidate, Alhaji Carl Lind,} {c said} {t no}.",
                    &["the candidate, Alhaji Carl Lind, = Carl Lind"],
                ),
            ],
        );
    }

    #[test]
    fn groups() {
        /// The groups of a text with their members.
        fn groups(marked: &str) -> Vec<String> {
            let (_, analysis) = analysis(marked);
            let name = |&index: &u32| analysis.speakers[index as usize].name.as_str();
            let groups = analysis.speakers.iter().filter(|speaker| speaker.kind == super::SpeakerKind::Group);
            groups
                .map(|group| {
                    format!("{}: {}", group.name, group.members.iter().map(name).collect::<Vec<_>>().join(", "))
                })
                .collect()
        }
        check_by(
            groups,
            &[
                (
                    "{s {p Anna Berg} and {p Carl Lind}} {c said} {t no}.",
                    &["Anna Berg and Carl Lind: Anna Berg, Carl Lind"],
                ),
                (
                    "{p Anna Berg} left. {s Both {p Berg} and {p Carl Lind}} {c said} {t no}.",
                    &["Both Berg and Carl Lind: Anna Berg, Carl Lind"],
                ),
                (
                    "{s Neither {p Anna Berg} nor {p Carl Lind}} {c said} {t no}.",
                    &["Neither Anna Berg nor Carl Lind: Anna Berg, Carl Lind"],
                ),
                // An owner is no member, nor is a person one speaks of.
                (
                    "{s {p Anna Berg}’s friends and {p Carl Lind}’s critics} {c said} {t no}.",
                    &["Anna Berg’s friends and Carl Lind’s critics: "],
                ),
                (
                    "{s Supporters of {p Anna Berg} and {p Carl Lind}} {c said} {t no}.",
                    &["Supporters of Anna Berg and Carl Lind: "],
                ),
                ("{s Critics} {c said} {t no}.", &["Critics: "]),
            ],
        );
    }

    #[test]
    fn what_a_person_owns() {
        check(&[
            (
                "{p Berg}’s campaign grew. {s {p Berg}’s campaign} {c said} {t no}.",
                &[
                    "Berg’s campaign (Institution):  |  | Berg’s campaign; Berg’s campaign",
                    "Berg (Person):  |  | Berg; Berg",
                ],
            ),
            ("{p Berg}’s dog slept.", &["Berg (Person):  |  | Berg"]),
        ]);
    }
}
