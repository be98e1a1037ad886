//! What `nightease check` prints when there is no fault: one screen of counts.

use std::collections::BTreeSet;

use super::Content;
use super::id::ChoiceId;
use super::numbers::PhoneNumber;

/// One screen about the content: counts, the hardest texts, what is exempt or assumed, the digest.
#[must_use]
pub fn check_report(content: &Content) -> String {
    let mut lines = vec!["No faults of form.".to_owned()];
    lines.extend(counts(content));
    let hardest = content
        .notes
        .grades
        .iter()
        .take(3)
        .map(|(grade, key)| format!("{key} {grade:.1}"));
    lines.push(format!("hardest to read (reading grade): {}", listed(hardest)));
    let exempt = content
        .steps
        .iter()
        .filter(|step| step.first_aid)
        .map(|step| step.id.to_string());
    lines.push(format!("shown before anything is asked: {}", listed(exempt)));
    for topic in &content.topics {
        let assumed = topic
            .assumed_no
            .iter()
            .map(|entry| content.findings.name(entry.finding).to_owned());
        lines.push(format!("assumed to be no on {}: {}", topic.id, listed(assumed)));
    }
    lines.push(format!("digest {}", content.digest));
    lines.push("No clinician has signed this content.".to_owned());
    let mut report = lines.join("\n");
    report.push('\n');
    report
}

fn counts(content: &Content) -> Vec<String> {
    let rows: usize = content.red_flags.iter().map(|flag| flag.rows.len()).sum();
    let choices: BTreeSet<&ChoiceId> = content
        .screens
        .iter()
        .flat_map(|screen| &screen.choices)
        .map(|choice| &choice.id)
        .collect();
    let shown = content
        .causes
        .iter()
        .filter(|cause| !cause.red_flag && cause.never_shown.is_none())
        .count();
    let withheld = content.withheld.len();
    let mut lines = vec![
        format!(
            "{} topics, {} screens, {} choices",
            content.topics.len(),
            content.screens.len(),
            choices.len()
        ),
        format!(
            "{} findings, {} rules with {rows} rows",
            content.findings.len(),
            content.red_flags.len()
        ),
        format!("{} causes, {shown} of them can be shown", content.causes.len()),
        format!(
            "{} steps, {} suppressors",
            content.steps.len(),
            content.suppressors.len()
        ),
        format!(
            "{} sources, {withheld} pieces of advice withheld",
            content.sources.len()
        ),
    ];
    lines.push(numbers(content));
    let texts = content
        .notes
        .texts
        .iter()
        .map(|(language, count)| format!("{count} texts in {language}, none missing"));
    lines.extend(texts);
    lines
}

/// How many numbers there are, and how well they are known.
fn numbers(content: &Content) -> String {
    let phones: Vec<&PhoneNumber> = content
        .numbers
        .iter()
        .flat_map(|country| {
            let lines = country.lines.iter().map(|line| &line.phone);
            std::iter::once(&country.emergency).chain(lines)
        })
        .collect();
    let read = phones.iter().filter(|phone| phone.read.is_some()).count();
    let verified = phones.iter().filter(|phone| phone.verified.is_some()).count();
    format!(
        "{} phone numbers in {} countries: {read} read on a page, {verified} verified by a call",
        phones.len(),
        content.numbers.len()
    )
}

fn listed(items: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = items.collect();
    if all.is_empty() {
        "none".to_owned()
    } else {
        all.join(", ")
    }
}
