//! Weaves the slips of a file into it: all are compiled, and each is made only when it is switched on.

use std::collections::HashMap;
use std::ops::Range;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Arm, BinOp, Block, Expr, ExprBinary, ExprMatch, ExprStruct, ExprUnary, UnOp};

use crate::edit::{Edit, Part, text};
use crate::list::{Genre, Lines, Slip};

/// The edits that make room for these slips, each with its number.
///
/// # Errors
/// When the file is no Rust.
pub fn weave(source: &str, slips: &[(usize, &Slip)]) -> syn::Result<Vec<Edit>> {
    let lines = Lines::of(source);
    let mut at: HashMap<(Genre, usize), Vec<(usize, &Slip)>> = HashMap::new();
    for (number, slip) in slips {
        let start = slip.span.bytes(&lines).start;
        at.entry((slip.genre, start)).or_default().push((*number, slip));
    }
    let mut weaver = Weaver {
        source,
        lines,
        at,
        edits: Vec::new(),
    };
    weaver.visit_file(&syn::parse_file(source)?);
    Ok(weaver.edits)
}

struct Weaver<'a> {
    source: &'a str,
    lines: Lines<'a>,
    at: HashMap<(Genre, usize), Vec<(usize, &'a Slip)>>,
    edits: Vec<Edit>,
}

fn on(number: usize) -> String {
    format!("crate::slip::on({number})")
}

fn numbers(slips: &[(usize, &Slip)]) -> Vec<usize> {
    slips.iter().map(|(number, _)| *number).collect()
}

impl<'a> Weaver<'a> {
    fn range(&self, span: Span) -> Range<usize> {
        let (start, end) = (span.start(), span.end());
        self.lines.byte(start.line, start.column)..self.lines.byte(end.line, end.column)
    }

    fn of(&self, node: &impl Spanned) -> Range<usize> {
        self.range(node.span())
    }

    fn slips(&self, genre: Genre, start: usize) -> Vec<(usize, &'a Slip)> {
        self.at.get(&(genre, start)).cloned().unwrap_or_default()
    }

    fn edit(&mut self, place: Range<usize>, slips: Vec<usize>, parts: Vec<Part>) {
        self.edits.push(Edit { place, slips, parts });
    }

    /// A fixed value is given back before anything is done.
    fn body(&mut self, block: &Block) {
        let (Some(first), Some(last)) = (block.stmts.first(), block.stmts.last()) else {
            return;
        };
        let place = self.of(first).start..self.of(last).end;
        let mut slips = self.slips(Genre::FnValue, place.start);
        // What is leaked can be changed, and no function walks over such things.
        slips.retain(|(_, slip)| !slip.replacement.starts_with("::std::iter::once(Box::leak"));
        let (walked, plain): (Vec<_>, Vec<_>) = slips
            .into_iter()
            .partition(|(_, slip)| slip.replacement.starts_with("::std::iter::"));
        if !walked.is_empty() {
            self.iterator(place.clone(), &walked);
        }
        let parts = plain.iter().map(|(number, slip)| {
            let words = format!("if {} {{ return {}; }} ", on(*number), slip.replacement);
            Part::Of(*number, vec![text(words)])
        });
        let parts: Vec<Part> = parts.collect();
        if !parts.is_empty() {
            self.edit(place.start..place.start, numbers(&plain), parts);
        }
    }

    /// What a function walks over cannot become another type: it is cut to nothing, and the one thing put behind it.
    fn iterator(&mut self, place: Range<usize>, slips: &[(usize, &Slip)]) {
        let any: Vec<String> = slips.iter().map(|(number, _)| on(*number)).collect();
        let mut parts = vec![
            text("({ "),
            Part::Source(place.clone()),
            text(format!(
                " }}).take(if {} {{ 0 }} else {{ usize::MAX }})",
                any.join(" || ")
            )),
        ];
        for (number, slip) in slips {
            if let Some(one) = slip.replacement.strip_prefix("::std::iter::once") {
                let words = format!(".chain({}.then(|| {one}))", on(*number));
                parts.push(Part::Of(*number, vec![text(words)]));
            }
        }
        self.edit(place, numbers(slips), parts);
    }

    /// `a && b` is `if a { b } else { false }`, and `a || b` is `if !a { b } else { true }`: nothing stands twice.
    fn logic(&mut self, node: &ExprBinary, slips: &[(usize, &Slip)]) {
        let Some((number, _)) = slips.first() else { return };
        if binds(&node.left) || binds(&node.right) {
            return;
        }
        let (on, is_and) = (on(*number), matches!(node.op, BinOp::And(_)));
        let (is, other) = if is_and {
            ("!=", on.clone())
        } else {
            ("==", format!("!{on}"))
        };
        let parts = vec![
            text("(if ("),
            Part::Source(self.of(&node.left)),
            text(format!(") {is} {on} {{ (")),
            Part::Source(self.of(&node.right)),
            text(format!(") }} else {{ {other} }})")),
        ];
        self.edit(self.of(node), vec![*number], parts);
    }

