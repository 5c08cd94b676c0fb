//! An annotated article as a file, and back: one file a format, one line each in [`FORMATS`].

#[cfg(feature = "foreign")]
pub mod convert;
#[cfg(feature = "foreign")]
pub mod foreign;
mod json;
pub mod record;
pub mod stream;
pub mod table;
mod training;

pub use json::{ImportError, Notebook, import};

/// A format that an annotated article can be written in.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// What one asks for it by.
    pub name: &'static str,
    /// Ending of its files.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Writes it.
    pub write: fn(&Notebook) -> String,
}

/// All formats.
pub const FORMATS: &[Format] = &[
    Format { name: "json", extension: "whosaid.json", media_type: "application/json", write: json::write },
    Format { name: "training", extension: "jsonl", media_type: "application/jsonl", write: training::write },
];
