//! The annotation scheme: what is marked in an article, and what is told of it. Nothing but enums.
//!
//! One definition gives each its names in files and in JavaScript (serde and TypeScript), the list of its values and the
//! value of a name. A name in quotation marks is never changed; what files of older versions have stands behind a bar.

use serde::{Deserialize, Serialize};

macro_rules! scheme {
    ($($(#[$of_enum:meta])* $name:ident {
        $($(#[$of_value:meta])* $value:ident = $text:literal $(| $old:literal)?,)+
    })+) => {$(
        $(#[$of_enum])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
        pub enum $name {
            $($(#[$of_value])* #[serde(rename = $text $(, alias = $old)?)] $value,)+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$value,)+];

            /// Its name in files and in JavaScript.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$value => $text,)+
                }
            }

            /// The one of this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    )+

        /// The names of all values, in order, by the name of the enum: in JavaScript a type is gone when it runs.
        pub const LISTS: &[(&str, &[&str])] = &[$((stringify!($name), &[$($text,)+]),)+];
    };
}

scheme! {
    /// What a name names.
    Label {
        /// A person.
        Person = "person",
        /// An institution: government body, company, party, newspaper, university.
        Institution = "institution",
        /// A place: country, city, region.
        Place = "place",
    }

    /// What the user can mark.
    Mark {
        /// A person.
        Person = "person",
        /// An institution.
        Institution = "institution",
        /// A place.
        Place = "place",
        /// A claim; its target runs from the start of what is said to its end.
        Claim = "claim",
    }

    /// What is said of a speaker.
    FactKind {
        /// What it does.
        Role = "role",
        /// An institution that it belongs to or speaks for.
        Affiliation = "affiliation",
    }

    /// What sort of statement a claim is.
    ClaimKind {
        /// Says that something is so.
        Statement = "statement",
        /// Says that something is not so.
        Denial = "denial",
        /// Accuses or criticises.
        Accusation = "accusation",
        /// Predicts or warns.
        Prediction = "prediction",
        /// Demands or recommends.
        Demand = "demand",
        /// Asks.
        Question = "question",
        /// Believes, hopes or fears.
        Belief = "belief",
        /// Intends, promises or decides.
        Intention = "intention",
        /// Supports or praises.
        Support = "support",
    }

    /// The two sorts of claims: what is said, and what somebody thinks, wants or decides.
    #[derive(Default)]
    Group {
        /// Said, written or asked.
        #[default]
        Statement = "statement",
        /// An attitude or a decision: told of somebody, but not as their words.
        Attitude = "attitude",
    }

    /// How a claim is given.
    ClaimForm {
        /// In the source's words: between quotation marks, or after the source's name and a colon in an interview.
        Direct = "direct",
        /// In the article's words.
        Indirect = "indirect",
        /// Partly quoted.
        Mixed = "mixed",
    }

    /// How a mention names what it means.
    MentionForm {
        /// By a name or a part of it.
        Name = "name",
        /// By what it is: "the spokesman".
        Nominal = "nominal",
        /// By a pronoun.
        Pronoun = "pronoun",
    }

    /// Who put an annotation there.
    Origin {
        /// The trained network.
        Model = "model",
        /// A rule.
        Rule = "rule",
        /// What the user corrected in other articles.
        Learnt = "learnt",
        /// The user, in this article. Version 1 of the own format says "reader".
        User = "user" | "reader",
    }

    /// What a speaker is.
    #[derive(Default)]
    SpeakerKind {
        /// One person.
        Person = "person",
        /// An institution.
        Institution = "institution",
        /// Several, or a crowd: "voters", "Clinton and Trump".
        Group = "group",
        /// A document: a report, a poll, a letter.
        Document = "document",
        /// A source that the article does not name: "officials familiar with the matter".
        #[default]
        Anonymous = "anonymous",
    }

    /// What sort of institution one is.
    Sector {
        /// A government, ministry, agency, council, parliament or police, or a country, city or state that speaks.
        Government = "government",
        /// A company, bank or shop.
        Company = "company",
        /// A newspaper, broadcaster, agency or platform of news.
        Media = "media",
        /// A political party, a faction of one, or the campaign for an office.
        Party = "party",
        /// A university, school, or place of research.
        University = "university",
        /// A court or tribunal.
        Court = "court",
        /// An army, navy, air force or armed group.
        Military = "military",
        /// A charity, union, association, church or other body that is neither the state's nor for profit.
        Ngo = "ngo",
        /// A body of several states.
        International = "international",
    }
}

impl ClaimKind {
    /// Which of the two sorts of kinds it is.
    pub const fn group(self) -> Group {
        match self {
            Self::Belief | Self::Intention | Self::Support => Group::Attitude,
            _ => Group::Statement,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::de::DeserializeOwned;

    use super::*;

    /// Asserts that names in JSON are those that `named` knows, and that no two values share one.
    fn check<T: Copy + Debug + PartialEq + Serialize + DeserializeOwned>(
        all: &[T],
        name: fn(T) -> &'static str,
        named: fn(&str) -> Option<T>,
    ) {
        for &one in all {
            let json = serde_json::to_string(&one).expect("a name is a string");
            assert_eq!(json, format!("\"{}\"", name(one)));
            assert_eq!(serde_json::from_str::<T>(&json).expect("it was just written"), one);
            assert_eq!(named(name(one)), Some(one), "{one:?}");
        }
        assert_eq!(named("none of them"), None);
    }

    #[test]
    fn a_name_is_the_same_in_every_place() {
        check(Label::ALL, Label::name, Label::named);
        check(Mark::ALL, Mark::name, Mark::named);
        check(FactKind::ALL, FactKind::name, FactKind::named);
        check(ClaimKind::ALL, ClaimKind::name, ClaimKind::named);
        check(Group::ALL, Group::name, Group::named);
        check(ClaimForm::ALL, ClaimForm::name, ClaimForm::named);
        check(MentionForm::ALL, MentionForm::name, MentionForm::named);
        check(Origin::ALL, Origin::name, Origin::named);
        check(SpeakerKind::ALL, SpeakerKind::name, SpeakerKind::named);
        check(Sector::ALL, Sector::name, Sector::named);
        assert_eq!(serde_json::from_str::<Origin>("\"reader\"").ok(), Some(Origin::User), "as version 1 has it");
    }
}
