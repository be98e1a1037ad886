//! Texts, with what every text may ask for: topic, phase, and whether the pregnancy ended.

use jiff::Timestamp;

use crate::content::{
    Argument, Content, CountryNumbers, FindingId, LanguageId, Phase, Stage, TopicId, Value,
};

use super::Surroundings;

/// The most characters of one message.
pub const LONGEST_MESSAGE: usize = 600;

/// Finds texts for one woman at one moment.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    /// The content.
    pub content: &'a Content,
    /// Her language.
    pub language: &'a LanguageId,
    /// What she came with.
    pub topic: Option<TopicId>,
    /// Where she is.
    pub stage: Stage,
    /// She told that the pregnancy ended.
    pub ended: bool,
    /// The country whose numbers are shown, as two letters: the one set for all, or the one she picked.
    pub country: Option<&'a str>,
    /// The world.
    pub around: &'a Surroundings,
}

impl<'a> Words<'a> {
    /// The text of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of a key, with further arguments.
    #[must_use]
    pub fn with(&self, key: &str, more: &[(&str, Argument)]) -> String {
        self.content.texts.get(self.language, key, &self.arguments(more))
    }

    /// The text of a key, if there is one and it says something here.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<String> {
        let text = self
            .content
            .texts
            .find(self.language, key, &self.arguments(&[]))?;
        (!text.trim().is_empty()).then_some(text)
    }

    fn arguments<'b>(&self, more: &[(&'b str, Argument)]) -> Vec<(&'b str, Argument)> {
        let word = |text: &str| Argument::Word(text.to_owned());
        let mut all: Vec<(&'b str, Argument)> = vec![
            ("topic", word(self.topic.as_ref().map_or("none", TopicId::as_str))),
            ("phase", word(phase_word(self.stage.phase))),
            ("loss", word(if self.ended { "yes" } else { "no" })),
            ("number", Argument::Word(self.number_words())),
            ("time", word(time_word(self.around))),
        ];
        all.extend(more.iter().cloned());
        all
    }

    /// The emergency number as it goes into a sentence: the country's, or words with the usual ones.
    #[must_use]
    pub fn number_words(&self) -> String {
        let known = self
            .number()
            .map(|number| ("number", Argument::Word(number.to_owned())));
        match known {
            Some(number) => self
                .content
                .texts
                .get(self.language, "emergency_number.known", &[number]),
            None => self.content.texts.get(self.language, "emergency_number", &[]),
        }
    }

    /// The numbers of the country, if it is known and listed.
    #[must_use]
    pub fn numbers(&self) -> Option<&'a CountryNumbers> {
        self.content.numbers_of(self.country?)
    }

    /// The emergency number of the country.
    #[must_use]
    pub fn number(&self) -> Option<&'a str> {
        self.numbers().map(|numbers| &*numbers.emergency.number)
    }

    /// Is she asked which country she is in? Not where the operator has set one for all.
    #[must_use]
    pub fn asks_country(&self) -> bool {
        self.around.country.is_none() && !self.content.numbers.is_empty()
    }

    /// What was said of a finding, as it goes on "Because you said: …".
    #[must_use]
    pub fn finding(&self, finding: FindingId, value: Value) -> String {
        let key = format!("finding-{}", self.content.findings.name(finding));
        match value {
            Value::Amount(amount) => self.with(&key, &[("amount", self.amount(finding, amount))]),
            _ => self.get(&key),
        }
    }

    fn amount(&self, finding: FindingId, amount: u16) -> Argument {
        use crate::content::FindingKind;
        match self.content.findings.get(finding).map(|finding| &finding.kind) {
            Some(FindingKind::Words(words)) => Argument::Word(
                words
                    .get(usize::from(amount))
                    .map_or_else(String::new, |word| word.to_string()),
            ),
            _ => Argument::Number(i64::from(amount)),
        }
    }

    /// Where she is, as a sentence she says on the phone.
    #[must_use]
    pub fn stage_to_say(&self) -> String {
        let (shape, from, to) = stage_shape(self.stage);
        let numbers = [
            ("shape", Argument::Word(shape.to_owned())),
            ("from", Argument::Number(from)),
            ("to", Argument::Number(to)),
        ];
        self.with("stage-say", &numbers)
    }

    /// Phrases joined with a semicolon, the most that read well.
    #[must_use]
    pub fn list(&self, phrases: &[String]) -> String {
        phrases.join("; ")
    }
}

/// The phase as texts know it.
#[must_use]
pub fn phase_word(phase: Phase) -> &'static str {
    match phase {
        Phase::Pregnant => "pregnant",
        Phase::AfterBirth => "after_birth",
        Phase::PeriodLate => "period_late",
        Phase::Neither => "neither",
        Phase::Unknown => "unknown",
    }
}

/// Night is from 10 in the evening to 7 in the morning, where the operator said where that is.
fn time_word(around: &Surroundings) -> &'static str {
    match &around.time_zone {
        None => "unknown",
        Some(zone) => {
            if is_night(around.now, zone) {
                "night"
            } else {
                "day"
            }
        }
    }
}

fn is_night(now: Timestamp, zone: &jiff::tz::TimeZone) -> bool {
    let hour = now.to_zoned(zone.clone()).hour();
    !(7..22).contains(&hour)
}

/// How her stage is told: the shape of the sentence, and the numbers in it.
fn stage_shape(stage: Stage) -> (&'static str, i64, i64) {
    let weeks = |days: u16| i64::from(days / 7);
    let (lo, hi) = (stage.days.lo(), stage.days.hi());
    match stage.phase {
        Phase::Pregnant if lo == 0 && hi >= 259 => ("week_not_known", 0, 0),
        Phase::Pregnant if lo == 0 => ("weeks_under", 0, weeks(hi) + 1),
        Phase::Pregnant if hi >= 294 => ("weeks_over", weeks(lo), 0),
        Phase::Pregnant if weeks(lo) == weeks(hi) => ("weeks_exact", weeks(lo), 0),
        Phase::Pregnant => ("weeks_range", weeks(lo), weeks(hi)),
        Phase::PeriodLate => ("period_late", 0, 0),
        Phase::AfterBirth if lo == 0 && hi >= 182 => ("after_over", 0, 0),
        Phase::AfterBirth if hi < 14 && lo == hi => ("days_exact", i64::from(lo), 0),
        Phase::AfterBirth if hi < 14 => ("days_range", i64::from(lo), i64::from(hi)),
        Phase::AfterBirth => ("weeks_after", weeks(lo), weeks(hi) + 1),
        Phase::Neither | Phase::Unknown => ("not_known", 0, 0),
    }
}
