//! Mentions and sources -> [`Speaker`]s: who is meant, by which name, in which role, of which institution.

mod entry;
mod fact;
mod pronoun;
mod resolve;

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::attribution::Attribution;
use crate::entity::Mention;
use crate::model::{Model, Words};
use crate::span::Span;
use entry::Entry;

/// What a speaker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum SpeakerKind {
    /// One person.
    Person,
    /// An institution.
    Institution,
    /// Several, or a crowd: "voters", "Clinton and Trump".
    Group,
    /// A document: a report, a poll, a letter.
    Document,
    /// Somebody whom the article does not name: "officials familiar with the matter".
    #[default]
    Anonymous,
}

/// What the article says of a speaker: a role or an affiliation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Fact {
    /// In the article's words.
    pub text: String,
    /// Where it says so.
    pub span: Span,
    /// Whether it is past.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub former: bool,
}

/// Somebody or something that speaks, or is named, in the article.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Speaker {
    /// The fullest name that the article gives.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// What it does, once a string, in the order of the text.
    pub roles: Vec<Fact>,
    /// The institutions that it belongs to or speaks for, once a string, in the order of the text.
    pub affiliations: Vec<Fact>,
    /// Everywhere it is meant, pronouns included, in the order of the text.
    pub mentions: Vec<Span>,
}

/// Finds out who is meant; sets `speaker` in the mentions and attributions, and adds the pronouns and nominals among the
/// sources to the mentions.
pub(crate) fn speakers(
    words: &Words<'_, '_>,
    model: &Model,
    mentions: &mut Vec<Mention>,
    attributions: &mut [Attribution],
) -> Vec<Speaker> {
    let mut entries = entry::named(words, model, mentions);
    fact::find(words, mentions, &mut entries);
    resolve::sources(words, &mut entries, mentions, attributions);
    in_order(&mut entries, mentions, attributions)
}

