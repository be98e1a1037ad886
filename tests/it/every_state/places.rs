//! Every kind of place a conversation can be in.

use jiff::SignedDuration;
use nightease::content::Content;
use nightease::conversation::{Command, Event};

use super::chat::Chat;

/// The labels that lead to the list of the legs, and from there to that of the causes.
const LEGS: &str = "Cramp right now > None of these > 20 to 27 weeks";
const CAUSES: &str = "LEGS > None of these > None of these";
/// The same on back pain: to the belly, and to the causes; and after a birth.
const BELLY: &str = "Back pain > None of these > 28 to 36 weeks";
const BACK: &str = "BELLY > None of these > Eases when I move > None of these";
const AFTER: &str = "Back pain > None of these > 0-2 weeks after";

/// Places, with the labels that lead there from the opening.
#[rustfmt::skip]
pub const PLACES: [(&str, &str); 51] = [
    ("opening", ""),
    ("gate", "Cramp right now"),
    ("gate checked", "Cramp right now > Not sure"),
    ("stage", "Cramp right now > None of these"),
    ("stage after a loss", "Cramp right now > None of these > My pregnancy ended"),
    ("list", "LEGS"),
    ("list with ticks", "LEGS > One leg hot or darker > One leg is bigger"),
    ("list checked", "LEGS > Not sure"),
    ("list checked with a tick", "LEGS > Not sure > One leg is bigger"),
    ("second list", "LEGS > None of these"),
    ("second list with a tick", "LEGS > None of these > Fever or shivering"),
    ("detail", "LEGS > None of these > Water pill or statin > Done"),
    ("second list after an answer", "LEGS > Hard sore cord in skin > Done"),
    ("causes", "CAUSES"),
    ("causes with a tick", "CAUSES > Knot, gone in minutes"),
    ("self-care", "CAUSES > Skip"),
    ("routine", "CAUSES > Cramps every night > Done"),
    ("same day", "LEGS > None of these > Itchy palms or soles > Done"),
    ("go now", "LEGS > One leg is bigger > Done"),
    ("emergency", "Cramp right now > Chest or breath trouble"),
    ("out of scope", "Cramp right now > None of these > Neither"),
    ("fit", "CAUSES > Skip > More steps"),
    ("fit with a tick", "CAUSES > Skip > More steps > Kidney or heart illness"),
    ("more steps", "CAUSES > Skip > More steps > None of these"),
    ("why", "CAUSES > Skip > Why?"),
    ("something else too", "CAUSES > Skip > Something else too"),
    ("something feels wrong", "Something feels wrong > None of these"),
    ("leg pain: causes", "Leg or foot pain > None of these > 20 to 27 weeks > None of these > None of these"),
    ("leg pain: self-care", "Leg or foot pain > None of these > 20 to 27 weeks > None of these > None of these > Both ankles puffy > Done"),
    ("leg pain: same day", "Leg or foot pain > None of these > 6-12 weeks after > Hard sore cord in skin > Done > None of these"),
    ("belly", "BELLY"),
    ("belly checked", "BELLY > Not sure"),
    ("waves", "BELLY > None of these"),
    ("body", "BELLY > None of these > Eases when I move"),
    ("sweats", "BELLY > None of these > Always there, no let-up > None of these"),
    ("back pain: causes", "BACK"),
    ("back pain: self-care", "BACK > Skip"),
    ("back pain: more steps", "BACK > Skip > More steps > None of these"),
    ("back pain: waves", "BELLY > None of these > Waves, again and again"),
    ("back pain: stage not known", "Back pain > None of these > Not sure"),
    ("after a birth: signs", "AFTER"),
    ("after a birth: signs with a tick", "AFTER > Epidural spot sore, red"),
    ("after a birth: the spot", "AFTER > Epidural spot sore, red > Done > None of these"),
    ("after a birth: self-care", "AFTER > None of these > None of these > Skip"),
    ("after a birth: routine", "AFTER > None of these > None of these > Early waking, then stiff > Done"),
    ("after a birth: fit", "AFTER > None of these > None of these > Skip > More steps"),
    ("after a loss: self-care", "Back pain > None of these > My pregnancy ended > 0-2 weeks after > None of these > None of these > Skip"),
    ("countries", "Cramp right now > Chest or breath trouble > Number for my country"),
    ("other countries", "LEGS > None of these > Itchy palms or soles > Done > Number for my country > A to G"),
    ("emergency in her country", "Cramp right now > Chest or breath trouble > Number for my country > Ireland"),
    ("same day in her country", "LEGS > None of these > Itchy palms or soles > Done > Number for my country > Australia"),
];

/// The labels of a path.
fn labels(path: &str) -> Vec<String> {
    let path = path.replace("CAUSES", CAUSES).replace("LEGS", LEGS);
    let path = path
        .replace("BACK", BACK)
        .replace("BELLY", BELLY)
        .replace("AFTER", AFTER);
    path.split(" > ")
        .filter(|label| !label.is_empty())
        .map(str::to_owned)
        .collect()
}

pub fn state<'c>(content: &'c Content, path: &str) -> Chat<'c> {
    let mut chat = Chat::new(content);
    chat.hear(Event::Command(Command::Start(None)));
    for label in labels(path) {
        chat.tap(&label);
    }
    chat
}

/// The states, with those that no path of labels leads to.
pub fn states(content: &Content) -> Vec<(String, Chat<'_>)> {
    let mut all: Vec<(String, Chat<'_>)> = PLACES
        .iter()
        .map(|(name, path)| ((*name).to_owned(), state(content, path)))
        .collect();
    let mut asked = state(content, PLACES[6].1);
    asked.hear(Event::Command(Command::Forget));
    all.push(("asked whether to forget".to_owned(), asked));
    let mut urgent = state(content, PLACES[5].1);
    urgent.hear(Event::Command(Command::Urgent));
    urgent.tap("Number for my country");
    all.push(("countries over a question".to_owned(), urgent));
    all.push(("no session".to_owned(), Chat::new(content)));
    let mut old = state(content, PLACES[6].1);
    old.around.now += SignedDuration::from_hours(25);
    all.push(("expired".to_owned(), old));
    all
}
