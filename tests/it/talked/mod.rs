//! What she types, with a reader that reads what the test says: how the conversation takes it. What the lexicon reads is
//! tested where the reader is; the transcripts `words_*` play both together.

mod breaks_in;
mod her_word;
mod no_by_button;
pub mod reader;
mod shown_back;
mod taken_back;
mod text_never_lowers;
mod what_counts;

use nightease::content::Content;
use nightease::conversation::{Arrival, Command, Event};
use nightease::private::Private;

use crate::every_state::chat::Chat;
use crate::every_state::places::state;

fn at<'c>(content: &'c Content, path: &str) -> Chat<'c> {
    let mut chat = state(content, path);
    chat.reader = reader::read;
    chat
}

impl Chat<'_> {
    fn types(&mut self, words: &str) {
        self.hear(Event::Text(Private::new(words.to_owned())));
    }

    fn sends(&mut self, message: i64, words: &str) {
        let event = Event::Text(Private::new(words.to_owned()));
        self.numbered(message, event);
    }

    fn edits(&mut self, message: i64, words: &str) {
        let event = Event::Edited(Private::new(words.to_owned()));
        self.numbered(message, event);
    }

    fn numbered(&mut self, message: i64, event: Event) {
        let sent_at = Some(self.around.now);
        self.hear_arrival(&Arrival {
            event,
            sent_at,
            message: Some(message),
        });
    }

    fn level(&self) -> Option<&'static str> {
        let outcome = self.replies.iter().rev().find_map(|reply| reply.outcome)?;
        Some(outcome.word())
    }

    fn has(&self, label: &str) -> bool {
        self.buttons().iter().any(|(shown, _)| shown == label)
    }

    fn back(&mut self) {
        self.hear(Event::Command(Command::Back));
    }

    /// The findings that count as told, and those that only mark a list.
    fn told(&self) -> (Vec<String>, Vec<String>) {
        let session = self.session.as_ref().unwrap();
        let words = || session.all_answers().filter_map(|answer| answer.words.as_ref());
        (
            words()
                .flat_map(|words| words.told.iter().map(|fact| fact.finding.to_string()))
                .collect(),
            words()
                .flat_map(|words| words.denied.iter().map(ToString::to_string))
                .collect(),
        )
    }
}
