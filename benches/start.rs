//! How long a start from a folder of dialogues takes before the first message is answered: `cargo bench --bench start`.
//! Form and exploration should take less than 100 ms together, on two cores. Rules that the tests have walked are not walked
//! again; the walk of a folder with others is shown by itself.

use std::path::Path;
use std::time::{Duration, Instant};

use nightease::content::Content;
use nightease::proof::explore_all;
use nightease::proof::prove::{prove, prove_to_serve};

const ROUNDS: usize = 21;

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn time<T>(mut what: impl FnMut() -> T) -> Duration {
    let rounds = (0..ROUNDS).map(|_| {
        let begun = Instant::now();
        let made = what();
        let took = begun.elapsed();
        drop(made);
        took
    });
    median(rounds.collect())
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dialogues");
    let content = match Content::from_dir(&folder) {
        Ok(content) => content,
        Err(faults) => {
            eprintln!("{faults}");
            std::process::exit(1);
        }
    };
    println!("form: {:?}", time(|| Content::from_dir(&folder)));
    let start = || Content::from_dir(&folder).map(|content| prove_to_serve(&content));
    println!("start with the rules of this program: {:?}", time(start));
    println!("walk: {:?}", time(|| explore_all(&content)));
    println!("walk and properties: {:?}", time(|| prove(&content)));
}
