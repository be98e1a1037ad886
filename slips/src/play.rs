//! Plays tests, and watches how they end.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;

/// How often it is looked whether tests take too long.
const LOOK: Duration = Duration::from_secs(1);
/// The limit is one of computing, as others may use the machine; tests that wait for ever end after so many limits.
const WAIT: u32 = 20;
/// The kernel counts computing in hundredths of a second (`USER_HZ`).
const TICK: Duration = Duration::from_millis(10);

/// A program of tests.
pub struct Tests {
    /// The program.
    pub program: PathBuf,
    /// Where it runs.
    pub folder: PathBuf,
}

/// How tests ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// All passed.
    Passed,
    /// This one failed, the first that did; or the program broke off.
    Failed(String),
    /// They computed, or waited, for too long.
    Late,
}

/// What is set for a run.
#[derive(Clone, Copy)]
pub enum Switch<'a> {
    /// This slip is made.
    Slip(usize),
    /// None is made, and those that are reached are written down here.
    Reached(&'a Path),
}

impl Tests {
    /// The names of the tests that these words find.
    ///
    /// # Errors
    /// When the program cannot be run.
    pub fn names(&self, words: &[&str]) -> anyhow::Result<Vec<String>> {
        let output = Command::new(&self.program)
            .args(words)
            .args(["--list", "--format", "terse"])
            .current_dir(&self.folder)
            .output()
            .context("the tests could not be listed")?;
        Ok(String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| line.strip_suffix(": test").map(str::to_owned))
            .collect())
    }

    /// Plays tests one after the other, and stops at the first that fails.
    ///
    /// # Errors
    /// When the program cannot be run.
    pub fn play(&self, names: &[String], switch: Switch<'_>, limit: Duration) -> anyhow::Result<End> {
        let mut command = Command::new(&self.program);
        command
            .args(names)
            .args(["--exact", "--test-threads=1"])
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        match switch {
            Switch::Slip(number) => command.env("NIGHTEASE_SLIP", number.to_string()),
            Switch::Reached(log) => command.env("NIGHTEASE_SLIPS_REACHED", log),
        };
        let mut child = command.spawn().context("the tests could not be run")?;
        let end = watch(&mut child, limit);
        if end != End::Passed {
            kill_all(&child);
        }
        let status = child.wait()?;
        if end == End::Passed && !status.success() {
            return Ok(End::Failed(format!("broke off: {status}")));
        }
        Ok(end)
    }
}

fn watch(child: &mut Child, limit: Duration) -> End {
    let Some(output) = child.stdout.take() else {
        return End::Passed;
    };
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    let began = Instant::now();
    loop {
        match lines.recv_timeout(LOOK) {
            Ok(line) => {
                if let Some(name) = line.strip_suffix(" ... FAILED") {
                    return End::Failed(name.trim_start_matches("test ").to_owned());
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                if computed(child.id()) > limit || began.elapsed() > limit * WAIT {
                    return End::Late;
                }
            }
            Err(RecvTimeoutError::Disconnected) => return End::Passed,
        }
    }
}

/// How long a process has computed. Where that cannot be read, nothing: then only the clock counts.
fn computed(process: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // Behind the name in brackets: the 12th and 13th are its own time, in the program and in the kernel.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u32 = fields
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u32>().ok())
        .sum();
    TICK * ticks
}

/// Ends the tests and what they have started.
fn kill_all(child: &Child) {
    let group = format!("-{}", child.id());
    let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
}
