//! Every kind of update leads to the right event.

use nightease::conversation::{Command, Event, Unreadable};
use nightease::private::Private;
use nightease::telegram::{Kept, Place, Router, address};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Decodes an update, and the same once more from what is kept of it in the inbox.
fn decode(update: &Value) -> (Event, Option<i64>, Option<Place>) {
    let bytes = update.to_string().into_bytes();
    let router = Router::new("NightEaseBot");
    let (arrival, place) = router.decode(&bytes);
    let kept = Kept::of(&bytes);
    let (again, same_place) = router.decode(&kept.body);
    assert_eq!(
        (&arrival.event, arrival.sent_at, place),
        (&again.event, again.sent_at, same_place)
    );
    assert_eq!(kept.update_id, update["update_id"].as_i64());
    (
        arrival.event,
        arrival.sent_at.map(|moment| moment.as_second()),
        place,
    )
}

fn event(update: &Value) -> Event {
    decode(update).0
}

/// A message in the private chat 5 with these fields besides.
fn private(fields: Value) -> Value {
    let mut message = json!({
        "message_id": 7, "date": 1_790_000_000, "chat": {"id": 5, "type": "private", "first_name": "Ada"},
        "from": {"id": 5, "is_bot": false, "first_name": "Ada"},
    });
    message
        .as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    json!({"update_id": 1, "message": message})
}

fn in_group(fields: Value) -> Value {
    let mut update = private(json!({"chat": {"id": -100_500, "type": "supergroup", "title": "N"}}));
    update["message"]
        .as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    update
}

fn text(words: &str) -> Event {
    Event::Text(Private::new(words.to_owned()))
}

#[test]
fn p17_commands_and_links_with_a_payload() {
    let start = |payload: Option<&str>| Command::Start(payload.map(str::to_owned));
    let table = [
        ("/start", start(None)),
        ("/start legs", start(Some("legs"))),
        ("/START  cramp ", start(Some("cramp"))),
        ("/start@NightEaseBot legs", start(Some("legs"))),
        ("/start two words", start(None)),
        ("/start <b>", start(None)),
        ("/help", Command::Help),
        ("/help@SomeOtherBot", Command::Help),
        ("/Help.", Command::Help),
        ("/tips", Command::Tips),
        ("/tips_legs", Command::TipsOn("tips_legs".to_owned())),
        ("/TIPS_Legs@nighteasebot", Command::TipsOn("tips_legs".to_owned())),
        ("/urgent please", Command::Urgent),
        ("/back", Command::Back),
        ("/restart", Command::Restart),
        ("/why", Command::Why),
        ("/cancel", Command::Cancel),
        ("/privacy", Command::Privacy),
        ("/forget", Command::Forget),
        ("/about", Command::About),
        ("/tipsy", Command::Unknown),
        ("/settings", Command::Unknown),
    ];
    for (words, command) in table {
        assert_eq!(
            event(&private(json!({"text": words}))),
            Event::Command(command),
            "{words}"
        );
    }
    let long = format!("/start {}", "a".repeat(65));
    assert_eq!(
        event(&private(json!({"text": long}))),
        Event::Command(start(None))
    );
    for words in [
        "/",
        "/ help",
        "/leg/foot",
        "help",
        "my leg /help",
        "//start",
        "/é",
    ] {
        assert_eq!(event(&private(json!({"text": words}))), text(words), "{words}");
    }
}

#[test]
fn words_in_every_dress() {
    let table = [
        json!({"text": "my leg"}),
        json!({"text": "my leg", "entities": [{"type": "date_time", "offset": 0, "length": 2, "unix_time": 1}]}),
        json!({"text": "my leg", "entities": [{"type": "of_tomorrow", "offset": 0, "length": 2}]}),
        json!({"text": "my leg", "entities": "broken"}),
        json!({"text": "my leg", "from": {"id": 5}}),
        json!({"text": "my leg", "from": null, "sender_chat": {"id": 5}}),
        json!({"text": "my leg", "forward_origin": {"type": "hidden_user"}, "reply_to_message": {"dice": {}}}),
        json!({"text": "my leg", "effect_id": "5104841245755180586", "link_preview_options": {"is_disabled": true}}),
        json!({"text": "my leg", "reply_markup": {"inline_keyboard": [[{"text": "a", "style": "danger", "disabled": true}]]}}),
        json!({"caption": "my leg", "photo": [{}]}),
        json!({"caption": "my leg", "video": {}}),
        json!({"caption": "my leg", "voice": {}}),
        json!({"caption": "my leg", "document": {}}),
        json!({"caption": "my leg", "photo": [{}], "media_group_id": "1", "show_caption_above_media": true}),
        json!({"text": "my leg", "date": "yesterday", "message_id": {}}),
    ];
    for fields in table {
        assert_eq!(event(&private(fields.clone())), text("my leg"), "{fields}");
    }
}

