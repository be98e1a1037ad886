//! The fake server keeps the rules it is there to keep.

use std::time::Duration;

use serde_json::{Value, json};

use crate::fake_telegram::{FakeTelegram, Fault, Happened, Trouble};

async fn ask(telegram: &FakeTelegram, method: &str, body: Value) -> Value {
    let url = format!("{}/bot{}/{method}", telegram.url(), telegram.token());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    client
        .post(url)
        .json(&body)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap()
}

#[tokio::test]
async fn updates_are_held_confirmed_and_aged() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    her.send_text("/start");
    her.send_text("my leg");
    let first = ask(&telegram, "GETUPDATES", json!({"limit": 1})).await;
    let id = first["result"][0]["update_id"].as_i64().unwrap();
    assert_eq!(first["result"].as_array().unwrap().len(), 1);
    assert_eq!(
        first["result"][0]["message"]["entities"][0]["type"],
        "bot_command"
    );
    let second = ask(&telegram, "getUpdates", json!({"offset": id + 1})).await;
    assert_eq!(second["result"][0]["message"]["text"], "my leg");
    assert_eq!(telegram.pending().len(), 1);
    telegram.pass(24 * 3600 + 1);
    telegram.hold_at_most(Duration::from_millis(20));
    let third = ask(&telegram, "getUpdates", json!({"offset": id + 1})).await;
    assert_eq!(third["result"], json!([]));
}

#[tokio::test]
async fn what_is_brought_again_overtakes_nothing() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    her.send_text("one");
    her.send_text("two");
    for update in telegram.pending() {
        telegram.redeliver(&update);
    }
    let ids: Vec<i64> = telegram
        .pending()
        .iter()
        .map(|update| update["update_id"].as_i64().unwrap())
        .collect();
    assert_eq!(ids.len(), 4);
    assert!(ids.is_sorted(), "{ids:?}");
    // Whoever asks for one gets the first.
    let first = ask(&telegram, "getUpdates", json!({"limit": 1})).await;
    assert_eq!(first["result"][0]["message"]["text"], "one");
}

#[tokio::test]
async fn a_second_poll_ends_the_first() {
    let telegram = FakeTelegram::start().await;
    let (first, ()) = tokio::join!(ask(&telegram, "getUpdates", json!({"timeout": 50})), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        telegram.hold_at_most(Duration::from_millis(20));
        ask(&telegram, "getUpdates", json!({"timeout": 1})).await;
    });
    assert_eq!(first["error_code"], 409);
}

#[tokio::test]
async fn a_tap_is_answered_once_and_not_for_ever() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    let rows = json!([[{"text": "Yes", "callback_data": "a"}]]);
    let body = json!({"chat_id": 5, "text": "Well?", "reply_markup": {"inline_keyboard": rows}});
    ask(&telegram, "sendMessage", body).await;
    her.tap("Yes");
    her.tap_again();
    let updates = telegram.pending();
    let (one, two) = (
        &updates[0]["callback_query"]["id"],
        &updates[1]["callback_query"]["id"],
    );
    assert_ne!(one, two);
    assert_eq!(
        ask(
            &telegram,
            "answerCallbackQuery",
            json!({"callback_query_id": one})
        )
        .await["ok"],
        true
    );
    let late = "Bad Request: query is too old and response timeout expired or query ID is invalid";
    let again = ask(
        &telegram,
        "answerCallbackQuery",
        json!({"callback_query_id": one}),
    )
    .await;
    assert_eq!(again["description"], late);
    telegram.pass(151);
    let old = ask(
        &telegram,
        "answerCallbackQuery",
        json!({"callback_query_id": two}),
    )
    .await;
    assert_eq!(old["description"], late);
}

#[tokio::test]
async fn edits_are_judged_as_the_server_judges_them() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    let hers = her.send_text("hello");
    let sent = ask(&telegram, "sendMessage", json!({"chat_id": 5, "text": " one "})).await;
    let id = sent["result"]["message_id"].clone();
    let edit = |id: Value, text: &'static str| json!({"chat_id": "5", "message_id": id, "text": text});
    let said = |answer: Value| answer["description"].as_str().unwrap_or_default().to_owned();
    let same = ask(&telegram, "editMessageText", edit(id.clone(), "one")).await;
    assert!(said(same).starts_with("Bad Request: message is not modified: specified new"));
    assert_eq!(
        ask(&telegram, "editMessageText", edit(id.clone(), "two")).await["ok"],
        true
    );
    let nowhere = ask(&telegram, "editMessageText", edit(json!(9999), "two")).await;
    assert_eq!(said(nowhere), "Bad Request: message to edit not found");
    let not_own = ask(&telegram, "editMessageText", edit(json!(hers), "two")).await;
    assert_eq!(said(not_own), "Bad Request: message can't be edited");
    let stranger = ask(&telegram, "sendMessage", json!({"chat_id": 6, "text": "x"})).await;
    assert_eq!(said(stranger), "Bad Request: chat not found");
    her.block();
    let blocked = ask(&telegram, "sendMessage", json!({"chat_id": 5, "text": "x"})).await;
    assert_eq!(said(blocked), "Forbidden: bot was blocked by the user");
    let id = i32::try_from(id.as_i64().unwrap()).unwrap();
    let expected = vec![
        Happened::Sent {
            id,
            text: "one".into(),
        },
        Happened::Edited {
            id,
            text: "two".into(),
        },
    ];
    assert_eq!(her.events(), expected);
}

