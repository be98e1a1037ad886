//! What the words around a finding make of it. Denied only on strong evidence; between yes and no lies *not sure*.

use nightease::understanding::{LONGEST, Scope};

use super::{all_told, content, reading, told, words};

#[test]
fn said_and_denied() {
    all_told(&[
        ("i have a fever", "fever", "yes"),
        ("no fever", "fever", "no"),
        ("I don't have any fever", "fever", "no"),
        ("no bad fever", "fever", "no"),
        ("fever: no", "fever", "no"),
        ("fever? nope.", "fever", "no"),
        ("fever? yes", "fever", "yes"),
        ("breathing fine", "breathless", "no"),
        ("no idea, fever", "fever", "yes"),
        ("calf isn't swollen", "varicose_veins", "no"),
        ("my calf. Not swollen", "varicose_veins", "no"),
    ]);
}

#[test]
fn a_denial_reaches_no_further_than_it_is_sure_to() {
    all_told(&[
        ("no sleep fever", "fever", "unsure"),
        ("havent slept, calf swollen", "varicose_veins", "yes"),
        ("no fever my calf is swollen", "varicose_veins", "yes"),
        ("no fever but shivering", "shivering", "yes"),
        ("no, i have a fever", "fever", "yes"),
        ("no fever. shivering", "shivering", "yes"),
        ("no fever, cannot breathe", "breathless", "yes"),
        ("no fever, cannot breathe", "fever", "no"),
        ("not without fever", "fever", "unsure"),
    ]);
}

#[test]
fn lists() {
    all_told(&[
        ("no fever, chills or bleeding", "fever", "no"),
        ("no fever, chills or bleeding", "shivering", "no"),
        ("no fever, chills or bleeding", "bleeding", "no"),
        ("no fever, no chills, no bleeding", "bleeding", "no"),
        ("no fever, chills and no bleeding", "shivering", "no"),
        // A list that nothing closes is a question.
        ("no fever, chills", "shivering", "unsure"),
        ("no fever, chills", "fever", "unsure"),
        ("no fever and chills", "shivering", "unsure"),
        ("no fever or chills, bleeding", "bleeding", "unsure"),
        ("fever, chills, bleeding, none of that", "bleeding", "no"),
        ("fever, chills, bleeding, none of that", "fever", "no"),
        ("i have fever, chills, bleeding none of that", "fever", "unsure"),
        // A part of the body in the list begins nothing new.
        ("no chills or swollen in my leg or fever", "fever", "unsure"),
    ]);
}

#[test]
fn no_heavy_bleeding_is_not_no_bleeding() {
    all_told(&[
        ("no heavy bleeding", "bleeding", "nothing"),
        ("no bleeding", "bleeding", "no"),
        ("bleeding heavily", "bleeding", "heavy"),
        ("spotting, then bleeding", "bleeding", "moderate"),
    ]);
}

#[test]
fn doubt_time_and_contradiction() {
    all_told(&[
        ("maybe a fever", "fever", "unsure"),
        ("fever maybe", "fever", "unsure"),
        ("not sure if its fever", "fever", "unsure"),
        ("not sure why, calf swollen", "varicose_veins", "yes"),
        ("fever yesterday", "fever", "past"),
        ("fever yesterday and still now", "fever", "yes"),
        ("bleeding but it stopped", "bleeding", "past"),
        ("Had bleeding. It stopped", "bleeding", "past"),
        ("was thirsty yesterday", "thirsty", "yes"),
        ("no fever yesterday", "fever", "nothing"),
        ("no fever. well, a fever", "fever", "unsure"),
        ("fever yesterday, fever now", "fever", "yes"),
        ("breathing fine yesterday but now gasping", "breathless", "yes"),
    ]);
}

#[test]
fn whose_it_is() {
    all_told(&[
        ("my sister had a fever", "fever", "nothing"),
        ("my sister had a fever, i have chills", "shivering", "yes"),
        ("my sister had a fever. she had chills", "shivering", "nothing"),
        ("my sister had a fever, chills", "shivering", "unsure"),
        ("baby had fever", "fever", "nothing"),
        ("baby yelling", "thirsty", "nothing"),
        ("my husband yelling", "thirsty", "yes"),
        ("my husband says my calf is swollen", "varicose_veins", "yes"),
        ("my wife is 30 weeks. she has a fever", "fever", "yes"),
    ]);
    assert_eq!(reading("my sister had a fever").scope, Scope::Other);
    assert_eq!(
        reading("my wife is 30 weeks. she has a fever").scope,
        Scope::Proxy
    );
    assert_eq!(reading("she is gasping").scope, Scope::Proxy);
    assert_eq!(reading("i have a fever").scope, Scope::Own);
    assert_eq!(reading("headache").scope, Scope::Elsewhere);
    assert_eq!(reading("blah").scope, Scope::Nothing);
}

#[test]
fn questions_and_suppositions() {
    all_told(&[
        ("is fever dangerous?", "fever", "nothing"),
        ("is it normal that my calf is swollen?", "varicose_veins", "yes"),
        ("what if i get a fever", "fever", "nothing"),
        ("worried about fever", "fever", "nothing"),
        ("calf swollen?", "varicose_veins", "unsure"),
    ]);
    assert_eq!(reading("is fever dangerous?").scope, Scope::Question);
    assert!(reading("is fever dangerous?").asks);
}

