//! Affiliations -> the drafts of the institutions that they name.

use super::profile::{Fact, Speaker};
use std::collections::HashMap;

use crate::entity::Mention;
use crate::scheme::{MentionForm, SpeakerKind};
use crate::span::Span;

/// Gives every affiliation the index of its institution: the one that is named where the article says so, else one of
/// this name; none where neither is.
pub(super) fn affiliations(speakers: &mut [Speaker], mentions: &[Mention]) {
    let places = named_places(speakers, mentions);
    let names = names(speakers);
    let owner = |fact: &Fact| {
        let there = fact.span.and_then(|span| at(&places, span));
        there.or_else(|| names.get(&fact.text.to_lowercase()).copied())
    };
    for fact in speakers.iter_mut().flat_map(|speaker| &mut speaker.affiliations) {
        fact.speaker = owner(fact);
    }
}

/// Where institutions are named or described, in order, and which.
fn named_places(speakers: &[Speaker], mentions: &[Mention]) -> Vec<(Span, u32)> {
    let is_institution =
        |&owner: &u32| speakers.get(owner as usize).is_some_and(|speaker| speaker.kind == SpeakerKind::Institution);
    let named = mentions.iter().filter(|mention| mention.form != MentionForm::Pronoun);
    named.filter_map(|mention| Some((mention.span, mention.speaker.filter(is_institution)?))).collect()
}

/// The institution whose name overlaps a place. Names never overlap, so only the first one that ends after its start can.
fn at(places: &[(Span, u32)], span: Span) -> Option<u32> {
    let next = places.partition_point(|(place, _)| place.end <= span.start);
    places.get(next).filter(|(place, _)| place.overlaps(span)).map(|&(_, owner)| owner)
}

/// The institutions by their names in small letters; of two with one name, the first.
fn names(speakers: &[Speaker]) -> HashMap<String, u32> {
    let mut names = HashMap::new();
    for (index, speaker) in speakers.iter().enumerate() {
        if speaker.kind == SpeakerKind::Institution {
            names.entry(speaker.name.to_lowercase()).or_insert(index as u32);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::analysis;
    use crate::scheme::{Label, Origin};

    /// The affiliations of a marked-up text as "person: affiliation -> institution".
    fn links(marked: &str) -> Vec<String> {
        let (_, analysis) = analysis(marked);
        let name = |index: u32| analysis.speakers[index as usize].name.as_str();
        let line = |speaker: &Speaker| {
            let facts = speaker.affiliations.iter();
            let line =
                |fact: &Fact| format!("{}: {} -> {}", speaker.name, fact.text, fact.speaker.map_or("nobody", name));
            facts.map(line).collect::<Vec<_>>()
        };
        analysis.speakers.iter().flat_map(line).collect()
    }

    #[test]
    fn affiliations_mean_institutions_of_the_article() {
        let table: [(&str, &[&str]); 3] = [
            ("{s {p Anna Berg}, head of {i Acme Bank},} {c said} {t no}.", &["Anna Berg: Acme Bank -> Acme Bank"]),
            // Under its short name; the one that claims most stands first.
            (
                "{s {i National Union of Teachers}} {c said} {t no}. {p Anna Berg}, head of the {i NUT}, left.",
                &["Anna Berg: NUT -> National Union of Teachers"],
            ),
            (
                "{p Anna Berg}, head of {i Acme Bank}, met {p Carl Lind}, of {i Kent Police}. {s {p Carl Lind}} {c said} {t no}.",
                &["Carl Lind: Kent Police -> Kent Police", "Anna Berg: Acme Bank -> Acme Bank"],
            ),
        ];
        let wrong: Vec<_> = table.iter().filter(|(text, expected)| links(text) != *expected).collect();
        let found: Vec<_> = wrong.iter().map(|(text, expected)| (text, links(text), expected)).collect();
        assert!(wrong.is_empty(), "text, found, expected: {found:#?}");
    }

    #[test]
    fn by_place_then_by_name() {
        let speaker = |name: &str, kind| Speaker { name: name.to_owned(), kind, ..Speaker::default() };
        let mention = |start, end, form, speaker| Mention {
            span: Span::new(start, end),
            label: Label::Institution,
            form,
            confidence: 1.0,
            origin: Origin::Rule,
            speaker,
        };
        // "Anna Berg, head of Acme Bank, …": the whole phrase means the person.
        let mentions = [
            mention(0, 28, MentionForm::Nominal, Some(0)),
            mention(19, 28, MentionForm::Name, Some(1)),
            mention(40, 45, MentionForm::Name, None),
            mention(50, 55, MentionForm::Name, Some(9)),
            mention(60, 64, MentionForm::Nominal, Some(2)),
        ];
        let table = [
            // The same place, one that shares a part of it, none.
            ("Acme Bank", Some((19, 28)), Some(1)),
            ("the Acme Bank Group", Some((15, 34)), Some(1)),
            ("Bank", Some((24, 28)), Some(1)),
            ("Bank", Some((28, 32)), None),
            // A name that nobody has, or whose speaker there is not.
            ("Zorbl", Some((40, 45)), None),
            ("Zorbl", Some((50, 55)), None),
            // By name: what the user says has no place.
            ("acme bank", None, Some(1)),
            ("Treasury", Some((60, 64)), Some(2)),
            ("Anna Berg", None, None),
        ];
        for (text, span, expected) in table {
            let span = span.map(|(start, end)| Span::new(start, end));
            let mut person = speaker("Anna Berg", SpeakerKind::Person);
            person.affiliations.push(Fact { text: text.to_owned(), span, ..Fact::default() });
            let mut speakers = [
                person,
                speaker("Acme Bank", SpeakerKind::Institution),
                speaker("Treasury", SpeakerKind::Institution),
                speaker("ACME BANK", SpeakerKind::Institution),
            ];
            affiliations(&mut speakers, &mentions);
            assert_eq!(speakers[0].affiliations[0].speaker, expected, "{text} at {span:?}");
        }
    }
}
