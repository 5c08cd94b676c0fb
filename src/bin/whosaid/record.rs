//! The record of an article, and what tests make records of.

pub(crate) use whosaid::export::record::*;

/// A statement whose speaker is not known.
#[cfg(test)]
pub(crate) const fn statement(said: Said, form: whosaid::scheme::ClaimForm, confidence: f32) -> Claim {
    Claim {
        said,
        form,
        kind: whosaid::scheme::ClaimKind::Statement,
        group: whosaid::scheme::Group::Statement,
        confidence,
        speaker: None,
        speaker_confidence: 0.0,
        inside: None,
    }
}

/// A record in which nothing was found.
#[cfg(test)]
pub(crate) fn empty() -> Record {
    Record {
        id: id(""),
        kept: Vec::new(),
        language: "en".to_owned(),
        model: String::new(),
        whosaid: "",
        claims: Vec::new(),
        entities: Vec::new(),
        speakers: Vec::new(),
    }
}
