//! Measures bots in turn, and prints a table. See `README.md` in this folder.

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use nightease_load::figures::{Figures, HEAD};
use nightease_load::process::{Bot, Places, must_exist, pin_load};
use nightease_load::runs::{Run, run};

/// Measures NightEase beside a stock teloxide bot of the same dialogue: one core for the bot, one for the load.
#[derive(Parser)]
struct Settings {
    /// Which bots, in turn.
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "teloxide-memory,nightease"
    )]
    bots: Vec<Bot>,
    /// Which runs.
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "closed200,closed2000,drain,open,slow,idle,memory"
    )]
    runs: Vec<Run>,
    /// How often each pair is measured; the middle is printed.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// How long one run counts, in seconds.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// NightEase, built with `cargo build --release`.
    #[arg(long, default_value = "../target/release/nightease")]
    nightease: PathBuf,
    /// A folder on the disk that is measured.
    #[arg(long, default_value = ".")]
    disk: PathBuf,
    /// Print every run, too.
    #[arg(long)]
    each: bool,
}

fn main() -> anyhow::Result<()> {
    let settings = Settings::parse();
    let own = std::env::current_exe()?;
    let places = Places {
        nightease: std::path::absolute(&settings.nightease)?,
        yardstick: own.with_file_name("yardstick"),
        disk: std::path::absolute(&settings.disk)?,
    };
    must_exist(
        &places.nightease,
        "run `cargo build --release` in the folder above",
    )?;
    must_exist(&places.yardstick, "run `cargo build --release --bins` here")?;
    pin_load()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    println!("{HEAD}");
    for kind in &settings.runs {
        let mut all: Vec<Vec<Figures>> = vec![Vec::new(); settings.bots.len()];
        for _ in 0..settings.rounds {
            for (place, bot) in settings.bots.iter().enumerate() {
                let local = tokio::task::LocalSet::new();
                let seconds = Duration::from_secs(settings.seconds);
                let figures = local.block_on(&runtime, run(*kind, *bot, &places, seconds))?;
                if settings.each {
                    println!("{}", figures.line(&format!("{kind:?}, one"), bot.name()));
                }
                all[place].push(figures);
            }
        }
        for (bot, runs) in settings.bots.iter().zip(&all) {
            println!("{}", Figures::middle(runs).line(&format!("{kind:?}"), bot.name()));
        }
    }
    Ok(())
}
