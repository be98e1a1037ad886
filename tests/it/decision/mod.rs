//! The decision, part by part: what a record makes of what was said, and what words may add to it.

mod record;
mod relief;
mod wording;
mod words;

use nightease::content::{Content, Finding, FindingId, FindingKind, Sign, Value};

fn id(content: &Content, name: &str) -> FindingId {
    content
        .findings
        .id(name)
        .unwrap_or_else(|| panic!("no finding {name}"))
}

fn signs(content: &Content) -> impl Iterator<Item = (FindingId, &Sign)> {
    content
        .findings
        .iter()
        .filter_map(|(id, finding)| match &finding.kind {
            FindingKind::Sign(sign) => Some((id, sign)),
            _ => None,
        })
}

fn plain(content: &Content) -> impl Iterator<Item = (FindingId, &Finding)> {
    let all = content.findings.iter();
    all.filter(|(_, finding)| !matches!(finding.kind, FindingKind::Sign(_)))
}

/// A yes, in the form that the finding takes: its worst word, its greatest number.
fn yes_of(content: &Content, finding: FindingId) -> Value {
    match content.findings.get(finding).map(|finding| &finding.kind) {
        Some(FindingKind::Words(words)) => Value::Amount(u16::try_from(words.len() - 1).unwrap()),
        Some(FindingKind::Number { max, .. }) => Value::Amount(*max),
        _ => Value::Yes,
    }
}
