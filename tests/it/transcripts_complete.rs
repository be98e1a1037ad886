//! Nothing of the content is without a transcript: every rule on every topic where buttons reach it, every cause and
//! every step on each of its topics, every suppressor beside a transcript that shows the step it takes away, the calm
//! path of every stage, both ways across a hand-over, and every command.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use nightease::content::{
    FindingId, FindingKind, Level, ScreenRole, Step, Suppressor, TopicId, Value, stage,
};
use nightease::triage::{Assessment, Known, screens};

use crate::paths::walks;
use crate::shared::content;
use crate::transcripts::{Transcript, all, play};

/// Rules that no button reaches, with the reason. `assess_rules.rs` holds a case of each.
pub const ONLY_TOLD: [(&str, &str); 15] = [
    (
        "R01",
        "the button of the first list stands for five signs and has the row E1, at the same level",
    ),
    ("R02?", "not sure about that button is R01?, at the same level"),
    (
        "R06",
        "a need to push is part of Bad belly pain or push, which is R05, at the same level",
    ),
    ("R06?", "not sure about that button is R05?, at the same level"),
    (
        "R21",
        "pain in one groin or thigh that stays, or with swelling, is part of the buttons of R20, at the same level",
    ),
    ("R21?", "not sure about those buttons is R20?, at the same level"),
    (
        "E10",
        "on back pain a hard cord is part of One leg swollen or hot, which is R20, at the same level",
    ),
    (
        "R33",
        "waves from side to groin are part of the button of waves, which is E3, at the same level",
    ),
    (
        "R33?",
        "not sure about that button is R24? or R24-timing?, higher or at the same level",
    ),
    (
        "E9",
        "pain down both legs is part of Weak leg, which is R53, at the same level",
    ),
    ("E9?", "not sure about that button is R53?, at the same level"),
    (
        "R55",
        "how long it lasts is not asked: pain that is always there is E2, at the same level",
    ),
    (
        "R57",
        "a leg that cannot bear weight is part of Weak leg, which is R53, at the same level",
    ),
    ("R57?", "not sure about that button is R53?, at the same level"),
    ("N4", "how long it lasts is not asked, only told"),
];

/// Suppressors that no button reaches on a topic whose steps they can take away, with the reason.
const NOT_BY_A_BUTTON: [(&str, &str, &str); 1] = [(
    "back_pain_after_birth",
    "S_BLEED",
    "heavy bleeding is answered on the first list, before the stage tells which topic it is",
)];

/// One transcript, played.
struct Run {
    transcript: Transcript,
    expected: Vec<(String, String)>,
    /// The topic after each line, as long as there is one.
    topics: Vec<Option<TopicId>>,
    known: Option<Known>,
}

impl Run {
    fn expects(&self, key: &str, value: &str) -> bool {
        self.expected
            .iter()
            .any(|(known, it)| known == key && it == value)
    }

    fn on(&self, topic: &TopicId) -> bool {
        self.known.as_ref().is_some_and(|known| known.topic == *topic)
    }

    fn found(&self) -> Option<Assessment<'static>> {
        self.known
            .as_ref()
            .map(|known| screens::outcome(content(), known))
    }

    /// Was it told, by itself or by a sign that stands for it?
    fn told(&self, finding: FindingId) -> bool {
        let Some(known) = &self.known else { return false };
        let said = |id| known.record.said(id).is_some_and(|value| value > Value::No);
        let stands_for = |id, kind: &FindingKind| match kind {
            FindingKind::Sign(sign) => {
                let conditional = sign.conditional.iter().map(|(member, _)| member);
                sign.members
                    .iter()
                    .chain(conditional)
                    .any(|member| member.finding == finding)
                    && said(id)
            }
            _ => false,
        };
        said(finding) || content().findings.iter().any(|(id, it)| stands_for(id, &it.kind))
    }
}

