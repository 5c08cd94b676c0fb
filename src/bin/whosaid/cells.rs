//! Tables as CSV: lines -> rows of cells, after RFC 4180, as spreadsheets write them.

use crate::input::Lines;

/// The most bytes that a row may have. A quotation mark that is never closed would take in all that follows.
const LARGEST: usize = 1 << 24;

/// What may stand between cells; the first line tells which.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// A row.
pub(crate) struct Row {
    /// The number of the line that it starts on, from 1.
    pub(crate) line: usize,
    /// What stands in the file.
    pub(crate) bytes: Vec<u8>,
    pub(crate) cells: Vec<String>,
}

/// The rows of a table, blank lines left out.
pub(crate) struct Rows<'a> {
    lines: Lines<'a>,
    separator: Option<u8>,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(lines: Lines<'a>) -> Self {
        Self { lines, separator: None }
    }

    /// A row of a line and of those after it, as long as a quotation mark is open.
    fn row(&mut self, bytes: Vec<u8>) -> Result<Row, String> {
        let line = self.lines.number();
        let separator = *self.separator.get_or_insert_with(|| separator(&bytes));
        let mut parser = Parser { separator, state: State::Start, cells: vec![Vec::new()] };
        let mut row = bytes;
        parser.read(&row);
        while parser.state == State::Quoted {
            let more = if row.len() > LARGEST { None } else { self.lines.next().transpose()? };
            let Some(more) = more else {
                let _ = self.lines.by_ref().last();
                let name = self.lines.name();
                return Err(format!(
                    "{name}:{line}: a quotation mark is not closed: close it, or write two of them for one in a cell; \
                     nothing was read from here on"
                ));
            };
            parser.read(&more);
            row.extend(more);
        }
        self.lines.text(line, &row)?;
        let cells = parser.cells.into_iter().map(|cell| String::from_utf8(cell).expect("parts of UTF-8 at ASCII"));
        Ok(Row { line, cells: cells.collect(), bytes: row })
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.lines.next()? {
                Ok(bytes) if matches!(&bytes[..], b"\n" | b"\r\n" | b"") => {}
                Ok(bytes) => return Some(self.row(bytes)),
                Err(complaint) => return Some(Err(complaint)),
            }
        }
    }
}

/// What stands between cells: what the first line has most of, a comma where it has none.
fn separator(line: &[u8]) -> u8 {
    let count = |separator: u8| line.split(|&byte| byte == separator).count();
    let most = SEPARATORS.into_iter().map(count).max();
    SEPARATORS.into_iter().find(|&separator| Some(count(separator)) == most).unwrap_or(b',')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before a cell.
    Start,
    Plain,
    /// Within quotation marks.
    Quoted,
    /// After a quotation mark within quotation marks: the last one, or the first of two.
    Mark,
}

struct Parser {
    separator: u8,
    state: State,
    cells: Vec<Vec<u8>>,
}

impl Parser {
    /// Reads a line, with its end.
    fn read(&mut self, line: &[u8]) {
        let end = line.strip_suffix(b"\r\n").or(line.strip_suffix(b"\n")).unwrap_or(line).len();
        for (at, &byte) in line.iter().enumerate() {
            self.state = match (self.state, byte) {
                (State::Start, b'"') => State::Quoted,
                (State::Quoted, b'"') => State::Mark,
                (State::Mark, b'"') | (State::Quoted, _) => self.push(byte, State::Quoted),
                _ if at >= end => return,
                _ if byte == self.separator => {
                    self.cells.push(Vec::new());
                    State::Start
                }
                _ => self.push(byte, State::Plain),
            };
        }
    }

    fn push(&mut self, byte: u8, then: State) -> State {
        self.cells.last_mut().expect("there is always one").push(byte);
        then
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> Vec<Result<(usize, Vec<String>), String>> {
        let rows = Rows::new(Lines::new("file", Box::new(text)));
        rows.map(|row| row.map(|row| (row.line, row.cells))).collect()
    }

    /// What another reader makes of it.
    fn expected(text: &[u8], separator: u8) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.has_headers(false).flexible(true).delimiter(separator).from_reader(text);
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn rows_are_those_of_another_reader() {
        let table: [(&str, u8); 10] = [
            ("a,b\n1,2\n", b','),
            ("a,b\r\n\r\n\"1\r\n1\",\"a \"\"b\"\", c\"\r\n\n3,", b','),
            ("a;b,c;d\n1;2,3;4", b';'),
            ("a\tb\n\"x\ty\"\t\"\"\n", b'\t'),
            ("a,b\n5\" disk,\"q\"uoted\n", b','),
            ("a\n\"\"\n", b','),
            ("a,b\n,\n", b','),
            ("a,b\n\" x \", y \n", b','),
            ("a,b\n📈,“é”\n", b','),
            ("a,b\n\"\"\"\",\"\"\"x\"\"\"\n", b','),
        ];
        for (text, separator) in table {
            let found: Vec<Vec<String>> = rows(text.as_bytes()).into_iter().map(|row| row.expect(text).1).collect();
            assert_eq!(found, expected(text.as_bytes(), separator), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_another_writer_writes_is_read(table in proptest::collection::vec(["[a,\"\n\r; é]{0,6}", "[a,\"\n\r; é]{0,6}"], 1..6)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["id", "text"]).expect("memory");
            for row in &table {
                writer.write_record(row).expect("memory");
            }
            let found: Vec<Vec<String>> =
                rows(&writer.into_inner().expect("memory")).into_iter().map(|row| row.expect("a row").1).collect();
            proptest::prop_assert_eq!(&found[1..], table.iter().map(|row| row.to_vec()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn lines_are_counted_and_a_mark_that_is_not_closed_is_reported() {
        let read = rows(b"\xef\xbb\xbfa,b\n\n\"x\ny\",1\nz,2\n\"open,3\nfour,4\n");
        let lines: Vec<usize> = read.iter().flatten().map(|&(line, _)| line).collect();
        assert_eq!((lines, &read[0].as_ref().expect("the head").1[0]), (vec![1, 3, 5], &"a".to_owned()));
        let said = read[3].as_ref().expect_err("an open mark");
        assert!(said.starts_with("file:6: a quotation mark is not closed: close it"), "{said}");
        assert_eq!(read.len(), 4);

        let read = rows(b"a,b\n1,\"x\n\xff\"\n2,3\n");
        let said = read[1].as_ref().expect_err("no UTF-8");
        assert_eq!(said, "file:3: byte 1 of the line is not UTF-8: save the file as UTF-8");
        assert_eq!(read[2].as_ref().map(|row| row.0), Ok(4));
    }
}
