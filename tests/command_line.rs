//! The command line as a user meets it: the built program, on good and bad input.
#![cfg(all(feature = "cli", not(target_arch = "wasm32")))]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

/// formats.md's conformance sentence.
const SENTENCE: &str = "📈 “Taxes will rise,” said Anna Berg, finance minister.";

fn whosaid(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whosaid"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program on some input, to its end.
fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = whosaid(arguments).spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    std::thread::scope(|scope| {
        // A program that ends early reads no input: that is for the test to see in what it says.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().expect("the program ends")
    })
}

/// The program's records, what it says on stderr, and its exit status.
fn records(output: &Output) -> (Vec<Value>, String, i32) {
    let lines = str::from_utf8(&output.stdout).expect("UTF-8").lines();
    let records = lines.map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let said = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    (records, said, output.status.code().expect("it was not killed"))
}

fn ids(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["id"].as_str().expect("every record has an id")).collect()
}

/// A folder of this test's own, with these files in it.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("command_line").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
    for (file, content) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("as above");
        fs::write(path, content).expect("as above");
    }
    folder
}

#[test]
fn offsets_are_code_points() {
    let (records, said, status) = records(&run(&["annotate"], SENTENCE.as_bytes()));
    assert_eq!((records.len(), said.as_str(), status), (1, "", 0));
    let record = &records[0];
    assert_eq!(record["id"], "stdin");
    assert_eq!((&record["language"], &record["whosaid"]), (&json!("en"), &json!(env!("CARGO_PKG_VERSION"))));
    assert!(record["model"].as_str().is_some_and(|model| !model.is_empty()));
    let claim = &record["claims"][0];
    assert_eq!((&claim["content"], &claim["cue"]), (&json!([[2, 20]]), &json!([[21, 25]])));
    assert_eq!((&claim["form"], &claim["kind"]), (&json!("direct"), &json!("statement")));
    assert!(claim["confidence"].as_f64().is_some_and(|confidence| (0.0..=1.0).contains(&confidence)));
    assert_eq!(claim["source"][0][0], 26);
    assert_eq!((&claim["group"], &claim["speaker"]), (&json!("statement"), &json!(0)));
    assert_eq!(record["entities"], json!([{"start": 26, "end": 35, "type": "PER"}]));
    let speaker = &record["speakers"][0];
    assert_eq!((&speaker["name"], &speaker["kind"]), (&json!("Anna Berg"), &json!("person")));
    assert_eq!((&speaker["roles"], &speaker["affiliations"]), (&json!(["finance minister"]), &json!([])));
    assert_eq!(speaker["mentions"][0], json!([26, 35]));
}

#[test]
fn a_table_has_a_row_for_each_claim() {
    let input = [
        serde_json::to_string(&json!({"id": "a", "text": SENTENCE})).expect("JSON"),
        "nonsense".to_owned(),
        serde_json::to_string(&json!({"id": 7, "text": "No, said Carl Lind. The bank denied that it was late."}))
            .expect("JSON"),
    ];
    let output = run(&["annotate", "--jsonl", "--format", "csv"], input.join("\n").as_bytes());
    let (said, status) = (String::from_utf8(output.stderr).expect("UTF-8"), output.status.code());
    assert!(said.starts_with("whosaid: stdin:2: not JSON"), "{said}");
    assert_eq!(status, Some(1));
    let mut table = csv::Reader::from_reader(output.stdout.as_slice());
    let head = table.headers().expect("a head").clone();
    assert_eq!(head.iter().collect::<Vec<_>>(), whosaid::export::table::COLUMNS);
    let rows: Vec<csv::StringRecord> = table.records().collect::<Result<_, _>>().expect("a table");
    let cell = |row: usize, column: &str| {
        let at = head.iter().position(|name| name == column).expect("a column");
        rows[row][at].to_owned()
    };
    let first =
        ["id", "row", "claim", "speaker_name", "roles", "content", "form", "start", "end"].map(|name| cell(0, name));
    assert_eq!(first, ["a", "1", "0", "Anna Berg", "finance minister", "“Taxes will rise,”", "direct", "2", "20"]);
    assert!(rows.len() > 1 && (1..rows.len()).all(|row| cell(row, "id") == "7" && cell(row, "row") == "3"), "{rows:?}");
}

/// A table as another reader has it: each row by the names in the head.
fn table(output: &Output) -> Vec<BTreeMap<String, String>> {
    let mut table = csv::Reader::from_reader(output.stdout.as_slice());
    table.deserialize().collect::<Result<_, _>>().expect("a table")
}

