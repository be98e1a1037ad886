//! Requests are carried over real HTTP, and every trouble on the way comes to the right end.

use std::sync::Arc;
use std::time::Duration;

use nightease::conversation::{Button, Placement, Press, Reply, Text};
use nightease::delivery::{Courier, Fate, Platform};
use nightease::telegram::{CallError, Client, ClientError, Place, TelegramCourier};
use secrecy::SecretString;
use serde_json::json;

use crate::fake_telegram::{FakeTelegram, Fault, Happened, Trouble};

fn client(telegram: &FakeTelegram) -> Client {
    Client::new(&telegram.url(), SecretString::from(telegram.token())).unwrap()
}

fn courier(telegram: &FakeTelegram) -> TelegramCourier {
    TelegramCourier::new(Arc::new(client(telegram)))
}

fn reply(words: &str, placement: Placement) -> Reply {
    let press = Press::Tap {
        token: "t1".into(),
        sets: Vec::new(),
        any_of: Vec::new(),
        stage: None,
    };
    let button = Button {
        label: "Yes".into(),
        press,
    };
    Reply {
        placement,
        rows: vec![vec![button]],
        ..Reply::new(Text::plain(words))
    }
}

async fn carry(courier: &TelegramCourier, place: Place, reply: Reply) -> Vec<Fate> {
    let mut fates = Vec::new();
    for parcel in crate::service::telegram("NightEaseTestBot", "Sorry.").render(&Some(place), &[reply]) {
        fates.push(courier.send(&parcel.body).await);
    }
    fates
}

#[tokio::test]
async fn p7_sent_edited_and_left_as_it_is() {
    let telegram = FakeTelegram::start_at("/some/path").await;
    let her = telegram.user(5);
    let courier = courier(&telegram);
    let mut text = Text::plain("Call ");
    text.push_strong("now");
    let mut first = reply("", Placement::New);
    first.text = text;
    assert_eq!(carry(&courier, Place::private(5), first).await, [Fate::Sent]);
    let seen = her.transcript().last().clone();
    assert_eq!(
        (seen.text.as_str(), seen.bold.as_slice()),
        ("Call now", &["now".to_owned()][..])
    );
    let tapped = Place {
        tapped: Some(seen.id),
        ..Place::private(5)
    };
    for _ in 0..2 {
        assert_eq!(
            carry(&courier, tapped, reply("Next?", Placement::InPlace)).await,
            [Fate::Sent]
        );
    }
    assert_eq!(her.events().len(), 2);
    assert_eq!(
        carry(&courier, tapped, reply("Stays", Placement::New)).await,
        [Fate::Sent, Fate::Sent]
    );
    assert_eq!(her.events()[3], Happened::KeyboardRemoved { id: seen.id });
    assert_eq!(her.transcript().of_bot().len(), 2);
}

#[tokio::test]
async fn p31_what_cannot_be_edited_is_sent_anew() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    let courier = courier(&telegram);
    carry(&courier, Place::private(5), reply("One?", Placement::New)).await;
    let gone = her.transcript().last().id;
    her.delete(gone);
    let hers = her.send_text("mine");
    for message in [gone, hers] {
        let tapped = Place {
            tapped: Some(message),
            ..Place::private(5)
        };
        assert_eq!(
            carry(&courier, tapped, reply("Two?", Placement::InPlace)).await,
            [Fate::Sent]
        );
        assert_eq!(her.transcript().last().text, "Two?");
        assert_eq!(her.transcript().last().labels(), ["Yes"]);
        // Nothing waits behind buttons that cannot be taken away.
        let fates = carry(&courier, tapped, reply("Three", Placement::New)).await;
        assert_eq!(fates, [Fate::Sent, Fate::LeftOut]);
    }
    telegram.plan(Fault::new(Trouble::BadGateway).on("editMessageReplyMarkup"));
    let tapped = Place {
        tapped: Some(gone),
        ..Place::private(5)
    };
    assert_eq!(
        carry(&courier, tapped, reply("Four", Placement::New)).await,
        [Fate::Sent, Fate::LeftOut]
    );
}

