//! `nightease check DIR` on copies of the shipped folder, each with one fault planted: where it is, the line itself,
//! what is wrong, how to mend it.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::shared::run;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A copy of `dialogues/`.
struct Folder {
    _kept: TempDir,
    path: PathBuf,
}

impl Folder {
    fn new() -> Folder {
        let kept = tempfile::tempdir().unwrap();
        let path = kept.path().join("dialogues");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("dialogues"), &path);
        Folder { _kept: kept, path }
    }

    /// Puts `to` in the place of the first `from`; gives back the line and the column where it begins.
    fn plant(&self, file: &str, from: &str, to: &str) -> (usize, usize) {
        let path = self.path.join(file);
        let text = fs::read_to_string(&path).unwrap();
        let start = text
            .find(from)
            .unwrap_or_else(|| panic!("\"{from}\" is not in {file}"));
        let before = &text[..start];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        (line, column)
    }

    fn check(&self) -> (String, Option<i32>) {
        let output = run(&["check", self.path.to_str().unwrap()], b"");
        assert!(
            output.stderr.is_empty(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        (String::from_utf8(output.stdout).unwrap(), output.status.code())
    }
}

/// A planted fault: file, words in it, what they are changed to, what begins the place of the fault, and what the
/// report says.
struct Planted {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    /// The words at which the fault is reported, in the changed file.
    at: &'static str,
    says: &'static [&'static str],
}

const PLANTED: &[Planted] = &[
    Planted {
        file: "red_flags.toml",
        from: "when = \"coughing_blood |",
        to: "when = \"coughing_blod |",
        at: "coughing_blod",
        says: &[
            "unknown finding",
            "coughing_blod",
            "did you mean",
            "coughing_blood",
        ],
    },
    Planted {
        file: "screens.toml",
        from: "sets = [\"hard_red_vein\"]",
        to: "sets = [\"hard_red_vien\"]",
        at: "hard_red_vien",
        says: &["unknown finding", "hard_red_vien", "hard_red_vein"],
    },
    Planted {
        file: "red_flags.toml",
        from: "  { when = \"leg_cold_or_pale?\", level = \"GO_NOW\" },\n",
        to: "",
        at: "\"leg_cold_or_pale\", level",
        says: &["no row for not sure", "R11"],
    },
    Planted {
        file: "text/en/flags.ftl",
        from: "    .ask = I need a check for a kidney infection.\n",
        to: "",
        at: "",
        says: &["missing text", "flag-R22.ask"],
    },
    Planted {
        file: "text/en/leg_cramps.ftl",
        from: "choice-pills = ",
        to: "choice-pils = ",
        at: "choice-pils",
        says: &["unused text", "choice-pils", "choice-pills"],
    },
    Planted {
        file: "causes.toml",
        from: "grade = \"B\"\nsources = [\"F53\", \"K\"]",
        to: "grade = \"B\"\nsources = []",
        at: "",
        says: &["source"],
    },
    Planted {
        file: "relief.toml",
        from: "sources = [\"F54\", \"K\"]",
        to: "sources = [\"F54\", \"F999\"]",
        at: "F999",
        says: &["unknown name", "F999"],
    },
    Planted {
        file: "screens.toml",
        from: "id = \"legs\"\nkind = \"pick_many\"\nrole = \"danger\"\ntier = \"GO_NOW\"",
        to: "id = \"legs\"\nkind = \"pick_many\"\nrole = \"danger\"\ntier = \"SAME_DAY\"",
        at: "",
        says: &["rising tier", "legs_body"],
    },
    Planted {
        file: "topics/leg_cramps.toml",
        from: "\"detail\", \"cramp_causes\"]",
        to: "\"detail\"]",
        at: "",
        says: &["unreachable", "cramp_causes"],
    },
    Planted {
        file: "text/en/leg_cramps.ftl",
        from: "choice-one_leg_bigger = One leg is bigger",
        to: "choice-one_leg_bigger = One leg is bigger than the other",
        at: "choice-one_leg_bigger",
        says: &["too long", "choice-one_leg_bigger", "24"],
    },
    Planted {
        file: "text/en/leg_cramps.ftl",
        from: "step-feet_up = Put your feet up on a pillow for 15 to 20 minutes in the evening.",
        to: "step-feet_up = Elevation of the lower extremities facilitates venous circulation considerably every evening.",
        at: "step-feet_up",
        says: &["hard to read", "step-feet_up", "grade"],
    },
    Planted {
        file: "relief.toml",
        from: "leaflet = true",
        to: "leflet = true",
        at: "leflet",
        says: &["unknown key", "leflet", "leaflet"],
    },
    Planted {
        file: "screens.toml",
        from: "sets = [\"shoots_below_knee\"]",
        to: "sets = []",
        at: "",
        says: &["changes nothing", "shoots_below_knee"],
    },
    Planted {
        file: "text/en/leg_cramps.ftl",
        from: "step-no_evening_caffeine = No tea",
        to: "step-no_evening_caffeine = You have restless legs. No tea",
        at: "You have restless",
        says: &["banned words", "you have"],
    },
    Planted {
        file: "text/en/leg_cramps.ftl",
        from: "step-no_evening_caffeine = No tea",
        to: "step-no_evening_caffeine = Eat kelp. No tea",
        at: "Eat kelp",
        says: &["withheld advice", "D1", "kelp"],
    },
    Planted {
        file: "red_flags.toml",
        from: "level = \"EMERGENCY\"",
        to: "level = \"URGENT\"",
        at: "URGENT",
        says: &["wrong value", "URGENT", "EMERGENCY"],
    },
];

