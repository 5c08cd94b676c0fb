//! Files of other tools: what is written is read back, and what tools and people write is understood.
#![cfg(all(feature = "foreign", feature = "english", not(target_arch = "wasm32")))]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use whosaid::correction::{Edit, Event, Target, Who};
use whosaid::export::foreign::{FOREIGN, Foreign, Found, Layer, Link, Mark, Place, label_studio};
use whosaid::export::{FORMATS, import};
use whosaid::scheme::Mark as Sort;
use whosaid::{Analysis, Annotator, ClaimKind, Correction, Notebook, Options, Span, Units};

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(Annotator::english);

/// formats.md's conformance sentence.
const SENTENCE: &str = "📈 “Taxes will rise,” said Anna Berg, finance minister.";

fn format(name: &str) -> &'static Foreign {
    FOREIGN.iter().find(|format| format.name == name).expect("a format")
}

fn layer(text: &str) -> Layer {
    Layer::of(text, &ANNOTATOR.annotate(text, &Options::default())).0
}

/// What a format reads of a file, with the text beside it where it has one.
fn read(format: &Foreign, file: &str, text: &str) -> Result<Vec<Found>, String> {
    let read = format.read.expect("it is read");
    read(file, format.has_text_beside.then_some(text))
}

/// What is left of a layer in a format that keeps everything but, perhaps, notes.
fn kept(format: &Foreign, layer: &Layer) -> Layer {
    let mut kept = layer.clone();
    if format.name == "doccano" {
        kept.marks.iter_mut().for_each(|mark| mark.notes.clear());
    }
    kept.sorted()
}

fn comes_back(layer: &Layer) {
    for format in FOREIGN.iter().filter(|format| format.read.is_some()) {
        let written = (format.write)(layer);
        let found = read(format, &written.file, &layer.text).expect(format.name);
        let expected = Found { layer: kept(format, layer), lost: Vec::new() };
        assert_eq!(found, [expected], "{}: {}", format.name, written.file);
        let notes: usize = layer.marks.iter().map(|mark| mark.notes.len()).sum();
        let lost: usize = written.lost.iter().map(|lost| lost.count).sum();
        assert_eq!(lost, if format.name == "doccano" { notes } else { 0 }, "{}", format.name);
    }
}

/// Places in a text of so many code points, each a sorted list of parts that share nothing.
fn parts(length: usize) -> impl Strategy<Value = Vec<Place>> {
    proptest::collection::btree_set(0..=length, 2..=6).prop_map(|edges| {
        let edges: Vec<usize> = edges.into_iter().collect();
        edges.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect()
    })
}

const NAMES: &[&str] = &["form", "kind", "confidence", "name", "roles", "label"];
const LABELS: &[&str] = &["Claim", "Source", "Cue", "Speaker", "Person", "My_Label"];

fn layers() -> impl Strategy<Value = Layer> {
    let notes = proptest::collection::btree_map(proptest::sample::select(NAMES), "[a-z=; \"\n📈]{1,6}", 0..3);
    "[a-c “📈é.\n]{2,40}"
        .prop_flat_map(move |text| {
            let length = text.chars().count();
            let mark = (parts(length), proptest::sample::select(LABELS), notes.clone());
            (
                Just(text),
                proptest::collection::vec(mark, 0..8),
                proptest::collection::vec((0..8_usize, 0..8_usize, "[A-Z][a-z]{1,5}"), 0..6),
            )
        })
        .prop_map(|(text, marks, links)| {
            let characters: Vec<char> = text.chars().collect();
            let has_words = |parts: &[Place]| {
                parts.iter().any(|&[start, end]| characters[start..end].iter().any(|&one| one != '\n'))
            };
            let mut seen = BTreeMap::new();
            for (parts, label, notes) in marks.into_iter().filter(|(parts, ..)| has_words(parts)) {
                let notes = notes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                // Two marks that are equal but for their notes are none that a reader can tell apart.
                seen.entry((parts.clone(), label)).or_insert(Mark { parts, label: label.to_owned(), notes });
            }
            let marks: Vec<Mark> = seen.into_values().collect();
            let links = links.into_iter().filter(|&(from, to, _)| from.max(to) < marks.len());
            let links = links.map(|(from, to, label)| Link { from, to, label }).collect();
            Layer { text, marks, links }.sorted()
        })
}

/// Sentences of which articles are made.
const SENTENCES: &[&str] = &[
    "📈 “Taxes will rise,” said Anna Berg, finance minister.",
    "“So it is,” she added. “And so it stays.”",
    "According to The Times, officials said the bridge, which is old, was late.",
    "The mayor of Sandvik, Carl Lind, denied that he knew.",
    "Acme Bank accused Berg of “a lie” and wants her to go.",
    "Residents fear that the ferry will stop.",
    "It rained.",
];

