//! UIMA CAS JSON 0.4 (<https://github.com/apache/uima-uimaj-io-jsoncas>), which `INCEpTION` imports: places in UTF-16 code units.
//! A mark is a `whosaid.Mark` with its notes as features, and one more for each further part, joined by a link `NextPart`. A
//! link is a `whosaid.Link` with the features `Governor` and `Dependent`, as relations are there.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::layer::{Layer, Link, Mark, Written};
use crate::lang::identify::identify;
use crate::span::Units;

const MARK: &str = "whosaid.Mark";
const LINK: &str = "whosaid.Link";

/// A type of annotations with features, each of them a range.
fn annotation(name: &str, features: &[(&str, &str)]) -> Value {
    let mut one = json!({"%NAME": name, "%SUPER_TYPE": "uima.tcas.Annotation"});
    for (feature, range) in features {
        one[*feature] = json!({"%NAME": feature, "%RANGE": range});
    }
    one
}

pub(super) fn write(layer: &Layer) -> Written {
    const TEXT: &str = "uima.cas.String";
    let flat = layer.flat();
    let units = Units::new(&flat.text);
    let names: BTreeSet<&str> = flat.marks.iter().flat_map(|mark| mark.notes.keys().map(String::as_str)).collect();
    // A note that is called like a feature that every annotation has would take its place.
    let feature = |name: &str| {
        if ["begin", "end", "sofa", "Label"].contains(&name) { format!("note-{name}") } else { name.to_owned() }
    };
    let names: Vec<String> = names.into_iter().map(feature).collect();
    let features: Vec<(&str, &str)> =
        [("Label", TEXT)].into_iter().chain(names.iter().map(|name| (name.as_str(), TEXT))).collect();
    let types = json!({
        MARK: annotation(MARK, &features),
        LINK: annotation(LINK, &[("Label", TEXT), ("Governor", MARK), ("Dependent", MARK)]),
    });
    let span = |mark: &Mark| units.span_of_code_points(mark.parts[0][0], mark.parts[0][1]);
    let mut all = vec![
        json!({"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text/plain", "sofaString": flat.text}),
        json!({"%ID": 2, "%TYPE": "uima.tcas.DocumentAnnotation", "@sofa": 1, "begin": 0, "end": units.len(), "language": identify(&flat.text)}),
    ];
    for (id, mark) in (3..).zip(&flat.marks) {
        let span = span(mark);
        let mut one = Map::new();
        for (name, value) in &mark.notes {
            one.insert(feature(name), value.as_str().into());
        }
        for (name, value) in
            [("%ID", json!(id)), ("%TYPE", MARK.into()), ("@sofa", 1.into()), ("Label", mark.label.as_str().into())]
        {
            one.insert(name.to_owned(), value);
        }
        one.insert("begin".to_owned(), span.start.into());
        one.insert("end".to_owned(), span.end.into());
        all.push(one.into());
    }
    for (number, Link { from, to, label }) in flat.links.iter().enumerate() {
        let (id, dependent) = (3 + flat.marks.len() + number, span(&flat.marks[*to]));
        all.push(json!({"%ID": id, "%TYPE": LINK, "@sofa": 1, "begin": dependent.start, "end": dependent.end,
            "Label": label, "@Governor": 3 + from, "@Dependent": 3 + to}));
    }
    let members: Vec<usize> = (2..=all.len()).collect();
    let cas = json!({
        "%TYPES": types,
        "%FEATURE_STRUCTURES": all,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
    });
    Written { file: serde_json::to_string(&cas).expect("strings, numbers and lists") + "\n", lost: Vec::new() }
}
