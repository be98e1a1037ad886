//! From a message to a [`Reading`]: cut, spot, look around, merge.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use jiff::civil::Date;

use crate::content::lexicon::compiled::{Target, flags};
use crate::content::lexicon::{CueKind, Lexicon, Pattern, Reads, Says};
use crate::content::{Content, FindingId, FindingKind, LanguageId, Phase, Value};

use super::about::about;
use super::cut::cut;
use super::dates::Calendar;
use super::degrees::{Degrees, FEVER};
use super::merge::merge;
use super::numbers::Numbers;
use super::reading::{Mention, Reading, RouteMention, StageMention, Temperature, Told, TopicMention, Words};
use super::scene::{Person, Scene};
use super::scope::{Around, Denial, Time};
use super::spot::{Found, spot};
use super::stage::{Hints, Stages};
use super::tokens::Tokens;

/// Longer messages are not read to their end. It is the longest that Telegram sends, in letters.
pub const LONGEST: usize = 4096;

/// Reads a message. `today` is the day it was sent, where she is. Her language is read; where there is no lexicon for
/// it, English is.
#[must_use]
pub fn read(content: &Content, language: &LanguageId, text: &str, today: Date) -> Reading {
    let english = LanguageId::from("en");
    let Some(lexicon) = content.lexicon(language).or_else(|| content.lexicon(&english)) else {
        return Reading::default();
    };
    read_with(content, lexicon, text, today)
}

/// Reads a message with a lexicon.
#[must_use]
pub fn read_with(content: &Content, lexicon: &Lexicon, text: &str, today: Date) -> Reading {
    read_at(content, lexicon, text, today, None)
}

/// Reads a message; patterns of one phase are read as if she was in it.
pub(super) fn read_at(
    content: &Content,
    lexicon: &Lexicon,
    text: &str,
    today: Date,
    phase: Option<Phase>,
) -> Reading {
    let end = text.char_indices().nth(LONGEST).map(|(end, _)| end);
    let read = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
    let tokens = cut(lexicon.compiled(), read, lexicon.source().joined);
    let spotted = spot(lexicon, &tokens);
    let scene = Scene::new(lexicon, &tokens, &spotted);
    let mut reader = Reader {
        content,
        lexicon,
        tokens: &tokens,
        scene: &scene,
        others: 0,
        asked: 0,
        claims: Vec::new(),
        reading: Reading::default(),
    };
    for found in &spotted.patterns {
        reader.pattern(found);
    }
    reader.numbers(today, &spotted.patterns, phase);
    let mut reading = reader.finish();
    reading.truncated = end.is_some();
    reading
}

/// What is claimed of a finding, before all claims are merged.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) mention: Mention,
    /// Where it begins, in tokens.
    pub(super) at: usize,
    /// The token of its number.
    pub(super) number: Option<usize>,
    /// Counts only at this phase, and not at that one.
    pub(super) phases: (Option<Phase>, Option<Phase>),
}

struct Reader<'r> {
    content: &'r Content,
    lexicon: &'r Lexicon,
    tokens: &'r Tokens<'r>,
    scene: &'r Scene<'r>,
    /// How many findings were somebody else's, and how many only asked about.
    others: usize,
    asked: usize,
    claims: Vec<Claim>,
    reading: Reading,
}

