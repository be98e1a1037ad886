//! Every conversation of the shipped content, by walking all answers to all screens: how long it gets, how soon an
//! emergency is answered, and every message she can meet on the way.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::OnceLock;

use crate::shared::{around, content};
use nightease::content::{
    ChoiceId, Content, LanguageId, Level, Outcome, Phase, ScreenId, ScreenKind, ScreenRole, Stage, TopicId,
};
use nightease::conversation::session::Session;
use nightease::conversation::wording::Words;
use nightease::conversation::{Reply, Surroundings, answer_view, screen_view};
use nightease::triage::{Answer, Asked, Assessment, Known, MOST_SCREENS, Next, Pressed, screens};

/// What a walk over all conversations of a topic found.
#[derive(Default)]
pub struct Walk {
    pub states: usize,
    pub longest: usize,
    pub questions: BTreeMap<String, Reply>,
    pub answers: BTreeMap<String, Vec<Reply>>,
    pub endings: BTreeSet<(String, usize)>,
    pub straight: BTreeMap<String, usize>,
    pub causes: BTreeSet<String>,
    pub steps: BTreeSet<String>,
    pub rules: BTreeSet<String>,
    /// Topic and rule, where the rule decided an answer.
    pub decided: BTreeSet<(String, String)>,
    pub choices: BTreeSet<(String, String)>,
}

/// The walks of all topics, made once: with the topic's name, and whether the pregnancy ended.
pub fn walks() -> &'static [(String, bool, Walk)] {
    static WALKS: OnceLock<Vec<(String, bool, Walk)>> = OnceLock::new();
    WALKS.get_or_init(|| {
        let content = content();
        let both = content
            .topics
            .iter()
            .flat_map(|topic| [(topic, false), (topic, true)]);
        both.map(|(topic, ended)| {
            (
                topic.id.to_string(),
                ended,
                walk_anew(content, topic.id.as_str(), ended),
            )
        })
        .collect()
    })
}

/// Two histories that know the same and have answered the same screens behave alike from here on.
type Seen = HashSet<(Known, Vec<(ScreenId, bool)>)>;

fn walk_anew(content: &Content, topic: &str, ended: bool) -> Walk {
    let mut walk = Walk::default();
    let known = Known::new(content, &TopicId::from(topic), ended);
    let mut seen = HashSet::new();
    go(content, &known, &mut Vec::new(), &mut seen, &mut walk);
    walk
}

fn go(content: &Content, known: &Known, answers: &mut Vec<Answer>, seen: &mut Seen, walk: &mut Walk) {
    let answered = answers
        .iter()
        .map(|answer| (answer.screen.clone(), answer.check))
        .collect();
    if !seen.insert((known.clone(), answered)) {
        return;
    }
    walk.states += 1;
    walk.longest = walk.longest.max(known.screens);
    match screens::next(content, known, answers) {
        Next::Answer(found) => end(content, known, answers, &found, walk),
        Next::Ask(asked) => {
            look(content, known, answers, &asked, walk);
            for answer in all_answers(&asked) {
                let mut then = known.clone();
                then.add(content, &answer);
                answers.push(answer);
                go(content, &then, answers, seen, walk);
                answers.pop();
            }
        }
    }
}

/// Every way to answer a screen: each button or each set of ticks, none, not sure.
fn all_answers(asked: &Asked<'_>) -> Vec<Answer> {
    let answer = |pressed, chosen| Answer {
        screen: asked.screen.id.clone(),
        check: asked.check,
        pressed,
        chosen,
        words: None,
    };
    let mut all = vec![answer(Pressed::NotSure, Vec::new())];
    let ids: Vec<ChoiceId> = asked.choices.iter().map(|choice| choice.id.clone()).collect();
    match asked.screen.kind {
        ScreenKind::PickOne => all.extend(ids.iter().map(|id| answer(Pressed::Chosen, vec![id.clone()]))),
        ScreenKind::PickMany => {
            // Each tick alone, and all at once; what two do together is a matter of the rules, and tested there.
            all.extend(ids.iter().map(|id| answer(Pressed::Chosen, vec![id.clone()])));
            all.extend(ids.first().map(|id| answer(Pressed::NotSure, vec![id.clone()])));
            all.push(answer(Pressed::Chosen, ids));
        }
    }
    match asked.screen.role {
        ScreenRole::Stage => {}
        ScreenRole::Causes => all.push(answer(Pressed::Skipped, Vec::new())),
        _ => all.push(answer(Pressed::None, Vec::new())),
    }
    all
}

