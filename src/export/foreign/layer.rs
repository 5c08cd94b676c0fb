//! What the files of other tools hold of an article: places with a label, what is told of them, and links between them.

use std::collections::BTreeMap;
use std::fmt;

use crate::order::{sort, sort_by};
use crate::scheme::Label;

/// A half-open place `[start, end)` in Unicode code points.
pub type Place = [usize; 2];

/// The label of what is said, of the words that say whose it is, of those that tell that it is said, and of a mention of
/// somebody who is known as a speaker. Other mentions have the label `Person`, `Institution` or `Place`.
pub const CLAIM: &str = "Claim";
/// See [`CLAIM`].
pub const SOURCE: &str = "Source";
/// See [`CLAIM`].
pub const CUE: &str = "Cue";
/// See [`CLAIM`].
pub const SPEAKER: &str = "Speaker";

/// From a claim to the mention of who makes it.
pub const ATTRIBUTED_TO: &str = "AttributedTo";
/// From a claim to its source.
pub const HAS_SOURCE: &str = "HasSource";
/// From a claim to its cue.
pub const HAS_CUE: &str = "HasCue";
/// From a claim to the one that it is told in.
pub const INSIDE: &str = "Inside";
/// From a mention to the first one of the same speaker.
pub const SAME_AS: &str = "SameAs";
/// From a part of what is said to the next one, in files whose places have a single part.
pub const NEXT_PART: &str = "NextPart";

/// A place with a label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Its parts, in the order of the text; one or more.
    pub parts: Vec<Place>,
    /// What it is, in ASCII: see [`CLAIM`].
    pub label: String,
    /// What is told of it. Of a claim: `form`, `kind`, `confidence`. Of a mention: `label`, `mention` (its form). Of either:
    /// `origin`, where no user made it. Of a
    /// speaker's first mention: `name`, `speaker` (its kind), `sector`, `anonymous`, `roles` and `affiliations` (joined by
    /// "; ").
    pub notes: BTreeMap<String, String>,
}

impl Mark {
    /// What is told of it under a name; empty where nothing is.
    pub(super) fn note(&self, name: &str) -> &str {
        self.notes.get(name).map_or("", String::as_str)
    }

    /// What it names, where it is the mention of a person, an institution or a place.
    pub(super) fn names(&self) -> Option<Label> {
        if self.label == SPEAKER { Label::named(self.note("label")) } else { Label::named(&self.label.to_lowercase()) }
    }
}

/// A link from one mark to another, by their indices.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// From which.
    pub from: usize,
    /// To which.
    pub to: usize,
    /// What it says: see [`ATTRIBUTED_TO`].
    pub label: String,
}

/// An article with its marks and links.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layer {
    /// The article.
    pub text: String,
    /// In the order of the text, after [`Layer::sorted`].
    pub marks: Vec<Mark>,
    /// By the marks that they start from.
    pub links: Vec<Link>,
}

/// Something that a file cannot hold, or that could not be read of one, and how often.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lost {
    /// What, in the plural.
    pub what: String,
    /// How many.
    pub count: usize,
}

impl fmt::Display for Lost {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.what, self.count)
    }
}

/// What is lost, where something is.
pub(super) fn lost(what: &str, count: usize) -> Option<Lost> {
    (count > 0).then(|| Lost { what: what.to_owned(), count })
}

/// A file, and what of the article it does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its content.
    pub file: String,
    /// What it cannot hold.
    pub lost: Vec<Lost>,
}

/// An article in a file, and what of the file was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The article with its marks and links, in order.
    pub layer: Layer,
    /// What has no place in it, or nobody can tell where its words stand.
    pub lost: Vec<Lost>,
}

/// What a file says of its marks while it is read: by the names that it calls them by.
#[derive(Default)]
pub(super) struct Named {
    marks: BTreeMap<String, usize>,
    /// How many code points the text has.
    length: usize,
    layer: Layer,
    lost: Vec<Lost>,
}

impl Named {
    pub(super) fn new(text: &str) -> Self {
        let layer = Layer { text: text.to_owned(), ..Layer::default() };
        Self { layer, length: text.chars().count(), ..Self::default() }
    }

