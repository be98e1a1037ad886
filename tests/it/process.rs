//! The real binary, as an operator runs it: with a folder of its own, and nothing of this machine's settings.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use tokio::time::Instant;

use crate::fake_telegram::FakeTelegram;

/// Longer than any end may take; what is told to end has ten seconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program, with nothing set.
pub fn nightease(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nightease"));
    command
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    command
}

/// `nightease serve` for this server, at the most talkative log level.
pub fn serve(folder: &Path, telegram: &FakeTelegram) -> Command {
    let mut command = nightease(folder);
    command
        .arg("serve")
        .env("TELOXIDE_TOKEN", telegram.token())
        .env("TELOXIDE_API_URL", telegram.url())
        .env("NIGHTEASE_POLL_SECONDS", "5")
        .env("NIGHTEASE_LOG", "trace");
    command
}

/// A program that runs. It is killed when this is dropped.
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts it. Its standard error goes to `log.txt` in the folder, behind what is there.
    pub fn start(mut command: Command, folder: &Path) -> Process {
        let log = folder.join("log.txt");
        let file = File::options().create(true).append(true).open(&log).unwrap();
        let child = command.stderr(file).spawn().unwrap();
        Process { child, log }
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// Sends a signal to this very process, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("sh")
            .args(["-c", &format!("kill -{name} {}", self.child.id())])
            .status();
        assert!(sent.unwrap().success());
    }

    /// `kill -9`, and its end.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Does it still run?
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits for its end, and says how long that took.
    pub async fn end(&mut self) -> (ExitStatus, Duration) {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, begun.elapsed());
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until it logs this.
    pub async fn logs(&mut self, words: &str) {
        let begun = Instant::now();
        while !self.log().contains(words) {
            let runs = self.runs();
            assert!(
                runs && begun.elapsed() < PATIENCE,
                "waited in vain for {words:?}:\n{}",
                self.log()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs it to its end: the exit code, and the lines of standard error.
pub async fn refusal(command: Command, folder: &Path) -> (Option<i32>, Vec<String>) {
    // A log of its own.
    let here = tempfile::tempdir_in(folder).unwrap();
    let mut process = Process::start(command, here.path());
    let (status, _) = process.end().await;
    (status.code(), process.log().lines().map(str::to_owned).collect())
}
