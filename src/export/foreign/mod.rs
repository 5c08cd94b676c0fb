//! The files of other tools, one file a format, one line each in [`FOREIGN`]. Feature `foreign`: the page's WebAssembly does
//! without them.
//!
//! Every format writes and reads a [`Layer`]; [`Layer::of`] makes one of an analysis, and [`Layer::analysis`] an analysis of
//! one. What a format cannot hold, and what of a file is not understood, is listed as [`Lost`].

mod brat;
mod doccano;
mod html;
mod iob2;
pub mod label_studio;
mod layer;
mod markdown;
mod meaning;
mod prodigy;
mod schema_org;
mod tei;
mod told;
mod uima;
mod web_annotation;

pub use layer::{
    ATTRIBUTED_TO, CLAIM, CUE, Found, HAS_CUE, HAS_SOURCE, INSIDE, Layer, Link, Lost, Mark, NEXT_PART, Place, SAME_AS,
    SOURCE, SPEAKER, Written,
};

/// Reads a file, with the text that it speaks of where that stands in another one. The error says what to mend.
pub type Read = fn(&str, Option<&str>) -> Result<Vec<Found>, String>;

/// How several articles go into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Several {
    /// They do not: a file is one article's.
    Never,
    /// Their files stand one after the other.
    Lines,
    /// Their files are lists in JSON, which become one.
    List,
}

impl Several {
    /// One file of those of several articles; none where a file is one article's and there are more or fewer.
    pub fn joined(self, files: &[String]) -> Option<String> {
        let inner = |file: &String| file.trim().trim_start_matches('[').trim_end_matches(']').to_owned();
        match (self, files) {
            (_, [one]) => Some(one.clone()),
            (Self::Never, _) => None,
            (Self::Lines, _) => Some(files.concat()),
            (Self::List, _) => Some(format!("[{}]\n", files.iter().map(inner).collect::<Vec<_>>().join(",\n"))),
        }
    }
}

/// A format of another tool.
#[derive(Debug, Clone, Copy)]
pub struct Foreign {
    /// What one asks for it by.
    pub name: &'static str,
    /// Ending of its files.
    pub extension: &'static str,
    /// What its places count: see the format's own file.
    pub counts: &'static str,
    /// How several articles go into a file.
    pub several: Several,
    /// Whether the text stands in a file of its own.
    pub has_text_beside: bool,
    /// Writes it.
    pub write: fn(&Layer) -> Written,
    /// Reads it; absent for what cannot be read back.
    pub read: Option<Read>,
}

/// All of them.
pub const FOREIGN: &[Foreign] = &[
    Foreign {
        name: "brat",
        extension: "ann",
        counts: "code points",
        several: Several::Never,
        has_text_beside: true,
        write: brat::write,
        read: Some(brat::read),
    },
    Foreign {
        name: "w3c",
        extension: "jsonld",
        counts: "code points",
        several: Several::Never,
        has_text_beside: true,
        write: web_annotation::write,
        read: Some(web_annotation::read),
    },
    Foreign {
        name: "w3c-utf16",
        extension: "jsonld",
        counts: "UTF-16 code units",
        several: Several::Never,
        has_text_beside: true,
        write: web_annotation::write_utf16,
        read: Some(web_annotation::read),
    },
    Foreign {
        name: "label-studio",
        extension: "json",
        counts: "code points",
        several: Several::List,
        has_text_beside: false,
        write: label_studio::write,
        read: Some(label_studio::read),
    },
    Foreign {
        name: "doccano",
        extension: "jsonl",
        counts: "code points",
        several: Several::Lines,
        has_text_beside: false,
        write: doccano::write,
        read: Some(doccano::read),
    },
    Foreign {
        name: "prodigy",
        extension: "jsonl",
        counts: "code points",
        several: Several::Lines,
        has_text_beside: false,
        write: prodigy::write,
        read: Some(prodigy::read),
    },
    Foreign {
        name: "iob2",
        extension: "conll",
        counts: "nothing",
        several: Several::Lines,
        has_text_beside: false,
        write: iob2::write,
        read: None,
    },
    Foreign {
        name: "tei",
        extension: "xml",
        counts: "nothing",
        several: Several::Never,
        has_text_beside: false,
        write: tei::write,
        read: None,
    },
    Foreign {
        name: "schema-org",
        extension: "jsonld",
        counts: "nothing",
        several: Several::Never,
        has_text_beside: false,
        write: schema_org::write,
        read: None,
    },
    Foreign {
        name: "uima",
        extension: "json",
        counts: "UTF-16 code units",
        several: Several::Never,
        has_text_beside: false,
        write: uima::write,
        read: None,
    },
    Foreign {
        name: "markdown",
        extension: "md",
        counts: "nothing",
        several: Several::Never,
        has_text_beside: false,
        write: markdown::write,
        read: None,
    },
    Foreign {
        name: "html",
        extension: "html",
        counts: "code points",
        several: Several::Never,
        has_text_beside: false,
        write: html::write,
        read: None,
    },
];
