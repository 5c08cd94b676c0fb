//! Word lists of src/lang/FOLDER/*.txt -> static tables, sorted for binary search.
//!
//! One entry a line; `#` starts a comment; columns are divided by tabs. A file `cues.txt` gives `CUES`: `&[&str]`
//! where lines have one column, `&[[&str; N]]` where they have N. An entry that stands twice, or a line with another
//! number of columns, fails the build with its line number.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for name in ["en", "identify"] {
        let folder = Path::new("src/lang").join(name);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut code = String::new();
        let mut files: Vec<PathBuf> = fs::read_dir(&folder)
            .expect("a folder of src/lang")
            .map(|entry| entry.expect("an entry of that folder").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
            .collect();
        files.sort();
        for file in files {
            table(&file, &mut code).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        }
        fs::write(out.join(format!("{name}.rs")), code).expect("OUT_DIR can be written");
    }
}

/// Appends one file's table.
fn table(file: &Path, code: &mut String) -> Result<(), String> {
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let mut rows: BTreeMap<&str, (usize, Vec<&str>)> = BTreeMap::new();
    let mut width = None;
    for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line)) {
        let line = line.split_once('#').map_or(line, |(before, _)| before).trim_end();
        if line.is_empty() {
            continue;
        }
        let columns: Vec<&str> = line.split('\t').map(str::trim).filter(|column| !column.is_empty()).collect();
        let expected = *width.get_or_insert(columns.len());
        if columns.len() != expected {
            return Err(format!("line {number} has {} columns, the lines before it {expected}", columns.len()));
        }
        if let Some((first, _)) = rows.insert(columns[0], (number, columns.clone())) {
            return Err(format!("line {number} repeats line {first}: {}", columns[0]));
        }
    }
    let stem = file.file_stem().and_then(|stem| stem.to_str()).ok_or("a file name in UTF-8")?;
    let width = width.ok_or("no entries")?;
    let kind = if width == 1 { "&str".to_owned() } else { format!("[&str; {width}]") };
    let _ = writeln!(code, "/// The entries of `{stem}.txt`, sorted.");
    let _ = writeln!(code, "pub static {}: &[{kind}] = &[", stem.to_uppercase());
    for (_, columns) in rows.values() {
        let _ = if width == 1 { writeln!(code, "    {:?},", columns[0]) } else { writeln!(code, "    {columns:?},") };
    }
    code.push_str("];\n\n");
    Ok(())
}
