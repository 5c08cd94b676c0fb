//! Word lists of src/lang/FOLDER/*.txt -> tables, sorted for binary search. They are cut from one string when they are first used:
//! with an address for each word they would be larger in the WebAssembly.
//!
//! One entry a line; `#` starts a comment; columns are divided by tabs. A file `cues.txt` gives a table `cues`:
//! `&[&str]` where lines have one column, `&[[&str; N]]` where they have N. An entry that stands twice, or a line with
//! another number of columns, fails the build with its line number.
//!
//! `sets.txt` holds many small tables, one a row.
//!
//! The files of `en` are the fields of `Language`; another language has the same files, and an empty table for each file
//! that it lacks. A file that English lacks fails the build.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, slice};

/// The language whose files are the fields of `Language`.
const FIRST: &str = "en";
/// The other languages. `toy` has ten words, for the tests.
const OTHERS: [&str; 1] = ["toy"];

/// The file that holds many small tables, one a row.
const SETS: &str = "sets";

/// The entries of a file, sorted, each with its columns.
struct Table {
    name: String,
    width: usize,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// The type of the table in the code. A field has to name the lifetime of its references, a static must not.
    fn kind(&self, lifetime: &str) -> String {
        let word = format!("&{lifetime}str");
        let entry = if self.width == 1 { word } else { format!("[{word}; {}]", self.width) };
        format!("&{lifetime}[{entry}]")
    }

    /// The function of src/lang/language.rs that cuts the table from the string.
    fn cut(&self) -> &'static str {
        if self.width == 1 { "list" } else { "table" }
    }
}

/// Tables as one string: a line a row, with tabs between its columns; a page break between tables.
fn packed(tables: &[Table]) -> String {
    let rows = |table: &Table| table.rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n");
    tables.iter().map(rows).collect::<Vec<_>>().join("\u{c}")
}

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let write = |name: &str, code: String| fs::write(out.join(name), code).expect("OUT_DIR can be written");

    let first = tables(FIRST);
    let mut code = String::from(LANGUAGE);
    for table in &first {
        let _ = writeln!(
            code,
            "    /// The entries of `{0}.txt`, or of that row of `sets.txt`, sorted.\n    pub {0}: {1},",
            table.name,
            table.kind("'static ")
        );
    }
    code.push_str("}\n");
    write("language.rs", code);

    for tag in [FIRST].into_iter().chain(OTHERS) {
        let mut own: BTreeMap<String, Table> =
            tables(tag).into_iter().map(|table| (table.name.clone(), table)).collect();
        let fits = |table: &Table| first.iter().any(|known| known.name == table.name && known.width == table.width);
        if let Some(table) = own.values().find(|table| !fits(table)) {
            panic!("src/lang/{tag}/{}.txt: src/lang/{FIRST} has no such file with {} columns", table.name, table.width);
        }
        let empty = |table: &Table| Table { name: table.name.clone(), width: table.width, rows: Vec::new() };
        let own: Vec<Table> =
            first.iter().map(|table| own.remove(&table.name).unwrap_or_else(|| empty(table))).collect();
        let mut code = format!("{{\n    let mut tables = {:?}.split('\\u{{c}}');\n", packed(&own));
        let _ = writeln!(code, "    Language {{\n        tag: {tag:?},");
        for table in &own {
            let _ = writeln!(code, "        {}: {}(&mut tables),", table.name, table.cut());
        }
        code.push_str("    }\n}");
        write(&format!("{tag}.rs"), code);
    }

    let mut code = String::new();
    for table in tables("identify") {
        let (name, kind) = (&table.name, table.kind("'static "));
        let _ = writeln!(code, "/// The entries of `{name}.txt`, sorted.");
        let value =
            format!("LazyLock::new(|| {}(&mut [{:?}].into_iter()))", table.cut(), packed(slice::from_ref(&table)));
        let _ = writeln!(code, "pub static {}: LazyLock<{kind}> = {value};", name.to_uppercase());
    }
    write("identify.rs", code);
}

/// How the code of `Language` begins.
const LANGUAGE: &str = "/// What the rules ask of a language: its words, one table for each file of its folder.
#[derive(Debug)]
pub struct Language {
    /// Its BCP 47 tag.
    pub tag: &'static str,
";

/// The tables of a folder, by name.
fn tables(name: &str) -> Vec<Table> {
    let folder = Path::new("src/lang").join(name);
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("a folder of src/lang")
        .map(|entry| entry.expect("an entry of that folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    let read = |file: &PathBuf| table(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    files.iter().map(read).flat_map(|table| if table.name == SETS { sets(&table) } else { vec![table] }).collect()
}

/// One table for each row of `sets.txt`, whose second column holds the entries with blanks between them.
fn sets(table: &Table) -> Vec<Table> {
    let set = |row: &Vec<String>| {
        let mut words: Vec<String> = row[1].split(' ').map(str::to_owned).collect();
        words.sort();
        Table { name: row[0].clone(), width: 1, rows: words.into_iter().map(|word| vec![word]).collect() }
    };
    table.rows.iter().map(set).collect()
}

/// Reads one file.
fn table(file: &Path) -> Result<Table, String> {
    let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
    let mut rows: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    let mut width = None;
    for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line)) {
        let line = line.split_once('#').map_or(line, |(before, _)| before).trim_end();
        if line.is_empty() {
            continue;
        }
        let columns = line.split('\t').map(str::trim).filter(|column| !column.is_empty());
        let columns: Vec<String> = columns.map(str::to_owned).collect();
        let expected = *width.get_or_insert(columns.len());
        if columns.len() != expected {
            return Err(format!("line {number} has {} columns, the lines before it {expected}", columns.len()));
        }
        if let Some((first, columns)) = rows.insert(columns[0].clone(), (number, columns)) {
            return Err(format!("line {number} repeats line {first}: {}", columns[0]));
        }
    }
    let name = file.file_stem().and_then(|stem| stem.to_str()).ok_or("a file name in UTF-8")?.to_owned();
    let width = width.ok_or("no entries")?;
    Ok(Table { name, width, rows: rows.into_values().map(|(_, columns)| columns).collect() })
}
