//! `nightease chat`: the conversation in a terminal, with line editing; plain lines when it is not one.

use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use jiff::Timestamp;

use crate::content::Content;
use crate::conversation::{Reply, Surroundings};

use super::transcript::{Player, print};

/// Talks until the input ends or she says `quit`. With `repro`, what was played is written there as a transcript test.
///
/// # Errors
/// When the terminal or the file cannot be read or written.
pub fn run(content: &Content, around: Surroundings, repro: Option<&Path>) -> io::Result<()> {
    let mut chat = Chat {
        player: Player::new(content, around.clone()),
        played: header(&around),
    };
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        chat.on_terminal()?;
    } else {
        chat.on_lines(&mut io::stdin().lock(), &mut io::stdout().lock())?;
    }
    match repro {
        Some(file) => fs::write(file, chat.played),
        None => Ok(()),
    }
}

struct Chat<'c> {
    player: Player<'c>,
    played: String,
}

impl Chat<'_> {
    fn on_terminal(&mut self) -> io::Result<()> {
        let colour = std::env::var_os("NO_COLOR").is_none();
        let mut editor = rustyline::DefaultEditor::new().map_err(io::Error::other)?;
        println!(
            "Type a number, the words on a button, or a command such as /help. Leave with /quit or Ctrl-D.\n"
        );
        self.show("/start", colour);
        loop {
            match editor.readline("> ") {
                Ok(line) if is_quit(&line) => return Ok(()),
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) => {
                    println!();
                    self.show(&line, colour);
                }
                Err(rustyline::error::ReadlineError::Eof | rustyline::error::ReadlineError::Interrupted) => {
                    return Ok(());
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }

    fn show(&mut self, line: &str, colour: bool) {
        let replies = self.turn(line);
        print!(
            "{}",
            if colour {
                coloured(&replies)
            } else {
                print(&replies)
            }
        );
    }

    fn on_lines(&mut self, input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<()> {
        for line in input.lines() {
            let line = line?;
            if is_quit(&line) {
                return Ok(());
            }
            if line.trim().is_empty() {
                continue;
            }
            let replies = self.turn(&line);
            write!(output, "> {}\n{}", line.trim(), print(&replies))?;
            output.flush()?;
        }
        Ok(())
    }

    fn turn(&mut self, line: &str) -> Vec<Reply> {
        let replies = self.player.play(line);
        self.played
            .push_str(&format!("> {}\n{}", line.trim(), print(&replies)));
        replies
    }
}

fn is_quit(line: &str) -> bool {
    matches!(line.trim(), "/quit" | "quit" | "exit")
}

/// The first lines of a transcript test: what the turns knew of the world.
fn header(around: &Surroundings) -> String {
    let mut lines = vec![format!("# now: {}", around.now)];
    if let Some(zone) = around.time_zone.as_ref().and_then(|zone| zone.iana_name()) {
        lines.push(format!("# time zone: {zone}"));
    }
    if let Some(country) = &around.country {
        lines.push(format!("# country: {country}"));
    }
    format!("{}\n\n", lines.join("\n"))
}

/// Strong words in bold, numbers of buttons dimmed; the words alone carry the meaning.
fn coloured(replies: &[Reply]) -> String {
    let mut shown = print(replies);
    for span in replies
        .iter()
        .flat_map(|reply| &reply.text.spans)
        .filter(|span| span.strong)
    {
        shown = shown.replacen(&span.text, &format!("\u{1b}[1m{}\u{1b}[0m", span.text), 1);
    }
    shown
}

/// The moment given on the command line.
///
/// # Errors
/// When it is not a time.
pub fn parse_now(text: &str) -> Result<Timestamp, String> {
    text.parse()
        .map_err(|_| format!("{text} is not a time; write it such as 2026-11-22T03:10:00Z"))
}
