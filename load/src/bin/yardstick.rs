//! The yardstick: the same conversation, as a stock teloxide bot. It is written as teloxide's own examples are: a
//! dialogue with a state, a `dptree` of handlers, `answer_callback_query`, then the next message. It decides nothing.
//!
//! `yardstick memory` keeps dialogues in memory, `yardstick sqlite FILE` with teloxide's SQLite storage.

use std::sync::Arc;

use nightease_load::book::{self, Step};
use serde::{Deserialize, Serialize};
use teloxide::dispatching::dialogue::serializer::Json;
use teloxide::dispatching::dialogue::{ErasedStorage, InMemStorage, SqliteStorage, Storage};
use teloxide::prelude::*;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

#[derive(Clone, Default, Serialize, Deserialize)]
enum State {
    #[default]
    Start,
    At(usize),
}

type Book = Arc<Vec<Step>>;
type Handled = Result<(), Box<dyn std::error::Error + Send + Sync>>;
type Talk = Dialogue<State, ErasedStorage<State>>;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let storage = match (arguments.next().as_deref(), arguments.next()) {
        (Some("sqlite"), Some(file)) => SqliteStorage::open(&file, Json).await?.erase(),
        _ => InMemStorage::<State>::new().erase(),
    };
    let book: Book = Arc::new(book::steps()?);
    let handler = dptree::entry()
        .branch(
            Update::filter_message()
                .enter_dialogue::<Message, ErasedStorage<State>, State>()
                .endpoint(started),
        )
        .branch(
            Update::filter_callback_query()
                .enter_dialogue::<CallbackQuery, ErasedStorage<State>, State>()
                .branch(dptree::case![State::At(step)].endpoint(tapped)),
        );
    Dispatcher::builder(Bot::from_env(), handler)
        .dependencies(dptree::deps![storage, book])
        .default_handler(|_| async {})
        .build()
        .dispatch()
        .await;
    Ok(())
}

fn keyboard(step: &Step, number: usize) -> InlineKeyboardMarkup {
    let button = |(place, label): (usize, &String)| {
        vec![InlineKeyboardButton::callback(
            label,
            format!("{number}:{place}:{}", label.len()),
        )]
    };
    InlineKeyboardMarkup::new(step.buttons.iter().enumerate().map(button))
}

async fn started(bot: Bot, dialogue: Talk, message: Message, book: Book) -> Handled {
    let step = &book[0];
    bot.send_message(message.chat.id, step.messages[0].as_str())
        .reply_markup(keyboard(step, 0))
        .await?;
    dialogue.update(State::At(0)).await?;
    Ok(())
}

async fn tapped(bot: Bot, dialogue: Talk, query: CallbackQuery, before: usize, book: Book) -> Handled {
    bot.answer_callback_query(query.id.clone()).await?;
    let number = (before + 1) % book.len();
    let step = &book[number];
    let Some(message) = query.regular_message() else {
        return Ok(());
    };
    let (chat, keyboard) = (message.chat.id, keyboard(step, number));
    match step.messages.as_slice() {
        [only] => {
            bot.edit_message_text(chat, message.id, only.as_str())
                .reply_markup(keyboard)
                .await?;
        }
        [first @ .., last] => {
            for text in first {
                bot.send_message(chat, text.as_str()).await?;
            }
            bot.send_message(chat, last.as_str())
                .reply_markup(keyboard)
                .await?;
        }
        [] => {}
    }
    dialogue.update(State::At(number)).await?;
    Ok(())
}