impl Reader<'_> {
    fn words(&self, tokens: &[usize]) -> Words {
        // A quote does not end, or begin, with an "and".
        let joins = |token: &usize| self.tokens.has(*token, flags::AND | flags::OR);
        let first = tokens.iter().position(|token| !joins(token)).unwrap_or(0);
        let end = tokens
            .iter()
            .rposition(|token| !joins(token))
            .map_or(tokens.len(), |last| last + 1);
        let tokens = tokens.get(first..end).unwrap_or(tokens);
        let mut words: Words = Vec::new();
        let mut before: Option<usize> = None;
        for token in tokens {
            let Some(place) = self.tokens.get(*token).map(|token| token.place.clone()) else {
                continue;
            };
            let beside = before.is_some_and(|before| before + 1 == *token || before == *token);
            match words.last_mut() {
                // Words that stand beside each other are quoted as one.
                Some(last) if beside && place.start >= last.start => last.end = last.end.max(place.end),
                _ => words.push(place),
            }
            before = Some(*token);
        }
        words
    }

    fn pattern(&mut self, found: &Found) {
        let Target::Pattern(place) = found.target else {
            return;
        };
        let Some(pattern) = self.lexicon.source().patterns.get(place) else {
            return;
        };
        let around = self.scene.around(found);
        let other = matches!(around.person, Person::Other);
        match &pattern.reads {
            Reads::Finding(finding, says) => self.finding(found, pattern, *finding, *says, around),
            _ if other => self.others += 1,
            _ if around.supposed => self.asked += 1,
            Reads::Stage(..) => {}
            Reads::Lost => self.reading.lost |= is_plain(around),
            Reads::Route(route) => {
                let again = self.reading.routes.iter().any(|known| known.route == *route);
                if around.denial != Denial::Strict && !again {
                    self.reading.routes.push(RouteMention {
                        route: route.clone(),
                        rule: Arc::clone(&pattern.id),
                        words: self.words(&found.tokens),
                    });
                }
            }
            Reads::Topic(topic) => {
                if around.denial != Denial::Strict && self.reading.topic.is_none() {
                    self.reading.topic = Some(TopicMention {
                        topic: topic.clone(),
                        rule: Arc::clone(&pattern.id),
                        words: self.words(&found.tokens),
                    });
                }
            }
        }
    }

    fn finding(&mut self, found: &Found, pattern: &Pattern, finding: FindingId, says: Says, around: Around) {
        let never_denied = self.lexicon.never_denied.contains(&finding);
        if around.person == Person::Other {
            self.others += 1;
            return;
        }
        if (around.supposed && !never_denied) || around.asked {
            self.asked += 1;
            return;
        }
        let (repair, tied) = self.repairs(found);
        let Some(told) = self.told(found, pattern, finding, says, &around, repair) else {
            return;
        };
        let affirmed = matches!(told, Told::Is(value) if value >= Value::Yes);
        self.claims.push(Claim {
            at: found.first(),
            phases: (pattern.phase, pattern.not_phase),
            number: matches!(says, Says::Number(_)).then_some(found.number).flatten(),
            mention: Mention {
                finding,
                told,
                rule: Arc::clone(&pattern.id),
                words: self.words(&found.tokens),
                repair,
                ask_first: affirmed && (pattern.ask_first || repair > 1 || tied),
            },
        });
    }

    /// By how many letters the words of a match were repaired at the most, and whether a word could be repaired into
    /// another one as well.
    fn repairs(&self, found: &Found) -> (u8, bool) {
        let tokens = found.tokens.iter().filter_map(|token| self.tokens.get(*token));
        tokens.fold((0, false), |(repair, tied), token| {
            (token.repair.max(repair), tied || token.tied)
        })
    }

    /// What a match says of its finding, with all that stands around it; nothing if it says nothing.
    fn told(
        &self,
        found: &Found,
        pattern: &Pattern,
        finding: FindingId,
        says: Says,
        around: &Around,
        repair: u8,
    ) -> Option<Told> {
        let never_denied = self.lexicon.never_denied.contains(&finding);
        let history = self.lexicon.source().history.contains(&finding);
        let unclear = around.doubt
            || around.questioned
            || around.person == Person::PerhapsOther
            || around.undone
            || around.denial == Denial::Loose;
        let listed = around.denial == Denial::Listed;
        let denied = around.denial == Denial::Strict;
        // What may have been at any time is past only where it is said to be over: "he hit me years ago, I am safe now".
        let past = around.time == Time::Past && (!history || never_denied && around.over);
        if pattern.denies_only && !denied {
            return None;
        }
        match says {
            Says::Past => Some(Told::Past),
            Says::Is(Value::No) => {
                let doubtful = unclear || denied || repair > 0 || never_denied || around.turned;
                (!past).then_some(Told::Is(if doubtful { Value::Unsure } else { Value::No }))
            }
            Says::Is(Value::Unsure) => (!denied).then_some(Told::Is(Value::Unsure)),
            Says::Is(value) if denied => {
                let doubtful = unclear || repair > 0 || around.turned;
                self.denied(pattern, finding, value, past, doubtful)
            }
            Says::Is(_) if past && (!never_denied || around.over) => Some(Told::Past),
            Says::Is(_) if never_denied => {
                let loose = listed || around.denial == Denial::Loose;
                Some(Told::Is(if loose { Value::Unsure } else { Value::Yes }))
            }
            Says::Is(_) if unclear || listed => Some(Told::Is(Value::Unsure)),
            Says::Is(value) => Some(Told::Is(value)),
            Says::Number(_) if denied || past => None,
            Says::Number(times) => self.amount(found, finding, times).map(Told::Is),
        }
    }

    /// What a denial of a pattern says of its finding.
    fn denied(
        &self,
        pattern: &Pattern,
        finding: FindingId,
        value: Value,
        past: bool,
        doubtful: bool,
    ) -> Option<Told> {
        // "No heavy bleeding" is not "no bleeding"; "not the left" is nothing.
        let whole = match value {
            Value::Amount(0) => self.lexicon.safety.contains(&finding),
            Value::Amount(_) => pattern.denies,
            _ => true,
        };
        if !whole || past {
            return None;
        }
        let never = self.lexicon.never_denied.contains(&finding);
        // Words too weak for a yes, or too far apart, are too weak for a no.
        if (pattern.ask_first || pattern.is_apart() && !pattern.denies_only) && !never {
            return None;
        }
        Some(Told::Is(if never || doubtful {
            Value::Unsure
        } else {
            Value::No
        }))
    }

    fn amount(&self, found: &Found, finding: FindingId, times: u16) -> Option<Value> {
        let number = self.tokens.get(found.number?)?.whole()?;
        let amount = number.checked_mul(times)?;
        let kind = self.content.findings.get(finding).map(|finding| &finding.kind)?;
        match kind {
            FindingKind::Number { min, max, .. } if (*min..=*max).contains(&amount) => {
                Some(Value::Amount(amount))
            }
            _ => None,
        }
    }

    fn numbers(&mut self, today: Date, patterns: &[Found], assumed: Option<Phase>) {
        let numbers = Numbers::new(self.lexicon, self.scene);
        self.temperature(&numbers);
        if let Some(finding) = self.lexicon.source().score {
            for (score, place) in numbers.scores() {
                self.add(finding, Told::Is(Value::Amount(score)), "score", place..=place);
            }
        }
        let stage_patterns: Vec<(&Found, &Pattern)> = patterns
            .iter()
            .filter_map(|found| match found.target {
                Target::Pattern(place) => Some((found, self.lexicon.source().patterns.get(place)?)),
                Target::Cue(_) => None,
            })
            .filter(|(found, pattern)| matches!(pattern.reads, Reads::Stage(..)) && self.stands(found))
            .collect();
        let late_period = stage_patterns
            .iter()
            .filter(|(_, pattern)| {
                matches!(&pattern.reads, Reads::Stage(stage, _) if stage.phase == Phase::PeriodLate)
            })
            .map(|(found, _)| self.scene.sentence_of(found.first()).0)
            .collect();
        let says = |phase: Phase| {
            stage_patterns
                .iter()
                .any(|(_, pattern)| matches!(&pattern.reads, Reads::Stage(stage, _) if stage.phase == phase))
        };
        let hints = Hints {
            pregnant: says(Phase::Pregnant),
            after_birth: says(Phase::AfterBirth),
            birth: false,
        };
        let stages = Stages {
            hints: hints.with_words(&numbers),
            numbers: &numbers,
            calendar: Calendar {
                lexicon: self.lexicon,
                numbers: &numbers,
                today,
            },
            late_period,
        };
        let read = stages.read();
        // "Back pain, 18 weeks": what is her stage is no duration.
        if let Some((_, _, tokens, _)) = &read {
            self.claims
                .retain(|claim| claim.number.is_none_or(|number| !tokens.contains(&number)));
        }
        self.reading.stage = self.stage(read, &stage_patterns);
        // A loss that she tells beside the weeks she is in now was another pregnancy.
        let stage = self.reading.stage.as_ref();
        self.reading.lost &= stage.is_none_or(|said| said.stage.phase != Phase::Pregnant);
        let said = assumed.or(self.reading.stage.as_ref().map(|said| said.stage.phase));
        self.claims.retain(|claim| {
            let (only, never) = claim.phases;
            (only.is_none() || only == said) && (never.is_none() || never != said)
        });
    }

    /// A stage that is hers, and said as a fact.
    fn stands(&self, found: &Found) -> bool {
        let around = self.scene.around(found);
        around.denial == Denial::None
            && !around.supposed
            && !around.asked
            && (around.time == Time::Now || self.says_when(found))
            && matches!(around.person, Person::Own | Person::Third)
    }

    /// "Positive test a fortnight ago": when it was ends what is told.
    fn says_when(&self, found: &Found) -> bool {
        let cues = self.scene.cues_in(found.first() + 1, found.last() + 1).iter();
        cues.filter(|cue| cue.kind == CueKind::Past)
            .any(|cue| cue.last == found.last() && found.tokens.contains(&cue.first))
    }

    fn stage(
        &self,
        read: Option<(crate::content::Stage, Arc<str>, Vec<usize>, bool)>,
        patterns: &[(&Found, &Pattern)],
    ) -> Option<StageMention> {
        let phrase = |weak: bool| {
            patterns.iter().find_map(|(found, pattern)| match &pattern.reads {
                Reads::Stage(stage, is_weak) if *is_weak == weak => Some(StageMention {
                    stage: *stage,
                    rule: Arc::clone(&pattern.id),
                    words: self.words(&found.tokens),
                }),
                _ => None,
            })
        };
        let number = |weak: bool| {
            let (stage, rule, tokens, _) = read.clone().filter(|(_, _, _, is_weak)| *is_weak == weak)?;
            Some(StageMention {
                stage,
                rule,
                words: self.words(&tokens),
            })
        };
        number(false)
            .or_else(|| phrase(false))
            .or_else(|| number(true))
            .or_else(|| phrase(true))
    }

    fn add(&mut self, finding: FindingId, told: Told, rule: &str, places: RangeInclusive<usize>) {
        self.claims.push(Claim {
            at: *places.start(),
            phases: (None, None),
            number: None,
            mention: Mention {
                finding,
                told,
                rule: Arc::from(rule),
                words: self.words(&places.collect::<Vec<_>>()),
                repair: 0,
                ask_first: false,
            },
        });
    }

    /// A temperature, and the fever it is or is not.
    fn temperature(&mut self, numbers: &Numbers<'_>) {
        let all = numbers.temperatures();
        let now: Vec<_> = all.iter().filter(|degrees| !degrees.past).collect();
        let high = |tenths: u16| tenths >= FEVER;
        let fever = self.lexicon.source().fever;
        let past_fever = all.iter().find(|degrees| degrees.past && high(degrees.tenths));
        if let (Some(finding), Some(degrees), true) =
            (fever, past_fever, now.iter().all(|now| !high(now.tenths)))
        {
            self.add(finding, Told::Past, "temperature", degrees.token..=degrees.last);
            self.degrees(now.first().copied());
            return;
        }
        let Some(first) = now.first() else {
            return;
        };
        if now.iter().any(|other| high(other.tenths) != high(first.tenths)) {
            // Two that say the opposite: she is asked.
            if let Some(finding) = fever {
                self.add(
                    finding,
                    Told::Is(Value::Unsure),
                    "temperature",
                    first.token..=first.last,
                );
            }
            return;
        }
        // Of several the last.
        self.degrees(now.last().copied());
        if let Some(finding) = fever {
            // "Fever? 37.9": the number answers.
            self.claims.retain(|claim| {
                claim.mention.finding != finding || claim.mention.told != Told::Is(Value::Unsure)
            });
            let value = if high(first.tenths) { Value::Yes } else { Value::No };
            self.add(finding, Told::Is(value), "temperature", first.token..=first.last);
        }
    }

    fn degrees(&mut self, read: Option<&Degrees>) {
        self.reading.temperature = read.map(|degrees| Temperature {
            tenths: degrees.tenths,
            words: self.words(&(degrees.token..=degrees.last).collect::<Vec<_>>()),
        });
    }

    fn finish(mut self) -> Reading {
        let mut reading = std::mem::take(&mut self.reading);
        let safety = &self.lexicon.safety;
        reading.mentions = merge(std::mem::take(&mut self.claims), safety);
        let asks = self.scene.cues.iter().any(|cue| cue.kind == CueKind::Ask);
        reading.asks = asks || self.asked > 0 || self.tokens.list.iter().any(|token| token.asked);
        reading.word_count = self.tokens.list.len();
        reading.unknown_words = self.unknown();
        reading.scope = about(self.scene, self.tokens, &reading, self.others, self.asked);
        reading
    }

    fn unknown(&self) -> Vec<Range<usize>> {
        let unknown = self.tokens.list.iter().filter(|token| !token.known);
        unknown.map(|token| token.place.clone()).collect()
    }
}

/// Is something told as a fact: not denied, doubted, asked, supposed or taken back?
fn is_plain(around: Around) -> bool {
    let asked = around.asked || around.questioned || around.supposed;
    around.denial == Denial::None && !around.doubt && !asked && !around.undone && !around.over
}
