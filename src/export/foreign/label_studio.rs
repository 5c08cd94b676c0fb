//! Label Studio (<https://labelstud.io/guide/export#Label-Studio-JSON-format-of-annotated-tasks>): a list of tasks, places in
//! code points. Marks go in as predictions; those of a person (`annotations`) are read first. Line ends are LF there, as Label
//! Studio counts them. What is in parts is as many regions, joined by the relation `NextPart`; notes stand in a region's
//! `meta`. [`LABELS`] is the labelling configuration whose names match.

use serde::Deserialize;
use serde_json::{Value, json};

use super::layer::{Found, Layer, Link, Mark, Named, Place, Points, Written, lost};

/// The labelling configuration of a project that takes these files.
pub const LABELS: &str = r#"<View>
  <Labels name="label" toName="text">
    <Label value="Claim"/>
    <Label value="Source"/>
    <Label value="Cue"/>
    <Label value="Speaker"/>
    <Label value="Person"/>
    <Label value="Institution"/>
    <Label value="Place"/>
  </Labels>
  <Relations>
    <Relation value="AttributedTo"/>
    <Relation value="HasSource"/>
    <Relation value="HasCue"/>
    <Relation value="Inside"/>
    <Relation value="SameAs"/>
    <Relation value="NextPart"/>
  </Relations>
  <Text name="text" value="$text"/>
</View>
"#;

pub(super) fn write(layer: &Layer) -> Written {
    let (layer, ends) = with_line_feeds(layer);
    let flat = layer.flat();
    let points = Points::new(&flat.text);
    let region = |(number, Mark { parts, label, notes }): (usize, &Mark)| {
        let value =
            json!({"start": parts[0][0], "end": parts[0][1], "text": points.slice(parts[0]), "labels": [label]});
        let mut region = json!({"id": format!("m{number}"), "from_name": "label", "to_name": "text", "type": "labels", "value": value});
        if !notes.is_empty() {
            let notes: Vec<String> = notes.iter().map(|(name, value)| format!("{name}={value}")).collect();
            region["meta"] = json!({"text": notes});
        }
        region
    };
    let relation = |Link { from, to, label }: &Link| json!({"from_id": format!("m{from}"), "to_id": format!("m{to}"), "type": "relation", "direction": "right", "labels": [label]});
    let result: Vec<Value> = flat.marks.iter().enumerate().map(region).chain(flat.links.iter().map(relation)).collect();
    let version = concat!("whosaid ", env!("CARGO_PKG_VERSION"));
    let task = json!({"data": {"text": flat.text}, "predictions": [{"model_version": version, "result": result}]});
    let file = serde_json::to_string(&[task]).expect("strings, numbers and lists") + "\n";
    Written { file, lost: lost("line ends that are not LF", ends).into_iter().collect() }
}

/// The same with LF at the ends of lines, and how many were others.
fn with_line_feeds(layer: &Layer) -> (Layer, usize) {
    let characters: Vec<char> = layer.text.chars().collect();
    // Where each code point stands then.
    let mut places = Vec::with_capacity(characters.len() + 1);
    let (mut text, mut at, mut ends) = (String::new(), 0, 0);
    for (index, &character) in characters.iter().enumerate() {
        places.push(at);
        match character {
            '\r' if characters.get(index + 1) == Some(&'\n') => ends += 1,
            '\r' => {
                text.push('\n');
                (at, ends) = (at + 1, ends + 1);
            }
            _ => {
                text.push(character);
                at += 1;
            }
        }
    }
    places.push(at);
    let part = |&[start, end]: &Place| [places[start], places[end]];
    let mark = |mark: &Mark| {
        let parts = mark.parts.iter().map(part).filter(|[start, end]| start < end).collect();
        Mark { parts, ..mark.clone() }
    };
    (Layer { text, marks: layer.marks.iter().map(mark).collect(), links: layer.links.clone() }, ends)
}

#[derive(Deserialize)]
struct Task {
    data: Value,
    #[serde(default)]
    annotations: Vec<Results>,
    #[serde(default)]
    predictions: Vec<Results>,
}

#[derive(Deserialize)]
struct Results {
    #[serde(default)]
    was_cancelled: bool,
    #[serde(default)]
    result: Vec<Value>,
}

pub(super) fn read(file: &str, _: Option<&str>) -> Result<Vec<Found>, String> {
    let tasks: Vec<Task> = serde_json::from_str(file.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("this is no list of Label Studio's tasks ({error}): export the project as JSON"))?;
    let found = |(number, task): (usize, Task)| {
        let text = task.data["text"].as_str();
        let text =
            text.ok_or_else(|| format!("task {}: there is no data.text: whosaid reads tasks with a text", number + 1))?;
        let points = Points::new(text);
        let mut named = Named::new(text);
        let more = task.annotations.iter().filter(|one| !one.was_cancelled).count().saturating_sub(1);
        let chosen =
            task.annotations.into_iter().find(|one| !one.was_cancelled).or(task.predictions.into_iter().next());
        let result = chosen.map_or(Vec::new(), |chosen| chosen.result);
        (0..more).for_each(|_| named.lose("annotations by others of the same task".to_owned()));
        let field = |region: &Value, name: &str| region[name].as_str().unwrap_or_default().to_owned();
        for region in &result {
            let (id, value) = (field(region, "id"), &region["value"]);
            match region["type"].as_str() {
                Some("relation") => {}
                Some("labels") => {
                    let number = |name: &str| value[name].as_u64().and_then(|number| usize::try_from(number).ok());
                    let given = number("start").zip(number("end")).map(|(start, end)| [start, end]);
                    let words = value["text"].as_str();
                    let place = given.and_then(|place| match words {
                        Some(words) => points.anchor(place, words, "", ""),
                        None => Some(place),
                    });
                    let label = value["labels"][0].as_str().unwrap_or("Label");
                    let found = place.is_some();
                    named.mark(&id, words.unwrap_or_default(), label, place.map(|place| vec![place]));
                    for note in region["meta"]["text"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                        let (name, value) = note.split_once('=').unwrap_or(("note", note));
                        if found {
                            named.note(&id, name, value);
                        }
                    }
                }
                other => named.lose(format!("results of the type {}", other.unwrap_or("none"))),
            }
        }
        for relation in result.iter().filter(|one| one["type"] == "relation") {
            let label = relation["labels"][0].as_str().unwrap_or("Relation");
            named.link(&field(relation, "from_id"), &field(relation, "to_id"), label);
        }
        Ok(named.joined())
    };
    tasks.into_iter().enumerate().map(found).collect()
}
