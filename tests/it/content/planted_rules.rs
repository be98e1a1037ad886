//! Faults of meaning that form alone shows: what is never asked, never shown, idle or out of reach.

use nightease::content::FaultKind;

use super::{changed, faults, one_fault, plant, small};

const TOPIC: &str = "topics/leg_cramps.toml";
const ASSUMED: &str =
    "assumed_no = [{ finding = \"bleeding\", because = \"Asked on Something feels wrong.\" }]";

#[test]
fn a_finding_that_matters_and_is_asked_nowhere() {
    let files = changed(small(), TOPIC, ASSUMED, "");
    let shown = one_fault(&files, FaultKind::NeverAsked, "red_flags.toml", "bleeding>=heavy");
    assert!(
        shown.contains("\"bleeding\" is asked nowhere on leg_cramps"),
        "{shown}"
    );
}

#[test]
fn what_is_assumed_must_be_caught_elsewhere() {
    // Without the list of blood on the other topic nothing asks it any more.
    let wrong = "topics/something_feels_wrong.toml";
    let assumed =
        "payloads = [\"wrong\"]\nassumed_no = [{ finding = \"bleeding\", because = \"The floor.\" }]";
    let files = changed(small(), wrong, "payloads = [\"wrong\"]", assumed);
    let files = changed(files, wrong, "\"blood\", ", "");
    let files = changed(
        files,
        "screens.toml",
        "[\"dry\", \"often\"]",
        "[\"dry\", \"often\", \"bleeds\"]",
    );
    let screen = "[[screen]]\nid = \"blood\"\nkind = \"pick_many\"\nrole = \"danger\"\ntier = \"GO_NOW\"\n\
                  choices = [\"bleeds\"]\n\n";
    let files = changed(files, "screens.toml", screen, "");
    let texts = "screen-blood = Do you bleed?\n    .why = Blood can need help now.\n";
    let files = changed(files, "text/en/topics.ftl", texts, "");
    one_fault(&files, FaultKind::NotCaught, TOPIC, "bleeding");
    let in_net = |word: &str| {
        changed(
            files.clone(),
            TOPIC,
            "wrong.\" }",
            &format!("wrong.\", net = \"{word}\" }}"),
        )
    };
    assert!(faults(&in_net("bleed")).0.is_empty());
    one_fault(&in_net("blood"), FaultKind::NotCaught, TOPIC, "bleeding");
}

#[test]
fn an_unused_finding_unless_listed() {
    let files = changed(
        small(),
        "findings.toml",
        "nights = {",
        "asker = \"yes_no\"\nnights = {",
    );
    one_fault(&files, FaultKind::Unused, "findings.toml", "asker");
    let listed = changed(
        files,
        "findings.toml",
        "schema = 1\n",
        "schema = 1\nnot_used_yet = [\"asker\"]\n",
    );
    assert!(faults(&listed).0.is_empty());
    let wrongly = changed(listed, "findings.toml", "[\"asker\"]", "[\"asker\", \"nights\"]");
    let faults = faults(&wrongly);
    assert_eq!(faults.0.len(), 1, "{faults}");
    assert!(
        faults
            .to_string()
            .starts_with("dialogues/findings.toml:2:27: unused: "),
        "{faults}"
    );
}

#[test]
fn a_cause_that_can_never_be_shown() {
    let files = changed(small(), "causes.toml", "thirsty = 3", "thirsty = 1");
    one_fault(&files, FaultKind::NeverShown, "causes.toml", "dehydration");
    let listed = changed(
        files,
        "causes.toml",
        "prior = 1",
        "prior = 1\nnever_shown = \"Too weak a sign.\"",
    );
    // Then the answer that feeds only this cause is idle.
    one_fault(&listed, FaultKind::ChangesNothing, "screens.toml", "dry\"\nsets");
    let never_asked = changed(listed, "screens.toml", "[\"thirsty\"]", "[\"nights=5\"]");
    assert!(faults(&never_asked).0.is_empty());
}