#[tokio::test]
async fn p13_p14_chats_that_are_gone_or_have_moved() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    let courier = courier(&telegram);
    her.block();
    let send = |chat| carry(&courier, Place::private(chat), reply("x", Placement::New));
    assert_eq!(send(5).await, [Fate::ChatGone]);
    her.unblock();
    assert_eq!(send(5).await, [Fate::Sent]);
    assert_eq!(send(6).await, [Fate::ChatGone]);
    let group = telegram.group(-5);
    let moved = telegram.group(-1005);
    group.remove_bot();
    assert_eq!(send(-5).await, [Fate::ChatGone]);
    let upgraded = "Bad Request: group chat was upgraded to a supergroup chat";
    group.refuse(400, upgraded, Some(json!({"migrate_to_chat_id": -1005})));
    assert_eq!(send(-5).await, [Fate::Sent]);
    assert_eq!(moved.events().len(), 1);
    group.refuse(
        400,
        "Bad Request: not enough rights to send text messages to the chat",
        None,
    );
    assert_eq!(send(-5).await, [Fate::GiveUp]);
}

#[tokio::test]
async fn trouble_on_the_way() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    let courier = courier(&telegram);
    let send = || carry(&courier, Place::private(5), reply("x", Placement::New));
    for trouble in [
        Trouble::BadGateway,
        Trouble::DropBefore,
        Trouble::Refuse {
            code: 500,
            description: "Internal Server Error".into(),
            retry_after: None,
        },
    ] {
        let begun = std::time::Instant::now();
        telegram.plan(Fault::new(trouble));
        assert_eq!(send().await, [Fate::Retry(None)]);
        assert!(begun.elapsed() < Duration::from_secs(2), "the client slept");
        assert_eq!(her.events().len(), 0);
    }
    her.flood(Duration::from_secs(30));
    assert_eq!(send().await, [Fate::Retry(Some(Duration::from_secs(30)))]);
    assert_eq!(courier.send(b"not ours").await, Fate::GiveUp);
    let other = Client::new(&telegram.url(), SecretString::from("123:wrong")).unwrap();
    let other = TelegramCourier::new(Arc::new(other));
    let fates = carry(&other, Place::private(5), reply("x", Placement::New)).await;
    assert_eq!(fates, [Fate::Retry(Some(Duration::from_secs(60)))]);
}

#[tokio::test]
async fn errors_say_what_happened_and_no_secret() {
    let telegram = FakeTelegram::start().await;
    let client = client(&telegram);
    telegram.plan(Fault::new(Trouble::Hang));
    let hung = client
        .post("getMe", &json!({}), Duration::from_millis(200))
        .await
        .unwrap_err();
    assert_eq!(hung, CallError::TimedOut(Duration::from_millis(200)));
    telegram.plan(Fault::new(Trouble::DropBefore));
    let broken = client
        .post("getMe", &json!({}), Duration::from_secs(5))
        .await
        .unwrap_err();
    assert_eq!(broken, CallError::Broken);
    let closed = Client::new("http://127.0.0.1:1/base/", SecretString::from(telegram.token())).unwrap();
    let unreachable = closed
        .post("getMe", &json!({}), Duration::from_secs(5))
        .await
        .unwrap_err();
    assert!(matches!(unreachable, CallError::Unreachable(_)), "{unreachable}");
    for error in [hung, broken, unreachable] {
        let printed = format!("{error} {error:?} {client:?}");
        assert!(
            !printed.contains("AAFake") && !printed.contains("/bot"),
            "{printed}"
        );
    }
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let token = || SecretString::from("123:abc");
    for address in ["", "telegram", "ftp://x", "http://", "http://x/?a=b", "file:///x"] {
        assert!(
            matches!(Client::new(address, token()), Err(ClientError::Address)),
            "{address}"
        );
    }
    for wrong in ["", "12 3:abc", "123:a/b", "123:a?b", "123:ä"] {
        let made = Client::new("https://api.telegram.org", SecretString::from(wrong));
        assert!(matches!(made, Err(ClientError::Token)), "{wrong}");
    }
}
