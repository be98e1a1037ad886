//! Which texts there must be or may be, and what is put into each.

use std::collections::BTreeMap;

use crate::content::draft::{Draft, Mark};
use crate::content::id::FindingId;
use crate::content::level::Level;

/// What a text is given, and whether it must be there.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// Variables it may use.
    pub(super) may: &'static [&'static str],
    /// Variables it must use.
    pub(super) must: &'static [&'static str],
    /// Must it be there?
    pub(super) needed: bool,
    /// What in the TOML files asks for it; nothing for texts of the program itself.
    pub(super) owner: Option<Mark>,
}

/// What texts of screens, choices, topics and steps are given.
const PLACE: &[&str] = &["topic", "phase", "loss"];

/// What the heads of answers are given.
const CALL: &[&str] = &["number", "time", "phase"];

/// What a whole fixed answer of a flag may use.
const FIXED_ANSWER: &[&str] = &["topic", "phase", "loss", "number"];

/// What the line that tells of a number is given.
const HELP_LINE: &[&str] = &["name", "number", "hours"];

/// What hours on some days of the week are given.
const HOURS_ON_DAYS: &[&str] = &["first", "last", "from", "to"];

/// What a line of the list of what was read is given.
const HEARD_ITEM: &[&str] = &["place", "words", "means"];

