//! The boundary to JavaScript: plain objects in, plain objects out, failures as `Error`.
//!
//! Strings cross as UTF-8: a lone surrogate arrives as U+FFFD, which is one UTF-16 code unit as well, so every span
//! still means the string that was given.

use js_sys::{JSON, Object, Reflect};
use tsify::{Ts, Tsify};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::*;

use crate::export::{FORMATS, stream};
use crate::lang::identify::identify;
use crate::learning::Learnt;
use crate::scheme::LISTS;
use crate::{Analysis, Correction, Notebook, Options, Revision};

/// A panic is a bug: its message goes to the console, before the trap that JavaScript sees.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
}

/// An `Error` whose `name` says which door refused.
fn error(name: &str, message: impl std::fmt::Display) -> js_sys::Error {
    let error = js_sys::Error::new(&message.to_string());
    error.set_name(name);
    error
}

fn argument(failure: impl std::fmt::Display) -> js_sys::Error {
    error("ArgumentError", failure)
}

/// A string that was given; `what` is the argument's name in the message.
fn string(given: &JsValue, what: &str) -> Result<String, js_sys::Error> {
    given.as_string().ok_or_else(|| argument(format!("{what} has to be a string, and {} was given", sort_of(given))))
}

/// What sort of value was given, as one says it in JavaScript.
fn sort_of(given: &JsValue) -> String {
    if given.is_null() {
        "null".to_owned()
    } else if js_sys::Array::is_array(given) {
        "an array".to_owned()
    } else {
        match given.js_typeof().as_string().unwrap_or_default().as_str() {
            "undefined" => "nothing".to_owned(),
            "object" => "an object".to_owned(),
            sort => format!("a {sort}"),
        }
    }
}

/// What tells a function, if one was passed, how much is read.
fn teller(told: &JsValue) -> Result<impl FnMut(f32), js_sys::Error> {
    let function = told.dyn_ref::<js_sys::Function>();
    if function.is_none() && !told.is_undefined() {
        return Err(argument(format!("who is told has to be a function, and {} was given", sort_of(told))));
    }
    Ok(move |share: f32| drop(function.map(|told| told.call1(&JsValue::UNDEFINED, &share.into()))))
}

/// The JSON text of plain data; none of what is no data, or holds itself.
fn json(given: &JsValue) -> Option<String> {
    JSON::stringify(given).ok()?.as_string()
}

/// `JSON.stringify` writes a lone surrogate as six letters, which no string of Rust can hold: U+FFFD stands for it here too.
fn without_surrogates(mut json: String) -> String {
    let mut from = 0;
    while let Some(at) = json[from..].find('\\').map(|at| from + at) {
        if json[at + 1..].starts_with("ud") {
            json.replace_range(at + 2..at + 6, "fffd");
        }
        from = at + 2;
    }
    json
}

/// Plain data as what it is meant to be; none where it is something else.
fn read<T: serde::de::DeserializeOwned>(given: &JsValue) -> Option<T> {
    serde_json::from_str(&without_surrogates(json(given)?)).ok()
}

/// A value as plain data. It crosses as JSON text, which JavaScript reads in one step.
fn plain<T: serde::Serialize + Tsify>(value: &T) -> Result<Ts<T>, js_sys::Error> {
    let text = serde_json::to_string(value).map_err(argument)?;
    let data = JSON::parse(&text).map_err(|_| argument("this is nested too deep"))?;
    Ok(Ts::new_unchecked(data.unchecked_into()))
}

/// Options as they were given.
fn options(given: Option<Ts<Options>>) -> Result<Options, js_sys::Error> {
    let Some(given) = given else { return Ok(Options::default()) };
    let value: serde_json::Value = read(&given.js_value()).ok_or_else(|| argument("options are a plain object"))?;
    let options: Options = serde_json::from_value(value).map_err(argument)?;
    let sure = options.min_confidence;
    if (0.0..=1.0).contains(&sure) {
        Ok(options)
    } else {
        Err(argument(format!("minConfidence has to be a number from 0 to 1, and {sure} was given")))
    }
}

/// An analysis as it was given.
fn analysis(given: &Ts<Analysis>) -> Result<Analysis, js_sys::Error> {
    read(&given.js_value()).ok_or_else(|| argument("this is no analysis: pass what annotate() gave"))
}

