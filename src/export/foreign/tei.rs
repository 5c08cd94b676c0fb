//! TEI P5 (<https://tei-c.org/guidelines/p5/>): the article in `<p>`, claims as `<said who="#p1" direct="false">`, names as
//! `<persName ref="#p1">`, `<orgName>` and `<placeName>`, and who they are in `<listPerson>`, institutions in `<listOrg>`. A claim
//! inside another one is a `<said>` inside it. What is in parts, crosses another mark or the end of a paragraph is split, and
//! chained by `next` and `prev`. It has no places, since the text itself is marked.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::layer::{CLAIM, CUE, HAS_CUE, HAS_SOURCE, Layer, Points, SOURCE, SPEAKER, Written, lost};
use super::told::{Piece, escaped, paragraphs, pieces, rendered};

pub(super) fn write(layer: &Layer) -> Written {
    let points = Points::new(&layer.text);
    let told = layer.told();
    let mut ids: BTreeMap<usize, String> = BTreeMap::new();
    for mark in (0..layer.marks.len()).filter(|&mark| layer.marks[mark].label == SPEAKER) {
        let number = ids.len() + 1;
        ids.entry(layer.first(mark)).or_insert_with(|| format!("p{number}"));
    }
    let marks: Vec<usize> =
        (0..layer.marks.len()).filter(|&mark| ![SOURCE, CUE].contains(&layer.marks[mark].label.as_str())).collect();
    let pages: Vec<_> =
        paragraphs(&layer.text).into_iter().map(|place| (place, pieces(layer, &marks, place))).collect();
    // How many pieces a mark has, and which of them an element is: paragraph and place there.
    let mut chain: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (page, (_, pieces)) in pages.iter().enumerate() {
        for (index, piece) in pieces.iter().enumerate() {
            chain.entry(piece.mark).or_default().push((page, index));
        }
    }
    let element = |piece: &Piece| match layer.marks[piece.mark].label.as_str() {
        CLAIM => "said",
        SPEAKER if layer.note(piece.mark, "label") == "person" => "persName",
        SPEAKER if layer.note(piece.mark, "label") == "place" => "placeName",
        "Person" => "persName",
        SPEAKER | "Institution" => "orgName",
        "Place" => "placeName",
        _ => "seg",
    };
    let open = |page: usize, index: usize, piece: &Piece| {
        let mark = piece.mark;
        let mut tag = format!("<{}", element(piece));
        if let Some(claim) = told.iter().find(|claim| claim.mark == mark) {
            if let Some(id) = claim.speaker.and_then(|first| ids.get(&first)) {
                let _ = write!(tag, " who=\"#{id}\"");
            }
            let _ = write!(tag, " direct=\"{}\"", layer.note(mark, "form") == "direct");
            let kind = layer.note(mark, "kind");
            if !kind.is_empty() {
                let _ = write!(tag, " ana=\"#{}\"", escaped(kind));
            }
        } else if let Some(id) = ids.get(&layer.first(mark)) {
            let _ = write!(tag, " ref=\"#{id}\"");
        } else if element(piece) == "seg" {
            let _ = write!(tag, " type=\"{}\"", escaped(&layer.marks[mark].label));
        }
        let links = &chain[&mark];
        if links.len() > 1 {
            let at = links.iter().position(|&place| place == (page, index)).unwrap_or_default();
            let _ = write!(tag, " xml:id=\"m{mark}.{at}\"");
            if at > 0 {
                let _ = write!(tag, " prev=\"#m{mark}.{}\"", at - 1);
            }
            if at + 1 < links.len() {
                let _ = write!(tag, " next=\"#m{mark}.{}\"", at + 1);
            }
        }
        tag + ">"
    };
    let mut body = String::new();
    for (page, (place, pieces)) in pages.iter().enumerate() {
        let close = |piece: &Piece| format!("</{}>", element(piece));
        let words = rendered(&points, *place, pieces, |index, piece| open(page, index, piece), close);
        let _ = writeln!(body, "      <p>{words}</p>");
    }
    let file = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n  <teiHeader>\n    <fileDesc>\n      \
         <titleStmt><title>Who says what</title></titleStmt>\n      <publicationStmt><p>Written by whosaid {}.</p></publicationStmt>\n      \
         <sourceDesc><p>The text of a news article.</p></sourceDesc>\n    </fileDesc>\n{}  </teiHeader>\n  <text>\n    <body>\n{body}    \
         </body>\n  </text>\n</TEI>\n",
        env!("CARGO_PKG_VERSION"),
        participants(layer, &points, &ids)
    );
    let of = |label: &str| layer.marks.iter().filter(|mark| mark.label == label).count();
    let links = layer.links.iter().filter(|link| [HAS_SOURCE, HAS_CUE].contains(&link.label.as_str())).count();
    let gone = [
        lost("marks of sources and cues", of(SOURCE) + of(CUE)),
        lost("links to sources and cues", links),
        lost("confidences of claims", told.len()),
    ];
    Written { file, lost: gone.into_iter().flatten().collect() }
}

/// Who speaks.
fn participants(layer: &Layer, points: &Points<'_>, ids: &BTreeMap<usize, String>) -> String {
    let (mut people, mut institutions) = (String::new(), String::new());
    for (&first, id) in ids {
        let name = escaped(&layer.name(points, first));
        if layer.note(first, "label") == "person" {
            let facts =
                [("roles", "occupation"), ("affiliations", "affiliation")].into_iter().flat_map(|(note, element)| {
                    let all = layer.note(first, note).split("; ").filter(|fact| !fact.is_empty());
                    all.map(move |fact| format!("<{element}>{}</{element}>", escaped(fact)))
                });
            let facts: String = facts.collect();
            let _ = writeln!(people, "          <person xml:id=\"{id}\"><persName>{name}</persName>{facts}</person>");
        } else {
            let _ = writeln!(institutions, "          <org xml:id=\"{id}\"><orgName>{name}</orgName></org>");
        }
    }
    let list = |element: &str, all: String| {
        if all.is_empty() { all } else { format!("        <{element}>\n{all}        </{element}>\n") }
    };
    let all = list("listPerson", people) + &list("listOrg", institutions);
    if all.is_empty() {
        all
    } else {
        format!("    <profileDesc>\n      <particDesc>\n{all}      </particDesc>\n    </profileDesc>\n")
    }
}
