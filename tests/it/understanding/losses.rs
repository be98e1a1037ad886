//! Is the pregnancy over? Said as a fact it is believed; told of earlier, feared, or of others, it is not. A woman whose baby
//! has a fever, or has not moved, must not be told that she has lost it.

use super::stages_en::reading;

#[test]
fn a_loss_that_is_told_is_read() {
    let missed: Vec<&str> = [
        "i had a miscarriage last week and my legs cramp",
        "we lost the baby at 20 weeks and my legs hurt",
        "i miscarried on friday, back pain",
        "i miscarried two weeks ago and my back aches",
        "my baby died",
        "he was born sleeping on monday. my back is so sore",
        "our daughter was stillborn",
        "there was no heartbeat at the scan",
        "had a termination on friday, cramps in my leg",
        "after my miscarriage i have cramps",
        "she passed away the day after she was born",
    ]
    .into_iter()
    .filter(|text| !reading(text).lost)
    .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_is_no_loss_of_hers_now_is_not_read_as_one() {
    let wrong: Vec<&str> = [
        "my baby has a fever",
        "she has a cramp in her leg",
        "he has kept me up",
        "baby has stopped moving",
        "he stopped moving last night",
        "baby passed wind",
        "she passed out",
        "i had a miscarriage in 2019, now 30 weeks",
        "ive had 2 miscarriages and im 9 weeks",
        "previous miscarriage, worried",
        "my sister had a stillbirth last year",
        "scared of a miscarriage",
        "is this a miscarriage",
        "am i having a miscarriage",
        "worried about stillbirth",
        "threatened miscarriage at 8 weeks now 20 weeks",
        "since he was born still bleeding",
        "since she was born sleeping on the sofa hurts my back",
        "lost him in the shop and ran, now my calf hurts",
        "lost the baby weight but my back still hurts",
        "i lost my mucus plug",
        "i feel like im losing him",
        "no heartbeat problems",
        "terminated my contract",
        "my mum was 60 when she died",
        "is it a stillbirth if baby has not moved all day",
        "i did not lose the baby",
        "no miscarriage",
    ]
    .into_iter()
    .filter(|text| reading(text).lost)
    .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
