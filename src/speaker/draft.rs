//! A speaker in the making.

use super::gender::Gender;
use super::profile::Speaker;
use super::sector;
use crate::lang::Language;
use crate::scheme::SpeakerKind;

/// A speaker in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub speaker: Speaker,
    pub gender: Gender,
    /// Whether a title or noun tells the gender, and not only the given name.
    is_certain: bool,
    /// What the pronouns say that were taken to mean it.
    pub guess: Gender,
    /// Whether it is several, of those that have no name.
    pub is_plural: bool,
    /// How much it is named in full: what stands in the headline or first paragraph counts thrice.
    pub weight: u32,
    /// The last of its mentions so far, as an index, while short names look for their owners.
    pub seen: Option<usize>,
}

impl Draft {
    pub(super) fn new(name: String, kind: SpeakerKind, gender: Gender, language: &Language) -> Self {
        let sector = if kind == SpeakerKind::Institution { sector::of(&name, language) } else { None };
        Self { speaker: Speaker { name, kind, sector, ..Speaker::default() }, gender, ..Self::default() }
    }

    /// Learns what a title or a noun says of its gender: "Ms.", "widow".
    pub(super) fn learn_gender(&mut self, gender: Gender) {
        if gender != Gender::Unknown && !self.is_certain {
            self.gender = gender;
            self.is_certain = true;
        }
    }

    /// Whether it can be of this gender.
    pub(super) fn fits(&self, gender: Gender) -> bool {
        gender == Gender::Unknown || self.gender == Gender::Unknown || self.gender == gender
    }

    /// Whether it is one person, named or not.
    pub(super) fn is_one(&self) -> bool {
        match self.speaker.kind {
            SpeakerKind::Person => true,
            SpeakerKind::Anonymous => !self.is_plural,
            _ => false,
        }
    }

    /// Whether nothing says that it is a woman or a man.
    pub(super) fn is_neither(&self) -> bool {
        self.gender == Gender::Unknown && self.guess == Gender::Unknown
    }

    /// The logarithm of how well it fits a gender: by hand, not learnt.
    pub(super) fn chance(&self, gender: Gender) -> f32 {
        match (self.gender, self.guess) {
            _ if gender == Gender::Unknown => 0.0,
            (Gender::Unknown, Gender::Unknown) => -0.7,
            (Gender::Unknown, guess) => {
                if guess == gender {
                    -0.1
                } else {
                    -2.5
                }
            }
            (known, _) => {
                if known == gender {
                    0.0
                } else {
                    -4.0
                }
            }
        }
    }
}
