//! How far words reach: a doubt that explains what was told before it, a frame of another time, a denial of something else.

use nightease::content::LanguageId;
use nightease::understanding::read;

use super::{TODAY, all_told, told};
use crate::shared;

#[test]
fn a_doubt_behind_a_comma_or_a_full_stop_says_what_else_it_may_be() {
    all_told(&[
        ("fever, my legs ache, could be the heating", "fever", "unsure"),
        ("fever. could be the heating", "fever", "unsure"),
        // It speaks of what was told last.
        ("fever, shivering. could be the heating", "fever", "yes"),
        ("fever, shivering. could be the heating", "shivering", "unsure"),
        ("could be the heating. fever", "fever", "yes"),
    ]);
}

#[test]
fn what_is_framed_as_another_time_was_then() {
    all_told(&[
        ("with my first i had fever, chills, bleeding", "shivering", "past"),
        ("with my first i had fever, chills, bleeding", "bleeding", "past"),
        // She speaks of herself, of now, in another clause or sentence.
        (
            "with my first i had fever, my calf is swollen",
            "varicose_veins",
            "yes",
        ),
        ("with my first i had fever, now chills", "shivering", "yes"),
        ("with my first i had fever, but chills", "shivering", "yes"),
        ("with my first i had fever. chills", "shivering", "yes"),
    ]);
}

#[test]
fn what_is_said_to_be_over_in_a_sentence_of_its_own() {
    all_told(&[
        ("Had bleeding. All stopped", "bleeding", "past"),
        ("Bleeding. Fever stopped", "bleeding", "moderate"),
    ]);
}

#[test]
fn a_denial_of_what_stands_before_a_no_does_not_turn_it_round() {
    all_told(&[
        ("no fever breathing fine", "breathless", "no"),
        ("no fever and breathing fine", "breathless", "no"),
        ("not breathing fine", "breathless", "unsure"),
    ]);
}

#[test]
fn what_is_too_wide_to_be_denied_leaves_that_to_the_plain_words_in_it() {
    all_told(&[
        ("teeth rattle and gums", "shivering", "yes"),
        ("no teeth rattle and gums", "shivering", "no"),
        ("no fever, teeth rattle and gums", "shivering", "unsure"),
    ]);
}

/// With the shipped lexicon: what a baby does is the baby's, whatever else it could be read as.
#[test]
fn what_is_told_of_the_baby_is_not_hers() {
    let shipped = shared::content();
    let told = |text: &str, finding: &str| {
        let reading = read(shipped, &LanguageId::from("en"), text, TODAY);
        told(shipped, &reading, finding)
    };
    let text = "baby breathing really fast and grunting, 12 days old";
    assert_eq!(told(text, "newborn_ill"), "yes");
    assert_eq!(told(text, "breathless"), "nothing");
    assert_eq!(
        told("i am breathing really fast and cant stop", "breathless"),
        "yes"
    );
    assert_eq!(
        told("cant breathe properly, baby is kicking fine", "breathless"),
        "yes"
    );
}

/// With the shipped lexicon: what sounds like a word of the past, of an end or of doubt, and is none, softens no danger sign.
#[test]
fn what_only_sounds_past_over_or_doubtful_softens_nothing() {
    let shipped = shared::content();
    for (text, finding) in [
        ("chest pain, could just be wind", "chest_pain"),
        ("i had chest pain in the last hour", "chest_pain"),
        ("this is the first time i had chest pain", "chest_pain"),
        ("i got breathless during the last few minutes", "breathless"),
        ("my calf is red and hot, might be a bruise", "leg_hot_or_red"),
        (
            "my face is swollen, might be tiredness",
            "sudden_face_or_hand_swelling",
        ),
        ("bad headache, hasnt cleared up", "severe_headache"),
        ("ate toast vomited again", "vomiting"),
        ("fever from friday to yesterday and still hot", "fever"),
        (
            "the feeling hasnt come back down there since the epidural",
            "saddle_numbness",
        ),
    ] {
        let reading = read(shipped, &LanguageId::from("en"), text, TODAY);
        assert_eq!(told(shipped, &reading, finding), "yes", "{text}");
    }
    // Of a finding with words, one that is told.
    for text in [
        "bleeding hasnt stopped at 34 weeks",
        "i passed a clot, passed thankfully",
    ] {
        let reading = read(shipped, &LanguageId::from("en"), text, TODAY);
        let told = told(shipped, &reading, "vaginal_bleeding");
        assert!(
            ["spotting", "moderate", "heavy"].contains(&&*told),
            "{text}: {told}"
        );
    }
}

/// With the shipped lexicon: a no that is taken back in the same breath is none.
#[test]
fn a_no_that_is_taken_back_denies_nothing() {
    let shipped = shared::content();
    for text in [
        "no bleeding. ok sorry there is some, just looked",
        "no bleeding. well there is a little",
        "no bleeding. oh theres some actually",
        "no bleeding. spoke too soon, spots now",
        "no bleeding, except a smear",
        "no bleeding apart from a tiny streak",
        "no bleeding, i lied theres a spot",
        "no bleeding. edit: there is now",
        "no bleeding. nope i tell a lie its on the pad",
        "no bleeding. ok a bit",
    ] {
        let reading = read(shipped, &LanguageId::from("en"), text, TODAY);
        assert_ne!(told(shipped, &reading, "vaginal_bleeding"), "no", "{text}");
    }
    for text in ["no bleeding. ok thanks", "no bleeding. there is some bread left"] {
        let reading = read(shipped, &LanguageId::from("en"), text, TODAY);
        assert_eq!(told(shipped, &reading, "vaginal_bleeding"), "no", "{text}");
    }
}
