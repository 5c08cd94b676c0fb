//! The order of the house: a module imports only what stands before it, and stays short enough to be read.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

/// Imports run one way, from right to left.
const ORDER: [&str; 19] = [
    "span",
    "plain",
    "scheme",
    "lang",
    "text",
    "model",
    "entity",
    "grammar",
    "claim",
    "continuation",
    "nesting",
    "speaker",
    "summary",
    "adaptation",
    "analysis",
    "correction",
    "learning",
    "export",
    "wasm",
];

/// Lines of a module, its tests left out.
const LONGEST: usize = 400;

/// All Rust files under a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of the crate").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let rust = files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
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
    let code =
        "use crate::span::{Run, Span};\nuse crate::{text::{Article, Zone}, Analysis, model};\nlet _ = crate::Kind;";
    assert_eq!(names_after(code, "crate::"), ["span", "text", "Analysis", "model", "Kind"]);
}
