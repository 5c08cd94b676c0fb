//! Who is meant, as `speakers.py` scores it.
//!
//! Of every place where gold's persons and institutions speak, the speaker whose mention overlaps it best is taken. It is
//! *resolved* when that speaker's name holds the last word of gold's name, *named* when the two names are equal but for
//! a leading "the" or title. Roles and affiliations count for persons, as strings that contain one another.

use std::collections::BTreeMap;

use super::breakdown::Reliability;
use super::{Gold, PRF, Row, Section, Tally, after_leads, is_space, shared};
use crate::record::{Claim, Place, Record, Speaker};
use serde::Deserialize;

/// An article with its speakers.
#[derive(Debug, Deserialize)]
pub(crate) struct Article {
    pub(super) text: String,
    pub(super) speakers: Vec<GoldSpeaker>,
}

/// A speaker as somebody described it by hand.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct GoldSpeaker {
    pub(super) name: String,
    /// `person`, `institution` or another that is not scored.
    pub(super) kind: String,
    pub(super) roles: Vec<GoldFact>,
    pub(super) affiliations: Vec<GoldFact>,
    pub(super) mentions: Vec<Place>,
}

/// A role or an affiliation.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct GoldFact {
    pub(super) text: String,
}

const PRONOUNS: [&str; 19] = [
    "he", "she", "they", "it", "we", "i", "him", "her", "them", "us", "me", "his", "their", "its", "who", "whose",
    "whom", "himself", "herself",
];

/// Rows of the table of mentions: how many, resolved, named. "all" sorts last.
type Counts = BTreeMap<(bool, String), [usize; 3]>;

impl Gold for Article {
    fn text(&self) -> &str {
        &self.text
    }

    fn score(pairs: &[(Self, Record)]) -> Vec<Section> {
        let mut counts = Counts::new();
        let (mut roles, mut affiliations) = (Tally::default(), Tally::default());
        let mut reliability = Reliability::default();
        for (gold, record) in pairs {
            let text: Vec<char> = gold.text.chars().collect();
            for claim in &record.claims {
                if let Some(right) = is_right(claim, gold, record) {
                    reliability.add(claim.speaker_confidence, right);
                }
            }
            for speaker in &gold.speakers {
                mentions(&text, speaker, &record.speakers, &mut counts);
                if speaker.kind == "person" {
                    facts(speaker, &speaker.roles, &record.speakers, |speaker| &speaker.roles, &mut roles);
                    facts(
                        speaker,
                        &speaker.affiliations,
                        &record.speakers,
                        |speaker| &speaker.affiliations,
                        &mut affiliations,
                    );
                }
            }
        }
        let share = |part: usize, all: usize| format!("{:.1}", (100 * part) as f64 / all as f64);
        let rows = counts.into_iter().map(|((_, name), [count, resolved, named])| Row {
            name,
            cells: [count.to_string(), share(resolved, count), share(named, count)],
        });
        let facts = vec![Row::percent("roles", roles.percent()), Row::percent("affiliations", affiliations.percent())];
        vec![
            Section { title: "source mentions", columns: ["n", "resolved", "name"], rows: rows.collect() },
            Section { title: "facts of persons", columns: PRF, rows: facts },
            reliability.section("claims by speaker confidence"),
        ]
    }
}

/// Whether a claim has the right speaker; none where gold has no person or institution at its source.
fn is_right(claim: &Claim, gold: &Article, record: &Record) -> Option<bool> {
    let source = *claim.said.source.first()?;
    let there = |place: Place| 2 * shared(place, source) > (source[1] - source[0]).max(place[1] - place[0]);
    let speaks = |speaker: &&GoldSpeaker| speaker.mentions.iter().any(|&place| there(place));
    let speaker = gold.speakers.iter().find(speaks)?;
    let found = claim.speaker.and_then(|index| record.speakers.get(index as usize));
    let is_meant =
        found.is_some_and(|found| last_word(&speaker.name).is_some_and(|word| words(&found.name).contains(&word)));
    ["person", "institution"].contains(&speaker.kind.as_str()).then_some(is_meant)
}

