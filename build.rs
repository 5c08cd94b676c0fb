//! Word lists of src/lang/FOLDER/*.txt -> static tables, sorted for binary search.
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
use std::{env, fs};

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

    /// The table as an expression.
    fn literal(&self) -> String {
        let row = |row: &Vec<String>| if self.width == 1 { format!("{:?}", row[0]) } else { format!("{row:?}") };
        format!("&[{}]", self.rows.iter().map(row).collect::<Vec<_>>().join(", "))
    }
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
        let own = if tag == FIRST { BTreeMap::new() } else { by_name(tables(tag)) };
        let fits = |table: &Table| first.iter().any(|known| known.name == table.name && known.width == table.width);
        if let Some(table) = own.values().find(|table| !fits(table)) {
            panic!("src/lang/{tag}/{}.txt: src/lang/{FIRST} has no such file with {} columns", table.name, table.width);
        }
        let mut code = format!("Language {{\n    tag: {tag:?},\n");
        for table in &first {
            let found = if tag == FIRST { Some(table) } else { own.get(&table.name) };
            let _ = writeln!(code, "    {}: {},", table.name, found.map_or("&[]".to_owned(), Table::literal));
        }
        code.push('}');
        write(&format!("{tag}.rs"), code);
    }

    let mut code = String::new();
    for table in tables("identify") {
        let (name, kind) = (&table.name, table.kind(""));
        let _ = writeln!(code, "/// The entries of `{name}.txt`, sorted.");
        let _ = writeln!(code, "pub static {}: {kind} = {};", name.to_uppercase(), table.literal());
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

fn by_name(tables: Vec<Table>) -> BTreeMap<String, Table> {
    tables.into_iter().map(|table| (table.name.clone(), table)).collect()
}

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
