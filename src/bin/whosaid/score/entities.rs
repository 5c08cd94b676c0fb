//! Names, as `entities.py` scores them: micro-averaged over all articles.
//!
//! | metric | what counts |
//! |---|---|
//! | `exact` | same start, end and type, but for a leading "the" or title on either side |
//! | `overlap` | same type and at least one character shared, one to one |

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Gold, PRF, Row, Section, Tally, lead};
use crate::record::{Entity, Place, Record};

/// An article with the names in it.
#[derive(Debug, Deserialize)]
pub(crate) struct Article {
    pub(super) text: String,
    pub(super) entities: Vec<Entity>,
}

/// What is scored together.
const GROUPS: [&[&str]; 3] = [&["PER"], &["ORG"], &["PER", "ORG"]];

impl Gold for Article {
    fn text(&self) -> &str {
        &self.text
    }

    fn score(pairs: &[(Self, Record)]) -> Vec<Section> {
        let mut rows = Vec::new();
        for group in GROUPS {
            let (mut exact, mut loose) = (Tally::default(), Tally::default());
            for (gold, record) in pairs {
                let text: Vec<char> = gold.text.chars().collect();
                let [gold, predicted] = [&gold.entities, &record.entities].map(|side| names(&text, side, group));
                exact.add(gold.intersection(&predicted).count(), predicted.len(), gold.len());
                loose.add(overlap(&gold, &predicted), predicted.len(), gold.len());
            }
            let group = group.join("+");
            rows.push(Row::percent(format!("{group} exact"), exact.percent()));
            rows.push(Row::percent(format!("{group} overlap"), loose.percent()));
        }
        vec![Section { title: "names", columns: PRF, rows }]
    }
}

/// The names of some types, each once, without titles.
fn names<'a>(text: &[char], entities: &'a [Entity], group: &[&str]) -> BTreeSet<(Place, &'a str)> {
    let wanted = entities.iter().filter(|entity| group.contains(&entity.label.as_str()));
    wanted.map(|entity| ([start_of_name(text, entity), entity.end], entity.label.as_str())).collect()
}

/// Where a name starts after its titles; what is nothing but a title keeps it.
fn start_of_name(text: &[char], entity: &Entity) -> usize {
    let mut start = entity.start;
    while let Some(length) = text.get(start..entity.end).and_then(lead)
        && start + length < entity.end
    {
        start += length;
    }
    start
}

/// How many names of gold are hit, each by another.
fn overlap(gold: &BTreeSet<(Place, &str)>, predicted: &BTreeSet<(Place, &str)>) -> usize {
    let mut free: Vec<_> = predicted.iter().collect();
    let hits = gold.iter().filter(|([start, end], label)| {
        let hit = free.iter().position(|(other, kind)| kind == label && other[0] < *end && *start < other[1]);
        hit.map(|index| free.remove(index)).is_some()
    });
    hits.count()
}
