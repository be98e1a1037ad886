//! The copy of the repository in which the slips are compiled. The repository itself is never changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::edit::Changed;
use crate::list::Slip;
use crate::weave::weave;

const SWITCH: &str = include_str!("switch.rs");

/// The copy.
pub struct Tree {
    root: PathBuf,
    /// Where the copy is.
    pub copy: PathBuf,
    target: PathBuf,
}

impl Tree {
    /// A copy of everything that git knows or would add, but for the files into which slips are woven.
    ///
    /// # Errors
    /// When git or the disk say no.
    pub fn new(root: &Path, copy: &Path, target: &Path, slips: &[Slip]) -> anyhow::Result<Self> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git could not be run")?;
        for name in String::from_utf8(listed.stdout)?.split_terminator('\0') {
            if name == "src/lib.rs" || slips.iter().any(|slip| slip.file == name) {
                continue;
            }
            // A file that git knows and that is gone is gone.
            if let Ok(bytes) = fs::read(root.join(name)) {
                write(&copy.join(name), &bytes)?;
            }
        }
        write(&copy.join("src/slip.rs"), SWITCH.as_bytes())?;
        let library = fs::read_to_string(root.join("src/lib.rs"))?;
        write(
            &copy.join("src/lib.rs"),
            format!("{library}\n#[doc(hidden)]\npub mod slip;\n").as_bytes(),
        )?;
        Ok(Tree {
            root: root.to_owned(),
            copy: copy.to_owned(),
            target: target.to_owned(),
        })
    }

    /// Weaves the slips in that are left, takes out again what does not compile, and gives back the numbers of those that do.
    ///
    /// # Errors
    /// When an error of the compiler belongs to no slip.
    pub fn weave(&self, slips: &[Slip], mut left: BTreeSet<usize>) -> anyhow::Result<BTreeSet<usize>> {
        loop {
            let files = self.write(slips, &left)?;
            left = woven(&files);
            let faulty = self.faulty(&files)?;
            eprintln!("{} slips woven in, {} do not compile", left.len(), faulty.len());
            if faulty.is_empty() {
                return Ok(left);
            }
            left.retain(|number| !faulty.contains(number));
        }
    }

    fn write(&self, slips: &[Slip], left: &BTreeSet<usize>) -> anyhow::Result<BTreeMap<String, Changed>> {
        let mut by_file: BTreeMap<&str, Vec<(usize, &Slip)>> = BTreeMap::new();
        for (number, slip) in slips.iter().enumerate() {
            let of_file = by_file.entry(&slip.file).or_default();
            if left.contains(&number) {
                of_file.push((number, slip));
            }
        }
        let mut files = BTreeMap::new();
        for (file, slips) in by_file {
            let source = fs::read_to_string(self.root.join(file))?;
            let edits = weave(&source, &slips).with_context(|| file.to_owned())?;
            let changed = Changed::new(&source, &edits);
            write(&self.copy.join(file), changed.text.as_bytes())?;
            files.insert(file.to_owned(), changed);
        }
        Ok(files)
    }

    /// The slips that the compiler's errors belong to.
    fn faulty(&self, files: &BTreeMap<String, Changed>) -> anyhow::Result<BTreeSet<usize>> {
        let output = self.cargo(&["build", "--test", "it"])?;
        let mut faulty = BTreeSet::new();
        for message in messages(&output).filter(|message| at(message, "/level") == "error") {
            let mut places = Vec::new();
            collect_places(&message, &mut places);
            let slips = places
                .iter()
                .filter_map(|(file, place)| files.get(file).map(|changed| changed.slips_at(place)))
                .find(|slips| !slips.is_empty())
                .unwrap_or_default();
            if slips.is_empty() && !places.is_empty() {
                bail!(
                    "belongs to no slip: {}",
                    at(&message, "/rendered").as_str().unwrap_or("?")
                );
            }
            faulty.extend(slips);
        }
        if faulty.is_empty() && !output.status.success() {
            bail!("cargo build: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(faulty)
    }

    /// Builds the tests, and gives back the program that runs them.
    ///
    /// # Errors
    /// When they cannot be built.
    pub fn tests(&self, name: &str) -> anyhow::Result<PathBuf> {
        let which = if name == "lib" {
            vec!["test", "--no-run", "--lib"]
        } else {
            vec!["test", "--no-run", "--test", name]
        };
        let output = self.cargo(&which)?;
        if !output.status.success() {
            bail!("cargo test: {}", String::from_utf8_lossy(&output.stderr));
        }
        let made = String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok())
            .filter(|message| at(message, "/profile/test") == true)
            .find_map(|message| at(&message, "/executable").as_str().map(PathBuf::from));
        made.with_context(|| format!("no tests were built for {name}"))
    }

    fn cargo(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        Command::new("cargo")
            .args(arguments)
            .arg("--message-format=json")
            .current_dir(&self.copy)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()
            .context("cargo could not be run")
    }
}

/// The slips for which a place was found.
fn woven(files: &BTreeMap<String, Changed>) -> BTreeSet<usize> {
    files
        .values()
        .flat_map(|changed| changed.places.iter().flat_map(|(_, slips)| slips))
        .copied()
        .collect()
}

fn messages(output: &Output) -> impl Iterator<Item = Value> {
    let lines: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    lines
        .into_iter()
        .filter(|line| at(line, "/reason") == "compiler-message")
        .map(|line| at(&line, "/message").clone())
}

/// What stands at a place of what cargo says, or nothing.
fn at<'a>(value: &'a Value, pointer: &str) -> &'a Value {
    value.pointer(pointer).unwrap_or(&Value::Null)
}

/// The places a message of the compiler names, the main one first.
fn collect_places(message: &Value, places: &mut Vec<(String, Range<usize>)>) {
    let spans = at(message, "/spans").as_array().map_or(&[][..], Vec::as_slice);
    for main in [true, false] {
        for span in spans.iter().filter(|span| at(span, "/is_primary") == main) {
            let file = at(span, "/file_name").as_str().unwrap_or_default().to_owned();
            let byte = |name: &str| {
                at(span, name)
                    .as_u64()
                    .and_then(|byte| usize::try_from(byte).ok())
                    .unwrap_or(0)
            };
            places.push((file, byte("/byte_start")..byte("/byte_end")));
        }
    }
}

/// A file that says the same already keeps its time, so that it is not compiled again.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes).with_context(|| path.display().to_string())
}
