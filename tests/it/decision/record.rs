//! What was said → no, unasked, not sure, yes.

use nightease::content::{Expression, Finding, FindingKind, Findings, Literal, Sign, Value};
use nightease::triage::record::stands_for;
use nightease::triage::{Record, Truth};

use super::{id, plain, signs};
use crate::shared::content;

fn literal(name: &str, at_least: Option<u16>) -> Literal {
    Literal {
        finding: id(content(), name),
        at_least,
        or_unsure: false,
    }
}

#[test]
fn a_case_is_told_with_no_for_the_rest_but_for_what_a_sign_may_hold() {
    let findings = &content().findings;
    for (of, sign) in signs(content()) {
        for said in [Value::No, Value::Unsure, Value::Yes] {
            let record = Record::told(findings, &[(of, said)], Some(Value::No));
            assert_eq!(record.said(of), Some(said));
            for (finding, about) in plain(content()) {
                let open = said > Value::No && stands_for(sign, finding);
                let expected = (!open).then_some(Value::No);
                assert_eq!(record.said(finding), expected, "{} of {said:?}", about.name);
            }
        }
    }
}

#[test]
fn a_sign_is_not_filled_in_by_the_rest() {
    let findings = &content().findings;
    let record = Record::told(findings, &[], Some(Value::Unsure));
    for (sign, _) in signs(content()) {
        assert_eq!(record.said(sign), None);
    }
    for (finding, about) in plain(content()) {
        assert_eq!(record.said(finding), Some(Value::Unsure), "{}", about.name);
    }
}

#[test]
fn what_was_told_stands_beside_the_rest_and_without_a_rest_alone() {
    let findings = &content().findings;
    let fever = id(content(), "fever");
    let told = Record::told(findings, &[(fever, Value::Unsure)], Some(Value::No));
    assert_eq!(told.said(fever), Some(Value::Unsure));
    let alone = Record::told(findings, &[(fever, Value::Yes)], None);
    for (finding, _) in findings.iter() {
        let expected = (finding == fever).then_some(Value::Yes);
        assert_eq!(alone.said(finding), expected);
    }
}

#[test]
fn a_sign_is_no_once_all_that_it_holds_is_no_and_not_sooner() {
    let findings = &content().findings;
    for (of, sign) in signs(content()) {
        let literal = Literal {
            finding: of,
            at_least: None,
            or_unsure: false,
        };
        let mut record = Record::new(findings);
        assert_eq!(record.truth(findings, literal), Truth::Unasked);
        for member in &sign.members {
            assert_eq!(
                record.truth(findings, literal),
                Truth::Unasked,
                "one member is not asked yet"
            );
            record.learn(findings, member.finding, Value::No);
        }
        let all = if sign.members.is_empty() {
            Truth::Unasked
        } else {
            Truth::No
        };
        assert_eq!(record.truth(findings, literal), all, "all members are no");
    }
}

/// *Yes, I bleed* is some blood; how much is not known.
#[test]
fn a_plain_yes_to_a_finding_with_words_is_its_mildest_word() {
    let findings = &content().findings;
    let bleeding = id(content(), "vaginal_bleeding");
    let mut record = Record::new(findings);
    record.learn(findings, bleeding, Value::Yes);
    let truth = |at_least| record.truth(findings, literal("vaginal_bleeding", at_least));
    assert_eq!(
        [truth(None), truth(Some(0)), truth(Some(1)), truth(Some(2))],
        [Truth::Yes, Truth::Yes, Truth::Unsure, Truth::Unsure]
    );
}

#[test]
fn a_plain_yes_to_a_number_reaches_no_number() {
    let findings = &content().findings;
    let (number, finding) = plain(content())
        .find(|(_, finding)| matches!(finding.kind, FindingKind::Number { .. }))
        .unwrap();
    let mut record = Record::new(findings);
    record.learn(findings, number, Value::Yes);
    let truth = |at_least| record.truth(findings, literal(&finding.name, at_least));
    assert_eq!(
        [truth(None), truth(Some(0)), truth(Some(1))],
        [Truth::Yes, Truth::Unsure, Truth::Unsure]
    );
}

#[test]
fn an_amount_is_measured_at_its_own_mark() {
    let findings = &content().findings;
    let bleeding = id(content(), "vaginal_bleeding");
    let mut record = Record::new(findings);
    record.learn(findings, bleeding, Value::Amount(1));
    let truth = |at_least| record.truth(findings, literal("vaginal_bleeding", at_least));
    assert_eq!(
        [truth(None), truth(Some(0)), truth(Some(1)), truth(Some(2))],
        [Truth::Yes, Truth::Yes, Truth::Yes, Truth::No]
    );
}

/// Such a sign has only findings that count beside others.
#[test]
fn a_sign_without_members_is_not_no_by_itself() {
    let mut findings = Findings::default();
    let mut add = |name: &str, kind| {
        let name = name.into();
        findings.add(Finding { name, kind }).unwrap()
    };
    let plain = |finding| Literal {
        finding,
        at_least: None,
        or_unsure: false,
    };
    let heart = add("fast_heartbeat", FindingKind::YesNo);
    let fever = add("fever", FindingKind::YesNo);
    let sign = Sign {
        members: Vec::new(),
        conditional: vec![(plain(heart), Expression::Is(plain(fever)))],
    };
    let sign = add("sign_heart", FindingKind::Sign(sign));
    let mut record = Record::new(&findings);
    record.learn(&findings, heart, Value::No);
    assert_eq!(record.truth(&findings, plain(sign)), Truth::Unasked);
    record.learn(&findings, heart, Value::Yes);
    assert_eq!(record.truth(&findings, plain(sign)), Truth::Unasked);
    record.learn(&findings, fever, Value::Unsure);
    assert_eq!(record.truth(&findings, plain(sign)), Truth::Unsure);
    record.learn(&findings, fever, Value::Yes);
    assert_eq!(record.truth(&findings, plain(sign)), Truth::Yes);
}

#[test]
fn a_number_is_a_yes_from_one_on() {
    let findings = &content().findings;
    let (number, finding) = plain(content())
        .find(|(_, finding)| matches!(finding.kind, FindingKind::Number { min: 0, .. }))
        .unwrap();
    let truth = |amount, at_least| {
        let mut record = Record::new(findings);
        record.learn(findings, number, Value::Amount(amount));
        record.truth(findings, literal(&finding.name, at_least))
    };
    assert_eq!(
        [
            truth(0, None),
            truth(1, None),
            truth(2, None),
            truth(1, Some(2)),
            truth(2, Some(2))
        ],
        [Truth::No, Truth::Yes, Truth::Yes, Truth::No, Truth::Yes]
    );
}
