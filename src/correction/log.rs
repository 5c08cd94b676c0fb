//! Corrections in the order of their replay, each once, with what was taken back.

use std::collections::{HashMap, HashSet};

use super::edit::{Correction, Edit};
use crate::order::sort_by_key;

/// A correction at its place in the log.
#[derive(Debug)]
pub(super) struct Step<'a> {
    pub correction: &'a Correction,
    /// Whether a later correction, itself not undone, takes it back.
    pub undone: bool,
    /// Whether the correction that it takes back stands before it; true where it takes none back.
    pub finds: bool,
}

/// The log in the order of its replay.
pub(super) fn steps(corrections: &[Correction]) -> Vec<Step<'_>> {
    let mut order: Vec<&Correction> = corrections.iter().collect();
    // Time and edit decide between corrections that share an id: the order in which they were given never does.
    sort_by_key(&mut order, |correction| {
        (correction.lamport, &correction.actor, &correction.id, &correction.time, &correction.edit)
    });
    let mut ids = HashSet::new();
    order.retain(|correction| ids.insert(&correction.id));

    let places: HashMap<&str, usize> =
        order.iter().enumerate().map(|(place, correction)| (correction.id.as_str(), place)).collect();
    let mut undone = vec![false; order.len()];
    let mut finds = vec![true; order.len()];
    // From the end: an undo reaches back only, so that whether it holds itself is known when its turn comes.
    for (place, correction) in order.iter().enumerate().rev() {
        let Edit::Undo { correction } = &correction.edit else { continue };
        match places.get(correction.as_str()) {
            Some(&target) if target < place => undone[target] |= !undone[place],
            _ => finds[place] = false,
        }
    }
    let flags = undone.into_iter().zip(finds);
    order.into_iter().zip(flags).map(|(correction, (undone, finds))| Step { correction, undone, finds }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log of "ID" (an add), "ID undoes ID", each with the lamport time of its place in the list.
    fn log(entries: &[&str]) -> Vec<Correction> {
        let correction = |(lamport, entry): (usize, &&str)| {
            let (id, undoes) = entry.split_once(" undoes ").map_or((*entry, None), |(id, target)| (id, Some(target)));
            Correction {
                id: id.to_owned(),
                actor: "me".to_owned(),
                lamport: lamport as u32,
                time: String::new(),
                edit: undoes.map_or(
                    Edit::Add {
                        target: super::super::Target::default(),
                        mark: crate::scheme::Mark::Person,
                        everywhere: false,
                    },
                    |target| Edit::Undo { correction: target.to_owned() },
                ),
            }
        };
        entries.iter().enumerate().map(correction).collect()
    }

    #[test]
    fn what_holds() {
        // log, what is undone, what undoes nothing that stands before it
        let table: [(&[&str], &[&str], &[&str]); 9] = [
            (&[], &[], &[]),
            (&["a", "b"], &[], &[]),
            (&["a", "b undoes a"], &["a"], &[]),
            (&["a", "b undoes a", "c undoes b"], &["b"], &[]),
            (&["a", "b undoes a", "c undoes b", "d undoes c"], &["a", "c"], &[]),
            (&["a", "b undoes a", "c undoes a", "d undoes b"], &["a", "b"], &[]),
            (&["a undoes b", "b"], &[], &["a"]),
            (&["a undoes a", "b undoes nothing"], &[], &["a", "b"]),
            (&["a undoes b", "b undoes a"], &["a"], &["a"]),
        ];
        for (entries, undone, lost) in table {
            let corrections = log(entries);
            let steps = steps(&corrections);
            let ids = |wanted: fn(&Step<'_>) -> bool| -> Vec<&str> {
                steps.iter().filter(|step| wanted(step)).map(|step| step.correction.id.as_str()).collect()
            };
            assert_eq!(ids(|step| step.undone), undone, "{entries:?}");
            assert_eq!(ids(|step| !step.finds), lost, "{entries:?}");
        }
    }

    #[test]
    fn order_is_by_lamport_then_actor_then_id_and_an_id_counts_once() {
        let mut corrections = log(&["a", "b", "c", "d"]);
        corrections[3].lamport = 0;
        corrections[3].actor = "before me".to_owned();
        corrections[1].lamport = 2;
        corrections.push(Correction { lamport: 9, ..corrections[0].clone() });
        corrections.reverse();
        let ids: Vec<&str> = steps(&corrections).iter().map(|step| step.correction.id.as_str()).collect();
        assert_eq!(ids, ["d", "a", "b", "c"]);
    }

    /// What stands on users' devices: names in here are never changed, and what is added later may be absent.
    const OLD: &str = r#"[
        {"op": "add", "target": {"start": 0, "end": 4, "exact": "Anna"}, "mark": "person"},
        {"op": "delete", "target": {"start": 0, "end": 4, "exact": "Anna", "prefix": "", "suffix": " met"}, "mark": "place"},
        {"op": "relabel", "target": {"start": 0, "end": 4, "exact": "Anna"}, "mark": "institution", "to": "claim"},
        {"op": "attribute", "target": {"start": 0, "end": 4, "exact": "Anna"}, "speaker": "Carl"},
        {"op": "attribute", "target": {"start": 0, "end": 4, "exact": "Anna"}},
        {"op": "merge", "speaker": {"name": "Anna"}, "into": {"name": "Carl", "target": {"start": 0, "end": 4, "exact": "Carl"}}},
        {"op": "split", "target": {"start": 0, "end": 4, "exact": "Anna"}},
        {"op": "rename", "speaker": {"name": "Anna"}, "name": "Ada"},
        {"op": "fact", "speaker": {"name": "Anna"}, "fact": "role", "to": "mayor", "former": true},
        {"op": "fact", "speaker": {"name": "Anna"}, "fact": "affiliation", "from": "Grebe"},
        {"op": "classify", "speaker": {"name": "Anna"}, "kind": "person"},
        {"op": "undo", "correction": "me:1"},
        {"op": "respan", "target": {"start": 0, "end": 4, "exact": "Anna"}, "mark": "claim", "to": {"start": 0, "end": 8, "exact": "Anna met"}},
        {"op": "qualify", "target": {"start": 0, "end": 4, "exact": "Anna"}, "kind": "denial", "form": "mixed"}
    ]"#;

    #[test]
    fn an_old_log_is_read() {
        let old: Vec<serde_json::Value> = serde_json::from_str(OLD).expect("it is JSON");
        for edit in old {
            let read: Edit = serde_json::from_value(edit.clone()).unwrap_or_else(|error| panic!("{edit}: {error}"));
            let written = serde_json::to_value(&read).expect("an edit is JSON");
            assert_eq!(written["op"], edit["op"]);
            let again: Edit = serde_json::from_value(written).expect("what is written is read");
            assert_eq!(again, read);
        }
    }
}
