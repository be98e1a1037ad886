//! What is in front of her: the welcome, a question, or the answer. Computed from her answers, never stored.

use crate::content::{Content, Level, Outcome, TopicId};
use crate::triage::{Asked, Assessment, Known, Next, screens};

use super::answer_view;
use super::heard::{Heard, What};
use super::heard_view;
use super::numbers_view;
use super::reply::{Placement, Reply, Text};
use super::screen_view;
use super::session::Session;
use super::sift::level_with;
use super::talk::Talk;
use super::token::Action;

/// What is in front of her.
#[derive(Clone)]
pub(super) enum Present<'a> {
    /// The welcome, with the ways in.
    Opening,
    /// A question.
    Question(Box<Known>, Asked<'a>),
    /// The answer.
    Answer(Box<Known>, Box<Assessment<'a>>),
    /// A doubt about what was read, by its place, with the level that a yes would give.
    Doubt(Level, usize),
    /// What was read, for her to say yes to.
    ReadBack,
}

impl<'a> Talk<'a> {
    /// What is in front of her now. One turn asks this several times of the same answers: the last reply is kept.
    pub(super) fn present(&self) -> Present<'a> {
        let base = self.base();
        let Some(heard) = &self.session.heard else {
            return base;
        };
        let known = match &base {
            Present::Question(known, _) | Present::Answer(known, _) => (**known).clone(),
            _ => {
                let topic = self.session.topic.clone().or_else(|| heard.topic.clone());
                let topic = topic.or_else(|| self.anything().map(|topic| topic.id.clone()));
                let topic = topic.unwrap_or_else(|| TopicId::from(""));
                self.session
                    .known_with(self.content, &topic, &self.session.answers)
            }
        };
        let level = match &base {
            Present::Opening => Level::SelfCare,
            _ => known.level(self.content),
        };
        if let Some(place) = heard.next_ask()
            && let Some(yes) = self.level_if(&known, heard, place)
            && (level < Level::GoNow || yes > level)
        {
            return Present::Doubt(yes, place);
        }
        // A changed message waits for her word at the call too: it may be what led there.
        if heard.corrects || (level < Level::GoNow && heard.listed().next().is_some()) {
            return Present::ReadBack;
        }
        base
    }

    /// The level if what is in doubt were so.
    fn level_if(&self, known: &Known, heard: &Heard, place: usize) -> Option<Level> {
        let name = heard.items.get(place)?.finding()?;
        let finding = self.content.findings.id(name)?;
        let mut then = known.clone();
        let mut others = heard.clone();
        others.items.retain(|item| !matches!(item.what, What::Ask(_)));
        then.add(self.content, &others.answer(false));
        Some(level_with(self.content, &then, finding))
    }

    /// What is in front of her but for what was read in her words.
    pub(super) fn base(&self) -> Present<'a> {
        if let Some((session, present)) = &*self.seen.borrow()
            && shows_the_same(session, &self.session)
        {
            return present.clone();
        }
        let present = self.compute();
        self.seen.replace(Some((self.session.clone(), present.clone())));
        present
    }

    fn compute(&self) -> Present<'a> {
        let Some(known) = self.session.known(self.content) else {
            return Present::Opening;
        };
        match screens::next(self.content, &known, &self.session.answers) {
            Next::Ask(asked) => Present::Question(Box::new(known), asked),
            Next::Answer(found) => {
                let asked = if is_calm(&found) {
                    self.fit_screen(&known)
                } else {
                    unasked_list(self.content, &self.session, &found).filter(|_| self.session.worse)
                };
                match asked {
                    Some(asked) => Present::Question(Box::new(known), asked),
                    None => Present::Answer(Box::new(known), found),
                }
            }
        }
    }

    /// The screen behind *More steps*, once she has asked for it and not answered it yet.
    fn fit_screen(&self, known: &Known) -> Option<Asked<'a>> {
        let screen = self
            .content
            .screen(self.content.topic(&known.topic)?.fit.as_ref()?)?;
        let answered = self
            .session
            .answers
            .iter()
            .any(|answer| answer.screen == screen.id);
        let choices = known.shown(self.content, screen, false);
        (self.session.more > 0 && !answered).then_some(Asked {
            screen,
            check: false,
            choices,
        })
    }

    /// The answer as it stood before *More steps* asked for more.
    fn before_fit(&self, known: &Known) -> Assessment<'a> {
        let fit = self
            .content
            .topic(&known.topic)
            .and_then(|topic| topic.fit.as_ref());
        let mut session = self.session.clone();
        session.answers.retain(|answer| Some(&answer.screen) != fit);
        let known = session.known(self.content).unwrap_or_else(|| known.clone());
        screens::outcome(self.content, &known)
    }

    /// The messages of what is in front of her, in full.
    pub(super) fn show(&self, placement: Placement) -> Vec<Reply> {
        let present = self.present();
        let heard = self.session.heard.as_ref();
        let shown = match &present {
            Present::ReadBack => {
                heard.map(|heard| heard_view::read_back(&self.plain_words(), &self.session, heard, placement))
            }
            Present::Doubt(level, place) => heard.and_then(|heard| {
                let item = heard.items.get(*place)?;
                heard_view::doubt(&self.plain_words(), &self.session, item, *level, placement)
            }),
            _ => None,
        };
        match shown {
            Some(reply) => vec![reply],
            None => self.show_base(placement),
        }
    }

    /// The same but for what was read in her words.
    pub(super) fn show_base(&self, placement: Placement) -> Vec<Reply> {
        match self.base() {
            Present::Opening | Present::Doubt(..) | Present::ReadBack => vec![self.opening(placement)],
            Present::Question(known, asked) => {
                let words = self.words(&known);
                let mut reply = screen_view::question(&words, &self.session, &known, &asked);
                reply.placement = placement;
                vec![reply]
            }
            Present::Answer(known, found) => {
                let words = self.words(&known);
                if self.session.more > 0 && is_calm(&found) {
                    answer_view::more_steps(&words, &self.session, &self.before_fit(&known), &found)
                } else {
                    let replies = answer_view::answer(&words, &self.session, &known, &found);
                    heard_view::headed(&words, &self.session, &found, replies)
                }
            }
        }
    }

    /// As [`Talk::show`], but a calm answer that stands above is not sent a second time, and an open list of countries
    /// lies over all.
    pub(super) fn present_again(&self, placement: Placement) -> Vec<Reply> {
        if let Some(part) = self.open_list() {
            return vec![numbers_view::list(
                &self.plain_words(),
                &self.session,
                part,
                placement,
            )];
        }
        let Present::Answer(known, found) = self.present() else {
            return self.show(placement);
        };
        let full = self.show(placement);
        if full.len() <= 1 {
            return full;
        }
        let words = self.words(&known);
        let mut reply = Reply::new(Text::plain(words.get("answer-above")));
        reply.placement = placement;
        reply.rows = answer_view::rows(&words, &self.session, &found);
        reply.rows.insert(
            0,
            vec![screen_view::plain(
                &words,
                "button-show_again",
                &Action::ShowAgain,
                self.session.revision,
            )],
        );
        reply.outcome = Some(found.outcome);
        reply.end = true;
        vec![reply]
    }

    pub(super) fn opening(&self, placement: Placement) -> Reply {
        let words = self.plain_words();
        let mut reply = Reply::new(Text::plain(words.get("opening")));
        reply.placement = placement;
        let revision = self.session.revision;
        reply.rows = self
            .content
            .topics
            .iter()
            .filter(|topic| topic.place.is_some())
            .map(|topic| {
                let action = Action::Topic(topic.id.clone());
                vec![screen_view::plain(
                    &words,
                    &format!("topic-{}", topic.id),
                    &action,
                    revision,
                )]
            })
            .collect();
        let (who, action) = if self.session.for_her {
            ("button-for_herself", Action::ForHerself)
        } else {
            ("button-for_her", Action::ForHer)
        };
        reply
            .rows
            .push(vec![screen_view::plain(&words, who, &action, revision)]);
        reply.rows.push(vec![screen_view::plain(
            &words,
            "button-tips",
            &Action::Tips,
            revision,
        )]);
        reply
    }
}