/// Messages of the kinds that carry something to see or to hear.
fn media() -> Vec<(Value, Unreadable)> {
    use Unreadable::{Picture, Sticker, Voice};
    vec![
        (
            json!({"photo": [{"file_id": "a", "width": 1, "height": 1}]}),
            Picture,
        ),
        (
            json!({"photo": [{}], "has_media_spoiler": true, "caption": "  "}),
            Picture,
        ),
        (json!({"live_photo": {}, "photo": [{}]}), Picture),
        (json!({"video": {}, "qualities": []}), Picture),
        (json!({"voice": {"duration": 3}}), Voice),
        (json!({"audio": {}}), Voice),
        (json!({"video_note": {}}), Voice),
        (json!({"sticker": {"emoji": "👍", "type": "regular"}}), Sticker),
        (json!({"animation": {}, "document": {}}), Sticker),
        (json!({"dice": {"emoji": "🎲", "value": 3}}), Sticker),
    ]
}

/// All other kinds of message up to Bot API 10.3 that are no text, and some of a later one.
fn others() -> Vec<Value> {
    vec![
        json!({"document": {}}),
        json!({"location": {"latitude": 1, "longitude": 2}}),
        json!({"location": {"live_period": 60}}),
        json!({"venue": {}, "location": {}}),
        json!({"contact": {"phone_number": "1", "first_name": "A"}}),
        json!({"poll": {}}),
        json!({"story": {}}),
        json!({"paid_media": {}}),
        json!({"checklist": {"title": "t", "tasks": []}}),
        json!({"game": {}}),
        json!({"invoice": {}}),
        json!({"successful_payment": {}}),
        json!({"refunded_payment": {}}),
        json!({"users_shared": {}}),
        json!({"chat_shared": {}}),
        json!({"passport_data": {}}),
        json!({"web_app_data": {}}),
        json!({"gift": {}}),
        json!({"unique_gift": {}}),
        json!({"gift_upgrade_sent": {}}),
        json!({"suggested_post_paid": {}}),
        json!({"rich_message": {"blocks": [{"type": "paragraph"}]}}),
        json!({"something_of_api_12": {"text": "x"}}),
        json!({"text": "   "}),
        json!({"text": 12}),
        json!({}),
    ]
}

#[test]
fn what_is_not_text() {
    let table = others()
        .into_iter()
        .map(|fields| (fields, Unreadable::Other))
        .chain(media());
    for (fields, kind) in table {
        assert_eq!(
            event(&private(fields.clone())),
            Event::Unreadable(kind),
            "{fields}"
        );
        let mut edited = private(fields.clone());
        edited["edited_message"] = edited["message"].take();
        edited.as_object_mut().unwrap().remove("message");
        let expected = if fields.get("location").is_some() && fields.get("venue").is_none() {
            Event::Nothing
        } else {
            Event::Unreadable(kind)
        };
        assert_eq!(event(&edited), expected, "edited {fields}");
    }
}

#[test]
fn what_wants_no_answer() {
    let table = [
        private(json!({"pinned_message": {"message_id": 3}})),
        private(json!({"message_auto_delete_timer_changed": {}})),
        private(json!({"chat_background_set": {}})),
        private(json!({"write_access_allowed": {}})),
        private(json!({"text": "hello", "from": {"id": 8, "is_bot": true, "first_name": "B"}})),
        in_group(json!({"new_chat_members": [{"id": 8}]})),
        in_group(json!({"left_chat_member": {"id": 8}})),
        in_group(json!({"pinned_message": {}})),
        in_group(json!({"migrate_to_chat_id": -1_001})),
        in_group(json!({"migrate_from_chat_id": -5})),
        in_group(json!({"forum_topic_created": {}})),
        in_group(json!({"something_of_api_12": {}})),
        in_group(json!({"text": "post", "is_automatic_forward": true, "sender_chat": {"id": -100}})),
        in_group(json!({"text": "/help@SomeOtherBot"})),
        in_group(json!({"text": "hi", "from": {"id": 8, "is_bot": true}})),
        json!({"update_id": 1, "edited_channel_post": in_group(json!({"text": "x"}))["message"]}),
        json!({"update_id": 1, "edited_message": in_group(json!({"text": "x"}))["message"]}),
        json!({"update_id": 1, "message_reaction": {"chat": {"id": 5, "type": "private"}}}),
        json!({"update_id": 1, "message_reaction_count": {"chat": {"id": -5, "type": "group"}}}),
        json!({"update_id": 1, "inline_query": {"id": "1", "from": {"id": 5}, "query": "x"}}),
        json!({"update_id": 1, "chat_member": {"chat": {"id": 5, "type": "private"}}}),
        json!({"update_id": 1, "poll_answer": {"user": {"id": 5}}}),
        json!({"update_id": 1, "business_message": private(json!({"text": "x"}))["message"]}),
        json!({"update_id": 1, "guest_message": private(json!({"text": "x"}))["message"]}),
        json!({"update_id": 1, "managed_bot": {}}),
        json!({"update_id": 1, "stopped_message_generation": {}}),
        json!({"update_id": 1, "subscription": {}}),
        json!({"update_id": 1}),
        json!({"update_id": 1, "message": "broken"}),
        json!([]),
        json!(null),
    ];
    for update in table {
        assert_eq!(event(&update), Event::Nothing, "{update}");
    }
}

