//! One conversation with all that happens to it, and what must hold after each event.

use std::collections::HashMap;

use jiff::SignedDuration;
use nightease::content::pseudo::pseudo_language;
use nightease::content::{Content, LanguageId, Level, Outcome};
use nightease::conversation::token::Action;
use nightease::conversation::{Arrival, Command, Event, Keep, Reply, Session, Surroundings};
use nightease::private::Private;
use nightease::proof::sessions::Layer;
use nightease::triage::{Answer, Pressed, rules};

use super::buttons::{goes_on, is_leaflet, plain, present_action, takes_back, taps};
use super::moves::{self, History, Move};
use super::told::{self, Says, Told};

/// A session older than this is begun anew.
const EXPIRES_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// A button as it was offered.
#[derive(Clone)]
struct Offered {
    label: String,
    token: String,
}

pub struct World {
    content: &'static Content,
    layer: Layer,
    around: Surroundings,
    stored: Option<Vec<u8>>,
    replies: Vec<Reply>,
    /// Every button that was ever sent, in order.
    ever: Vec<Offered>,
    /// Those of the present revision.
    offered: HashMap<String, Says>,
    told: Told,
    /// The last outcome that was shown and not taken back.
    shown: Option<Outcome>,
    last: Option<(Event, Option<i64>, String)>,
    /// The number of her last message.
    sent: i64,
    /// The chat, line by line.
    pub chat: Vec<String>,
}

/// Plays a history to its end.
pub fn play(content: &'static Content, layer: Layer, history: &History) -> (World, Result<(), String>) {
    let mut world = World {
        content,
        layer,
        around: crate::shared::around(),
        stored: None,
        replies: Vec::new(),
        ever: Vec::new(),
        offered: HashMap::new(),
        told: Told::default(),
        shown: None,
        last: None,
        sent: 0,
        chat: Vec::new(),
    };
    let result = world.play(history);
    (world, result)
}

impl World {
    fn play(&mut self, (topic, moves): &History) -> Result<(), String> {
        self.hear(moves::command("start"), "/start")?;
        let topics: Vec<Offered> = self.buttons(|action| matches!(action, Action::Topic(_)));
        self.tap(topic.get(&topics).clone())?;
        for one in moves {
            self.happen(one)?;
        }
        Ok(())
    }

    fn happen(&mut self, one: &Move) -> Result<(), String> {
        match one {
            Move::Tap(place) => self.tap_one(place, |_| true),
            Move::GoOn(place) => self.tap_one(place, goes_on),
            Move::Old(place) => {
                let ever = self.ever.clone();
                self.tap(place.get(&ever).clone())
            }
            Move::Foreign(token) => self.hear(
                Event::Tap(token.clone()),
                &format!("she taps a button from elsewhere: {token:?}"),
            ),
            Move::Again => match self.last.clone() {
                Some((event, message, said)) => {
                    let before = self.session();
                    self.hear_numbered(event.clone(), message, &format!("{said} (a second time)"))?;
                    let same = self.session().map(|session| plain(&session)) == before.as_ref().map(plain);
                    // A day later the conversation it belonged to is gone.
                    let gone = before.is_none_or(|before| {
                        self.around.now.duration_since(before.last_event) >= EXPIRES_AFTER
                    });
                    if matches!(event, Event::Text(_)) && !same && !gone {
                        return Err("a doubled message changed something".to_owned());
                    }
                    Ok(())
                }
                None => Ok(()),
            },
            Move::Two(one, two) => {
                let all = self.buttons(|_| true);
                if all.is_empty() {
                    return Ok(());
                }
                self.tap(one.get(&all).clone())?;
                self.tap(two.get(&all).clone())
            }
            Move::ThereAndBack(place) => self.there_and_back(place),
            Move::Text(words) => self.hear(moves::text(words), &format!("she types {words:?}")),
            Move::Edited(words) => {
                let event = Event::Edited(Private::new(words.clone()));
                self.hear(event, &format!("she changes a message to {words:?}"))
            }
            Move::Unreadable(place) => self.hear(moves::unreadable(*place), "she sends something else"),
            Move::Command(place) => {
                let typed = moves::COMMANDS[*place];
                self.hear(moves::command(typed), &format!("/{typed}"))
            }
            Move::Language => self.language(),
            Move::Reload => self.reload(),
            Move::Clock(minutes) => {
                self.around.now += SignedDuration::from_mins(*minutes);
                self.chat.push(format!("   the clock jumps by {minutes} minutes"));
                Ok(())
            }
        }
    }

