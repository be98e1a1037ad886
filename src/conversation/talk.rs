//! One turn.

use std::cell::RefCell;
use std::sync::Arc;

use jiff::SignedDuration;

use crate::content::{
    Argument, Content, CountryId, LanguageId, Phase, ScreenId, ScreenKind, Stage, Topic, TopicId, stage,
};
use crate::triage::Known;
use crate::triage::answers::unsure_stage;
use crate::understanding;

use super::answer_view;
use super::event::{Arrival, Command, Event, Unreadable};
use super::heard_view;
use super::listen::Reader;
use super::present::Present;
use super::reply::{Button, Placement, Press, Reply, Text};
use super::screen_view;
use super::session::{SESSION_VERSION, Session};
use super::token::Action;
use super::wording::{LONGEST_MESSAGE, Words};
use super::{Keep, Surroundings, Turn, leaflet, why};

/// A message older than this came while the bot was away.
const AWAY_AFTER: SignedDuration = SignedDuration::from_mins(10);
/// A session older than this is begun anew.
const EXPIRES_AFTER: SignedDuration = SignedDuration::from_hours(24);
/// A group that talks on is told no more often than this where to go.
const PUBLIC_PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// One event, and what it leads to.
#[must_use]
pub fn turn(content: &Content, session: Option<Session>, arrival: &Arrival, around: &Surroundings) -> Turn {
    turn_with(content, session, arrival, around, understanding::read)
}

/// The same, with another reader of what she types.
#[must_use]
pub fn turn_with(
    content: &Content,
    session: Option<Session>,
    arrival: &Arrival,
    around: &Surroundings,
    reader: Reader,
) -> Turn {
    match &arrival.event {
        Event::Gone => {
            return Turn {
                keep: Keep::Wipe,
                replies: Vec::new(),
                rules: Vec::new(),
            };
        }
        Event::Nothing => {
            return Turn {
                keep: session.map_or(Keep::Nothing, Keep::Session),
                replies: Vec::new(),
                rules: Vec::new(),
            };
        }
        _ => {}
    }
    let alive = |session: &Session| {
        session.version == SESSION_VERSION && around.now.duration_since(session.last_event) < EXPIRES_AFTER
    };
    let kept = session.filter(alive);
    let begun = kept.is_some();
    let language = LanguageId::from("en");
    let session = kept.unwrap_or_else(|| Session::new(language, around.now));
    let mut talk = Talk {
        content,
        around,
        session,
        begun,
        wipe: false,
        reader,
        rules: Vec::new(),
        seen: RefCell::new(None),
    };
    if let Event::Overheard { command } = arrival.event {
        return talk.overheard(command);
    }
    let before = talk.question();
    let replies = talk.hear(arrival);
    if talk.question() != before {
        talk.session.screen_since = talk.session.revision;
        talk.session.applied.clear();
    }
    let away = arrival
        .sent_at
        .is_some_and(|sent| around.now.duration_since(sent) > AWAY_AFTER);
    let replies = if away {
        talk.lead(&talk.plain_words().get("notice-away"), replies)
    } else {
        replies
    };
    talk.session.last_event = around.now;
    let keep = if talk.wipe {
        Keep::Wipe
    } else {
        Keep::Session(talk.session)
    };
    Turn {
        keep,
        replies,
        rules: talk.rules,
    }
}

pub(super) struct Talk<'a> {
    pub(super) content: &'a Content,
    pub(super) around: &'a Surroundings,
    pub(super) session: Session,
    begun: bool,
    pub(super) wipe: bool,
    pub(super) reader: Reader,
    /// The rules that read her words.
    pub(super) rules: Vec<Arc<str>>,
    /// What was in front of her when that was last worked out, and with which session.
    pub(super) seen: RefCell<Option<(Session, Present<'a>)>>,
}

