//! A page in HTML that holds all it needs and runs no script, for people: the article with its claims marked, and a table of
//! them. A claim inside another one is an element inside it. `data-start` and `data-end` count code points.

use std::fmt::Write as _;

use super::layer::{CLAIM, Layer, Points, SPEAKER, Written, lost};
use super::markdown::depth;
use super::told::{Piece, escaped, paragraphs, pieces, rendered};
use crate::order::sort;

const HEAD: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Who says what</title>
<style>
:root { color-scheme: light dark; }
body { font: 1.1em/1.6 Georgia, serif; max-width: 42em; margin: 2em auto; padding: 0 1em; }
p { white-space: pre-line; }
mark { background: hsl(var(--hue) 80% 50% / 0.2); color: inherit; border-bottom: 2px solid hsl(var(--hue) 60% 45%); }
table { border-collapse: collapse; font-size: 0.85em; }
th, td { text-align: start; vertical-align: top; padding: 0.3em 0.6em; border-top: 1px solid; }
</style>
</head>
<body>
"#;

pub(super) fn write(layer: &Layer) -> Written {
    let told = layer.told();
    let points = Points::new(&layer.text);
    let claim_of = |mark: usize| told.iter().position(|claim| claim.mark == mark).unwrap_or_default();
    let who = |claim: usize| layer.who(&points, &told[claim]).unwrap_or_default();
    // Hues that stand far apart, one for each speaker.
    let mut speakers: Vec<String> = (0..told.len()).map(who).collect();
    sort(&mut speakers);
    speakers.dedup();
    let hue = |claim: usize| speakers.binary_search(&who(claim)).unwrap_or_default() * 137 % 360;
    let open = |_: usize, piece: &Piece| {
        let claim = claim_of(piece.mark);
        let [start, end] = piece.place;
        let who = escaped(&who(claim));
        format!(
            r#"<mark style="--hue: {}" title="{who}" data-claim="{claim}" data-start="{start}" data-end="{end}">"#,
            hue(claim)
        )
    };
    let marks: Vec<usize> = told.iter().map(|claim| claim.mark).collect();
    let mut file = HEAD.to_owned();
    for paragraph in paragraphs(&layer.text) {
        let pieces = pieces(layer, &marks, paragraph);
        let _ = writeln!(file, "<p>{}</p>", rendered(&points, paragraph, &pieces, open, |_| "</mark>".to_owned()));
    }
    file += "<table>\n<thead><tr><th>Who</th><th>Role</th><th>Kind</th><th>What</th></tr></thead>\n<tbody>\n";
    for (claim, one) in told.iter().enumerate() {
        let role = one.speaker.map_or("", |first| layer.note(first, "roles"));
        let indent = "↳ ".repeat(depth(&told, one));
        let kind = [layer.note(one.mark, "form"), layer.note(one.mark, "kind")].join(" ");
        let cells =
            [format!("{indent}{}", who(claim)), role.to_owned(), kind.trim().to_owned(), layer.said(&points, one.mark)];
        let cells: Vec<String> = cells.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
        let _ = writeln!(file, "<tr>{}</tr>", cells.concat());
    }
    file += "</tbody>\n</table>\n</body>\n</html>\n";
    let others = layer.marks.iter().filter(|mark| mark.label != CLAIM && mark.label != SPEAKER).count();
    let gone = [
        lost("mentions of speakers", layer.marks.iter().filter(|mark| mark.label == SPEAKER).count()),
        lost("marks of sources, cues and names", others),
        lost("confidences of claims", told.len()),
    ];
    Written { file, lost: gone.into_iter().flatten().collect() }
}