    fn tap_one(
        &mut self,
        place: &proptest::sample::Index,
        wanted: fn(&Action) -> bool,
    ) -> Result<(), String> {
        let mut all = self.buttons(wanted);
        if all.is_empty() {
            all = self.buttons(|_| true);
        }
        if all.is_empty() {
            return self.hear(moves::command("start"), "/start");
        }
        self.tap(place.get(&all).clone())
    }

    fn tap(&mut self, button: Offered) -> Result<(), String> {
        let said = format!("she taps {:?} ({})", button.label, button.token);
        self.hear(Event::Tap(button.token), &said)
    }

    /// A button that answers, then Back: she is where she was.
    fn there_and_back(&mut self, place: &proptest::sample::Index) -> Result<(), String> {
        let all = self.buttons(goes_on);
        let (Some(before), false) = (self.session(), all.is_empty()) else {
            return Ok(());
        };
        self.tap(place.get(&all).clone())?;
        let Some(then) = self.session() else { return Ok(()) };
        if then.answers.len() <= before.answers.len() {
            return Ok(());
        }
        self.hear(moves::command("back"), "/back")?;
        let back = self.session().map(|session| plain(&session));
        if back != Some(plain(&before)) {
            return Err(format!(
                "Back does not lead to where she was: {back:?} instead of {before:?}"
            ));
        }
        Ok(())
    }

    /// Her language becomes the other one; nothing else does.
    fn language(&mut self) -> Result<(), String> {
        let Some(mut session) = self.session() else {
            return Ok(());
        };
        session.language = if session.language == pseudo_language() {
            LanguageId::from("en")
        } else {
            pseudo_language()
        };
        let before = self.ask_again()?;
        self.chat
            .push(format!("   her language is {} now", session.language));
        self.stored = (self.layer.write)(&session);
        let after = self.ask_again()?;
        if before != after {
            return Err(format!(
                "another language shows something else: {after:?} instead of {before:?}"
            ));
        }
        Ok(())
    }

    /// What is in front of her, without its words.
    fn ask_again(&mut self) -> Result<Vec<String>, String> {
        self.hear(moves::command("help"), "/help")?;
        let last = self.replies.last().ok_or("silence")?;
        // Longer words may make an answer of more messages or pages, and countries stand in the order of their
        // names: that is how it is shown, not what.
        let layout = |token: &str| {
            let action = Action::parse(token).map(|(_, action)| action);
            matches!(
                action,
                Some(Action::ShowAgain | Action::MoreSteps | Action::Country(_) | Action::CountriesFrom(_))
            )
        };
        let tokens = taps(last).filter(|(_, token, _)| !layout(token));
        let tokens = tokens.map(|(_, token, _)| token.to_owned());
        let shows = format!("{:?} {:?}", last.screen, last.outcome);
        Ok(tokens.chain([shows]).collect())
    }

    fn reload(&mut self) -> Result<(), String> {
        let Some(session) = self.session() else {
            return Ok(());
        };
        let bytes = (self.layer.write)(&session);
        if bytes != self.stored {
            return Err("what was stored is stored otherwise a second time".to_owned());
        }
        self.chat.push("   the program stops and starts again".to_owned());
        self.stored = bytes;
        Ok(())
    }

    fn session(&self) -> Option<Session> {
        self.stored.as_deref().and_then(self.layer.read)
    }

    /// Buttons of the last turn.
    fn buttons(&self, wanted: fn(&Action) -> bool) -> Vec<Offered> {
        let all = self.replies.iter().flat_map(taps);
        let wanted =
            all.filter(|(_, token, _)| Action::parse(token).is_some_and(|(_, action)| wanted(&action)));
        wanted
            .map(|(label, token, _)| Offered {
                label: label.to_owned(),
                token: token.to_owned(),
            })
            .collect()
    }

    /// One event, as a door numbers it.
    fn hear(&mut self, event: Event, said: &str) -> Result<(), String> {
        let message = match event {
            Event::Tap(_) => None,
            Event::Edited(_) => Some(self.sent),
            _ => {
                self.sent += 1;
                Some(self.sent)
            }
        };
        self.hear_numbered(event, message, said)
    }

    /// One event, as the engine hands it on, and what must hold after it.
    fn hear_numbered(&mut self, event: Event, message: Option<i64>, said: &str) -> Result<(), String> {
        let kept = self.session();
        let alive = |session: &Session| self.around.now.duration_since(session.last_event) < EXPIRES_AFTER;
        let before = kept.clone().filter(alive);
        let sent_at = (!matches!(event, Event::Tap(_))).then_some(self.around.now);
        let arrival = Arrival {
            event: event.clone(),
            sent_at,
            message,
        };
        self.chat.push(said.to_owned());
        let turn = (self.layer.turn)(self.content, kept, &arrival, &self.around);
        self.replies = turn.replies;
        let after = match turn.keep {
            Keep::Session(session) => Some(session),
            Keep::Nothing | Keep::Wipe => None,
        };
        self.stored = after.as_ref().and_then(self.layer.write);
        if self.session() != after {
            return Err(format!("stored was {after:?}, read is {:?}", self.session()));
        }
        if let Some(last) = self.replies.last() {
            let words = last.text.words();
            self.chat
                .push(format!("   > {}", words.lines().next().unwrap_or_default()));
        }
        self.last = Some((event.clone(), message, said.to_owned()));
        self.messages(&event, after.is_some())?;
        self.follow(before.as_ref(), &event, after.as_ref())
    }

