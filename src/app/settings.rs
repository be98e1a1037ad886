//! The command line and its settings. Every setting of `serve` is a flag, a variable, or a line in `.env`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::conversation::Surroundings;

/// NightEase: a Telegram bot for a woman, pregnant or newly a mother, woken at night by a leg cramp.
#[derive(Debug, Parser)]
#[command(
    name = "nightease",
    disable_version_flag = true,
    arg_required_else_help = true
)]
pub struct CommandLine {
    /// Print the version of the program and the digest of its content.
    #[arg(short = 'V', long)]
    pub version: bool,
    /// What to do.
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Run the bot on Telegram, by long polling or by a webhook.
    Serve(Box<ServeSettings>),
    /// The webhook that is set at Telegram.
    Webhook {
        /// What to do with it.
        #[command(subcommand)]
        task: WebhookTask,
    },
    /// The key that seals the database.
    Key {
        /// What to do with it.
        #[command(subcommand)]
        task: KeyTask,
    },
    /// Talk with it here, in the terminal. Needs no token and keeps nothing.
    Chat(ChatSettings),
    /// Assess cases: JSON lines in, JSON lines out.
    Assess(AssessSettings),
    /// Read free text: JSON lines in, JSON lines out.
    Read(ReadSettings),
    /// Check dialogues/: prints every fault, and exits with 1 if there is one.
    Check(CheckSettings),
}

/// What to do with the webhook.
#[derive(Debug, Subcommand)]
pub enum WebhookTask {
    /// Delete it, so that polling works again.
    Delete(BotSettings),
}

/// What to do with the key.
#[derive(Debug, Subcommand)]
pub enum KeyTask {
    /// Seal the database anew with a new key, and put that into the key file. The bot must not run.
    Rotate(StoreSettings),
}

/// Which bot, at which server.
#[derive(Debug, Args)]
pub struct BotSettings {
    /// The bot's token, as BotFather gave it.
    #[arg(long, env = "TELOXIDE_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    pub token: Option<String>,
    /// The Bot API server.
    #[arg(
        long,
        env = "TELOXIDE_API_URL",
        value_name = "URL",
        default_value = "https://api.telegram.org"
    )]
    pub api_url: String,
}

/// The database, and the key that seals it.
#[derive(Debug, Args)]
pub struct StoreSettings {
    /// The database: one file, made at the first start.
    #[arg(
        long,
        env = "NIGHTEASE_DATABASE",
        value_name = "FILE",
        default_value = "nightease.sqlite"
    )]
    pub database: PathBuf,
    /// The most the database may grow to, in MiB. Without it, as much as the disk has room for.
    #[arg(long, env = "NIGHTEASE_DATABASE_MEGABYTES", value_name = "NUMBER",
          value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub database_megabytes: Option<u32>,
    /// The file with the key that seals the database; made at the first start, if NIGHTEASE_KEY is not set.
    #[arg(
        long,
        env = "NIGHTEASE_KEY_FILE",
        value_name = "FILE",
        default_value = "nightease.key"
    )]
    pub key_file: PathBuf,
    /// The key itself, 64 hexadecimal digits, instead of the file.
    #[arg(long, env = "NIGHTEASE_KEY", hide_env_values = true, value_name = "KEY")]
    pub key: Option<String>,
}

/// A webhook instead of polling: all of it or nothing.
#[derive(Debug, Args)]
pub struct WebhookFlags {
    /// Let Telegram bring updates to this address, such as https://bot.example.org/updates, instead of fetching them.
    #[arg(long, env = "NIGHTEASE_WEBHOOK_URL", value_name = "URL",
          requires_all = ["webhook_address", "webhook_secret"])]
    pub webhook_url: Option<String>,
    /// Where this program listens for what comes to that address: through a proxy that speaks TLS, or by itself, with a
    /// certificate.
    #[arg(long, env = "NIGHTEASE_WEBHOOK_ADDRESS", value_name = "ADDRESS")]
    pub webhook_address: Option<SocketAddr>,
    /// What Telegram has to say with every update: 16 to 256 letters, digits, _ and -.
    #[arg(
        long,
        env = "NIGHTEASE_WEBHOOK_SECRET",
        hide_env_values = true,
        value_name = "SECRET"
    )]
    pub webhook_secret: Option<String>,
    /// The secret before it, which counts as well while one is exchanged for the other.
    #[arg(
        long,
        env = "NIGHTEASE_WEBHOOK_OLD_SECRET",
        hide_env_values = true,
        value_name = "SECRET"
    )]
    pub webhook_old_secret: Option<String>,
    /// The file with the certificate and its chain, as PEM, to speak TLS without a proxy. Read again when it changes.
    #[arg(long, env = "NIGHTEASE_WEBHOOK_CERT", value_name = "FILE", requires_all = ["webhook_key", "webhook_url"])]
    pub webhook_cert: Option<PathBuf>,
    /// The file with the key of that certificate, as PEM.
    #[arg(
        long,
        env = "NIGHTEASE_WEBHOOK_KEY",
        value_name = "FILE",
        requires = "webhook_cert"
    )]
    pub webhook_key: Option<PathBuf>,
}

