//! Every way a danger sign is said in the shipped lexicon, put into sentences that deny something else: none of them may
//! deny the sign.

use nightease::content::lexicon::{Reads, Says};
use nightease::content::{FindingId, Value};
use nightease::understanding::{Told, read_with};

use super::TODAY;
use crate::shared::content;

/// Sentences that hold a denial, and the sign where the braces are.
const AROUND: [&str; 24] = [
    "no fever. {}",
    "no fever but {}",
    "no fever, {}",
    "no bleeding no fever {}",
    "{} no fever",
    "{}, no bleeding",
    "{}. no bleeding or fever",
    "{} but no bleeding",
    "not sure why but {}",
    "didnt sleep {}",
    "havent slept, {}",
    "no idea why {}",
    "baby moving fine, {}",
    "i dont know what to do. {}",
    "i dont like it {}",
    "cant sleep {}",
    "{} and no one answers",
    "never had this before {}",
    "no, {}",
    "i have not slept because {}",
    "no sleep again, {} and no painkillers",
    "{} it wont stop",
    "no rest for me {}",
    "no headache or anything {}",
];

/// Is the line about fever or bleeding, which the sentences around it deny?
fn is_denied_beside(finding: FindingId) -> bool {
    let name = content().findings.name(finding);
    name == "fever" || name.contains("bleeding")
}

#[test]
fn a_denial_of_something_else_denies_no_danger_sign() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for lexicon in &content().lexicons {
        for pattern in lexicon
            .source()
            .patterns
            .iter()
            .filter(|pattern| !pattern.denies_only)
        {
            let Reads::Finding(finding, Says::Is(Value::Yes | Value::Amount(_))) = &pattern.reads else {
                continue;
            };
            if !lexicon.safety.contains(finding) || is_denied_beside(*finding) {
                continue;
            }
            for line in pattern.lines.iter().filter(|line| line.must) {
                for around in AROUND {
                    let text = around.replace("{}", &line.text);
                    let reading = read_with(content(), lexicon, &text, TODAY);
                    let told = reading
                        .mentions
                        .iter()
                        .find(|mention| mention.finding == *finding);
                    count += 1;
                    if let Some(mention) = told.filter(|mention| mention.told == Told::Is(Value::No)) {
                        wrong.push(format!("{text:?} denies {} by {}", pattern.id, mention.rule));
                    }
                }
            }
        }
    }
    assert!(count > 5_000, "only {count} sentences");
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
