//! What may happen to a conversation, as chance draws it.

use nightease::conversation::{Command, Event, Unreadable};
use nightease::private::Private;
use proptest::prelude::*;
use proptest::sample::Index;

/// One thing that happens. Places are drawn blindly, and mean the button that stands there.
#[derive(Clone, Debug)]
pub enum Move {
    /// A button of the last messages.
    Tap(Index),
    /// One of them that answers *None*, *Not sure*, *Done*, *Skip*, or tells the stage: so that walks go deep.
    GoOn(Index),
    /// A button of any message that was ever sent, before a wipe as well.
    Old(Index),
    /// A token that this program never made.
    Foreign(String),
    /// The last event comes a second time.
    Again,
    /// Two buttons of the same messages, so that the second comes late; in either order.
    Two(Index, Index),
    /// A button, and Back.
    ThereAndBack(Index),
    /// Words. What they come to is the reader's; here they are only not to harm.
    Text(String),
    /// A command, by its place among [`COMMANDS`].
    Command(usize),
    /// A message changed later.
    Edited(String),
    /// Something that is not text.
    Unreadable(usize),
    /// Her language becomes the other one.
    Language,
    /// The program stops, and starts again from what is stored.
    Reload,
    /// The clock jumps by so many minutes, forwards or backwards.
    Clock(i64),
}

/// Commands as she types them.
pub const COMMANDS: [&str; 16] = [
    "back",
    "back",
    "back",
    "start",
    "start legs",
    "start nonsense",
    "restart",
    "help",
    "tips",
    "urgent",
    "why",
    "privacy",
    "forget",
    "about",
    "cancel",
    "nonsense",
];

/// A history: the topic she opens, and what happens then.
pub type History = (Index, Vec<Move>);

pub fn history(longest: usize) -> impl Strategy<Value = History> {
    (any::<Index>(), prop::collection::vec(a_move(), 0..longest))
}

fn a_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        20 => any::<Index>().prop_map(Move::GoOn),
        12 => any::<Index>().prop_map(Move::Tap),
        5 => any::<Index>().prop_map(Move::Old),
        1 => "[0-9a-z.:~]{0,12}|\\PC{0,70}".prop_map(Move::Foreign),
        2 => Just(Move::Again),
        3 => (any::<Index>(), any::<Index>()).prop_map(|(one, two)| Move::Two(one, two)),
        3 => any::<Index>().prop_map(Move::ThereAndBack),
        6 => words().prop_map(Move::Text),
        4 => (0..COMMANDS.len()).prop_map(Move::Command),
        2 => words().prop_map(Move::Edited),
        1 => (0usize..4).prop_map(Move::Unreadable),
        1 => Just(Move::Language),
        1 => Just(Move::Reload),
        2 => prop_oneof![-120i64..120, -4000i64..4000].prop_map(Move::Clock),
    ]
}

fn words() -> impl Strategy<Value = String> {
    let told = prop::sample::select(vec![
        "my leg hurts",
        "no fever",
        "I bleed a lot",
        "not what I meant",
        "That is not what I meant",
        "back",
        "no",
        "yes",
        "not sure",
        "30",
        "30 weeks",
        "",
    ]);
    prop_oneof![
        2 => told.prop_map(str::to_owned),
        1 => "\\PC{0,60}",
        4 => any::<u16>().prop_map(|seed| format!("chance:{seed}")),
    ]
}

/// A command as an event.
pub fn command(typed: &str) -> Event {
    let (name, payload) = typed.split_once(' ').unwrap_or((typed, ""));
    let payload = (!payload.is_empty()).then(|| payload.to_owned());
    Event::Command(Command::named(name, payload))
}

pub fn unreadable(place: usize) -> Event {
    let kinds = [
        Unreadable::Picture,
        Unreadable::Voice,
        Unreadable::Sticker,
        Unreadable::Other,
    ];
    Event::Unreadable(kinds[place % kinds.len()])
}

pub fn text(words: &str) -> Event {
    Event::Text(Private::new(words.to_owned()))
}
