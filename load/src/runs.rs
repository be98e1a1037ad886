//! The runs: what the crowd does, for how long, and what comes out.

use std::net::{Ipv4Addr, SocketAddr};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, spawn_local};

use crate::book;
use crate::crowd::Crowd;
use crate::figures::Figures;
use crate::process::{Bot, Places, Running};
use crate::server::Server;

/// A bot that answers nobody for so long is not waited for any more.
const PATIENCE: Duration = Duration::from_secs(20);
/// Before anything is counted.
const WARM_UP: Duration = Duration::from_secs(2);

/// What the crowd does.
#[derive(Clone, Copy, PartialEq, Debug, clap::ValueEnum)]
pub enum Run {
    /// 200 users, each answers as soon as she is answered.
    Closed200,
    /// 2,000 of them.
    Closed2000,
    /// 20,000 updates of 2,000 chats have piled up before the bot starts.
    Drain,
    /// 1,500 updates a second, whether they are answered or not; latency from the moment each was due.
    Open,
    /// 200 users, and every API call takes 40 ms longer.
    Slow,
    /// Nobody writes: memory, and the time from the start to the first poll (in the column of p50).
    Idle,
    /// 20,000 conversations, three steps each: memory for each beyond the first 200, in KB (in the column of p50).
    Memory,
}

/// A bot, and the server it talks to.
struct Stage {
    server: Rc<Server>,
    task: JoinHandle<anyhow::Result<()>>,
    bot: Running,
    begun: Instant,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Stage {
    async fn start(bot: Bot, places: &Places, crowd: Crowd, delay: Duration) -> anyhow::Result<Stage> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let address = listener.local_addr()?;
        let server = Server::new(crowd, delay);
        let task = spawn_local(Rc::clone(&server).listen(listener));
        let begun = Instant::now();
        let bot = Running::start(bot, places, address)?;
        let stage = Stage {
            server,
            task,
            bot,
            begun,
        };
        let first = || stage.server.first_poll.borrow().is_some();
        wait_until("the first poll", Duration::from_millis(1), || first()).await?;
        Ok(stage)
    }

    fn act(&self, number: usize, due: Instant, goes_on: bool) -> bool {
        let acts = self.server.crowd.borrow_mut().act(number, due, goes_on);
        if acts {
            self.server.bell.notify_waiters();
        }
        acts
    }

    fn answered(&self) -> usize {
        self.server.crowd.borrow().answered
    }

    /// Counts for so long.
    async fn count(&self, how_long: Duration) -> anyhow::Result<Figures> {
        self.server.crowd.borrow_mut().begin_counting();
        let (begun, cpu) = (Instant::now(), self.bot.cpu()?);
        tokio::time::sleep(how_long).await;
        self.figures(begun.elapsed(), cpu)
    }

    fn figures(&self, passed: Duration, cpu: Duration) -> anyhow::Result<Figures> {
        let mut crowd = self.server.crowd.borrow_mut();
        let took = std::mem::take(&mut crowd.took);
        let mut figures = Figures::of(crowd.answered, crowd.calls, self.bot.cpu()? - cpu, passed, took);
        figures.memory = self.bot.memory()? as f64 / 1e6;
        Ok(figures)
    }