#[test]
fn a_cause_wrongly_listed_as_never_shown() {
    let files = changed(
        small(),
        "causes.toml",
        "prior = 1",
        "prior = 1\nnever_shown = \"Wrong.\"",
    );
    let faults = faults(&files);
    let kinds: Vec<_> = faults.0.iter().map(|fault| (fault.kind, fault.line)).collect();
    assert_eq!(
        kinds,
        [(FaultKind::NeverShown, 4), (FaultKind::ChangesNothing, 28)],
        "{faults}"
    );
}

#[test]
fn a_cause_fed_only_by_what_ends_the_questions_is_never_shown() {
    plant(
        "causes.toml",
        "thirsty = 3, fever = -1",
        "fever = 3, thirsty = 1",
        FaultKind::NeverShown,
        "dehydration",
    );
}

#[test]
fn an_answer_that_changes_nothing() {
    let files = changed(small(), "red_flags.toml", "nights>=5", "breathless");
    let shown = one_fault(&files, FaultKind::ChangesNothing, "screens.toml", "often\"\nsets");
    assert!(
        shown.contains("\"often\" changes nothing on leg_cramps"),
        "{shown}"
    );
}

#[test]
fn a_red_flag_without_a_row_for_not_sure() {
    plant(
        "red_flags.toml",
        "  { when = \"breathless?\", level = \"GO_NOW\" },\n",
        "",
        FaultKind::NoUnsureRow,
        "breathless",
    );
}

#[test]
fn a_pair_needs_not_sure_only_where_it_decides() {
    let pair = "{ when = \"breathless | bleeding & varicose_veins\", level = \"EMERGENCY\" }";
    let files = changed(
        small(),
        "red_flags.toml",
        "{ when = \"breathless\", level = \"EMERGENCY\" }",
        pair,
    );
    let text = "finding-fever =";
    let files = changed(
        files,
        "text/en/topics.ftl",
        text,
        &format!("finding-varicose_veins = veins bulge\n    .say = My veins bulge.\n{text}"),
    );
    let shown = faults(&files);
    let kinds: Vec<_> = shown.0.iter().map(|fault| (fault.kind, fault.line)).collect();
    // "bleeding" and "varicose_veins" not sure: no row of R01. The veins are asked nowhere on the other topic.
    let unsure = (FaultKind::NoUnsureRow, 8);
    assert_eq!(kinds, [unsure, (FaultKind::NeverAsked, 8), unsure], "{shown}");
}

#[test]
fn tiers_that_rise() {
    let wrong = "topics/something_feels_wrong.toml";
    let shown = plant(
        wrong,
        "\"blood\", \"body\"",
        "\"body\", \"blood\"",
        FaultKind::RisingTier,
        "blood",
    );
    assert!(shown.contains("put \"blood\" before \"body\""), "{shown}");
    plant(
        TOPIC,
        "\"body\", \"cramp_causes\"",
        "\"cramp_causes\", \"body\"",
        FaultKind::RisingTier,
        "body",
    );
}

#[test]
fn a_duplicate_row() {
    let row = "  { when = \"sign_ill?\", level = \"SAME_DAY\" },\n";
    plant(
        "red_flags.toml",
        row,
        &format!("{row}{row}"),
        FaultKind::DuplicateRow,
        "sign_ill?",
    );
}

#[test]
fn a_row_that_another_flag_has_too() {
    let row = "  { when = \"bleeding?\", level = \"SAME_DAY\" },\n";
    let again = "  { when = \"sign_ill?\", level = \"SAME_DAY\" },\n";
    let shown = plant(
        "red_flags.toml",
        row,
        &format!("{row}{again}"),
        FaultKind::DuplicateRow,
        "sign_ill?",
    );
    assert!(
        shown.contains("a row of R02 before this one says the same"),
        "{shown}"
    );
}

#[test]
fn a_shadowed_row() {
    let row = "  { when = \"sign_ill?\", level = \"SAME_DAY\" },\n";
    let shadowed = "  { when = \"fever\", level = \"ROUTINE\", stage = [\"pregnant\"] },\n";
    plant(
        "red_flags.toml",
        row,
        &format!("{row}{shadowed}"),
        FaultKind::ShadowedRow,
        "fever",
    );
    let higher = "  { when = \"fever\", level = \"GO_NOW\", stage = [\"pregnant\"] },\n";
    assert!(
        faults(&changed(
            small(),
            "red_flags.toml",
            row,
            &format!("{row}{higher}")
        ))
        .0
        .is_empty()
    );
}

