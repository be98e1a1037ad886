//! A language that nobody speaks, made from English: every letter accented, every text 40 % longer, every place for an
//! argument kept. It shows that a language decides nothing, that longer words still fit into a message, and that no text
//! is English by accident. It is made for a check and never served.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};
use fluent_syntax::{parser, serializer};
use unic_langid::LanguageIdentifier;

use super::bundle::Bundle;
use super::id::LanguageId;

/// Its tag: `en-XA` is the usual one for English with accents.
pub const PSEUDO: &str = "en-XA";

impl super::Content {
    /// The same content with the pseudo-language beside its own.
    #[must_use]
    pub fn with_pseudo_language(mut self) -> super::Content {
        self.texts.add_pseudo();
        self
    }
}

/// The bundle of the pseudo-language, from the English files.
pub(super) fn bundle<'f>(files: impl Iterator<Item = &'f str>) -> Bundle {
    let mut bundle = Bundle::new(PSEUDO.parse::<LanguageIdentifier>().unwrap_or_default(), false);
    for file in files {
        // The check of form has reported what does not parse.
        bundle.add_fluent(pseudo(file));
    }
    bundle
}

/// The tag as a language.
#[must_use]
pub fn pseudo_language() -> LanguageId {
    LanguageId::from(PSEUDO)
}

fn pseudo(file: &str) -> String {
    let mut resource: Resource<String> =
        parser::parse_runtime(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
    for entry in &mut resource.body {
        match entry {
            Entry::Message(message) => {
                message.value.iter_mut().for_each(accent);
                message
                    .attributes
                    .iter_mut()
                    .for_each(|one| accent(&mut one.value));
            }
            Entry::Term(term) => {
                accent(&mut term.value);
                term.attributes.iter_mut().for_each(|one| accent(&mut one.value));
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
        }
    }
    serializer::serialize(&resource)
}

fn accent(pattern: &mut Pattern<String>) {
    for element in &mut pattern.elements {
        match element {
            PatternElement::TextElement { value } => *value = longer(value),
            PatternElement::Placeable { expression } => accent_variants(expression),
        }
    }
}

fn accent_variants(expression: &mut Expression<String>) {
    match expression {
        Expression::Select { variants, .. } => {
            for variant in variants {
                accent(&mut variant.value);
            }
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => accent_variants(expression),
        Expression::Inline(_) => {}
    }
}

/// A piece of text with every letter accented, and four tenths as many letters more, in words of six.
fn longer(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    let body = text.trim_end();
    let (body, rest) = text.split_at(body.len());
    let mut out: String = body.chars().map(accented).collect();
    for place in 0..(letters * 2).div_ceil(5) {
        if place % 6 == 0 {
            out.push(' ');
        }
        out.push('ö');
    }
    out.push_str(rest);
    out
}

fn accented(letter: char) -> char {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const ACCENTED: &str = "áƀçðéƒĝĥíĵķļɱñöþɋŕšţúṽŵẋýžÁƁÇÐÉƑĜĤÍĴĶĻṀÑÖÞɊŔŠŢÚṼŴẊÝŽ";
    let place = PLAIN.chars().position(|plain| plain == letter);
    place
        .and_then(|place| ACCENTED.chars().nth(place))
        .unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::pseudo;

    #[test]
    fn texts_grow_and_places_stay() {
        let file = "leg = Your leg, { $number ->\n    [one] one day\n   *[other] { $number } days\n}.\n    .why = Why?\n";
        let made = pseudo(file);
        for kept in [
            "leg =",
            "{ $number ->",
            "[one]",
            "*[other]",
            "{ $number }",
            ".why =",
        ] {
            assert!(made.contains(kept), "{kept} is not in {made}");
        }
        assert!(
            made.contains("Ýöúŕ ļéĝ, ööö") && made.contains("ŴĤý?") || made.contains("Ŵĥý? öö"),
            "{made}"
        );
    }
}
