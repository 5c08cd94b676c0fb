//! What the user has said of claims: that they are right, or none.

use std::collections::HashSet;

use crate::analysis::Analysis;
use crate::claim::Claim;
use crate::correction::Revision;
use crate::scheme::Origin;
use crate::span::{Places, Span};

/// The claims that were found and are none, as far as the user has said so.
pub(super) fn rejected<'a>(found: &'a Analysis, revision: &'a Revision) -> impl Iterator<Item = &'a Claim> {
    let kept = &revision.analysis.claims;
    let cues: HashSet<Span> = kept.iter().filter_map(|claim| claim.cue).collect();
    let extents: Places<()> = kept.iter().map(|claim| (claim.extent(), ())).collect();
    let is_kept =
        move |claim: &Claim, cue: &Span| cues.contains(cue) || extents.overlapping(claim.extent()).next().is_some();
    found.claims.iter().filter(move |claim| claim.cue.is_some_and(|cue| !is_kept(claim, &cue)))
}

/// The claims that the user said are right, or put there.
pub(super) fn right(revision: &Revision) -> impl Iterator<Item = &Claim> {
    let claims = revision.analysis.claims.iter();
    claims.filter(|claim| claim.origin == Origin::User)
}