    /// A mark of this name whose parts are found; it is listed where they are not.
    pub(super) fn mark(&mut self, name: &str, words: &str, label: &str, parts: Option<Vec<Place>>) {
        let good = |parts: &Vec<Place>| {
            !parts.is_empty() && parts.iter().all(|&[start, end]| start < end && end <= self.length)
        };
        match parts.filter(good) {
            None => self
                .lose(format!("orphan {name}: its words \"{words}\" do not stand there, or stand in several places")),
            Some(mut parts) => {
                sort(&mut parts);
                let mark = self.layer.mark(label.to_owned(), parts, BTreeMap::new());
                self.marks.insert(name.to_owned(), mark);
            }
        }
    }

    /// Something is told of a mark.
    pub(super) fn note(&mut self, mark: &str, name: &str, value: &str) {
        match self.marks.get(mark) {
            Some(&mark) => _ = self.layer.marks[mark].notes.insert(name.to_owned(), value.to_owned()),
            None => self.lose("notes on what is no mark".to_owned()),
        }
    }

    /// A link between marks.
    pub(super) fn link(&mut self, from: &str, to: &str, label: &str) {
        match (self.marks.get(from), self.marks.get(to)) {
            (Some(&from), Some(&to)) => self.layer.link(from, to, label),
            _ => self.lose("links from or to what is no mark".to_owned()),
        }
    }

    /// Something has no place here.
    pub(super) fn lose(&mut self, what: String) {
        match self.lost.iter_mut().find(|lost| lost.what == what) {
            Some(lost) => lost.count += 1,
            None => self.lost.push(Lost { what, count: 1 }),
        }
    }

    /// The marks as they are read so far.
    pub(super) fn marks(&mut self) -> &mut Vec<Mark> {
        &mut self.layer.marks
    }

    pub(super) fn found(self) -> Found {
        Found { layer: self.layer.sorted(), lost: self.lost }
    }

    /// The same, of a file whose marks have one part each.
    pub(super) fn joined(self) -> Found {
        Found { layer: self.layer.joined(), lost: self.lost }
    }
}

/// The articles of a file with one a line, as JSON.
///
/// # Errors
/// For a line that is no article; the error names the line.
pub(super) fn lines<T: serde::de::DeserializeOwned>(file: &str, shape: &str) -> Result<Vec<T>, String> {
    let lines = file.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(number, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| {
            format!("line {}: {}: every line has to be {shape}", number + 1, crate::export::record::fault(&error))
        })
    };
    lines.map(read).collect()
}

impl Layer {
    pub(super) fn mark(&mut self, label: String, parts: Vec<Place>, notes: BTreeMap<String, String>) -> usize {
        self.marks.push(Mark { parts, label, notes });
        self.marks.len() - 1
    }

    pub(super) fn link(&mut self, from: usize, to: usize, label: &str) {
        self.links.push(Link { from, to, label: label.to_owned() });
    }

