//! Commands as Telegram writes them: `/start payload`, `/tips_legs`, `/start@OurBot`.

use crate::conversation::Command;

/// The longest payload a link can carry, in characters. Source: Bot API, "Deep linking".
const PAYLOAD_LIMIT: usize = 64;

/// A command with the bot it is meant for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Spoken {
    /// What is asked for.
    pub command: Command,
    /// The bot it names, in lower case, as people do in groups.
    pub to: Option<String>,
}

/// Reads a command, or gives `None` for words that are not one. As in Telegram's own apps, `/leg/foot` is not.
pub(super) fn read(text: &str) -> Option<Spoken> {
    let after_slash = text.trim_start().strip_prefix('/')?;
    let (name, rest) = word(after_slash);
    if name.is_empty() {
        return None;
    }
    let (to, rest) = match rest.strip_prefix('@').map(word) {
        Some((bot, rest)) if !bot.is_empty() => (Some(bot.to_ascii_lowercase()), rest),
        _ => (None, rest),
    };
    if rest.starts_with(['/', '<', '>']) {
        return None;
    }
    Some(Spoken {
        command: command(&name.to_ascii_lowercase(), rest.trim()),
        to,
    })
}

/// The letters, digits and low lines that a text begins with, and what follows them.
fn word(text: &str) -> (&str, &str) {
    let end = text
        .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .unwrap_or(text.len());
    text.split_at(end)
}

fn command(name: &str, rest: &str) -> Command {
    Command::named(
        name,
        Some(rest).filter(|rest| is_payload(rest)).map(str::to_owned),
    )
}

fn is_payload(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=PAYLOAD_LIMIT).contains(&text.len()) && text.bytes().all(allowed)
}