    /// Whatever came in, she is answered, with a way on, and by messages that can be sent.
    fn messages(&self, event: &Event, kept: bool) -> Result<(), String> {
        let last = self.replies.last().ok_or("silence")?;
        // A leaflet has several; an answer three at the most, with a notice or the first aid before them.
        let most = if is_leaflet(event) { 12 } else { 5 };
        if self.replies.len() > most {
            return Err(format!("{} messages at once", self.replies.len()));
        }
        if kept && taps(last).next().is_none() {
            return Err("no button under the last message".to_owned());
        }
        for reply in &self.replies {
            let words = reply.text.words();
            if words.trim().is_empty() || words.encode_utf16().count() > 4096 {
                return Err(format!("a message that cannot be sent: {words:?}"));
            }
            if let Some((_, token, _)) = taps(reply).find(|(_, token, _)| token.len() > 64) {
                return Err(format!("a button of more than 64 bytes: {token}"));
            }
        }
        Ok(())
    }

    /// What the event may have done to what she told.
    fn follow(
        &mut self,
        before: Option<&Session>,
        event: &Event,
        after: Option<&Session>,
    ) -> Result<(), String> {
        let action = present_action(before, event);
        let corrects = before
            .and_then(|session| session.heard.as_ref())
            .is_some_and(|heard| heard.corrects);
        let back = takes_back(event, action.as_ref(), corrects);
        let Some(after) = after else {
            let ends = matches!(event, Event::Command(Command::Cancel))
                || matches!(action, Some(Action::ForgetYes | Action::Hide));
            self.told.clear();
            self.shown = None;
            self.offered.clear();
            return if ends {
                Ok(())
            } else {
                Err("the conversation is gone".to_owned())
            };
        };
        let was = before.and_then(|session| self.level(session));
        if before.is_none() {
            self.told.clear();
            self.offered.clear();
        }
        let closing = match event {
            Event::Tap(token) => self.offered.get(token).cloned(),
            Event::Text(_) | Event::Edited(_) => self.pressed_by_words(after),
            _ => None,
        };
        if let (Some(before), Event::Tap(token)) = (before, event) {
            self.stale(before, token, after)?;
        }
        let lost = before.is_none_or(|before| before.ended_after != after.ended_after)
            && after.ended_after.is_some();
        let loss = before.is_some_and(|before| before.ended != after.ended);
        self.learn(after, action.as_ref(), back, lost, closing.as_ref())?;
        // Words may tell a sign before the stage is known, and in words or by button she tells it then: what holds in
        // other weeks no longer counts.
        let stage_of = |session: &Session| session.known(self.content).and_then(|known| known.stage);
        let in_words = after.all_answers().any(|answer| answer.words.is_some());
        let stage = in_words && before.is_some_and(|before| stage_of(before) != stage_of(after));
        if back || stage || before.is_none() {
            self.shown = None;
        }
        let falls = !back && !loss && !stage && before.is_some() && self.level(after) < was;
        if falls {
            return Err(format!("the level fell from {was:?} to {:?}", self.level(after)));
        }
        self.decide(after)?;
        self.note(before, after);
        Ok(())
    }

    /// The button that a short reply pressed.
    fn pressed_by_words(&self, after: &Session) -> Option<Says> {
        let last = after.answers.last()?;
        let pressed = |token: &&String| {
            let action = Action::parse(token).map(|(_, action)| action);
            match last.pressed {
                Pressed::NotSure => matches!(action, Some(Action::NotSure(_))),
                Pressed::Skipped => matches!(action, Some(Action::Skip(_))),
                Pressed::None => matches!(action, Some(Action::None(_))),
                Pressed::Chosen | Pressed::Interrupted => false,
            }
        };
        let token = self.offered.keys().find(pressed)?;
        self.offered.get(token).cloned()
    }

