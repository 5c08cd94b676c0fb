//! Candidates -> [`Attribution`]s: who says what, in which form and of which kind.

use serde::{Deserialize, Serialize};

use crate::entity::Origin;
pub use crate::lang::Kind;
use crate::lang::en::verb;
use crate::model::{Candidate, Reading};
use crate::span::{Run, Span};
use crate::text::{Article, TokenKind};

/// How a claim is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Form {
    /// In the source's words: between quotation marks, or after the source's name and a colon in an interview.
    Direct,
    /// In the article's words.
    Indirect,
    /// Partly quoted.
    Mixed,
}

/// Somebody says something: a claim with its source and its cue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Attribution {
    /// Who says it; absent where the article does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Span>,
    /// The words that say that it is said; absent for a quotation with nothing but marks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Span>,
    /// What is said: one part or more, in order, never empty.
    pub content: Vec<Span>,
    /// How it is given.
    pub form: Form,
    /// What sort of statement it is.
    pub kind: Kind,
    /// How sure: 0 to 1.
    #[serde(serialize_with = "crate::entity::rounded")]
    pub confidence: f32,
    /// Who put it there.
    pub origin: Origin,
    /// Index of the speaker, in the analysis; absent where it is not resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<u32>,
}

impl Attribution {
    /// From the start of what is said to its end.
    pub fn extent(&self) -> Span {
        self.content.iter().copied().reduce(Span::hull).unwrap_or(Span::new(0, 0))
    }
}

/// The attributions of a reading, by where what is said starts.
pub fn attributions(article: &Article<'_>, reading: &Reading) -> Vec<Attribution> {
    let mut found: Vec<Attribution> =
        reading.candidates.iter().map(|candidate| attribution(article, candidate)).collect();
    found.sort_by_key(Attribution::extent);
    found
}

fn attribution(article: &Article<'_>, candidate: &Candidate) -> Attribution {
    Attribution {
        source: candidate.source.map(|run| article.span(run)),
        cue: candidate.cue.map(|run| article.span(run)),
        content: candidate.content.iter().map(|&run| article.span(run)).collect(),
        form: if candidate.cue.is_none() { Form::Direct } else { form(article, &candidate.content) },
        kind: kind(article.word(candidate.anchor)),
        confidence: candidate.confidence,
        origin: Origin::Rule,
        speaker: None,
    }
}

/// The kind of claim that a cue's word of substance stands for, by `cues.txt`.
fn kind(anchor: &str) -> Kind {
    verb(&anchor.to_lowercase()).map_or(Kind::Statement, |verb| verb.kind)
}

/// Direct when every word of the content is quoted, mixed when some are.
pub(crate) fn form(article: &Article<'_>, content: &[Run]) -> Form {
    let words = content.iter().flat_map(|run| article.tokens.get(run.range()).unwrap_or_default());
    let (mut quoted, mut all) = (0, 0);
    for token in words.filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number)) {
        all += 1;
        quoted += usize::from(token.quoted > 0);
    }
    match quoted {
        0 => Form::Indirect,
        _ if quoted == all => Form::Direct,
        _ => Form::Mixed,
    }
}