#[test]
fn a_table_goes_in_and_what_is_kept_comes_out() {
    let head = "\u{feff}Nr;outlet;body;date\r\n";
    let rows = [
        format!("a1;=SUM(A1);\"{SENTENCE}\r\n\r\nShe \"\"won't\"\" go; she said.\";2026-01-02\r\n"),
        "a2;too few cells;x\r\n".to_owned(),
        format!("a3;\"The \"\"Times\"\"\";{SENTENCE};\r\n"),
    ];
    let input = format!("{head}{}", rows.concat());
    let columns = ["--text-column", "body", "--id-column", "Nr", "--keep", "date,outlet=paper"];
    let (records, said, status) = records(&run(&[&["annotate"], &columns[..]].concat(), input.as_bytes()));
    assert_eq!(
        said,
        "whosaid: stdin:5: 3 cells where the head has 4: put a cell that holds the separator, a quotation mark or the end of a line in quotation marks\n"
    );
    assert_eq!((ids(&records), status), (vec!["a1", "a3"], 1));
    assert_eq!((&records[0]["paper"], &records[0]["date"]), (&json!("=SUM(A1)"), &json!("2026-01-02")));
    assert_eq!((&records[1]["paper"], &records[1]["date"]), (&json!("The \"Times\""), &json!("")));
    assert_eq!(records[0]["claims"][0]["content"], json!([[2, 20]]));

    let rows = table(&run(&[&["annotate", "--format", "csv"], &columns[..]].concat(), input.as_bytes()));
    let cells = |row: &BTreeMap<String, String>| ["id", "row", "paper", "date"].map(|column| row[column].clone());
    assert_eq!(cells(&rows[0]), ["a1", "2", "'=SUM(A1)", "2026-01-02"]);
    assert_eq!(cells(rows.last().expect("rows")), ["a3", "6", "The \"Times\"", ""]);

    let without = run(&["annotate", "--text-column", "body"], input.as_bytes());
    assert_eq!(
        self::records(&without).0.iter().map(|record| &record["id"]).collect::<Vec<_>>(),
        [&json!(2), &json!(6)]
    );
}