/// What a random correction does, and to which mark, speaker or words.
type Choice = (usize, usize, usize);

fn edit(text: &str, analysis: &Analysis, (what, one, other): Choice) -> Option<Edit> {
    let units = Units::new(text);
    let target = |span: Span| Target {
        start: span.start,
        end: span.end,
        exact: units.slice(span).to_owned(),
        prefix: String::new(),
        suffix: String::new(),
    };
    let mention = analysis.mentions.get(one % analysis.mentions.len().max(1)).map(|mention| target(mention.span));
    let claim = analysis.claims.get(one % analysis.claims.len().max(1)).map(|claim| target(claim.extent()));
    let speaker = |index: usize| analysis.speakers.get(index % analysis.speakers.len().max(1));
    let who = |index: usize| speaker(index).map(|found| Who { name: found.name.clone(), target: None });
    let words = {
        let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
        let start = starts.get(one % starts.len().max(1)).copied().unwrap_or_default();
        let end = text[start..].match_indices([' ', '.']).nth(other % 4).map_or(text.len(), |(at, _)| start + at);
        let place = |byte: usize| text[..byte].encode_utf16().count() as u32;
        target(Span { start: place(start), end: place(end) })
    };
    let sort = Sort::ALL[other % Sort::ALL.len()];
    Some(match what % 8 {
        0 => Edit::Add { target: words, mark: sort, everywhere: false },
        1 => Edit::Delete { target: claim?, mark: Sort::Claim, everywhere: false },
        2 => Edit::Qualify { target: claim?, kind: Some(ClaimKind::ALL[other % ClaimKind::ALL.len()]), form: None },
        3 => Edit::Attribute { target: claim?, speaker: speaker(other).map(|found| found.name.clone()) },
        4 => Edit::Relabel { target: mention?, mark: Sort::Person, to: sort, everywhere: false },
        5 => Edit::Split { target: mention?, speaker: None },
        6 => Edit::Merge { speaker: who(one)?, into: who(other)? },
        _ => Edit::Rename { speaker: who(one)?, name: "Ada; \"Ny\" = Lie".to_owned() },
    })
}

