//! The order of the house: a module imports only what stands before it, no folder holds a circle, and no module is too long.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Imports run one way, from right to left.
const ORDER: [&str; 23] = [
    "span",
    "plain",
    "scheme",
    "checksum",
    "order",
    "lang",
    "text",
    "lexis",
    "model",
    "entity",
    "grammar",
    "claim",
    "continuation",
    "nesting",
    "speaker",
    "summary",
    "adaptation",
    "windows",
    "analysis",
    "correction",
    "learning",
    "export",
    "wasm",
];

/// Lines of a module, its tests left out.
const LONGEST: usize = 400;

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

/// All Rust files under a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of the crate").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let rust = files.into_iter().filter(|path| is_rust(path));
    let mut all: Vec<PathBuf> = rust.chain(folders.iter().flat_map(|folder| self::files(folder))).collect();
    all.sort();
    all
}

/// A file's code: without its tests, which may look anywhere, and without comments.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("a Rust file in UTF-8");
    let lines: Vec<&str> = text.lines().collect();
    // A module of its own file for tests is named at the top, those in the file stand at its end.
    let tests = lines.windows(2).position(|pair| pair[0] == "#[cfg(test)]" && pair[1].ends_with('{'));
    let lines = lines[..tests.unwrap_or(lines.len())].iter();
    lines.filter(|line| !line.trim_start().starts_with("//")).fold(String::new(), |code, line| code + line + "\n")
}

/// The names that follow each `prefix` in some code: one, or those at the top of a list in braces.
fn names_after<'c>(code: &'c str, prefix: &str) -> Vec<&'c str> {
    let word = |text: &'c str| {
        text.split(|character: char| !character.is_alphanumeric() && character != '_').next().unwrap_or_default()
    };
    let mut names = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let rest = &code[at + prefix.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            names.push(word(rest));
            continue;
        };
        let mut depth = 0_usize;
        let mut start = 0;
        for (index, character) in list.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    names.push(word(list[start..index].trim_start()));
                    start = index + 1;
                    if character == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The module that a name of the crate's root means: itself, or the one that lib.rs re-exports it from.
fn module<'n>(name: &'n str, library: &'n str) -> &'n str {
    if ORDER.contains(&name) {
        return name;
    }
    let from = ORDER.into_iter().find(|module| names_after(library, &format!("pub use {module}::")).contains(&name));
    from.unwrap_or_else(|| panic!("lib.rs holds no `{name}` that stands in the order"))
}

#[test]
fn imports_run_one_way() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let library = code(&source.join("lib.rs"));
    let place = |module: &str| ORDER.iter().position(|name| *name == module);
    let mut seen = [0; ORDER.len()];
    for file in files(&source) {
        let path = file.strip_prefix(&source).expect("it stands there");
        let own = path.iter().next().and_then(|part| part.to_str()).expect("a name in UTF-8").trim_end_matches(".rs");
        if ["lib", "bin"].contains(&own) {
            continue;
        }
        let here = place(own).unwrap_or_else(|| panic!("src/{} has no place in the order", path.display()));
        seen[here] += 1;
        let code = code(&file);
        for name in names_after(&code, "crate::") {
            let there = place(module(name, &library)).expect("a module of the order");
            assert!(there <= here, "src/{} imports `crate::{name}`, which stands after `{own}`", path.display());
        }
    }
    assert!(seen.iter().all(|&files| files > 0), "a module of the order is gone: {seen:?}");
}

/// Where a language may be chosen: where an annotator is made, and where a text is cut that nobody reads.
const CHOOSERS: [&str; 5] =
    ["analysis.rs", "export/foreign/iob2.rs", "export/foreign/meaning.rs", "export/foreign/told.rs", "model/speed.rs"];

#[test]
fn no_rule_names_a_language() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let is_test =
        |file: &PathBuf| ["fixture.rs", "laws.rs", "tests.rs", "toy.rs"].iter().any(|name| file.ends_with(name));
    let names = files(&source).into_iter().filter(|file| !is_test(file) && code(file).contains("ENGLISH"));
    let paths = names.map(|file| file.strip_prefix(&source).expect("it stands there").to_owned());
    let outside: Vec<PathBuf> = paths.filter(|path| !path.starts_with("lang") && !path.starts_with("bin")).collect();
    assert_eq!(outside, CHOOSERS.map(PathBuf::from));
}

/// Rules ask a `Language` for its words: none spells out one of the closed classes ("of", "that", "who").
#[test]
fn no_rule_spells_a_word() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let table = fs::read_to_string(source.join("lang/en/function_words.txt")).expect("a table in UTF-8");
    let words: BTreeSet<&str> = table.lines().filter_map(|line| line.split('\t').next()).collect();
    assert!(words.contains("of") && words.contains("that"));
    for room in ["text", "lexis", "entity", "grammar", "speaker"] {
        let doors = [source.join(room).with_extension("rs")].into_iter().filter(|door| door.exists());
        for file in files(&source.join(room)).into_iter().chain(doors) {
            let code = code(&file);
            let spelt: Vec<&str> = code.split('"').skip(1).step_by(2).filter(|text| words.contains(text)).collect();
            assert!(spelt.is_empty(), "{}: {spelt:?} belong into lang/en", file.display());
        }
    }
}

