//! The Telegram door as a whole, around a conversation that only repeats what it hears:
//!
//! ```text
//! she  /start
//! bot  Command(Start(None))          [Again] [Copy 112]
//! she  taps Again
//! bot  Tap("again") in the place of it
//! ```

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use nightease::conversation::{Arrival, Button, Event, Placement, Press, Reply, Text, Unreadable};
use nightease::delivery::{Courier, Fate, Platform};
use nightease::store::{ConversationKey, Handled, Job, MemoryStore, SessionChange, Settlement, Store};
use nightease::telegram::{Client, PollSettings, Poller, Telegram, TelegramCourier, introduce, private_link};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::sync::{Notify, watch};

use crate::fake_telegram::{FakeTelegram, Fault, Happened, Trouble};

/// What is between the poller and the courier in this test.
struct Parrot {
    store: Arc<MemoryStore>,
    platform: Telegram,
    courier: TelegramCourier,
    link: String,
}

impl Parrot {
    fn answer(&self, arrival: &Arrival) -> Vec<Reply> {
        let words = match &arrival.event {
            Event::Nothing | Event::Gone => return Vec::new(),
            Event::Text(text) => format!("Text {}", text.reveal()),
            Event::Edited(text) => format!("Edited {}", text.reveal()),
            event => format!("{event:?}"),
        };
        let mut reply = Reply::new(Text::plain(words));
        let button = |label: &str, press| Button {
            label: label.into(),
            press,
        };
        reply.rows = match arrival.event {
            Event::Overheard { .. } => vec![vec![button("Private chat", Press::Open(self.link.clone()))]],
            _ => {
                let token = "again".to_owned();
                let again = Press::Tap {
                    token,
                    sets: Vec::new(),
                    any_of: Vec::new(),
                    stage: None,
                };
                vec![vec![
                    button("Again", again),
                    button("Copy 112", Press::Copy("112".into())),
                ]]
            }
        };
        if matches!(arrival.event, Event::Tap(_)) {
            reply.placement = Placement::InPlace;
        }
        vec![reply]
    }

    async fn work(&self) {
        let now = Timestamp::now();
        let mut handle = |job: Job<'_>| {
            let (arrival, place) = self.platform.decode(job.body);
            let parcels = self.platform.render(&place, &self.answer(&arrival));
            Handled::Done {
                session: SessionChange::Keep,
                parcels,
            }
        };
        self.store.work(200, now, &mut handle).unwrap();
        loop {
            let due = self.store.due(50, now, &[]).unwrap();
            if due.is_empty() {
                return;
            }
            for parcel in due {
                let settlement = match self.courier.send(&parcel.body).await {
                    Fate::Sent | Fate::GiveUp | Fate::LeftOut => Settlement::Finished,
                    Fate::ChatGone => Settlement::ChatGone,
                    Fate::Retry(_) => Settlement::Later(now),
                };
                self.store.settle(&[(parcel.id, settlement)], now).unwrap();
            }
        }
    }
}

async fn open_door(telegram: &FakeTelegram) -> watch::Sender<bool> {
    let client = Client::new(&telegram.url(), SecretString::from(telegram.token())).unwrap();
    let client = Arc::new(client);
    let (stop, stopped) = watch::channel(false);
    let me = introduce(&client, stopped.clone()).await.unwrap().unwrap();
    let store = Arc::new(MemoryStore::new());
    let engine = Arc::new(Notify::new());
    let parrot = Parrot {
        store: Arc::clone(&store),
        platform: crate::service::telegram(&me.username, "Sorry."),
        courier: TelegramCourier::new(Arc::clone(&client)),
        link: private_link(&me.username),
    };
    let poller = Poller {
        client,
        store,
        key_of: Arc::new(|chat: &str| {
            let mut key = [0; 16];
            key.iter_mut().zip(chat.bytes()).for_each(|(to, from)| *to = from);
            ConversationKey(key)
        }),
        engine: Arc::clone(&engine),
        clock: Arc::new(Timestamp::now),
        settings: PollSettings::default(),
        pulse: Arc::default(),
        profile: None,
        first: None,
    };
    tokio::spawn(poller.run(stopped));
    tokio::spawn(async move {
        loop {
            engine.notified().await;
            parrot.work().await;
        }
    });
    stop
}