/// The corrections of a log that this version can read, and the places of the others in it.
fn corrections(given: &[Ts<Correction>]) -> (Vec<Correction>, Vec<u32>) {
    let mut unreadable = Vec::new();
    let read = (0..).zip(given).filter_map(|(place, correction)| {
        let correction = read(&correction.js_value());
        if correction.is_none() {
            unreadable.push(place);
        }
        correction
    });
    (read.collect(), unreadable)
}

/// What was learnt, as it was given.
fn learnt(given: &Ts<Learnt>) -> Result<Learnt, js_sys::Error> {
    let none = || argument("this is nothing that was learnt: export it again, or pass what learn() gave");
    read(&given.js_value()).ok_or_else(none)
}

/// A notebook as it was given, with the corrections that cannot be read as they are.
fn notebook(given: &JsValue) -> Result<Notebook, js_sys::Error> {
    let none = || argument("this is no notebook: it has a text, an analysis and a list of corrections, all plain data");
    let corrections = Reflect::get(given, &"corrections".into()).ok().and_then(|list| json(&list)).ok_or_else(none)?;
    let rest = Object::assign(&Object::new(), given.unchecked_ref());
    Reflect::set(&rest, &"corrections".into(), &js_sys::Array::new()).map_err(|_| none())?;
    let notebook: Notebook = read(&rest).ok_or_else(none)?;
    let corrections = serde_json::from_str(&corrections).map_err(|_| none())?;
    Ok(Notebook { corrections, ..notebook })
}

/// The BCP 47 tag of the language that a text is written in, as far as its words and letters tell: `und` where it is
/// unknown, `zxx` where the text is in none. Needs no model. Throws an `ArgumentError` for what is no string.
#[wasm_bindgen]
#[expect(clippy::missing_errors_doc, clippy::needless_pass_by_value, reason = "see `Annotator`")]
pub fn language(#[wasm_bindgen(unchecked_param_type = "string")] text: JsValue) -> Result<String, js_sys::Error> {
    Ok(identify(&string(&text, "the text")?).to_owned())
}

/// The values of the annotation scheme by the name of their type, in order: `scheme().Mark` is `["person", "institution",
/// "place", "claim"]`. Needs no model.
///
/// # Panics
/// Never: an object takes every field.
#[wasm_bindgen(unchecked_return_type = "Record<string, string[]>")]
pub fn scheme() -> Object {
    let lists = Object::new();
    for (name, values) in LISTS {
        let values: js_sys::Array = values.iter().copied().map(JsValue::from_str).collect();
        Reflect::set(&lists, &JsValue::from_str(name), &values).expect("an object takes every field");
    }
    lists
}

/// What the command line writes: lines of JSON (`"jsonl"`), or the rows of a table (`"csv"`). Throws an `ArgumentError` for
/// another shape, and for fields to keep (`"date"`, `"source=outlet"`) that would get a name which is taken.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Stream(stream::Stream);

#[wasm_bindgen]
#[expect(clippy::missing_errors_doc, clippy::needless_pass_by_value, reason = "see `Annotator`")]
impl Stream {
    #[wasm_bindgen(constructor)]
    #[expect(missing_docs, reason = "above")]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "string")] shape: JsValue,
        keep: Vec<String>,
    ) -> Result<Self, js_sys::Error> {
        let shape = match string(&shape, "the shape")?.as_str() {
            "jsonl" => stream::Shape::Jsonl,
            "csv" => stream::Shape::Csv,
            other => return Err(argument(format!("there is no shape \"{other}\": choose one of jsonl, csv"))),
        };
        stream::Stream::new(shape, &keep).map(Self).map_err(argument)
    }

    /// What stands before the first article.
    pub fn head(&self) -> String {
        self.0.head()
    }

    /// The id, as JSON, and the text of an article that is given as a line of JSON, as `Annotator.stream` reads it. Throws
    /// what that throws of the line.
    #[wasm_bindgen(unchecked_return_type = "[id: string, text: string]")]
    pub fn article(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] line: JsValue,
        number: u32,
    ) -> Result<Vec<String>, js_sys::Error> {
        let article = self.0.article(&string(&line, "the line")?, number as usize).map_err(argument)?;
        Ok(vec![article.id.get().to_owned(), article.text])
    }

    /// What `Annotator.stream` writes of an article, with the analysis that is given: a corrected one, perhaps. Throws
    /// what that throws of the line, and an `ArgumentError` where the analysis is none.
    pub fn write(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] line: JsValue,
        number: u32,
        analysis: Ts<Analysis>,
    ) -> Result<String, js_sys::Error> {
        let article = self.0.article(&string(&line, "the line")?, number as usize).map_err(argument)?;
        Ok(self.0.write(article, &self::analysis(&analysis)?))
    }
}