fn session(known: &Known, answers: &[Answer]) -> Session {
    let mut session = Session::new(LanguageId::from("en"), around().now);
    session.topic = Some(known.topic.clone());
    session.answers = answers.to_vec();
    session.ended = known.ended;
    session
}

fn words<'a>(
    content: &'a Content,
    known: &'a Known,
    language: &'a LanguageId,
    around: &'a Surroundings,
) -> Words<'a> {
    Words {
        content,
        language,
        topic: Some(known.topic.clone()),
        stage: known.stage_or_unknown(),
        ended: known.ended,
        country: around.country.as_deref(),
        around,
    }
}

fn look(content: &Content, known: &Known, answers: &[Answer], asked: &Asked<'_>, walk: &mut Walk) {
    let (language, around) = (LanguageId::from("en"), around());
    let mut session = session(known, answers);
    let words = words(content, known, &language, &around);
    for choice in &asked.choices {
        walk.choices
            .insert((asked.screen.id.to_string(), choice.id.to_string()));
    }
    if asked.screen.kind == ScreenKind::PickMany {
        session.ticks = asked.choices.iter().map(|choice| choice.id.clone()).collect();
    }
    let reply = screen_view::question(&words, &session, known, asked);
    walk.questions.entry(reply.text.words()).or_insert(reply);
}

fn end(content: &Content, known: &Known, answers: &[Answer], found: &Assessment<'_>, walk: &mut Walk) {
    let (language, around) = (LanguageId::from("en"), around());
    let session = session(known, answers);
    let words = words(content, known, &language, &around);
    walk.endings
        .insert((found.outcome.word().to_owned(), known.screens));
    walk.causes
        .extend(found.causes.iter().map(|scored| scored.cause.id.to_string()));
    walk.steps
        .extend(found.steps.iter().map(|step| step.id.to_string()));
    walk.rules
        .extend(found.rules().iter().map(|rule| rule.to_string()));
    // A row for "not sure" holds on a yes too; then it is the row of the yes that decided.
    let deciding: Vec<&str> = found
        .deciding()
        .map(|fired| &fired.row.rule)
        .chain(found.floor)
        .map(|rule| rule.as_str())
        .collect();
    let by_itself = |rule: &&&str| {
        let plain = rule.strip_suffix('?');
        plain.is_none_or(|plain| !deciding.contains(&plain))
    };
    for rule in deciding.iter().filter(by_itself) {
        walk.decided.insert((known.topic.to_string(), (*rule).to_owned()));
    }
    let no_trouble = answers.iter().all(|answer| answer.pressed != Pressed::NotSure)
        && matches!(found.outcome, Outcome::Level(level) if level < Level::SameDay);
    if let (true, Some(stage)) = (no_trouble, known.stage) {
        let longest = walk.straight.entry(format!("{stage:?}")).or_default();
        *longest = known.screens.max(*longest);
    }
    let replies = answer_view::answer(&words, &session, known, found);
    let text = replies
        .iter()
        .map(|reply| reply.text.words())
        .collect::<Vec<_>>()
        .join("\n\n");
    walk.answers.entry(text).or_insert(replies);
}

#[test]
fn no_conversation_is_longer_than_seven_screens_and_a_calm_one_is_five_or_six() {
    for (topic, ended, walk) in walks() {
        println!(
            "{topic} ended={ended}: {} states, longest {}",
            walk.states, walk.longest
        );
        assert!(
            walk.longest <= MOST_SCREENS,
            "{topic} takes {} screens",
            walk.longest
        );
        // Back pain asks for waves alone, and a tick that needs a follow-up adds a screen.
        let most = match topic.as_str() {
            "back_pain_in_pregnancy" => 7,
            "back_pain_after_birth" => 6,
            _ => 5,
        };
        for (stage, screens) in &walk.straight {
            assert!(
                *screens <= most,
                "{topic}: a calm path takes {screens} screens at {stage}"
            );
        }
    }
}

