//! What each button does to the session.

use crate::content::{ChoiceId, Level, Screen, ScreenKind, ScreenRole, TopicId};
use crate::triage::{Answer, InWords, Known, Pressed};

use super::present::Present;
use super::reply::{Placement, Reply, Text};
use super::screen_view;
use super::session::{Earlier, Session};
use super::talk::Talk;
use super::token::{Action, Question};

impl Talk<'_> {
    /// Does what a button of the present revision asks for.
    pub(super) fn act(&mut self, action: Action) -> Vec<Reply> {
        self.leave_list(&action);
        match action {
            Action::Topic(topic) => self.open_by_button(&topic),
            Action::Choose(choice) => self.choose(&choice),
            Action::Done(question) => self.close(&question, Pressed::Chosen),
            Action::None(question) => self.close(&question, Pressed::None),
            Action::NotSure(question) => self.close(&question, Pressed::NotSure),
            Action::Skip(question) => self.close(&question, Pressed::Skipped),
            Action::Back => self.back(Placement::InPlace),
            Action::WhyAsk | Action::Why => self.why(Placement::InPlace),
            Action::StartAgain => self.start(None),
            Action::MoreSteps => self.more_steps(),
            Action::SomethingElse => self.something_else(),
            Action::ShowAgain => self.show(Placement::New),
            Action::Ended => self.ended(),
            Action::ForgetYes => self.forget(true),
            Action::ForgetNo => self.forget(false),
            Action::Tips => self.tips(None),
            Action::ForHer => self.for_her(true),
            Action::ForHerself => self.for_her(false),
            Action::Hide => self.hide(),
            Action::Countries => self.countries(0, Placement::New),
            Action::CountriesFrom(part) => self.countries(part, Placement::InPlace),
            Action::Country(country) => self.choose_country(country),
            Action::OtherCountry => self.other_country(),
            Action::Right(mark) => self.right(mark),
            Action::LeaveOut(place, mark) => self.leave_out(place, mark),
            Action::NoneOfIt(mark) => self.none_of_it(mark),
            Action::Doubt(finding, reply) => self.doubt(&finding, reply),
            Action::NotMeant => self.not_meant(),
            Action::Worse => self.worse(),
        }
    }

    /// `/start`, `/restart`, *Start again*: nothing she said before counts any more.
    pub(super) fn start(&mut self, payload: Option<&str>) -> Vec<Reply> {
        let fresh = Session::new(self.session.language.clone(), self.around.now);
        let before = std::mem::replace(&mut self.session, fresh);
        self.session.revision = before.revision;
        // A loss is not asked about twice, nor the country, nor who is typing. /cancel and /forget begin without them.
        self.session.ended = before.ended;
        self.session.country = before.country;
        self.session.for_her = before.for_her;
        self.change();
        let wanted = payload.map(str::to_lowercase);
        let opened = self
            .content
            .topics
            .iter()
            .find(|topic| {
                topic
                    .payloads
                    .iter()
                    .any(|word| Some(&**word) == wanted.as_deref())
            })
            .map(|topic| topic.id.clone());
        match opened {
            Some(topic) => self.open(&topic),
            None => self.show(Placement::New),
        }
    }

    /// A button of the opening. One of a conversation that was wiped may have the present revision by accident.
    fn open_by_button(&mut self, topic: &TopicId) -> Vec<Reply> {
        if !matches!(self.present(), Present::Opening) {
            return self.with_notice("notice-old_button", Placement::New);
        }
        self.open(topic)
    }

    /// A topic of the opening: its first aid at once, then the first question.
    fn open(&mut self, topic: &TopicId) -> Vec<Reply> {
        let Some(found) = self.content.topic(topic) else {
            return self.with_notice("notice-old_button", Placement::New);
        };
        self.change();
        self.session.topic = Some(topic.clone());
        // What she told in words before she chose stays.
        self.session.answers.retain(|answer| answer.words.is_some());
        self.session.ticks.clear();
        let Some(first_aid) = &found.first_aid else {
            return self.show(Placement::InPlace);
        };
        let text = self.plain_words().get(&format!("first_aid-{first_aid}"));
        let mut replies = vec![Reply::new(Text::plain(text))];
        replies.extend(self.show(Placement::New));
        replies
    }

    fn choose(&mut self, choice: &ChoiceId) -> Vec<Reply> {
        let Present::Question(known, asked) = self.present() else {
            return self.with_notice("notice-old_button", Placement::New);
        };
        if !asked.choices.iter().any(|shown| shown.id == *choice) {
            return self.with_notice("notice-old_button", Placement::New);
        }
        self.change();
        if asked.screen.kind == ScreenKind::PickOne {
            return self.answer(Pressed::Chosen, vec![choice.clone()]);
        }
        match self.session.ticks.iter().position(|ticked| ticked == choice) {
            Some(place) => {
                self.session.ticks.remove(place);
            }
            None => self.session.ticks.push(choice.clone()),
        }
        let ticks = self.session.ticks.clone();
        let so_far = Answer {
            screen: asked.screen.id.clone(),
            check: asked.check,
            pressed: Pressed::Interrupted,
            chosen: ticks.clone(),
            words: None,
        };
        if self.level_after(&known, &so_far) == Level::Emergency {
            return self.answer(Pressed::Interrupted, ticks);
        }
        self.show(Placement::InPlace)
    }

    fn level_after(&self, known: &Known, answer: &Answer) -> Level {
        let mut then = known.clone();
        then.add(self.content, answer);
        then.level(self.content)
    }

    /// Done, None, Not sure, Skip.
    fn close(&mut self, question: &Question, pressed: Pressed) -> Vec<Reply> {
        let Present::Question(_, asked) = self.present() else {
            return self.with_notice("notice-old_button", Placement::New);
        };
        let asks = asked.screen.id == question.screen && asked.check == question.check;
        // *Done* stands on a list with ticks, and *None* or *Skip* on one without.
        let ticked = !self.session.ticks.is_empty();
        let stands = pressed == Pressed::NotSure || (pressed == Pressed::Chosen) == ticked;
        if !asks || !stands || !may_close(asked.screen, pressed) {
            return self.with_notice("notice-old_button", Placement::New);
        }
        self.change();
        let ticks = std::mem::take(&mut self.session.ticks);
        let chosen = if pressed == Pressed::None {
            Vec::new()
        } else {
            ticks
        };
        self.answer(pressed, chosen)
    }

    /// Writes an answer down and shows what comes next: a question in place of this one, an answer as new messages.
    pub(super) fn answer(&mut self, pressed: Pressed, chosen: Vec<ChoiceId>) -> Vec<Reply> {
        let Present::Question(_, asked) = self.present() else {
            return self.show(Placement::New);
        };
        let answer = Answer {
            screen: asked.screen.id.clone(),
            check: asked.check,
            pressed,
            chosen,
            words: None,
        };
        self.session.answers.push(answer);
        self.session.ticks.clear();
        self.show(Placement::InPlace)
    }

    /// Forgets the last answer: the same screen, with the same ticks.
    pub(super) fn back(&mut self, placement: Placement) -> Vec<Reply> {
        if let Some(part) = self.open_list() {
            return self.back_from_list(part, placement);
        }
        if let Some(replies) = self.back_in_heard(placement) {
            return replies;
        }
        if self.session.topic.is_none() && self.session.answers.is_empty() {
            return self.with_notice("back-nothing", placement);
        }
        self.change();
        if self.session.worse && matches!(self.present(), Present::Question(..)) && self.is_at_the_call() {
            self.session.worse = false;
            self.session.ticks.clear();
            return self.show(placement);
        }
        // A note that only marks a list is no step of its own.
        while !self.ended_here() && self.last_only_marks() {
            self.session.answers.pop();
        }
        if self.ended_here() {
            self.session.ended_after = None;
            self.session.ended = false;
            return self.show(placement);
        }
        let shows_fit = self.session.more > 0 && matches!(self.present(), Present::Question(..));
        if !shows_fit && self.session.more == 0 && self.take_back_words() {
            return self.show(placement);
        }
        if shows_fit {
            self.session.more = 0;
            self.session.ticks.clear();
        } else if self.session.more > 1 {
            self.session.more -= 1;
        } else if let Some(last) = self.session.answers.pop() {
            self.session.ticks = match last.pressed {
                Pressed::None | Pressed::Skipped => Vec::new(),
                Pressed::Chosen | Pressed::Interrupted | Pressed::NotSure => self.ticks_of(&last),
            };
            if last.pressed == Pressed::Interrupted {
                self.session.ticks.pop();
            }
        } else if let Some(earlier) = self.session.earlier.pop() {
            self.session.topic = Some(earlier.topic);
            self.session.answers = earlier.answers;
            self.session.more = earlier.more;
            self.session.ticks.clear();
        } else {
            self.session.topic = None;
            self.session.ticks.clear();
        }
        self.show(placement)
    }

    /// Was a loss told by button after the last answer?
    fn ended_here(&self) -> bool {
        let last = self.session.answers.last().and_then(|last| last.words.as_ref());
        self.session.ended_after == Some(self.session.answered()) && !last.is_some_and(|words| words.lost)
    }

    /// Is what she told GO_NOW or more?
    fn is_at_the_call(&self) -> bool {
        let known = self.session.known(self.content);
        known.is_some_and(|known| known.level(self.content) >= Level::GoNow)
    }

    /// The first list, where words had gone past it.
    fn worse(&mut self) -> Vec<Reply> {
        let offered = match self.present() {
            Present::Answer(_, found) => {
                super::present::unasked_list(self.content, &self.session, &found).is_some()
            }
            _ => false,
        };
        if !offered {
            return self.with_notice("notice-old_button", Placement::New);
        }
        self.change();
        self.session.worse = true;
        self.show(Placement::New)
    }

    fn last_only_marks(&self) -> bool {
        let last = self.session.answers.last().and_then(|last| last.words.as_ref());
        last.is_some_and(InWords::only_marks)
    }

    fn ticks_of(&self, answer: &Answer) -> Vec<ChoiceId> {
        let many = self
            .content
            .screen(&answer.screen)
            .is_some_and(|screen| screen.kind == ScreenKind::PickMany);
        if many { answer.chosen.clone() } else { Vec::new() }
    }

    fn more_steps(&mut self) -> Vec<Reply> {
        if !self.is_calm_answer() {
            return self.with_notice("notice-old_button", Placement::New);
        }
        self.change();
        self.session.more = self.session.more.saturating_add(1);
        self.show(Placement::New)
    }

    /// Is an answer below GO_NOW in front of her? Only there more is offered.
    fn is_calm_answer(&self) -> bool {
        match self.present() {
            Present::Answer(_, found) => found.outcome.level().is_some_and(|level| level < Level::GoNow),
            _ => false,
        }
    }

    /// Goes on to *Something feels wrong*. What she said stays; the first list is asked again, because it holds other
    /// lines there.
    fn something_else(&mut self) -> Vec<Reply> {
        let anything = self.content.topics.iter().find(|topic| topic.floor.is_some());
        let (Some(topic), true) = (anything, self.is_calm_answer()) else {
            return self.with_notice("notice-old_button", Placement::New);
        };
        self.change();
        let Some(present) = self.session.topic.replace(topic.id.clone()) else {
            return self.show(Placement::New);
        };
        let earlier = Earlier {
            topic: present,
            answers: self.session.answers.clone(),
            more: self.session.more,
        };
        self.session.earlier.push(earlier);
        self.session.answers.clear();
        self.session.more = 0;
        self.session.ticks.clear();
        self.show(Placement::New)
    }

    /// Who is typing. Somebody else is told how to ask her.
    fn for_her(&mut self, for_her: bool) -> Vec<Reply> {
        if !matches!(self.present(), Present::Opening) {
            return self.with_notice("notice-old_button", Placement::New);
        }
        self.change();
        self.session.for_her = for_her;
        if !for_her {
            return self.show(Placement::InPlace);
        }
        let mut replies = vec![Reply::new(Text::plain(self.plain_words().get("for_her")))];
        replies.extend(self.show(Placement::New));
        replies
    }

    /// Puts a line without meaning in place of the message she tapped, and forgets all.
    fn hide(&mut self) -> Vec<Reply> {
        if !self.may_hide() {
            return self.with_notice("notice-old_button", Placement::New);
        }
        let mut replies = self.leave("hidden");
        for reply in &mut replies {
            reply.placement = Placement::InPlace;
        }
        replies
    }

    /// Is there a button to hide with on what is in front of her?
    fn may_hide(&self) -> bool {
        match self.present() {
            Present::Opening | Present::Doubt(..) | Present::ReadBack => false,
            Present::Question(_, asked) => asked.choices.iter().any(|choice| choice.hide),
            Present::Answer(..) => screen_view::chose_to_hide(self.content, &self.session),
        }
    }

    /// The pregnancy has ended: kind words, and no week of pregnancy from here on.
    fn ended(&mut self) -> Vec<Reply> {
        let asks_stage = match self.present() {
            Present::Question(_, asked) => asked.screen.role == ScreenRole::Stage,
            _ => false,
        };
        if !asks_stage || self.session.ended {
            return self.with_notice("notice-old_button", Placement::New);
        }
        self.change();
        self.mark_ended();
        self.session.ended_after = Some(self.session.answered());
        let mut replies = vec![Reply::new(Text::plain(self.plain_words().get("loss")))];
        replies.extend(self.show(Placement::New));
        replies
    }

    /// From here on no week of pregnancy counts, and the stage is asked anew.
    pub(super) fn mark_ended(&mut self) {
        self.session.ended = true;
        let content = self.content;
        let stage = |answer: &Answer| {
            content
                .screen(&answer.screen)
                .is_some_and(|screen| screen.role == ScreenRole::Stage)
        };
        self.session.answers.retain(|answer| !stage(answer));
        for earlier in &mut self.session.earlier {
            earlier.answers.retain(|answer| !stage(answer));
        }
    }

    fn forget(&mut self, yes: bool) -> Vec<Reply> {
        if !self.session.forgetting {
            return self.with_notice("notice-old_button", Placement::New);
        }
        if yes {
            return self.leave("forget-done");
        }
        self.change();
        self.session.forgetting = false;
        self.inform("forget-kept")
    }
}

/// Is there such a button on such a screen?
fn may_close(screen: &Screen, pressed: Pressed) -> bool {
    let (role, kind) = (screen.role, screen.kind);
    match pressed {
        Pressed::NotSure => true,
        Pressed::Skipped => role == ScreenRole::Causes,
        Pressed::None => screen.none && role != ScreenRole::Stage && role != ScreenRole::Causes,
        Pressed::Chosen => kind == ScreenKind::PickMany,
        Pressed::Interrupted => false,
    }
}