#[tokio::test]
async fn what_is_wrong_is_refused_or_written_down() {
    let telegram = FakeTelegram::start().await;
    telegram.user(5);
    let button =
        |button: Value| json!({"chat_id": 5, "text": "x", "reply_markup": {"inline_keyboard": [[button]]}});
    let wrong = [
        json!({"chat_id": 5, "text": " "}),
        json!({"chat_id": 5, "text": "😀".repeat(2049)}),
        json!({"chat_id": 5, "text": "x", "disable_web_page_preview": true}),
        json!({"chat_id": 5, "text": "x", "parse_mode": "HTML"}),
        json!({"chat_id": 5, "text": "😀", "entities": [{"type": "bold", "offset": 0, "length": 1}]}),
        json!({"chat_id": 5, "text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}),
        button(json!({"text": "a", "callback_data": "é".repeat(33)})),
        button(json!({"text": "a", "callback_data": ""})),
        button(json!({"text": "", "callback_data": "a"})),
        button(json!({"text": "a"})),
        button(json!({"text": "a", "callback_data": "a", "url": "https://t.me"})),
        button(json!({"text": "a", "copy_text": {"text": "9".repeat(257)}})),
        json!({"chat_id": 5, "text": "x", "reply_markup": {"inline_keyboard": [vec![json!({"text": "a", "callback_data": "a"}); 9]]}}),
        json!({"chat_id": 5, "text": "x", "reply_markup": {"inline_keyboard": vec![vec![json!({"text": "a", "callback_data": "a"}); 8]; 13]}}),
        json!({"chat_id": 5, "text": "x", "reply_markup": {"remove_keyboard": true}}),
        json!({"text": "x"}),
        json!({"chat_id": true, "text": "x"}),
    ];
    for body in wrong {
        ask(&telegram, "sendMessage", body.clone()).await;
        assert_ne!(telegram.take_violations(), Vec::<String>::new(), "{body}");
    }
    ask(
        &telegram,
        "sendMessage",
        json!({"chat_id": 5, "text": "😀".repeat(2048)}),
    )
    .await;
    assert_eq!(telegram.violations(), Vec::<String>::new());
    let unknown = ask(&telegram, "sendMesage", json!({})).await;
    assert_eq!(unknown["error_code"], 404);
    assert_eq!(telegram.take_violations().len(), 1);
}

#[tokio::test]
async fn forms_and_queries_are_read_too() {
    let telegram = FakeTelegram::start_at("/telegram").await;
    telegram.user(5);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/bot{}/sendmessage?chat_id=5", telegram.url(), telegram.token());
    let markup = r#"{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}"#;
    let form =
        reqwest::Url::parse_with_params("http://x/", [("text", "a b"), ("reply_markup", markup)]).unwrap();
    let request = client
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded");
    let sent: Value = request
        .body(form.query().unwrap().to_owned())
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(sent["result"]["text"], "a b");
    assert_eq!(
        sent["result"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"],
        "b"
    );
}

#[tokio::test]
async fn trouble_comes_as_planned() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    telegram.plan(Fault::new(Trouble::BadGateway).on("sendMessage"));
    telegram.plan(Fault::new(Trouble::DropAfter).on("sendMessage").within(5));
    telegram.plan(Fault::new(Trouble::DropBefore).on("sendMessage"));
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/bot{}/sendMessage", telegram.url(), telegram.token());
    let send = || client.post(&url).json(&json!({"chat_id": 5, "text": "x"})).send();
    assert_eq!(send().await.unwrap().status(), 502);
    for done in [1, 1] {
        let whole = async { send().await?.bytes().await };
        assert!(whole.await.is_err());
        assert_eq!(her.events().len(), done);
    }
    her.flood(Duration::from_secs(60));
    let answer: Value = send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["error_code"], 429);
    assert_eq!(answer["parameters"]["retry_after"], 60);
}