    /// The same with marks and links in one order, whatever order a file has them in: by the place, the longer one first.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        let mut order: Vec<usize> = (0..self.marks.len()).collect();
        let key = |&index: &usize| {
            let mark = &self.marks[index];
            let end = mark.parts.last().map_or(0, |part| part[1]);
            (mark.parts.first().map_or(0, |part| part[0]), std::cmp::Reverse(end), mark)
        };
        sort_by(&mut order, |one, other| key(one).cmp(&key(other)));
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, &index)| places[index] = place);
        self.marks = order.iter().map(|&index| self.marks[index].clone()).collect();
        for link in &mut self.links {
            (link.from, link.to) = (places[link.from], places[link.to]);
        }
        sort(&mut self.links);
        self.links.dedup();
        self
    }

    /// The same with marks of one part each: those of several are as many, joined by [`NEXT_PART`]. The first has the notes.
    #[must_use]
    pub fn flat(&self) -> Self {
        let mut flat = Self { text: self.text.clone(), marks: Vec::new(), links: Vec::new() };
        let mut firsts = Vec::new();
        for mark in &self.marks {
            for (number, &part) in mark.parts.iter().enumerate() {
                let notes = if number == 0 { mark.notes.clone() } else { BTreeMap::new() };
                let index = flat.mark(mark.label.clone(), vec![part], notes);
                if number == 0 {
                    firsts.push(index);
                } else {
                    flat.link(index - 1, index, NEXT_PART);
                }
            }
        }
        for Link { from, to, label } in &self.links {
            flat.link(firsts[*from], firsts[*to], label);
        }
        flat
    }

    /// The same with those joined again that [`Layer::flat`] made of one mark.
    #[must_use]
    pub fn joined(mut self) -> Self {
        let next: BTreeMap<usize, usize> =
            self.links.iter().filter(|link| link.label == NEXT_PART).map(|link| (link.from, link.to)).collect();
        let mut gone = vec![false; self.marks.len()];
        for &part in next.values() {
            gone[part] = true;
        }
        for first in (0..self.marks.len()).filter(|&mark| !gone[mark]) {
            let mut at = first;
            while let Some(&part) = next.get(&at) {
                let more = self.marks[part].parts.clone();
                self.marks[first].parts.extend(more);
                at = part;
            }
            sort(&mut self.marks[first].parts);
        }
        self.links.retain(|link| link.label != NEXT_PART && !gone[link.from] && !gone[link.to]);
        let kept: Vec<usize> = (0..self.marks.len()).filter(|&index| !gone[index]).collect();
        let place = |index: usize| kept.binary_search(&index).unwrap_or(0);
        for link in &mut self.links {
            (link.from, link.to) = (place(link.from), place(link.to));
        }
        self.marks = kept.iter().map(|&index| self.marks[index].clone()).collect();
        self.sorted()
    }

    /// The marks that this one's links of a label lead to.
    pub(super) fn to<'l>(&'l self, from: usize, label: &'l str) -> impl Iterator<Item = usize> + 'l {
        self.links.iter().filter(move |link| link.from == from && link.label == label).map(|link| link.to)
    }

    /// The words of a mark, its parts joined by a blank.
    pub fn words(&self, mark: usize) -> String {
        Points::new(&self.text).joined(&self.marks[mark].parts, " ")
    }
}

/// A text by its code points.
pub(super) struct Points<'t> {
    text: &'t str,
    /// Where each one starts, in bytes; the end too.
    starts: Vec<usize>,
}

impl<'t> Points<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let starts = text.char_indices().map(|(start, _)| start).chain([text.len()]).collect();
        Self { text, starts }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn slice(&self, [start, end]: Place) -> &'t str {
        let end = end.min(self.len());
        &self.text[self.starts[start.min(end)]..self.starts[end]]
    }

    /// The words of some places, with this between them.
    pub(super) fn joined(&self, parts: &[Place], between: &str) -> String {
        parts.iter().map(|&part| self.slice(part)).collect::<Vec<_>>().join(between)
    }

    /// All places of some words.
    fn places(&self, words: &str) -> Vec<Place> {
        let length = words.chars().count();
        let found = self.text.match_indices(words).filter_map(|(at, _)| self.starts.binary_search(&at).ok());
        found.map(|start| [start, start + length]).collect()
    }

    /// The place of a mark that a file has here with these words, and with this before and behind it; none where the words
    /// stand elsewhere or nowhere, so that nobody can tell which are meant.
    pub(super) fn anchor(&self, place: Place, words: &str, before: &str, behind: &str) -> Option<Place> {
        if place[0] <= place[1] && place[1] <= self.len() && self.slice(place) == words {
            return Some(place);
        }
        let all = if words.is_empty() { Vec::new() } else { self.places(words) };
        let fits = |place: &&Place| {
            self.text[..self.starts[place[0]]].ends_with(before)
                && self.text[self.starts[place[1]]..].starts_with(behind)
        };
        let fitting: Vec<&Place> = all.iter().filter(fits).collect();
        match fitting[..] {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// A name with a capital.
pub(super) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
