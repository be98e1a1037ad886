//! The bots as processes: started on a core of their own, and asked what they used.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Context;
use tempfile::TempDir;

/// The kernel counts CPU time in hundredths of a second (`USER_HZ`), and memory here in pages of 4 KiB.
const TICK: Duration = Duration::from_millis(10);
const PAGE: u64 = 4096;
/// The core of the bot, and that of the load.
const BOT_CORE: &str = "0";
const LOAD_CORE: &str = "1";
const TOKEN: &str = "7000000001:AALoadTokenThatIsNoSecret_0123456789ab";

/// Which bot is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Bot {
    /// This program, with its sealed database.
    Nightease,
    /// Stock teloxide, dialogues in memory.
    TeloxideMemory,
    /// Stock teloxide, with its SQLite storage.
    TeloxideSqlite,
}

impl Bot {
    /// As it stands in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Bot::Nightease => "NightEase",
            Bot::TeloxideMemory => "teloxide, memory",
            Bot::TeloxideSqlite => "teloxide, SQLite",
        }
    }
}

/// Where the programs are, and where their databases go.
pub struct Places {
    /// The program of this repository.
    pub nightease: PathBuf,
    /// The yardstick.
    pub yardstick: PathBuf,
    /// A folder on the disk that is measured.
    pub disk: PathBuf,
}

/// A bot that runs. It is killed when this is dropped.
pub struct Running {
    child: Child,
    _folder: TempDir,
}

impl Running {
    /// Starts a bot with a new database.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(bot: Bot, places: &Places, server: SocketAddr) -> anyhow::Result<Running> {
        let folder = tempfile::tempdir_in(&places.disk)?;
        let mut command = Command::new("taskset");
        command.args(["-c", BOT_CORE]);
        match bot {
            Bot::Nightease => command.arg(&places.nightease).arg("serve"),
            Bot::TeloxideMemory => command.arg(&places.yardstick).arg("memory"),
            Bot::TeloxideSqlite => command
                .arg(&places.yardstick)
                .arg("sqlite")
                .arg(folder.path().join("dialogues.sqlite")),
        };
        command
            .current_dir(folder.path())
            .env_clear()
            .envs(std::env::var("PATH").map(|path| ("PATH", path)))
            .env("TELOXIDE_TOKEN", TOKEN)
            .env("TELOXIDE_API_URL", format!("http://{server}"))
            .env("NIGHTEASE_LOG", "warn")
            .env("NIGHTEASE_MESSAGES_PER_SECOND", "1000000")
            .env("NIGHTEASE_CHAT_MESSAGES_PER_SECOND", "1000000")
            .env("NIGHTEASE_CHAT_BURST", "1000000")
            .stdin(Stdio::null());
        let child = command
            .spawn()
            .context("`taskset` or the bot cannot be started: is the bot built?")?;
        Ok(Running {
            child,
            _folder: folder,
        })
    }

    /// CPU time it has used.
    ///
    /// # Errors
    /// When it has ended.
    pub fn cpu(&self) -> anyhow::Result<Duration> {
        let stat = self.read("stat")?;
        // The name in parentheses may hold blanks.
        let fields: Vec<&str> = stat
            .rsplit_once(") ")
            .context("no fields")?
            .1
            .split(' ')
            .collect();
        let ticks =
            |place: usize| -> anyhow::Result<u32> { Ok(fields.get(place).context("a field")?.parse()?) };
        Ok(TICK * (ticks(11)? + ticks(12)?))
    }

    /// Memory it holds, in bytes.
    ///
    /// # Errors
    /// When it has ended.
    pub fn memory(&self) -> anyhow::Result<u64> {
        let pages = self.read("statm")?;
        let resident = pages.split(' ').nth(1).context("no resident memory")?;
        Ok(resident.parse::<u64>()? * PAGE)
    }

    fn read(&self, name: &str) -> anyhow::Result<String> {
        let path = format!("/proc/{}/{name}", self.child.id());
        fs::read_to_string(path).context("the bot has ended")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Puts this very process on the other core.
///
/// # Errors
/// When `taskset` is not there.
pub fn pin_load() -> anyhow::Result<()> {
    let own = std::process::id().to_string();
    let done = Command::new("taskset")
        .args(["-cp", LOAD_CORE, &own])
        .stdout(Stdio::null())
        .status();
    done.context("`taskset` is needed: it comes with util-linux")?;
    Ok(())
}

/// Does the program exist?
///
/// # Errors
/// When it does not, with how to build it.
pub fn must_exist(path: &Path, how: &str) -> anyhow::Result<()> {
    anyhow::ensure!(path.exists(), "{} is not there: {how}", path.display());
    Ok(())
}
