//! How long a message takes to be read: `cargo bench --bench reader`. Three hundred letters should take less than 100 µs,
//! and ten times as many no more than ten times as long.

use std::hint::black_box;
use std::time::{Duration, Instant};

use jiff::civil::date;
use nightease::content::{Content, LanguageId};
use nightease::understanding::read;

/// A message of about 300 letters, as it may come at night.
const MESSAGE: &str = "30w and woke up again w my right calf killing me, its swolen and red n hot to touch, no fever, no \
    bleeding and baby is moving fine. i had a cramp in it yesterday but that went after a few mins. my mum had a clot \
    when she was pregnant so im worried, should i go in or wait till morning? back aches as well, worse";

/// Readings that are timed together, and how often.
const TOGETHER: u32 = 50;
const ROUNDS: usize = 60;

fn time(content: &Content, text: &str) -> Duration {
    let english = LanguageId::from("en");
    let today = date(2026, 11, 22);
    let mut rounds: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            for _ in 0..TOGETHER {
                black_box(read(content, &english, black_box(text), today));
            }
            begun.elapsed() / TOGETHER
        })
        .collect();
    rounds.sort_unstable();
    rounds.get(ROUNDS / 2).copied().unwrap_or_default()
}

fn main() {
    let begun = Instant::now();
    let content = match Content::embedded() {
        Ok(content) => content,
        Err(faults) => {
            eprintln!("{faults}");
            std::process::exit(1);
        }
    };
    println!("content loaded in {:?}", begun.elapsed());
    let begun = Instant::now();
    for lexicon in &content.lexicons {
        lexicon.compiled();
    }
    println!("lexicons made ready in {:?}", begun.elapsed());
    let letters = MESSAGE.chars().count();
    println!("{letters} letters: {:?}", time(&content, MESSAGE));
    let typos: String = MESSAGE
        .split(' ')
        .map(|word| {
            if word.len() > 4 {
                word.replacen('e', "ee", 1)
            } else {
                word.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(" ");
    println!(
        "{} letters, mistyped: {:?}",
        typos.chars().count(),
        time(&content, &typos)
    );
    for times in [2, 4, 8, 13] {
        let long: String = vec![MESSAGE; times].join(". ").chars().take(4096).collect();
        println!("{} letters: {:?}", long.chars().count(), time(&content, &long));
    }
    let unbroken: String = MESSAGE
        .replace(['.', ',', '?'], "")
        .repeat(13)
        .chars()
        .take(4096)
        .collect();
    println!(
        "{} letters, no full stop: {:?}",
        unbroken.chars().count(),
        time(&content, &unbroken)
    );
}
