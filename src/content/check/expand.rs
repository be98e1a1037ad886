//! Writes out every variant of a Fluent text, with sample words for its variables, so that wording can be checked.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};

use crate::content::catalog::Catalog;

/// More variants of one text than this are not looked at.
const MOST: usize = 1_000;

/// Texts within texts beyond this are not followed.
const DEEPEST: usize = 8;

/// Which variant each selector takes.
type Taken<'c> = BTreeMap<&'c str, &'c str>;

/// One thing a pattern holds.
pub(super) enum Part<'p, 'f> {
    /// A variable that is put in, or that selects.
    Variable(&'f str),
    /// A variant of a selection by this variable.
    Variant(&'f str, &'p Variant<&'f str>),
    /// Another text (`name` or `name.attribute`), and its name as written.
    Reference(String, &'f str),
}

/// Sample words for a variable.
fn sample(variable: &str) -> &str {
    match variable {
        "list" => "one leg is bigger, fever",
        "name" => "a clot in the leg",
        "rule" => "R20",
        "title" => "Leg cramps, 2024",
        "grade" => "B",
        "digest" => "0123456789ab",
        "version" => "0.1.0",
        "command" => "tips_legs",
        "number" => "112",
        "from" => "20",
        "to" => "27",
        _ => "word",
    }
}

impl<'f> Catalog<'f> {
    /// All variants of a text; none if there is no such text.
    pub(in crate::content) fn variants(&self, key: &str) -> Vec<String> {
        self.texts
            .get(key)
            .map(|text| self.variants_of(&text.pattern))
            .unwrap_or_default()
    }

    /// All variants of a pattern. The same selector takes the same variant throughout.
    pub(super) fn variants_of(&self, pattern: &Pattern<&'f str>) -> Vec<String> {
        let mut selectors: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        self.selectors(pattern, 0, &mut selectors);
        let mut choices: Vec<Taken> = vec![BTreeMap::new()];
        for (selector, keys) in &selectors {
            let with = |taken: &Taken<'f>, key: &&'f str| {
                let mut taken = taken.clone();
                taken.insert(selector, key);
                taken
            };
            choices = choices
                .iter()
                .flat_map(|taken| keys.iter().map(|key| with(taken, key)))
                .take(MOST)
                .collect();
        }
        let write = |taken: &Taken| {
            let mut text = String::new();
            self.write(pattern, taken, 0, &mut text);
            text
        };
        choices
            .iter()
            .map(write)
            .collect::<BTreeSet<String>>()
            .into_iter()
            .collect()
    }

    fn selectors(
        &self,
        pattern: &Pattern<&'f str>,
        depth: usize,
        found: &mut BTreeMap<&'f str, BTreeSet<&'f str>>,
    ) {
        for part in parts(pattern) {
            match part {
                Part::Variant(selector, variant) => {
                    found.entry(selector).or_default().insert(variant_name(variant));
                }
                Part::Reference(key, _) if depth < DEEPEST => {
                    if let Some(text) = self.texts.get(&key) {
                        self.selectors(&text.pattern, depth + 1, found);
                    }
                }
                Part::Reference(..) | Part::Variable(_) => {}
            }
        }
    }

    fn write(&self, pattern: &Pattern<&str>, taken: &Taken, depth: usize, out: &mut String) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => out.push_str(value),
                PatternElement::Placeable { expression } => {
                    self.write_expression(expression, taken, depth, out)
                }
            }
        }
    }

    fn write_expression(&self, expression: &Expression<&str>, taken: &Taken, depth: usize, out: &mut String) {
        match expression {
            Expression::Select { selector, variants } => {
                let wanted = taken.get(selector_name(selector)).copied();
                let found = variants
                    .iter()
                    .find(|variant| Some(variant_name(variant)) == wanted);
                if let Some(variant) = found.or_else(|| variants.iter().find(|variant| variant.default)) {
                    self.write(&variant.value, taken, depth, out);
                }
            }
            Expression::Inline(inline) => self.write_inline(inline, taken, depth, out),
        }
    }

    fn write_inline(&self, inline: &InlineExpression<&str>, taken: &Taken, depth: usize, out: &mut String) {
        match inline {
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                out.push_str(value)
            }
            InlineExpression::VariableReference { id } => out.push_str(sample(id.name)),
            InlineExpression::FunctionReference { .. } => out.push_str(sample(selector_name(inline))),
            InlineExpression::Placeable { expression } => {
                self.write_expression(expression, taken, depth, out)
            }
            InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
                let text = reference(inline).and_then(|(key, _)| self.texts.get(&key));
                if let (Some(text), true) = (text, depth < DEEPEST) {
                    self.write(&text.pattern, taken, depth + 1, out);
                }
            }
        }
    }
}

/// The name a variant has: a word or a number.
pub(super) fn variant_name<'f>(variant: &Variant<&'f str>) -> &'f str {
    match variant.key {
        VariantKey::Identifier { name } => name,
        VariantKey::NumberLiteral { value } => value,
    }
}

/// The variable that selects; empty when it is none.
fn selector_name<'f>(selector: &InlineExpression<&'f str>) -> &'f str {
    match selector {
        InlineExpression::VariableReference { id } => id.name,
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.first().map_or("", |first| match first {
                InlineExpression::VariableReference { id } => id.name,
                _ => "",
            })
        }
        _ => "",
    }
}

fn reference<'f>(inline: &InlineExpression<&'f str>) -> Option<(String, &'f str)> {
    let (mark, id, attribute) = match inline {
        InlineExpression::MessageReference { id, attribute } => ("", id, attribute),
        InlineExpression::TermReference { id, attribute, .. } => ("-", id, attribute),
        _ => return None,
    };
    let attribute = attribute
        .as_ref()
        .map(|attribute| format!(".{}", attribute.name))
        .unwrap_or_default();
    Some((format!("{mark}{}{attribute}", id.name), id.name))
}

/// Variables, variants and references of a pattern, those within variants included.
pub(super) fn parts<'p, 'f>(pattern: &'p Pattern<&'f str>) -> Vec<Part<'p, 'f>> {
    let mut found = Vec::new();
    collect(pattern, &mut found);
    found
}

fn collect<'p, 'f>(pattern: &'p Pattern<&'f str>, found: &mut Vec<Part<'p, 'f>>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect_expression(expression, found);
        }
    }
}

fn collect_expression<'p, 'f>(expression: &'p Expression<&'f str>, found: &mut Vec<Part<'p, 'f>>) {
    match expression {
        Expression::Select { selector, variants } => {
            collect_inline(selector, found);
            for variant in variants {
                found.push(Part::Variant(selector_name(selector), variant));
                collect(&variant.value, found);
            }
        }
        Expression::Inline(inline) => collect_inline(inline, found),
    }
}

fn collect_inline<'p, 'f>(inline: &'p InlineExpression<&'f str>, found: &mut Vec<Part<'p, 'f>>) {
    match inline {
        InlineExpression::VariableReference { id } => found.push(Part::Variable(id.name)),
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                collect_inline(argument, found);
            }
        }
        InlineExpression::Placeable { expression } => collect_expression(expression, found),
        InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
            found.extend(reference(inline).map(|(key, name)| Part::Reference(key, name)));
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
    }
}
