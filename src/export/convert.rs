//! Annotated articles from one tool's files to another's: what both command lines, the page and the package do.

use super::foreign::{FOREIGN, Foreign, Layer, Lost, Read, Several};
use super::json::{self, Notebook, import};

/// What the own format goes by here.
pub const OWN: &str = "json";

/// A format that articles can be read in.
#[derive(Debug, Clone, Copy)]
pub enum Source {
    /// Whosaid's own.
    Own,
    /// Another tool's.
    Foreign(&'static Foreign, Read),
}

impl Source {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let foreign = FOREIGN.iter().filter_map(|format| Some(Self::Foreign(format, format.read?)));
        [Self::Own].into_iter().chain(foreign)
    }

    /// What one asks for it by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Own => OWN,
            Self::Foreign(format, _) => format.name,
        }
    }

    /// The one that goes by this name.
    ///
    /// # Errors
    /// When there is none: names those that there are.
    pub fn named(name: &str) -> Result<Self, String> {
        Self::all().find(|source| source.name() == name).ok_or_else(|| choose(Self::all().map(|source| source.name())))
    }

    /// Whether the text stands in a file of its own.
    pub fn has_text_beside(&self) -> bool {
        matches!(self, Self::Foreign(format, _) if format.has_text_beside)
    }

    /// The articles of a file, with the text that stands beside it where the format keeps it apart, each with what of the file
    /// was not understood.
    ///
    /// # Errors
    /// When it is no such file: says what to mend.
    pub fn read(&self, file: &str, text: Option<&str>) -> Result<Vec<(Article, Vec<Lost>)>, String> {
        match self {
            Self::Own => {
                let notebook = import(file).map_err(|error| error.to_string())?;
                Ok(vec![(Article::Own(Box::new(notebook)), Vec::new())])
            }
            Self::Foreign(_, read) => {
                let found = read(file, text)?;
                Ok(found.into_iter().map(|found| (Article::Foreign(found.layer), found.lost)).collect())
            }
        }
    }
}

/// An article that was read.
#[derive(Debug, Clone)]
pub enum Article {
    /// Whosaid's own, with all that it knows.
    Own(Box<Notebook>),
    /// Another tool's.
    Foreign(Layer),
}

/// A format that articles can be written in.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// Whosaid's own.
    Own,
    /// Another tool's.
    Foreign(&'static Foreign),
}

/// What came of articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The file's content.
    pub file: String,
    /// The text, where it stands in a file of its own beside that.
    pub text: Option<String>,
    /// What the file cannot hold, article by article.
    pub lost: Vec<Lost>,
}

impl Target {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Own].into_iter().chain(FOREIGN.iter().map(Self::Foreign))
    }

    /// What one asks for it by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Own => OWN,
            Self::Foreign(format) => format.name,
        }
    }

    /// The one that goes by this name.
    ///
    /// # Errors
    /// When there is none: names those that there are.
    pub fn named(name: &str) -> Result<Self, String> {
        Self::all().find(|target| target.name() == name).ok_or_else(|| choose(Self::all().map(|target| target.name())))
    }

    /// Writes articles into one file; none where there are none.
    ///
    /// # Errors
    /// When a file of this format cannot hold so many, or an article has no analysis.
    pub fn write(&self, articles: Vec<Article>) -> Result<Option<Output>, String> {
        let count = articles.len();
        let (mut files, mut text, mut lost) = (Vec::new(), None, Vec::new());
        for article in articles {
            let (file, beside, more) = self.one(article)?;
            files.push(file);
            text = beside;
            lost.extend(more);
        }
        let several = match self {
            Self::Own => Several::Never,
            Self::Foreign(format) => format.several,
        };
        match several.joined(&files) {
            Some(file) => Ok(Some(Output { file, text, lost })),
            None if count == 0 => Ok(None),
            None => Err(format!(
                "there are {count} articles, and a file of this format holds one: convert one file after the other"
            )),
        }
    }

    /// One article's file, the text beside it, and what both cannot hold.
    fn one(self, article: Article) -> Result<(String, Option<String>, Vec<Lost>), String> {
        match self {
            Self::Own => {
                let (notebook, lost) = own(article);
                Ok((json::write(&notebook) + "\n", None, lost))
            }
            Self::Foreign(format) => {
                let (layer, mut lost) = match article {
                    Article::Foreign(layer) => (layer, Vec::new()),
                    Article::Own(notebook) => of_notebook(&notebook)?,
                };
                let written = (format.write)(&layer);
                lost.extend(written.lost);
                Ok((written.file, format.has_text_beside.then_some(layer.text), lost))
            }
        }
    }
}

fn choose<'n>(names: impl Iterator<Item = &'n str>) -> String {
    format!("choose one of {}", names.collect::<Vec<_>>().join(", "))
}

/// Marks and links of a notebook, and what of it they do not hold.
fn of_notebook(notebook: &Notebook) -> Result<(Layer, Vec<Lost>), String> {
    let analysis = notebook
        .analysis
        .as_ref()
        .ok_or("this whosaid file holds corrections alone: export it again from the page, with what was found")?;
    let (layer, mut lost) = Layer::of(&notebook.text, analysis);
    if !notebook.corrections.is_empty() {
        lost.push(Lost { what: "corrections in the log".to_owned(), count: notebook.corrections.len() });
    }
    Ok((layer, lost))
}

/// A notebook, and what it cannot hold.
fn own(article: Article) -> (Notebook, Vec<Lost>) {
    match article {
        Article::Own(notebook) => (*notebook, Vec::new()),
        Article::Foreign(layer) => {
            let (analysis, lost) = layer.analysis();
            (Notebook { text: layer.text, analysis: Some(analysis), corrections: Vec::new() }, lost)
        }
    }
}