/// An article with what was found, and a log of corrections that holds then.
fn notebook(sentences: &[usize], choices: &[Choice]) -> Notebook {
    let text = sentences.iter().map(|&index| SENTENCES[index]).collect::<Vec<_>>().join("\n\n");
    let found = ANNOTATOR.annotate(&text, &Options::default());
    let (mut log, mut analysis): (Vec<Correction>, Analysis) = (Vec::new(), found.clone());
    for (clock, &choice) in (1..).zip(choices) {
        if let Some(edit) = edit(&text, &analysis, choice) {
            let (id, time) = (format!("a:{clock}"), "2026-11-30T00:00:00Z".to_owned());
            log.push(Correction { id, actor: "a".to_owned(), lamport: clock, time, edit });
            analysis = ANNOTATOR.correct(&text, &found, &log).analysis;
        }
    }
    Notebook { text, analysis: Some(analysis), corrections: log.iter().map(Event::from).collect() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever the model finds and a user makes of it comes back from each format that can be read, and from the own one with
    /// its log.
    #[test]
    fn corrected_articles_come_back(
        sentences in proptest::collection::vec(0..SENTENCES.len(), 1..6),
        choices in proptest::collection::vec((0..8_usize, 0..40_usize, 0..40_usize), 0..6),
    ) {
        let notebook = notebook(&sentences, &choices);
        let own = FORMATS.iter().find(|format| format.name == "json").expect("the own format");
        prop_assert_eq!(import(&(own.write)(&notebook)), Ok(notebook.clone()));
        let (layer, _) = Layer::of(&notebook.text, notebook.analysis.as_ref().expect("it was read"));
        comes_back(&layer);
        let (analysis, unknown) = layer.analysis();
        prop_assert_eq!((Layer::of(&notebook.text, &analysis).0, unknown), (layer, Vec::new()));
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(layer in layers()) {
        comes_back(&layer);
    }

    #[test]
    fn no_file_breaks_a_reader(file in "[\\[\\]{}:,\"a-zT0-9\t\n #*📈]{0,60}", text in "[a-z📈\n]{0,20}") {
        for format in FOREIGN {
            if let Some(read) = format.read {
                let _ = read(&file, Some(&text));
                let _ = read(&file, None);
            }
        }
    }
}

#[test]
fn real_articles_come_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut articles = 0;
    for file in fs::read_dir(folder).expect("articles").map(|file| file.expect("an article").path()) {
        if file.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("UTF-8").replace("\r\n", "\n").replace('\r', "\n");
        let text = format!("📈 {text}\n\nAccording to The Times, officials said the bridge, which is old, was late.\n");
        let layer = layer(&text);
        assert!(layer.links.iter().any(|link| link.label == "Inside"), "a claim inside a claim");
        comes_back(&layer);
        // Nobody who makes a claim is lost.
        let (_, lost) = Layer::of(&text, &ANNOTATOR.annotate(&text, &Options::default()));
        assert!(lost.iter().all(|lost| !lost.what.starts_with("speakers")), "{}: {lost:?}", file.display());
        // And what they mean here comes back too.
        let (analysis, unknown) = layer.analysis();
        assert_eq!((Layer::of(&text, &analysis).0, unknown), (layer, Vec::new()), "{}", file.display());
        articles += 1;
    }
    assert!(articles > 10);
}

#[test]
fn the_conformance_sentence_in_each_format() {
    let layer = layer(SENTENCE);
    let written = |name: &str| (format(name).write)(&layer).file;
    let brat = written("brat");
    for line in ["Claim 2 20\t“Taxes will rise,”", "Cue 21 25\tsaid", "Speaker 26 35\tAnna Berg"] {
        assert!(brat.contains(line), "{line} is missing: {brat}");
    }
    let claim = brat
        .lines()
        .find(|line| line.contains("Claim 2 20"))
        .and_then(|line| line.split('\t').next())
        .expect("a claim");
    assert!(
        brat.contains(&format!("\tForm {claim} direct\n"))
            && brat.contains(&format!("\tAttributedTo Arg1:{claim} Arg2:T")),
        "{brat}"
    );

    let json = |name: &str| -> serde_json::Value { serde_json::from_str(&written(name)).expect("JSON") };
    for (name, start, end) in [("w3c", 2, 20), ("w3c-utf16", 3, 21)] {
        let page = json(name);
        let claim = page["items"]
            .as_array()
            .expect("a list")
            .iter()
            .find(|one| one["body"][0]["value"] == "claim:direct")
            .expect("the claim");
        let selector = &claim["target"]["selector"];
        assert_eq!(selector[0]["exact"], "“Taxes will rise,”");
        assert_eq!(
            (&selector[0]["prefix"], &selector[1]["start"], &selector[1]["end"]),
            (&"📈 ".into(), &start.into(), &end.into())
        );
    }
    let doccano = json("doccano");
    let entities = doccano["entities"].as_array().expect("a list");
    assert!(
        entities
            .iter()
            .any(|entity| entity["label"] == "Claim" && entity["start_offset"] == 2 && entity["end_offset"] == 20)
    );
    let prodigy = json("prodigy");
    let span = prodigy["spans"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|span| span["label"] == "Cue")
        .expect("the cue")
        .clone();
    let token = &prodigy["tokens"][span["token_start"].as_u64().expect("a number") as usize];
    assert_eq!(
        (&token["text"], &token["start"], &token["ws"], &span["token_start"]),
        (&"said".into(), &21.into(), &true.into(), &span["token_end"])
    );
    for label in layer.marks.iter().map(|mark| &mark.label).chain(layer.links.iter().map(|link| &link.label)) {
        assert!(label_studio::LABELS.contains(&format!("value=\"{label}\"")), "{label} is in the configuration");
    }
}

#[test]
fn line_ends_become_line_feeds_for_label_studio_and_it_says_so() {
    let text = format!("Late.\r\n\r\n{SENTENCE}\r\n");
    let written = (format("label-studio").write)(&layer(&text));
    assert_eq!(written.lost.iter().map(ToString::to_string).collect::<Vec<_>>(), ["line ends that are not LF: 3"]);
    let found = read(format("label-studio"), &written.file, "").expect("a file");
    assert_eq!(found[0].layer, layer(&text.replace("\r\n", "\n")));
}

#[test]
fn what_tools_and_people_write_is_understood_and_the_rest_is_listed() {
    let brat = "T1\tSpeaker 0 4\tAnna\nT2\tClaim 13 17;21 25\tit's late\nT3\tClaim 0 4\twent\nT4\tCue 1 5\tis\nE1\tClaim:T2\n\
                A1\tNegated T2\nA2\tForm T2 direct\n*\tEquiv T1 T3\n#1\tAnnotatorNotes T1\twho is it?\nR1\tAttributedTo Arg1:T2 Arg2:T1\n\
                R2\tAttributedTo Arg1:T4 Arg2:T1\n";
    let text = "Anna said, “ it's so late” and it is what it is. She went.";
    let found = &read(format("brat"), brat, text).expect("a file")[0];
    let words: Vec<String> = (0..found.layer.marks.len()).map(|mark| found.layer.words(mark)).collect();
    assert_eq!(words, ["Anna", "it's late", "went"], "what stands once is found by its words");
    assert_eq!(found.layer.marks[1].notes["negated"], "true");
    assert_eq!(found.layer.marks[0].notes["note"], "who is it?");
    assert_eq!(found.layer.links.len(), 1);
    let lost: Vec<String> = found.lost.iter().map(ToString::to_string).collect();
    let orphan = "orphan T4: its words \"is\" do not stand there, or stand in several places: 1";
    assert_eq!(lost, [orphan, "events: 1", "equivalences: 1", "links from or to what is no mark: 1"]);

    let utf16 = r#"[{"type": "Annotation", "id": "a", "body": "Claim", "target": {"source": "x", "selector": [
        {"type": "TextPositionSelector", "start": 3, "end": 8}, {"type": "TextQuoteSelector", "exact": "“Taxe"}]}},
        {"type": "Annotation", "id": "b", "body": {"value": "Cue"}, "target": {"selector": {"type": "TextPositionSelector", "start": 900, "end": 901}}}]"#;
    let found = &read(format("w3c"), utf16, SENTENCE).expect("a file")[0];
    assert_eq!(found.layer.marks[0].parts, [[2, 7]]);
    assert_eq!((found.layer.marks.len(), found.lost.len()), (1, 1));

    let studio = r#"[{"id": 7, "data": {"text": "No, she said."}, "predictions": [{"result": []}], "annotations": [
        {"was_cancelled": true, "result": []}, {"completed_by": 1, "result": [
        {"id": "x", "type": "labels", "value": {"start": 0, "end": 3, "labels": ["Claim"]}},
        {"id": "y", "type": "choices", "value": {"choices": ["good"]}}]}]}]"#;
    let found = &read(format("label-studio"), studio, "").expect("a file")[0];
    assert_eq!((found.layer.words(0).as_str(), found.lost[0].what.as_str()), ("No,", "results of the type choices"));

    let lists = r#"{"id": 3, "text": "Anna said no.", "label": [[0, 4, "Speaker"]]}
        {"text": "Anna said no.", "labels": [[10, 12, "Claim"], [3, 90, "Claim"]]}"#;
    let found = read(format("doccano"), lists, "").expect("a file");
    let words = |found: &Found| found.layer.words(0);
    assert_eq!(found.iter().map(words).collect::<Vec<_>>(), ["Anna", "no"]);
    assert_eq!((found[0].lost.len(), found[1].lost.len()), (0, 1));
    let turned_down = r#"{"text": "Anna said no.", "spans": [{"start": 0, "end": 4, "token_start": 0, "token_end": 0, "label": "Speaker"}], "answer": "reject"}"#;
    for (answer, marks) in [("reject", 0), ("ignore", 0), ("accept", 1)] {
        let found = &read(format("prodigy"), &turned_down.replace("reject", answer), "").expect("a file")[0];
        assert_eq!((found.layer.marks.len(), found.lost.len()), (marks, 1 - marks), "{answer}");
    }

    for (name, file, complaint) in [
        ("brat", "T1 Claim 0 4 Anna", "line 1: \"T1 Claim 0 4 Anna\" is no mark: T1, a tab"),
        ("doccano", "{\"text\": \"a\"}\nnonsense", "line 2: not JSON"),
        ("prodigy", "\n[]\n", "line 2: "),
        ("w3c", "{", "this is no Web Annotation ("),
        ("label-studio", "{}", "this is no list of Label Studio's tasks ("),
        ("label-studio", "[{\"data\": {}}]", "task 1: there is no data.text"),
    ] {
        let said = read(format(name), file, text).expect_err("it is none");
        assert!(said.starts_with(complaint), "{said}");
    }
    assert!(
        format("brat").read.expect("it is read")("", None)
            .expect_err("no text")
            .contains("put the .txt beside the .ann")
    );
}