/// Counts which of a speaker's mentions lead to the right speaker.
fn mentions(text: &[char], gold: &GoldSpeaker, predicted: &[Speaker], counts: &mut Counts) {
    let kind = gold.kind.as_str();
    if !["person", "institution"].contains(&kind) {
        return;
    }
    for &place in &gold.mentions {
        let owner = owner(place, predicted);
        let resolved =
            owner.is_some_and(|owner| last_word(&gold.name).is_some_and(|word| words(&owner.name).contains(&word)));
        let named = owner.is_some_and(|owner| normal(&owner.name) == normal(&gold.name));
        let mention: String = text.get(place[0]..place[1]).unwrap_or_default().iter().collect();
        let form = form(&mention, &gold.name);
        for key in [(false, format!("{kind}, {form}")), (false, format!("{kind}, all")), (true, "all".to_owned())] {
            let row = counts.entry(key).or_default();
            row[0] += 1;
            row[1] += usize::from(resolved);
            row[2] += usize::from(named);
        }
    }
}

/// The speaker with the mention that overlaps a place best; the first of equals.
fn owner(place: Place, speakers: &[Speaker]) -> Option<&Speaker> {
    let mut best = (0.0, None);
    for speaker in speakers {
        for &mention in &speaker.mentions {
            let both = shared(place, mention);
            let iou = both as f64 / (place[1].max(mention[1]) - place[0].min(mention[0])) as f64;
            if both > 0 && iou > best.0 {
                best = (iou, Some(speaker));
            }
        }
    }
    best.1
}

/// Counts which of a person's facts the speakers of the same last name have.
fn facts(
    gold: &GoldSpeaker,
    wanted: &[GoldFact],
    predicted: &[Speaker],
    of: impl Fn(&Speaker) -> &Vec<String>,
    tally: &mut Tally,
) {
    let name = last_word(&gold.name);
    let had: Vec<String> = predicted
        .iter()
        .filter(|speaker| last_word(&speaker.name) == name)
        .flat_map(|speaker| of(speaker).iter().map(|fact| normal(fact)))
        .collect();
    let mut free: Vec<&String> = had.iter().filter(|fact| !fact.is_empty()).collect();
    let hits = wanted.iter().map(|fact| normal(&fact.text)).filter(|fact| !fact.is_empty()).filter(|fact| {
        let hit = free.iter().position(|other| other.contains(fact.as_str()) || fact.contains(other.as_str()));
        hit.map(|index| free.remove(index)).is_some()
    });
    tally.add(hits.count(), had.len(), wanted.len());
}

/// How a mention names a speaker.
fn form(mention: &str, name: &str) -> &'static str {
    let (tokens, names) = (words(mention), words(name));
    let is_partial = |word: &String| tokens.contains(word) && !["of", "the", "and"].contains(&word.as_str());
    if !tokens.is_empty() && tokens.iter().all(|token| PRONOUNS.contains(&token.as_str())) {
        "pronoun"
    } else if normal(mention).contains(&normal(name)) {
        "full name"
    } else if names.last().is_some_and(|word| tokens.contains(word)) || names.iter().any(is_partial) {
        "partial name"
    } else {
        "nominal"
    }
}

/// A name in lower case, without punctuation at its ends, titles and a possessive.
fn normal(name: &str) -> String {
    let name = name.trim_matches(|character| " \t\n,.;:\"'“”‘’()".contains(character));
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    let characters: Vec<char> = name.chars().collect();
    let mut normal = String::new();
    let mut after_space = false;
    for &character in &characters[after_leads(&characters)..] {
        match is_space(character) {
            false => normal.push(character),
            true if !after_space => normal.push(' '),
            true => {}
        }
        after_space = is_space(character);
    }
    normal.to_lowercase()
}

/// The words of a name: letters, digits, `_`, apostrophes and hyphens.
fn words(name: &str) -> Vec<String> {
    let name = normal(name);
    let words = name.split(|character: char| !character.is_alphanumeric() && !"_’'-".contains(character));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn last_word(name: &str) -> Option<String> {
    words(name).pop()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_titles_and_possessives() {
        for (name, expected) in [
            ("The Mr. Berg's", "berg"),
            (" “Anna \n Berg,” ", "anna berg"),
            ("Sen.\u{a0}Berg’s", "berg"),
            ("the", "the"),
            ("'s", "s"),
            ("", ""),
        ] {
            assert_eq!(normal(name), expected, "{name:?}");
        }
    }

    #[test]
    fn forms_of_mentions() {
        for (mention, form_expected) in [
            ("She", "pronoun"),
            ("minister Anna Berg", "full name"),
            ("Mrs. Berg", "partial name"),
            ("Anna", "partial name"),
            ("the minister", "nominal"),
            ("", "nominal"),
        ] {
            assert_eq!(form(mention, "Anna Berg"), form_expected, "{mention:?}");
        }
    }
}
