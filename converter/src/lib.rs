//! The files of other tools in JavaScript: a WebAssembly of its own, which page and package load when somebody asks for such
//! a file. Articles come in with their analysis, so it needs neither the network nor the model.
//!
//! Only strings cross. What is not understood, or cannot be held, comes as JSON: a list of `{"what": "…", "count": 1}`.

use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use whosaid::Notebook;
use whosaid::export::convert::{self, Article, Source, Target};
use whosaid::export::foreign::{Lost, Several, label_studio};

/// All formats, as JSON: name, ending, what places count, how several articles go into a file, whether the text stands in a
/// file of its own, whether it can be read, and the configuration that a project of Label Studio needs for it.
#[wasm_bindgen]
pub fn formats() -> String {
    let format = |target: Target| {
        let is_read = Source::named(target.name()).is_ok();
        match target {
            Target::Own => json!({"name": target.name(), "extension": "whosaid.json", "counts": "UTF-16 code units",
                "several": "never", "textBeside": false, "isRead": is_read}),
            Target::Foreign(format) => {
                let several = match format.several {
                    Several::Never => "never",
                    Several::Lines => "lines",
                    Several::List => "list",
                };
                let mut one = json!({"name": format.name, "extension": format.extension, "counts": format.counts,
                    "several": several, "textBeside": format.has_text_beside, "isRead": is_read});
                if format.name == "label-studio" {
                    one["setup"] = label_studio::LABELS.into();
                }
                one
            }
        }
    };
    Value::from(Target::all().map(format).collect::<Vec<_>>()).to_string()
}

fn listed(lost: &[Lost]) -> String {
    lost.iter().map(|lost| json!({"what": lost.what, "count": lost.count})).collect::<Value>().to_string()
}

fn error(message: impl AsRef<str>) -> JsError {
    JsError::new(message.as_ref())
}

/// Articles on their way into one file of another format.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Conversion {
    to: Target,
    articles: Vec<Article>,
}

/// What came of them.
#[wasm_bindgen(getter_with_clone)]
#[derive(Debug)]
pub struct Output {
    /// The file's content.
    pub file: String,
    /// The text, where it stands in a file of its own beside that.
    pub text: Option<String>,
    /// What the file cannot hold, article by article.
    pub lost: String,
}

impl Output {
    fn of(out: convert::Output) -> Self {
        Self { file: out.file, text: out.text, lost: listed(&out.lost) }
    }
}

#[wasm_bindgen]
#[expect(clippy::missing_errors_doc, reason = "in JavaScript it throws: each method says what")]
impl Conversion {
    /// A conversion to a format. Throws where there is none of this name.
    #[wasm_bindgen(constructor)]
    pub fn new(to: &str) -> Result<Self, JsError> {
        Ok(Self { to: Target::named(to).map_err(error)?, articles: Vec::new() })
    }

    /// Takes the articles of a file in, with the text beside it where its format keeps that apart, and gives what of each was
    /// not understood: a list of lists. Throws, saying what to mend, where it is no such file.
    #[expect(clippy::needless_pass_by_value, reason = "an optional string crosses by value")]
    pub fn add(&mut self, from: &str, file: &str, text: Option<String>) -> Result<String, JsError> {
        let found = Source::named(from).and_then(|source| source.read(file, text.as_deref())).map_err(error)?;
        let (articles, lost): (Vec<Article>, Vec<Vec<Lost>>) = found.into_iter().unzip();
        self.articles.extend(articles);
        Ok(format!("[{}]", lost.iter().map(|lost| listed(lost)).collect::<Vec<_>>().join(",")))
    }

    /// Takes in an article that stands in the program: a notebook as JSON. Throws where it is none.
    pub fn notebook(&mut self, notebook: &str) -> Result<(), JsError> {
        let notebook: Notebook = serde_json::from_str(notebook).map_err(|fault| {
            error(format!("this is no notebook: it has a text, an analysis and corrections ({fault})"))
        })?;
        self.articles.push(Article::Own(Box::new(notebook)));
        Ok(())
    }

    /// Writes what was taken in; nothing where that was nothing. Throws where one file cannot hold it.
    pub fn write(self) -> Result<Option<Output>, JsError> {
        let out = self.to.write(self.articles).map_err(error)?;
        Ok(out.map(Output::of))
    }

    /// Writes each article that was taken in into a file of its own. Throws as `write` does.
    pub fn each(self) -> Result<Vec<Output>, JsError> {
        let each = self.articles.into_iter().filter_map(|article| self.to.write(vec![article]).transpose());
        each.map(|out| out.map(Output::of).map_err(error)).collect()
    }
}
