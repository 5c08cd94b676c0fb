//! Other institutions and places for those that annotators marked.

use std::collections::BTreeMap;

use crate::corpus::{Edits, Label, Sample};
use crate::random::Random;

/// Names by label and build, each once, sorted.
#[derive(Debug)]
pub(super) struct Names(BTreeMap<(Label, Build), Vec<String>>);

/// How a name is built; one takes the place of another of the same build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Build {
    /// "NATO".
    Acronym,
    /// "Acme".
    Word,
    /// "Acme Steel".
    Two,
    /// "Bank of New England".
    Long,
}

impl Names {
    /// The institutions and places of the samples that are written as print does.
    pub(super) fn new(samples: &[Sample]) -> Self {
        let mut names: BTreeMap<(Label, Build), Vec<String>> = BTreeMap::new();
        for sample in samples {
            for entity in sample.entities.iter().flatten().filter(|entity| is_exchanged(entity.label)) {
                let name = &sample.text[entity.bytes.clone()];
                if let Some(build) = build(name) {
                    names.entry((entity.label, build)).or_default().push(name.to_owned());
                }
            }
        }
        for all in names.values_mut() {
            all.sort();
            all.dedup();
        }
        Self(names)
    }

    /// The text with about half of its institutions and places exchanged, the same one always for the same.
    pub(super) fn exchange(&self, sample: &Sample, random: &mut Random) -> Sample {
        let mut drawn: BTreeMap<(&str, Label), Option<String>> = BTreeMap::new();
        let mut edits = Edits::default();
        for entity in sample.entities.iter().flatten().filter(|entity| is_exchanged(entity.label)) {
            let name = &sample.text[entity.bytes.clone()];
            let new = drawn.entry((name, entity.label)).or_insert_with(|| self.draw(name, entity.label, random));
            if let Some(new) = new {
                edits.replace(entity.bytes.clone(), new.as_str());
            }
        }
        edits.apply(sample)
    }

    /// Another name for one, in capitals for one in capitals; `None` in half of all cases.
    fn draw(&self, name: &str, label: Label, random: &mut Random) -> Option<String> {
        let shouts = name.len() > 5 && !name.contains(char::is_lowercase);
        let build = match build(name) {
            None if shouts => build(&name.split(' ').map(|_| "Xx").collect::<Vec<_>>().join(" ")),
            other => other,
        }?;
        let new = random.pick(self.0.get(&(label, build))?).filter(|_| random.chance(0.5))?;
        Some(if shouts { new.to_uppercase() } else { new.clone() })
    }
}

const fn is_exchanged(label: Label) -> bool {
    matches!(label, Label::Organisation | Label::Place)
}

/// How a name is built; `None` for one in capitals throughout, or that starts small, or holds a line's end.
fn build(name: &str) -> Option<Build> {
    let is_upper = !name.contains(char::is_lowercase);
    match name.split(' ').count() {
        _ if !name.starts_with(char::is_uppercase) || name.contains(['\n', '@', '#', '(']) => None,
        1 if is_upper && (2..=5).contains(&name.len()) => Some(Build::Acronym),
        _ if is_upper => None,
        1 => Some(Build::Word),
        2 => Some(Build::Two),
        _ => Some(Build::Long),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Corpus, Entity};

    #[test]
    fn a_name_is_exchanged_for_one_of_its_build() {
        let sample = |text: &str, names: &[(&str, Label)]| {
            let mut from = 0;
            let entity = |&(name, label): &(&str, Label)| {
                let start = from + text[from..].find(name).expect("the name stands there");
                from = start + name.len();
                Entity { bytes: start..from, label }
            };
            Sample { entities: Some(names.iter().map(entity).collect()), ..Sample::plain(Corpus::Conll, text) }
        };
        let (organisation, place) = (Label::Organisation, Label::Place);
        let pool = sample("Oslo, OPEC, Volvo", &[("Oslo", place), ("OPEC", organisation), ("Volvo", organisation)]);
        let names = Names::new(&[pool]);
        let marked = [
            ("NATO", organisation),
            ("Bonn", place),
            ("Acme Steel", organisation),
            ("NATO", organisation),
            ("MUNICH", place),
        ];
        let sample = sample("NATO in Bonn met Acme Steel, NATO said, MUNICH", &marked);
        let mut texts = Vec::new();
        for seed in 0..60 {
            let new = names.exchange(&sample, &mut Random::new(seed));
            let selected: Vec<&str> = new.entities.iter().flatten().map(|name| &new.text[name.bytes.clone()]).collect();
            assert!(["NATO", "OPEC"].contains(&selected[0]) && selected[0] == selected[3]);
            assert!(["Bonn", "Oslo"].contains(&selected[1]) && selected[2] == "Acme Steel");
            assert!(["MUNICH", "OSLO"].contains(&selected[4]), "{}", selected[4]);
            texts.push(new.text.clone());
        }
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), 8, "each of three names changes or stays");
    }
}
