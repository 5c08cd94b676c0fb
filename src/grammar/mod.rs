//! Candidates -> candidates: corrects the network's claims where marks, layout or grammar say plainly who speaks.
//!
//! Each file holds the rules of one kind and changes the claims of a [`Page`]. They run in the order of [`settle`].

mod aside;
mod listed;
mod page;
mod passive;
mod phrase;
mod quotation;
mod source;
mod tag;
mod told;

#[cfg(test)]
mod tests;

use crate::entity::Mention;
use crate::model::{Candidate, Words};
use crate::span::Run;
use page::Page;

/// The claims of an article, corrected.
pub(crate) struct Settled {
    pub candidates: Vec<Candidate>,
    /// Quotations of whole sentences that no claim holds: they go on from the claim before, or nobody is told to speak them.
    pub alone: Vec<Run>,
}

/// Corrects the claims of an article whose names are known.
pub(crate) fn settle(words: &Words<'_, '_>, mentions: &[Mention], candidates: Vec<Candidate>) -> Settled {
    let mut page = Page::new(words, mentions, candidates);
    source::trim(&mut page);
    passive::passives(&mut page);
    told::told(&mut page);
    told::said(&mut page);
    told::leads(&mut page);
    told::others(&mut page);
    aside::asides(&mut page);
    quotation::narration(&mut page);
    quotation::nested(&mut page);
    quotation::quotations(&mut page);
    listed::signed(&mut page);
    listed::headed(&mut page);
    told::posts(&mut page);
    let alone = std::mem::take(&mut page.alone);
    Settled { candidates: page.finish(), alone }
}
