//! What happens once at the start: who the bot is, and what Telegram shows of it.

use serde::Serialize;
use serde_json::Value;
use teloxide::payloads::{
    GetMe, GetMyCommands, GetMyDescription, GetMyShortDescription, SetMyCommands, SetMyDescription,
    SetMyDescriptionSetters, SetMyShortDescription, SetMyShortDescriptionSetters,
};
use teloxide::requests::Payload;
use teloxide::types::BotCommand;

use super::client::{CallError, Client};
use super::fate::{Verdict, judge};
use super::polling::{jitter, waiting_time};
use crate::delivery::{Stop, stopped};

/// Who the bot is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Me {
    /// Its username, without `@`.
    pub username: String,
}

/// The bot cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The server does not know the token.
    #[error("the token was refused: copy it whole from @BotFather into TELOXIDE_TOKEN")]
    TokenRefused,
    /// The server speaks, but not of a bot with a name.
    #[error("the server at TELOXIDE_API_URL did not say who the bot is: is it a Bot API server?")]
    Nameless,
}

/// Asks who the bot is, until there is an answer: at the start of a machine the network may come up later than the
/// program. `None` if `stop` became true before.
pub async fn introduce(client: &Client, mut stop: Stop) -> Result<Option<Me>, StartError> {
    let mut failures = 0;
    let question = GetMe::new();
    loop {
        let asked = tokio::select! {
            biased;
            () = stopped(&mut stop) => return Ok(None),
            asked = client.call(&question) => asked,
        };
        let error = match asked {
            Ok(me) => {
                let username = me
                    .get("username")
                    .and_then(Value::as_str)
                    .ok_or(StartError::Nameless)?;
                return Ok(Some(Me {
                    username: username.to_owned(),
                }));
            }
            Err(error) => error,
        };
        if judge(&error) == Verdict::TokenRefused {
            return Err(StartError::TokenRefused);
        }
        failures += 1;
        let wait = match judge(&error) {
            Verdict::Wait(Some(wish)) => wish.max(waiting_time(failures, jitter())),
            _ => waiting_time(failures, jitter()),
        };
        tracing::warn!("Telegram does not say who the bot is, and is asked again: {error}");
        tokio::select! {
            biased;
            () = stopped(&mut stop) => return Ok(None),
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// What Telegram shows of the bot.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Profile {
    /// The commands of its menu, without the slash, with what they do (256 characters at the most).
    pub commands: Vec<(String, String)>,
    /// What an empty chat shows (512 characters at the most).
    pub description: String,
    /// What its page shows (120 characters at the most).
    pub short_description: String,
}

/// Sets what differs from the profile. Best effort: the bot works without.
pub async fn set_up(client: &Client, profile: &Profile) {
    let commands = profile
        .commands
        .iter()
        .map(|(name, text)| BotCommand::new(name, text.trim()));
    let commands: Vec<BotCommand> = commands.collect();
    let same =
        |answer: Value| serde_json::from_value(answer).is_ok_and(|set: Vec<BotCommand>| set == commands);
    if differs(client, &GetMyCommands::new(), same).await {
        set(client, &SetMyCommands::new(commands.clone())).await;
    }
    let wanted = profile.description.trim();
    let same = |answer: Value| answer.get("description").and_then(Value::as_str) == Some(wanted);
    if differs(client, &GetMyDescription::new(), same).await {
        set(client, &SetMyDescription::new().description(wanted)).await;
    }
    let wanted = profile.short_description.trim();
    let same = |answer: Value| answer.get("short_description").and_then(Value::as_str) == Some(wanted);
    if differs(client, &GetMyShortDescription::new(), same).await {
        set(client, &SetMyShortDescription::new().short_description(wanted)).await;
    }
}

/// Does the server say something else than what is wanted? When it says nothing, nothing is set.
async fn differs<P: Payload + Serialize>(
    client: &Client,
    question: &P,
    same: impl FnOnce(Value) -> bool,
) -> bool {
    match client.call(question).await {
        Ok(answer) => !same(answer),
        Err(error) => {
            failed(P::NAME, &error);
            false
        }
    }
}

async fn set<P: Payload + Serialize>(client: &Client, payload: &P) {
    match client.call(payload).await {
        Ok(_) => tracing::info!("{} done", P::NAME),
        Err(error) => failed(P::NAME, &error),
    }
}

fn failed(method: &str, error: &CallError) {
    tracing::warn!("{method} failed; the bot works, but Telegram may show old commands or texts: {error}");
}
