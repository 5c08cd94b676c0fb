//! Corrections as a file has them: what this version cannot read is kept as it stands.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::edit::Correction;

/// An entry of a log, read or not: its JSON text is written again unchanged, character for character.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Event(Box<RawValue>);

impl Event {
    /// The correction; none where this version cannot read it.
    pub fn correction(&self) -> Option<Correction> {
        serde_json::from_str(self.0.get()).ok()
    }
}

impl From<&Correction> for Event {
    fn from(correction: &Correction) -> Self {
        Self(serde_json::value::to_raw_value(correction).expect("strings, numbers and lists always have a JSON text"))
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        r#"{"id":"me:1","actor":"me","lamport":1000000000,"time":"","edit":{"op":"undo","correction":"me:0"}}"#;

    fn event(text: &str) -> Event {
        serde_json::from_str(text).expect("JSON")
    }

    #[test]
    fn what_cannot_be_read_is_no_correction_and_stays_as_it_stands() {
        let table = [
            (GOOD.to_owned(), true),
            (GOOD.replace("me:1", "\\ud83d"), false),
            (GOOD.replace("\"actor\"", "\"colour\": [1.50, {}], \"actor\""), true),
            (GOOD.replace("1000000000", "1000000001"), false),
            (GOOD.replace("1000000000", "-1"), false),
            (GOOD.replace("1000000000", "1.5"), false),
            (GOOD.replace("undo", "highlight"), false),
            (GOOD.replace("\"actor\":\"me\",", ""), false),
            (GOOD.replace("\"\"", "7"), false),
            ("null".to_owned(), false),
            ("[ 1 ]".to_owned(), false),
            ("\"text\"".to_owned(), false),
            ("1e400".to_owned(), false),
        ];
        for (text, is_read) in table {
            let event = event(&text);
            assert_eq!(event.correction().is_some(), is_read, "{text}");
            assert_eq!(serde_json::to_string(&event).expect("JSON"), text);
        }
    }

    #[test]
    fn a_correction_is_an_event_that_is_read() {
        let correction = event(GOOD).correction().expect("a correction");
        assert_eq!(Event::from(&correction).correction(), Some(correction));
    }
}
