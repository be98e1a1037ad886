//! Embeds every file under `dialogues/` in the program, so that an added file is seen without touching the code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

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
    files.sort();
    let mut code = String::from(
        "/// Path below `dialogues/` and bytes.\npub(super) const FILES: &[(&str, &[u8])] = &[\n",
    );
    for file in &files {
        let name = file
            .strip_prefix(&dialogues)
            .unwrap_or(file)
            .to_string_lossy()
            .replace('\\', "/");
        let path = file.to_string_lossy();
        writeln!(code, "    ({name:?}, include_bytes!({path:?})),").map_err(io::Error::other)?;
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("dialogues.rs"), code)
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