/// Each format that is only written, of a text with all that they have to hold: a claim inside another one, one in two parts
/// and over the end of a paragraph, marks that cross, and what XML, HTML and Markdown would take for their own.
#[test]
fn what_is_only_written_holds_claims_inside_claims() {
    let text = format!(
        "{SENTENCE} “So <b>*be*</b> & it.”\n\nAccording to The Times, officials said the bridge, which is old, was late."
    );
    let layer = layer(&text);
    let written = |name: &str| (format(name).write)(&layer);
    let inner = layer.links.iter().find(|link| link.label == "Inside").expect("a claim inside a claim");

    let html = written("html").file;
    assert!(html.contains("So &lt;b&gt;*be*&lt;/b&gt; &amp; it.") && !html.contains("<script"), "{html}");
    let officials = html.split("officials</").count();
    assert!(officials > 0 && html.contains("</mark></mark>"), "one stands in the other: {html}");
    assert!(html.contains("data-start=\"2\" data-end=\"20\">“Taxes will rise,”</mark>"), "{html}");

    let markdown = written("markdown").file;
    assert!(markdown.contains("- **Anna Berg**, finance minister (said): “Taxes will rise,”"), "{markdown}");
    assert!(markdown.contains("\n  - **"), "indented: {markdown}");
    assert!(!markdown.contains("<b>") && !markdown.contains("\n\n\n"), "{markdown}");

    let iob2 = written("iob2").file;
    let rows: Vec<Vec<&str>> =
        iob2.lines().filter(|line| !line.is_empty()).map(|line| line.split('\t').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 6), "{iob2}");
    assert!(rows.iter().any(|row| row[2] == "B-CLAIM" && row[1] != "O"), "an inner claim has a column: {iob2}");
    assert!(
        rows.iter().any(|row| row[0] == "Anna" && row[5] == "B-PER")
            && rows.iter().any(|row| row[0] == "Berg" && row[5] == "I-PER")
    );

    let graph: serde_json::Value = serde_json::from_str(&written("schema-org").file).expect("JSON");
    let graph = graph["@graph"].as_array().expect("a graph");
    let of = |sort: &str| graph.iter().filter(|one| one["@type"] == sort).collect::<Vec<_>>();
    assert_eq!(of("Quotation")[0]["text"].as_str().map(|text| text.starts_with("“Taxes will rise,”")), Some(true));
    assert!(of("Person").iter().any(|one| one["name"] == "Anna Berg" && one["jobTitle"][0] == "finance minister"));
    let outer = serde_json::json!(format!("#claim-{}", inner.to));
    assert!(of("Claim").iter().any(|one| one["isPartOf"]["@id"] == outer), "{graph:?}");
    assert!(!of("ClaimReview").is_empty() && of("ClaimReview").iter().all(|one| one.get("reviewRating").is_none()));

    let uima: serde_json::Value = serde_json::from_str(&written("uima").file).expect("JSON");
    let said = uima["%FEATURE_STRUCTURES"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|one| one["Label"] == "Claim")
        .expect("a claim")
        .clone();
    assert_eq!((&said["begin"], &said["end"]), (&3.into(), &21.into()), "UTF-16");

    let tei = written("tei").file;
    for part in [
        "<said who=\"#p1\" direct=\"true\" ana=\"#statement\"",
        "<persName ref=\"#p1\">Anna Berg</persName>",
        "<occupation>finance minister</occupation>",
        "So &lt;b&gt;",
    ] {
        assert!(tei.contains(part), "{part} is missing: {tei}");
    }
    for name in ["html", "markdown", "iob2", "schema-org", "tei"] {
        assert!(!written(name).lost.is_empty(), "{name} says what it does not hold");
    }
}

