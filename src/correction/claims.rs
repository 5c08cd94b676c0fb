//! The claims of an article while corrections are applied to them, found by where they stand.

use std::collections::HashMap;

use crate::claim::Claim;
use crate::order::sort;
use crate::span::Span;

/// A claim while corrections are applied.
#[derive(Debug, Clone)]
pub(super) struct Marked {
    pub claim: Claim,
    /// The step of the log that says who makes it.
    pub chosen: Option<usize>,
    /// Its index in the analysis that was corrected; none for a new one.
    pub index: Option<usize>,
}

/// The claims in the order in which they were found or made, and by their extent.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// A claim that was taken away leaves its place empty.
    pub all: Vec<Option<Marked>>,
    by_extent: HashMap<Span, Vec<usize>>,
}

impl Claims {
    pub(super) fn push(&mut self, marked: Marked) {
        self.by_extent.entry(marked.claim.extent()).or_default().push(self.all.len());
        self.all.push(Some(marked));
    }

    /// Changes the claims of an extent; whether there are any. One whose extent changes is found by the new one.
    pub(super) fn change(&mut self, extent: Span, mut change: impl FnMut(&mut Marked)) -> bool {
        let places = self.by_extent.remove(&extent).unwrap_or_default();
        let found = !places.is_empty();
        for place in places {
            let Some(marked) = &mut self.all[place] else { continue };
            change(marked);
            let now = self.by_extent.entry(marked.claim.extent()).or_default();
            now.push(place);
            sort(now);
        }
        found
    }

    /// Takes the claims of an extent away; whether there were any.
    pub(super) fn take(&mut self, extent: Span) -> bool {
        let places = self.by_extent.remove(&extent).unwrap_or_default();
        for &place in &places {
            self.all[place] = None;
        }
        !places.is_empty()
    }
}

/// Makes each continuation go on from the claim that stands before it now: where that was taken away, from the one which
/// that went on from.
pub(super) fn relink(marked: &mut [Marked], before: &[Claim]) {
    let mut places = vec![None; before.len()];
    for (place, index) in marked.iter().enumerate().filter_map(|(place, one)| Some((place, one.index?))) {
        places[index] = Some(place as u32);
    }
    for index in 0..before.len() {
        let from = before[index].continues.filter(|&from| (from as usize) < index);
        places[index] = places[index].or_else(|| from.and_then(|from| places[from as usize]));
    }
    for Marked { claim, .. } in marked {
        claim.continues = claim.continues.and_then(|from| *places.get(from as usize)?);
    }
}
