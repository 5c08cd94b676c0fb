//! Names -> the drafts that were named so, or of which they are a part.

use super::gender::Gender;
use crate::scheme::SpeakerKind;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::draft::Draft;
use crate::lang::{Categories, Language, is_in, row};
use crate::model::Model;

/// How many of those who share a part of their names are looked at: the latest.
const NAMESAKES: usize = 32;

/// How many words of a person's name are looked at for the parts that stand for it.
const LONGEST_NAME: usize = 8;

/// The longest front of an institution's name that is kept to stand for it, in words.
const LONGEST_FRONT: usize = 5;

/// Finds drafts by their names, in small letters, and by the parts of these that stand for them.
#[derive(Debug)]
pub(super) struct Index {
    whole: HashMap<(SpeakerKind, String), usize>,
    /// By the only word or the last, by first and last word of three or more, and by the initials and fronts of an institution.
    part: HashMap<(SpeakerKind, String), Vec<usize>>,
    /// By first word: a person's given name, or a family name that stands first.
    first: HashMap<String, Vec<usize>>,
    /// Persons of more than one name, by the first letter of the last.
    initial: HashMap<char, Vec<usize>>,
    language: &'static Language,
}

impl Index {
    /// Nobody is named yet.
    pub(super) fn new(language: &'static Language) -> Self {
        Self { whole: HashMap::new(), part: HashMap::new(), first: HashMap::new(), initial: HashMap::new(), language }
    }

    /// Whom a name means that was named before, with the titles in front of it or without: "Justice Berg".
    pub(super) fn find(&self, name: &str, kind: SpeakerKind, honorific: Gender, drafts: &[Draft]) -> Option<usize> {
        let found = self.find_as_is(name, kind, honorific, drafts);
        let bare = if kind == SpeakerKind::Person { without_titles(name, self.language) } else { name };
        found.or_else(|| self.find_as_is(bare, kind, honorific, drafts).filter(|_| bare != name))
    }

    fn find_as_is(&self, name: &str, kind: SpeakerKind, honorific: Gender, drafts: &[Draft]) -> Option<usize> {
        let lower = name.to_lowercase();
        let words: Vec<&str> = lower.split(' ').collect();
        let key = (kind, lower.clone());
        if words.len() > 1 && kind == SpeakerKind::Person {
            // "Hillary Rodham Clinton" is "Hillary Clinton", "Von der Leyen" is "Ursula von der Leyen".
            let last = last_word(&words, self.language);
            let part =
                if is_in(self.language.particles, words[0]) { last.to_owned() } else { format!("{} {last}", words[0]) };
            let known = self.whole.get(&key).copied().or_else(|| self.best(kind, part, honorific, drafts));
            return known.or_else(|| self.best(kind, lower, honorific, drafts));
        }
        if kind == SpeakerKind::Institution {
            let same = self.part.get(&(kind, lower.replace('.', ""))).map_or(&[][..], Vec::as_slice);
            return self.whole.get(&key).copied().or(if let [only] = same { Some(*only) } else { None });
        }
        let shared = self.best(kind, lower.clone(), honorific, drafts);
        shared.or_else(|| best_of(self.first.get(&lower)?, honorific, drafts))
    }

    /// The person whose last name is written with one letter more, less or other, where a name is no known one: reporters
    /// mistype as well.
    pub(super) fn misspelt(&self, name: &str, kind: SpeakerKind, model: &Model, drafts: &[Draft]) -> Option<usize> {
        let lower = name.to_lowercase();
        let is_odd = kind == SpeakerKind::Person
            && lower.chars().count() >= 5
            && !lower.contains(' ')
            && !model.categories(&lower).has(Categories::LAST_NAME);
        if !is_odd {
            return None;
        }
        let near = self.initial.get(&lower.chars().next()?)?.iter().rev().take(NAMESAKES);
        let mut alike = near.copied().filter(|&draft| {
            let name = drafts[draft].speaker.name.to_lowercase();
            differ_by_one(last_word(&name.split(' ').collect::<Vec<_>>(), self.language), &lower)
        });
        let first = alike.next()?;
        alike.all(|other| other == first).then_some(first)
    }

    fn best(&self, kind: SpeakerKind, part: String, honorific: Gender, drafts: &[Draft]) -> Option<usize> {
        best_of(self.part.get(&(kind, part))?, honorific, drafts)
    }

