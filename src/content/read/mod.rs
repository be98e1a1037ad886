//! Reads the TOML files of `dialogues/`, one reader per file.

mod causes;
mod findings;
mod hazards;
mod lexicon;
mod lexicon_parts;
mod lists;
mod numbers;
mod parts;
mod red_flags;
mod relief;
mod screens;
mod topics;
mod vignettes;
mod walk;

use toml::de::DeTable;

use super::draft::Draft;
use super::fault::{FaultKind, Place, Sink};
use super::files::Files;
use super::model::Findings;
use walk::Table;

/// Reads one file into the draft.
type Reader = fn(&Table, &mut Draft);

/// The files that must be there, in the order in which they are read: findings first, because rules name them.
const FILES: [(&str, Reader); 10] = [
    ("findings.toml", findings::read),
    ("sources.toml", lists::read_sources),
    ("suppressors.toml", relief::read_suppressors),
    ("screens.toml", screens::read),
    ("red_flags.toml", red_flags::read),
    ("causes.toml", causes::read),
    ("relief.toml", relief::read_steps),
    ("withheld.toml", lists::read_withheld),
    ("numbers.toml", numbers::read),
    ("readability.toml", lists::read_readability),
];

/// Files that may be left out: without them less is looked at.
const OPTIONAL: [(&str, Reader); 2] = [
    ("says.toml", lists::read_says),
    // Last: it names vignettes.
    ("hazards.toml", hazards::read),
];

/// Reads what decides: findings, rules, steps, screens, topics. What cannot be read is reported and left out.
pub(super) fn decisions(files: &Files, sink: &Sink) -> Draft {
    let mut draft = Draft::default();
    for (path, reader) in FILES {
        if files.get(path).is_none() {
            sink.add_file(
                &files.shown(path),
                FaultKind::MissingFile,
                "this file must be there",
                "add it; dialogues/README.md says what it holds",
            );
        }
        read_file(files, path, reader, &mut draft, sink);
    }
    read_folder(files, "topics/", topics::read, &mut draft, sink);
    draft
}

/// Reads the lexicons, which name findings: a draft with nothing else in it, for [`Draft::add_lexicons`]. They are longer
/// than all else, so they may be read beside it.
pub(super) fn lexicons(files: &Files, findings: &Findings, sink: &Sink) -> Draft {
    let mut draft = Draft::naming(findings);
    read_folder(files, "lexicon/", lexicon::read, &mut draft, sink);
    draft
}

/// Reads what no woman meets, vignettes last: they name topics, stages, findings and steps.
pub(super) fn rest(files: &Files, draft: &mut Draft, sink: &Sink) {
    read_folder(files, "vignettes/", vignettes::read, draft, sink);
    for (path, reader) in OPTIONAL {
        read_file(files, path, reader, draft, sink);
    }
    hazards::unused_controls(draft, sink);
    report_unknown_files(files, sink);
}

fn read_folder(files: &Files, folder: &str, reader: Reader, draft: &mut Draft, sink: &Sink) {
    let inside = |path: &&str| path.starts_with(folder) && path.ends_with(".toml");
    for path in files.paths().filter(inside) {
        read_file(files, path, reader, draft, sink);
    }
}

fn report_unknown_files(files: &Files, sink: &Sink) {
    let known = |path: &str| {
        FILES.iter().chain(&OPTIONAL).any(|(file, _)| *file == path)
            || path.starts_with("topics/")
            || path.starts_with("lexicon/")
            || path.starts_with("vignettes/")
    };
    for path in files
        .paths()
        .filter(|path| path.ends_with(".toml") && !known(path))
    {
        let names = FILES.iter().chain(&OPTIONAL).map(|(file, _)| *file);
        let cure = super::fault::did_you_mean(path, names, "take it away, or move it to topics/");
        sink.add_file(
            &files.shown(path),
            FaultKind::UnknownFile,
            "nothing reads this file",
            &cure,
        );
    }
}

fn read_file(files: &Files, path: &str, reader: Reader, draft: &mut Draft, sink: &Sink) {
    let Some(file) = files.text(path, sink) else {
        return;
    };
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    let mut broken_lines = Vec::new();
    for error in &errors {
        let end = file.text.len();
        let place = Place::new(&file, error.span().unwrap_or(end..end));
        let cure = "mend the TOML: texts in quotes, lists in [ ], tables in { }, one key = value each";
        let fault = place.fault(FaultKind::Syntax, error.message(), cure);
        broken_lines.push(fault.line);
        sink.add(fault);
    }
    let before = sink.len();
    reader(&Table::root(&file, sink, table.get_ref()), draft);
    // What is wrong on a line that is not even TOML follows from that; saying it twice helps nobody.
    sink.forget_after(before, |fault| {
        fault.file == file.path && broken_lines.contains(&fault.line)
    });
}
