//! W3C Web Annotation, JSON-LD (<https://www.w3.org/TR/annotation-model/>): a page of annotations. Each mark is one, with a
//! text quote selector and a text position selector for each of its parts, and each link is one with two targets. Positions
//! count code points; the form `w3c-utf16` counts UTF-16 code units, as some tools do, and reading tells the two apart by the
//! words. The text stands in a file of its own, which `source` names.

use serde::Deserialize;
use serde_json::{Value, json};

use super::layer::{CLAIM, Found, Layer, Link, Mark, Named, Place, Points, Written};
use crate::span::{Span, Units};

/// How many code points of context a quote has on either side.
const CONTEXT: usize = 16;

/// The text's file, beside the annotations.
const SOURCE: &str = "article.txt";

pub(super) fn write(layer: &Layer) -> Written {
    file(layer, |place| place)
}

pub(super) fn write_utf16(layer: &Layer) -> Written {
    let units = Units::new(&layer.text);
    file(layer, |[start, end]| {
        let span = units.span_of_code_points(start, end);
        [span.start as usize, span.end as usize]
    })
}

fn file(layer: &Layer, place: impl Fn(Place) -> Place) -> Written {
    let points = Points::new(&layer.text);
    let target = |part: Place| {
        let [start, end] = place(part);
        json!({"source": SOURCE, "selector": [
            {"type": "TextQuoteSelector", "exact": points.slice(part), "prefix": points.slice([part[0].saturating_sub(CONTEXT), part[0]]),
             "suffix": points.slice([part[1], part[1] + CONTEXT])},
            {"type": "TextPositionSelector", "start": start, "end": end},
        ]})
    };
    let text = |purpose: &str, value: &str| json!({"type": "TextualBody", "purpose": purpose, "value": value});
    let mark = |(number, Mark { parts, label, notes }): (usize, &Mark)| {
        let form = notes.get("form").filter(|_| label == CLAIM);
        let what = form.map_or_else(|| label.clone(), |form| format!("claim:{form}"));
        let others = notes.iter().filter(|(name, _)| form.is_none() || *name != "form");
        let body: Vec<Value> = [text("classifying", &what)]
            .into_iter()
            .chain(others.map(|(name, value)| text("describing", &format!("{name}={value}"))))
            .collect();
        let mut targets: Vec<Value> = parts.iter().map(|&part| target(part)).collect();
        let target = if targets.len() == 1 { targets.remove(0) } else { targets.into() };
        json!({"id": format!("#m{number}"), "type": "Annotation", "motivation": "classifying", "body": body, "target": target})
    };
    let link = |(number, Link { from, to, label }): (usize, &Link)| {
        let target = [format!("#m{from}"), format!("#m{to}")];
        json!({"id": format!("#l{number}"), "type": "Annotation", "motivation": "linking", "body": text("tagging", label), "target": target})
    };
    let items: Vec<Value> =
        layer.marks.iter().enumerate().map(mark).chain(layer.links.iter().enumerate().map(link)).collect();
    let page = json!({"@context": "http://www.w3.org/ns/anno.jsonld", "id": "#page", "type": "AnnotationPage", "items": items});
    let file = serde_json::to_string_pretty(&page).expect("strings, numbers and lists") + "\n";
    Written { file, lost: Vec::new() }
}

/// One, or a list.
#[derive(Deserialize, Clone)]
#[serde(untagged)]
enum OneOrMany<T> {
    Many(Vec<T>),
    One(T),
}

impl<T> OneOrMany<T> {
    fn all(self) -> Vec<T> {
        match self {
            Self::Many(all) => all,
            Self::One(one) => vec![one],
        }
    }
}

#[derive(Deserialize)]
struct Annotation {
    #[serde(default)]
    id: String,
    #[serde(default)]
    motivation: Option<OneOrMany<String>>,
    #[serde(default)]
    body: Option<OneOrMany<Value>>,
    target: OneOrMany<Value>,
}

#[derive(Deserialize)]
struct Selector {
    #[serde(rename = "type")]
    sort: String,
    #[serde(default)]
    exact: String,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    suffix: String,
    #[serde(default)]
    start: usize,
    #[serde(default)]
    end: usize,
}

