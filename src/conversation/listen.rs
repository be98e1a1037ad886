//! What she types: a button's words, a short reply, or a message that is read. What was read is shown back before it is
//! used; a danger sign answers at once; a doubt that matters becomes the next question. No typed word denies.

use jiff::tz::TimeZone;

use crate::content::{
    Argument, ChoiceId, Content, FindingId, LanguageId, Level, ScreenRole, Topic, TopicId, Value,
};
use crate::triage::{Answer, Pressed};
use crate::understanding::{Reading, Scope};

use super::heard::{Heard, What};
use super::heard_view;
use super::present::Present;
use super::reply::{Placement, Reply, Text};
use super::routes;
use super::sift::{self, Sifted};
use super::talk::Talk;

/// The most lines above what comes after a message.
const MOST_LINES: usize = 3;

/// What reads a message: content, language, message, the day it is.
pub type Reader = fn(&Content, &LanguageId, &str, jiff::civil::Date) -> Reading;

impl Talk<'_> {
    /// Words that are not a command.
    pub(super) fn text(&mut self, text: &str, message: Option<i64>) -> Vec<Reply> {
        if message.is_some() && self.session.last_message == message {
            return self.present_again(Placement::New);
        }
        self.session.last_message = message;
        if let Some(replies) = self.short_reply(text) {
            return replies;
        }
        self.listen(text, message)
    }

    /// A message that she changed is read again. Where the one before counts, the new one is offered in its place.
    pub(super) fn edited(&mut self, text: &str, message: Option<i64>) -> Vec<Reply> {
        let of_it = |number: Option<i64>| message.is_some() && number == message;
        if self
            .session
            .heard
            .as_ref()
            .is_some_and(|heard| of_it(heard.message))
        {
            self.change();
            self.forget_heard();
            return self.listen(text, message);
        }
        let is_read = |answer: &&Answer| {
            answer
                .words
                .as_ref()
                .is_some_and(|words| of_it(words.message) && !words.only_marks())
        };
        let Some(place) = self.session.answers.iter().position(|answer| is_read(&answer)) else {
            return self.listen(text, message);
        };
        let reading = self.read(text);
        let urgent = self.sift(&reading, text, &self.session.answers.clone());
        if self.breaks_in(&urgent) {
            return self.break_in(urgent);
        }
        let mut without = self.session.answers.clone();
        let before = without.remove(place);
        let mut heard = self.sift(&reading, text, &without).heard;
        heard.message = message;
        heard.corrects = true;
        let same = |one: &Answer, other: &Answer| {
            let told = |answer: &Answer| {
                answer
                    .words
                    .as_ref()
                    .map(|words| (words.told.clone(), words.lost))
            };
            told(one) == told(other) && one.chosen == other.chosen
        };
        let opened = before.words.as_ref().is_some_and(|words| words.opened);
        if same(&heard.answer(opened), &before) {
            return self.with_notice("words-same", Placement::New);
        }
        self.change();
        self.session.countries = None;
        self.wait_for_word(heard);
        self.show(Placement::New)
    }

    fn read(&mut self, text: &str) -> Reading {
        let zone = self.around.time_zone.clone().unwrap_or(TimeZone::UTC);
        let today = self.around.now.to_zoned(zone).date();
        let reading = (self.reader)(self.content, &self.session.language, text, today);
        let rules = reading.mentions.iter().map(|mention| &mention.rule);
        let others = reading.routes.iter().map(|route| &route.rule);
        let stage = reading.stage.iter().map(|stage| &stage.rule);
        self.rules = rules.chain(others).chain(stage).cloned().collect();
        reading
    }

    /// What a reading comes to beside these answers.
    fn sift(&self, reading: &Reading, text: &str, answers: &[Answer]) -> Sifted {
        let topic = self.topic_for(reading);
        let known = self.session.known_with(self.content, &topic, answers);
        let words = self.words(&known);
        let named = |finding: FindingId, value: Value| heard_view::means(&words, finding, value).is_some();
        let mut sifted = sift::sift(self.content, &known, reading, text, &named);
        sifted.heard.lost = reading.lost && !self.session.ended;
        sifted.heard.for_her = reading.scope == Scope::Proxy && !self.session.for_her;
        if self.session.topic.is_none() {
            sifted.heard.topic = self.hinted_topic(reading);
            let told = sifted
                .heard
                .items
                .iter()
                .filter_map(|item| self.content.findings.id(item.finding()?));
            let kind = routes::kind(self.content, &reading.routes)
                .or_else(|| routes::kind_of_facts(self.content, &told.collect::<Vec<_>>()));
            sifted.heard.kind =
                kind.filter(|_| sifted.heard.topic.as_ref() == self.anything().map(|topic| &topic.id));
        }
        sifted
    }

    /// *Something feels wrong*: the topic that takes everything.
    pub(super) fn anything(&self) -> Option<&Topic> {
        self.content.topics.iter().find(|topic| topic.floor.is_some())
    }

    /// What she comes with, by her words: what they hint at, or *Something feels wrong* for a complaint that is sent there.
    fn hinted_topic(&self, reading: &Reading) -> Option<TopicId> {
        let hint = reading.topic.as_ref().map(|topic| topic.topic.clone());
        let of_screen = |id: TopicId| self.content.topic(&id).map(|topic| topic.id.clone());
        let routed = || {
            let asked = routes::is_asked(&reading.routes) || routes::needs_all(self.content, reading);
            self.anything().filter(|_| asked).map(|topic| topic.id.clone())
        };
        hint.and_then(of_screen).or_else(routed)
    }

    /// The topic a reading is judged on.
    fn topic_for(&self, reading: &Reading) -> TopicId {
        let own = self.session.topic.clone();
        own.or_else(|| self.hinted_topic(reading))
            .or_else(|| self.anything().map(|topic| topic.id.clone()))
            .unwrap_or_else(|| TopicId::from(""))
    }

    /// Is there a danger sign in it that asks for a person now, and more than is known?
    fn breaks_in(&self, sifted: &Sifted) -> bool {
        let before = self.level_now();
        sifted
            .heard
            .listed()
            .any(|item| matches!(item.what, What::Fact(..)))
            && sifted.level >= Level::GoNow
            && (sifted.level > before || (sifted.harm && !self.told_harm()))
    }

    fn told_harm(&self) -> bool {
        let words = self
            .session
            .all_answers()
            .filter_map(|answer| answer.words.as_ref());
        let mut facts = words.flat_map(|words| &words.told);
        facts.any(|fact| {
            self.content
                .findings
                .id(&fact.finding)
                .is_some_and(|finding| sift::is_harm(self.content, finding))
        })
    }

    /// The level of what stands.
    pub(super) fn level_now(&self) -> Level {
        match self.base() {
            Present::Answer(known, _) | Present::Question(known, _) => known.level(self.content),
            _ => Level::SelfCare,
        }
    }

    /// Reads a message and acts on it.
    fn listen(&mut self, text: &str, message: Option<i64>) -> Vec<Reply> {
        let reading = self.read(text);
        let mut sifted = self.sift(&reading, text, &self.session.answers.clone());
        sifted.heard.message = message;
        let mut lines = self.lines(&reading, &sifted);
        if sifted.heard.for_her {
            self.session.for_her = true;
        }
        let mut replies = if self.breaks_in(&sifted) {
            lines.retain(|line| line == "words-truncated");
            self.break_in(sifted)
        } else if self.level_now() >= Level::GoNow {
            self.at_the_call(sifted, &mut lines)
        } else {
            self.take_calmly(sifted, &mut lines)
        };
        lines.truncate(MOST_LINES);
        if !lines.is_empty() {
            let words = self.plain_words();
            let lines: Vec<String> = lines.iter().map(|line| words.get(line)).collect();
            replies = self.lead(&lines.join("\n"), replies);
        }
        replies
    }

    /// Lines that go above what comes, by the keys of their texts.
    fn lines(&self, reading: &Reading, sifted: &Sifted) -> Vec<String> {
        let words = self.plain_words();
        let mut lines = routes::lines(reading, &|key| words.find(key).is_some());
        let elsewhere = self.session.topic.is_some()
            && self.session.topic.as_ref() != self.anything().map(|topic| &topic.id);
        if elsewhere && routes::is_asked(&reading.routes) {
            lines.push("words-later".to_owned());
        }
        if reading.scope == Scope::Other {
            lines.push("words-other_person".to_owned());
        }
        if reading.scope == Scope::Question {
            lines.push("words-question".to_owned());
        }
        if sifted.heard.for_her {
            lines.push("words-for_her".to_owned());
        }
        if sifted.other_stage {
            lines.push("words-other_stage".to_owned());
        }
        if reading.truncated {
            lines.push("words-truncated".to_owned());
        }
        lines
    }

    /// The answer at once, headed by the words that were read. What is doubtful in them and worse still is asked below.
    fn break_in(&mut self, sifted: Sifted) -> Vec<Reply> {
        self.change();
        self.session.countries = None;
        self.session.forgetting = false;
        let (mut heard, mut asks) = (sifted.heard, Vec::new());
        let known = self.known_if(&heard);
        heard.items.retain(|item| {
            let worse = match &item.what {
                What::Ask(name) => self.content.findings.id(name).is_some_and(|finding| {
                    sift::level_with(self.content, &known, finding) > known.level(self.content)
                }),
                _ => false,
            };
            if worse {
                asks.push(item.clone());
            }
            !worse
        });
        let message = heard.message;
        self.take(heard, true);
        if !asks.is_empty() {
            let items = asks.into_iter().chain(
                self.session
                    .heard
                    .take()
                    .into_iter()
                    .flat_map(|heard| heard.items),
            );
            self.session.heard = Some(Heard {
                items: items.collect(),
                message,
                ..Heard::default()
            });
        }
        let mut replies = self.show_base(Placement::New);
        if let Present::Doubt(..) = self.present() {
            replies.extend(self.show(Placement::New));
        }
        replies
    }

    /// She is to call already, and what she wrote makes it no more urgent.
    fn at_the_call(&mut self, sifted: Sifted, lines: &mut Vec<String>) -> Vec<Reply> {
        self.session.countries = None;
        let mut heard = sifted.heard;
        heard.items.retain(|item| matches!(item.what, What::Ask(_)));
        if heard.items.is_empty() {
            lines.push("words-no_change".to_owned());
            return self.present_again(Placement::New);
        }
        self.change();
        heard.topic = None;
        heard.kind = None;
        heard.lost = false;
        self.session.heard = Some(heard);
        self.show(Placement::New)
    }

    fn take_calmly(&mut self, sifted: Sifted, lines: &mut Vec<String>) -> Vec<Reply> {
        let heard = sifted.heard;
        let waits = heard.next_ask().is_some() || heard.listed().next().is_some();
        if let Some(replies) = self.only_the_stage(&heard) {
            return replies;
        }
        if waits {
            self.change();
            self.session.countries = None;
            let first_aid = self.first_aid_of(&heard);
            self.wait_for_word(heard);
            let shown = self.show(Placement::New);
            return first_aid.into_iter().chain(shown).collect();
        }
        if heard.lost {
            self.change();
            self.take(heard, false);
            let mut replies = vec![Reply::new(Text::plain(self.plain_words().get("loss")))];
            replies.extend(self.show(Placement::New));
            return replies;
        }
        if let Some(topic) = heard.topic.clone() {
            return self.opened_by_words(&heard, &topic, lines);
        }
        let denied: Vec<FindingId> = heard
            .items
            .iter()
            .filter_map(|item| self.content.findings.id(item.finding()?))
            .collect();
        if !denied.is_empty() || heard.for_her {
            self.change();
            self.take(heard, false);
        }
        if !denied.is_empty() {
            let words = self.plain_words();
            let list = heard_view::list_of(&words, &denied);
            let line = words.with("words-denied", &[("list", Argument::Word(list))]);
            let replies = self.present_again(Placement::New);
            return self.lead(&line, replies);
        }
        if lines.is_empty() {
            let known = sifted.known_already;
            lines.push(if known { "words-known" } else { "notice-text" }.to_owned());
        }
        self.present_again(Placement::New)
    }

    /// Her words name what she comes with, and nothing else: as its button does.
    fn opened_by_words(&mut self, heard: &Heard, topic: &TopicId, lines: &[String]) -> Vec<Reply> {
        self.change();
        self.session.countries = None;
        let first_aid = self.first_aid_of(heard);
        self.take(heard.clone(), false);
        if lines.is_empty() {
            let words = self.plain_words();
            let name = words.get(&format!("topic-{topic}"));
            let line = words.with("words-topic", &[("topic", Argument::Word(name))]);
            let shown = self.show(Placement::New);
            let replies = first_aid.into_iter().chain(shown).collect();
            return self.lead(&line, replies);
        }
        let shown = self.show(Placement::New);
        first_aid.into_iter().chain(shown).collect()
    }

    /// The first aid of the topic that her words chose. Not while a danger sign is in doubt.
    fn first_aid_of(&self, heard: &Heard) -> Option<Reply> {
        let topic = self.content.topic(heard.topic.as_ref()?)?;
        let first_aid = topic.first_aid.as_ref().filter(|_| heard.next_ask().is_none())?;
        let text = self.plain_words().get(&format!("first_aid-{first_aid}"));
        Some(Reply::new(Text::plain(text)))
    }

    /// Asked where she is, and told that and no more: it is her answer, as if she had tapped it.
    fn only_the_stage(&mut self, heard: &Heard) -> Option<Vec<Reply>> {
        let Present::Question(_, asked) = self.present() else {
            return None;
        };
        let [item] = heard.items.as_slice() else {
            return None;
        };
        let What::Stage(_, Some(choice)) = &item.what else {
            return None;
        };
        if asked.screen.role != ScreenRole::Stage || heard.lost {
            return None;
        }
        let choice = choice.clone();
        Some(self.stage_by_words(&item.words.reveal().clone(), choice))
    }

    /// Answers the question where she is, and says how it was taken.
    pub(super) fn stage_by_words(&mut self, typed: &str, choice: ChoiceId) -> Vec<Reply> {
        self.change();
        self.session.countries = None;
        let words = self.plain_words();
        let label = words.get(&format!("choice-{choice}"));
        let line = words.with(
            "words-stage",
            &[
                ("words", Argument::Word(typed.to_owned())),
                ("means", Argument::Word(label)),
            ],
        );
        let mut replies = self.answer(Pressed::Chosen, vec![choice]);
        for reply in &mut replies {
            reply.placement = Placement::New;
        }
        self.lead(&line, replies)
    }
}
