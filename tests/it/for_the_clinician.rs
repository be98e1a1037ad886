//! `docs/for_the_clinician.md` is what a clinician signs by, so it must be true: each rule of the project's own stands
//! in it with its levels, nothing is named that does not exist, and the lists that she is asked are those of the content.
//! `NIGHTEASE_BLESS=1 cargo test for_the_clinician` writes the lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use nightease::content::{
    Argument, ChoiceId, Content, LanguageId, Level, Phase, Screen, ScreenRole, Stage, Topic,
};
use nightease::triage::Known;

use crate::shared::{content, stages};

const BEGIN: &str = "<!-- asked: begin -->\n";
const END: &str = "<!-- asked: end -->";
/// Shown the same at every stage.
const ALWAYS: &str = "always";

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/for_the_clinician.md")
}

fn page() -> String {
    fs::read_to_string(file()).unwrap()
}

/// The levels of every rule, by name; the floor of a topic is a rule too.
fn rules(content: &Content) -> BTreeMap<String, BTreeSet<Level>> {
    let mut rules: BTreeMap<String, BTreeSet<Level>> = BTreeMap::new();
    let rows = content.red_flags.iter().flat_map(|flag| &flag.rows);
    for (rule, level) in rows.map(|row| (&row.rule, row.level)).chain(
        content
            .topics
            .iter()
            .filter_map(|topic| topic.floor.as_ref())
            .map(|(level, rule)| (rule, *level)),
    ) {
        rules.entry(rule.to_string()).or_default().insert(level);
    }
    rules
}

/// Words of a letter and digits, such as `R22` or `E6`.
fn codes(text: &str, letter: char) -> BTreeSet<String> {
    let words = text.split(|sign: char| !(sign.is_alphanumeric() || sign == '_'));
    words
        .filter(|word| {
            word.strip_prefix(letter)
                .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|sign| sign.is_ascii_digit()))
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn each_rule_of_the_projects_own_stands_there_with_its_levels() {
    let (page, rules) = (page(), rules(content()));
    let own: Vec<&String> = rules
        .keys()
        .filter(|rule| rule.starts_with(['E', 'N']) && !rule.ends_with('?'))
        .collect();
    assert!(own.len() >= 21, "{own:?}");
    for rule in own {
        let level = rules[rule]
            .iter()
            .map(|level| level.word())
            .collect::<Vec<_>>()
            .join(" or ");
        let unsure = rules.get(&format!("{rule}?"));
        let unsure = unsure.map_or(String::new(), |levels| {
            let words: Vec<&str> = levels.iter().map(|level| level.word()).collect();
            format!(", not sure {}", words.join(" or "))
        });
        let heading = format!("### {rule}: {level}{unsure}");
        let section = page
            .split_once(&format!("{heading}\n"))
            .unwrap_or_else(|| panic!("docs/for_the_clinician.md has no section \"{heading}\""));
        let section = section.1.split("\n#").next().unwrap();
        for part in ["What it does.", "What the source says.", "Why.", "Question."] {
            assert!(
                section.contains(&format!("**{part}**")),
                "{rule}: {part} is missing"
            );
        }
    }
}

#[test]
fn nothing_is_named_that_does_not_exist() {
    let (page, content) = (page(), content());
    let known = rules(content);
    let flags = content.red_flags.iter().map(|flag| flag.id.to_string());
    let named: BTreeSet<String> = known.keys().cloned().chain(flags).collect();
    for letter in ['E', 'N', 'R'] {
        for rule in codes(&page, letter) {
            assert!(named.contains(&rule), "rule {rule} is named and does not exist");
        }
    }
    for source in codes(&page, 'F') {
        let exists = content.sources.iter().any(|known| known.id.as_str() == source);
        assert!(exists, "source {source} is named and does not exist");
    }
    let suppressors = page.split(|sign: char| !(sign.is_alphanumeric() || sign == '_'));
    for suppressor in suppressors.filter(|word| word.starts_with("S_")) {
        let exists = content
            .suppressors
            .iter()
            .any(|known| known.id.as_str() == suppressor);
        assert!(exists, "{suppressor} is named and does not exist");
    }
}

#[test]
fn each_topic_has_a_page_to_sign_that_nobody_has_signed() {
    let page = page();
    let (_, pages) = page.split_once("## Pages to sign").unwrap();
    for topic in &content().topics {
        let mark = format!("(`{}`)\n", topic.id);
        let (_, rest) = pages
            .split_once(&mark)
            .unwrap_or_else(|| panic!("no page to sign for {}", topic.id));
        let sheet = rest.split("\n###").next().unwrap();
        for line in ["| Name and profession | |", "| Date | |", "| Digest | |"] {
            assert!(sheet.contains(line), "{}: {line}", topic.id);
        }
    }
}

#[test]
fn the_lists_she_is_asked_are_those_of_the_content() {
    let page = page();
    let (before, rest) = page.split_once(BEGIN).expect("the mark of the lists is missing");
    let (shown, after) = rest.split_once(END).expect("the end of the lists is missing");
    let asked = asked(content());
    if std::env::var_os("NIGHTEASE_BLESS").is_some() {
        fs::write(file(), format!("{before}{BEGIN}{asked}{END}{after}")).unwrap();
        return;
    }
    assert!(
        shown == asked,
        "the lists in docs/for_the_clinician.md are not those of the content: NIGHTEASE_BLESS=1 cargo test for_the_clinician"
    );
}

/// The lists of all topics, stage by stage, as Markdown.
fn asked(content: &Content) -> String {
    let mut text = String::new();
    let mut topics: Vec<&Topic> = content.topics.iter().collect();
    topics.sort_by_key(|topic| topic.place.unwrap_or(u8::MAX));
    for topic in topics {
        let title = word(
            content,
            &format!("topic-{}", topic.id),
            "tips",
            topic,
            Stage::UNKNOWN,
        );
        write!(text, "\n### {title}: `topics/{}.toml`\n", topic.id).unwrap();
        for screen in topic.flow.iter().filter_map(|id| content.screen(id)) {
            if !matches!(
                screen.role,
                ScreenRole::Danger | ScreenRole::Branch | ScreenRole::Causes
            ) {
                continue;
            }
            write!(text, "\n`{}`\n\n", screen.id).unwrap();
            for (whom, labels) in lists(content, topic, screen) {
                writeln!(text, "- {whom}: {}.", labels.join(" · ")).unwrap();
            }
        }
    }
    text.push('\n');
    text
}

/// The lists of a screen: for whom, and the buttons. A list that follows a kind stands under its kind.
fn lists(content: &Content, topic: &Topic, screen: &Screen) -> Vec<(String, Vec<String>)> {
    let kinds = screen.choices.iter().flat_map(|choice| &choice.only_after);
    let kinds: BTreeSet<&ChoiceId> = kinds.collect();
    if kinds.is_empty() {
        return for_kind(content, topic, screen, None);
    }
    let of_kind = |kind: &ChoiceId| {
        let name = word(content, &format!("choice-{kind}"), "", topic, Stage::UNKNOWN);
        let lists = for_kind(content, topic, screen, Some(kind)).into_iter();
        lists
            .map(|(whom, labels)| match whom.as_str() {
                ALWAYS => (format!("*{name}*"), labels),
                _ => (format!("*{name}*, {whom}"), labels),
            })
            .collect::<Vec<_>>()
    };
    kinds.into_iter().flat_map(of_kind).collect()
}

/// The lists of a screen, and the stages that are shown just these buttons.
fn for_kind(
    content: &Content,
    topic: &Topic,
    screen: &Screen,
    kind: Option<&ChoiceId>,
) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for (name, stage) in stages_of(content, topic) {
        let mut known = Known::new(content, &topic.id, false);
        known.stage = Some(stage);
        known.pressed.extend(kind.cloned());
        if kind.is_some_and(|kind| !is_offered(content, &known, kind)) {
            continue;
        }
        let shown = known.shown(content, screen, false).into_iter();
        let labels: Vec<String> = shown
            .map(|choice| word(content, &format!("choice-{}", choice.id), "", topic, stage))
            .collect();
        match groups.iter_mut().find(|(known, _)| *known == labels) {
            Some((_, names)) => names.push(name),
            None => groups.push((labels, vec![name])),
        }
    }
    let one = groups.len() == 1;
    let named = groups.into_iter();
    named
        .map(|(labels, names)| {
            let whom = if one { ALWAYS.to_owned() } else { names.join(", ") };
            (whom, labels)
        })
        .collect()
}

