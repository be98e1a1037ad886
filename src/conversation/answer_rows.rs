//! The buttons below an answer: numbers to copy, *That is not what I meant* where words led to it, Why, and the ways on.

use crate::content::Level;
use crate::triage::Assessment;

use super::numbers_view;
use super::present;
use super::reply::Button;
use super::screen_view::{self, plain};
use super::session::Session;
use super::token::Action;
use super::wording::Words;

/// The buttons below an answer.
#[must_use]
pub fn rows(words: &Words<'_>, session: &Session, found: &Assessment<'_>) -> Vec<Vec<Button>> {
    let topic = words.topic.as_ref().and_then(|id| words.content.topic(id));
    let more = session.more == 0 && topic.is_some_and(|topic| topic.fit.is_some());
    rows_with(words, session, found, more)
}

pub(super) fn rows_with(
    words: &Words<'_>,
    session: &Session,
    found: &Assessment<'_>,
    more: bool,
) -> Vec<Vec<Button>> {
    let tap = |label: &str, action: Action| plain(words, label, &action, session.revision);
    let mut rows = numbers_view::answer_rows(words, session, found);
    let level = found.outcome.level();
    if !session.quotes.is_empty() {
        rows.push(vec![tap("button-not_meant", Action::NotMeant)]);
    }
    if present::unasked_list(words.content, session, found).is_some() {
        rows.push(vec![tap("button-worse", Action::Worse)]);
    }
    let mut first = vec![tap("button-why", Action::Why)];
    if level.is_some_and(|level| level < Level::GoNow) {
        if more {
            first.push(tap("button-more_steps", Action::MoreSteps));
        }
        rows.push(first);
        rows.push(vec![tap("button-something_else", Action::SomethingElse)]);
    } else {
        rows.push(first);
    }
    if screen_view::chose_to_hide(words.content, session) {
        rows.push(vec![tap("button-hide", Action::Hide)]);
    }
    rows.push(vec![
        tap("button-back", Action::Back),
        tap("button-start_again", Action::StartAgain),
    ]);
    rows
}