/// Where the content comes from, and where the people are.
#[derive(Clone, Debug, Args)]
pub struct PlaceSettings {
    /// Use the content of this folder instead of the one built in.
    #[arg(long, value_name = "DIR", env = "NIGHTEASE_DIALOGUES")]
    pub dialogues: Option<PathBuf>,
    /// Where the people are whom the bot serves, such as Europe/Paris: decides what is said at night.
    #[arg(long, value_name = "ZONE", env = "NIGHTEASE_TIME_ZONE")]
    pub time_zone: Option<String>,
    /// The country, two letters such as GB: decides which numbers are shown. Not set: a button asks for it.
    #[arg(long, value_name = "COUNTRY", env = "NIGHTEASE_COUNTRY")]
    pub country: Option<String>,
}

/// Settings of `chat`.
#[derive(Debug, Args)]
pub struct ChatSettings {
    /// Content and place.
    #[command(flatten)]
    pub place: PlaceSettings,
    /// The moment it is, such as 2026-11-22T03:10:00Z, instead of the clock's.
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// Write what was played to this file, as a transcript test.
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub repro: Option<PathBuf>,
    /// Speak JSON lines: {"text":"…"} or {"tap":"ID"} in; replies, then {"turn":N} out.
    #[arg(long)]
    pub json: bool,
}

/// Settings of `assess`.
#[derive(Debug, Args)]
pub struct AssessSettings {
    /// Content and place.
    #[command(flatten)]
    pub place: PlaceSettings,
}

/// Settings of `read`.
#[derive(Debug, Args)]
pub struct ReadSettings {
    /// Content and place.
    #[command(flatten)]
    pub place: PlaceSettings,
    /// Compare a file of labelled messages with what is read of them, and print figures.
    #[arg(long, value_name = "FILE")]
    pub score: Option<PathBuf>,
    /// List what was read wrong.
    #[arg(long, requires = "score")]
    pub misses: bool,
}

/// Settings of `check`.
#[derive(Debug, Args)]
pub struct CheckSettings {
    /// The folder to check; the content built in, if none is named.
    pub dir: Option<PathBuf>,
    /// Print faults and figures as JSON.
    #[arg(long)]
    pub json: bool,
    /// Freeze the generated vignettes anew: writes DIR/vignettes/vignettes.lock.
    #[arg(long, requires = "dir", conflicts_with = "coverage")]
    pub accept: bool,
    /// Print which button catches which rule, as docs/coverage.md has it.
    #[arg(long, conflicts_with = "json")]
    pub coverage: bool,
    /// Print hazards and what is done against them, as docs/safety.md has them.
    #[arg(long, conflicts_with_all = ["json", "coverage", "accept"])]
    pub hazards: bool,
    /// Play the conversation in one of so many merged states only, and with --mutants put in one of so many slips.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub every: usize,
    /// Put slips into a copy of the content, one at a time, and see whether anything notices each.
    #[arg(long, conflicts_with_all = ["coverage", "accept"])]
    pub mutants: bool,
}

