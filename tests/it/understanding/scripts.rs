//! One engine for scripts without spaces and from right to left: only words change.

use nightease::content::{LanguageId, Phase};
use nightease::understanding::read;

use super::{TODAY, told, with_lexicon};

const CHINESE: &str = r##"
schema = 1
language = "zh"
joined = true
fillers = ["的 了 我 很 是"]
no = ["没有 不"]
or = ["或 和"]
body = ["leg"]

[class]
leg = ["小腿", "腿"]
swell = ["肿", "肿了"]
fever = ["发烧", "发热"]

[[find]]
id = "varicose_veins.1"
near = ["leg", "swell"]
yes = ["我的小腿很肿"]
no = ["手肿了"]

[[find]]
id = "fever.1"
near = ["fever"]
[[find]]
id = "fever.2"
seq = ["=高烧"]
[[find]]
id = "fever.3"
seq = ["=烫"]
[[find]]
id = "shivering.1"
seq = ["=发抖"]
[[find]]
id = "shivering.2"
seq = ["=寒战"]
[[find]]
id = "shivering.3"
seq = ["=打寒颤"]
[[find]]
id = "breathless.1"
seq = ["=喘不过气"]
[[find]]
id = "breathless.2"
seq = ["=气短"]
[[find]]
id = "breathless.3"
seq = ["=呼吸困难"]
[[find]]
id = "bleeding.1"
seq = ["=出血"]
word = "moderate"
[[find]]
id = "bleeding.2"
seq = ["=大出血"]
word = "heavy"
[[find]]
id = "bleeding.3"
seq = ["=见红"]
word = "spotting"

[[cue]]
id = "deny.1"
kind = "deny"
seq = ["=没有|不"]

[measure]
week = ["周"]
pregnant = ["怀孕"]
"##;

const PERSIAN: &str = r##"
schema = 1
language = "fa"
fillers = ["من خیلی"]
no = ["ندارم"]
join = ["می نمی"]
body = ["leg"]

[class]
leg = ["پا", "پایم", "ساق"]
swell = ["ورم", "متورم"]

[[find]]
id = "varicose_veins.1"
near = ["leg", "swell"]
yes = ["پایم ورم کرده"]
[[find]]
id = "fever.1"
seq = ["=تب"]
[[find]]
id = "fever.2"
seq = ["=داغم"]
[[find]]
id = "fever.3"
seq = ["=میسوزم"]
[[find]]
id = "shivering.1"
seq = ["=لرز"]
[[find]]
id = "shivering.2"
seq = ["=میلرزم"]
[[find]]
id = "shivering.3"
seq = ["=لرزش"]
[[find]]
id = "breathless.1"
seq = ["=نفس", "=تنگ"]
[[find]]
id = "breathless.2"
seq = ["=خفه"]
[[find]]
id = "breathless.3"
seq = ["=تنگی", "=نفس"]
[[find]]
id = "bleeding.1"
seq = ["=خونریزی"]
word = "moderate"
[[find]]
id = "bleeding.2"
seq = ["=خون", "=زیاد"]
word = "heavy"
[[find]]
id = "bleeding.3"
seq = ["=لکه"]
word = "spotting"

[[cue]]
id = "deny.1"
kind = "deny"
reach = "after"
seq = ["=ندارم"]

[measure]
week = ["هفته"]
pregnant = ["باردار"]
"##;

#[test]
fn chinese_without_spaces() {
    let content = with_lexicon(CHINESE);
    let read = |text: &str| read(&content, &LanguageId::from("zh"), text, TODAY);
    assert_eq!(told(&content, &read("我的小腿很肿"), "varicose_veins"), "yes");
    assert_eq!(told(&content, &read("没有发烧"), "fever"), "no");
    assert_eq!(told(&content, &read("发烧，喘不过气"), "breathless"), "yes");
    let text = "怀孕３０周，小腿肿了";
    let reading = read(text);
    let stage = reading.stage.unwrap();
    assert_eq!((stage.stage.phase, stage.stage.days.lo()), (Phase::Pregnant, 210));
    let quoted: Vec<&str> = reading.mentions[0]
        .words
        .iter()
        .map(|range| &text[range.clone()])
        .collect();
    assert_eq!(quoted, ["小腿肿了"]);
}

#[test]
fn persian_from_the_right_with_joiners_and_other_digits() {
    let content = with_lexicon(PERSIAN);
    let read = |text: &str| read(&content, &LanguageId::from("fa"), text, TODAY);
    assert_eq!(
        told(&content, &read("پايم ورم كرده"), "varicose_veins"),
        "yes",
        "Arabic letters"
    );
    assert_eq!(
        told(&content, &read("تب ندارم"), "fever"),
        "no",
        "a denial behind"
    );
    for joined in ["می‌لرزم", "می لرزم", "میلرزم"] {
        assert_eq!(told(&content, &read(joined), "shivering"), "yes", "{joined}");
    }
    let stage = read("باردار ۳۰ هفته").stage.unwrap().stage;
    assert_eq!(
        (stage.phase, stage.days.lo(), stage.days.hi()),
        (Phase::Pregnant, 210, 216)
    );
    // Signs that only say in which direction to write change nothing.
    assert_eq!(told(&content, &read("\u{202b}تب\u{202c} دارم"), "fever"), "yes");
}

#[test]
fn a_form_of_a_language_is_read_with_the_language() {
    let content = with_lexicon(CHINESE);
    assert!(content.lexicon(&LanguageId::from("zh-TW")).is_some());
    assert!(content.lexicon(&LanguageId::from("en")).is_none());
    // Nothing is read where no lexicon is.
    let reading = read(&content, &LanguageId::from("en"), "fever", TODAY);
    assert!(reading.mentions.is_empty());
}