    /// Waits until all who asked are answered, or nobody is answered any more. Gives back how many were not.
    async fn settle(&self) -> usize {
        self.server.crowd.borrow_mut().hush();
        let (mut last, mut since) = (0, Instant::now());
        loop {
            let (waiting, answered) = (self.server.crowd.borrow().waiting(), self.answered());
            if answered != last {
                (last, since) = (answered, Instant::now());
            }
            if waiting == 0 || since.elapsed() > PATIENCE / 4 {
                return waiting;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn wait_until(what: &str, look: Duration, mut is_so: impl FnMut() -> bool) -> anyhow::Result<()> {
    let begun = Instant::now();
    while !is_so() {
        if begun.elapsed() > PATIENCE {
            bail!("waited in vain for {what}");
        }
        tokio::time::sleep(look).await;
    }
    Ok(())
}

/// One run of one bot.
///
/// # Errors
/// When the bot cannot be started, or ends.
pub async fn run(run: Run, bot: Bot, places: &Places, how_long: Duration) -> anyhow::Result<Figures> {
    match run {
        Run::Closed200 => closed(bot, places, 200, how_long, Duration::ZERO).await,
        Run::Closed2000 => closed(bot, places, 2000, how_long, Duration::ZERO).await,
        Run::Slow => closed(bot, places, 200, how_long, Duration::from_millis(40)).await,
        Run::Drain => drain(bot, places).await,
        Run::Open => open(bot, places, 1500, how_long).await,
        Run::Idle => idle(bot, places).await,
        Run::Memory => memory(bot, places).await,
    }
}

async fn closed(
    bot: Bot,
    places: &Places,
    users: usize,
    how_long: Duration,
    delay: Duration,
) -> anyhow::Result<Figures> {
    let stage = Stage::start(bot, places, Crowd::new(book::steps()?, users), delay).await?;
    for number in 0..users {
        stage.act(number, Instant::now(), true);
    }
    tokio::time::sleep(WARM_UP).await;
    let mut figures = stage.count(how_long).await?;
    figures.lost = stage.settle().await as f64;
    Ok(figures)
}

async fn drain(bot: Bot, places: &Places) -> anyhow::Result<Figures> {
    let mut crowd = Crowd::new(book::steps()?, 2000);
    crowd.pile_up(10);
    let stage = Stage::start(bot, places, crowd, Duration::ZERO).await?;
    let begun = Instant::now();
    let (mut last, mut at) = (0, begun);
    while last < 20_000 && at.elapsed() < PATIENCE / 4 {
        tokio::time::sleep(Duration::from_millis(5)).await;
        if stage.answered() != last {
            (last, at) = (stage.answered(), Instant::now());
        }
    }
    let mut figures = stage.figures(at - begun, Duration::ZERO)?;
    figures.lost = 20_000.0 - last as f64;
    Ok(figures)
}

async fn open(bot: Bot, places: &Places, rate: u32, how_long: Duration) -> anyhow::Result<Figures> {
    // So many that a user has long been answered when it is her turn again.
    let users = 6000;
    let stage = Stage::start(bot, places, Crowd::new(book::steps()?, users), Duration::ZERO).await?;
    let gap = Duration::from_secs(1) / rate;
    let (begun, mut sent, mut cpu) = (Instant::now(), 0_u32, Duration::ZERO);
    let mut counted = None;
    while begun.elapsed() < WARM_UP + how_long {
        if counted.is_none() && begun.elapsed() > WARM_UP {
            stage.server.crowd.borrow_mut().begin_counting();
            cpu = stage.bot.cpu()?;
            counted = Some(Instant::now());
        }
        while begun + gap * sent < Instant::now() {
            stage.act(sent as usize % users, begun + gap * sent, false);
            sent += 1;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let counted = counted.context("the run was too short")?;
    let passed = counted.elapsed();
    let lost = stage.settle().await;
    let mut figures = stage.figures(passed, cpu)?;
    figures.lost = lost as f64;
    Ok(figures)
}

async fn idle(bot: Bot, places: &Places) -> anyhow::Result<Figures> {
    let stage = Stage::start(bot, places, Crowd::new(book::steps()?, 1), Duration::ZERO).await?;
    let first = stage.server.first_poll.borrow().context("no poll")?;
    tokio::time::sleep(WARM_UP).await;
    Ok(Figures {
        half: (first - stage.begun).as_secs_f64() * 1e3,
        memory: stage.bot.memory()? as f64 / 1e6,
        ..Figures::default()
    })
}

async fn memory(bot: Bot, places: &Places) -> anyhow::Result<Figures> {
    let (first, all) = (200, 20_000);
    let stage = Stage::start(bot, places, Crowd::new(book::steps()?, all), Duration::ZERO).await?;
    // The first few, until everything that does not grow with them is there.
    for _ in 0..45 {
        three_steps(&stage, 0..first).await?;
    }
    let before = stage.bot.memory()?;
    for begin in (first..all).step_by(first) {
        three_steps(&stage, begin..begin + first).await?;
    }
    let after = stage.bot.memory()?;
    Ok(Figures {
        half: after.saturating_sub(before) as f64 / (all - first) as f64 / 1e3,
        memory: after as f64 / 1e6,
        ..Figures::default()
    })
}

async fn three_steps(stage: &Stage, numbers: std::ops::Range<usize>) -> anyhow::Result<()> {
    for _ in 0..3 {
        for number in numbers.clone() {
            stage.act(number, Instant::now(), false);
        }
        wait_until("an answer to each", Duration::from_millis(1), || {
            stage.server.crowd.borrow().waiting() == 0
        })
        .await?;
    }
    Ok(())
}