#[test]
fn a_screen_on_no_topic() {
    let files = changed(small(), TOPIC, "fit = \"cramp_fit\"\n", "");
    let shown = faults(&files);
    let kinds: Vec<_> = shown.0.iter().map(|fault| fault.kind).collect();
    // The suppressor's finding was asked there.
    assert_eq!(kinds, [FaultKind::Unreachable, FaultKind::NeverAsked], "{shown}");
}

#[test]
fn a_choice_on_no_screen_or_never_shown() {
    let choice = "[[choice]]\nid = \"spare\"\nsets = [\"fever\"]\n\n[[choice]]\nid = \"dry\"";
    let files = changed(small(), "screens.toml", "[[choice]]\nid = \"dry\"", choice);
    let text = "choice-dry = Drank little today";
    let files = changed(
        files,
        "text/en/topics.ftl",
        text,
        &format!("choice-spare = Hot\n{text}"),
    );
    one_fault(&files, FaultKind::Unreachable, "screens.toml", "spare");
    let shown = changed(
        files.clone(),
        "screens.toml",
        "[\"dry\", \"often\"]",
        "[\"dry\", \"often\", \"spare\"]",
    );
    assert!(faults(&shown).0.is_empty());
    let hidden = changed(
        shown,
        "screens.toml",
        "sets = [\"fever\"]",
        "sets = [\"fever\"]\nonly_after = [\"bleeds\"]",
    );
    let faults = faults(&hidden);
    assert_eq!(
        faults.0.iter().map(|fault| fault.kind).collect::<Vec<_>>(),
        [FaultKind::Unreachable],
        "{faults}"
    );
}

#[test]
fn a_step_on_no_topic() {
    let files = changed(
        small(),
        "relief.toml",
        "topics = [\"leg_cramps\"]\ngroup = \"now\"",
        "group = \"now\"",
    );
    one_fault(&files, FaultKind::Unreachable, "relief.toml", "toes_up");
}

#[test]
fn unused_suppressors_and_sources() {
    let spare = "[[suppressor]]\nid = \"S_HEAT\"\nsources = [\"F01\"]\nlines = [{ any_of = [\"fever\"] }]\n\n[[suppressor]]";
    plant(
        "suppressors.toml",
        "[[suppressor]]",
        spare,
        FaultKind::Unused,
        "S_HEAT",
    );
    let spare = "[[source]]\nid = \"F09\"\ntitle = \"Spare\"\naddress = \"example.org\"\n\n[[source]]";
    plant("sources.toml", "[[source]]", spare, FaultKind::Unused, "F09");
}

#[test]
fn a_word_that_opens_two_topics() {
    let files = changed(
        small(),
        "topics/something_feels_wrong.toml",
        "[\"wrong\"]",
        "[\"legs\"]",
    );
    let faults = faults(&files);
    assert_eq!(
        faults.0.iter().map(|fault| fault.kind).collect::<Vec<_>>(),
        [FaultKind::Duplicate],
        "{faults}"
    );
}

#[test]
fn a_screen_before_one_it_hangs_on() {
    for (topic, from, to, told) in [
        (
            "something_feels_wrong",
            "\"wrong_kind\", \"wrong_list\"",
            "\"wrong_list\", \"wrong_kind\"",
            "\"wrong_list\" stands before \"wrong_kind\"",
        ),
        (
            "leg_cramps",
            "\"legs_body\", \"detail\"",
            "\"detail\", \"legs_body\"",
            "\"detail\" stands before \"legs_body\"",
        ),
    ] {
        let path = format!("topics/{topic}.toml");
        let faults = faults(&changed(nightease::content::Files::embedded(), &path, from, to));
        let [fault] = faults.0.as_slice() else {
            panic!("{faults}");
        };
        assert_eq!(fault.kind, FaultKind::WrongOrder);
        assert!(fault.message.contains(told) && fault.line > 0, "{fault}");
    }
}