#[test]
fn what_is_only_supposed_or_asked_beside_other_words() {
    all_told(&[
        // The words behind the "if" tell something with it and something without it: both are only supposed.
        ("if teeth chattering", "shivering", "nothing"),
        ("if i walk, teeth chattering", "shivering", "nothing"),
        ("worried fever will come", "fever", "nothing"),
        ("worried, i have a fever", "fever", "yes"),
        // She asks about her own: it is told.
        ("should bleeding be so heavy", "bleeding", "nothing"),
        ("should my bleeding be so heavy", "bleeding", "heavy"),
    ]);
    // A topic alone in a question is asked about.
    assert_eq!(reading("is cramp bad?").scope, Scope::Question);
    assert_eq!(reading("i have a cramp, is it bad?").scope, Scope::Own);
    // A pronoun that is told with what is told is the baby.
    assert_eq!(reading("fever, shes drinking fine").scope, Scope::Own);
}

#[test]
fn now_that_says_nothing_of_what_was() {
    all_told(&[
        ("fever yesterday, still now", "fever", "yes"),
        ("fever, now it stopped", "fever", "past"),
        ("fever yesterday, now 36 weeks", "fever", "past"),
        ("fever yesterday, i am 36 weeks now", "fever", "yes"),
        ("fever yesterday, he is 2 now", "fever", "past"),
        ("fever yesterday, i have it now", "fever", "yes"),
        ("bleeding, they sent us home, stopped", "bleeding", "past"),
        (
            "bleeding, they sent us home, shivering, stopped",
            "bleeding",
            "moderate",
        ),
    ]);
}

#[test]
fn a_sentence_that_only_doubts_is_about_the_one_before() {
    all_told(&[
        ("fever. not sure", "fever", "unsure"),
        ("fever? maybe.", "fever", "unsure"),
        ("fever. not sure what to do", "fever", "yes"),
        ("fever. maybe chills", "fever", "yes"),
    ]);
}

#[test]
fn body_and_sensation_in_any_order() {
    all_told(&[
        ("swollen it is, my calf", "varicose_veins", "yes"),
        ("my calf, its puffy", "varicose_veins", "yes"),
        ("Calf kills. Swollen too.", "varicose_veins", "yes"),
        ("my arm is swollen, calf is fine", "varicose_veins", "nothing"),
        ("arm and calf swollen", "varicose_veins", "yes"),
        ("my leg's massive", "varicose_veins", "yes"),
        ("swollen head, calf", "varicose_veins", "nothing"),
        ("back of my knee is swollen", "varicose_veins", "yes"),
    ]);
}

#[test]
fn typing_errors_affirm_and_never_deny() {
    all_told(&[
        ("i have a fevr", "fever", "yes"),
        ("no fevr", "fever", "unsure"),
        ("i have fewer of them", "fever", "nothing"),
        ("i call her", "varicose_veins", "nothing"),
        ("calf swolen", "varicose_veins", "yes"),
        ("high tempratur", "fever", "yes, ask first"),
        ("sooooo shivering", "shivering", "yes"),
        ("legz puffy", "varicose_veins", "yes"),
    ]);
}

#[test]
fn her_words_are_quoted_as_she_typed_them() {
    assert_eq!(
        words("w my CALF só swóllen 😭", "varicose_veins"),
        ["CALF", "swóllen"]
    );
    assert_eq!(words("burning \u{200b}up", "fever"), ["burning \u{200b}up"]);
    assert_eq!(
        words("my calf\u{2019}s swollen", "varicose_veins"),
        ["calf\u{2019}s swollen"]
    );
}

#[test]
fn what_is_not_hers_is_left_out() {
    all_told(&[
        ("see https://fever.example/fever", "fever", "nothing"),
        ("@fever_bot hi", "fever", "nothing"),
        ("/fever", "fever", "nothing"),
        ("<b>fever</b>", "fever", "yes"),
        ("<a href=\"https://fever.example\">hi</a>", "fever", "nothing"),
        ("<a fever > b", "fever", "yes"),
        // Somebody's apostrophe must not hide what stands behind it.
        ("`fever` i have", "fever", "yes"),
        ("fever=no", "fever", "nothing"),
        ("fever=yes", "fever", "nothing"),
    ]);
}

#[test]
fn a_long_message_is_read_to_its_end_and_no_further() {
    let long = format!("{}. fever", "la ".repeat((LONGEST - 10) / 3));
    let read = reading(&long);
    assert_eq!(told(content(), &read, "fever"), "yes");
    assert!(!read.truncated);
    let longer = format!("{} fever", "la ".repeat(LONGEST / 3 + 1));
    let read = reading(&longer);
    assert_eq!(told(content(), &read, "fever"), "nothing");
    assert!(read.truncated);
}

#[test]
fn urgent_is_what_the_rules_say_of_what_is_affirmed() {
    let urgent = |text: &str| reading(text).urgent(content());
    assert!(urgent("gasping"));
    assert!(!urgent("maybe gasping"));
    assert!(!urgent("gasping yesterday"));
    assert!(!urgent("fever"));
    // Heavy bleeding is urgent from 13 weeks.
    assert!(urgent("20 weeks bleeding heavily"));
    assert!(!urgent("7 weeks bleeding heavily"));
    assert!(urgent("bleeding heavily"));
}

#[test]
fn routes_topics_and_losses() {
    let read = reading("headache and a cramp, i lost the baby");
    assert_eq!(read.routes.len(), 1);
    assert_eq!(read.topic.unwrap().topic.as_str(), "leg_cramps");
    assert!(read.lost);
    assert!(reading("no headache").routes.is_empty());
    assert!(!reading("worried about if i lost the baby").lost);
}