/// The list of emergencies that words have gone past: at GO_NOW, it is offered below the answer.
pub(super) fn unasked_list<'a>(
    content: &'a Content,
    session: &Session,
    found: &Assessment<'_>,
) -> Option<Asked<'a>> {
    if found.outcome != Outcome::Level(Level::GoNow) {
        return None;
    }
    let known = session.known(content)?;
    let topic = content.topic(&known.topic)?;
    let mut lists = topic.flow.iter().filter_map(|id| content.screen(id));
    let list = lists.find(|screen| screen.tier == Some(Level::Emergency))?;
    let answered = session.answers.iter().any(|answer| answer.screen == list.id);
    (!answered).then(|| Asked {
        screen: list,
        check: false,
        choices: known.shown(content, list, false),
    })
}

/// Below GO_NOW more is offered; at the call nothing distracts.
fn is_calm(found: &Assessment<'_>) -> bool {
    found.outcome.level() < Some(Level::GoNow)
}

/// Is the same in front of her in both? All that a session holds has to be named here, so that nothing new is missed.
fn shows_the_same(one: &Session, other: &Session) -> bool {
    let Session {
        version: _,
        revision: _,
        language: _,
        for_her: _,
        country: _,
        countries: _,
        topic,
        answers,
        ticks: _,
        more,
        earlier,
        ended,
        ended_after: _,
        screen_since: _,
        applied: _,
        forgetting: _,
        heard: _,
        quotes: _,
        worse,
        last_message: _,
        last_event: _,
    } = one;
    *topic == other.topic
        && *answers == other.answers
        && *more == other.more
        && *earlier == other.earlier
        && *ended == other.ended
        && *worse == other.worse
}