    /// Keeps a name of a draft, and what stands for it.
    pub(super) fn add(&mut self, name: &str, kind: SpeakerKind, draft: usize) {
        let lower = name.to_lowercase();
        let words: Vec<&str> = lower.split(' ').collect();
        let mut keys = Vec::new();
        if words.len() == 1 && kind == SpeakerKind::Person {
            keys.push(lower.clone());
        } else if words.len() > 1 {
            let last = last_word(&words, self.language);
            keys.push(last.to_owned());
            if kind == SpeakerKind::Person {
                keys.push(format!("{} {last}", words[0]));
                let words = &words[..words.len().min(LONGEST_NAME)];
                // "Abdul Rashid" is Abdul Rashid bin Osman, "Lau" is Agatha Lau Yuen-ching.
                keys.extend((2..words.len()).map(|end| words[..end].join(" ")));
                keys.extend((words.len() > 2 && last.contains('-')).then(|| words[words.len() - 2].to_owned()));
                // "Peña Nieto" is Enrique Peña Nieto.
                keys.extend((1..words.len() - 1).map(|start| words[start..].join(" ")));
                push(self.initial.entry(last.chars().next().unwrap_or_default()).or_default(), draft);
                push(self.first.entry(words[0].to_owned()).or_default(), draft);
            } else {
                let initials =
                    name.split(' ').filter_map(|word| word.chars().next()).filter(|first| first.is_uppercase());
                keys.push(initials.collect::<String>().to_lowercase());
                // "The Census" is the Census Bureau, "the Senate" is not the Senate Budget Committee.
                let is_short = !is_in(self.language.organisation_words, words[0])
                    && !is_in(self.language.institutions, words[0])
                    && !is_in(self.language.chambers, words[0])
                    && row(self.language.function_words, words[0]).is_none();
                keys.extend(is_short.then(|| words[0].to_owned()));
                // "Halden Institute" is "Halden Institute for Water Research".
                keys.extend((2..words.len().min(LONGEST_FRONT)).map(|length| words[..length].join(" ")));
            }
        }
        for key in keys {
            push(self.part.entry((kind, key)).or_default(), draft);
        }
        self.whole.entry((kind, lower)).or_insert(draft);
    }
}

/// A person's name without the titles and ties in front of it: "Justice", "Aunty".
pub(super) fn without_titles<'n>(name: &'n str, language: &Language) -> &'n str {
    let mut rest = name;
    while let Some((first, others)) = rest.split_once(' ') {
        let word = first.to_lowercase();
        let bare = word.trim_end_matches('.');
        let is_title =
            is_in(language.titles, bare) || is_in(language.titles, &word) || row(language.person_nouns, bare).is_some();
        if !is_title {
            break;
        }
        rest = others;
    }
    rest
}

/// Adds a draft that was not added last.
fn push(list: &mut Vec<usize>, draft: usize) {
    if list.last() != Some(&draft) {
        list.push(draft);
    }
}

/// The last word of a name, "Jr." and the like passed over.
fn last_word<'w>(words: &[&'w str], language: &Language) -> &'w str {
    let is_suffix = |word: &str| is_in(language.name_ends, word.trim_end_matches('.'));
    words[1..].iter().rev().find(|word| !is_suffix(word)).unwrap_or(&words[0])
}

/// Whether two words differ by one letter that is more, less or another.
fn differ_by_one(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let front = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[front..], &other[front..]);
    let (shorter, longer) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let is_more = longer.len() == shorter.len() + 1 && longer[1..] == *shorter;
    is_more || longer.len() == shorter.len() && !longer.is_empty() && longer[1..] == shorter[1..]
}

