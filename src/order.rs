//! Sorting, compiled once: the standard library's sorts are compiled anew for each type and each key, which was an eighth of
//! the first WebAssembly's code.

use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Sorts some items; those that are equal keep their order.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut places = places(items.len(), &|one, other| compare(&items[one], &items[other]).is_gt());
    // Circle by circle, each item goes to its place.
    for start in 0..places.len() {
        let mut at = start;
        loop {
            let next = std::mem::replace(&mut places[at], at);
            if next == start {
                break;
            }
            items.swap(at, next);
            at = next;
        }
    }
}

/// Sorts some items by a key of each.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts some items.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// A set of some items, put in one by one: to collect them sorts them first.
pub(crate) fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// Per place which of so many items comes to stand there; nothing where each stands there already.
#[inline(never)]
fn places(count: usize, is_after: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    if (1..count).all(|item| !is_after(item - 1, item)) {
        return Vec::new();
    }
    let mut sorted: Vec<usize> = (0..count).collect();
    let mut merged = sorted.clone();
    let mut width = 1;
    while width < count {
        for (from, to) in sorted.chunks(2 * width).zip(merged.chunks_mut(2 * width)) {
            let (mut left, mut right) = from.split_at(width.min(from.len()));
            for place in to {
                let side = match (left, right) {
                    (&[first, ..], &[second, ..]) if is_after(first, second) => &mut right,
                    ([], _) => &mut right,
                    _ => &mut left,
                };
                *place = side[0];
                *side = &side[1..];
            }
        }
        std::mem::swap(&mut sorted, &mut merged);
        width *= 2;
    }
    sorted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn items_are_sorted_and_equal_ones_keep_their_order(keys in prop::collection::vec(0..20_u8, 0..80)) {
            let mut items: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|&(key, _)| key);
            sort_by_key(&mut items, |&(key, _)| key);
            prop_assert_eq!(&items, &expected);
            sort_by(&mut items, |one, other| other.cmp(one));
            expected.sort_by(|one, other| other.cmp(one));
            prop_assert_eq!(&items, &expected);
            sort(&mut items);
            expected.sort_unstable();
            prop_assert_eq!(items, expected);
        }
    }
}