/// An article with its windows, and what a larger encoder says of each, as far as it has read them.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Windows(crate::Windows);

#[wasm_bindgen]
#[expect(clippy::missing_errors_doc, reason = "see `Annotator`")]
impl Windows {
    /// How many there are: none where the model has no larger encoder.
    #[wasm_bindgen(getter)]
    pub fn count(&self) -> u32 {
        self.0.count() as u32
    }

    /// How much of the article is read, from 0 to 1.
    #[wasm_bindgen(getter)]
    pub fn share(&self) -> f32 {
        self.0.share()
    }

    /// Takes what the larger encoder says of a window, wherever it read it. Throws an `ArgumentError` where that is of another
    /// window.
    pub fn put(&mut self, window: u32, said: Vec<f32>) -> Result<(), js_sys::Error> {
        let given = said.len();
        self.0.put(window as usize, said).map_err(|needed| {
            argument(format!(
                "window {window} has {needed} numbers, and {given} were given: pass what look() gave of it"
            ))
        })
    }
}

/// Reads articles. It holds the model and what it was taught; it keeps no text, and caches the spans that corrections
/// propose, so that a replay computes none twice.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Annotator {
    shipped: crate::Annotator,
    /// The same with what was learnt, where it was taught something.
    taught: Option<crate::Annotator>,
}

impl Annotator {
    fn annotator(&self) -> &crate::Annotator {
        self.taught.as_ref().unwrap_or(&self.shipped)
    }
}