/// The speakers by number of claims, then by where they are first meant; indices in mentions and attributions follow.
fn in_order(entries: &mut [Entry], mentions: &mut [Mention], attributions: &mut [Attribution]) -> Vec<Speaker> {
    let mut claims = vec![0_u32; entries.len()];
    for speaker in attributions.iter().filter_map(|attribution| attribution.speaker) {
        claims[speaker as usize] += 1;
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|&entry| (Reverse(claims[entry]), entries[entry].speaker.mentions.first().copied()));
    let mut place = vec![0_u32; entries.len()];
    for (index, &entry) in order.iter().enumerate() {
        place[entry] = index as u32;
    }
    for speaker in mentions
        .iter_mut()
        .map(|mention| &mut mention.speaker)
        .chain(attributions.iter_mut().map(|attribution| &mut attribution.speaker))
    {
        *speaker = speaker.map(|old| place[old as usize]);
    }
    order.into_iter().map(|entry| std::mem::take(&mut entries[entry].speaker)).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Annotator, Options, Units};

    /// The speakers of a text as "name (kind): role, role | affiliation | mention, mention".
    fn speakers_of(text: &str) -> Vec<String> {
        let annotator = Annotator::new(include_bytes!("../lang/en/model.bin")).expect("the committed model");
        let units = Units::new(text);
        let analysis = annotator.annotate(text, &Options::default());
        let line = |speaker: &super::Speaker| {
            let facts =
                |facts: &[super::Fact]| facts.iter().map(|fact| fact.text.clone()).collect::<Vec<_>>().join(", ");
            let mentions: Vec<&str> = speaker.mentions.iter().map(|&span| units.slice(span)).collect();
            let (roles, affiliations) = (facts(&speaker.roles), facts(&speaker.affiliations));
            format!("{} ({:?}): {roles} | {affiliations} | {}", speaker.name, speaker.kind, mentions.join("; "))
        };
        analysis.speakers.iter().map(line).collect()
    }

    fn check(table: &[(&str, &[&str])]) {
        let wrong: Vec<_> = table.iter().filter(|(text, expected)| speakers_of(text) != *expected).collect();
        let found: Vec<_> = wrong.iter().map(|(text, expected)| (text, speakers_of(text), expected)).collect();
        assert!(wrong.is_empty(), "text, found, expected: {found:#?}");
    }

    #[test]
    fn one_speaker_under_several_names() {
        check(&[
            ("Anna Berg said no. Berg said so twice.", &["Anna Berg (Person):  |  | Anna Berg; Berg"]),
            // The headline's short name finds its owner below.
            ("Berg says no\n\nAnna Berg said no.", &["Anna Berg (Person):  |  | Berg; Anna Berg"]),
            (
                "Hillary Clinton left. Hillary Rodham Clinton left.",
                &["Hillary Rodham Clinton (Person):  |  | Hillary Clinton; Hillary Rodham Clinton"],
            ),
            ("John Lind Jr. left. Mr. Lind left.", &["John Lind Jr. (Person):  |  | John Lind Jr.; Lind"]),
            (
                "Xi Jinping spoke. Xi Jinping told them no. Then Mr. Xi said no.",
                &["Xi Jinping (Person):  |  | Xi Jinping; Xi Jinping; Mr. Xi; Xi"],
            ),
            (
                "Ursula von der Leyen left. Von der Leyen said no.",
                &["Ursula von der Leyen (Person):  |  | Ursula von der Leyen; Von der Leyen"],
            ),
            // Two of one surname: by title, else the one named last.
            (
                "Anna Berg left. Carl Berg left. Ms. Berg said no.",
                &["Anna Berg (Person):  |  | Anna Berg; Ms. Berg; Berg", "Carl Berg (Person):  |  | Carl Berg"],
            ),
            (
                "Anna Berg left. Carl Berg left. Berg said no.",
                &["Carl Berg (Person):  |  | Carl Berg; Berg", "Anna Berg (Person):  |  | Anna Berg"],
            ),
            // An institution, the front of its name, its acronym.
            (
                "The Acme Institute for Fish spoke. The Acme Institute left.",
                &["Acme Institute for Fish (Institution):  |  | Acme Institute for Fish; Acme Institute"],
            ),
            (
                "The National Union of Teachers (NUT) struck. The NUT said no.",
                &["National Union of Teachers (Institution):  |  | National Union of Teachers; NUT; The NUT; NUT"],
            ),
        ]);
    }

    #[test]
    fn pronouns_mean_the_nearest_that_fits() {
        check(&[
            (
                "Anna Berg met Carl Lind. She said no.",
                &["Anna Berg (Person):  |  | Anna Berg; She", "Carl Lind (Person):  |  | Carl Lind"],
            ),
            (
                "Anna Berg met Carl Lind. He said no.",
                &["Carl Lind (Person):  |  | Carl Lind; He", "Anna Berg (Person):  |  | Anna Berg"],
            ),
            (
                "Acme Bank hired Carl Lind. It said no.",
                &["Acme Bank (Institution):  |  | Acme Bank; It", "Carl Lind (Person):  |  | Carl Lind"],
            ),
            ("She said no.", &[]),
        ]);
    }

    #[test]
    fn roles_and_affiliations() {
        check(&[
            ("Finance Minister Anna Berg left.", &["Anna Berg (Person): Finance Minister |  | Anna Berg"]),
            ("Mr. Carl Lind left.", &["Carl Lind (Person):  |  | Carl Lind"]),
            ("Norman Anna Berg left.", &["Norman Anna Berg (Person):  |  | Norman Anna Berg"]),
            (
                "Anna Berg, head of Acme Bank, left.",
                &["Anna Berg (Person): head | Acme Bank | Anna Berg", "Acme Bank (Institution):  |  | Acme Bank"],
            ),
            (
                "Carl Lind, of Acme Bank, left.",
                &["Carl Lind (Person):  | Acme Bank | Carl Lind", "Acme Bank (Institution):  |  | Acme Bank"],
            ),
            (
                "The town’s mayor, Anna Berg, said no.",
                &["Anna Berg (Person): town’s mayor |  | The town’s mayor, Anna Berg; Anna Berg"],
            ),
            ("Mayor Anna Berg left. The mayor said no.", &["Anna Berg (Person): Mayor |  | Anna Berg; The mayor"]),
        ]);
    }

    #[test]
    fn those_who_are_not_named() {
        check(&[
            (
                "Anna and Carl Berg said no.",
                &["Anna and Carl Berg (Group):  |  | Anna and Carl Berg", "Carl Berg (Person):  |  | Carl Berg"],
            ),
            (
                "Mr. and Mrs. Berg said no.",
                &["Mr. and Mrs. Berg (Group):  |  | Mr. and Mrs. Berg", "Berg (Person):  |  | Berg"],
            ),
            ("Critics said no.", &["Critics (Group):  |  | Critics"]),
            (
                "A study published in May found that bees count.",
                &["A study published in May (Document):  |  | A study published in May"],
            ),
            (
                "Officials said no. The officials said so.",
                &["Officials (Anonymous):  |  | Officials", "The officials (Anonymous):  |  | The officials"],
            ),
            ("Police said no.", &["Police (Institution):  |  | Police"]),
            ("Norway said no.", &["Norway (Institution):  |  | Norway"]),
            ("Norway’s minister said no.", &["Norway’s minister (Anonymous):  |  | Norway’s minister"]),
            ("Zorblatt denied it.", &["Zorblatt (Person):  |  | Zorblatt"]),
        ]);
    }
}