#[tokio::test]
async fn a_conversation() {
    let telegram = FakeTelegram::start().await;
    let _open = open_door(&telegram).await;
    let her = telegram.user(5);
    her.send_text("/start");
    let chat = her.wait_events(1).await;
    assert_eq!(chat.last().text, "Command(Start(None))");
    assert_eq!(chat.last().labels(), ["Again", "Copy 112"]);
    assert_eq!(chat.last().rows[0][1].copies.as_deref(), Some("112"));
    her.tap("Again");
    let chat = her
        .wait("the edit", |chat| chat.last().text == "Tap(\"again\")")
        .await;
    assert!(chat.last().edited && chat.of_bot().len() == 1);
    // The same tap once more changes nothing, and is no error.
    assert_eq!(
        her.turn(Duration::from_millis(50), |her| her.tap_again()).await,
        []
    );
    let message = her.send_text("my leg");
    her.edit_text(message, "my foot");
    her.send_photo(None);
    her.send_photo(Some("this leg"));
    her.send(json!({"rich_message": {"blocks": []}}));
    her.tap_raw("forged");
    let chat = her.wait_events(8).await;
    let said: Vec<&str> = chat
        .of_bot()
        .iter()
        .map(|message| message.text.as_str())
        .collect();
    let picture = format!("{:?}", Event::Unreadable(Unreadable::Picture));
    let other = format!("{:?}", Event::Unreadable(Unreadable::Other));
    let expected = ["Text my leg", "Edited my foot", &picture, "Text this leg", &other];
    assert_eq!(said[1..], expected);
    // It was tapped on the newest message of that moment.
    assert_eq!(said[0], "Tap(\"forged\")");
    let answered = telegram.requests_of("answercallbackquery");
    assert_eq!(answered.len(), 3);
    assert!(answered.iter().all(|request| request.refused.is_none()));
}

#[tokio::test]
async fn what_others_read_along() {
    let telegram = FakeTelegram::start().await;
    let _open = open_door(&telegram).await;
    let group = telegram.group(-1005);
    group.add_bot();
    group.wait_events(1).await;
    group.send_text("my leg hurts");
    let chat = group.wait_events(2).await;
    assert_eq!(chat.last().text, "Overheard { command: false }");
    let link = format!("https://t.me/{}?start=group", telegram.username());
    assert_eq!(chat.last().rows[0][0].opens.as_deref(), Some(link.as_str()));
    let channel = telegram.channel(-1006);
    channel.post("A post");
    channel.wait_events(1).await;
    let quiet = Duration::from_millis(50);
    let silent = group.turn(quiet, |group| {
        group.send_text("/help@SomeOtherBot");
        telegram.inject(
            "message_reaction",
            json!({"chat": {"id": -1005, "type": "supergroup"}}),
        );
    });
    assert_eq!(silent.await, []);
}

#[tokio::test]
async fn doubled_delayed_and_broken() {
    let telegram = FakeTelegram::start().await;
    let her = telegram.user(5);
    her.send_text("one");
    let update = telegram.pending().remove(0);
    let _open = open_door(&telegram).await;
    her.wait_events(1).await;
    telegram.redeliver(&update);
    telegram.wait_confirmed().await;
    telegram.plan(Fault::new(Trouble::Delay(Duration::from_millis(150))).on("sendMessage"));
    telegram.plan(
        Fault::new(Trouble::DropBefore)
            .on("sendMessage")
            .times(2)
            .within(5),
    );
    her.send(json!({"text": "two", "date": telegram.now() - 60}));
    let chat = her.wait_events(2).await;
    assert_eq!(chat.last().text, "Text two");
    let sends = telegram.requests_of("sendmessage");
    assert!(sends.windows(2).all(|pair| pair[0].at <= pair[1].at));
    assert!(
        sends
            .iter()
            .all(|request| request.method_as_sent == "sendMessage")
    );
    assert_eq!(her.events().len(), 2);
    her.block();
    telegram.wait_confirmed().await;
    assert_eq!(her.events().len(), 2);
    her.unblock();
    let back = her.turn(Duration::from_millis(50), |her| {
        her.send_text("back");
    });
    assert_eq!(back.await.len(), 1);
    assert!(matches!(her.events().last(), Some(Happened::Sent { text, .. }) if text == "Text back"));
}

#[test]
fn an_update_stays_itself_when_it_is_stored() {
    let update: Value =
        json!({"update_id": 9_007_199_254_740_993_i64, "message": {"text": "\u{0}é😀\u{2028}"}});
    assert_eq!(
        serde_json::from_slice::<Value>(update.to_string().as_bytes()).unwrap(),
        update
    );
}
