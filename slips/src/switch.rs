//! What is added to the copy of the program, as `crate::slip`. It stands here as a file of its own and is not compiled
//! with this tool.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

static CHOSEN: OnceLock<usize> = OnceLock::new();
static LOG: OnceLock<Option<PathBuf>> = OnceLock::new();
static REACHED: [AtomicBool; 8192] = [const { AtomicBool::new(false) }; 8192];

/// Whether this slip is the one that is made. Where it is asked for, a slip that is reached is written down once.
#[must_use]
pub fn on(number: usize) -> bool {
    let chosen = *CHOSEN.get_or_init(|| {
        std::env::var("NIGHTEASE_SLIP")
            .ok()
            .and_then(|number| number.parse().ok())
            .unwrap_or(usize::MAX)
    });
    if let Some(log) = LOG.get_or_init(|| std::env::var_os("NIGHTEASE_SLIPS_REACHED").map(PathBuf::from)) {
        write_down(log, number);
    }
    chosen == number
}

fn write_down(log: &PathBuf, number: usize) {
    if REACHED
        .get(number)
        .is_none_or(|known| known.swap(true, Ordering::Relaxed))
    {
        return;
    }
    if let Ok(mut file) = OpenOptions::new().append(true).create(true).open(log) {
        let _ = file.write_all(format!("{number}\n").as_bytes());
    }
}