#[test]
fn a_table_that_is_none_says_what_to_mend() {
    let table: [(&str, &str); 5] = [
        ("", "stdin: the table is empty: it needs a head with a column \"text\""),
        ("id,Text\n1,No.\n", "stdin:1: there is no column \"text\": there are id, Text"),
        ("id,text\n1,No.\n", "stdin:1: there is no column \"date\": there are id, text"),
        ("text,date\n\"No.,1\nNo.,2\n", "stdin:2: a quotation mark is not closed: close it"),
        ("text,date\nNo.,1\nN,o.,2\n", "stdin:3: 3 cells where the head has 2: put a cell"),
    ];
    for (input, expected) in table {
        let output = run(&["annotate", "--text-column", "text", "--keep", "date"], input.as_bytes());
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(said.starts_with(&format!("whosaid: {expected}")) && said.lines().count() == 1, "{said}");
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn fields_that_are_kept_stand_in_both_shapes() {
    let line = r#"{"source": "AP", "url": {"a":  [1.50]}, "text": "No, said Ann Lee.", "n": null}"#;
    let given = ["annotate", "--jsonl", "--keep", "source=outlet,url,n", "--keep", "missing"];
    let output = run(&given, line.as_bytes());
    let out = str::from_utf8(&output.stdout).expect("UTF-8");
    assert!(out.starts_with(r#"{"id":1,"outlet":"AP","url":{"a":  [1.50]},"n":null,"language":"#), "{out}");
    let rows = table(&run(&[&given[..], &["--format", "csv"]].concat(), line.as_bytes()));
    let cells = ["outlet", "url", "n", "missing"].map(|column| rows[0][column].as_str());
    assert_eq!(cells, ["AP", r#"{"a":  [1.50]}"#, "", ""]);
}

/// Some lines, as they are and compressed in two ways, each also in two pieces one after the other.
#[test]
fn what_is_compressed_is_read_and_what_is_cut_is_reported() {
    let lines: Vec<String> =
        (0..200).map(|id| json!({"id": id, "text": SENTENCE, "n": id * 7919 % 1000}).to_string()).collect();
    let plain = lines.join("\n");
    let gzip = |bytes: &[u8]| {
        let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        to.write_all(bytes).expect("memory");
        to.finish().expect("memory")
    };
    let zstandard = |bytes: &[u8]| {
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        ruzstd::encoding::compress_to_vec(bytes, level)
    };
    let expected = run(&["annotate", "--jsonl"], plain.as_bytes());
    assert!(expected.status.success());
    let (front, back) = plain.as_bytes().split_at(plain.len() / 3);
    for compress in [&gzip as &dyn Fn(&[u8]) -> Vec<u8>, &zstandard] {
        let whole = compress(plain.as_bytes());
        assert_eq!(run(&["annotate", "--jsonl"], &whole), expected);
        assert_eq!(run(&["annotate", "--jsonl"], &[compress(front), compress(back)].concat()), expected);
        assert_eq!(run(&["annotate"], &compress(SENTENCE.as_bytes())), run(&["annotate"], SENTENCE.as_bytes()));
        for cut in [whole.len() / 2, whole.len() - 1, 6] {
            let output = run(&["annotate", "--jsonl"], &whole[..cut]);
            let said = String::from_utf8(output.stderr.clone()).expect("UTF-8");
            let read = output.stdout.split_inclusive(|&byte| byte == b'\n').count();
            assert!(expected.stdout.starts_with(&output.stdout), "cut at {cut}");
            let after = if read == 0 { String::new() } else { format!(" after line {read}") };
            let start = format!("whosaid: stdin: the compressed file is cut short or damaged{after} (");
            assert!(said.starts_with(&start) && said.ends_with("): copy it again\n"), "cut at {cut}: {said}");
            assert_eq!((said.lines().count(), output.status.code()), (1, Some(1)));
        }
    }
}

#[test]
fn a_bad_line_is_reported_and_the_others_are_done() {
    let input = [
        br#"{"id": "a", "text": "Anna Berg said taxes will rise.", "url": "passed over"}"#.as_slice(),
        b"",
        b"Dear reader",
        br#"{"id": "b"}"#,
        b"{\"id\": \"c\", \"text\": \"caf\xe9\"}",
        br#"{"id": 7, "text": 7}"#,
        br#"{"id": "d", "text": "Half a pair: \ud83d."}"#,
        br#"{"id": "e", "text": ""}"#,
        br#"{"id": "f", "text": "The last line, without its end."}"#,
    ]
    .join(&b'\n');
    let (records, said, status) = records(&run(&["annotate", "--jsonl"], &input));
    assert_eq!(ids(&records), ["a", "e", "f"]);
    assert_eq!(records[0]["claims"].as_array().map(Vec::len), Some(1));
    let expected = [
        "stdin:3: not JSON (",
        "stdin:4: not what is expected (missing field `text`",
        "stdin:5: byte 25 of the line is not UTF-8: save the file as UTF-8",
        "stdin:6: not what is expected (invalid type: integer `7`, expected a string",
        "stdin:7: not JSON (",
    ];
    assert_eq!(said.lines().count(), expected.len(), "{said}");
    for (line, expected) in said.lines().zip(expected) {
        assert!(line.starts_with(&format!("whosaid: {expected}")), "{line}\nwas expected to start with\n{expected}");
        assert!(line.contains(r#"{"id": "…", "text": "…"}"#) || line.contains("UTF-8"), "{line} says what to mend");
    }
    assert_eq!(status, 1);
}

#[test]
fn an_id_is_any_json_or_the_number_of_the_line() {
    let given = ["7", "null", "\"a\"", "{\"page\":[1]}", "12345678901234567890123"];
    let lines = given.map(|id| format!("{{\"id\": {id}, \"text\": \"No.\"}}"));
    let input = format!("{}\n\n{{\"text\": \"No.\"}}\n", lines.join("\n"));
    let output = run(&["annotate", "--jsonl"], input.as_bytes());
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    let expected = given.iter().copied().chain(["7"]);
    assert_eq!(out.lines().count(), given.len() + 1);
    for (line, id) in out.lines().zip(expected) {
        assert!(line.starts_with(&format!("{{\"id\":{id},\"language\"")), "{line}");
    }
}

#[test]
fn a_text_in_another_language_is_read_and_says_so() {
    let german =
        "Die Mieten werden im Mai steigen, sagte der Bürgermeister. Niemand weiß, um wie viel sie dann steigen.";
    let (records, said, status) = records(&run(&["annotate"], german.as_bytes()));
    assert_eq!((&records[0]["language"], said.as_str(), status), (&json!("de"), "", 0));
    let lines = format!("{}\n{}\n", json!({"text": german}), json!({"text": SENTENCE}));
    let output = run(&["languages"], lines.repeat(2).as_bytes());
    assert_eq!((str::from_utf8(&output.stdout), output.status.code()), (Ok("de\t2\nen\t2\n"), Some(0)));
}

#[test]
fn files_are_articles_and_one_that_cannot_be_read_is_reported() {
    let folder = folder("files", &[("one.txt", SENTENCE.as_bytes()), ("two.txt", b"a\nb\nc\xff"), ("three.txt", b"")]);
    let path = |name: &str| folder.join(name).display().to_string();
    let (one, two, three, four) = (path("one.txt"), path("two.txt"), path("three.txt"), path("four.txt"));
    let (records, said, status) = records(&run(&["annotate", &one, &two, &four, "-", &three], b"Hello."));
    assert_eq!(ids(&records), [&one, "stdin", &three]);
    let said: Vec<&str> = said.lines().collect();
    assert_eq!(said[0], format!("whosaid: {two}:3: byte 2 of the line is not UTF-8: save the file as UTF-8"));
    assert!(said[1].starts_with(&format!("whosaid: {four}: cannot be read (")), "{said:?}");
    assert_eq!((said.len(), status), (2, 1));
}

#[test]
fn claims_that_are_not_sure_enough_are_left_out() {
    for (least, claims) in [("0", 1), ("1", 0)] {
        let (records, _, status) = records(&run(&["annotate", "--min-confidence", least], SENTENCE.as_bytes()));
        assert_eq!((records[0]["claims"].as_array().map(Vec::len), status), (Some(claims), 0), "{least}");
    }
}

#[test]
fn what_cannot_start_says_why() {
    let folder = folder("models", &[("page.bin", b"<!doctype html>"), ("cut.bin", b"WHOSAID\0\x01")]);
    let path = |name: &str| folder.join(name).display().to_string();
    let table: [(&[&str], &str); 10] = [
        (&["annotate", "--keep", "date"], "--keep: a plain text has no fields: give --jsonl or --text-column too"),
        (&["annotate", "--jsonl", "--keep", "claims"], "give the field another name, --keep claims=NAME"),
        (&["annotate", "--id-column", "id"], "--text-column <NAME>"),
        (&[], "Usage: whosaid <COMMAND>"),
        (&["read"], "unrecognized subcommand 'read'"),
        (&["evaluate"], "--data <FOLDER>"),
        (&["annotate", "--min-confidence", "2"], "a number from 0 to 1 is needed"),
        (&["annotate", "--model", &path("none.bin")], "none.bin: cannot be read ("),
        (
            &["annotate", "--model", &path("page.bin")],
            "page.bin: this is not a whosaid model file: fetch model.bin again",
        ),
        (&["annotate", "--model", &path("cut.bin")], "cut.bin: the model file is cut short: 9 of "),
    ];
    for (arguments, expected) in table {
        let (records, said, status) = records(&run(arguments, b""));
        assert!(said.contains(expected), "{arguments:?}: {said}");
        assert_eq!((records.len(), status), (0, 2), "{arguments:?}");
    }
}

#[test]
fn another_model_can_read() {
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lang/en/model.bin");
    let built_in = run(&["annotate"], SENTENCE.as_bytes());
    assert_eq!(run(&["annotate", "--model", model], SENTENCE.as_bytes()), built_in);
}

#[test]
fn help_names_what_there_is() {
    let table: [(&[&str], &[&str]); 3] = [
        (&["--help"], &["annotate", "convert", "evaluate", "--version"]),
        (
            &["annotate", "--help"],
            &[
                "--jsonl",
                "--text-column",
                "--id-column",
                "--keep",
                "--threads",
                "--min-confidence",
                "--model",
                "[FILES]...",
                "code points",
            ],
        ),
        (&["evaluate", "--help"], &["--data", "--min-confidence", "--model"]),
    ];
    for (arguments, expected) in table {
        let output = run(arguments, b"");
        let help = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(expected.iter().all(|part| help.contains(part)), "{arguments:?}: {help}");
        assert!(output.status.success(), "{arguments:?}");
    }
}

#[test]
fn a_line_is_answered_before_the_next_one_comes() {
    for threads in ["1", "2"] {
        let mut child = whosaid(&["annotate", "--jsonl", "--threads", threads]).spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("it is piped");
        let mut answers = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        for id in ["first", "second"] {
            writeln!(stdin, "{}", json!({"id": id, "text": SENTENCE})).expect("the program reads");
            // It would wait for ever here if answers were held back.
            let answer = answers.next().expect("an answer").expect("UTF-8");
            assert!(answer.starts_with(&format!(r#"{{"id":"{id}","#)), "{answer}");
        }
        drop(stdin);
        assert!(child.wait().expect("the program ends").success());
    }
}

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    for threads in ["1", "2"] {
        let mut child = whosaid(&["annotate", "--jsonl", "--threads", threads]).spawn().expect("the program starts");
        drop(child.stdout.take());
        let mut stdin = child.stdin.take().expect("it is piped");
        let line = format!("{}\n", json!({"id": "a", "text": SENTENCE}));
        // The first answer fails already; until then the pipe takes some lines.
        while stdin.write_all(line.as_bytes()).is_ok() {}
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!((str::from_utf8(&output.stderr), output.status.code()), (Ok(""), Some(0)));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_ends_it_and_says_so() {
    for threads in ["1", "2"] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let mut command = whosaid(&["annotate", "--threads", threads]);
        let output = command.stdin(Stdio::null()).stdout(full).output().expect("the program runs");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(said.starts_with("whosaid: the output cannot be written (No space left"), "{said}");
        assert_eq!((said.lines().count(), output.status.code()), (1, Some(2)));
    }
}

/// How many items of the input are done, as the run writes it down.
fn done(progress: &Path) -> u64 {
    let written = fs::read(progress).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    written.map_or(0, |progress| progress["items"].as_u64().expect("a number"))
}

#[test]
fn an_interrupted_run_is_gone_on_with_byte_for_byte() {
    let articles = (0..400).map(|id| match id % 9 {
        3 => "nonsense\n".to_owned(),
        5 => format!("{}\n", json!({"id": id, "text": "Nobody speaks."})),
        _ => format!("{}\n", json!({"id": id, "text": SENTENCE.repeat(id % 7 + 1)})),
    });
    let articles: Vec<String> = articles.collect();
    let input = articles.concat();
    let folder = folder("resume", &[]);
    for (format, threads) in [("jsonl", "1"), ("csv", "2")] {
        let path = folder.join(format);
        let progress = folder.join(format!("{format}.progress"));
        let name = path.display().to_string();
        let given = ["annotate", "--jsonl", "--format", format, "--threads", threads];
        let expected = run(&given, input.as_bytes());
        let given = [&given[..], &["--output", &name]].concat();

        let mut child = whosaid(&given).spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("it is piped");
        let mut fed = 0;
        // It writes down how far it is once a second, after an article.
        while done(&progress) == 0 {
            let article = articles.get(fed).map_or("\n", String::as_str);
            stdin.write_all(article.as_bytes()).expect("the program reads");
            fed += 1;
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        child.kill().expect("it runs");
        child.wait().expect("it ends");
        drop(stdin);
        let before = fs::read(&path).expect("the output");
        assert!(expected.stdout.starts_with(&before) && before.len() < expected.stdout.len());
        fs::OpenOptions::new()
            .append(true)
            .open(&path)
            .and_then(|mut file| file.write_all(b"{\"id\":3,\"lang"))
            .expect("as above");

        let said = |arguments: &[&str], input: &[u8]| {
            let output = run(&[&given[..], arguments].concat(), input);
            (String::from_utf8(output.stderr).expect("UTF-8"), output.status.code())
        };
        for (arguments, input, refusal) in [
            (&[][..], input.clone(), "a run that wrote it was interrupted: give --resume to go on, or delete"),
            (&["--resume", "--min-confidence", "0.5"], input.clone(), "--min-confidence was \"0.4\" and is \"0.5\""),
            (&["--resume"], format!("{{\"text\": \"\"}}\n{input}"), "the input is not what the interrupted run read"),
            (&["--resume"], String::new(), "the input is not what the interrupted run read"),
        ] {
            let (said, status) = said(arguments, input.as_bytes());
            assert!(said.contains(refusal) && status == Some(2), "{said}");
        }
        let (complaints, status) = said(&["--resume"], input.as_bytes());
        assert_eq!((fs::read(&path).expect("the output"), status), (expected.stdout, Some(1)), "{complaints}");
        assert!(String::from_utf8(expected.stderr).expect("UTF-8").ends_with(&complaints));
        assert!(!progress.exists());
        let (said, status) = said(&["--resume"], input.as_bytes());
        assert!(said.contains("no run that wrote it was interrupted, so nothing is to be done") && status == Some(2));
    }
}

#[test]
#[cfg(unix)]
fn what_found_no_room_is_gone_on_with() {
    let folder = folder("no_room", &[]);
    let path = folder.join("out.jsonl").display().to_string();
    let input = format!("{}\n", json!({"id": "a", "text": SENTENCE})).repeat(20);
    let given = ["annotate", "--jsonl", "--output", &path];
    // A file may have no more than 8 blocks here.
    let mut child = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_whosaid")])
        .args(given)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell");
    child.stdin.take().expect("it is piped").write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("the program ends");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.starts_with("whosaid: the output cannot be written ("), "{said}");
    assert_eq!(output.status.code(), Some(2));
    assert!(run(&[&given[..], &["--resume"]].concat(), input.as_bytes()).status.success());
    assert_eq!(fs::read(&path).expect("the output"), run(&["annotate", "--jsonl"], input.as_bytes()).stdout);
}

#[test]
fn the_input_is_never_written_over() {
    let folder = folder("same", &[("in.jsonl", b"{\"text\": \"No.\"}\n")]);
    let path = folder.join("in.jsonl").display().to_string();
    let before = fs::read(&path).expect("it was written");
    let (_, said, status) = records(&run(&["annotate", "--jsonl", &path, "-o", &path], b""));
    assert!(said.contains("is what is to be read: give another file by --output") && status == 2, "{said}");
    assert_eq!(fs::read(&path).expect("as before"), before);
    let (_, said, status) = records(&run(&["annotate", "-o", &folder.display().to_string()], b""));
    assert!(said.contains(" is no file: leave out --output") && status == 2, "{said}");
}

/// Runs the program with its standard error on a terminal, which `script` makes.
#[test]
#[cfg(target_os = "linux")]
fn a_terminal_shows_how_far_it_is_and_a_pipe_does_not() {
    let folder = folder("bar", &[]);
    let input = format!("{}\n", json!({"id": "a", "text": SENTENCE})).repeat(20) + "nonsense\n";
    let (from, to) = (folder.join("in.jsonl"), folder.join("out.jsonl"));
    fs::write(&from, &input).expect("the folder is there");
    let program = env!("CARGO_BIN_EXE_whosaid");
    let shell = format!("'{program}' annotate --jsonl '{}' > '{}'", from.display(), to.display());
    let output = Command::new("script").args(["-qec", &shell, "/dev/null"]).stdin(Stdio::null()).output();
    let output = output.expect("util-linux has `script`, which makes terminals");
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(shown.contains("\r1 article"), "{shown:?}");
    // The line is taken away before anything is said, and at the end.
    let said = format!("\rwhosaid: {}:21: not JSON", from.display());
    assert!(shown.contains(&said), "{shown:?}");
    let piped = run(&["annotate", "--jsonl"], input.as_bytes());
    assert_eq!(fs::read(&to).expect("the output"), piped.stdout);
    assert!(piped.stderr.starts_with(b"whosaid: stdin:21: ") && !piped.stderr.contains(&b'\r'));
}

#[test]
fn the_output_is_the_same_with_any_number_of_threads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut input = Vec::new();
    for file in fs::read_dir(folder).expect("articles").map(|file| file.expect("an article").path()) {
        if file.extension().is_some_and(|ending| ending == "txt") {
            let text = fs::read_to_string(&file).expect("UTF-8");
            // The second of each three articles is short, so it is done long before the first.
            for text in [text.as_str(), SENTENCE, &text[..text.floor_char_boundary(500)]] {
                input.extend_from_slice(format!("{}\n", json!({"text": text})).as_bytes());
            }
            input.extend_from_slice(b"nonsense\n\n");
        }
    }
    for format in ["jsonl", "csv"] {
        let with = |threads: &str| run(&["annotate", "--jsonl", "--format", format, "--threads", threads], &input);
        let one = with("1");
        let bad = str::from_utf8(&one.stderr).expect("UTF-8").lines().count();
        assert!(bad > 10 && one.status.code() == Some(1));
        for threads in ["2", "7", "0"] {
            assert_eq!(with(threads), one, "{format}, {threads} threads");
        }
    }
}

#[test]
fn articles_are_converted_between_tools() {
    let folder = folder("convert", &[("article.txt", SENTENCE.as_bytes())]);
    let path = |name: &str| folder.join(name).display().to_string();
    let convert = |from: &str, to: &str, file: &str, output: &str| {
        let output = run(&["convert", "--from", from, "--to", to, &path(file), "--output", &path(output)], b"");
        (String::from_utf8(output.stderr).expect("UTF-8"), output.status.code())
    };
    let text = |name: &str| fs::read_to_string(folder.join(name)).expect("it was written");
    let (said, status) = convert("text", "brat", "article.txt", "a.ann");
    assert_eq!(
        said,
        "whosaid: brat: cannot hold: places of roles and affiliations: 1\nwhosaid: brat: cannot hold: confidences of speakers: 1\n"
    );
    assert_eq!((status, text("a.txt").as_str()), (Some(0), SENTENCE));
    assert!(text("a.ann").contains("Claim 2 20\t“Taxes will rise,”\n"), "{}", text("a.ann"));
    // From tool to tool, and back: the file is the same.
    let steps = [("brat", "w3c", "a.ann", "b.jsonld"), ("w3c", "label-studio", "b.jsonld", "c.json")];
    let more = [
        ("label-studio", "prodigy", "c.json", "d.jsonl"),
        ("prodigy", "json", "d.jsonl", "e.json"),
        ("json", "brat", "e.json", "f.ann"),
    ];
    for (from, to, file, output) in steps.into_iter().chain(more) {
        let (said, status) = convert(from, to, file, output);
        let is_own = from == "json";
        assert_eq!(
            (said.as_str(), status),
            (if is_own { "whosaid: brat: cannot hold: confidences of speakers: 1\n" } else { "" }, Some(0)),
            "{from} {to}"
        );
    }
    assert_eq!(text("f.ann"), text("a.ann"));

    fs::write(folder.join("a.txt"), "Another text.").expect("the folder is there");
    let (said, status) = convert("text", "brat", "article.txt", "a.ann");
    assert!(said.contains("a.txt: another text is there already") && status == Some(2), "{said}");

    let (said, status) = convert("doccano", "json", "article.txt", "none.json");
    assert!(
        said.starts_with(&format!("whosaid: {}: line 1: not JSON (", path("article.txt"))) && status == Some(1),
        "{said}"
    );
    let lines = format!("{0}\n{0}\nnonsense\n", json!({"text": SENTENCE}));
    let output = run(&["convert", "--from", "jsonl", "--to", "doccano"], lines.as_bytes());
    assert_eq!((str::from_utf8(&output.stdout).expect("UTF-8").lines().count(), output.status.code()), (2, Some(1)));
    let tasks = run(&["convert", "--from", "jsonl", "--to", "label-studio"], lines.as_bytes()).stdout;
    let tasks: Value = serde_json::from_slice(&tasks).expect("JSON");
    assert!(
        tasks
            .as_array()
            .is_some_and(|tasks| tasks.len() == 2 && tasks.iter().all(|task| task["data"]["text"] == SENTENCE))
    );
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.contains("stdin:3: not JSON") && said.contains("doccano: cannot hold: notes of marks"), "{said}");
    let (_, said, status) = records(&run(&["convert", "--from", "jsonl", "--to", "w3c"], lines.as_bytes()));
    assert!(said.contains("there are 2 articles, and a file of this format holds one") && status == 2, "{said}");
    let (_, said, status) = records(&run(&["convert", "--from", "text", "--to", "word"], b""));
    assert!(
        said.contains("choose one of json, brat, w3c, w3c-utf16, label-studio, doccano, prodigy") && status == 2,
        "{said}"
    );
}

#[test]
fn evaluate_scores_the_sets_that_are_there() {
    let said = json!({"source": [[26, 53]], "cue": [[21, 25]], "content": [[2, 20]]});
    let missed = json!({"source": [], "cue": [], "content": [[26, 35]]});
    let gold = json!({"id": "a", "text": SENTENCE, "attributions": [said, missed]});
    let names = json!({"id": "a", "text": SENTENCE, "entities": [{"start": 26, "end": 35, "type": "PER"}]});
    let fact = json!([{"text": "finance minister"}]);
    let speaker =
        json!({"name": "Anna Berg", "kind": "person", "roles": fact, "affiliations": [], "mentions": [[26, 35]]});
    let speakers = json!({"id": "a", "text": SENTENCE, "speakers": [speaker]});
    let data = folder(
        "data",
        &[
            ("attribution/polnear_dev.jsonl", gold.to_string().as_bytes()),
            ("entities/ewt_dev.jsonl", format!("{names}\n{{\"id\": \"b\"}}\n").as_bytes()),
            ("speakers/polnear_dev.jsonl", speakers.to_string().as_bytes()),
        ],
    );
    let output = run(&["evaluate", "--data", &data.display().to_string()], b"");
    let table = String::from_utf8(output.stdout).expect("UTF-8");
    let rows: Vec<String> = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for row in [
        "attribution/polnear_dev: 1 articles",
        "claim 100.0 50.0 66.7",
        "exact 100.0 50.0 66.7",
        "entities/ewt_dev: 1 articles",
        "PER exact 100.0 100.0 100.0",
        "PER+ORG overlap 100.0 100.0 100.0",
        "person, full name 1 100.0 100.0",
        "all 1 100.0 100.0",
        "roles 100.0 100.0 100.0",
    ] {
        assert!(rows.iter().any(|found| found == row), "{row} is missing:\n{table}");
    }
    let missing = rows.iter().filter(|row| row.contains(": missing, skipped (no file ")).count();
    assert_eq!(missing, 9, "{table}");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.contains("ewt_dev.jsonl:2: not what is expected (missing field `text`"), "{said}");
    assert_eq!(output.status.code(), Some(1), "a line was bad");

    fs::write(data.join("entities/ewt_dev.jsonl"), names.to_string()).expect("it was written before");
    assert_eq!(run(&["evaluate", "--data", &data.display().to_string()], b"").status.code(), Some(0));
}

#[test]
fn evaluate_without_any_set_says_so() {
    let data = folder("no_data", &[]);
    let output = run(&["evaluate", "--data", &data.display().to_string()], b"");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.contains("holds none of the sets: give the folder of the data"), "{said}");
    assert_eq!(output.status.code(), Some(1));
}

/// A score that falls below these was not meant to: they stand a little under what was reached.
#[test]
fn speakers_are_found_in_articles_of_many_countries() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let output = run(&["evaluate", "--data", &data.display().to_string()], b"");
    let table = String::from_utf8(output.stdout).expect("UTF-8");
    let set = table.split("speakers/").find(|set| set.starts_with("world_dev: 24 articles")).expect("the set");
    // The second number is that of sources resolved, the third of facts' F1.
    for (row, column, least) in [
        ("person, all", 1, 87.0),
        ("person, full name", 1, 93.0),
        ("person, pronoun", 1, 80.0),
        ("institution, all", 1, 68.0),
        ("roles", 2, 76.0),
        ("affiliations", 2, 56.0),
    ] {
        let line = set.lines().find(|line| line.trim_start().starts_with(row)).expect(row);
        let numbers = line.trim_start()[row.len()..].split_whitespace();
        let numbers: Vec<f32> = numbers.map(|number| number.parse().expect("a number")).collect();
        assert!(numbers[column] >= least, "{row}: {} is less than {least}\n{set}", numbers[column]);
    }
}

#[test]
fn simulate_counts_the_corrections_of_a_careful_reader() {
    let article = |id: &str, text: &str, said: Value| json!({"id": id, "text": text, "attributions": said}).to_string();
    let right = json!([{"source": [[26, 53]], "cue": [[21, 25]], "content": [[2, 20]]}]);
    let missing = json!([{"source": [], "cue": [], "content": [[0, 10]]}]);
    let lines = [
        article("one_2025-01-01_taxes", SENTENCE, right.clone()),
        article("one_2025-01-02_costs", "Costs rose.", missing),
        article("two_2025-01-01_taxes", SENTENCE, json!([])),
    ];
    let data = folder("simulate", &[("attribution/polnear_dev.jsonl", lines.join("\n").as_bytes())]);
    let output = run(&["simulate", "--data", &data.display().to_string()], b"");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{said}");
    let numbers = |name: &str| -> Vec<f64> {
        let rows = said.lines().filter_map(|line| line.strip_prefix(name));
        rows.flat_map(|row| row.split_whitespace().filter_map(|word| word.parse().ok())).collect()
    };
    // One claim was missing, one was none: two corrections for two claims, whatever helps.
    for name in ["nothing learnt", "taught at once"] {
        assert_eq!(numbers(name), [100.0, 100.0, 100.0, 0.0, 0.0, 100.0, 50.0, 50.0, 0.0, 0.0], "{name}: {said}");
    }
    assert!(said.contains("linked F1 on the other publishers' articles"), "{said}");

    let (_, said, status) = records(&run(&["simulate", "--data", "nowhere"], b""));
    assert!(said.contains("nowhere") && said.contains("cannot be read"), "{said}");
    assert_eq!(status, 2);
}
