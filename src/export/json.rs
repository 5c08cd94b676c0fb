//! The own format, the lossless one: text, analysis and the log of corrections, versioned.
//!
//! The version grows when a program of the old one would misread the new one, and only then: what is merely new comes as a
//! field, or as a kind of correction, that older programs pass over. They write a correction again as it stood, read or
//! not. A file of a newer version is refused. Offsets are UTF-16 code units, as in JavaScript.
//!
//! Version 1 called the claims of an analysis "attributions", and the origin of what the user marked "reader": both are
//! read as aliases. Names inside corrections are the same in every version.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::analysis::Analysis;
use crate::correction::Event;

/// The version of the format that this code writes, and the newest that it reads.
const VERSION: u32 = 2;

const FORMAT: &str = "whosaid";

/// An article with what was found and what was mended in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Notebook {
    /// The article.
    pub text: String,
    /// What holds, corrections applied; absent in a file that holds the log alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
    /// The log, in any order, with the corrections that this version cannot read.
    #[cfg_attr(feature = "wasm", tsify(type = "Correction[]"))]
    pub corrections: Vec<Event>,
}

/// What stands first in a file.
#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    version: u32,
}

#[derive(Serialize)]
struct File<'a> {
    #[serde(flatten)]
    head: Head,
    #[serde(flatten)]
    notebook: &'a Notebook,
}

/// Why a file cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError(String);

impl fmt::Display for ImportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for ImportError {}

pub(super) fn write(notebook: &Notebook) -> String {
    let head = Head { format: FORMAT.to_owned(), version: VERSION };
    serde_json::to_string_pretty(&File { head, notebook }).expect("strings, numbers and lists always have a JSON text")
}