fn runs() -> &'static [Run] {
    static RUNS: OnceLock<Vec<Run>> = OnceLock::new();
    RUNS.get_or_init(|| {
        let content = content();
        let run = |transcript: Transcript| {
            let played = play(content, &transcript);
            let known = |session: &nightease::conversation::Session| session.known(content);
            let topics = played.sessions.iter().map(|session| {
                let known = session.as_ref().and_then(known);
                known.map(|known| known.topic)
            });
            Run {
                expected: transcript.expectations(),
                topics: topics.collect(),
                known: played.session().and_then(known),
                transcript,
            }
        };
        all().into_iter().map(run).collect()
    })
}

fn none_missing(missing: BTreeSet<String>) {
    let missing: Vec<String> = missing.into_iter().collect();
    assert!(
        missing.is_empty(),
        "no transcript shows {}:\n{}",
        missing.len(),
        missing.join("\n")
    );
}

#[test]
fn every_rule_has_a_transcript_on_every_topic_where_a_button_reaches_it() {
    let content = content();
    let mut missing = BTreeSet::new();
    let shows = |run: &Run, rule: &str| run.expects("rule", rule) || run.expects("decides", rule);
    let rows = content.red_flags.iter().flat_map(|flag| &flag.rows);
    for rule in rows.map(|row| row.rule.as_str()) {
        let only_told = ONLY_TOLD.iter().any(|(known, _)| *known == rule);
        if runs().iter().any(|run| shows(run, rule)) == only_told {
            missing.insert(format!("{rule}, only told: {only_told}"));
        }
    }
    // A topic without a button of its own is walked from the one that hands over to it.
    let begins = |topic: &str| {
        content
            .topics
            .iter()
            .any(|it| it.id.as_str() == topic && it.place.is_some())
    };
    let walked = walks().iter().filter(|(topic, ..)| begins(topic));
    let decided: BTreeSet<(String, String)> = walked
        .flat_map(|(_, _, walk)| walk.decided.iter().cloned())
        .collect();
    assert!(decided.len() > 200, "the walks met only {}", decided.len());
    for (topic, rule) in decided {
        let topic = TopicId::from(topic.as_str());
        let mut here = runs().iter().filter(|run| run.on(&topic));
        if !here.any(|run| shows(run, &rule)) {
            missing.insert(format!("{rule} on {topic}"));
        }
    }
    none_missing(missing);
}

#[test]
fn every_cause_and_every_step_has_a_transcript_on_each_of_its_topics() {
    let content = content();
    let has = |topic: &TopicId, key: &str, value: &str| {
        let mut here = runs().iter().filter(|run| run.on(topic));
        here.any(|run| run.expects(key, value))
    };
    let mut missing = BTreeSet::new();
    let shown = content
        .causes
        .iter()
        .filter(|cause| !cause.red_flag && cause.never_shown.is_none());
    for cause in shown {
        if !has(&cause.topic, "cause", cause.id.as_str()) {
            missing.insert(format!("cause={} on {}", cause.id, cause.topic));
        }
    }
    for step in &content.steps {
        for topic in &step.topics {
            if !has(topic, "step", step.id.as_str()) {
                missing.insert(format!("step={} on {topic}", step.id));
            }
        }
    }
    none_missing(missing);
}

/// Does this transcript show that the suppressor takes the step away, because of something she told?
fn takes_away(run: &Run, suppressor: &Suppressor, step: &Step) -> bool {
    let id = step.id.as_str();
    if !(run.expects("withheld", id) && run.expects("no_step", id)) {
        return false;
    }
    let (Some(known), Some(found)) = (&run.known, run.found()) else {
        return false;
    };
    let at = known.stage_or_unknown();
    let lines = suppressor
        .lines
        .iter()
        .filter(|line| stage::may_hold(&line.stage, at));
    let told = lines
        .flat_map(|line| &line.any_of)
        .any(|literal| run.told(literal.finding));
    told && found.withheld.iter().any(|(withheld, _)| *withheld == &step.id)
}

