//! Puts slips into the program, one at a time, and names those that no test notices. See `README.md` in this folder.

mod edit;
mod judge;
mod list;
mod play;
mod reach;
mod tree;
mod weave;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{fs, thread};

use clap::Parser;

use crate::judge::{Fate, Judge, Line, Results, SUITES, judge};
use crate::list::Slip;
use crate::play::Tests;
use crate::reach::measure;
use crate::tree::Tree;

/// Puts slips into the program, one at a time, and names those that no test notices.
#[derive(Parser)]
struct Settings {
    /// The files, as `cargo mutants --file` takes them, in this order.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "src/triage/**,src/conversation/token.rs,src/conversation/**"
    )]
    files: Vec<String>,
    /// The suites of tests, by number: see `README.md`.
    #[arg(long, value_delimiter = ',', default_value = "1,2,3,4,5,6")]
    suites: Vec<usize>,
    /// How many slips are tried at once.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Leave out tests that take longer than so many seconds.
    #[arg(long, default_value_t = 3600)]
    longest: u64,
    /// Forget what earlier runs found.
    #[arg(long)]
    anew: bool,
    /// Only print what earlier runs found.
    #[arg(long)]
    report: bool,
    /// The repository.
    #[arg(long, default_value = "..")]
    root: PathBuf,
    /// Where the copy is built. Another build at the same place would take the tests away while they are played.
    #[arg(long, default_value = "../target/slips/build")]
    target: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let settings = Settings::parse();
    let root = std::path::absolute(&settings.root)?.canonicalize()?;
    let folder = root.join("target/slips");
    fs::create_dir_all(&folder)?;
    if settings.anew {
        forget(&folder)?;
    }
    let slips = list::list(&root, &settings.files)?;
    let mut results = Results::open(&folder)?;
    if !settings.report {
        results = run(&settings, &root, &folder, &slips, results)?;
    }
    report(&slips, &results);
    Ok(())
}

/// The copy and what is built of it stay: they cost the most.
fn forget(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with("reached-") {
            fs::remove_dir_all(&path)?;
        } else if name == "results.jsonl" {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Builds the tests once, and plays them for each slip.
fn run(
    settings: &Settings,
    root: &Path,
    folder: &Path,
    slips: &[Slip],
    mut results: Results,
) -> anyhow::Result<Results> {
    let tree = Tree::new(
        root,
        &folder.join("tree"),
        &std::path::absolute(&settings.target)?,
        slips,
    )?;
    // What did not compile once is not tried again.
    let hopeful = (0..slips.len()).filter(|number| {
        let known = slips.get(*number).and_then(|slip| results.lines.get(&slip.name));
        known.is_none_or(|line| line.fate != Fate::NotBuilt)
    });
    let built = tree.weave(slips, hopeful.collect())?;
    for (number, slip) in slips.iter().enumerate() {
        let is_new = results.of(&slip.name).fate != Fate::NotBuilt;
        if is_new && !built.contains(&number) {
            let fate = Fate::NotBuilt;
            results.push(Line {
                fate,
                ..Line::new(&slip.name)
            })?;
        }
    }
    let judges = judges(settings, &tree, &folder_of(folder, slips)?)?;
    let results = Mutex::new(results);
    let next = AtomicUsize::new(0);
    let longest = Duration::from_secs(settings.longest);
    let work = || -> anyhow::Result<()> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(slip) = slips.get(number) else {
                return Ok(());
            };
            try_one(number, slip, &built, &judges, &results, longest)?;
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..settings.jobs.max(1)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|_| anyhow::bail!("a worker broke off"))
        })
    })?;
    Ok(results.into_inner().unwrap_or_else(PoisonError::into_inner))
}

fn try_one(
    number: usize,
    slip: &Slip,
    built: &BTreeSet<usize>,
    judges: &[Judge],
    results: &Mutex<Results>,
    longest: Duration,
) -> anyhow::Result<()> {
    if !built.contains(&number) {
        return Ok(());
    }
    let before = results
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .of(&slip.name);
    let mut line = before.clone();
    judge(number, &mut line, judges, longest)?;
    if line.fate == before.fate && line.passed == before.passed {
        return Ok(());
    }
    println!(
        "{number} {:?} {} {}",
        line.fate,
        line.name,
        line.test.as_deref().unwrap_or_default()
    );
    results.lock().unwrap_or_else(PoisonError::into_inner).push(line)
}

/// What was measured belongs to one numbering of the slips.
fn folder_of(folder: &Path, slips: &[Slip]) -> anyhow::Result<PathBuf> {
    let mut hasher = DefaultHasher::new();
    for slip in slips {
        slip.name.hash(&mut hasher);
    }
    let folder = folder.join(format!("reached-{:016x}", hasher.finish()));
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Builds the tests and measures each without a slip.
fn judges(settings: &Settings, tree: &Tree, folder: &Path) -> anyhow::Result<Vec<Judge>> {
    let mut programs: BTreeMap<&str, PathBuf> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut judges = Vec::new();
    for suite in SUITES
        .into_iter()
        .filter(|suite| settings.suites.contains(&suite.number))
    {
        if !programs.contains_key(suite.program) {
            programs.insert(suite.program, tree.tests(suite.program)?);
        }
        let tests = Tests {
            program: programs.get(suite.program).cloned().unwrap_or_default(),
            folder: tree.copy.clone(),
        };
        let mut names = tests.names(suite.words)?;
        names.retain(|name| seen.insert((suite.program, name.clone())));
        let measured = measure(&tests, &names, folder)?;
        eprintln!(
            "suite {}: {} tests pass without a slip",
            suite.number,
            measured.len()
        );
        judges.push(Judge {
            suite,
            tests,
            measured,
        });
    }
    Ok(judges)
}

/// Counts, and the names of those that survived.
fn report(slips: &[Slip], results: &Results) {
    let known: Vec<&Line> = slips
        .iter()
        .filter_map(|slip| results.lines.get(&slip.name))
        .collect();
    let count = |fate| known.iter().filter(|line| line.fate == fate).count();
    let (caught, late, survived) = (count(Fate::Caught), count(Fate::Late), count(Fate::Survived));
    println!("{} slips listed, {} looked at", slips.len(), known.len());
    println!("{} do not compile", count(Fate::NotBuilt));
    println!("{caught} caught by a failing test, {late} by taking too long, {survived} survived");
    let tried = caught + late + survived;
    if tried > 0 {
        println!(
            "{:.1} % caught of {tried}",
            (caught + late) as f64 * 100.0 / tried as f64
        );
    }
    for suite in SUITES {
        let of_suite = known
            .iter()
            .filter(|line| line.suite == Some(suite.number))
            .count();
        println!("suite {}: {of_suite}", suite.number);
    }
    for line in known.iter().filter(|line| line.fate == Fate::Survived) {
        println!("survived {} tests: {}", line.passed.len(), line.name);
    }
}
