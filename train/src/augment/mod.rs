//! A sample -> one like it that might have been: other names, another country, other marks, another layout.
//!
//! What annotators marked stays marked; see [`crate::corpus::Edits`]. Each change has its own file and its own chance.

mod country;
mod cut;
mod layout;
mod letter;
mod mark;
mod name;
mod person;
mod say;

use std::path::Path;
use std::{fs, io};

use country::Counterparts;
use name::Names;
use person::Persons;
use whosaid::model::vocabulary::Counts;

use crate::corpus::{Corpus, Sample};
use crate::random::Random;

/// The chance of a sample to stay as it is.
pub const UNCHANGED: f64 = 0.5;

/// What takes the place of what: names of persons, institutions and places, the words of other countries.
#[derive(Debug)]
pub struct Augmenter {
    persons: Persons,
    names: Names,
    counterparts: Counterparts,
}

impl Augmenter {
    /// Reads the lists of names in a folder (`src/lang/en/lists`), and collects the names that the samples hold.
    ///
    /// # Errors
    /// When a list is missing.
    pub fn new(lists: &Path, samples: &[Sample]) -> io::Result<Self> {
        let list = |name: &str| -> io::Result<Vec<String>> {
            Ok(fs::read_to_string(lists.join(name).with_extension("txt"))?.lines().map(str::to_owned).collect())
        };
        Ok(Self {
            persons: Persons::new(list("first_names")?, list("last_names")?, list("female")?, list("male")?, samples),
            names: Names::new(samples),
            counterparts: Counterparts::new(),
        })
    }

    /// Counts the words of other countries twice, so that the vocabulary has them.
    pub fn count(&self, counts: &mut Counts) {
        self.counterparts.words().for_each(|word| counts.add(word));
        self.counterparts.words().for_each(|word| counts.add(word));
    }

    /// The sample itself in half of all cases, otherwise one that differs in some ways.
    pub fn augment(&self, sample: &Sample, random: &mut Random) -> Sample {
        if random.chance(UNCHANGED) { sample.clone() } else { self.change(sample, random) }
    }

    /// A sample that differs in some ways, in none where chance will have it so.
    pub fn change(&self, sample: &Sample, random: &mut Random) -> Sample {
        let is_article = !sample.corpus.is_messages();
        let is_news = matches!(sample.corpus, Corpus::Polnear | Corpus::Conll | Corpus::Taught);
        let mut changed = sample.clone();
        let mut step = |applies: bool, chance: f64, change: &dyn Fn(&Sample, &mut Random) -> Sample| {
            if applies && random.chance(chance) {
                changed = change(&changed, random);
            }
        };
        // While the first line is still the headline.
        step(is_news, 0.6, &layout::headline);
        step(sample.corpus == Corpus::Conll, 0.8, &layout::dateline);
        step(is_article, 0.25, &cut::cut);
        step(sample.attributions.is_some(), 0.5, &say::turn);
        step(sample.attributions.is_some(), 0.5, &say::reword);
        step(true, 0.6, &|sample, random| self.persons.exchange(sample, random));
        step(sample.entities.is_some(), 0.4, &|sample, random| self.names.exchange(sample, random));
        step(sample.corpus == Corpus::Polnear, 0.6, &|sample, random| self.counterparts.move_abroad(sample, random));
        step(is_article, 0.5, &layout::join);
        step(is_article, 0.5, &layout::lines);
        step(is_article, 0.1, &letter::shout);
        step(!is_article, 0.1, &letter::whisper);
        step(true, 0.5, &mark::restyle);
        changed
    }
}

#[cfg(test)]
mod tests;
