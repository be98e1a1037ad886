//! What watches over the program is told the truth: `/health/live`, `/health/ready`, `/metrics`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use nightease::app::health::{self, Watched};
use nightease::app::serve::Gauges;
use nightease::content::{Level, Outcome};
use nightease::conversation::{Reply, Text};
use nightease::delivery::usage::Step;
use nightease::store::{ConversationKey, MemoryStore, RawUpdate, Store};

use crate::fake_telegram::{FakeTelegram, Fault, Trouble};
use crate::process::{Process, serve};

struct Scene {
    store: Arc<MemoryStore>,
    gauges: Gauges,
    address: SocketAddr,
}

async fn start(longest_silence: Option<SignedDuration>) -> Scene {
    let address = free_address().await;
    let scene = Scene {
        store: Arc::new(MemoryStore::new()),
        gauges: Gauges::default(),
        address,
    };
    let watched = Watched {
        store: Arc::clone(&scene.store),
        clock: Arc::new(Timestamp::now),
        gauges: scene.gauges.clone(),
        longest_silence,
    };
    health::serve(address, watched).await.unwrap();
    scene
}

async fn free_address() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap()
}

async fn get(address: SocketAddr, path: &str) -> (u16, String) {
    let answer = reqwest::get(format!("http://{address}{path}")).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

fn ago(seconds: i64) -> Timestamp {
    Timestamp::now() - SignedDuration::from_secs(seconds)
}

#[tokio::test]
async fn ready_only_while_polls_succeed_and_nobody_waits() {
    let scene = start(Some(SignedDuration::from_secs(50))).await;
    let ready = || get(scene.address, "/health/ready");
    assert_eq!(get(scene.address, "/health/live").await.0, 200);
    assert_eq!(ready().await, (503, "Telegram has not answered yet\n".into()));
    scene.gauges.pulse.beat(ago(49));
    assert_eq!(ready().await, (200, "ready\n".into()));
    scene.gauges.pulse.beat(ago(52));
    assert_eq!(
        ready().await,
        (503, "no poll has succeeded for too long\n".into())
    );
    scene.gauges.pulse.beat(ago(0));
    // The disk is full: for what a webhook brought nothing else would tell.
    scene.gauges.pulse.stumble(ago(2));
    assert_eq!(ready().await, (503, "updates cannot be stored\n".into()));
    scene.gauges.pulse.steady();
    assert_eq!(ready().await.0, 200);
    scene.gauges.pulse.stumble(ago(200));
    assert_eq!(ready().await.0, 200);
    // The clock was set back while polls were stuck: the silence counts from now.
    scene.gauges.pulse.beat(ago(-3600));
    assert_eq!(ready().await.0, 200);
    assert!(scene.gauges.pulse.last().unwrap() <= Timestamp::now());
    let update = RawUpdate {
        update_id: 1,
        conversation: ConversationKey([1; 16]),
        body: Vec::new(),
    };
    scene.store.accept(&[update], ago(62)).unwrap();
    let (status, why) = ready().await;
    assert_eq!(status, 503);
    assert!(why.contains("waited for more than a minute"), "{why}");
}

#[tokio::test]
async fn behind_a_webhook_silence_is_no_trouble() {
    let scene = start(None).await;
    scene.gauges.pulse.beat(ago(100_000));
    assert_eq!(get(scene.address, "/health/ready").await.0, 200);
}

#[tokio::test]
async fn metrics_hide_small_counts_and_hold_no_ids() {
    let scene = start(None).await;
    let page = |address| async move { get(address, "/metrics").await.1 };
    let mut reply = Reply::new(Text::plain("Phone now"));
    reply.end = true;
    reply.outcome = Some(Outcome::Level(Level::GoNow));
    let usage = &scene.gauges.usage;
    for who in 1..=4 {
        usage.note(Step::of(ConversationKey([who; 16]), true, &[]), ago(20));
        usage.note(
            Step::of(ConversationKey([who; 16]), false, &[reply.clone()]),
            ago(0),
        );
    }
    let few = page(scene.address).await;
    for hidden in ["starts", "go_now", "first_advice_seconds_count"] {
        assert!(!few.to_lowercase().contains(hidden), "{few}");
    }
    usage.note(Step::of(ConversationKey([5; 16]), true, &[]), ago(20));
    usage.note(
        Step::of(ConversationKey([5; 16]), false, &[reply.clone()]),
        ago(0),
    );
    // Five who begin and do not go on.
    for who in 11..=15 {
        usage.note(Step::of(ConversationKey([who; 16]), true, &[]), ago(4000));
    }
    usage.sweep(Timestamp::now());
    let many = page(scene.address).await;
    for line in [
        "nightease_starts_total 10",
        "nightease_first_advice_seconds_bucket{le=\"15\"} 0",
        "nightease_first_advice_seconds_bucket{le=\"30\"} 5",
        "nightease_first_advice_seconds_count 5",
        "nightease_stopped_total{screen=\"opening\"} 5",
        "nightease_updates_handled_total 0",
        "nightease_inbox_waiting 0",
    ] {
        assert!(
            many.lines().any(|found| found == line),
            "{line} is missing in\n{many}"
        );
    }
    assert!(many.contains("nightease_endings_total{level=\""), "{many}");
    // One woman more changes nothing that can be seen: not a count, not a sum.
    usage.note(Step::of(ConversationKey([6; 16]), true, &[]), ago(70));
    usage.note(
        Step::of(ConversationKey([6; 16]), false, &[reply.clone()]),
        ago(0),
    );
    let usage_of = |page: &str| {
        let lines = page.lines().filter(|line| !line.contains("heard"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(usage_of(&many), usage_of(&page(scene.address).await));
    for line in many.lines().filter(|line| !line.starts_with('#')) {
        assert!(
            line.starts_with("nightease_") && line.split(' ').count() == 2,
            "{line}"
        );
    }
}

/// P3: a poll that hangs for ever is given up, said, and made again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p3_a_poll_that_hangs_makes_it_not_ready_and_is_made_again() {
    let telegram = FakeTelegram::start().await;
    let folder = tempfile::tempdir().unwrap();
    let address = free_address().await;
    let mut command = serve(folder.path(), &telegram);
    command
        .env("NIGHTEASE_POLL_SECONDS", "0")
        .env("NIGHTEASE_HEALTH_ADDRESS", address.to_string());
    let mut process = Process::start(command, folder.path());
    process.logs("listening").await;
    assert_eq!(get(address, "/health/ready").await.0, 200);
    telegram.plan(Fault::new(Trouble::Hang).on("getUpdates").times(2));
    // Five seconds for each poll: after ten it is not ready.
    let begun = tokio::time::Instant::now();
    while get(address, "/health/ready").await.0 == 200 {
        assert!(begun.elapsed() < Duration::from_secs(20), "{}", process.log());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    while get(address, "/health/ready").await.0 != 200 {
        assert!(begun.elapsed() < Duration::from_secs(30), "{}", process.log());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(process.runs());
    let (status, page) = get(address, "/metrics").await;
    assert!(
        status == 200 && page.contains("nightease_heard_seconds"),
        "{page}"
    );
}