/// The block of the report that holds the fault.
fn blocks(report: &str) -> Vec<&str> {
    report.split("\n\n").collect()
}

fn look_for(planted: &Planted, folder: &Folder, report: &str) -> Option<String> {
    let found = blocks(report).into_iter().find(|block| {
        planted
            .says
            .iter()
            .all(|words| block.to_lowercase().contains(&words.to_lowercase()))
    });
    let Some(block) = found else {
        return Some(format!("{:?} is not reported:\n{report}", planted.says));
    };
    let mut wrong = Vec::new();
    if !block.contains("mend: ") {
        wrong.push("how to mend it is missing");
    }
    if !planted.at.is_empty() {
        let text = fs::read_to_string(folder.path.join(planted.file)).unwrap();
        let start = text.find(planted.at).unwrap();
        let line = text[..start].matches('\n').count() + 1;
        let column = text[..start]
            .chars()
            .rev()
            .take_while(|letter| *letter != '\n')
            .count()
            + 1;
        // An expression is inside its quotes.
        let column = column + usize::from(planted.at.starts_with('"'));
        if !block.contains(&format!("{}:{line}:{column}: ", planted.file)) {
            wrong.push("the place is missing");
        }
        if !block.contains(&format!("{line} | ")) || !block.contains(planted.at) {
            wrong.push("the line itself is missing");
        }
        if !block.contains("^") {
            wrong.push("the mark below the line is missing");
        }
    }
    (!wrong.is_empty()).then(|| format!("{}:\n{block}", wrong.join(", ")))
}

#[test]
fn each_planted_fault_is_told_with_its_place_and_its_cure() {
    let mut wrong = Vec::new();
    for planted in PLANTED {
        let folder = Folder::new();
        folder.plant(planted.file, planted.from, planted.to);
        let (report, code) = folder.check();
        if code != Some(1) {
            wrong.push(format!("exit code {code:?} for {:?}", planted.says));
        }
        wrong.extend(look_for(planted, &folder, &report));
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn several_faults_are_all_told_in_one_run() {
    // What does not parse hides what is wrong in meaning, so these are of one kind of check each.
    let folder = Folder::new();
    let together: Vec<&Planted> = PLANTED
        .iter()
        .filter(|planted| planted.file.ends_with(".ftl") || planted.says[0] == "rising tier")
        .collect();
    let mut planted_texts = Vec::new();
    for planted in &together {
        // two of them change the same words
        if planted_texts.contains(&planted.from) {
            continue;
        }
        planted_texts.push(planted.from);
        folder.plant(planted.file, planted.from, planted.to);
    }
    assert!(planted_texts.len() >= 6);
    let (report, code) = folder.check();
    assert_eq!(code, Some(1));
    let wrong: Vec<String> = together
        .iter()
        .filter(|planted| {
            fs::read_to_string(folder.path.join(planted.file))
                .unwrap()
                .contains(planted.to)
        })
        .filter_map(|planted| look_for(planted, &folder, &report))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let last = report.trim_end().lines().last().unwrap();
    assert!(last.ends_with("faults"), "{last}");
}

#[test]
fn the_program_does_not_start_on_a_fault() {
    let folder = Folder::new();
    folder.plant(
        "red_flags.toml",
        "when = \"coughing_blood |",
        "when = \"coughing_blod |",
    );
    let path = folder.path.to_str().unwrap();
    for arguments in [["assess", "--dialogues", path], ["chat", "--dialogues", path]] {
        let output = run(&arguments, b"{}\n");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(
            told.contains("coughing_blod") && told.contains("red_flags.toml:"),
            "{told}"
        );
    }
}

#[test]
fn the_shipped_folder_and_the_built_in_content_pass() {
    let folder = Folder::new();
    let (report, code) = folder.check();
    assert_eq!(code, Some(0), "{report}");
    assert_eq!(run(&["check", "--every", "40"], b"").status.code(), Some(0));
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let output = run(&["check", "/no/such/folder"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(!output.stdout.is_empty());
}
