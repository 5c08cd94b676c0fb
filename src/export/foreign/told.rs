//! A layer for those who read it: who says each claim, and marks as elements that nest.

use std::cmp::Reverse;

use super::layer::{ATTRIBUTED_TO, CLAIM, HAS_CUE, HAS_SOURCE, INSIDE, Layer, Place, Points, SAME_AS};
use crate::lang::ENGLISH;
use crate::order::sort_by_key;
use crate::span::Span;
use crate::text::{Article, Paragraph};

/// A claim, by the marks that tell of it.
pub(super) struct Told {
    /// Its own.
    pub(super) mark: usize,
    /// The first mention of who makes it.
    pub(super) speaker: Option<usize>,
    pub(super) source: Option<usize>,
    pub(super) cue: Option<usize>,
    /// The claim that it is told in.
    pub(super) inside: Option<usize>,
}

impl Layer {
    /// The claims, in the order of the text.
    pub(super) fn told(&self) -> Vec<Told> {
        let claims = (0..self.marks.len()).filter(|&mark| self.marks[mark].label == CLAIM);
        let told = |mark| Told {
            mark,
            speaker: self.to(mark, ATTRIBUTED_TO).next().map(|mention| self.first(mention)),
            source: self.to(mark, HAS_SOURCE).next(),
            cue: self.to(mark, HAS_CUE).next(),
            inside: self.to(mark, INSIDE).next(),
        };
        claims.map(told).collect()
    }

    /// The first mention of the speaker that a mention refers to.
    pub(super) fn first(&self, mention: usize) -> usize {
        self.to(mention, SAME_AS).next().unwrap_or(mention)
    }

    /// What is told of a mark; empty where nothing is.
    pub(super) fn note(&self, mark: usize, name: &str) -> &str {
        self.marks[mark].note(name)
    }

    /// The name of the speaker whose first mention this is. `points` are those of the text, here and below.
    pub(super) fn name(&self, points: &Points<'_>, first: usize) -> String {
        let name = self.note(first, "name");
        if name.is_empty() { points.joined(&self.marks[first].parts, " ") } else { name.to_owned() }
    }

    /// What is said, its parts joined by " … ".
    pub(super) fn said(&self, points: &Points<'_>, claim: usize) -> String {
        points.joined(&self.marks[claim].parts, " … ")
    }

    /// Who says a claim: by name, or else by the words of its source.
    pub(super) fn who(&self, points: &Points<'_>, told: &Told) -> Option<String> {
        let of_source = || told.source.map(|source| points.joined(&self.marks[source].parts, " "));
        told.speaker.map(|first| self.name(points, first)).or_else(of_source)
    }
}

/// A piece of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) place: Place,
    pub(super) mark: usize,
}

/// Pieces that nest: where two cross, the later one is cut at the end of the earlier.
pub(super) fn nested(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let order = |piece: &Piece| Reverse((piece.place[0], Reverse(piece.place[1]), piece.mark));
    sort_by_key(&mut pieces, order);
    let (mut open, mut all): (Vec<usize>, Vec<Piece>) = (Vec::new(), Vec::new());
    // The next one is the last.
    while let Some(mut piece) = pieces.pop() {
        open.retain(|&end| end > piece.place[0]);
        let end = open.iter().copied().min().unwrap_or(usize::MAX);
        if piece.place[1] > end {
            let rest = Piece { place: [end, piece.place[1]], ..piece };
            let at = pieces.partition_point(|other| order(other) < order(&rest));
            pieces.insert(at, rest);
            piece.place[1] = end;
        }
        open.push(piece.place[1]);
        all.push(piece);
    }
    all
}

/// The words of a place with nested pieces as elements.
pub(super) fn rendered(
    points: &Points<'_>,
    within: Place,
    pieces: &[Piece],
    open: impl Fn(usize, &Piece) -> String,
    close: impl Fn(&Piece) -> String,
) -> String {
    let mut out = String::new();
    let mut at = within[0];
    let mut stack: Vec<&Piece> = Vec::new();
    let here = pieces.iter().enumerate();
    for (index, piece) in here.filter(|(_, piece)| within[0] <= piece.place[0] && piece.place[1] <= within[1]) {
        while let Some(done) = stack.pop_if(|top| top.place[1] <= piece.place[0]) {
            out += &escaped(points.slice([at, done.place[1]]));
            out += &close(done);
            at = done.place[1];
        }
        out += &escaped(points.slice([at, piece.place[0]]));
        out += &open(index, piece);
        at = piece.place[0];
        stack.push(piece);
    }
    while let Some(done) = stack.pop() {
        out += &escaped(points.slice([at, done.place[1]]));
        out += &close(done);
        at = done.place[1];
    }
    out + &escaped(points.slice([at, within[1]]))
}

/// A text as XML and HTML write it; characters that XML cannot hold become U+FFFD.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' | '\n' | '\r' => out.push(character),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out
}

/// The paragraphs of a text.
pub(super) fn paragraphs(text: &str) -> Vec<Place> {
    let article = Article::new(text, &ENGLISH);
    let points = |span: Span| article.units.code_points(span);
    let place = |paragraph: &Paragraph| points(article.span(paragraph.tokens));
    article.paragraphs.iter().map(place).map(|range| [range.start, range.end]).collect()
}

/// What of some marks stands in a place, each part a piece.
pub(super) fn pieces(layer: &Layer, marks: &[usize], within: Place) -> Vec<Piece> {
    let all = marks.iter().flat_map(|&mark| layer.marks[mark].parts.iter().map(move |&part| (mark, part)));
    let cut = |(mark, [start, end]): (usize, Place)| Piece { place: [start.max(within[0]), end.min(within[1])], mark };
    nested(all.map(cut).filter(|piece| piece.place[0] < piece.place[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_that_cross_are_cut_and_those_that_nest_are_not() {
        let piece = |start, end, mark| Piece { place: [start, end], mark };
        let crossing = vec![piece(4, 9, 1), piece(0, 6, 0), piece(4, 5, 2), piece(7, 8, 3), piece(0, 6, 4)];
        let expected = [piece(0, 6, 0), piece(0, 6, 4), piece(4, 6, 1), piece(4, 5, 2), piece(6, 9, 1), piece(7, 8, 3)];
        assert_eq!(nested(crossing.clone()), expected);
        let text = "a<b & c\0d";
        let points = Points::new(text);
        let letter = |piece: &Piece| char::from(b'a' + piece.mark as u8);
        let open = |_, piece: &Piece| format!("<{}>", letter(piece));
        let shown = rendered(&points, [0, 9], &nested(crossing), open, |piece| format!("</{}>", letter(piece)));
        assert_eq!(shown, "<a><e>a&lt;b <b><c>&amp;</c> </b></e></a><b>c<d>\u{fffd}</d>d</b>");
    }
}
