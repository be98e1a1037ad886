//! Embeds every file under `dialogues/` in the program, so that an added file is seen without touching the code, and
//! names them by their digest.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/content/digest.rs"]
mod digest;

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let dialogues = root.join("dialogues");
    let mut files = Vec::new();
    // A folder that is not there yet must still be watched: the package folder is, in its place.
    if dialogues.is_dir() {
        println!("cargo::rerun-if-changed=dialogues");
        collect(&dialogues, &mut files)?;
    } else {
        println!("cargo::rerun-if-changed=.");
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/content/digest.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let names = files.into_iter().map(|file| (name(&file, &dialogues), file));
    let files: BTreeMap<String, PathBuf> = names.collect();
    fs::write(out.join("dialogues.rs"), code(&files)?)
}

/// The files with their names below `dialogues/`, and the digest of them all, as code.
fn code(files: &BTreeMap<String, PathBuf>) -> io::Result<String> {
    let mut code = String::from(
        "/// Path below `dialogues/` and bytes.\npub(super) const FILES: &[(&str, &[u8])] = &[\n",
    );
    let mut bytes = BTreeMap::new();
    for (name, file) in files {
        let path = file.to_string_lossy();
        writeln!(code, "    ({name:?}, include_bytes!({path:?})),").map_err(io::Error::other)?;
        bytes.insert(name.as_str(), fs::read(file)?);
    }
    let files = || bytes.iter().map(|(name, bytes)| (*name, bytes.as_slice()));
    let (digest, decisions) = (digest::digest(files()), digest::digest_of_decisions(files()));
    write!(
        code,
        "];\n\n/// What names them.\npub(super) const DIGEST: &str = {digest:?};\n\n\
         /// What names those that decide.\npub(super) const DECISIONS: &str = {decisions:?};\n"
    )
    .map_err(io::Error::other)?;
    Ok(code)
}

/// A path below `dialogues/`, with `/` between its parts.
fn name(file: &Path, dialogues: &Path) -> String {
    let below = file.strip_prefix(dialogues).unwrap_or(file);
    below.to_string_lossy().replace('\\', "/")
}

/// All files below a folder; hidden files and editors' leavings are passed over, as the reader of a folder does.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, files)?;
        } else {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    Ok(())
}
