//! Replies → requests. Text goes out with entities, never with a parse mode, so that nothing needs escaping.

use teloxide::payloads::{
    EditMessageReplyMarkup, EditMessageText, EditMessageTextSetters, SendMessage, SendMessageSetters,
};
use teloxide::types::{
    ChatId, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity,
    MessageId, ThreadId,
};

use super::decode::Place;
use super::parcel::Request;
use super::split::{MESSAGE_LIMIT, Piece, split};
use crate::conversation::{Button, Placement, Press, Reply};
use crate::store::NewParcel;

const NO_PREVIEW: LinkPreviewOptions = LinkPreviewOptions {
    is_disabled: true,
    url: None,
    prefer_small_media: false,
    prefer_large_media: false,
    show_above_text: false,
};

/// Writes replies as requests, in order.
///
/// Only the first reply may take the place of the tapped message: after a message of its own, an edit further up would
/// be out of her sight. If nothing takes its place, the tapped message loses its buttons; that comes last, so that no answer
/// waits for it.
pub(super) fn render(place: &Place, replies: &[Reply]) -> Vec<NewParcel> {
    let mut parcels = Vec::new();
    let mut in_place = place.tapped;
    let mut tidying = None;
    for reply in replies {
        let tapped = in_place.take();
        let editable = tapped.filter(|_| reply.placement == Placement::InPlace);
        if let (Some(message), None) = (tapped, editable) {
            tidying = Some(parcel(place, &without_buttons(place, message), false));
        }
        for request in requests(place, reply, editable) {
            parcels.push(parcel(place, &request, reply.urgent));
        }
    }
    parcels.extend(tidying);
    parcels
}

fn parcel(place: &Place, request: &Request, urgent: bool) -> NewParcel {
    NewParcel {
        body: request.to_bytes(),
        urgent,
        public: !place.private,
    }
}

fn without_buttons(place: &Place, message: i32) -> Request {
    let payload = EditMessageReplyMarkup::new(ChatId(place.chat_id), MessageId(message));
    Request::new(&payload).best_effort()
}

/// The requests of one reply: one, unless its text is too long for one message. The buttons go under the last.
fn requests(place: &Place, reply: &Reply, mut editable: Option<i32>) -> Vec<Request> {
    let mut pieces = split(&reply.text, MESSAGE_LIMIT);
    // Telegram refuses a message of blanks.
    pieces.retain(|piece| !piece.text.trim().is_empty());
    let last = pieces.len().saturating_sub(1);
    let mut requests = Vec::with_capacity(pieces.len());
    for (number, piece) in pieces.iter().enumerate() {
        let keyboard = (number == last).then(|| keyboard(&reply.rows)).flatten();
        requests.push(match editable.take() {
            Some(message) => Request::new(&edit(place, message, piece, keyboard)).or_send(place.thread),
            None => Request::new(&send(place, piece, keyboard)),
        });
    }
    requests
}

fn send(place: &Place, piece: &Piece, keyboard: Option<InlineKeyboardMarkup>) -> SendMessage {
    let mut payload =
        SendMessage::new(ChatId(place.chat_id), piece.text.as_str()).link_preview_options(NO_PREVIEW);
    payload.entities = entities(piece);
    payload.message_thread_id = place.thread.map(|thread| ThreadId(MessageId(thread)));
    match keyboard {
        Some(keyboard) => payload.reply_markup(keyboard),
        None => payload,
    }
}

fn edit(
    place: &Place,
    message: i32,
    piece: &Piece,
    keyboard: Option<InlineKeyboardMarkup>,
) -> EditMessageText {
    let mut payload = EditMessageText::new(ChatId(place.chat_id), MessageId(message), piece.text.as_str())
        .link_preview_options(NO_PREVIEW);
    payload.entities = entities(piece);
    match keyboard {
        Some(keyboard) => payload.reply_markup(keyboard),
        None => payload,
    }
}

fn entities(piece: &Piece) -> Option<Vec<MessageEntity>> {
    let bold = |&(offset, length): &(usize, usize)| MessageEntity::bold(offset, length);
    (!piece.strong.is_empty()).then(|| piece.strong.iter().map(bold).collect())
}

fn keyboard(rows: &[Vec<Button>]) -> Option<InlineKeyboardMarkup> {
    let rows: Vec<Vec<_>> = rows
        .iter()
        .map(|row| row.iter().filter_map(button).collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect();
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

/// A link that is none would make Telegram refuse the whole message, so such a button is left out.
fn button(button: &Button) -> Option<InlineKeyboardButton> {
    let label = button.label.as_str();
    match &button.press {
        Press::Tap { token, .. } => Some(InlineKeyboardButton::callback(label, token)),
        Press::Copy(text) => Some(InlineKeyboardButton::copy_text_button(
            label,
            CopyTextButton { text: text.clone() },
        )),
        Press::Open(link) => Some(InlineKeyboardButton::url(label, url::Url::parse(link).ok()?)),
    }
}
