//! The boundary as JavaScript sees it: methods are called on the JavaScript object, results are looked at as values.
//!
//! The same tests run in Node, on a page and in a worker: scripts/test.mjs tells wasm-bindgen's runner where.

#![cfg(target_arch = "wasm32")]

#[path = "../common/mod.rs"]
mod common;

use common::{ARTICLE, MODEL, spans, text};
use js_sys::{Array, Error, Function, JSON, JsString, Object, Reflect};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestError, TestRunner};
use serde_json::Value;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use whosaid::{Analysis, Options, Units, wasm};

/// An annotator as JavaScript holds it.
fn annotator() -> JsValue {
    wasm::Annotator::new(js_sys::Uint8Array::from(MODEL).into()).expect("the committed model file").into()
}

/// Calls a method of a JavaScript object.
fn call(object: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    function.apply(object, &arguments.iter().copied().collect::<Array>())
}

fn annotate(annotator: &JsValue, text: &JsString) -> JsValue {
    call(annotator, "annotate", &[text]).expect("annotating cannot fail")
}

/// A JavaScript value as JSON text.
fn json(value: &JsValue) -> String {
    JSON::stringify(value).expect("a plain value").into()
}

/// A JavaScript value read in Rust.
fn read(value: &JsValue) -> Value {
    serde_json::from_str(&json(value)).expect("JSON.stringify writes JSON")
}

/// An analysis that came from JavaScript; confidences, f32 here, are the same numbers as f64 there.
fn as_analysis(value: Value) -> Analysis {
    serde_json::from_value(value).expect("an analysis")
}

/// A JavaScript value of a JSON text.
fn parse(text: &str) -> JsValue {
    JSON::parse(text).expect("JSON")
}

/// A JavaScript string of any code units, lone surrogates among them.
fn string(units: &[u16]) -> JsString {
    JsString::from_char_code(units)
}

/// Asserts that a call threw an `Error` of a name, and that its message holds some words.
fn assert_throws(result: Result<JsValue, JsValue>, name: &str, words: &str) {
    let error: Error = result.expect_err("it was refused").dyn_into().expect("an Error");
    assert_eq!(String::from(error.name()), name);
    let message = String::from(error.message());
    assert!(message.contains(words), "{message:?} does not say {words:?}");
}

/// Asserts that a value is made of plain objects, arrays, strings, numbers and booleans: nothing that `structuredClone`
/// would lose, and no null.
fn assert_plain(value: &JsValue) {
    if let Some(array) = value.dyn_ref::<Array>() {
        array.iter().for_each(|element| assert_plain(&element));
    } else if let Some(object) = value.dyn_ref::<Object>() {
        assert_eq!(Object::get_prototype_of(value), Object::get_prototype_of(&Object::new()), "{value:?}");
        Object::values(object).iter().for_each(|field| assert_plain(&field));
    } else {
        assert!(value.is_string() || value.as_f64().is_some() || value.as_bool().is_some(), "{value:?}");
    }
}

/// A notebook with a correction of each kind.
fn notebook(annotator: &JsValue) -> JsValue {
    let analysis = read(&annotate(annotator, &ARTICLE.into()));
    let target = serde_json::json!({"start": 0, "end": 4, "exact": "Home", "prefix": "", "suffix": " > New"});
    let edits = [
        serde_json::json!({"op": "add", "target": target, "mark": "institution"}),
        serde_json::json!({"op": "delete", "target": target, "mark": "place"}),
        serde_json::json!({"op": "relabel", "target": target, "mark": "person", "to": "institution"}),
        serde_json::json!({"op": "attribute", "target": target, "speaker": "Anna Berg"}),
        serde_json::json!({"op": "attribute", "target": target}),
        serde_json::json!({"op": "undo", "correction": "me:1"}),
    ];
    let corrections: Vec<Value> = (1..)
        .zip(edits)
        .map(|(clock, edit)| {
            let time = "2024-03-04T12:00:00Z";
            serde_json::json!({"id": format!("me:{clock}"), "actor": "me", "lamport": clock, "time": time, "edit": edit})
        })
        .collect();
    parse(&serde_json::json!({"text": ARTICLE, "analysis": analysis, "corrections": corrections}).to_string())
}

#[wasm_bindgen_test]
fn an_analysis_is_plain_and_the_same_as_in_rust() {
    let found = annotate(&annotator(), &ARTICLE.into());
    assert_plain(&found);
    let in_rust = whosaid::Annotator::new(MODEL).expect("the model").annotate(ARTICLE, &Options::default());
    assert!(!in_rust.claims.is_empty() && !in_rust.speakers.is_empty(), "an article in which nothing is found");
    assert_eq!(as_analysis(read(&found)), in_rust);
}

