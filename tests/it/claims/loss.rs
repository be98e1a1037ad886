//! After a loss.

use std::collections::BTreeSet;

use nightease::content::{ChoiceId, LanguageId, ScreenRole};
use nightease::conversation::wording::Words;
use nightease::conversation::{Session, answer_view, screen_view};
use nightease::triage::{Answer, Asked, Assessment, Known, Next, Pressed, screens};

use crate::shared::{around, content};

/// After a loss no screen and no answer says *baby* or *your pregnancy*: on every way with at most two answers other
/// than *None of these*.
#[test]
fn after_a_loss_nothing_assumes_that_the_pregnancy_goes_on() {
    let mut seen = BTreeSet::new();
    for topic in &content().topics {
        meet(
            &Known::new(content(), &topic.id, true),
            &mut Vec::new(),
            2,
            &mut seen,
        );
    }
    assert!(seen.len() > 100, "{} texts", seen.len());
    for text in seen {
        let lower = text.to_lowercase();
        let out_of_scope = lower.contains("i am made for pregnancy");
        for word in [
            "baby",
            "your pregnancy",
            "kick",
            "movement",
            "this birth",
            "the birth",
            "feed",
            "breast",
            "newborn",
            "my child",
        ] {
            assert!(out_of_scope || !lower.contains(word), "{word}: {text}");
        }
    }
}

/// Gathers what she reads from here on.
fn meet(known: &Known, answers: &mut Vec<Answer>, other_answers: usize, seen: &mut BTreeSet<String>) {
    let (language, around) = (LanguageId::from("en"), around());
    let mut session = Session::new(language.clone(), around.now);
    session.topic = Some(known.topic.clone());
    session.answers.clone_from(answers);
    session.ended = true;
    let words = Words {
        content: content(),
        language: &language,
        topic: Some(known.topic.clone()),
        stage: known.stage_or_unknown(),
        ended: true,
        country: None,
        around: &around,
    };
    let next = screens::next(content(), known, answers);
    let replies = match &next {
        Next::Answer(found) => answer_view::answer(&words, &session, known, found),
        Next::Ask(asked) => vec![screen_view::question(&words, &session, known, asked)],
    };
    for reply in &replies {
        seen.insert(reply.text.words());
        seen.extend(reply.rows.iter().flatten().map(|button| button.label.clone()));
    }
    if let Next::Answer(found) = &next {
        further(&words, &session, known, found, seen);
    }
    let Next::Ask(asked) = next else { return };
    let none = match asked.screen.role {
        ScreenRole::Stage => Pressed::NotSure,
        ScreenRole::Causes => Pressed::Skipped,
        _ => Pressed::None,
    };
    let mut go_on = |pressed, chosen: Vec<ChoiceId>, left| {
        let answer = Answer {
            screen: asked.screen.id.clone(),
            check: asked.check,
            pressed,
            chosen,
            words: None,
        };
        let mut then = known.clone();
        then.add(content(), &answer);
        answers.push(answer);
        meet(&then, answers, left, seen);
        answers.pop();
    };
    go_on(none, Vec::new(), other_answers);
    let is_stage = asked.screen.role == ScreenRole::Stage;
    let Some(left) = other_answers.checked_sub(usize::from(!is_stage)) else {
        return;
    };
    for choice in &asked.choices {
        go_on(Pressed::Chosen, vec![choice.id.clone()], left);
    }
    go_on(Pressed::NotSure, Vec::new(), left);
}

/// What stands behind *More steps*: the list, and every step that is safe for her, with its name.
fn further(
    words: &Words<'_>,
    session: &Session,
    known: &Known,
    found: &Assessment<'_>,
    seen: &mut BTreeSet<String>,
) {
    for step in &found.steps {
        seen.insert(answer_view::step_text(words, step.id.as_str()));
        seen.extend(words.find(&format!("step-{}.name", step.id)));
    }
    let fit = content().topic(&known.topic).and_then(|topic| topic.fit.as_ref());
    let Some(screen) = fit.and_then(|id| content().screen(id)) else {
        return;
    };
    let choices = known.shown(content(), screen, false);
    let asked = Asked {
        screen,
        check: false,
        choices,
    };
    let reply = screen_view::question(words, session, known, &asked);
    seen.insert(reply.text.words());
    seen.extend(reply.rows.iter().flatten().map(|button| button.label.clone()));
}