/// The words of some XML, without its elements; none where one is closed that is not the last one open.
fn words_of(xml: &str) -> Option<String> {
    let (mut out, mut open) = (String::new(), Vec::new());
    for piece in xml.split('<').skip(1) {
        let (tag, words) = piece.split_once('>')?;
        let name = tag.split_whitespace().next()?;
        match name.strip_prefix('/') {
            Some(name) => (open.pop() == Some(name.to_owned())).then_some(())?,
            None if name.starts_with('?') => {}
            None => open.push(name.to_owned()),
        }
        out += words;
    }
    open.is_empty().then(|| out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
}

proptest! {
    #[test]
    fn marks_that_cross_nest_in_tei_and_every_word_stays(layer in layers()) {
        let tei = (format("tei").write)(&layer).file;
        let words = words_of(&tei).map(|words| words.split_whitespace().collect::<String>());
        let text: String = layer.text.split_whitespace().collect();
        prop_assert!(words.as_ref().is_some_and(|words| words.ends_with(&text)), "{tei}");
        for only_written in FOREIGN.iter().filter(|format| format.read.is_none()) {
            let file = (only_written.write)(&layer).file;
            prop_assert!(layer.text.trim().is_empty() || !file.is_empty(), "{}", only_written.name);
        }
    }
}
