//! The command line: serve · chat · assess · read · check.

use std::io;
use std::process::ExitCode;

use anyhow::Context;
use clap::{CommandFactory, Parser};
use jiff::Timestamp;

use nightease::app::check;
use nightease::app::rotate::rotate_key;
use nightease::app::run::{remove_webhook, run_service};
use nightease::app::settings::{
    AssessSettings, BotSettings, ChatSettings, CheckSettings, CommandLine, KeyTask, PlaceSettings,
    ReadSettings, ServeSettings, StoreSettings, Task, WebhookTask,
};
use nightease::content::Content;
use nightease::proof::prove::{prove_to_serve, proved_digest};
use nightease::terminal::{assess, chat, json_chat, read, score};

fn main() -> ExitCode {
    if let Err(error) = dotenvy::dotenv()
        && !error.not_found()
    {
        // The error quotes the line, and the line may be the token's.
        eprintln!("nightease: .env cannot be read: every line in it is NAME=value, or begins with #");
        return ExitCode::FAILURE;
    }
    let line = CommandLine::parse();
    match run(line) {
        Ok(code) => code,
        // Whoever read the output has had enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("nightease: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let cause = error.root_cause().downcast_ref::<io::Error>();
    cause.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn run(line: CommandLine) -> anyhow::Result<ExitCode> {
    if line.version {
        let content = Content::embedded_to_serve(proved_digest())?;
        println!(
            "nightease {} (content {})",
            env!("CARGO_PKG_VERSION"),
            content.digest
        );
        return Ok(ExitCode::SUCCESS);
    }
    match line.task {
        Some(Task::Chat(settings)) => chat_here(&settings),
        Some(Task::Assess(settings)) => assess_lines(&settings),
        Some(Task::Read(settings)) => read_lines(&settings),
        Some(Task::Check(settings)) => check(&settings),
        Some(Task::Serve(settings)) => serve(*settings),
        Some(Task::Webhook {
            task: WebhookTask::Delete(bot),
        }) => delete_webhook(&bot),
        Some(Task::Key {
            task: KeyTask::Rotate(store),
        }) => rotate(&store),
        None => {
            println!("{}", CommandLine::command().render_help());
            Ok(ExitCode::from(2))
        }
    }
}

/// The content that is used: the folder's, or the one built in. The program does not start on content with a fault.
fn content(place: &PlaceSettings) -> anyhow::Result<Content> {
    let loaded = match place.folder() {
        Some(folder) => Content::from_dir(folder),
        None => Content::embedded_to_serve(proved_digest()),
    };
    Ok(loaded?)
}

fn chat_here(settings: &ChatSettings) -> anyhow::Result<ExitCode> {
    let content = content(&settings.place)?;
    let now = match &settings.now {
        Some(text) => chat::parse_now(text).map_err(anyhow::Error::msg)?,
        None => Timestamp::now(),
    };
    let around = settings.place.surroundings(now)?;
    if settings.json {
        json_chat::run(
            &content,
            &around,
            &mut io::stdin().lock(),
            &mut io::stdout().lock(),
        )?;
    } else {
        chat::run(&content, around, settings.repro.as_deref()).context("the conversation stopped")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn assess_lines(settings: &AssessSettings) -> anyhow::Result<ExitCode> {
    let content = content(&settings.place)?;
    let around = settings.place.surroundings(Timestamp::now())?;
    let bad = assess::run(
        &content,
        &around,
        &mut io::stdin().lock(),
        &mut io::stdout().lock(),
    )?;
    Ok(if bad == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}

fn read_lines(settings: &ReadSettings) -> anyhow::Result<ExitCode> {
    let content = content(&settings.place)?;
    let around = settings.place.surroundings(Timestamp::now())?;
    let good = match &settings.score {
        Some(path) => {
            let file = std::fs::read_to_string(path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            let scored = score::score(&content, &around, &file);
            print!("{}", scored.text(settings.misses));
            scored.bad.is_empty()
        }
        None => {
            let bad = read::run(
                &content,
                &around,
                &mut io::stdin().lock(),
                &mut io::stdout().lock(),
            )?;
            bad == 0
        }
    };
    Ok(if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}

fn check(settings: &CheckSettings) -> anyhow::Result<ExitCode> {
    let loaded = match &settings.dir {
        Some(folder) => Content::from_dir(folder),
        None => Content::embedded(),
    };
    let checked = check::run(settings, loaded)?;
    print!("{}", checked.output);
    Ok(if checked.passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Says how to get a token, if there is none.
fn has_token(bot: &BotSettings) -> bool {
    if bot.token().is_some() {
        return true;
    }
    eprintln!(
        "There is no token. Talk to @BotFather on Telegram, send /newbot, and set TELOXIDE_TOKEN to what it gives you."
    );
    eprintln!("To talk with NightEase without a token: nightease chat");
    false
}

fn serve(settings: ServeSettings) -> anyhow::Result<ExitCode> {
    if !has_token(&settings.bot) {
        return Ok(ExitCode::from(2));
    }
    if settings.place.folder().is_some() {
        // What is in a folder may have a fault, and then nobody is asked anything.
        let content = content(&settings.place)?;
        prove_to_serve(&content)?;
        run_service(settings, || Ok(content))?;
    } else {
        run_service(settings, built_in)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn built_in() -> anyhow::Result<Content> {
    let content = Content::embedded_to_serve(proved_digest())?;
    prove_to_serve(&content)?;
    Ok(content)
}

fn delete_webhook(bot: &BotSettings) -> anyhow::Result<ExitCode> {
    if !has_token(bot) {
        return Ok(ExitCode::from(2));
    }
    remove_webhook(bot)?;
    println!("The webhook is deleted. What waits at Telegram stays there for the next poll.");
    Ok(ExitCode::SUCCESS)
}

fn rotate(store: &StoreSettings) -> anyhow::Result<ExitCode> {
    let records = rotate_key(store)?;
    println!(
        "{records} records are sealed with a new key in {}.",
        store.key_file.display()
    );
    println!(
        "Older backups of the database open with the old key only: delete them, or keep that key with them."
    );
    Ok(ExitCode::SUCCESS)
}