/// The standard library's sorts are compiled anew for each type: [`ORDER`]'s `order` is compiled once.
#[test]
fn everything_is_sorted_by_the_same_code() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let is_read = |file: &PathBuf| !file.starts_with(source.join("bin")) && !file.ends_with("fixture.rs");
    for file in files(&source).into_iter().filter(is_read).filter(|file| !file.ends_with("tests.rs")) {
        let code = code(&file);
        let sorts = [".sort(", ".sort_by", ".sort_unstable", ".select_nth"].map(|call| code.contains(call));
        assert!(!sorts.contains(&true), "{}: use src/order.rs", file.display());
    }
}

/// The modules of a folder, each with those that it imports; the folder's own file, its door, is called "the door".
fn neighbours(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let entries = fs::read_dir(folder).expect("a folder of the crate").map(|entry| entry.expect("an entry").path());
    let stem = |path: &Path| path.file_stem().and_then(|name| name.to_str()).expect("a name in UTF-8").to_owned();
    let inside = folder.join("mod.rs");
    let door = if inside.exists() { inside } else { folder.with_extension("rs") };
    let main = |path: PathBuf| if path.is_dir() { path.join("mod.rs") } else { path };
    let modules: BTreeMap<String, PathBuf> = entries
        .map(|path| (stem(&path), main(path)))
        .filter(|(_, path)| is_rust(path) && path.exists() && *path != door)
        .collect();
    let door = code(&door);
    let shown =
        |name: &str| modules.keys().find(|module| names_after(&door, &format!("use {module}::")).contains(&name));
    let target = |name: &str| match modules.get_key_value(name) {
        Some((module, _)) => module.clone(),
        None => shown(name).map_or(DOOR.to_owned(), Clone::clone),
    };
    let all = modules.iter().map(|(module, path)| {
        let code = code(path);
        (
            module.clone(),
            names_after(&code, "super::").into_iter().map(target).filter(|other| other != module).collect(),
        )
    });
    let mut all: BTreeMap<String, BTreeSet<String>> = all.collect();
    let uses = |module: &&String| door.contains(&format!("{module}::"));
    all.insert(DOOR.to_owned(), modules.keys().filter(uses).cloned().collect());
    all
}

/// What a folder's own file is called among its modules.
const DOOR: &str = "the door";

/// A way from a module back to itself; none where there is none.
fn circle(neighbours: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<&str>> {
    fn go<'n>(all: &'n BTreeMap<String, BTreeSet<String>>, way: &mut Vec<&'n str>) -> bool {
        let last = *way.last().expect("it starts somewhere");
        for next in all.get(last).into_iter().flatten() {
            let is_round = next == way[0];
            if !is_round && way.contains(&next.as_str()) {
                continue;
            }
            way.push(next);
            if is_round || go(all, way) {
                return true;
            }
            way.pop();
        }
        false
    }
    // Modules that import nothing of the others are in no circle, nor are those that import only such.
    let mut left = neighbours.clone();
    loop {
        let names: BTreeSet<String> = left.keys().cloned().collect();
        for others in left.values_mut() {
            others.retain(|other| names.contains(other));
        }
        let before = left.len();
        left.retain(|_, others| !others.is_empty());
        if left.len() == before {
            break;
        }
    }
    let mut starts = neighbours.keys().filter(|name| left.contains_key(*name));
    starts.find_map(|start| {
        let mut round = vec![start.as_str()];
        go(neighbours, &mut round).then_some(round)
    })
}

#[test]
fn no_folder_holds_a_circle() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let folders: BTreeSet<PathBuf> =
        files(&source).iter().filter_map(|file| file.parent().map(Path::to_owned)).collect();
    let mut seen = 0;
    // The folders whose own file is the root of a crate are held by the test above, or have nothing to hold.
    for folder in folders.iter().filter(|folder| **folder != source && !folder.ends_with("bin/whosaid")) {
        let neighbours = neighbours(folder);
        seen += neighbours.len();
        let circle = circle(&neighbours).map(|round| round.join(" -> "));
        assert!(circle.is_none(), "{}: {}", folder.display(), circle.unwrap_or_default());
    }
    assert!(seen > 80, "{seen} modules were looked at");
}

#[test]
fn a_circle_is_found() {
    let of = |pairs: &[(&str, &[&str])]| -> BTreeMap<String, BTreeSet<String>> {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        pairs.iter().map(|&(name, others)| (name.to_owned(), owned(others))).collect()
    };
    let straight = of(&[("the door", &["a", "b"]), ("a", &["b", "c"]), ("b", &["c"]), ("c", &[])]);
    assert_eq!(circle(&straight), None);
    let round = of(&[("the door", &["a"]), ("a", &["b"]), ("b", &["c"]), ("c", &["b"])]);
    assert_eq!(circle(&round).map(|way| way.len()), Some(3));
    let through = of(&[("the door", &["a"]), ("a", &["the door"])]);
    assert_eq!(circle(&through), Some(vec!["a", "the door", "a"]));
}

#[test]
fn no_module_is_longer_than_one_reads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["src", "train/src", "tools/src"] {
        for file in files(&root.join(folder)) {
            let lines = code(&file).lines().count();
            assert!(lines <= LONGEST, "{} has {lines} lines of code: split it by meaning", file.display());
        }
    }
}

#[test]
fn names_are_found_in_every_form_of_import() {
    let code = "use crate::span::{Run, Span};\nuse crate::{text::{Article, Zone}, Analysis, model};\nlet _ = crate::ClaimKind;";
    assert_eq!(names_after(code, "crate::"), ["span", "text", "Analysis", "model", "ClaimKind"]);
}