type Fixed = (&'static str, &'static [&'static str], &'static [&'static str]);

/// Texts of the program itself that must be there: key, what it may use, what it must use.
const FIXED: &[Fixed] = &[
    ("opening", &[], &[]),
    ("answer-emergency", CALL, &["number"]),
    ("answer-go_now", CALL, &[]),
    ("answer-same_day", CALL, &[]),
    ("answer-routine", CALL, &[]),
    ("answer-self_care", CALL, &[]),
    ("answer-go_now_unsure", CALL, &[]),
    ("answer-same_day_unsure", CALL, &[]),
    ("answer-say", &[], &[]),
    ("answer-say_for_her", &[], &[]),
    ("answer-because", &["list"], &["list"]),
    ("answer-because_unsure", &["list"], &["list"]),
    ("answer-because_none", &[], &[]),
    ("answer-unsure_say", &[], &[]),
    ("answer-unsure_ask", &[], &[]),
    ("answer-above", &[], &[]),
    ("answer-causes", &["list"], &["list"]),
    ("answer-steps", &[], &[]),
    ("answer-more_steps", &[], &[]),
    ("answer-no_steps", &[], &[]),
    ("answer-not_sure_often", &[], &[]),
    (
        "stage-say",
        &["shape", "from", "to", "loss"],
        &["shape", "from", "to"],
    ),
    ("emergency_number", &["number"], &[]),
    ("emergency_number.known", &["number"], &["number"]),
    ("out_of_scope", &["number", "loss"], &[]),
    ("loss", &["number"], &[]),
    ("for_her", &["number"], &[]),
    ("hidden", &[], &[]),
    ("why-rule", &["rule", "name"], &["rule", "name"]),
    ("why-source", &["title"], &["title"]),
    ("why-grade", &["grade"], &["grade"]),
    ("why-digest", &["digest"], &["digest"]),
    ("why-no_rule", &[], &[]),
    ("why-steps", &["list"], &["list"]),
    ("why-unsigned", &[], &[]),
    ("why-nothing", &[], &[]),
    ("grade-A", &[], &[]),
    ("grade-B", &[], &[]),
    ("grade-C", &[], &[]),
    ("grade-K", &[], &[]),
    ("help", &["number", "loss"], &[]),
    ("tips", &["number", "loss"], &[]),
    ("tips-more", &["command"], &["command"]),
    ("urgent", &["number", "loss"], &[]),
    ("privacy", &[], &[]),
    ("about", &["digest", "version"], &["digest", "version"]),
    ("cancel", &[], &[]),
    ("forget-ask", &[], &[]),
    ("forget-done", &[], &[]),
    ("forget-kept", &[], &[]),
    ("back-nothing", &[], &[]),
    ("unknown_command", &["number"], &[]),
    ("notice-text", &["number"], &[]),
    ("notice-old_button", &["number"], &[]),
    ("notice-picture", &["number"], &[]),
    ("notice-voice", &["number"], &[]),
    ("notice-sticker", &["number"], &[]),
    ("notice-other", &["number"], &[]),
    ("notice-away", &["number"], &[]),
    ("notice-expired", &["number"], &[]),
    ("ticked", &["list"], &["list"]),
    ("button-none", &[], &[]),
    ("button-none_checked", &[], &[]),
    ("button-done", &[], &[]),
    ("button-not_sure", &[], &[]),
    ("button-still_not_sure", &[], &[]),
    ("button-skip", &[], &[]),
    ("button-back", &[], &[]),
    ("button-why_ask", &[], &[]),
    ("button-start_again", &[], &[]),
    ("button-why", &[], &[]),
    ("button-more_steps", &[], &[]),
    ("button-show_again", &[], &[]),
    ("button-something_else", &[], &[]),
    ("button-tips", &[], &[]),
    ("button-for_her", &[], &[]),
    ("button-for_herself", &[], &[]),
    ("button-hide", &[], &[]),
    ("button-forget_yes", &[], &[]),
    ("button-forget_no", &[], &[]),
    ("button-pregnancy_ended", &[], &[]),
    ("button-copy_number", &["number"], &["number"]),
    ("button-private_chat", &[], &[]),
    ("button-country", &[], &[]),
    ("button-change_country", &[], &[]),
    ("button-other_country", &[], &[]),
    ("button-part", &["first", "last"], &["first", "last"]),
    ("button-copy_health", &[], &[]),
    ("button-copy_maternity", &[], &[]),
    ("button-copy_mood", &[], &[]),
    ("button-copy_crisis", &[], &[]),
    ("countries", &["number"], &[]),
    ("countries-why", &[], &[]),
    ("countries-chosen", &["country", "number"], &["country", "number"]),
    ("countries-other", &[], &[]),
    ("help_line", HELP_LINE, HELP_LINE),
    ("help_line.most_parts", HELP_LINE, HELP_LINE),
    ("line-health", &[], &[]),
    ("line-maternity", &[], &[]),
    ("line-mood", &[], &[]),
    ("line-crisis", &[], &[]),
    ("hours-always", &[], &[]),
    ("hours-daily", &["from", "to"], &["from", "to"]),
    ("hours-days", HOURS_ON_DAYS, HOURS_ON_DAYS),
    ("weekday-mon", &[], &[]),
    ("weekday-tue", &[], &[]),
    ("weekday-wed", &[], &[]),
    ("weekday-thu", &[], &[]),
    ("weekday-fri", &[], &[]),
    ("weekday-sat", &[], &[]),
    ("weekday-sun", &[], &[]),
    ("heard", &[], &[]),
    ("heard-item", HEARD_ITEM, HEARD_ITEM),
    ("heard-not_sure", &["means"], &["means"]),
    ("heard-stage_again", &["means"], &["means"]),
    ("heard-denied", &["list"], &["list"]),
    ("heard-topic", &["topic"], &["topic"]),
    ("heard-lost", &[], &[]),
    ("heard-corrects", &[], &[]),
    ("heard-corrects_nothing", &[], &[]),
    ("button-right", &[], &[]),
    ("button-leave_out", &["place"], &["place"]),
    ("button-none_of_it", &[], &[]),
    ("button-keep", &[], &[]),
    ("button-take_out", &[], &[]),
    ("button-not_meant", &[], &[]),
    ("button-worse", &[], &[]),
    ("button-yes", &[], &[]),
    ("button-no", &[], &[]),
    ("doubt", &["words", "means"], &["words", "means"]),
    ("doubt-emergency", &["number"], &["number"]),
    ("doubt-go_now", &["number"], &[]),
    ("quote", &["words"], &["words"]),
    ("told_no", &["list"], &["list"]),
    ("told_no.short", &["list"], &["list"]),
    ("typed-words_yes", &[], &[]),
    ("typed-words_no", &[], &[]),
    ("typed-words_not_sure", &[], &[]),
    ("typed-words_help", &[], &[]),
    ("typed-no", &["number"], &[]),
    ("typed-which", &["number"], &[]),
    ("typed-leave_out", &[], &[]),
    ("words-read", &["list"], &["list"]),
    ("words-topic", &["topic"], &["topic"]),
    ("words-stage", &["words", "means"], &["words", "means"]),
    ("words-denied", &["list"], &["list"]),
    ("words-none_of_it", &[], &[]),
    ("words-kept", &[], &[]),
    ("words-same", &[], &[]),
    ("words-known", &[], &[]),
    ("words-noted", &[], &[]),
    ("words-no_change", &["number"], &[]),
    ("words-not_meant", &["number"], &[]),
    ("words-other_person", &["number"], &[]),
    ("words-question", &["number"], &[]),
    ("words-for_her", &["number"], &[]),
    ("words-other_stage", &[], &[]),
    ("words-truncated", &["number"], &[]),
    ("words-elsewhere", &["number"], &[]),
    ("words-later", &[], &[]),
    ("route-reduced_movements", &["number", "loss"], &[]),
    ("route-bleeding", &["number", "loss"], &[]),
    ("route-headache", &["number", "loss"], &[]),
    ("route-itching", &["number", "loss"], &[]),
    ("route-mood", &["number", "loss"], &[]),
    ("route-medicines", &["number", "loss"], &[]),
    ("route-baby", &["number", "loss"], &[]),
    ("route-not_pregnant", &["number", "loss"], &[]),
    ("why-heard", &[], &[]),
    ("why-words", &["words", "rule"], &["words", "rule"]),
    ("why-words_gone", &["rule"], &["rule"]),
    ("group", &[], &[]),
    ("apology", &["number"], &[]),
    ("flood", &["number"], &[]),
    ("command-start", &[], &[]),
    ("command-help", &[], &[]),
    ("command-tips", &[], &[]),
    ("command-urgent", &[], &[]),
    ("command-back", &[], &[]),
    ("command-restart", &[], &[]),
    ("command-why", &[], &[]),
    ("command-cancel", &[], &[]),
    ("command-privacy", &[], &[]),
    ("command-forget", &[], &[]),
    ("command-about", &[], &[]),
    ("profile-description", &[], &[]),
    ("profile-short", &[], &[]),
];

/// Parts of the heads of answers that may be there as needed.
const HEAD_PARTS: [&str; 3] = ["no_answer", "worse", "meanwhile"];

/// The texts of this content, by key.
pub(super) fn wanted(draft: &Draft) -> BTreeMap<String, Wanted> {
    let mut keys = Keys(BTreeMap::new());
    for (key, may, must) in FIXED {
        keys.0.insert(
            (*key).to_owned(),
            Wanted {
                may,
                must,
                needed: true,
                owner: None,
            },
        );
    }
    for head in FIXED
        .iter()
        .map(|(key, _, _)| *key)
        .filter(|key| key.starts_with("answer-"))
    {
        for part in HEAD_PARTS {
            keys.0.insert(
                format!("{head}.{part}"),
                Wanted {
                    may: CALL,
                    must: &[],
                    needed: false,
                    owner: None,
                },
            );
        }
    }
    topics(draft, &mut keys);
    screens(draft, &mut keys);
    findings(draft, &mut keys);
    flags(draft, &mut keys);
    for cause in &draft.causes {
        let mark = Mark::Cause(cause.topic.clone(), cause.id.clone());
        // A red flag under another name, and a cause that is never shown, need no words.
        let shown = !cause.red_flag && cause.never_shown.is_none();
        keys.add(format!("cause-{}", cause.id), PLACE, shown, &mark);
    }
    for numbers in &draft.numbers {
        let mark = Mark::Country(numbers.country.clone());
        keys.add(format!("country-{}", numbers.country), &[], true, &mark);
    }
    for step in &draft.steps {
        let mark = Mark::Step(step.id.clone());
        keys.add(format!("step-{}", step.id), PLACE, true, &mark);
        keys.add(format!("step-{}.name", step.id), PLACE, true, &mark);
        keys.add(format!("step-{}.caution", step.id), PLACE, step.first_aid, &mark);
    }
    keys.0
}

struct Keys(BTreeMap<String, Wanted>);

impl Keys {
    fn add(&mut self, key: String, may: &'static [&'static str], needed: bool, owner: &Mark) {
        let new = Wanted {
            may,
            must: &[],
            needed,
            owner: Some(owner.clone()),
        };
        let wanted = self.0.entry(key).or_insert_with(|| new.clone());
        if needed && !wanted.needed {
            *wanted = new;
        }
    }
}

fn topics(draft: &Draft, keys: &mut Keys) {
    for topic in &draft.topics {
        let mark = Mark::Topic(topic.id.clone());
        keys.add(format!("topic-{}", topic.id), PLACE, true, &mark);
        for part in ["say", "uncertain", "watch", "how_long", "help"] {
            keys.add(format!("topic-{}.{part}", topic.id), PLACE, true, &mark);
        }
        keys.add(
            format!("topic-{}.tips", topic.id),
            PLACE,
            topic.leaflet_command.is_some(),
            &mark,
        );
        if let Some(first_aid) = &topic.first_aid {
            keys.add(format!("first_aid-{first_aid}"), PLACE, true, &mark);
        }
        if let Some(command) = &topic.leaflet_command {
            keys.add(format!("command-{command}"), &[], true, &mark);
        }
        if let Some((_, rule)) = &topic.floor {
            // The least level of a topic is a rule of its own, and "Why?" names it.
            keys.add(format!("flag-{rule}"), PLACE, false, &mark);
            keys.add(format!("flag-{rule}.ask"), PLACE, false, &mark);
            keys.add(format!("flag-{rule}.meanwhile"), PLACE, false, &mark);
        }
    }
}

fn screens(draft: &Draft, keys: &mut Keys) {
    for screen in &draft.screens {
        let mark = Mark::Screen(screen.id.clone());
        keys.add(format!("screen-{}", screen.id), PLACE, true, &mark);
        keys.add(format!("screen-{}.why", screen.id), PLACE, true, &mark);
        if screen.check {
            keys.add(format!("screen-{}_check", screen.id), PLACE, true, &mark);
        }
    }
    for choice in &draft.choices {
        let mark = Mark::Choice(choice.id.clone());
        keys.add(format!("choice-{}", choice.id), PLACE, true, &mark);
        for part in ["line", "check", "say"] {
            keys.add(format!("choice-{}.{part}", choice.id), PLACE, false, &mark);
        }
    }
}

fn findings(draft: &Draft, keys: &mut Keys) {
    for (id, finding) in draft.findings.iter() {
        let (named, said) = uses(draft, id);
        let mark = Mark::Finding(finding.name.clone());
        keys.add(format!("finding-{}", finding.name), PLACE, named, &mark);
        keys.add(format!("finding-{}.say", finding.name), PLACE, said, &mark);
    }
}

/// Is the finding in a rule, a cause that can be shown, or `needs`? In a rule of SAME_DAY or more?
fn uses(draft: &Draft, id: FindingId) -> (bool, bool) {
    let (mut named, mut said) = (false, false);
    for (_, _, row) in draft.rows() {
        if row.when.literals().iter().any(|literal| literal.finding == id) {
            named = true;
            said |= row.level >= Level::SameDay;
        }
    }
    named |= draft
        .causes
        .iter()
        .filter(|cause| !cause.red_flag && cause.never_shown.is_none())
        .any(|cause| cause.weights.iter().any(|(finding, _)| *finding == id));
    let needs = draft.steps.iter().filter_map(|step| step.needs.as_ref());
    named |= needs
        .flat_map(|needs| needs.literals())
        .any(|literal| literal.finding == id);
    (named, said)
}

fn flags(draft: &Draft, keys: &mut Keys) {
    for flag in &draft.red_flags {
        let mark = Mark::Flag(flag.id.clone());
        let urgent = flag.rows.iter().any(|row| row.level >= Level::SameDay);
        keys.add(format!("flag-{}", flag.id), PLACE, true, &mark);
        keys.add(format!("flag-{}.ask", flag.id), PLACE, urgent, &mark);
        keys.add(format!("flag-{}.meanwhile", flag.id), PLACE, urgent, &mark);
        keys.add(format!("flag-{}.answer", flag.id), FIXED_ANSWER, false, &mark);
        for row in &flag.rows {
            // A row with a name of its own may have words of its own.
            let rule = row.rule.as_str().trim_end_matches('?');
            if rule != flag.id.as_str() {
                keys.add(format!("flag-{rule}"), PLACE, false, &mark);
                keys.add(format!("flag-{rule}.ask"), PLACE, false, &mark);
                keys.add(format!("flag-{rule}.meanwhile"), PLACE, false, &mark);
            }
        }
    }
}
