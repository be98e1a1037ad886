//! Whom a message is about: herself, a woman somebody writes for, somebody else, nobody (a question), or something else.

use crate::content::Value;
use crate::content::lexicon::CueKind;
use crate::content::lexicon::compiled::flags;

use super::reading::{Reading, Scope, Told};
use super::scene::{Person, Scene};
use super::tokens::Tokens;

/// `others` findings were somebody else's, and `asked` were only asked about.
pub(super) fn about(
    scene: &Scene<'_>,
    tokens: &Tokens<'_>,
    reading: &Reading,
    others: usize,
    asked: usize,
) -> Scope {
    let any = !reading.mentions.is_empty() || reading.stage.is_some() || reading.topic.is_some();
    let told = reading
        .mentions
        .iter()
        .any(|mention| mention.told != Told::Is(Value::No));
    let pronoun = (0..tokens.list.len()).any(|place| {
        let third = scene.person(place) == Person::Third && scene.told(place);
        // "She's kicking": a pronoun that is told with what is told is the baby.
        third && !scene.third_before(place).is_some_and(|cue| scene.told(cue.first))
    });
    let herself = scene.cues.iter().any(|cue| cue.kind == CueKind::Own)
        || tokens
            .list
            .iter()
            .any(|token| token.has(flags::SUBJECT) && tokens.text(token) == "i");
    // "Is back pain normal at 14 weeks?": she asks, and tells nothing of herself.
    let asks = asked > 0 || reading.asks;
    if asks && !told && !herself && !scene.proxy && others == 0 {
        return Scope::Question;
    }
    if told || reading.topic.is_some() {
        if scene.proxy || (pronoun && !herself) {
            return Scope::Proxy;
        }
        // "Headache and spots before my eyes": told, and outside what the questions are about.
        if !reading.routes.is_empty() && reading.topic.is_none() {
            return Scope::Elsewhere;
        }
        return Scope::Own;
    }
    if !reading.routes.is_empty() {
        Scope::Elsewhere
    } else if others > 0 {
        Scope::Other
    } else if asks {
        Scope::Question
    } else if any && scene.proxy {
        Scope::Proxy
    } else {
        Scope::Nothing
    }
}