#[test]
fn each_sign_of_the_first_list_is_answered_by_its_own_tap() {
    let content = content();
    for topic in &content.topics {
        let known = Known::new(content, &topic.id, false);
        let Next::Ask(asked) = screens::next(content, &known, &[]) else {
            panic!("{} asks nothing", topic.id)
        };
        assert_eq!(asked.screen.tier, Some(Level::Emergency));
        assert_eq!(asked.choices.len(), 6, "{}", topic.id);
        for choice in &asked.choices {
            let answer = Answer {
                screen: asked.screen.id.clone(),
                check: false,
                pressed: Pressed::Chosen,
                chosen: vec![choice.id.clone()],
                words: None,
            };
            let mut then = known.clone();
            then.add(content, &answer);
            let Next::Answer(found) = screens::next(content, &then, &[answer]) else {
                panic!("{}", choice.id)
            };
            assert_eq!(found.outcome, Outcome::Level(Level::Emergency), "{}", choice.id);
        }
    }
}

#[test]
fn p10_p11_every_message_she_can_meet_fits_and_every_label_too() {
    let mut wrong = Vec::new();
    for (_, _, walk) in walks() {
        for reply in walk.questions.values().chain(walk.answers.values().flatten()) {
            let text = reply.text.words();
            if text.chars().count() > 600 {
                wrong.push(format!("{} characters: {text}", text.chars().count()));
            }
            if text.contains("[") || text.contains("{") {
                wrong.push(format!("a text is missing: {text}"));
            }
            for button in reply.rows.iter().flatten() {
                if button.label.trim_start_matches("✓ ").chars().count() > 24 {
                    wrong.push(format!("label: {}", button.label));
                }
                if let nightease::conversation::Press::Tap { token, .. } = &button.press {
                    assert!(token.len() <= 64, "{token}");
                }
            }
        }
        for replies in walk.answers.values() {
            if replies.is_empty() || replies.len() > 3 {
                wrong.push(format!("{} messages: {}", replies.len(), replies[0].text.words()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_list_holds_six_buttons_at_most() {
    for (_, _, walk) in walks() {
        for reply in walk.questions.values() {
            let asks_stage = reply
                .screen
                .as_ref()
                .is_some_and(|screen| screen.as_str() == "stage");
            let choices = reply.rows.iter().flatten().filter(|button| {
                matches!(&button.press, nightease::conversation::Press::Tap { token, .. } if token.contains(".c:"))
            });
            let choices = choices.count();
            // Where the stage was not said, the kinds of both stages stand side by side.
            let kinds = reply
                .screen
                .as_ref()
                .is_some_and(|screen| screen.as_str() == "wrong_kind");
            let most = if kinds { 7 } else { 6 };
            assert!(
                asks_stage || choices <= most,
                "{choices} buttons: {}",
                reply.text.words()
            );
        }
    }
}

#[test]
fn every_button_rule_cause_and_step_is_reached() {
    let content = content();
    let mut choices = BTreeSet::new();
    let mut causes = BTreeSet::new();
    for (_, _, walk) in walks() {
        choices.extend(walk.choices.iter().map(|(_, choice)| choice.clone()));
        causes.extend(walk.causes.iter().cloned());
    }
    for screen in content
        .screens
        .iter()
        .filter(|screen| screen.role != ScreenRole::Fit)
    {
        for choice in &screen.choices {
            assert!(
                choices.contains(choice.id.as_str()),
                "{} is never shown",
                choice.id
            );
        }
    }
    assert!(causes.len() >= 5, "{causes:?}");
}

#[test]
fn a_week_not_known_is_never_below_any_week() {
    let content = content();
    for (finding, _) in content.findings.iter() {
        let mut record = nightease::triage::Record::new(&content.findings);
        record.learn(&content.findings, finding, nightease::content::Value::Yes);
        for topic in &content.topics {
            let level = |stage| {
                let case = nightease::triage::Case {
                    topic: Some(topic.id.clone()),
                    stage,
                    record: record.clone(),
                };
                nightease::triage::assess(content, &case).outcome.level().unwrap()
            };
            let days = |lo, hi| nightease::content::Days::new(lo, hi).unwrap();
            let unknown_week = level(Stage {
                phase: Phase::Pregnant,
                days: days(0, 300),
            });
            for day in (0..300).step_by(7) {
                let week = level(Stage {
                    phase: Phase::Pregnant,
                    days: days(day, day),
                });
                assert!(week <= unknown_week && unknown_week <= level(Stage::UNKNOWN));
            }
            for day in (0..182).step_by(7) {
                let after = level(Stage {
                    phase: Phase::AfterBirth,
                    days: days(day, day),
                });
                assert!(
                    after <= level(Stage::UNKNOWN),
                    "{}",
                    content.findings.name(finding)
                );
            }
        }
    }
}
