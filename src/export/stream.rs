//! What `whosaid annotate` writes while it reads article after article: lines of JSON, or the rows of one table. The native
//! command line and the one for Node both write it here, so that their bytes are equal.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::record::{Given, Kept, Record, SHAPE, fault, id};
use super::table;
use crate::analysis::Analysis;

/// What comes out: one of them for all articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A line of JSON an article: a [`Record`].
    Jsonl,
    /// A table with a row for each claim: [`table`].
    Csv,
}

impl Shape {
    /// The names that a field which goes through cannot have.
    fn taken(self) -> &'static [&'static str] {
        match self {
            Self::Jsonl => &["id", "language", "model", "whosaid", "claims", "entities", "speakers"],
            Self::Csv => &table::COLUMNS,
        }
    }
}

/// A field of each article that goes through to what is written of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// What the article calls it.
    pub field: String,
    /// What it is called in what is written.
    pub name: String,
}

/// An article with what is written of it besides its claims.
#[derive(Debug)]
pub struct Article {
    /// Any JSON, character for character.
    pub id: Box<RawValue>,
    /// In which line of the input it stands, from 1.
    pub row: usize,
    /// What is read.
    pub text: String,
    /// The fields that go through, one for each that is asked for, in that order.
    pub kept: Vec<Kept>,
}

/// Writes articles in a shape, with the fields that go through.
#[derive(Debug, Clone)]
pub struct Stream {
    shape: Shape,
    keep: Vec<Keep>,
}

impl Stream {
    /// What writes this shape. `keep` names fields: `"date"`, or `"source=outlet"` for the field `source` that is to be
    /// called `outlet`.
    ///
    /// # Errors
    /// When a field would get a name that something else has already: says which, and what to give.
    pub fn new(shape: Shape, keep: &[impl AsRef<str>]) -> Result<Self, String> {
        let mut kept: Vec<Keep> = Vec::new();
        for given in keep.iter().map(AsRef::as_ref) {
            let (field, name) = given.split_once('=').unwrap_or((given, given));
            if field.is_empty() || name.is_empty() {
                return Err(format!("--keep {given}: a field's name is needed, as in --keep date,source=outlet"));
            }
            if shape.taken().contains(&name) || kept.iter().any(|other| other.name == name) {
                return Err(format!(
                    "--keep {given}: the output has a \"{name}\" already: give the field another name, --keep {field}=NAME"
                ));
            }
            kept.push(Keep { field: field.to_owned(), name: name.to_owned() });
        }
        Ok(Self { shape, keep: kept })
    }

    /// The fields that go through.
    pub fn keep(&self) -> &[Keep] {
        &self.keep
    }

    /// What stands before the first article.
    pub fn head(&self) -> String {
        match self.shape {
            Shape::Jsonl => String::new(),
            Shape::Csv => table::head(self.keep.iter().map(|keep| keep.name.as_str())),
        }
    }

    /// An article that is given as a line of JSON: [`SHAPE`]. Without an id, its line's number is its id.
    ///
    /// # Errors
    /// When the line is none: says in which column and what it has to look like.
    pub fn article(&self, line: &str, row: usize) -> Result<Article, String> {
        let none = |error| format!("{}: every line has to be {SHAPE}", fault(&error));
        let Given { id, text } = serde_json::from_str(line).map_err(none)?;
        let fields: BTreeMap<String, Box<RawValue>> =
            if self.keep.is_empty() { BTreeMap::new() } else { serde_json::from_str(line).map_err(none)? };
        let kept = |Keep { field, name }: &Keep| Kept { name: name.clone(), value: fields.get(field).cloned() };
        let kept = self.keep.iter().map(kept).collect();
        Ok(Article { id: id.unwrap_or_else(|| self::id(&row)), row, text, kept })
    }

    /// What is written of an article whose text has this analysis: whole lines, with the end of the last one.
    ///
    /// # Panics
    /// Never for what [`Stream::article`] gave.
    pub fn write(&self, Article { id, row, text, kept }: Article, analysis: &Analysis) -> String {
        match self.shape {
            Shape::Csv => table::rows(&id, row, &text, analysis, &kept),
            Shape::Jsonl => {
                let record = Record { kept, ..Record::new(id, &text, analysis) };
                serde_json::to_string(&record).expect("strings, numbers and lists always have a JSON text") + "\n"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::analysis;

    #[test]
    fn fields_go_through_character_for_character_under_their_names() {
        let stream =
            Stream::new(Shape::Jsonl, &["url", "source=outlet", "missing", "text", "null"]).expect("good names");
        let line = r#"{"source": "a\u0301","n":1, "url" :{"b":  [1e2]}, "text": "It is late, she said.","null":null}"#;
        let twice = Stream::new(Shape::Jsonl, &["n=a", "n=b"]).expect("good names");
        let kept = twice.article(line, 1).expect("an article").kept;
        assert!(kept.iter().all(|kept| kept.value.as_ref().is_some_and(|value| value.get() == "1")));
        let written = stream.write(stream.article(line, 3).expect("an article"), &analysis("").1);
        let expected = concat!(
            r#"{"id":3,"url":{"b":  [1e2]},"outlet":"a\u0301","text":"It is late, she said.","null":null,"#,
            r#""language":"#
        );
        assert!(written.starts_with(expected) && written.ends_with("}\n"), "{written}");
    }

    #[test]
    fn a_name_that_is_taken_says_what_to_give() {
        let refused = |shape, keep: &[&str]| Stream::new(shape, keep).expect_err("a name that is taken");
        assert!(refused(Shape::Csv, &["source"]).ends_with("give the field another name, --keep source=NAME"));
        assert!(
            refused(Shape::Jsonl, &["a=claims"]).starts_with("--keep a=claims: the output has a \"claims\" already")
        );
        assert!(refused(Shape::Jsonl, &["a", "b=a"]).starts_with("--keep b=a: the output has a \"a\" already"));
        for empty in ["", "=", "a=", "=a"] {
            assert!(refused(Shape::Csv, &[empty]).contains("a field's name is needed"), "{empty}");
        }
        for shape in [Shape::Csv, Shape::Jsonl] {
            assert!(Stream::new(shape, &["source=outlet", "source=paper"]).is_ok());
        }
        assert!(Stream::new(Shape::Jsonl, &["source"]).is_ok());
    }
}
