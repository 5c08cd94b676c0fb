//! brat standoff (<https://brat.nlplab.org/standoff.html>), FILE.ann beside FILE.txt: places in code points of the .txt, ends
//! exclusive. What is in parts has several places (`T3 Claim 2 8;14 20`), and a place ends before the end of a line. Short
//! notes are attributes; the others, and the parts of what goes over the end of a line, stand as JSON in an annotator's note.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::layer::{Found, Layer, Link, Mark, Named, Place, Points, Written, capital, lost};

/// The notes that are attributes, each one word of a list.
const ATTRIBUTES: [&str; 8] = ["form", "kind", "origin", "label", "mention", "speaker", "sector", "anonymous"];

/// What a note says of the parts of a mark that goes over the end of a line.
const PARTS: &str = "parts";

/// A place without the ends of lines in it.
fn fragments(points: &Points<'_>, place: Place) -> Vec<Place> {
    let mut all = Vec::new();
    let mut start = place[0];
    for (at, character) in (place[0]..).zip(points.slice(place).chars().chain(['\n'])) {
        if matches!(character, '\n' | '\r') {
            if start < at {
                all.push([start, at]);
            }
            start = at + 1;
        }
    }
    all
}

fn all_fragments(points: &Points<'_>, parts: &[Place]) -> Vec<Place> {
    parts.iter().flat_map(|&part| fragments(points, part)).collect()
}

pub(super) fn write(layer: &Layer) -> Written {
    let points = Points::new(&layer.text);
    let (mut file, mut attributes, mut empty) = (String::new(), 0, Vec::new());
    for (number, Mark { parts, label, notes }) in (1..).zip(&layer.marks) {
        let lines = all_fragments(&points, parts);
        if lines.is_empty() {
            empty.push(number - 1);
            continue;
        }
        let places: Vec<String> = lines.iter().map(|[start, end]| format!("{start} {end}")).collect();
        let _ = writeln!(file, "T{number}\t{} {}\t{}", ascii(label), places.join(";"), points.joined(&lines, " "));
        let mut more: BTreeMap<&str, serde_json::Value> = BTreeMap::new();
        for (name, value) in notes {
            if ATTRIBUTES.contains(&name.as_str())
                && !value.is_empty()
                && value.bytes().all(|byte| byte.is_ascii_alphanumeric())
            {
                attributes += 1;
                let _ = writeln!(file, "A{attributes}\t{} T{number} {value}", capital(name));
            } else {
                more.insert(name, value.as_str().into());
            }
        }
        if lines != *parts {
            more.insert(PARTS, parts.iter().map(|part| part.to_vec()).collect());
        }
        if !more.is_empty() {
            let more = serde_json::to_string(&more).expect("strings and numbers");
            let _ = writeln!(file, "#{number}\tAnnotatorNotes T{number}\t{more}");
        }
    }
    let has_both = |link: &&Link| !empty.contains(&link.from) && !empty.contains(&link.to);
    for (number, Link { from, to, label }) in (1..).zip(layer.links.iter().filter(has_both)) {
        let _ = writeln!(file, "R{number}\t{} Arg1:T{} Arg2:T{}", ascii(label), from + 1, to + 1);
    }
    Written { file, lost: lost("marks of nothing but ends of lines", empty.len()).into_iter().collect() }
}

/// A type as brat allows it.
fn ascii(label: &str) -> String {
    label.chars().map(|letter| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' }).collect()
}

pub(super) fn read(file: &str, text: Option<&str>) -> Result<Vec<Found>, String> {
    let text =
        text.ok_or("brat keeps the text in a file of its own: put the .txt beside the .ann, or name it by --text")?;
    let points = Points::new(text);
    let mut named = Named::new(text);
    // Marks come first: what speaks of them may stand before them.
    let lines: Vec<(usize, &str)> = (1..).zip(file.trim_start_matches('\u{feff}').lines()).collect();
    for &(number, line) in lines.iter().filter(|(_, line)| line.starts_with('T')) {
        let fields: Vec<&str> = line.splitn(3, '\t').collect();
        let mark = (|| {
            let [id, what, words] = fields[..] else { return None };
            let (label, places) = what.split_once(' ')?;
            let place = |place: &str| {
                let (start, end) = place.split_once(' ')?;
                Some([start.parse().ok()?, end.parse().ok()?])
            };
            Some((id, label, words, places.split(';').map(place).collect::<Option<Vec<Place>>>()?))
        })();
        let (id, label, words, places) = mark.ok_or_else(|| {
            format!(
                "line {number}: \"{line}\" is no mark: T1, a tab, its type and places (Claim 2 20), a tab, its words"
            )
        })?;
        let good = places.iter().all(|&[start, end]| start < end && end <= points.len());
        let found = match &places[..] {
            _ if good && points.joined(&places, " ") == words => Some(places),
            &[place] => points.anchor(place, words, "", "").map(|place| vec![place]),
            _ => None,
        };
        named.mark(id, words, label, found);
    }
    for &(_, line) in lines.iter().filter(|(_, line)| !line.starts_with('T') && !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split(['\t', ' ']).collect();
        match (line.chars().next(), &fields[..]) {
            (Some('A' | 'M'), [_, name, mark]) => named.note(mark, &name.to_lowercase(), "true"),
            (Some('A' | 'M'), [_, name, mark, value]) => named.note(mark, &name.to_lowercase(), value),
            (Some('R'), [_, label, from, to, ..]) => {
                let name = |argument: &str| argument.split_once(':').map_or(argument, |(_, mark)| mark).to_owned();
                named.link(&name(from), &name(to), label);
            }
            (Some('#'), [_, _, mark, ..]) => {
                let note = line.splitn(3, '\t').nth(2).unwrap_or_default();
                match serde_json::from_str::<BTreeMap<String, serde_json::Value>>(note) {
                    Err(_) => named.note(mark, "note", note),
                    Ok(notes) => {
                        for (name, value) in notes {
                            named.note(mark, &name, value.as_str().unwrap_or(&value.to_string()));
                        }
                    }
                }
            }
            (Some('E'), _) => named.lose("events".to_owned()),
            (Some('*'), _) => named.lose("equivalences".to_owned()),
            (Some('N'), _) => named.lose("normalisations".to_owned()),
            _ => named.lose("lines of an unknown sort".to_owned()),
        }
    }
    for mark in named.marks() {
        let parts = mark.notes.remove(PARTS).and_then(|parts| serde_json::from_str::<Vec<Place>>(&parts).ok());
        // Whoever moved the mark in brat did not move the note.
        if let Some(parts) = parts.filter(|parts| all_fragments(&points, parts) == mark.parts) {
            mark.parts = parts;
        }
    }
    Ok(vec![named.found()])
}