#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "what JavaScript hands over is handed over")]
#[expect(clippy::missing_errors_doc, reason = "in JavaScript it throws: each method says what")]
impl Annotator {
    /// An annotator that reads with the bytes of a model file (`model.bin`). Throws a `ModelError`.
    /// Throws an `ArgumentError` for what is no `Uint8Array`.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_param_type = "Uint8Array")] model: JsValue) -> Result<Self, js_sys::Error> {
        let bytes = model.dyn_ref::<js_sys::Uint8Array>().ok_or_else(|| {
            let given = sort_of(&model);
            argument(format!("the model has to be a Uint8Array with the bytes of model.bin, and {given} was given"))
        })?;
        let shipped = crate::Annotator::from_vec(bytes.to_vec()).map_err(|failure| error("ModelError", failure))?;
        Ok(Self { shipped, taught: None })
    }

    /// Reads an article: any string gives an analysis, with places in UTF-16 code units of it. Tells a function, if one is passed,
    /// how much of the article the network has read, from 0 to 1, after each thousand words or so, or after each layer of a larger
    /// encoder; what that throws is passed over. Throws an `ArgumentError` for what is no string, for options that are none, and for what is no function.
    pub fn annotate(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "Options | null")] options: Option<Ts<Options>>,
        #[wasm_bindgen(unchecked_optional_param_type = "(share: number) => void")] told: JsValue,
    ) -> Result<Ts<Analysis>, js_sys::Error> {
        let (text, options) = (string(&text, "the text")?, self::options(options)?);
        let mut tell = teller(&told)?;
        plain(&self.annotator().annotate_telling(&text, &options, &mut tell))
    }

    /// An article for `look`, which reads it window by window, in several threads perhaps. Throws an `ArgumentError` for what
    /// is no string.
    pub fn windows(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
    ) -> Result<Windows, js_sys::Error> {
        Ok(Windows(self.annotator().windows(&string(&text, "the text")?)))
    }

    /// What the larger encoder says of a window, for `put` of the same article's windows, here or in another thread;
    /// nothing where there is no such window. Tells a function, if one is passed, how much of the window is read, from 0 to 1,
    /// after each layer; what that throws is passed over. Throws an `ArgumentError` for what is no function.
    pub fn look(
        &self,
        windows: &Windows,
        window: u32,
        #[wasm_bindgen(unchecked_optional_param_type = "(share: number) => void")] told: JsValue,
    ) -> Result<Vec<f32>, js_sys::Error> {
        Ok(self.annotator().look(&windows.0, window as usize, &mut teller(&told)?))
    }

    /// Reads an article of which the larger encoder has read some windows: what stands elsewhere is as `rest` reads it,
    /// which it does once for these windows. With all windows it is what `annotate` gives. Throws an `ArgumentError` for options that are none.
    #[wasm_bindgen(js_name = annotateWindows)]
    pub fn annotate_windows(
        &self,
        windows: &Windows,
        rest: &Annotator,
        #[wasm_bindgen(unchecked_optional_param_type = "Options | null")] options: Option<Ts<Options>>,
    ) -> Result<Ts<Analysis>, js_sys::Error> {
        let options = self::options(options)?;
        plain(&self.annotator().annotate_windows(&windows.0, rest.annotator(), &options))
    }

    /// Reads an article that is given as a line of JSON, `{"id": …, "text": "…"}`, and writes what the command line prints
    /// of it, with places in code points. A line without an id has this number, and it is the row in a table. Throws an
    /// `ArgumentError` that names the column where the line is none.
    pub fn stream(
        &self,
        stream: &Stream,
        #[wasm_bindgen(unchecked_param_type = "string")] line: JsValue,
        number: u32,
        options: Option<Ts<Options>>,
    ) -> Result<String, js_sys::Error> {
        let article = stream.0.article(&string(&line, "the line")?, number as usize).map_err(argument)?;
        let analysis = self.annotator().annotate(&article.text, &self::options(options)?);
        Ok(stream.0.write(article, &analysis))
    }

    /// Applies a log of corrections to the analysis of a text; a correction that cannot be read is left out and listed.
    /// Throws an `ArgumentError` where the analysis is none, or the text no string.
    pub fn correct(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
        analysis: Ts<Analysis>,
        corrections: Vec<Ts<Correction>>,
    ) -> Result<Ts<Revision>, js_sys::Error> {
        let text = string(&text, "the text")?;
        let analysis = self::analysis(&analysis)?;
        let (corrections, unreadable) = self::corrections(&corrections);
        let revision = self.annotator().correct(&text, &analysis, &corrections);
        plain(&Revision { unreadable, ..revision })
    }

    /// Reads from now on with what was learnt; with nothing learnt, as it was shipped. Throws a `LearntError` for what
    /// was learnt with another model, an `ArgumentError` for what is none; then it reads as before.
    pub fn teach(&mut self, learnt: Option<Ts<Learnt>>) -> Result<(), js_sys::Error> {
        let learnt = learnt.map(|learnt| self::learnt(&learnt)).transpose()?;
        let taught = learnt.map(|learnt| self.shipped.taught(&learnt)).transpose();
        self.taught = taught.map_err(|failure| error("LearntError", failure))?;
        Ok(())
    }

    /// What was learnt before, and what the corrections of an article teach besides. Changes nothing here: see `teach`.
    /// Throws as that does.
    pub fn learn(
        &self,
        learnt: Option<Ts<Learnt>>,
        #[wasm_bindgen(unchecked_param_type = "string")] text: JsValue,
        corrections: Vec<Ts<Correction>>,
    ) -> Result<Ts<Learnt>, js_sys::Error> {
        let learnt = learnt.map_or_else(|| Ok(Learnt::default()), |learnt| self::learnt(&learnt))?;
        let text = string(&text, "the text")?;
        let more = self.shipped.learn(&learnt, &text, &self::corrections(&corrections).0);
        plain(&more.map_err(|failure| error("LearntError", failure))?)
    }

    /// Writes a notebook in one of `formats()`. Throws an `ArgumentError` for another format, or for no notebook.
    pub fn export(
        &self,
        notebook: Ts<Notebook>,
        #[wasm_bindgen(unchecked_param_type = "string")] format: JsValue,
    ) -> Result<String, js_sys::Error> {
        let format = string(&format, "the format")?;
        let notebook = self::notebook(&notebook.js_value())?;
        let chosen = FORMATS.iter().find(|known| known.name == format).ok_or_else(|| {
            let names: Vec<&str> = FORMATS.iter().map(|known| known.name).collect();
            argument(format!("there is no format \"{format}\": choose one of {}", names.join(", ")))
        })?;
        Ok((chosen.write)(&notebook))
    }

    /// Reads a file that `export` wrote as `"json"`. Throws an `ImportError` that says what to mend.
    pub fn import(
        &self,
        #[wasm_bindgen(unchecked_param_type = "string")] file: JsValue,
    ) -> Result<Ts<Notebook>, js_sys::Error> {
        let notebook = crate::export::import(&string(&file, "the file's content")?)
            .map_err(|failure| error("ImportError", failure))?;
        plain(&notebook).map_err(|_| error("ImportError", "this file is nested too deep: export it again"))
    }

    /// The names of the formats that `export` writes.
    pub fn formats(&self) -> Vec<String> {
        FORMATS.iter().map(|format| format.name.to_owned()).collect()
    }
}