    /// Every other operator: both sides stand once for each.
    fn operators(&mut self, node: &ExprBinary, slips: &[(usize, &Slip)]) {
        let between = |operator: &str| {
            vec![
                text("(("),
                Part::Source(self.of(&node.left)),
                text(format!(") {operator} (")),
                Part::Source(self.of(&node.right)),
                text("))"),
            ]
        };
        let operator = self.source.get(self.of(&node.op)).unwrap_or_default();
        let mut parts = vec![text("(")];
        for (number, slip) in slips {
            let mut own = vec![text(format!("if {} {{ ", on(*number)))];
            own.extend(between(&slip.replacement));
            own.push(text(" } else "));
            parts.push(Part::Of(*number, own));
        }
        parts.push(text("{ "));
        parts.extend(between(operator));
        parts.push(text(" })"));
        self.edit(self.of(node), numbers(slips), parts);
    }

    /// An arm that is gone is one whose guard never holds.
    fn arm(&mut self, arm: &Arm) {
        let gone = self.slips(Genre::MatchArm, self.of(&arm.pat).start);
        let Some((_, guard)) = &arm.guard else {
            for (number, _) in gone {
                let arrow = self.of(&arm.fat_arrow_token).start;
                self.edit(
                    arrow..arrow,
                    vec![number],
                    vec![text(format!("if !{} ", on(number)))],
                );
            }
            return;
        };
        let place = self.of(guard.as_ref());
        let fixed = self.slips(Genre::MatchArmGuard, place.start);
        if binds(guard) || (gone.is_empty() && fixed.is_empty()) {
            return;
        }
        let mut before = String::new();
        for (number, _) in &gone {
            before.push_str(&format!("!{} && ", on(*number)));
        }
        before.push('(');
        for (number, _) in fixed.iter().filter(|(_, slip)| slip.replacement == "true") {
            before.push_str(&format!("{} || ", on(*number)));
        }
        for (number, _) in fixed.iter().filter(|(_, slip)| slip.replacement == "false") {
            before.push_str(&format!("!{} && ", on(*number)));
        }
        before.push('(');
        let slips = [numbers(&gone), numbers(&fixed)].concat();
        self.edit(
            place.clone(),
            slips,
            vec![text(before), Part::Source(place), text("))")],
        );
    }

    fn fields(&mut self, node: &ExprStruct) {
        let Some(rest) = &node.rest else { return };
        let rest = self
            .source
            .get(self.of(rest.as_ref()))
            .unwrap_or_default()
            .to_owned();
        for field in &node.fields {
            let name = self.of(&field.member);
            let place = name.start..self.of(&field.expr).end;
            for (number, _) in self.slips(Genre::StructField, place.start) {
                let member = self.source.get(name.clone()).unwrap_or_default();
                let words = format!("{member}: if {} {{ ({rest}).{member} }} else {{ ", on(number));
                let value = Part::Source(self.of(&field.expr));
                self.edit(place.clone(), vec![number], vec![text(words), value, text(" }")]);
            }
        }
    }
}

/// Whether a condition binds names: such a one cannot be put into brackets.
fn binds(condition: &Expr) -> bool {
    match condition {
        Expr::Let(_) => true,
        Expr::Binary(ExprBinary {
            left,
            op: BinOp::And(_),
            right,
            ..
        }) => binds(left) || binds(right),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Weaver<'_> {
    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.body(&node.block);
        visit::visit_item_fn(self, node);
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        self.body(&node.block);
        visit::visit_impl_item_fn(self, node);
    }

    fn visit_expr_binary(&mut self, node: &'ast ExprBinary) {
        let slips = self.slips(Genre::BinaryOperator, self.of(&node.op).start);
        match node.op {
            _ if slips.is_empty() => {}
            BinOp::And(_) | BinOp::Or(_) => self.logic(node, &slips),
            _ => self.operators(node, &slips),
        }
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_unary(&mut self, node: &'ast ExprUnary) {
        let place = self.of(node);
        for (number, _) in self.slips(Genre::UnaryOperator, place.start) {
            let inner = Part::Source(self.of(node.expr.as_ref()));
            let parts = if matches!(node.op, UnOp::Not(_)) {
                vec![text(format!("({} ^ !(", on(number))), inner, text("))")]
            } else {
                let again = Part::Source(self.of(node.expr.as_ref()));
                let words = format!("(if {} {{ ", on(number));
                vec![text(words), inner, text(" } else { -("), again, text(") })")]
            };
            self.edit(place.clone(), vec![number], parts);
        }
        visit::visit_expr_unary(self, node);
    }

    fn visit_expr_match(&mut self, node: &'ast ExprMatch) {
        let arms = node
            .arms
            .iter()
            .flat_map(|arm| self.slips(Genre::MatchArm, self.of(&arm.pat).start));
        let gone = numbers(&arms.collect::<Vec<_>>());
        if !gone.is_empty() {
            // Nothing is changed: the compiler names this place when an arm is missed.
            let place = self.of(node.expr.as_ref());
            self.edit(place.clone(), gone, vec![Part::Source(place)]);
        }
        visit::visit_expr_match(self, node);
    }

    fn visit_arm(&mut self, node: &'ast Arm) {
        // In the order of the text: what the pattern holds, the guard, the body.
        self.visit_pat(&node.pat);
        self.arm(node);
        if let Some((_, guard)) = &node.guard {
            self.visit_expr(guard);
        }
        self.visit_expr(&node.body);
    }

    fn visit_expr_struct(&mut self, node: &'ast ExprStruct) {
        self.fields(node);
        visit::visit_expr_struct(self, node);
    }
}
