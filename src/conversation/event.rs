//! What came in, whatever the door.

use jiff::Timestamp;

use crate::private::Private;

/// A command that works in every state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
    /// `/start`, with the payload of a deep link if there was one.
    Start(Option<String>),
    /// `/help`
    Help,
    /// `/tips`
    Tips,
    /// `/tips_legs` and its like: the leaflet of one topic. Holds the command's name, without the slash.
    TipsOn(String),
    /// `/urgent`
    Urgent,
    /// `/back`
    Back,
    /// `/restart`
    Restart,
    /// `/why`
    Why,
    /// `/cancel`
    Cancel,
    /// `/privacy`
    Privacy,
    /// `/forget`
    Forget,
    /// `/about`
    About,
    /// A command that is not ours.
    Unknown,
}

impl Command {
    /// Reads a command by its name in lower case, without the slash, and what stood behind it.
    #[must_use]
    pub fn named(name: &str, payload: Option<String>) -> Command {
        match name {
            "start" => Command::Start(payload),
            "help" => Command::Help,
            "tips" => Command::Tips,
            "urgent" => Command::Urgent,
            "back" => Command::Back,
            "restart" => Command::Restart,
            "why" => Command::Why,
            "cancel" => Command::Cancel,
            "privacy" => Command::Privacy,
            "forget" => Command::Forget,
            "about" => Command::About,
            name if name.starts_with("tips_") => Command::TipsOn(name.to_owned()),
            _ => Command::Unknown,
        }
    }
}

/// What a message held that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// A photo or a video.
    Picture,
    /// A voice or video note, or a sound file.
    Voice,
    /// A sticker, an animation, a dice, a reaction.
    Sticker,
    /// Anything else, kinds newer than this program among them.
    Other,
}

/// One thing she did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// A command.
    Command(Command),
    /// A button, by the token that [`super::Button`] carried.
    Tap(String),
    /// Words that are not a command.
    Text(Private<String>),
    /// She changed a message that she had sent before.
    Edited(Private<String>),
    /// Something that is not text.
    Unreadable(Unreadable),
    /// Somebody spoke to the bot where others read along: a group or a channel.
    Overheard {
        /// Was it a command? Those are always answered; other messages may flood a group.
        command: bool,
    },
    /// She blocked the bot, or removed the chat: everything is wiped and nothing is said.
    Gone,
    /// Nothing that wants an answer (she unblocked the bot, a service message).
    Nothing,
}

/// An event with the moment she caused it, as far as the door knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arrival {
    /// What she did.
    pub event: Event,
    /// When she did it. Taps do not carry a time.
    pub sent_at: Option<Timestamp>,
    /// The number of her message, which stays when she changes it, where the door has one.
    pub message: Option<i64>,
}