pub(super) fn read(file: &str, text: Option<&str>) -> Result<Vec<Found>, String> {
    let text =
        text.ok_or("Web Annotations keep the text in a file of its own: put the .txt beside it, or name it by --text")?;
    let none =
        |error| format!("this is no Web Annotation ({error}): an annotation, a list of them, or a page with items is");
    let value: Value = serde_json::from_str(file.trim_start_matches('\u{feff}')).map_err(none)?;
    let items = value.get("items").or_else(|| value.pointer("/first/items")).unwrap_or(&value);
    let all: OneOrMany<Annotation> = serde_json::from_value(items.clone()).map_err(none)?;
    let mut named = Named::new(text);
    let (links, marks): (Vec<Annotation>, Vec<Annotation>) = all
        .all()
        .into_iter()
        .partition(|one| one.motivation.clone().is_some_and(|m| m.all().iter().any(|m| m == "linking")));
    let mut ground = Ground { points: Points::new(text), units: Units::new(text), is_utf16: false };
    let mut fitting = [(0, 0); 2];
    for target in marks.iter().flat_map(|mark| mark.target.clone().all()) {
        if let (Some(position), Some(quote)) = selectors(&target) {
            for (fitting, is_utf16) in fitting.iter_mut().zip([false, true]) {
                let (words, around) = ground.fits(&position, &quote, is_utf16);
                *fitting = (fitting.0 + usize::from(around), fitting.1 + usize::from(words));
            }
        }
    }
    ground.is_utf16 = fitting[1] > fitting[0];
    for Annotation { id, body, target, .. } in marks {
        let mut words = String::new();
        let parts: Option<Vec<Place>> = target.all().iter().map(|target| ground.of(target, &mut words)).collect();
        let bodies = texts(body);
        let is_class = |purpose: &str| purpose == "classifying" || purpose == "tagging";
        let what = bodies.iter().find(|(purpose, _)| is_class(purpose)).map_or("Annotation", |(_, value)| value);
        let (label, form) = match what.split_once(':') {
            Some(("claim", form)) => (CLAIM, Some(form)),
            _ => (what, None),
        };
        let found = parts.is_some();
        named.mark(&id, &words, label, parts);
        for (_, value) in bodies.iter().filter(|(purpose, _)| found && !is_class(purpose)) {
            let (name, value) = value.split_once('=').unwrap_or(("note", value));
            named.note(&id, name, value);
        }
        if let Some(form) = form.filter(|_| found) {
            named.note(&id, "form", form);
        }
    }
    for Annotation { body, target, .. } in links {
        let label = texts(body).into_iter().next().map_or("Link".to_owned(), |(_, value)| value);
        let targets = target.all();
        let name = |target: &Value| target.as_str().or_else(|| target["id"].as_str()).unwrap_or_default().to_owned();
        match &targets[..] {
            [from, to] => named.link(&name(from), &name(to), &label),
            _ => named.lose("links with other than two targets".to_owned()),
        }
    }
    Ok(vec![named.found()])
}

/// The texts of a body, each with its purpose.
fn texts(body: Option<OneOrMany<Value>>) -> Vec<(String, String)> {
    let text = |body: Value| {
        let field = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        body.as_str().map_or_else(|| (field("purpose"), field("value")), |text| (String::new(), text.to_owned()))
    };
    body.map_or(Vec::new(), |body| body.all().into_iter().map(text).collect())
}

/// The text that selectors choose from.
struct Ground<'t> {
    points: Points<'t>,
    units: Units<'t>,
    /// Whether positions count UTF-16 code units, as far as the words of all of them tell.
    is_utf16: bool,
}

impl Ground<'_> {
    /// A position in code points, in the one reading or in the other; none where the text has no such place.
    fn place(&self, [start, end]: Place, is_utf16: bool) -> Option<Place> {
        if !is_utf16 {
            return Some([start, end]).filter(|_| start <= end && end <= self.points.len());
        }
        let span = Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?);
        let range = (span.end <= self.units.len() && span.start <= span.end).then(|| self.units.code_points(span))?;
        Some([range.start, range.end])
    }

    /// Whether a quote stands at a position in a reading: its words, and what is around them.
    fn fits(&self, position: &Selector, quote: &Selector, is_utf16: bool) -> (bool, bool) {
        let Some(place) = self.place([position.start, position.end], is_utf16) else { return (false, false) };
        let words = self.points.slice(place) == quote.exact;
        let before = self.points.slice([0, place[0]]).ends_with(&quote.prefix);
        (words, words && before && self.points.slice([place[1], self.points.len()]).starts_with(&quote.suffix))
    }

    /// Where a target stands: at its position if its words are there, in either reading, or else where its words are with
    /// what is around them.
    fn of(&self, target: &Value, words: &mut String) -> Option<Place> {
        let (position, quote) = selectors(target);
        let Some(quote) = quote else {
            return position.and_then(|position| self.place([position.start, position.end], self.is_utf16));
        };
        words.push_str(&quote.exact);
        let readings = [self.is_utf16, !self.is_utf16];
        let here = position.as_ref().and_then(|position| {
            let reading = readings.into_iter().find(|&reading| self.fits(position, &quote, reading).0)?;
            self.place([position.start, position.end], reading)
        });
        here.or_else(|| self.points.anchor([usize::MAX; 2], &quote.exact, &quote.prefix, &quote.suffix))
    }
}

/// A target's position and its quote, where it has them.
fn selectors(target: &Value) -> (Option<Selector>, Option<Selector>) {
    let all = target.get("selector").and_then(|all| serde_json::from_value::<OneOrMany<Selector>>(all.clone()).ok());
    let (mut position, mut quote) = (None, None);
    for selector in all.map_or(Vec::new(), OneOrMany::all) {
        match selector.sort.as_str() {
            "TextPositionSelector" => position = Some(selector),
            "TextQuoteSelector" => quote = Some(selector),
            _ => {}
        }
    }
    (position, quote)
}
