//! The Bot API server of the crowd: long polls, and what bots send. It refuses nothing and keeps no pace.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::crowd::Crowd;
use crate::http::{Connection, Request};

/// The most updates of one poll.
const BATCH: usize = 100;

/// The server, shared by its connections.
pub struct Server {
    /// Who writes to the bot.
    pub crowd: RefCell<Crowd>,
    /// Rung when somebody wrote.
    pub bell: Notify,
    /// How much later every answer comes.
    pub delay: Duration,
    /// When the first poll came.
    pub first_poll: RefCell<Option<Instant>>,
}

#[derive(Deserialize, Default)]
struct Poll {
    offset: Option<i64>,
    limit: Option<usize>,
    timeout: Option<u64>,
}

impl Server {
    /// A server for this crowd.
    #[must_use]
    pub fn new(crowd: Crowd, delay: Duration) -> Rc<Server> {
        Rc::new(Server {
            crowd: RefCell::new(crowd),
            bell: Notify::new(),
            delay,
            first_poll: RefCell::new(None),
        })
    }

    /// Takes connections, until it is dropped.
    ///
    /// # Errors
    /// When no connection can be taken.
    pub async fn listen(self: Rc<Server>, listener: TcpListener) -> anyhow::Result<()> {
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            let server = Rc::clone(&self);
            tokio::task::spawn_local(async move {
                // A bot that is killed breaks its connections.
                let _ = server.talk(Connection::new(stream)).await;
            });
        }
    }

    async fn talk(&self, mut connection: Connection) -> anyhow::Result<()> {
        while let Some(request) = connection.next().await? {
            let answer = self.carry_out(&request).await?;
            if !self.delay.is_zero() {
                tokio::time::sleep(self.delay).await;
            }
            connection.answer(&answer).await?;
        }
        Ok(())
    }

    async fn carry_out(&self, request: &Request) -> anyhow::Result<String> {
        let edit = match request.method.as_str() {
            "getupdates" => return self.poll(&request.body).await,
            "sendmessage" => false,
            "editmessagetext" | "editmessagereplymarkup" => true,
            method => {
                self.crowd.borrow_mut().calls += 1;
                return Ok(fixed(method).to_owned());
            }
        };
        let (answer, said) = self.crowd.borrow_mut().told(&request.body, edit)?;
        if said {
            self.bell.notify_waiters();
        }
        Ok(answer)
    }

    async fn poll(&self, body: &[u8]) -> anyhow::Result<String> {
        self.first_poll.borrow_mut().get_or_insert_with(Instant::now);
        let poll: Poll = serde_json::from_slice(body).unwrap_or_default();
        let end = tokio::time::Instant::now() + Duration::from_secs(poll.timeout.unwrap_or(0));
        let offset = poll.offset.unwrap_or(0);
        {
            let mut crowd = self.crowd.borrow_mut();
            while crowd.queue.front().is_some_and(|(id, _)| *id < offset) {
                crowd.queue.pop_front();
            }
        }
        loop {
            let rung = self.bell.notified();
            if !self.crowd.borrow().queue.is_empty() || tokio::time::Instant::now() >= end {
                return Ok(self.batch(poll.limit.unwrap_or(BATCH).min(BATCH)));
            }
            let _ = tokio::time::timeout_at(end, rung).await;
        }
    }

    fn batch(&self, limit: usize) -> String {
        let crowd = self.crowd.borrow();
        let mut answer = String::from(r#"{"ok":true,"result":["#);
        for (place, (_, update)) in crowd.queue.iter().take(limit).enumerate() {
            if place > 0 {
                answer.push(',');
            }
            answer.push_str(update);
        }
        answer.push_str("]}");
        answer
    }
}

fn fixed(method: &str) -> &'static str {
    match method {
        "getme" => {
            r#"{"ok":true,"result":{"id":7000000001,"is_bot":true,"first_name":"Night","username":"NightLoadBot","can_join_groups":true,"can_read_all_group_messages":false,"supports_inline_queries":false,"can_connect_to_business":false,"has_main_web_app":false}}"#
        }
        "getwebhookinfo" => {
            r#"{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}"#
        }
        "getmycommands" => r#"{"ok":true,"result":[]}"#,
        "getmydescription" => r#"{"ok":true,"result":{"description":""}}"#,
        "getmyshortdescription" => r#"{"ok":true,"result":{"short_description":""}}"#,
        _ => r#"{"ok":true,"result":true}"#,
    }
}