/// Of all that a part of a name may mean: those of the right gender ("Mrs. Clinton" is not Bill), of these the one who is
/// named in full most, and among those nearly so the one that was named last, then the first.
fn best_of(candidates: &[usize], honorific: Gender, drafts: &[Draft]) -> Option<usize> {
    let near = || candidates.iter().rev().take(NAMESAKES).copied().filter(|&draft| drafts[draft].fits(honorific));
    let certain = |draft: usize| honorific != Gender::Unknown && drafts[draft].gender == honorific;
    let rank = |draft: usize| (certain(draft), drafts[draft].weight);
    let (is_certain, most) = near().map(rank).max()?;
    near()
        .filter(|&draft| certain(draft) == is_certain && 2 * drafts[draft].weight + 1 > most)
        .max_by_key(|&draft| (drafts[draft].seen, Reverse(draft)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;
    use crate::speaker::tests::{check_by, names_of};

    #[test]
    fn short_names_of_persons() {
        check_by(
            names_of,
            &[
                ("{p Anna Berg} left. {p Berg} left.", &["Berg = Anna Berg"]),
                ("{p Anna Berg} left. {p Anna} left.", &["Anna = Anna Berg"]),
                ("{p Anna Berg} left. {p Justice Berg} left.", &["Justice Berg = Anna Berg"]),
                ("{p Anna Maria Berg} left. {p Anna Berg} left.", &["Anna Berg = Anna Maria Berg"]),
                // Family names that stand first, alone or with one of two given names.
                ("{p Kim Min-jun} left. {p Kim} left.", &["Kim = Kim Min-jun"]),
                ("{p Abdul Rahim bin Osman} left. {p Abdul Rahim} left.", &["Abdul Rahim = Abdul Rahim bin Osman"]),
                ("{p Clara Lau Yuen-ming} left. {p Lau} left.", &["Lau = Clara Lau Yuen-ming"]),
                ("{p Luis Peña Rojo} left. {p Peña Rojo} left.", &["Peña Rojo = Luis Peña Rojo"]),
                // Particles.
                ("{p Ursel von der Au} left. {p von der Au} left.", &["von der Au = Ursel von der Au"]),
                ("{p Ursel von der Au} left. {p Au} left.", &["Au = Ursel von der Au"]),
                ("{p John Lind Jr.} left. {p Lind} left.", &["Lind = John Lind Jr."]),
                // Mistyped by one letter, and no name that is known.
                ("{p Anna Vornholt} left. {p Vornhold} left.", &["Vornhold = Anna Vornholt"]),
                ("{p Anna Vornholt} left. {p Vornhol} left.", &["Vornhol = Anna Vornholt"]),
                ("{p Anna Vornholt} left. {p Vurnhold} left.", &[]),
                // A known name is another's.
                ("{p Anna Johnson} left. {p Johnston} left.", &[]),
                // So is another given name.
                ("{p Anna Berg} left. {p Carl Berg} left.", &[]),
                ("{p Anna Berg} left. {p Lind} left.", &[]),
                // A person is no institution, a place no person.
                ("{p Anna Berg} left. {i Berg} fell.", &[]),
                ("{i Berg Bank} fell. {p Berg} left.", &[]),
            ],
        );
    }

    #[test]
    fn two_of_one_name() {
        check_by(
            names_of,
            &[
                (
                    "{p Anna Berg} left. {p Carl Berg} left. Ms. {p Berg} slept. Mr. {p Berg} slept.",
                    &["Berg = Anna Berg", "Berg = Carl Berg"],
                ),
                // The last one named, where neither is named much more.
                ("{p Anna Berg} left. {p Carl Berg} left. {p Berg} slept.", &["Berg = Carl Berg"]),
                // The one that is named more.
                (
                    "{p Anna Berg} left.\n\nSo it went. {p Anna Berg} left. {p Anna Berg} left. {p Carl Berg} left. {p Berg} slept.",
                    &["Berg = Anna Berg"],
                ),
                // A tie says which.
                (
                    "{p Carl Berg} left. His wife, {p Robin Berg}, left. Mrs. {p Berg} slept. Mr. {p Berg} slept.",
                    &["Berg = Robin Berg", "Berg = Carl Berg"],
                ),
            ],
        );
    }

    #[test]
    fn short_names_of_institutions() {
        check_by(
            names_of,
            &[
                (
                    "The {i Halden Institute for Water} left. The {i Halden Institute} left.",
                    &["Halden Institute = Halden Institute for Water"],
                ),
                ("The {i National Union of Teachers} left. The {i NUT} left.", &["NUT = National Union of Teachers"]),
                (
                    "The {i National Union of Teachers} left. The {i N.U.T.} left.",
                    &["N.U.T. = National Union of Teachers"],
                ),
                ("{i Halden Bank} left. {i Halden} left.", &["Halden = Halden Bank"]),
                // What ends a name stands for it.
                ("The {i Halden Institute} left. The {i Institute} left.", &["Institute = Halden Institute"]),
                // The front of many names is none.
                ("The {i Senate Budget Committee} left. The {i Senate} left.", &[]),
                ("The {i Bank of Halden} left. The {i Bank} left.", &[]),
                ("The {i University of Halden} left. The {i University of Kent} left.", &[]),
                // What two share says nothing.
                ("{i Halden Bank} left. {i Halden Shipping} left. {i Halden} left.", &[]),
                // Nor does a longer name that starts alike.
                ("{i Halden Bank} left. {i Halden Bank Workers} left.", &[]),
            ],
        );
    }

    #[test]
    fn titles_are_taken_off() {
        let table = [
            ("Justice Berg", "Berg"),
            ("Sen. Anna Berg", "Anna Berg"),
            ("Aunt Mary", "Mary"),
            ("Anna Berg", "Anna Berg"),
            // The last word stays.
            ("Justice", "Justice"),
            ("Mr. Justice", "Justice"),
        ];
        for (name, expected) in table {
            assert_eq!(without_titles(name, &ENGLISH), expected);
        }
    }

    #[test]
    fn one_letter() {
        let table = [
            ("berg", "berk", true),
            ("berg", "bergs", true),
            ("bergs", "berg", true),
            ("berg", "brg", true),
            ("berg", "berg", false),
            ("berg", "berkx", false),
            ("berg", "kerk", false),
            ("berg", "breg", false),
            ("", "b", true),
            ("müll", "mull", true),
        ];
        for (one, other, expected) in table {
            assert_eq!(differ_by_one(one, other), expected, "{one} {other}");
        }
    }
}
