//! Draws a transcript as a picture: a conversation as it looks on a phone at night.
//!
//! ```text
//! cargo run --example picture -- TRANSCRIPT TURNS > FILE
//! cargo run --example picture -- tests/transcripts/leg_cramp.txt 1-2,6- > docs/conversation.svg
//! ```
//!
//! TRANSCRIPT  a file of `tests/transcripts/`: its `> ` lines are played, and what is said is drawn
//! TURNS       which turns are drawn: `1-2,6-` leaves out 3 to 5; without it all are
//!
//! The drawing is `src/terminal/picture.rs`. The README names the transcript and the turns of its own picture, and
//! `cargo test readme` says when that is no longer what this program draws.

use std::process::ExitCode;
use std::{env, fs};

use nightease::content::Content;
use nightease::terminal::picture::picture;

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let (Some(file), turns) = (arguments.next(), arguments.next()) else {
        eprintln!("Say which transcript: cargo run --example picture -- TRANSCRIPT [TURNS] > FILE");
        return ExitCode::FAILURE;
    };
    match draw(&file, turns.as_deref()) {
        Ok(svg) => {
            print!("{svg}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{file}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn draw(file: &str, turns: Option<&str>) -> Result<String, Box<dyn std::error::Error>> {
    let transcript = fs::read_to_string(file)?;
    let content = Content::embedded()?;
    Ok(picture(&content, &transcript, turns)?)
}