#[test]
fn groups_and_channels() {
    let table = [
        in_group(json!({"text": "my leg hurts"})),
        in_group(json!({"text": "/start"})),
        in_group(json!({"text": "/help@NightEaseBot"})),
        in_group(json!({"photo": [{}]})),
        in_group(json!({"sticker": {}})),
        in_group(
            json!({"text": "x", "from": {"id": 1_087_968_824, "is_bot": true}, "sender_chat": {"id": -100}}),
        ),
        in_group(json!({"text": "x", "chat": {"id": -3, "type": "group"}})),
        in_group(json!({"text": "x", "chat": {"id": -3, "type": "of_tomorrow"}})),
        in_group(json!({"text": "x", "chat": {"id": -3}})),
        json!({"update_id": 1, "channel_post": {"message_id": 3, "date": 4, "text": "x", "chat": {"id": -9, "type": "channel"}}}),
        json!({"update_id": 1, "callback_query": {"id": "1", "from": {"id": 5}, "data": "x", "message": in_group(json!({}))["message"]}}),
        joined("supergroup", "left", "member"),
        joined("channel", "kicked", "administrator"),
    ];
    for update in table {
        let (event, _, place) = decode(&update);
        let command = update["message"]["text"]
            .as_str()
            .is_some_and(|text| text.starts_with('/'));
        assert_eq!(event, Event::Overheard { command }, "{update}");
        let place = place.unwrap();
        assert!(
            !place.private && place.tapped.is_none() && place.chat_id < 0,
            "{update}"
        );
    }
    let (_, _, place) = decode(&in_group(
        json!({"text": "x", "message_thread_id": 44, "is_topic_message": true}),
    ));
    assert_eq!(place.unwrap().thread, Some(44));
    let (_, _, place) = decode(&in_group(json!({"text": "x", "message_thread_id": 44})));
    assert_eq!(place.unwrap().thread, None);
}

fn joined(chat: &str, old: &str, new: &str) -> Value {
    let id = if chat == "private" { 5 } else { -5 };
    json!({"update_id": 1, "my_chat_member": {
        "chat": {"id": id, "type": chat}, "from": {"id": 5}, "date": 1_790_000_003,
        "old_chat_member": {"status": old, "user": {"id": 1}}, "new_chat_member": {"status": new, "user": {"id": 1}},
    }})
}

#[test]
fn comings_and_goings() {
    assert_eq!(event(&joined("private", "member", "kicked")), Event::Gone);
    assert_eq!(event(&joined("private", "kicked", "member")), Event::Nothing);
    assert_eq!(event(&joined("group", "member", "administrator")), Event::Nothing);
    assert_eq!(event(&joined("group", "member", "left")), Event::Nothing);
    assert_eq!(
        decode(&joined("private", "member", "kicked")).1,
        Some(1_790_000_003)
    );
}

#[test]
fn edits_and_times() {
    let mut update = private(json!({"text": "39", "edit_date": 1_790_000_009}));
    assert_eq!(decode(&update).1, Some(1_790_000_000));
    update["edited_message"] = update["message"].take();
    update.as_object_mut().unwrap().remove("message");
    let (event, moment, place) = decode(&update);
    assert_eq!(event, Event::Edited(Private::new("39".to_owned())));
    assert_eq!(moment, Some(1_790_000_009));
    assert_eq!(place, Some(Place::private(5)));
    assert_eq!(decode(&private(json!({"text": "x", "date": 0}))).1, None);
}