/// Settings of `serve`.
#[derive(Debug, Args)]
pub struct ServeSettings {
    /// Content and place.
    #[command(flatten)]
    pub place: PlaceSettings,
    /// The bot.
    #[command(flatten)]
    pub bot: BotSettings,
    /// The database.
    #[command(flatten)]
    pub store: StoreSettings,
    /// A webhook instead of polling.
    #[command(flatten)]
    pub webhook: WebhookFlags,
    /// How long one poll waits for an update, in seconds (0 to 50).
    #[arg(long, env = "NIGHTEASE_POLL_SECONDS", value_name = "SECONDS", default_value_t = 20,
          value_parser = clap::value_parser!(u8).range(0..=50))]
    pub poll_seconds: u8,
    /// Answer /health/live, /health/ready and /metrics on this address, such as 127.0.0.1:8080; nowhere, if not set.
    #[arg(long, env = "NIGHTEASE_HEALTH_ADDRESS", value_name = "ADDRESS")]
    pub health_address: Option<SocketAddr>,
    /// How fast messages leave.
    #[command(flatten)]
    pub pace: PaceSettings,
    /// How much is logged: error, warn, info, debug or trace.
    #[arg(long, env = "NIGHTEASE_LOG", value_name = "LEVEL", default_value = "info")]
    pub log: String,
}

/// How fast messages leave. A server of one's own may bear more than Telegram's.
#[derive(Clone, Copy, Debug, Args)]
pub struct PaceSettings {
    /// Messages a second to all chats together.
    #[arg(long, env = "NIGHTEASE_MESSAGES_PER_SECOND", value_name = "NUMBER", default_value_t = 28,
          value_parser = clap::value_parser!(u32).range(1..=FASTEST))]
    pub messages_per_second: u32,
    /// Messages a second to one chat, once its burst is used up.
    #[arg(long, env = "NIGHTEASE_CHAT_MESSAGES_PER_SECOND", value_name = "NUMBER", default_value_t = 1,
          value_parser = clap::value_parser!(u32).range(1..=FASTEST))]
    pub chat_messages_per_second: u32,
    /// Messages to one chat that may leave at once.
    #[arg(long, env = "NIGHTEASE_CHAT_BURST", value_name = "NUMBER", default_value_t = 10,
          value_parser = clap::value_parser!(u32).range(1..=FASTEST))]
    pub chat_burst: u32,
    /// Messages a minute to one group or channel.
    #[arg(long, env = "NIGHTEASE_GROUP_MESSAGES_PER_MINUTE", value_name = "NUMBER", default_value_t = 20,
          value_parser = clap::value_parser!(u32).range(1..=FASTEST))]
    pub group_messages_per_minute: u32,
}

/// No bot sends as fast, so this is no pace at all.
const FASTEST: i64 = 1_000_000;

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// Not a time zone.
    #[error("{0} is not a time zone: NIGHTEASE_TIME_ZONE takes a name such as Europe/Paris")]
    TimeZone(String),
    /// Not a country.
    #[error("{0} is not a country: NIGHTEASE_COUNTRY takes two letters such as GB")]
    Country(String),
}

impl PlaceSettings {
    /// What a turn may know of the world, at this moment.
    ///
    /// # Errors
    /// When the time zone or the country cannot be read.
    pub fn surroundings(&self, now: Timestamp) -> Result<Surroundings, SettingError> {
        let set = |text: &Option<String>| {
            text.as_deref()
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        let time_zone = match set(&self.time_zone) {
            None => None,
            Some(name) => Some(TimeZone::get(&name).map_err(|_| SettingError::TimeZone(name))?),
        };
        let country = match set(&self.country) {
            None => None,
            Some(name) if name.len() == 2 && name.chars().all(|letter| letter.is_ascii_alphabetic()) => {
                Some(name.to_ascii_uppercase())
            }
            Some(name) => return Err(SettingError::Country(name)),
        };
        Ok(Surroundings {
            now,
            time_zone,
            country,
            private_link: None,
        })
    }

    /// The folder of the content, if one is set.
    #[must_use]
    pub fn folder(&self) -> Option<&PathBuf> {
        self.dialogues
            .as_ref()
            .filter(|folder| !folder.as_os_str().is_empty())
    }
}

impl BotSettings {
    /// The token, if one is set.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token
            .as_deref()
            .map(str::trim)
            .filter(|token| !token.is_empty())
    }
}

impl StoreSettings {
    /// The key given as a setting, if one is.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref().map(str::trim).filter(|key| !key.is_empty())
    }
}
