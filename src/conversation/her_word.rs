//! Her word on what was read: *That is right*, *Leave out*, *None of it*; yes, no or not sure to a doubt; *That is not what
//! I meant*; and Back over any of it.

use std::sync::Arc;

use crate::content::{Content, Level, ScreenRole, TopicId, Value};
use crate::triage::{Answer, Fact, InWords, Known};

use super::heard::{Heard, Item, What};
use super::heard_view;
use super::present::Present;
use super::reply::{Placement, Reply, Text};
use super::talk::Talk;
use super::token::DoubtReply;

/// What she affirmed by the buttons of an answer.
fn affirmed(content: &Content, answer: &Answer) -> Vec<Fact> {
    let Some(screen) = content.screen(&answer.screen) else {
        return Vec::new();
    };
    let chosen = screen
        .choices
        .iter()
        .filter(|choice| answer.chosen.contains(&choice.id));
    let sets = chosen
        .flat_map(|choice| &choice.sets)
        .filter(|(_, value)| *value > Value::No);
    sets.map(|(finding, value)| Fact {
        finding: Arc::from(content.findings.name(*finding)),
        value: *value,
        rule: Arc::from(answer.screen.as_str()),
    })
    .collect()
}

impl Talk<'_> {
    /// Keeps a reading until she has said what she thinks of it; what waits already stays with it.
    pub(super) fn wait_for_word(&mut self, mut heard: Heard) {
        if let Some(before) = self.session.heard.take()
            && !heard.corrects
            && !before.corrects
        {
            let is_new = |item: &Item| !heard.items.iter().any(|other| other.finding() == item.finding());
            let more: Vec<_> = before.items.iter().filter(|item| is_new(item)).cloned().collect();
            heard.items.extend(more);
            heard.items.sort_by_key(|item| !matches!(item.what, What::Ask(_)));
            heard.topic = heard.topic.or(before.topic);
            heard.kind = heard.kind.or(before.kind);
            heard.lost |= before.lost;
            heard.for_her |= before.for_her;
        }
        heard_view::shorten(&self.plain_words(), &mut heard);
        self.session.heard = Some(heard);
    }

    /// What was read counts from here on.
    pub(super) fn take(&mut self, heard: Heard, quoted: bool) {
        let opened = self.session.topic.is_none();
        let quotes = if quoted { heard.quotes() } else { Vec::new() };
        if opened {
            // A sign that answers at once needs a topic to be answered on.
            let anything = || self.anything().filter(|_| quoted).map(|topic| topic.id.clone());
            self.session.topic = heard.topic.clone().or_else(anything);
        }
        let opened = opened && self.session.topic.is_some();
        let affirmed = if heard.lost {
            self.end_by_words()
        } else {
            Vec::new()
        };
        let mut answer = heard.answer(opened);
        if let Some(words) = answer.words.as_mut().filter(|words| !words.only_marks()) {
            words.told.extend(affirmed);
            words.more = std::mem::take(&mut self.session.more);
        }
        self.session.answers.push(answer);
        if heard.lost {
            self.session.ended_after = Some(self.session.answered());
        }
        self.session.ticks.clear();
        self.session.worse = false;
        self.session.quotes = quotes;
    }

    /// The pregnancy has ended, told in the middle of questions. Those since her stage were asked as in pregnancy: they
    /// are asked anew, in other words, and only what she affirmed stays.
    fn end_by_words(&mut self) -> Vec<Fact> {
        let content = self.content;
        let role = |answer: &Answer| content.screen(&answer.screen).map(|screen| screen.role);
        let tells_stage = |answer: &Answer| {
            let words = answer.words.as_ref();
            role(answer) == Some(ScreenRole::Stage) || words.is_some_and(|words| words.stage_rule.is_some())
        };
        let mut facts: Vec<Fact> = Vec::new();
        let mut since = false;
        let mut sort = |answers: &mut Vec<Answer>| {
            answers.retain(|answer| {
                since |= tells_stage(answer);
                if !since || answer.words.is_some() {
                    return true;
                }
                facts.extend(affirmed(content, answer));
                false
            });
        };
        for earlier in &mut self.session.earlier {
            sort(&mut earlier.answers);
        }
        sort(&mut self.session.answers);
        self.session.ended = true;
        facts
    }

    /// *That is right*.
    pub(super) fn right(&mut self, mark: u16) -> Vec<Reply> {
        let shown = matches!(self.present(), Present::ReadBack);
        let Some(heard) = self
            .session
            .heard
            .clone()
            .filter(|heard| shown && heard.mark() == mark)
        else {
            return self.with_notice("notice-old_button", Placement::New);
        };
        self.change();
        self.settle(heard)
    }

    /// Takes what waited, and shows what comes next.
    fn settle(&mut self, heard: Heard) -> Vec<Reply> {
        self.session.heard = None;
        let corrected = heard.corrects.then(|| self.take_out(heard.message)).flatten();
        if heard.corrects && heard.items.is_empty() {
            // What she has answered since stays, and so does what it belongs to.
            if corrected.is_some_and(|before| before.opened) && self.session.answers.is_empty() {
                self.session.topic = None;
            }
            return self.show(Placement::New);
        }
        let urgent = self.after_doubt(&heard) >= Level::GoNow;
        let lost = heard.lost;
        let opened = corrected.is_some_and(|before| before.opened);
        self.take(heard, urgent);
        let last = self.session.answers.last_mut();
        if opened && let Some(words) = last.and_then(|last| last.words.as_mut()) {
            words.opened = true;
        }
        let mut replies = self.show(Placement::InPlace);
        if lost && !urgent {
            for reply in &mut replies {
                reply.placement = Placement::New;
            }
            replies.insert(0, Reply::new(Text::plain(self.plain_words().get("loss"))));
            return replies;
        }
        match self.present() {
            Present::Opening => self.lead(&self.plain_words().get("words-noted"), replies),
            _ => replies,
        }
    }

    /// Takes the answer out that a changed message had made.
    fn take_out(&mut self, message: Option<i64>) -> Option<InWords> {
        let of_it = |answer: &Answer| {
            let words = answer.words.as_ref();
            words.is_some_and(|words| words.message.is_some() && words.message == message)
        };
        let place = self.session.answers.iter().position(of_it)?;
        let words = self.session.answers.remove(place).words?;
        self.take_back_marks(&words);
        Some(words)
    }

    /// What an answer in words did beside the answers: a loss, and who is typing.
    fn take_back_marks(&mut self, words: &InWords) {
        if words.lost {
            self.session.ended = false;
            self.session.ended_after = None;
        }
        if words.for_her {
            self.session.for_her = false;
        }
        self.session.quotes.clear();
    }

    /// *Leave out*.
    pub(super) fn leave_out(&mut self, place: u8, mark: u16) -> Vec<Reply> {
        let shown = matches!(self.present(), Present::ReadBack);
        let Some(mut heard) = self
            .session
            .heard
            .clone()
            .filter(|heard| shown && heard.mark() == mark)
        else {
            return self.with_notice("notice-old_button", Placement::New);
        };
        let listed: Vec<usize> = (0..heard.items.len())
            .filter(|place| heard.items.get(*place).is_some_and(Item::is_listed))
            .collect();
        let Some(place) = usize::from(place)
            .checked_sub(1)
            .and_then(|place| listed.get(place))
        else {
            return self.with_notice("notice-old_button", Placement::New);
        };
        if listed.len() == 1 {
            return self.none_of_it(mark);
        }
        self.change();
        heard.items.remove(*place);
        self.session.heard = Some(heard);
        self.show(Placement::InPlace)
    }

    /// *None of it*: nothing of the message counts. What she changed stays as it was.
    pub(super) fn none_of_it(&mut self, mark: u16) -> Vec<Reply> {
        let shown = matches!(self.present(), Present::ReadBack);
        let heard = self
            .session
            .heard
            .as_ref()
            .filter(|heard| shown && heard.mark() == mark);
        let Some(corrects) = heard.map(|heard| heard.corrects) else {
            return self.with_notice("notice-old_button", Placement::New);
        };
        self.change();
        self.forget_heard();
        let line = if corrects {
            "words-kept"
        } else {
            "words-none_of_it"
        };
        let replies = self.show(Placement::InPlace);
        self.lead(&self.plain_words().get(line), replies)
    }

    pub(super) fn forget_heard(&mut self) {
        let heard = self.session.heard.take();
        if heard.is_some_and(|heard| heard.for_her) {
            self.session.for_her = false;
        }
    }

    /// Yes, No or Not sure to a doubt.
    pub(super) fn doubt(&mut self, finding: &str, reply: DoubtReply) -> Vec<Reply> {
        let Present::Doubt(_, place) = self.present() else {
            return self.with_notice("notice-old_button", Placement::New);
        };
        let mut heard = self.session.heard.clone().unwrap_or_default();
        let Some(item) = heard.items.get_mut(place) else {
            return self.with_notice("notice-old_button", Placement::New);
        };
        let What::Ask(name) = item.what.clone() else {
            return self.with_notice("notice-old_button", Placement::New);
        };
        if &*name != finding {
            return self.with_notice("notice-old_button", Placement::New);
        }
        self.change();
        item.asked = true;
        item.what = match reply {
            DoubtReply::Yes => What::Fact(name, Value::Yes),
            DoubtReply::NotSure => What::Fact(name, Value::Unsure),
            DoubtReply::No => What::Denied(name),
        };
        self.session.heard = Some(heard.clone());
        if self.after_doubt(&heard) > self.level_now().max(Level::SameDay) {
            // What is urgent is added; only her word puts it in the place of what she told before.
            heard.corrects = false;
            return self.settle(heard);
        }
        if !matches!(self.present(), Present::Doubt(..) | Present::ReadBack) {
            return self.settle(heard);
        }
        self.show(Placement::InPlace)
    }

    /// What would be known if all but the doubts of it counted.
    pub(super) fn known_if(&self, heard: &Heard) -> Known {
        let mut then = heard.clone();
        then.items.retain(|item| !matches!(item.what, What::Ask(_)));
        let topic = self.session.topic.clone().or_else(|| then.topic.clone());
        let topic = topic.or_else(|| self.anything().map(|topic| topic.id.clone()));
        let mut answers = self.session.answers.clone();
        answers.push(then.answer(false));
        let topic = topic.unwrap_or_else(|| TopicId::from(""));
        self.session.known_with(self.content, &topic, &answers)
    }

    /// The level of that.
    fn after_doubt(&self, heard: &Heard) -> Level {
        self.known_if(heard).level(self.content)
    }

    /// *That is not what I meant*: the last reading is taken back, and she is where she was.
    pub(super) fn not_meant(&mut self) -> Vec<Reply> {
        if self.session.quotes.is_empty() || !self.take_back_words() {
            return self.with_notice("notice-old_button", Placement::New);
        }
        self.change();
        self.session.heard = None;
        let replies = self.show(Placement::New);
        self.lead(&self.plain_words().get("words-not_meant"), replies)
    }

    /// Takes the last answer back if it was in words.
    pub(super) fn take_back_words(&mut self) -> bool {
        let Some(words) = self.session.answers.last().and_then(|last| last.words.clone()) else {
            return false;
        };
        self.session.answers.pop();
        if words.opened {
            self.session.topic = None;
        }
        self.session.more = words.more;
        self.session.worse = false;
        self.take_back_marks(&words);
        self.session.ticks.clear();
        true
    }

    /// Back, with something read in front of her: to the doubt before, or to what lies under it.
    pub(super) fn back_in_heard(&mut self, placement: Placement) -> Option<Vec<Reply>> {
        if !matches!(self.present(), Present::Doubt(..) | Present::ReadBack) {
            return None;
        }
        self.change();
        let heard = self.session.heard.as_mut()?;
        let last = heard.items.iter_mut().rev().find(|item| item.asked);
        match last {
            Some(item) => {
                item.asked = false;
                if let Some(name) = item.finding().cloned() {
                    item.what = What::Ask(Arc::clone(&name));
                }
            }
            None => self.forget_heard(),
        }
        Some(self.show(placement))
    }
}
