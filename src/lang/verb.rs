//! Forms of the cue verbs of `cues.txt`.

use super::language::{Language, is_in, row, without_end};
use crate::scheme::ClaimKind;

/// What a cue verb takes: see `cues.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    Say,
    Tell,
    Clause,
    Object,
    To,
}

/// A part of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Base,
    /// "says"
    Third,
    /// "said", which for most verbs is the participle too.
    Past,
    /// "known", which is no past tense.
    Participle,
    /// "-ing"
    Gerund,
}

impl Part {
    /// Reads a part of `endings.txt` and `irregular.txt`.
    fn named(name: &str) -> Self {
        match name {
            "third" => Self::Third,
            "gerund" => Self::Gerund,
            "participle" => Self::Participle,
            _ => Self::Past,
        }
    }
}

/// A form of a cue verb.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Verb {
    pub lemma: &'static str,
    pub kind: ClaimKind,
    pub frame: Frame,
    pub part: Part,
    /// How often its uses are cues: 0 to 1, measured on `PolNeAR` train.
    pub share: f32,
}

/// What a cue says of the kind of its claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sense {
    pub kind: ClaimKind,
    /// Whether it gives way to what follows in the cue: "*expressed* doubt".
    pub weak: bool,
}

/// Reads a kind of `cues.txt`: "belief", "statement?".
fn sense(kind: &str) -> Option<Sense> {
    let name = kind.strip_suffix('?');
    Some(Sense { kind: ClaimKind::named(name.unwrap_or(kind))?, weak: name.is_some() })
}

impl Language {
    /// The cue verb that a lower-case word is a form of.
    pub(crate) fn verb(&self, word: &str) -> Option<Verb> {
        self.lemmas(word, |lemma, part| self.verb_named(lemma, part))
    }

    fn verb_named(&self, lemma: &str, part: Part) -> Option<Verb> {
        let [lemma, kind, frame, share] = *row(self.cues, lemma)?;
        let frame = match frame {
            "say" => Frame::Say,
            "tell" => Frame::Tell,
            "clause" => Frame::Clause,
            "to" => Frame::To,
            "object" => Frame::Object,
            _ => return None,
        };
        let share = share.parse::<u8>().map_or(0.0, |percent| f32::from(percent) / 100.0);
        Some(Verb { lemma, kind: sense(kind)?.kind, frame, part, share })
    }

    /// The sense of a lower-case word as a cue by itself.
    pub(crate) fn cue_sense(&self, word: &str) -> Option<Sense> {
        self.lemmas(word, |lemma, _| sense(row(self.cues, lemma)?[1]))
    }

    /// The sense of a lower-case word with another that follows it in the cue: "*called* on him *for*".
    pub(crate) fn phrase_sense(&self, word: &str, following: &str) -> Option<Sense> {
        self.lemmas(word, |lemma, _| sense(row(self.cues, &format!("{lemma} {following}"))?[1]))
    }

    /// The sense of a lower-case word after a negation, where that is another: "did not *deny*".
    pub(crate) fn negated_sense(&self, word: &str) -> Option<Sense> {
        self.lemmas(word, |lemma, _| sense(row(self.cues, &format!("not {lemma}"))?[1]))
    }

    /// Whether a lower-case word says aloud what it means: `spoken.txt`.
    pub(crate) fn is_spoken(&self, word: &str) -> bool {
        self.lemmas(word, |lemma, _| is_in(self.spoken, lemma).then_some(())).is_some()
    }

    /// Whether a lower-case word is a finite form of a verb that tells how somebody speaks: `manners.txt`.
    pub(crate) fn is_manner(&self, word: &str) -> bool {
        let known =
            |lemma: &str, part| (is_in(self.manners, lemma) && matches!(part, Part::Past | Part::Third)).then_some(());
        self.lemmas(word, known).is_some()
    }

    /// Whether a lower-case word ends as a regular verb does in this form.
    pub(crate) fn ends_as(&self, word: &str, part: Part) -> bool {
        self.endings.iter().any(|[ending, name]| Part::named(name) == part && word.ends_with(ending))
    }

    /// A lower-case word without the ending of a plural; nothing where it has none.
    pub(crate) fn singular<'w>(&self, word: &'w str) -> Option<&'w str> {
        without_end(word, self.plural_endings)
    }

    /// Whether a lower-case word ends as a plural does: "officials", but not "boss".
    pub(crate) fn looks_plural(&self, word: &str) -> bool {
        self.singular(word).is_some() && without_end(word, self.singular_endings).is_none()
    }

    /// The first of what a lower-case word can be a form of that `attempt` knows.
    fn lemmas<T>(&self, word: &str, attempt: impl Fn(&str, Part) -> Option<T>) -> Option<T> {
        if let Some([_, lemma, part]) = row(self.irregular, word) {
            return attempt(lemma, Part::named(part));
        }
        let inflected = |[ending, part]: &[&str; 2]| inflected(word, ending, Part::named(part), &attempt);
        attempt(word, Part::Base).or_else(|| self.endings.iter().find_map(inflected))
    }
}

