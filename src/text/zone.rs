//! Paragraphs -> the parts of the page that they belong to.

use super::{Token, Zone};
use crate::span::Run;

/// A paragraph's zone, and where its text proper starts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Zoned {
    /// The part of the page.
    pub zone: Zone,
    /// The first token after a dateline, or the paragraph's first.
    pub body_from: usize,
}

/// The zone of every paragraph.
pub(super) fn zones(_text: &str, tokens: &[Token], paragraphs: &[Run]) -> Vec<Zoned> {
    let mut zones: Vec<Zoned> =
        paragraphs.iter().map(|paragraph| Zoned { zone: Zone::Body, body_from: paragraph.start }).collect();
    if let ([first, ..], [headline, _, ..]) = (&mut zones[..], paragraphs) {
        let length = tokens[headline.end - 1].bytes.1 - tokens[headline.start].bytes.0;
        if length < 140 {
            first.zone = Zone::Headline;
        }
    }
    zones
}