#[test]
fn every_suppressor_takes_a_step_away_that_a_sibling_shows() {
    let content = content();
    let mut missing = BTreeSet::new();
    for suppressor in &content.suppressors {
        for topic in &content.topics {
            let steps: Vec<&Step> = content
                .steps
                .iter()
                .filter(|step| step.topics.contains(&topic.id) && step.suppressors.contains(&suppressor.id))
                .collect();
            let here: Vec<&Run> = runs().iter().filter(|run| run.on(&topic.id)).collect();
            let shown = steps.iter().any(|step| {
                here.iter().any(|run| takes_away(run, suppressor, step))
                    && here.iter().any(|run| run.expects("step", step.id.as_str()))
            });
            let beyond = NOT_BY_A_BUTTON
                .iter()
                .any(|(known, code, _)| *known == topic.id.as_str() && *code == suppressor.id.as_str());
            if !steps.is_empty() && shown == beyond {
                missing.insert(format!(
                    "{} on {}, beyond buttons: {beyond}",
                    suppressor.id, topic.id
                ));
            }
        }
    }
    none_missing(missing);
}

#[test]
fn every_stage_of_every_topic_has_its_calm_path() {
    let content = content();
    let mut missing = BTreeSet::new();
    let stages: Vec<_> = content
        .screens
        .iter()
        .filter(|screen| screen.role == ScreenRole::Stage)
        .flat_map(|screen| &screen.choices)
        .filter_map(|choice| choice.gives_stage.map(|at| (&choice.id, at)))
        .filter(|(_, at)| at.phase != nightease::content::Phase::Neither)
        .collect();
    // A topic with a floor is never calm.
    for topic in content
        .topics
        .iter()
        .filter(|topic| topic.place.is_some() && topic.floor.is_none())
    {
        for (name, at) in &stages {
            let calm = |run: &Run| {
                let known = run.known.as_ref().filter(|known| known.stage == Some(*at));
                let hers = known.is_some_and(|known| {
                    let over = topic.hands_over.as_ref().map(|over| &over.to);
                    known.topic == topic.id || over == Some(&known.topic)
                });
                hers && known.is_some_and(|known| known.level(content) < Level::SameDay)
                    && run.expects("level", "SELF_CARE")
            };
            if !runs().iter().any(calm) {
                missing.insert(format!("{} at {name}", topic.id));
            }
        }
    }
    none_missing(missing);
}

/// She names the stage, is handed over, goes back and comes out where she was.
#[test]
fn a_hand_over_is_crossed_in_both_directions() {
    let mut missing = BTreeSet::new();
    for topic in content().topics.iter().filter(|topic| topic.hands_over.is_some()) {
        let to = &topic.hands_over.as_ref().unwrap().to;
        let there = |pair: &[Option<TopicId>]| pair == [Some(topic.id.clone()), Some(to.clone())];
        let back = |pair: &[Option<TopicId>]| pair == [Some(to.clone()), Some(topic.id.clone())];
        for ends in [&topic.id, to] {
            let crossed = runs().iter().any(|run| {
                let by_back = run
                    .transcript
                    .lines
                    .iter()
                    .any(|line| line == "Back" || line == "/back");
                by_back && run.topics.windows(2).any(there) && run.topics.windows(2).any(back) && run.on(ends)
            });
            if !crossed {
                missing.insert(format!("{} and back, ending on {ends}", topic.id));
            }
        }
    }
    none_missing(missing);
}

#[test]
fn every_command_has_a_transcript() {
    let leaflets = content()
        .topics
        .iter()
        .filter_map(|topic| topic.leaflet_command.as_ref());
    let mut commands: BTreeSet<String> = leaflets.map(|name| format!("/{name}")).collect();
    assert!(commands.contains("/tips_back") && commands.contains("/tips_after_birth"));
    commands.extend(
        [
            "/start", "/help", "/tips", "/urgent", "/back", "/restart", "/why", "/cancel", "/privacy",
            "/forget", "/about",
        ]
        .map(str::to_owned),
    );
    commands.retain(|command| {
        let mut lines = runs().iter().flat_map(|run| &run.transcript.lines);
        !lines.any(|line| line == command)
    });
    none_missing(commands);
}