/// Reads a file that [`FORMATS`](super::FORMATS)' `json` wrote.
///
/// # Errors
/// When it is no such file, is cut short or damaged, or of a newer version: says what to mend.
pub fn import(file: &str) -> Result<Notebook, ImportError> {
    let file = file.trim_start_matches('\u{feff}').trim();
    if file.is_empty() {
        return Err(ImportError("this file is empty: choose one that whosaid exported".to_owned()));
    }
    let head: Head = serde_json::from_str(file).map_err(|error| {
        // Cut within a number it is no longer JSON ("0."), but it lacks the last brace.
        if file.starts_with('{') && (error.is_eof() || !file.ends_with('}')) {
            return ImportError("this file is cut short: export or copy it again, to its end".to_owned());
        }
        ImportError("this is not a whosaid file: choose one that whosaid exported".to_owned())
    })?;
    if head.format != FORMAT {
        return Err(ImportError(format!(
            "this file says that it is \"{}\", not \"{FORMAT}\": choose one that whosaid exported",
            head.format
        )));
    }
    if head.version > VERSION {
        return Err(ImportError(format!(
            "this file has version {}, this program reads up to {VERSION}: reload the page to get the newest whosaid",
            head.version
        )));
    }
    serde_json::from_str(file).map_err(|error| {
        ImportError(format!(
            "this whosaid file is damaged in line {}: export it again, or mend that line",
            error.line()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{ANNOTATOR, analysis};
    use crate::correction::{Correction, Edit, Seen, Target, Who};
    use crate::scheme::{ClaimKind, FactKind, Mark, SpeakerKind};

    /// A notebook with everything in it: each edit once, text that JSON has to escape, characters outside the BMP.
    fn notebook() -> Notebook {
        let (text, analysis) = analysis(
            "📈 {t “Taxes\twill \"rise\",”} {c said} {s {p Anna Berg}}.\r\nShe left.\u{2028}\u{0}\n\
             {t “We go on,”} {s she} {c said}. {t “Far.}\n“And farther.”",
        );
        let target = || Target {
            start: 29,
            end: 38,
            exact: "Anna Berg".to_owned(),
            prefix: "said ".to_owned(),
            suffix: ".".to_owned(),
        };
        let who = || Who { name: "Anna Berg".to_owned(), target: Some(target()) };
        let fact = |from: Option<&str>, to: Option<&str>, former| Edit::Fact {
            speaker: who(),
            fact: FactKind::Role,
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            former,
        };
        let edits = [
            Edit::Add { target: target(), mark: Mark::Person, everywhere: false },
            Edit::Relabel { target: target(), mark: Mark::Person, to: Mark::Institution, everywhere: true },
            Edit::Qualify { target: target(), kind: Some(ClaimKind::Denial), form: None },
            Edit::Respan { target: target(), mark: Mark::Claim, to: target() },
            Edit::Attribute { target: target(), speaker: Some("Anna Berg".to_owned()) },
            Edit::Attribute { target: target(), speaker: None },
            Edit::Delete { target: target(), mark: Mark::Claim, everywhere: false },
            Edit::Merge { speaker: who(), into: Who { name: "Carl Lind".to_owned(), target: None } },
            Edit::Split { target: target(), speaker: Some("Ada Berg".to_owned()) },
            Edit::Split { target: target(), speaker: None },
            Edit::Rename { speaker: who(), name: "Ada Berg".to_owned() },
            fact(None, Some("mayor"), true),
            fact(Some("mayor"), None, false),
            Edit::Classify { speaker: who(), kind: SpeakerKind::Institution, anonymous: true },
            Edit::Review { marks: vec![Seen { target: target(), mark: Mark::Person }] },
            Edit::Undo { correction: "me:1".to_owned() },
        ];
        let correction = |(sequence, edit)| Correction {
            id: format!("me:{sequence}"),
            actor: "me".to_owned(),
            lamport: sequence as u32,
            time: "2026-01-01T00:00:00Z".to_owned(),
            edit,
        };
        let corrections: Vec<Correction> = edits.into_iter().enumerate().map(correction).collect();
        assert!(analysis.claims.iter().any(|claim| claim.continues.is_some()));
        let analysis = Some(ANNOTATOR.correct(&text, &analysis, &corrections).analysis);
        Notebook { text, analysis, corrections: corrections.iter().map(Event::from).collect() }
    }

    fn refusal(file: &str) -> String {
        import(file).expect_err(file).to_string()
    }

    #[test]
    fn what_is_exported_is_imported() {
        let whole = notebook();
        let log_alone = Notebook { analysis: None, ..whole.clone() };
        let empty = Notebook { text: String::new(), analysis: None, corrections: Vec::new() };
        for notebook in [whole, log_alone, empty] {
            let file = write(&notebook);
            assert_eq!(import(&file), Ok(notebook), "{file}");
        }
    }

    #[test]
    fn a_file_of_version_1_is_read_under_the_names_of_today() {
        let notebook = notebook();
        let file = write(&notebook);
        let old = [
            ("\"version\": 2", "\"version\": 1"),
            ("\"claims\": [", "\"attributions\": ["),
            ("\"user\"", "\"reader\""),
        ];
        let old = old.into_iter().fold(file.clone(), |file, (now, before)| {
            assert!(file.contains(now), "{now}");
            file.replace(now, before)
        });
        assert_eq!(import(&old), Ok(notebook));
        assert_eq!(write(&import(&old).expect("a whole file")), file);
    }

    #[test]
    fn a_file_that_is_cut_says_so_wherever_it_is_cut() {
        let file = write(&notebook());
        for cut in 0..file.len() {
            // As a page reads it: half a character becomes U+FFFD.
            let error = refusal(&String::from_utf8_lossy(&file.as_bytes()[..cut]));
            let expected = if cut == 0 { "this file is empty: choose" } else { "this file is cut short: " };
            assert!(error.starts_with(expected), "cut at {cut}: {error}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_says_what_to_mend() {
        let file = write(&notebook());
        let changed = |from: &str, to: &str| {
            assert!(file.contains(from), "{from} is not in {file}");
            refusal(&file.replacen(from, to, 1))
        };
        let table = [
            (refusal("  \n"), "this file is empty"),
            (refusal("Dear reader"), "this is not a whosaid file: choose one"),
            (refusal("<!doctype html>"), "this is not a whosaid file"),
            (refusal("[1, 2"), "this is not a whosaid file"),
            (refusal("{}"), "this is not a whosaid file: choose one"),
            (
                refusal(r#"{"format": "whosaid", "version": 1}"#),
                "this whosaid file is damaged in line 1: export it again",
            ),
            (changed("\"whosaid\"", "\"brat\""), "this file says that it is \"brat\", not \"whosaid\": choose one"),
            (
                changed("\"version\": 2", "\"version\": 3"),
                "this file has version 3, this program reads up to 2: reload",
            ),
            (changed("\"version\": 2", "\"version\": -1"), "this is not a whosaid file: choose one"),
            (changed("\"start\": ", "\"start\": -1"), "this whosaid file is damaged in line "),
        ];
        for (error, expected) in table {
            assert!(error.starts_with(expected), "{error}\nwas expected to start with\n{expected}");
        }
    }

    #[test]
    fn a_correction_that_cannot_be_read_is_written_again_as_it_stands() {
        let notebook = notebook();
        let file = write(&notebook);
        for odd in ["7", "null", "{\"op\":  \"explode\"}", "[1.50]", "\"\\ud83d\""] {
            let more = file.replacen("\"corrections\": [", &format!("\"corrections\": [ {odd} ,"), 1);
            let read = import(&more).expect("the rest is good");
            assert_eq!(read.corrections[0].correction(), None, "{odd}");
            assert_eq!(read.corrections[1..], notebook.corrections[..], "{odd}");
            assert_eq!(import(&write(&read)), Ok(read.clone()), "{odd}");
            assert!(write(&read).contains(odd), "{odd}");
        }
    }

    #[test]
    fn unknown_fields_are_passed_over_and_those_of_corrections_written_again() {
        let notebook = notebook();
        let file = write(&notebook).replace("\"lamport\"", "\"colour\": \"red\", \"lamport\"");
        let file = file.replacen("\"text\"", "\"title\": {\"deep\": [1]}, \"text\"", 1);
        let read = import(&file).expect("a whole file");
        let corrections = |notebook: &Notebook| notebook.corrections.iter().map(Event::correction).collect::<Vec<_>>();
        assert_eq!((&read.text, &read.analysis), (&notebook.text, &notebook.analysis));
        assert_eq!(corrections(&read), corrections(&notebook));
        assert_eq!(write(&read).matches("\"red\"").count(), notebook.corrections.len());
        assert_eq!(import(&format!("\u{feff}{file}\n")), Ok(read), "and what editors put around a file");
    }
}