/// Undoes English spelling: "denies" and "denied" -> "deny", "proposed" -> "propose", "rebutted" -> "rebut".
fn inflected<T>(word: &str, ending: &str, part: Part, attempt: &impl Fn(&str, Part) -> Option<T>) -> Option<T> {
    let stem = word.strip_suffix(ending)?;
    let last = stem.chars().next_back()?;
    let attempt = |lemma: &str| attempt(lemma, part);
    if let Some(found) = attempt(stem) {
        return Some(found);
    }
    // At most one short string, and only for words with these endings.
    if part == Part::Third {
        let stem = stem.strip_suffix('e')?;
        return stem.strip_suffix('i').and_then(|stem| attempt(&format!("{stem}y"))).or_else(|| attempt(stem));
    }
    if let Some(stem) = stem.strip_suffix('i').filter(|_| part == Part::Past) {
        return attempt(&format!("{stem}y"));
    }
    let shorter = &stem[..stem.len() - last.len_utf8()];
    let doubled = shorter.ends_with(last).then(|| attempt(shorter)).flatten();
    doubled.or_else(|| attempt(&format!("{stem}e")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::ENGLISH;
    use crate::scheme::Group;

    #[test]
    fn the_lists_speak_of_cue_verbs() {
        let is_cue = |lemma: &str| {
            let is_first = |[cue, ..]: &&[&str; 4]| cue.split_once(' ').is_some_and(|(first, _)| first == lemma);
            row(ENGLISH.cues, lemma).is_some() || ENGLISH.cues.iter().any(|row| is_first(&row))
        };
        let irregular: Vec<_> = ENGLISH.irregular.iter().filter(|[_, lemma, _]| !is_cue(lemma)).collect();
        assert!(irregular.is_empty(), "irregular.txt has forms of what is no cue: {irregular:?}");
        let homographs: Vec<_> = ENGLISH.homographs.iter().filter(|word| ENGLISH.verb(word).is_none()).collect();
        assert!(homographs.is_empty(), "homographs.txt has what is no form of a cue: {homographs:?}");
        let silent: Vec<_> = ENGLISH.spoken.iter().filter(|word| sense_of(word) != Some(Group::Attitude)).collect();
        assert!(silent.is_empty(), "spoken.txt has what is no cue of an attitude: {silent:?}");
        for [lemma, kind, frame, share] in ENGLISH.cues {
            assert!(sense(kind).is_some(), "{lemma}: {kind} is no kind");
            let words: Vec<&str> = lemma.split(' ').collect();
            assert!(words.len() <= 2, "{lemma}: more than two words");
            assert!(["say", "tell", "clause", "object", "to", "-"].contains(frame), "{lemma}: {frame} is no frame");
            let is_share = share.parse::<u8>().is_ok_and(|share| share <= 100);
            assert_eq!(is_share, *frame != "-", "{lemma}: {share} is no share in percent of a {frame}");
        }
    }

    fn sense_of(word: &str) -> Option<Group> {
        ENGLISH.cue_sense(word).map(|sense| sense.kind.group())
    }

    #[test]
    fn kinds_of_cues() {
        use ClaimKind::{Accusation, Belief, Demand, Denial, Intention, Prediction, Statement, Support};
        for (word, kind, weak) in [
            ("according", Statement, false),
            ("claims", Statement, false),
            ("warnings", Prediction, false),
            ("criticisms", Accusation, false),
            ("theories", Belief, false),
            ("confident", Belief, false),
            ("plans", Intention, false),
            ("endorsement", Support, false),
            ("expressed", Statement, true),
            ("gave", Statement, true),
        ] {
            assert_eq!(ENGLISH.cue_sense(word), Some(Sense { kind, weak }), "{word}");
        }
        for (word, following, kind) in [
            ("called", "for", Some(Demand)),
            ("calls", "on", Some(Demand)),
            ("ruled", "out", Some(Denial)),
            ("spoke", "against", Some(Accusation)),
            ("told", "to", Some(Demand)),
            ("told", "that", None),
        ] {
            assert_eq!(ENGLISH.phrase_sense(word, following).map(|sense| sense.kind), kind, "{word} {following}");
        }
        for (word, kind) in [("deny", Some(Statement)), ("supported", Some(Belief)), ("say", None)] {
            assert_eq!(ENGLISH.negated_sense(word).map(|sense| sense.kind), kind, "not {word}");
        }
        // Known for its kind alone: it has no frame.
        assert!(ENGLISH.verb("gave").is_none() && ENGLISH.verb("criticism").is_none());
    }

    #[test]
    fn forms_of_verbs() {
        for (word, lemma, part) in [
            ("said", "say", Part::Past),
            ("says", "say", Part::Third),
            ("denies", "deny", Part::Third),
            ("denied", "deny", Part::Past),
            ("proposed", "propose", Part::Past),
            ("proposing", "propose", Part::Gerund),
            ("rebutted", "rebut", Part::Past),
            ("stresses", "stress", Part::Third),
            ("told", "tell", Part::Past),
            ("admitting", "admit", Part::Gerund),
            ("note", "note", Part::Base),
        ] {
            let found = ENGLISH.verb(word).unwrap_or_else(|| panic!("{word} is no cue"));
            assert_eq!((found.lemma, found.part), (lemma, part), "{word}");
        }
        assert_eq!(ENGLISH.verb("written").map(|verb| verb.part), Some(Part::Participle));
        for word in ["", "s", "ed", "table", "need", "’s", "sing", "ied"] {
            assert!(ENGLISH.verb(word).is_none(), "{word}");
        }
    }
}
