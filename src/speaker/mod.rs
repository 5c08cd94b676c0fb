//! Mentions and sources -> [`Speaker`]s: who is meant, by which name, in which role, of which institution.

mod description;
mod discourse;
mod draft;
mod fact;
mod gender;
mod index;
mod link;
mod named;
mod part;
mod phrase;
mod profile;
mod pronoun;
mod rank;
mod resolve;
mod sector;
mod source_head;
mod sure;
mod unnamed;
mod walk;
mod waypoint;

use std::cmp::Reverse;

pub use profile::{Fact, Speaker};
#[cfg(not(feature = "train"))]
use rank::Choice;
#[cfg(feature = "train")]
pub use rank::{Choice, FEATURES, NAMES};
pub(crate) use sure::goes_on;

use crate::claim::Claim;
use crate::entity::Mention;
use crate::lexis::Words;
use crate::model::Model;
use crate::order::sort_by_key;
use crate::span::Span;
use crate::text::Zone;

/// The pronouns of persons in an article, each with the people it may refer to: the ranker is learnt from these.
pub(crate) fn choices(
    words: &Words<'_, '_>,
    model: &Model,
    mentions: &mut Vec<Mention>,
    claims: &mut [Claim],
) -> Vec<Choice> {
    let (mut drafts, index) = named::named(words, model, mentions);
    fact::find(words, mentions, &mut drafts);
    let mut choices = Vec::new();
    resolve::sources(words, &index, &mut drafts, mentions, claims, Some(&mut choices));
    choices
}

/// Finds out who is meant; sets `speaker` in the mentions and claims, and adds the pronouns and nominals among the
/// sources to the mentions.
pub(crate) fn speakers(
    words: &Words<'_, '_>,
    model: &Model,
    mentions: &mut Vec<Mention>,
    claims: &mut [Claim],
) -> Vec<Speaker> {
    let (mut drafts, index) = named::named(words, model, mentions);
    fact::find(words, mentions, &mut drafts);
    resolve::sources(words, &index, &mut drafts, mentions, claims, None);
    let mut speakers: Vec<Speaker> = drafts.into_iter().map(|draft| draft.speaker).collect();
    leave_out(words, &mut speakers, mentions, claims);
    link::affiliations(&mut speakers, mentions);
    sector::set(words, &mut speakers, mentions);
    in_order(speakers, mentions, claims)
}

/// Empties the speakers that only menus, related headlines, bylines and credits name, so that they are not listed.
fn leave_out(words: &Words<'_, '_>, speakers: &mut [Speaker], mentions: &mut [Mention], claims: &[Claim]) {
    let article = words.article;
    let is_around = |span: &Span| {
        let paragraph = article.paragraph_of(article.tokens_in(*span).start);
        article
            .paragraphs
            .get(paragraph)
            .is_some_and(|one| matches!(one.zone, Zone::Navigation | Zone::Byline | Zone::Footer))
    };
    let mut is_kept: Vec<bool> = speakers.iter().map(|speaker| !speaker.mentions.iter().all(is_around)).collect();
    for speaker in claims.iter().filter_map(|claim| claim.speaker) {
        is_kept[speaker as usize] = true;
    }
    for (speaker, _) in speakers.iter_mut().zip(&is_kept).filter(|(_, is_kept)| !**is_kept) {
        speaker.mentions.clear();
    }
    for mention in mentions {
        mention.speaker = mention.speaker.filter(|&speaker| is_kept[speaker as usize]);
    }
}

