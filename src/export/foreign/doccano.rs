//! doccano (<https://doccano.github.io/doccano/>), JSONL of a project for sequence labelling with relations: an article a line,
//! places in code points. What is in parts is as many entities, joined by the relation `NextPart`. Notes have no place there.
//! A project without relations writes its marks as lists, `"label": [[0, 4, "Person"]]`: they are read too.

use serde::{Deserialize, Serialize};

use super::layer::{Found, Layer, Link, Mark, Named, Written, lines, lost};

#[derive(Serialize, Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    entities: Vec<Entity>,
    #[serde(default, alias = "labels", skip_serializing)]
    label: Vec<(usize, usize, String)>,
    #[serde(default)]
    relations: Vec<Relation>,
}

#[derive(Serialize, Deserialize)]
struct Entity {
    id: u64,
    start_offset: usize,
    end_offset: usize,
    label: String,
}

#[derive(Serialize, Deserialize)]
struct Relation {
    id: u64,
    from_id: u64,
    to_id: u64,
    #[serde(rename = "type")]
    label: String,
}

pub(super) fn write(layer: &Layer) -> Written {
    let flat = layer.flat();
    let entity = |(id, Mark { parts, label, .. }): (u64, &Mark)| {
        let [start_offset, end_offset] = parts[0];
        Entity { id, start_offset, end_offset, label: label.clone() }
    };
    let relation = |(id, Link { from, to, label }): (u64, &Link)| Relation {
        id,
        from_id: *from as u64 + 1,
        to_id: *to as u64 + 1,
        label: label.clone(),
    };
    let line = Line {
        text: flat.text.clone(),
        entities: (1..).zip(&flat.marks).map(entity).collect(),
        label: Vec::new(),
        relations: (1..).zip(&flat.links).map(relation).collect(),
    };
    let notes = layer.marks.iter().map(|mark| mark.notes.len()).sum();
    Written {
        file: serde_json::to_string(&line).expect("strings, numbers and lists") + "\n",
        lost: lost("notes of marks: form, kind, confidence, origin, and of speakers names, labels, roles", notes)
            .into_iter()
            .collect(),
    }
}

pub(super) fn read(file: &str, _: Option<&str>) -> Result<Vec<Found>, String> {
    let all = lines::<Line>(file, r#"{"text": "…", "entities": […], "relations": […]}"#)?;
    let found = |line: Line| {
        let mut named = Named::new(&line.text);
        for Entity { id, start_offset, end_offset, label } in line.entities {
            named.mark(&id.to_string(), "", &label, Some(vec![[start_offset, end_offset]]));
        }
        for (number, (start, end, label)) in line.label.into_iter().enumerate() {
            named.mark(&format!("label {number}"), "", &label, Some(vec![[start, end]]));
        }
        for Relation { from_id, to_id, label, .. } in line.relations {
            named.link(&from_id.to_string(), &to_id.to_string(), &label);
        }
        named.joined()
    };
    Ok(all.into_iter().map(found).collect())
}
