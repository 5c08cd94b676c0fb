//! Where annotated articles go: standard output, or a file that an interrupted run goes on with.
//!
//! While a run writes to FILE, `FILE.progress` holds how far it is, in JSON: `arguments`, what has to be the same in the run
//! that goes on; `items`, how many articles and bad lines of the input are done; `bad`, whether one was bad; `bytes`, how long
//! FILE is with what is written of them; `check`, the input's checksum up to there. It is written anew once a second, after
//! FILE's bytes are on the disk, and removed at the end of the run.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::input::unreadable;

/// How long a run goes on without writing how far it is.
const OFTEN: Duration = Duration::from_secs(1);

/// How far a run is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// What changes the output, by its name on the command line.
    pub(crate) arguments: BTreeMap<String, String>,
    /// How many items of the input are done: articles, and what was none.
    pub(crate) items: usize,
    /// Whether one was none.
    pub(crate) bad: bool,
    /// How long the output is.
    pub(crate) bytes: u64,
    /// The checksum of the items that are done.
    pub(crate) check: u32,
}

/// A file with how far its run is.
struct Kept {
    file: File,
    progress: PathBuf,
    written: Instant,
}

/// Where annotated articles go.
pub(crate) struct Output {
    to: To,
    progress: Progress,
}

enum To {
    Standard(io::StdoutLock<'static>),
    File(Kept),
}

impl Output {
    pub(crate) fn standard() -> Self {
        Self { to: To::Standard(io::stdout().lock()), progress: Progress::default() }
    }

    /// A file, and how far its run is: where it was interrupted, if this one `resumes` it.
    ///
    /// # Errors
    /// When the file cannot be written, or this run would spoil it: says what to do.
    pub(crate) fn file(path: &Path, arguments: BTreeMap<String, String>, resumes: bool) -> Result<Self, String> {
        let name = path.display();
        if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
            return Err(format!("{name} is no file: leave out --output, and write > {name}"));
        }
        let beside = beside(path);
        let unwritable = |error: io::Error| format!("{name}: cannot be written ({error})");
        let before = match fs::read(&beside) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(unreadable(&beside.display(), &error)),
        };
        let progress = match (before, resumes) {
            (Some(_), false) => {
                return Err(format!(
                    "{name}: a run that wrote it was interrupted: give --resume to go on, or delete {} to start again",
                    beside.display()
                ));
            }
            (None, true) if path.exists() => {
                return Err(format!(
                    "{name}: no run that wrote it was interrupted, so nothing is to be done: delete it to start again"
                ));
            }
            (None, _) => Progress { arguments, ..Progress::default() },
            (Some(bytes), true) => {
                let again = || format!("delete {name} and {} to start again", beside.display());
                let progress: Progress = serde_json::from_slice(&bytes)
                    .map_err(|error| format!("{} is damaged ({error}): {}", beside.display(), again()))?;
                for (argument, now) in &arguments {
                    let before = progress.arguments.get(argument).map_or("", String::as_str);
                    if before != now {
                        let differs = format!("{argument} was \"{before}\" and is \"{now}\"");
                        return Err(format!("{name}: {differs}: go on with what it was, or {}", again()));
                    }
                }
                let length = fs::metadata(path).map(|file| file.len()).map_err(|error| unreadable(&name, &error))?;
                if length < progress.bytes {
                    return Err(format!("{name} is shorter than {} says: {}", beside.display(), again()));
                }
                progress
            }
        };
        let mut file = OpenOptions::new().create(true).write(true).truncate(false).open(path).map_err(unwritable)?;
        // What stands behind it was written after the progress: half a line, perhaps.
        let cut = file.set_len(progress.bytes).and_then(|()| file.seek(SeekFrom::Start(progress.bytes)));
        cut.map_err(unwritable)?;
        let mut output = Self { to: To::File(Kept { file, progress: beside, written: Instant::now() }), progress };
        output.note().map_err(unwritable)?;
        Ok(output)
    }

    /// How far the run is.
    pub(crate) const fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Writes what stands before the first article, unless it is there.
    pub(crate) fn head(&mut self, head: &str) -> io::Result<()> {
        if self.progress.bytes == 0 { self.write(head) } else { Ok(()) }
    }

    /// Writes what came of an item, nothing of one that is bad; `check` is the input's checksum with it.
    pub(crate) fn item(&mut self, lines: Option<&str>, check: u32) -> io::Result<()> {
        self.write(lines.unwrap_or_default())?;
        self.progress.items += 1;
        self.progress.bad |= lines.is_none();
        self.progress.check = check;
        match &self.to {
            To::File(kept) if kept.written.elapsed() >= OFTEN => self.note(),
            _ => Ok(()),
        }
    }

    /// Writes at once, so that a program at the other end can work on it.
    fn write(&mut self, lines: &str) -> io::Result<()> {
        self.progress.bytes += lines.len() as u64;
        match &mut self.to {
            To::Standard(out) => out.write_all(lines.as_bytes()).and_then(|()| out.flush()),
            To::File(kept) => kept.file.write_all(lines.as_bytes()),
        }
    }

    /// Writes down how far the run is.
    fn note(&mut self) -> io::Result<()> {
        let To::File(kept) = &mut self.to else { return Ok(()) };
        kept.file.sync_data()?;
        let half = kept.progress.with_extension("progress-new");
        fs::write(&half, serde_json::to_vec(&self.progress)?)?;
        fs::rename(&half, &kept.progress)?;
        kept.written = Instant::now();
        Ok(())
    }

    /// All is written.
    pub(crate) fn end(self) -> io::Result<()> {
        match self.to {
            To::Standard(_) => Ok(()),
            To::File(kept) => kept.file.sync_all().and_then(|()| fs::remove_file(kept.progress)),
        }
    }
}

/// Where it stands how far the run is that writes this file.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".progress");
    PathBuf::from(name)
}