#[wasm_bindgen_test]
fn it_tells_how_much_is_read_and_finds_the_same() {
    let annotator = annotator();
    let text: JsValue = format!("{ARTICLE}\n\n").repeat(40).into();
    let plain = call(&annotator, "annotate", &[&text]).expect("a text");
    let told = Array::new();
    let tell = Function::new_with_args("told, share", "told.push(share)").bind1(&JsValue::UNDEFINED, &told);
    let found = call(&annotator, "annotate", &[&text, &JsValue::UNDEFINED, &tell]).expect("a function");
    assert_eq!(json(&found), json(&plain));
    let shares: Vec<f64> = told.iter().filter_map(|share| share.as_f64()).collect();
    assert!(shares.len() > 3 && shares.is_sorted_by(|one, next| one < next), "{shares:?}");
    assert!(shares[0] > 0.0 && shares.last() == Some(&1.0), "{shares:?}");
    let throws = Function::new_no_args("throw new Error('not now')");
    let found =
        call(&annotator, "annotate", &[&text, &JsValue::UNDEFINED, &throws]).expect("what it throws is its own");
    assert_eq!(json(&found), json(&plain));
    assert_throws(
        call(&annotator, "annotate", &[&text, &JsValue::UNDEFINED, &7.into()]),
        "ArgumentError",
        "a function",
    );
}

#[wasm_bindgen_test]
fn a_model_without_a_larger_encoder_has_no_windows_and_finds_the_same() {
    let annotator = annotator();
    let windows = call(&annotator, "windows", &[&ARTICLE.into()]).expect("a text");
    let field = |name: &str| Reflect::get(&windows, &name.into()).expect("an object").as_f64();
    assert_eq!((field("count"), field("share")), (Some(0.0), Some(1.0)));
    let found = call(&annotator, "annotateWindows", &[&windows, &annotator]).expect("windows");
    assert_eq!(json(&found), json(&annotate(&annotator, &ARTICLE.into())));
    let none = call(&annotator, "look", &[&windows, &0.into()]).expect("a number");
    assert_eq!(none.dyn_into::<js_sys::Float32Array>().expect("numbers").length(), 0);
    let put = call(&windows, "put", &[&0.into(), &js_sys::Float32Array::new_with_length(96)]);
    assert_throws(put, "ArgumentError", "window 0 has 0 numbers, and 96 were given");
    assert_throws(call(&annotator, "windows", &[&7.into()]), "ArgumentError", "the text has to be a string");
}

#[wasm_bindgen_test]
fn a_model_file_that_is_none_is_refused() {
    let constructor: Function =
        Reflect::get(&annotator(), &"constructor".into()).expect("an object").dyn_into().expect("a class");
    let new = |bytes: &[u8]| Reflect::construct(&constructor, &Array::of1(&js_sys::Uint8Array::from(bytes)));
    let edited = |at: usize| {
        let mut bytes = MODEL.to_vec();
        bytes[at] ^= 0x55;
        bytes
    };
    assert!(new(MODEL).is_ok());
    assert_throws(new(&MODEL[..MODEL.len() - 1]), "ModelError", "cut short");
    assert_throws(new(&[]), "ModelError", "cut short");
    assert_throws(new(&edited(MODEL.len() - 1)), "ModelError", "checksum");
    assert_throws(new(&edited(8)), "ModelError", "version");
    assert_throws(new(b"<!doctype html>"), "ModelError", "not a whosaid model");
}

