//! Forms of the cue verbs of `cues.txt`.

use super::{CUES, IRREGULAR};
use crate::lang::{Kind, row};

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

/// A form of a cue verb.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Verb {
    pub lemma: &'static str,
    pub kind: Kind,
    pub frame: Frame,
    pub part: Part,
    /// How often its uses are cues: 0 to 1, measured on `PolNeAR` train.
    pub share: f32,
}

fn verb_named(lemma: &str, part: Part) -> Option<Verb> {
    let [lemma, kind, frame, share] = *row(CUES, lemma)?;
    let frame = match frame {
        "say" => Frame::Say,
        "tell" => Frame::Tell,
        "clause" => Frame::Clause,
        "to" => Frame::To,
        _ => Frame::Object,
    };
    let share = share.parse::<f32>().unwrap_or(0.0) / 100.0;
    Some(Verb { lemma, kind: Kind::named(kind)?, frame, part, share })
}

/// The cue verb that a lower-case word is a form of.
pub(crate) fn verb(word: &str) -> Option<Verb> {
    if let Some([_, lemma, part]) = row(IRREGULAR, word) {
        let part = match *part {
            "gerund" => Part::Gerund,
            "participle" => Part::Participle,
            _ => Part::Past,
        };
        return verb_named(lemma, part);
    }
    verb_named(word, Part::Base)
        .or_else(|| inflected(word, "s", Part::Third))
        .or_else(|| inflected(word, "ed", Part::Past))
        .or_else(|| inflected(word, "ing", Part::Gerund))
}

/// Undoes English spelling: "denies" and "denied" -> "deny", "proposed" -> "propose", "rebutted" -> "rebut".
fn inflected(word: &str, ending: &str, part: Part) -> Option<Verb> {
    let stem = word.strip_suffix(ending)?;
    let last = stem.chars().next_back()?;
    let attempt = |lemma: &str| verb_named(lemma, part);
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
    use crate::lang::en::HOMOGRAPHS;

    #[test]
    fn the_lists_speak_of_cue_verbs() {
        let rows = IRREGULAR.iter().filter(|[_, lemma, _]| row(CUES, lemma).is_none());
        let irregular: Vec<_> = rows.collect();
        assert!(irregular.is_empty(), "irregular.txt has forms of what is no cue: {irregular:?}");
        let homographs: Vec<_> = HOMOGRAPHS.iter().filter(|word| verb(word).is_none()).collect();
        assert!(homographs.is_empty(), "homographs.txt has what is no form of a cue: {homographs:?}");
        for [lemma, kind, frame, share] in CUES {
            assert!(Kind::named(kind).is_some(), "{lemma}: {kind} is no kind");
            assert!(["say", "tell", "clause", "object", "to"].contains(frame), "{lemma}: {frame} is no frame");
            assert!(share.parse::<u8>().is_ok_and(|share| share <= 100), "{lemma}: {share} is no share in percent");
        }
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
            let found = verb(word).unwrap_or_else(|| panic!("{word} is no cue"));
            assert_eq!((found.lemma, found.part), (lemma, part), "{word}");
        }
        assert_eq!(verb("written").map(|verb| verb.part), Some(Part::Participle));
        for word in ["", "s", "ed", "table", "need", "’s", "sing", "ied"] {
            assert!(verb(word).is_none(), "{word}");
        }
    }
}