#[test]
fn of_a_tap_only_what_is_read_is_kept() {
    let mut update = json!({"update_id": 9, "callback_query": {
        "id": "77", "from": {"id": 5, "first_name": "Ada", "username": "ada"}, "data": "c.n:legs", "chat_instance": "1",
    }});
    update["callback_query"]["message"] = private(json!({"text": "Is any of this true?"}))["message"].clone();
    let kept = String::from_utf8(Kept::of(update.to_string().as_bytes()).body).unwrap();
    assert!(kept.contains("c.n:legs"), "{kept}");
    for unread in ["Ada", "ada", "true?", "chat_instance"] {
        assert!(!kept.contains(unread), "{kept}");
    }
    assert_eq!(event(&update), Event::Tap("c.n:legs".into()));
}

#[test]
fn taps() {
    let tap = |message: Value| json!({"update_id": 9, "callback_query": {"id": "77", "from": {"id": 5}, "data": "v1:a", "message": message}});
    let whole = tap(private(json!({"text": "Well?"}))["message"].clone());
    let far = tap(json!({"chat": {"id": 5, "type": "private"}, "message_id": 7, "date": 0}));
    for update in [whole, far] {
        let (event, moment, place) = decode(&update);
        assert_eq!(event, Event::Tap("v1:a".to_owned()));
        assert_eq!(moment, None);
        assert_eq!(
            place,
            Some(Place {
                tapped: Some(7),
                ..Place::private(5)
            })
        );
        let address = address(update.to_string().as_bytes()).unwrap();
        assert_eq!((address.update_id, address.chat_id), (9, 5));
        assert_eq!(address.callback_query_id.as_deref(), Some("77"));
    }
    for message in [Value::Null, json!({}), json!("broken")] {
        let (event, _, place) = decode(&tap(message.clone()));
        assert_eq!(event, Event::Tap("v1:a".to_owned()), "{message}");
        assert_eq!(place, Some(Place::private(5)), "{message}");
        assert_eq!(address(tap(message).to_string().as_bytes()).unwrap().chat_id, 5);
    }
    let game =
        json!({"update_id": 9, "callback_query": {"id": "77", "from": {"id": 5}, "game_short_name": "x"}});
    assert_eq!(event(&game), Event::Tap(String::new()));
}

#[test]
fn addresses() {
    let of = |update: Value| address(update.to_string().as_bytes()).map(|it| (it.update_id, it.chat_id));
    assert_eq!(of(private(json!({"text": "x"}))), Some((1, 5)));
    assert_eq!(of(in_group(json!({"text": "x"}))), Some((1, -100_500)));
    assert_eq!(of(joined("private", "member", "kicked")), Some((1, 5)));
    assert_eq!(
        of(json!({"update_id": 3, "poll_answer": {"user": {"id": 8}}})),
        Some((3, 8))
    );
    assert_eq!(of(json!({"update_id": 3, "poll": {}})), None);
    assert_eq!(of(json!({"message": {"chat": {"id": 4}}})), None);
    assert_eq!(address(b"not json"), None);
}

#[test]
fn bytes_that_are_no_update() {
    for body in [
        &b""[..],
        b"{",
        b"\xff\xfe",
        b"\"text\"",
        b"[[[[",
        b"{\"update_id\":1}",
    ] {
        let (arrival, place) = Router::new("NightEaseBot").decode(body);
        assert_eq!(arrival.event, Event::Nothing);
        assert_eq!(place, None);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let keys = prop::sample::select(vec![
        "update_id",
        "message",
        "edited_message",
        "channel_post",
        "callback_query",
        "my_chat_member",
        "chat",
        "id",
        "type",
        "from",
        "is_bot",
        "text",
        "caption",
        "date",
        "edit_date",
        "data",
        "status",
        "new_chat_member",
        "photo",
        "entities",
        "message_id",
        "x",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        Just(Value::from("private")),
        "/[a-z_@ ]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(keys.clone().prop_map(str::to_owned), inner, 0..8)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_break_it(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Router::new("NightEaseBot").decode(&body);
        let _ = address(&body);
    }

    #[test]
    fn no_json_breaks_it(update in any_json()) {
        let (event, _, place) = decode(&update);
        let _ = address(update.to_string().as_bytes());
        prop_assert!(place.is_some() || event == Event::Nothing);
    }

    #[test]
    fn p17_a_link_carries_what_a_link_may_carry_and_nothing_else(
        payload in prop_oneof!["[A-Za-z0-9_-]{1,70}", "[ -~]{1,70}", "\\PC{1,20}"],
    ) {
        let allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
        let trimmed = payload.trim();
        let good = (1..=64).contains(&trimmed.len()) && trimmed.chars().all(allowed);
        let met = event(&private(json!({"text": format!("/start {payload}")})));
        let carried = good.then(|| trimmed.to_owned());
        prop_assert_eq!(met, Event::Command(Command::Start(carried)));
    }
}