/// Is the kind itself among the buttons at this stage?
fn is_offered(content: &Content, known: &Known, kind: &ChoiceId) -> bool {
    let mut choices = content.screens.iter().flat_map(|screen| &screen.choices);
    choices.any(|choice| choice.id == *kind && known.shows(content, choice))
}

/// The stages at which a topic is asked, with their names.
fn stages_of(content: &Content, topic: &Topic) -> Vec<(String, Stage)> {
    let handed = content.topics.iter().filter_map(|from| from.hands_over.as_ref());
    let handed: Vec<_> = handed.filter(|over| over.to == topic.id).collect();
    let mut all: Vec<(String, Stage)> = stages()
        .into_iter()
        .filter(|(_, stage)| stage.phase != Phase::Neither)
        .map(|(id, stage)| (word(content, &format!("choice-{id}"), "", topic, stage), stage))
        .collect();
    all.push(("not sure which".to_owned(), Stage::UNKNOWN));
    all.retain(|(_, stage)| {
        let goes_on = topic.hands_over.as_ref();
        let leaves = goes_on.is_some_and(|over| over.stage.iter().any(|window| window.shows(*stage)));
        let comes = handed.is_empty()
            || handed
                .iter()
                .any(|over| over.stage.iter().any(|window| window.shows(*stage)));
        !leaves && comes
    });
    all
}

fn word(content: &Content, key: &str, attribute: &str, topic: &Topic, stage: Stage) -> String {
    let phase = if stage.phase == Phase::AfterBirth {
        "after_birth"
    } else {
        "pregnant"
    };
    let argument = |text: &str| Argument::Word(text.to_owned());
    let arguments = [
        ("topic", argument(topic.id.as_str())),
        ("phase", argument(phase)),
        ("loss", argument("no")),
    ];
    let key = if attribute.is_empty() {
        key.to_owned()
    } else {
        format!("{key}.{attribute}")
    };
    content.texts.get(&LanguageId::from("en"), &key, &arguments)
}