    /// A button that is not offered now changes nothing that was told, and shows what is in front of her.
    fn stale(&self, before: &Session, token: &str, after: &Session) -> Result<(), String> {
        let parsed = Action::parse(token);
        let rightful = parsed.as_ref().is_some_and(|(revision, action)| {
            let present = *revision == before.revision;
            let everywhere = matches!(
                action,
                Action::Back | Action::StartAgain | Action::Country(_) | Action::OtherCountry
            );
            // Revisions begin anew with a conversation: an old welcome opens a topic where the welcome is in front of her.
            let welcome = matches!(action, Action::Topic(_)) && before.topic.is_none();
            // Ticks of the list in front of her count once each, however fast they come.
            let quick = matches!(action, Action::Choose(_))
                && (before.screen_since..before.revision).contains(revision)
                && !before.applied.iter().any(|known| known == token);
            (present && (everywhere || welcome || self.offered.contains_key(token))) || quick
        });
        if rightful {
            return Ok(());
        }
        let blind = |session: &Session| Session {
            countries: None,
            ..plain(session)
        };
        if blind(before) != blind(after) {
            return Err(format!(
                "an old or foreign button changed something: {after:?} was {before:?}"
            ));
        }
        let last = self.replies.last().ok_or("silence")?;
        let present =
            |token: &str| Action::parse(token).is_some_and(|(revision, _)| revision == after.revision);
        if !taps(last).all(|(_, token, _)| present(token)) {
            return Err("an old or foreign button is not answered with the present screen".to_owned());
        }
        Ok(())
    }

    /// Keeps the model in step: answers come one at a time, and only Back and its like take one away.
    fn learn(
        &mut self,
        after: &Session,
        action: Option<&Action>,
        back: bool,
        loss: bool,
        closing: Option<&Says>,
    ) -> Result<(), String> {
        let now = told::screens(after);
        let all: Vec<Answer> = after.all_answers().cloned().collect();
        if back {
            let gone = self.told.take_back(&all);
            if matches!(action, Some(Action::Back | Action::NotMeant)) && gone > 1 {
                return Err("Back took more than one answer back".to_owned());
            }
        }
        if loss {
            self.told.forget_stage(self.content);
            self.told.take_back(&all);
        }
        if now.len() == self.told.count() + 1
            && let Some(answer) = after.answers.last()
            && answer.words.is_some()
        {
            self.told.tell_words(self.content, answer);
        }
        if now.len() == self.told.count() + 1
            && let Some(answer) = after.answers.last()
        {
            let chose = matches!(action, Some(Action::Choose(_)));
            self.told.tell(answer, closing.filter(|_| !chose));
        }
        if self.told.screens() != now {
            return Err(format!(
                "answered is {now:?}, and she told {:?}",
                self.told.screens()
            ));
        }
        Ok(())
    }

    /// The level of what she told, by the bare decision.
    fn level(&self, session: &Session) -> Option<Level> {
        let topic = session.known(self.content)?.topic;
        let case = self.told.case(self.content, &topic, session.ended);
        let fired = rules::fired(self.content, Some(&topic), case.stage, &case.record);
        Some(rules::level(self.content, Some(&topic), &fired))
    }

    /// What she is shown is what the bare decision says of what she told, learned in another order.
    fn decide(&mut self, after: &Session) -> Result<(), String> {
        let Some(known) = after.known(self.content) else {
            return Ok(());
        };
        if self.told.is_open() {
            return Ok(());
        }
        let case = self.told.case(self.content, &known.topic, after.ended);
        if known.stage_or_unknown() != case.stage || known.record != case.record {
            return Err(format!(
                "what counts as told is not what the buttons said: {:?} and {:?}",
                known.record, case.record
            ));
        }
        let outcome = told::outcome(self.content, &case);
        let Some(last) = self.replies.last() else {
            return Ok(());
        };
        if last.screen.is_some() && !after.worse && outcome.level() >= Some(Level::GoNow) {
            return Err(format!("she is asked on at {}", outcome.word()));
        }
        let Some(shown) = last.outcome else { return Ok(()) };
        if shown != outcome {
            return Err(format!(
                "she is shown {}, the decision is {}",
                shown.word(),
                outcome.word()
            ));
        }
        let lower = |then: Outcome| then.level().is_some() && shown.level() < then.level();
        if self.shown.is_some_and(lower) {
            return Err(format!(
                "shown is {}, less than before: {:?}",
                shown.word(),
                self.shown
            ));
        }
        self.shown = Some(shown);
        Ok(())
    }

    /// Writes down what is offered now.
    fn note(&mut self, before: Option<&Session>, after: &Session) {
        if before.is_none_or(|before| before.revision != after.revision) {
            self.offered.clear();
        }
        for reply in &self.replies {
            self.told.read(reply);
            for (label, token, says) in taps(reply) {
                self.offered.insert(token.to_owned(), says);
                self.ever.push(Offered {
                    label: label.to_owned(),
                    token: token.to_owned(),
                });
            }
        }
    }
}