impl<'a> Talk<'a> {
    fn hear(&mut self, arrival: &Arrival) -> Vec<Reply> {
        match &arrival.event {
            Event::Command(command) => self.command(command),
            Event::Tap(token) => self.tap(token),
            Event::Text(words) => {
                #[cfg(feature = "fault-injection")]
                plant_a_panic(words.reveal());
                self.text(words.reveal(), arrival.message)
            }
            Event::Edited(words) => self.edited(words.reveal(), arrival.message),
            Event::Unreadable(kind) => self.with_notice(unreadable_notice(*kind), Placement::New),
            Event::Overheard { .. } | Event::Gone | Event::Nothing => Vec::new(),
        }
    }

    fn command(&mut self, command: &Command) -> Vec<Reply> {
        self.session.forgetting = false;
        match command {
            Command::Start(payload) => self.start(payload.as_deref()),
            Command::Restart => self.start(None),
            Command::Help => self.inform("help"),
            Command::Tips => self.tips(None),
            Command::TipsOn(name) => self.tips(Some(name)),
            Command::Urgent => self.urgent(Placement::New),
            Command::Back => self.back(Placement::New),
            Command::Why => self.why(Placement::New),
            Command::Cancel => self.leave("cancel"),
            Command::Privacy => self.inform("privacy"),
            Command::Forget => self.ask_to_forget(),
            Command::About => self.inform("about"),
            Command::Unknown => self.with_notice("unknown_command", Placement::New),
        }
    }

    fn tap(&mut self, token: &str) -> Vec<Reply> {
        let Some((revision, action)) = Action::parse(token) else {
            return self.with_notice("notice-old_button", Placement::New);
        };
        let present = self.begun && revision == self.session.revision;
        let never_old = matches!(action, Action::Countries);
        if !present && !never_old && !self.is_quick_tick(token, revision, &action) {
            return self.late_tap(revision);
        }
        if matches!(action, Action::Choose(_)) {
            self.session.applied.push(token.to_owned());
        }
        self.act(action)
    }

    /// A second tick of the same list, made before the first had changed the buttons. Each tick counts once.
    fn is_quick_tick(&self, token: &str, revision: u32, action: &Action) -> bool {
        let Action::Choose(choice) = action else {
            return false;
        };
        let Present::Question(_, asked) = self.present() else {
            return false;
        };
        self.begun
            && (self.session.screen_since..self.session.revision).contains(&revision)
            && asked.screen.kind == ScreenKind::PickMany
            && asked.choices.iter().any(|shown| shown.id == *choice)
            && !self.session.applied.iter().any(|known| known == token)
    }

    /// A button of an earlier moment changes nothing. Right after the present one was made it is a doubled tap.
    fn late_tap(&self, revision: u32) -> Vec<Reply> {
        let doubled = revision.checked_add(1) == Some(self.session.revision);
        match (
            self.begun,
            doubled || (self.session.screen_since..self.session.revision).contains(&revision),
        ) {
            (true, true) => self.present_again(Placement::InPlace),
            (true, false) => self.with_notice("notice-old_button", Placement::New),
            (false, _) => self.with_notice("notice-expired", Placement::New),
        }
    }

    /// The question in front of her, if there is one: which screen, and whether it is the second look.
    fn question(&self) -> Option<(ScreenId, bool)> {
        match self.present() {
            Present::Question(_, asked) => Some((asked.screen.id.clone(), asked.check)),
            _ => None,
        }
    }