/// The speakers with most claims first, then by where they are first meant, without those that nothing means; indices in
/// mentions, claims and among the speakers follow.
pub(crate) fn in_order(speakers: Vec<Speaker>, mentions: &mut [Mention], claims: &mut [Claim]) -> Vec<Speaker> {
    let mut counts = vec![0_u32; speakers.len()];
    for index in claims.iter().filter_map(|claim| claim.speaker) {
        if let Some(count) = counts.get_mut(index as usize) {
            *count += 1;
        }
    }
    let mut order: Vec<(usize, Speaker)> = speakers.into_iter().enumerate().collect();
    order.retain(|(index, speaker)| counts[*index] > 0 || !speaker.mentions.is_empty());
    sort_by_key(&mut order, |(index, speaker)| (Reverse(counts[*index]), speaker.mentions.first().copied()));
    let mut places = vec![None; counts.len()];
    for (place, &(index, _)) in order.iter().enumerate() {
        places[index] = Some(place as u32);
    }
    let moved = |old: u32| places.get(old as usize).copied().flatten();
    for mention in mentions {
        mention.speaker = mention.speaker.and_then(moved);
    }
    for claim in claims {
        claim.speaker = claim.speaker.and_then(moved);
    }
    let mut speakers: Vec<Speaker> = order.into_iter().map(|(_, speaker)| speaker).collect();
    for speaker in &mut speakers {
        speaker.members = speaker.members.iter().copied().filter_map(moved).collect();
        for fact in &mut speaker.affiliations {
            fact.speaker = fact.speaker.and_then(moved);
        }
    }
    speakers
}

#[cfg(test)]
mod tests {
    use crate::Units;
    use crate::analysis::fixture::analysis;
    use crate::scheme::MentionForm;

    /// The speakers of a marked-up text as "name (kind): role, role | affiliation | mention, mention".
    fn speakers_of(marked: &str) -> Vec<String> {
        let (text, analysis) = analysis(marked);
        let units = Units::new(&text);
        let line = |speaker: &super::Speaker| {
            let facts =
                |facts: &[super::Fact]| facts.iter().map(|fact| fact.text.clone()).collect::<Vec<_>>().join(", ");
            let mentions: Vec<&str> = speaker.mentions.iter().map(|&span| units.slice(span)).collect();
            let (roles, affiliations) = (facts(&speaker.roles), facts(&speaker.affiliations));
            format!("{} ({:?}): {roles} | {affiliations} | {}", speaker.name, speaker.kind, mentions.join("; "))
        };
        analysis.speakers.iter().map(line).collect()
    }

    /// The facts that a marked-up text gives about each speaker, as "name: role, former role | affiliation"; what
    /// is past has a dagger.
    pub(super) fn facts_of(marked: &str) -> Vec<String> {
        let (_, analysis) = analysis(marked);
        let fact = |fact: &super::Fact| format!("{}{}", fact.text, if fact.former { "†" } else { "" });
        let facts = |facts: &[super::Fact]| facts.iter().map(fact).collect::<Vec<_>>().join(", ");
        let told = analysis.speakers.iter().filter(|one| !(one.roles.is_empty() && one.affiliations.is_empty()));
        told.map(|one| format!("{}: {} | {}", one.name, facts(&one.roles), facts(&one.affiliations))).collect()
    }

    /// The names of a marked-up text as "name = speaker", where a speaker's own name differs.
    pub(super) fn names_of(marked: &str) -> Vec<String> {
        meant(marked, true)
    }

    /// What is no name in a marked-up text and means somebody, as "she = Anna Berg", in the order of the text.
    pub(super) fn meanings_of(marked: &str) -> Vec<String> {
        meant(marked, false)
    }

    fn meant(marked: &str, by_name: bool) -> Vec<String> {
        let (text, analysis) = analysis(marked);
        let units = Units::new(&text);
        let shown = analysis.mentions.iter().filter(|mention| (mention.form == MentionForm::Name) == by_name);
        let pairs = shown.filter_map(|mention| {
            Some((units.slice(mention.span), analysis.speakers[mention.speaker? as usize].name.as_str()))
        });
        pairs
            .filter(|(words, name)| !by_name || words != name)
            .map(|(words, name)| format!("{words} = {name}"))
            .collect()
    }

