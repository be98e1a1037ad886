//! Replies become the requests they should.

use nightease::conversation::{Button, Placement, Press, Reply, Text};
use nightease::delivery::Platform;
use nightease::telegram::{Place, Request, private_link};
use serde_json::{Value, json};

/// A request as it waits in the outbox.
struct Waits {
    method: String,
    request: Value,
    fallback: Option<Value>,
    best_effort: bool,
}

fn render(place: Place, replies: &[Reply]) -> Vec<Waits> {
    let parcels = crate::service::telegram("NightEaseBot", "Sorry.").render(&Some(place), replies);
    let waits = parcels.iter().map(|parcel| {
        let request = Request::from_bytes(&parcel.body).unwrap();
        Waits {
            request: serde_json::from_str(request.request.get()).unwrap(),
            fallback: request.fallback(),
            method: request.method,
            best_effort: request.best_effort,
        }
    });
    waits.collect()
}

fn tap(label: &str, token: &str) -> Button {
    let press = Press::Tap {
        token: token.to_owned(),
        sets: Vec::new(),
        any_of: Vec::new(),
        stage: None,
    };
    Button {
        label: label.to_owned(),
        press,
    }
}

fn tapped() -> Place {
    Place {
        tapped: Some(70),
        ..Place::private(5)
    }
}

fn reply(words: &str, placement: Placement) -> Reply {
    Reply {
        placement,
        rows: vec![vec![tap("Yes", "t1")]],
        ..Reply::new(Text::plain(words))
    }
}

#[test]
fn p16_a_message_with_everything_and_no_markup() {
    let mut text = Text::plain("😀 call ");
    text.push_strong("now <b>_*");
    text.push(".");
    let mut message = Reply::new(text);
    message.rows = vec![
        vec![tap("Yes", "t1"), tap("No", "t2")],
        vec![Button {
            label: "Copy 112".into(),
            press: Press::Copy("112".into()),
        }],
        vec![Button {
            label: "Open".into(),
            press: Press::Open(private_link("NightEaseBot")),
        }],
        vec![Button {
            label: "Broken".into(),
            press: Press::Open("no link".into()),
        }],
    ];
    let requests = render(Place::private(5), &[message]);
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].method, "SendMessage");
    let expected = json!({
        "chat_id": 5,
        "text": "😀 call now <b>_*.",
        "entities": [{"type": "bold", "offset": 8, "length": 9}],
        "link_preview_options": {"is_disabled": true},
        "reply_markup": {"inline_keyboard": [
            [{"text": "Yes", "callback_data": "t1"}, {"text": "No", "callback_data": "t2"}],
            [{"text": "Copy 112", "copy_text": {"text": "112"}}],
            [{"text": "Open", "url": "https://t.me/NightEaseBot?start=group"}],
        ]},
    });
    assert_eq!(requests[0].request, expected);
    assert_eq!(requests[0].fallback, None);
}

#[test]
fn a_question_takes_the_place_of_the_tapped_one() {
    let requests = render(tapped(), &[reply("Next?", Placement::InPlace)]);
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].method, "EditMessageText");
    assert_eq!(requests[0].request["message_id"], 70);
    assert_eq!(requests[0].request["chat_id"], 5);
    let fallback = requests[0].fallback.as_ref().unwrap();
    assert_eq!(fallback.get("message_id"), None);
    for field in ["text", "reply_markup", "link_preview_options"] {
        assert_eq!(fallback[field], requests[0].request[field]);
    }
    let without_tap = render(Place::private(5), &[reply("Next?", Placement::InPlace)]);
    assert_eq!(without_tap[0].method, "SendMessage");
}

#[test]
fn an_answer_stays_and_the_old_buttons_go() {
    let replies = [reply("Call.", Placement::New), reply("Why", Placement::New)];
    let requests = render(tapped(), &replies);
    let methods: Vec<&str> = requests.iter().map(|request| request.method.as_str()).collect();
    assert_eq!(methods, ["SendMessage", "SendMessage", "EditMessageReplyMarkup"]);
    // No answer waits for the tidying up.
    assert_eq!(requests[2].request, json!({"chat_id": 5, "message_id": 70}));
    assert!(requests[2].best_effort && requests[2].fallback.is_none());
    assert!(!requests[0].best_effort);
    // A question after a message of its own comes below it, not further up.
    let replies = [
        reply("First aid", Placement::New),
        reply("Next?", Placement::InPlace),
    ];
    let methods: Vec<String> = render(tapped(), &replies)
        .into_iter()
        .map(|it| it.method)
        .collect();
    assert_eq!(methods, ["SendMessage", "SendMessage", "EditMessageReplyMarkup"]);
    let replies = [
        reply("Next?", Placement::InPlace),
        reply("More", Placement::InPlace),
    ];
    let methods: Vec<String> = render(tapped(), &replies)
        .into_iter()
        .map(|it| it.method)
        .collect();
    assert_eq!(methods, ["EditMessageText", "SendMessage"]);
    assert!(render(tapped(), &[]).is_empty());
}

#[test]
fn urgent_replies_are_urgent_parcels() {
    let platform = crate::service::telegram("NightEaseBot", "Sorry.");
    let mut urgent = reply("Call.", Placement::New);
    urgent.urgent = true;
    let parcels = platform.render(&Some(tapped()), &[urgent, reply("Later", Placement::New)]);
    assert_eq!(
        parcels.iter().map(|parcel| parcel.urgent).collect::<Vec<_>>(),
        [true, false, false]
    );
}

#[test]
fn long_texts_become_several_messages() {
    let long = format!("{}\n\n{}", "a".repeat(4000), "b".repeat(4000));
    let requests = render(tapped(), &[reply(&long, Placement::InPlace)]);
    let methods: Vec<&str> = requests.iter().map(|request| request.method.as_str()).collect();
    assert_eq!(methods, ["EditMessageText", "SendMessage"]);
    assert_eq!(requests[0].request.get("reply_markup"), None);
    assert_ne!(requests[1].request["reply_markup"], Value::Null);
    assert!(
        render(tapped(), &[Reply::new(Text::plain(" \n"))])
            .iter()
            .all(|it| it.best_effort)
    );
}

#[test]
fn the_topic_of_a_forum_is_kept() {
    let place = Place {
        chat_id: -5,
        thread: Some(44),
        tapped: None,
        private: false,
    };
    assert_eq!(
        render(place, &[reply("x", Placement::New)])[0].request["message_thread_id"],
        44
    );
}

#[test]
fn the_apology_is_for_her_alone() {
    let platform = crate::service::telegram("NightEaseBot", "Sorry. If it is bad, call 112.");
    let parcel = platform.apology(&Some(tapped())).unwrap();
    assert!(parcel.urgent);
    let request = Request::from_bytes(&parcel.body).unwrap();
    assert_eq!(request.method, "SendMessage");
    let sent: Value = serde_json::from_str(request.request.get()).unwrap();
    assert_eq!(sent["text"], "Sorry. If it is bad, call 112.");
    assert!(
        platform
            .apology(&Some(Place {
                private: false,
                ..tapped()
            }))
            .is_none()
    );
    assert!(platform.apology(&None).is_none());
    assert!(platform.render(&None, &[reply("x", Placement::New)]).is_empty());
}