    /// What she knows so far, as texts need it.
    pub(super) fn words(&self, known: &Known) -> Words<'_> {
        self.words_of(Some(known.topic.clone()), known.stage_or_unknown())
    }

    fn words_of(&self, topic: Option<TopicId>, stage: Stage) -> Words<'_> {
        Words {
            content: self.content,
            language: &self.session.language,
            topic,
            stage,
            ended: self.session.ended,
            country: self.country(),
            around: self.around,
        }
    }

    /// The country: the one set for all, or the one she picked.
    fn country(&self) -> Option<&str> {
        let picked = self.session.country.as_ref().map(CountryId::as_str);
        self.around.country.as_deref().or(picked)
    }

    pub(super) fn plain_words(&self) -> Words<'_> {
        match self.session.known(self.content) {
            Some(known) => self.words(&known),
            None => self.words_of(None, Stage::UNKNOWN),
        }
    }

    /// One line above what is in front of her.
    pub(super) fn with_notice(&self, key: &str, placement: Placement) -> Vec<Reply> {
        let replies = self.present_again(placement);
        self.lead(&self.plain_words().get(key), replies)
    }

    /// A text of its own, then what is in front of her.
    pub(super) fn inform(&self, key: &str) -> Vec<Reply> {
        let words = self.plain_words();
        let version = Argument::Word(env!("CARGO_PKG_VERSION").to_owned());
        let digest = Argument::Word(self.content.digest.to_string());
        let text = words.with(key, &[("version", version), ("digest", digest)]);
        let mut replies = vec![Reply::new(Text::plain(text))];
        replies.extend(self.present_again(Placement::New));
        replies
    }

    /// Puts a line above the first message, or before it where the two are too long for one.
    pub(super) fn lead(&self, line: &str, mut replies: Vec<Reply>) -> Vec<Reply> {
        match replies.first_mut() {
            Some(first)
                if line.chars().count() + 2 + first.text.words().chars().count() <= LONGEST_MESSAGE =>
            {
                first.text.spans.insert(
                    0,
                    super::Span {
                        text: format!("{line}\n\n"),
                        strong: false,
                    },
                );
            }
            _ => replies.insert(0, Reply::new(Text::plain(line))),
        }
        replies
    }

    /// The leaflet, then what is in front of her.
    pub(super) fn tips(&self, command: Option<&str>) -> Vec<Reply> {
        let words = self.plain_words();
        let topics = self.leaflets(command, words.stage);
        let mut replies = match command {
            _ if topics.is_empty() => return self.with_notice("unknown_command", Placement::New),
            Some(_) => leaflet::leaflet(&words, &topics),
            None => leaflet::overview(&words, &topics),
        };
        match self.present() {
            Present::Opening if self.open_list().is_none() => {
                if let Some(last) = replies.last_mut() {
                    last.rows = self.opening(Placement::New).rows;
                }
            }
            _ => replies.extend(self.present_again(Placement::New)),
        }
        replies
    }

    /// The topics of a leaflet. Of two that share a button, `/tips` shows the one for her stage, once it is known; after
    /// a loss the other one is not shown at all.
    fn leaflets(&self, command: Option<&str>, at: Stage) -> Vec<&'a Topic> {
        let known = at.phase != Phase::Unknown || self.session.ended;
        let at = if self.session.ended {
            unsure_stage(true)
        } else {
            at
        };
        let goes_on = |topic: &'a Topic| match &topic.hands_over {
            Some(over) if known && stage::shows(&over.stage, at) => {
                self.content.topic(&over.to).unwrap_or(topic)
            }
            _ => topic,
        };
        let is_passed_over = |topic: &Topic| {
            let mut from = self
                .content
                .topics
                .iter()
                .filter_map(|from| from.hands_over.as_ref());
            known && from.any(|over| over.to == topic.id && !stage::shows(&over.stage, at))
        };
        let mut found: Vec<&'a Topic> = Vec::new();
        for topic in &self.content.topics {
            let wanted = match command {
                None => topic.leaflet_command.is_some() && !is_passed_over(topic),
                Some(name) => topic.leaflet_command.as_deref() == Some(name),
            };
            let shown = if command.is_none() || self.session.ended {
                goes_on(topic)
            } else {
                topic
            };
            if wanted && !found.iter().any(|other| other.id == shown.id) {
                found.push(shown);
            }
        }
        found
    }

    /// Why this question, or why this answer.
    pub(super) fn why(&self, placement: Placement) -> Vec<Reply> {
        if self.open_list().is_some() {
            return self.inform("countries-why");
        }
        match self.present() {
            Present::Opening => self.inform("why-nothing"),
            Present::Doubt(..) | Present::ReadBack => {
                let heard = self.session.heard.clone().unwrap_or_default();
                let text = heard_view::why(&self.plain_words(), &heard);
                let mut replies = vec![Reply::new(Text::plain(text))];
                replies.extend(self.show(Placement::New));
                replies
            }
            Present::Question(known, asked) => {
                let words = self.words(&known);
                let line = words.get(&format!("screen-{}.why", asked.screen.id));
                let mut replies = vec![Reply::new(Text::plain(line))];
                replies.extend(self.show(Placement::New));
                replies
            }
            Present::Answer(known, found) => {
                let words = self.words(&known);
                let read = heard_view::why_lines(&words, &self.session);
                let mut reply = Reply::new(Text::plain(why::why(&words, &found, read)));
                reply.rows = answer_view::rows(&words, &self.session, &found);
                reply.outcome = Some(found.outcome);
                reply.end = true;
                reply.placement = match placement {
                    Placement::InPlace => Placement::New,
                    Placement::New => placement,
                };
                vec![reply]
            }
        }
    }

    fn ask_to_forget(&mut self) -> Vec<Reply> {
        self.change();
        self.session.forgetting = true;
        let words = self.plain_words();
        let mut reply = Reply::new(Text::plain(words.get("forget-ask")));
        reply.rows = vec![vec![
            screen_view::plain(
                &words,
                "button-forget_yes",
                &Action::ForgetYes,
                self.session.revision,
            ),
            screen_view::plain(
                &words,
                "button-forget_no",
                &Action::ForgetNo,
                self.session.revision,
            ),
        ]];
        vec![reply]
    }

    /// Ends with a last word; nothing is kept.
    pub(super) fn leave(&mut self, key: &str) -> Vec<Reply> {
        self.wipe = true;
        vec![Reply::new(Text::plain(
            self.words_of(None, Stage::UNKNOWN).get(key),
        ))]
    }

    /// Answers a group or a channel, but not every message of a lively one. The session kept for it holds no more than
    /// the time of the last line.
    fn overheard(mut self, command: bool) -> Turn {
        let since = self.around.now.duration_since(self.session.last_event);
        if self.begun && !command && since.abs() < PUBLIC_PAUSE {
            return Turn {
                keep: Keep::Session(self.session),
                replies: Vec::new(),
                rules: Vec::new(),
            };
        }
        let replies = vec![self.in_public()];
        self.session.last_event = self.around.now;
        Turn {
            keep: Keep::Session(self.session),
            replies,
            rules: Vec::new(),
        }
    }

    /// One line for a group or a channel, without a word about health.
    fn in_public(&self) -> Reply {
        let words = self.words_of(None, Stage::UNKNOWN);
        let mut reply = Reply::new(Text::plain(words.get("group")));
        if let Some(link) = &self.around.private_link {
            let label = words.get("button-private_chat");
            reply.rows = vec![vec![Button {
                label,
                press: Press::Open(link.clone()),
            }]];
        }
        reply
    }

    /// The session has changed: buttons made before are old from here on.
    pub(super) fn change(&mut self) {
        self.session.revision = self.session.revision.wrapping_add(1);
    }
}

fn unreadable_notice(kind: Unreadable) -> &'static str {
    match kind {
        Unreadable::Picture => "notice-picture",
        Unreadable::Voice => "notice-voice",
        Unreadable::Sticker => "notice-sticker",
        Unreadable::Other => "notice-other",
    }
}

/// A fault on purpose, to show that it is survived. Its payload holds her words, as that of a real one might.
#[cfg(feature = "fault-injection")]
#[allow(clippy::panic)]
fn plant_a_panic(words: &str) {
    if words.contains("plant a panic") {
        panic!("planted: {words}");
    }
}
