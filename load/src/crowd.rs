//! The simulated users: each plays the conversation over and over, and does the next thing when the answer to the last
//! one is there.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::book::Step;

/// Chat ids begin here.
const FIRST_CHAT: i64 = 5_000_000_000;

/// One simulated user.
struct User {
    /// Which step she did last, or will do first.
    step: usize,
    /// When she was due to do it, while she waits for the answer.
    due: Option<Instant>,
    /// Goes on by herself when she is answered.
    goes_on: bool,
    /// What she was shown last: message id, text and buttons as they came.
    message: i64,
    text: String,
    buttons: String,
    /// What her next tap sends.
    data: String,
}

/// All of them, and the updates that the bot has not taken yet.
pub struct Crowd {
    steps: Vec<Step>,
    users: Vec<User>,
    /// Updates not confirmed, with their ids.
    pub queue: VecDeque<(i64, String)>,
    next_update: i64,
    next_message: i64,
    /// How long each answer took.
    pub took: Vec<Duration>,
    /// Updates sent by users.
    pub asked: usize,
    /// Answers to users.
    pub answered: usize,
    /// API calls of the bot, polls apart.
    pub calls: usize,
}

/// What a bot sends, as far as the crowd looks at it.
#[derive(Deserialize)]
struct Sent<'a> {
    chat_id: i64,
    #[serde(borrow)]
    text: Option<&'a RawValue>,
    #[serde(borrow)]
    reply_markup: Option<&'a RawValue>,
    message_id: Option<i64>,
}

#[derive(Deserialize)]
struct Markup {
    #[serde(default)]
    inline_keyboard: Vec<Vec<Button>>,
}

#[derive(Deserialize)]
struct Button {
    text: String,
    callback_data: Option<String>,
}

impl Crowd {
    /// So many users, none of whom has said anything.
    #[must_use]
    pub fn new(steps: Vec<Step>, count: usize) -> Crowd {
        let user = |_| User {
            step: 0,
            due: None,
            goes_on: false,
            message: 0,
            text: String::new(),
            buttons: String::new(),
            data: String::new(),
        };
        Crowd {
            steps,
            users: (0..count).map(user).collect(),
            queue: VecDeque::new(),
            next_update: 100_000_001,
            next_message: 10,
            took: Vec::new(),
            asked: 0,
            answered: 0,
            calls: 0,
        }
    }

    /// How many users there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Is there nobody?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    /// How many wait for an answer.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.users.iter().filter(|user| user.due.is_some()).count()
    }

    /// Forgets what was counted; what is under way goes on.
    pub fn begin_counting(&mut self) {
        self.took.clear();
        (self.asked, self.answered, self.calls) = (0, 0, 0);
    }

    /// This user does the next thing, which was due at this moment. Nothing if she still waits.
    pub fn act(&mut self, number: usize, due: Instant, goes_on: bool) -> bool {
        let Some(user) = self.users.get_mut(number) else {
            return false;
        };
        if user.due.is_some() {
            return false;
        }
        user.due = Some(due);
        user.goes_on = goes_on;
        self.ask(number);
        true
    }

    /// Nobody goes on by herself any more.
    pub fn hush(&mut self) {
        for user in &mut self.users {
            user.goes_on = false;
        }
    }

    /// So many messages wait from each user before anybody answers. They are counted as they are answered.
    pub fn pile_up(&mut self, each: usize) {
        for _ in 0..each {
            for number in 0..self.users.len() {
                self.ask(number);
            }
        }
    }

    fn ask(&mut self, number: usize) {
        self.asked += 1;
        let id = self.next_update;
        self.next_update += 1;
        let (user, step) = (&self.users[number], &self.steps[self.users[number].step]);
        let chat = FIRST_CHAT + number as i64;
        let who = format!(r#""id":{chat},"first_name":"Ada","username":"ada_{number}""#);
        let chat_json = format!(r#"{{{who},"type":"private"}}"#);
        let from = format!(r#"{{{who},"is_bot":false,"language_code":"en"}}"#);
        let update = if step.does.starts_with('/') {
            self.next_message += 1;
            format!(
                r#"{{"update_id":{id},"message":{{"message_id":{},"from":{from},"chat":{chat_json},"date":{},"text":"{}","entities":[{{"offset":0,"length":{},"type":"bot_command"}}]}}}}"#,
                self.next_message,
                seconds(),
                step.does,
                step.does.len()
            )
        } else {
            format!(
                r#"{{"update_id":{id},"callback_query":{{"id":"{}","from":{from},"message":{},"chat_instance":"-42","data":{}}}}}"#,
                4_000_000_000_000_000_000 + id,
                message(user.message, chat, &user.text, &user.buttons),
                user.data
            )
        };
        self.queue.push_back((id, update));
    }

    /// The bot sent or edited a message. Gives back the answer of the server, and whether somebody said something.
    pub fn told(&mut self, body: &[u8], edit: bool) -> anyhow::Result<(String, bool)> {
        self.calls += 1;
        let sent: Sent<'_> = serde_json::from_slice(body)?;
        let number = usize::try_from(sent.chat_id - FIRST_CHAT)?;
        let id = match sent.message_id {
            Some(id) if edit => id,
            _ => {
                self.next_message += 1;
                self.next_message
            }
        };
        let text = sent.text.map_or("\"\"", RawValue::get);
        let buttons = sent.reply_markup.map_or("", RawValue::get);
        let answer = format!(
            r#"{{"ok":true,"result":{}}}"#,
            message(id, sent.chat_id, text, buttons)
        );
        let said = !buttons.is_empty() && self.shown(number, id, text, buttons)?;
        Ok((answer, said))
    }

    /// Somebody is shown buttons. Is one of them what she wants next?
    fn shown(&mut self, number: usize, id: i64, text: &str, buttons: &str) -> anyhow::Result<bool> {
        let Some(user) = self.users.get_mut(number) else {
            return Ok(false);
        };
        let Some(due) = user.due else {
            // One of many that were piled up.
            self.answered += 1;
            return Ok(false);
        };
        let next = (user.step + 1) % self.steps.len();
        if next != 0 {
            let markup: Markup = serde_json::from_str(buttons)?;
            let wanted = &self.steps[next].does;
            let mut all = markup.inline_keyboard.iter().flatten();
            let Some(data) = all.find(|button| button.text == *wanted) else {
                return Ok(false);
            };
            user.data = serde_json::to_string(&data.callback_data)?;
        }
        user.message = id;
        text.clone_into(&mut user.text);
        buttons.clone_into(&mut user.buttons);
        user.step = next;
        user.due = None;
        self.answered += 1;
        self.took.push(due.elapsed());
        if user.goes_on {
            user.due = Some(Instant::now());
            self.ask(number);
            return Ok(true);
        }
        Ok(false)
    }
}

/// A message of the bot, as the server writes it.
fn message(id: i64, chat: i64, text: &str, buttons: &str) -> String {
    let markup = if buttons.is_empty() {
        String::new()
    } else {
        format!(r#","reply_markup":{buttons}"#)
    };
    format!(
        r#"{{"message_id":{id},"from":{{"id":7000000001,"is_bot":true,"first_name":"Night","username":"NightLoadBot"}},"chat":{{"id":{chat},"first_name":"Ada","type":"private"}},"date":{},"text":{text}{markup}}}"#,
        seconds()
    )
}

fn seconds() -> u64 {
    std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(0, |since| since.as_secs())
}