    /// A marked-up text, and what is read from it.
    pub(super) type Case<'c> = (&'c str, &'c [&'c str]);

    pub(super) fn check_by(read: fn(&str) -> Vec<String>, table: &[Case<'_>]) {
        let wrong: Vec<_> = table.iter().filter(|(text, expected)| read(text) != *expected).collect();
        let found: Vec<_> = wrong.iter().map(|(text, expected)| (text, read(text), expected)).collect();
        assert!(wrong.is_empty(), "text, found, expected: {found:#?}");
    }

    pub(super) fn check(table: &[Case<'_>]) {
        check_by(speakers_of, table);
    }

    #[test]
    fn one_speaker_under_several_names() {
        check(&[
            (
                "{s {p Anna Berg}} {c said} {t no}. {s {p Berg}} {c said} {t so twice}.",
                &["Anna Berg (Person):  |  | Anna Berg; Berg"],
            ),
            // The headline's short name finds its owner below.
            (
                "{s {p Berg}} {c says} {t no}\n\n{s {p Anna Berg}} {c said} {t no}.",
                &["Anna Berg (Person):  |  | Berg; Anna Berg"],
            ),
            (
                "{p Hillary Clinton} left. {p Hillary Rodham Clinton} left.",
                &["Hillary Rodham Clinton (Person):  |  | Hillary Clinton; Hillary Rodham Clinton"],
            ),
            ("{p John Lind Jr.} left. Mr. {p Lind} left.", &["John Lind Jr. (Person):  |  | John Lind Jr.; Lind"]),
            (
                "{p Xi Jinping} spoke. {s {p Xi Jinping}} {c told them} {t no}. Then {s Mr. {p Xi}} {c said} {t no}.",
                &["Xi Jinping (Person):  |  | Xi Jinping; Xi Jinping; Mr. Xi; Xi"],
            ),
            (
                "{p Ursula von der Leyen} left. {s {p Von der Leyen}} {c said} {t no}.",
                &["Ursula von der Leyen (Person):  |  | Ursula von der Leyen; Von der Leyen"],
            ),
            // Two of one surname: by title, else the one named last.
            (
                "{p Anna Berg} left. {p Carl Berg} left. {s Ms. {p Berg}} {c said} {t no}.",
                &["Anna Berg (Person):  |  | Anna Berg; Ms. Berg; Berg", "Carl Berg (Person):  |  | Carl Berg"],
            ),
            (
                "{p Anna Berg} left. {p Carl Berg} left. {s {p Berg}} {c said} {t no}.",
                &["Carl Berg (Person):  |  | Carl Berg; Berg", "Anna Berg (Person):  |  | Anna Berg"],
            ),
            // An institution, the front of its name, its acronym.
            (
                "The {i Acme Institute for Fish} spoke. The {i Acme Institute} left.",
                &["Acme Institute for Fish (Institution):  |  | Acme Institute for Fish; Acme Institute"],
            ),
            (
                "The {i National Union of Teachers} ({i NUT}) struck. {s The {i NUT}} {c said} {t no}.",
                &["National Union of Teachers (Institution):  |  | National Union of Teachers; NUT; The NUT; NUT"],
            ),
        ]);
    }

    #[test]
    fn pronouns_mean_the_nearest_that_fits() {
        check(&[
            (
                "{p Anna Berg} met {p Carl Lind}. {s She} {c said} {t no}.",
                &["Anna Berg (Person):  |  | Anna Berg; She", "Carl Lind (Person):  |  | Carl Lind"],
            ),
            (
                "{p Anna Berg} met {p Carl Lind}. {s He} {c said} {t no}.",
                &["Carl Lind (Person):  |  | Carl Lind; He", "Anna Berg (Person):  |  | Anna Berg"],
            ),
            (
                "{i Acme Bank} hired {p Carl Lind}. {s It} {c said} {t no}.",
                &["Acme Bank (Institution):  |  | Acme Bank; It", "Carl Lind (Person):  |  | Carl Lind"],
            ),
            ("{s She} {c said} {t no}.", &[]),
        ]);
    }

    #[test]
    fn roles_and_affiliations() {
        check(&[
            ("Finance Minister {p Anna Berg} left.", &["Anna Berg (Person): Finance Minister |  | Anna Berg"]),
            ("Mr. {p Carl Lind} left.", &["Carl Lind (Person):  |  | Carl Lind"]),
            ("{p Norman Anna Berg} left.", &["Norman Anna Berg (Person):  |  | Norman Anna Berg"]),
            (
                "{p Anna Berg}, head of {i Acme Bank}, left.",
                &["Anna Berg (Person): head | Acme Bank | Anna Berg", "Acme Bank (Institution):  |  | Acme Bank"],
            ),
            (
                "{p Carl Lind}, of {i Acme Bank}, left.",
                &["Carl Lind (Person):  | Acme Bank | Carl Lind", "Acme Bank (Institution):  |  | Acme Bank"],
            ),
            (
                "{s The town’s mayor, {p Anna Berg}}, {c said} {t no}.",
                &["Anna Berg (Person): mayor |  | The town’s mayor, Anna Berg; Anna Berg"],
            ),
            (
                "Mayor {p Anna Berg} left. {s The mayor} {c said} {t no}.",
                &["Anna Berg (Person): Mayor |  | Anna Berg; The mayor"],
            ),
        ]);
    }

    #[test]
    fn names_around_the_article_are_not_listed() {
        check_by(
            |text| analysis(text).1.speakers.into_iter().map(|speaker| speaker.name).collect(),
            &[
                (
                    "Pier to close\n\nThe board of the pier met for four hours on Monday, and {p Anna Berg} said no to it.\n\n\
                     READ MORE: {p Carl Lind} says yes\n\nThe pier will close in May, the board of the pier said to all.",
                    &["Anna Berg"],
                ),
                (
                    "Pier to close\n\nThe board of the pier met for four hours on Monday, and {p Anna Berg} said no to it.\n\n\
                     READ MORE: {p Anna Berg} says no\n\nThe pier will close in May, the board of the pier said to all.",
                    &["Anna Berg"],
                ),
            ],
        );
    }

    #[test]
    fn those_who_are_not_named() {
        check(&[
            (
                "{s Anna and {p Carl Berg}} {c said} {t no}.",
                &["Anna and Carl Berg (Group):  |  | Anna and Carl Berg", "Carl Berg (Person):  |  | Carl Berg"],
            ),
            (
                "{s Mr. and Mrs. {p Berg}} {c said} {t no}.",
                &["Mr. and Mrs. Berg (Group):  |  | Mr. and Mrs. Berg", "Berg (Person):  |  | Berg"],
            ),
            ("{s Critics} {c said} {t no}.", &["Critics (Group):  |  | Critics"]),
            (
                "{s {p Anna Berg}, {p Carl Lind} and others} {c said} {t no}.",
                &[
                    "Anna Berg, Carl Lind and others (Group):  |  | Anna Berg, Carl Lind and others",
                    "Anna Berg (Person):  |  | Anna Berg",
                    "Carl Lind (Person):  |  | Carl Lind",
                ],
            ),
            (
                "{s {i Acme Bank} and {i Kent Police}} {c said} {t no}.",
                &[
                    "Acme Bank and Kent Police (Group):  |  | Acme Bank and Kent Police",
                    "Acme Bank (Institution):  |  | Acme Bank",
                    "Kent Police (Institution):  |  | Kent Police",
                ],
            ),
            ("{s Nobody} {c said} {t no}.", &[]),
            (
                "{s Sources close to the talks} {c said} {t no}.",
                &["Sources close to the talks (Anonymous):  |  | Sources close to the talks"],
            ),
            (
                "{s A study published in May} {c found} {t that bees count}.",
                &["A study published in May (Document):  |  | A study published in May"],
            ),
            (
                "{s Officials} {c said} {t no}. {s The officials} {c said} {t so}.",
                &["Officials (Anonymous):  |  | Officials", "The officials (Anonymous):  |  | The officials"],
            ),
            ("{s Police} {c said} {t no}.", &["Police (Institution):  |  | Police"]),
            ("{s {l Norway}} {c said} {t no}.", &["Norway (Institution):  |  | Norway"]),
            (
                "{s {l Norway}’s minister} {c said} {t no}.",
                &["Norway’s minister (Anonymous): minister |  | Norway’s minister"],
            ),
            ("{s Zorblatt} {c denied} {t it}.", &["Zorblatt (Person):  |  | Zorblatt"]),
        ]);
    }
}
