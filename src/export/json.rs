//! The own format, the lossless one: text, analysis and the log of corrections, versioned.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::analysis::Analysis;
use crate::correction::Correction;

/// The version of the format that this code writes, and the newest that it reads.
const VERSION: u32 = 1;

/// An article with what was found and what was mended in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Notebook {
    /// The article.
    pub text: String,
    /// What holds, corrections applied; absent in a file that holds the log alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
    /// The log.
    pub corrections: Vec<Correction>,
}

#[derive(Serialize, Deserialize)]
struct File<N> {
    format: String,
    version: u32,
    #[serde(flatten)]
    notebook: N,
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
    let file = File { format: "whosaid".to_owned(), version: VERSION, notebook };
    serde_json::to_string_pretty(&file).expect("strings, numbers and lists always have a JSON text")
}

/// Reads a file that [`FORMATS`](super::FORMATS)' `json` wrote.
///
/// # Errors
/// When it is no such file, or one of a newer version: says what to mend.
pub fn import(file: &str) -> Result<Notebook, ImportError> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    let head: Head = serde_json::from_str(file).map_err(|error| {
        ImportError(format!("this is not a whosaid file ({error}): choose one that whosaid exported"))
    })?;
    if head.format != "whosaid" {
        return Err(ImportError(format!(
            "this file says that it is \"{}\", not \"whosaid\": choose one that whosaid exported",
            head.format
        )));
    }
    if head.version > VERSION {
        return Err(ImportError(format!(
            "this file has version {}, this program reads up to {VERSION}: reload the page to get the newest whosaid",
            head.version
        )));
    }
    let file: File<Notebook> =
        serde_json::from_str(file).map_err(|error| ImportError(format!("this whosaid file is damaged: {error}")))?;
    Ok(file.notebook)
}