#[wasm_bindgen_test]
fn arguments_that_are_none_are_refused_and_the_next_call_goes_on() {
    let annotator = annotator();
    let text: JsValue = ARTICLE.into();
    for options in [r#"{"minConfidence":"high"}"#, r#"{"minimumConfidence":0.5}"#, "3"] {
        assert_throws(call(&annotator, "annotate", &[&text, &parse(options)]), "ArgumentError", "");
    }
    for options in [r#"{"minConfidence":7}"#, r#"{"minConfidence":-0.1}"#] {
        assert_throws(call(&annotator, "annotate", &[&text, &parse(options)]), "ArgumentError", "from 0 to 1");
    }
    let export = |notebook: &JsValue, format: &str| call(&annotator, "export", &[notebook, &format.into()]);
    assert_throws(export(&notebook(&annotator), "docx"), "ArgumentError", "docx");
    assert_throws(export(&Object::new(), "json"), "ArgumentError", "text");
    let import = |file: &str| call(&annotator, "import", &[&file.into()]);
    assert_throws(import("an article"), "ImportError", "not a whosaid file");
    assert_throws(import("{"), "ImportError", "cut short");
    assert_throws(import(r#"{"format":"whosaid","version":99}"#), "ImportError", "version 99");
    assert_plain(&annotate(&annotator, &ARTICLE.into()));
}

#[wasm_bindgen_test]
fn what_is_no_string_is_refused_with_what_to_pass_and_the_next_call_goes_on() {
    let annotator = annotator();
    let analysis = annotate(&annotator, &ARTICLE.into());
    let none: [(JsValue, &str); 6] = [
        (42.into(), "a number was given"),
        (JsValue::NULL, "null was given"),
        (JsValue::UNDEFINED, "nothing was given"),
        (Object::new().into(), "an object was given"),
        (Array::of1(&"text".into()).into(), "an array was given"),
        (true.into(), "a boolean was given"),
    ];
    let log: JsValue = Array::new().into();
    for (value, given) in &none {
        for (method, arguments) in [
            ("annotate", &[value][..]),
            ("correct", &[value, &analysis, &log]),
            ("learn", &[&JsValue::UNDEFINED, value, &log]),
            ("import", &[value]),
            ("export", &[&notebook(&annotator), value]),
        ] {
            assert_throws(call(&annotator, method, arguments), "ArgumentError", given);
            assert_throws(call(&annotator, method, arguments), "ArgumentError", "has to be a string");
        }
        let constructor: Function =
            Reflect::get(&annotator, &"constructor".into()).expect("an object").dyn_into().expect("a class");
        assert_throws(Reflect::construct(&constructor, &Array::of1(value)), "ArgumentError", "Uint8Array");
        assert!(wasm::language(value.clone()).is_err());
    }
    assert_eq!(json(&annotate(&annotator, &ARTICLE.into())), json(&analysis));
}

#[wasm_bindgen_test]
fn the_language_of_a_text_is_told() {
    let told = |text: &str| wasm::language(text.into()).map_err(|_| ());
    assert_eq!(told(ARTICLE), Ok("en".to_owned()));
    assert_eq!(told("Die Mieten steigen, sagte die Ministerin, und niemand weiß, um wie viel."), Ok("de".to_owned()));
    assert_eq!(told("https://example.org/rents"), Ok("zxx".to_owned()));
}

#[wasm_bindgen_test]
fn options_may_be_left_out_and_are_obeyed() {
    let annotator = annotator();
    let text: JsValue = ARTICLE.into();
    let whole = json(&annotate(&annotator, &ARTICLE.into()));
    for options in [JsValue::UNDEFINED, Object::new().into()] {
        assert_eq!(json(&call(&annotator, "annotate", &[&text, &options]).expect("options")), whole);
    }
    let strict = call(&annotator, "annotate", &[&text, &parse(r#"{"minConfidence":1}"#)]).expect("options");
    assert_eq!(read(&strict)["claims"], Value::Array(Vec::new()));
}

#[wasm_bindgen_test]
fn what_is_absent_is_undefined() {
    let annotator = annotator();
    let notebook =
        call(&annotator, "import", &[&r#"{"format":"whosaid","version":1,"text":"","corrections":[]}"#.into()]);
    let analysis = Reflect::get(&notebook.expect("a whole file"), &"analysis".into()).expect("an object");
    assert!(analysis.is_undefined(), "{analysis:?}");
    // A quotation of which nobody says who said it.
    assert_plain(&annotate(&annotator, &"“Nobody is named for this.”".into()));
}

#[wasm_bindgen_test]
fn what_is_exported_is_imported() {
    let annotator = annotator();
    let notebook = notebook(&annotator);
    let file = call(&annotator, "export", &[&notebook, &"json".into()]).expect("a notebook");
    let back = call(&annotator, "import", &[&file]).expect("a file that was just written");
    assert_plain(&back);
    assert_eq!(read(&back), read(&notebook));
}

#[wasm_bindgen_test]
fn corrections_go_in_and_a_revision_comes_out() {
    let annotator = annotator();
    let notebook = notebook(&annotator);
    let field = |name: &str| Reflect::get(&notebook, &name.into()).expect("a notebook");
    let revision = call(&annotator, "correct", &[&ARTICLE.into(), &field("analysis"), &field("corrections")]);
    assert_plain(&revision.expect("whole corrections"));
    let none =
        call(&annotator, "correct", &[&ARTICLE.into(), &field("analysis"), &Array::new()]).expect("no corrections");
    assert_eq!(
        read(&none),
        serde_json::json!({"analysis": read(&field("analysis")), "orphans": [], "unreadable": [], "reviewed": false})
    );
}

/// Corrections that this version cannot read, as JSON text.
const UNREADABLE: [&str; 5] = [
    "null",
    "7",
    r#""a correction""#,
    r#"{"id":"me:9","edit":{"op":"highlight","share":1e+21}}"#,
    r#"{"z":1,"id":"me:8","actor":"me","lamport":1000000001,"time":"","edit":{"op":"undo","correction":"me:1"},"a":"\ud83d"}"#,
];

/// The corrections of a notebook, with those that cannot be read before them.
fn with_unreadable(notebook: &JsValue) -> Array {
    let corrections = Reflect::get(notebook, &"corrections".into()).expect("a notebook");
    UNREADABLE.iter().map(|text| parse(text)).collect::<Array>().concat(&Array::from(&corrections))
}

#[wasm_bindgen_test]
fn a_correction_that_cannot_be_read_is_listed_and_costs_no_other() {
    let annotator = annotator();
    let notebook = notebook(&annotator);
    let field = |name: &str| Reflect::get(&notebook, &name.into()).expect("a notebook");
    let correct = |log: &JsValue| {
        read(&call(&annotator, "correct", &[&ARTICLE.into(), &field("analysis"), log]).expect("any corrections"))
    };
    let (mut with, without) = (correct(&with_unreadable(&notebook)), correct(&field("corrections")));
    assert_eq!(without["unreadable"], serde_json::json!([]));
    assert_eq!(with["unreadable"], serde_json::json!([0, 1, 2, 3, 4]));
    with["unreadable"] = serde_json::json!([]);
    assert_eq!(with, without);
    let learn = |log: &JsValue| {
        json(&call(&annotator, "learn", &[&JsValue::UNDEFINED, &ARTICLE.into(), log]).expect("any corrections"))
    };
    assert_eq!(learn(&with_unreadable(&notebook)), learn(&field("corrections")));
}

#[wasm_bindgen_test]
fn a_correction_that_cannot_be_read_is_exported_and_imported_as_it_stands() {
    let annotator = annotator();
    let notebook = notebook(&annotator);
    let corrections = with_unreadable(&notebook);
    Reflect::set(&notebook, &"corrections".into(), &corrections).expect("an object");
    let export = |notebook: &JsValue| call(&annotator, "export", &[notebook, &"json".into()]).expect("a notebook");
    let file = export(&notebook);
    let text = file.as_string().expect("text");
    for unreadable in UNREADABLE {
        assert!(text.contains(unreadable), "{unreadable} is not in {text}");
    }
    let back = call(&annotator, "import", &[&file]).expect("a file that was just written");
    let listed = |notebook: &JsValue| json(&Reflect::get(notebook, &"corrections".into()).expect("an object"));
    assert_eq!(listed(&back), listed(&notebook));
    assert_eq!(export(&back), file);
}

#[wasm_bindgen_test]
fn half_a_character_costs_no_correction() {
    let annotator = annotator();
    let found = annotate(&annotator, &ARTICLE.into());
    // What looks like an escape, and is none, stays.
    let log =
        parse(r#"[{"id":"\ud83d","actor":"me\ud83d\\ud83d","lamport":1,"time":"","edit":{"op":"review","marks":[]}}]"#);
    let revision = call(&annotator, "correct", &[&ARTICLE.into(), &found, &log]).expect("a log");
    assert_eq!(read(&revision)["unreadable"], serde_json::json!([]), "{}", json(&revision));
}

#[wasm_bindgen_test]
fn what_is_learnt_is_plain_and_is_read_with_until_it_is_taken_away() {
    let annotator = annotator();
    let notebook = notebook(&annotator);
    let whole = json(&annotate(&annotator, &ARTICLE.into()));
    let corrections = Reflect::get(&notebook, &"corrections".into()).expect("a notebook");
    let learnt = call(&annotator, "learn", &[&JsValue::UNDEFINED, &ARTICLE.into(), &corrections]);
    let learnt = learnt.expect("whole corrections");
    assert_plain(&learnt);
    assert_eq!(read(&learnt)["articles"], 1);
    let name = r#"{"articles":1,"names":[{"words":"Anna Berg","label":"place","rejected":false,"missed":false,"roles":[],"affiliations":[]}],"cues":[],"delta":{"cue":[]}}"#;
    call(&annotator, "teach", &[&parse(name)]).expect("a whole lesson");
    assert_ne!(json(&annotate(&annotator, &ARTICLE.into())), whole);
    let foreign = parse(r#"{"articles":1,"names":[],"cues":[],"delta":{"cue":[1]}}"#);
    assert_throws(call(&annotator, "teach", &[&foreign]), "LearntError", "another model");
    assert_throws(call(&annotator, "teach", &[&parse("{}")]), "ArgumentError", "nothing that was learnt");
    call(&annotator, "teach", &[&JsValue::UNDEFINED]).expect("nothing can be taught");
    assert_eq!(json(&annotate(&annotator, &ARTICLE.into())), whole);
}

#[wasm_bindgen_test]
fn the_scheme_and_the_names_of_formats_are_told() {
    let scheme = read(&wasm::scheme().into());
    assert_eq!(scheme["Mark"], serde_json::json!(["person", "institution", "place", "claim"]));
    assert_eq!(scheme["ClaimForm"], serde_json::json!(["direct", "indirect", "mixed"]));
    assert_eq!(scheme.as_object().map(serde_json::Map::len), Some(whosaid::scheme::LISTS.len()));
    let formats = json(&call(&annotator(), "formats", &[]).expect("a list"));
    assert!(formats.contains(r#""json""#));
}

#[wasm_bindgen_test]
fn a_stream_gives_an_article_and_writes_it_with_the_analysis_that_is_given() {
    let annotator = annotator();
    let stream: JsValue = wasm::Stream::new("jsonl".into(), Vec::new()).expect("a shape").into();
    let (line, number) = (JsValue::from(serde_json::json!({"id": 7, "text": ARTICLE}).to_string()), JsValue::from(3));
    let article = call(&stream, "article", &[&line, &number]).expect("a line");
    assert_eq!(read(&article), serde_json::json!(["7", ARTICLE]));
    let written = |analysis: &JsValue| -> Value {
        let written = call(&stream, "write", &[&line, &number, analysis]).expect("a line and an analysis");
        serde_json::from_str(&String::from(JsString::from(written))).expect("a line of JSON")
    };
    let found = annotate(&annotator, &ARTICLE.into());
    let record = written(&found);
    assert_eq!(record["id"], 7);
    assert_eq!(record["claims"].as_array().map(Vec::is_empty), Some(false));
    let mut without = read(&found);
    without["claims"] = serde_json::json!([]);
    assert_eq!(written(&parse(&without.to_string()))["claims"], serde_json::json!([]));
    assert_throws(call(&stream, "article", &["{}".into(), number.clone()].each_ref()), "ArgumentError", "text");
    assert_throws(call(&stream, "write", &[&line, &number, &parse("{}")]), "ArgumentError", "no analysis");
}

/// Annotates a JavaScript string on both sides and compares what each place selects.
fn selects_the_same(annotator: &JsValue, native: &whosaid::Annotator, units: &[u16]) -> Result<(), TestCaseError> {
    let script = string(units);
    // What the boundary makes of a lone surrogate is one code unit too, so the two strings count alike.
    let rust = String::from_utf16_lossy(units);
    let found = read(&annotate(annotator, &script));
    prop_assert_eq!(as_analysis(found.clone()), native.annotate(&rust, &Options::default()));
    let measured = Units::new(&rust);
    prop_assert_eq!(measured.len(), script.length());
    for span in spans(&found) {
        let selected = script.slice(span.start, span.end);
        prop_assert_eq!(selected.length(), span.len(), "{:?} in {:?}", span, &rust);
        prop_assert_eq!(String::from(&selected), measured.slice(span), "{:?} in {:?}", span, &rust);
    }
    Ok(())
}

#[wasm_bindgen_test]
fn every_place_selects_in_javascript_what_it_selects_in_rust() {
    let annotator = annotator();
    let native = whosaid::Annotator::new(MODEL).expect("the model");
    let well_formed = text().prop_map(|text| text.encode_utf16().collect::<Vec<u16>>());
    // Code units cut out of a text, and surrogates put in anywhere.
    let ill_formed = (text(), prop::collection::vec((any::<prop::sample::Index>(), 0xD7FF_u16..=0xE000), 0..8))
        .prop_map(|(text, units)| {
            let mut all: Vec<u16> = text.encode_utf16().collect();
            for (index, unit) in units {
                all.insert(index.index(all.len() + 1), unit);
            }
            all
        });
    let arbitrary = prop::collection::vec(any::<u16>(), 0..60);
    let strategy = prop_oneof![2 => well_formed, 2 => ill_formed, 1 => arbitrary];
    // There are no files here to keep failures in.
    let config = ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() };
    let result = TestRunner::new(config).run(&strategy, |units| selects_the_same(&annotator, &native, &units));
    if let Err(TestError::Fail(reason, units)) = &result {
        panic!("{reason}\nsmallest string: {units:?} {:?}", String::from_utf16_lossy(units));
    }
    result.expect("the strategy rejects nothing");
}
