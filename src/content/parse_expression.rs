//! Reads rules: `flank_pain & (fever | shivering)`, `leg_hot_or_red?`, `vaginal_bleeding>=moderate`.
//!
//! An unknown finding is reported and left out, so that one slip gives one fault.

use std::ops::Range;

use super::expression::{Expression, Literal};
use super::fault::{FaultKind, did_you_mean};
use super::model::{FindingKind, Findings};

/// What is wrong with a written rule; the range counts bytes from its start.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Slip {
    pub(super) range: Range<usize>,
    pub(super) kind: FaultKind,
    pub(super) message: String,
    pub(super) cure: String,
}

/// A rule as it was read, with the place of each of its literals, in order.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Read {
    pub(super) expression: Expression,
    pub(super) literals: Vec<Range<usize>>,
}

/// Brackets within brackets beyond this are refused, so that no file can exhaust the stack.
const DEEPEST: usize = 16;

const FORM: &str =
    "write findings joined by & and |, with brackets where needed: flank_pain & (fever | shivering)";

/// Reads a rule. `None` when nothing of it could be read; slips say why.
pub(super) fn parse(text: &str, findings: &Findings) -> (Option<Read>, Vec<Slip>) {
    let mut reader = Reader {
        text,
        at: 0,
        findings,
        literals: Vec::new(),
        slips: Vec::new(),
    };
    let expression = reader.any(0);
    reader.space();
    if expression.is_ok() && reader.at < text.len() {
        let start = reader.at;
        reader.slip(start, FaultKind::Syntax, "a rule cannot go on like this", FORM);
    }
    let expression = expression.ok().flatten();
    (
        expression.map(|expression| Read {
            expression,
            literals: reader.literals,
        }),
        reader.slips,
    )
}

/// Reads one literal (`fever`, `fever?`, `vaginal_bleeding>=heavy`), as members of signs and suppressors are written.
pub(super) fn parse_literal(text: &str, findings: &Findings) -> (Option<Literal>, Vec<Slip>) {
    let (read, mut slips) = parse(text, findings);
    match read.map(|read| read.expression) {
        Some(Expression::Is(literal)) => (Some(literal), slips),
        Some(_) => {
            slips.push(Slip {
                range: 0..text.len(),
                kind: FaultKind::Syntax,
                message: "one finding belongs here, not a rule".to_owned(),
                cure: "write one finding; put more than one as items of the list".to_owned(),
            });
            (None, slips)
        }
        None => (None, slips),
    }
}

/// Reading went wrong beyond repair; the slip has been noted.
struct Stop;

struct Reader<'r> {
    text: &'r str,
    at: usize,
    findings: &'r Findings,
    literals: Vec<Range<usize>>,
    slips: Vec<Slip>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Takes a mark and the space before it; leaves both when the mark is not there.
    fn takes(&mut self, mark: &str) -> bool {
        let rest = self.rest();
        let found = rest.trim_start().starts_with(mark);
        if found {
            self.at += rest.len() - rest.trim_start().len() + mark.len();
        }
        found
    }

    fn slip(&mut self, start: usize, kind: FaultKind, message: &str, cure: &str) {
        let next = self
            .text
            .get(start..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        let end = self.at.max(start + next);
        let (message, cure) = (message.to_owned(), cure.to_owned());
        self.slips.push(Slip {
            range: start..end,
            kind,
            message,
            cure,
        });
    }

    /// `a | b | c`
    fn any(&mut self, depth: usize) -> Result<Option<Expression>, Stop> {
        let mut parts = vec![self.all(depth)?];
        while self.takes("|") {
            parts.push(self.all(depth)?);
        }
        Ok(join(parts, Expression::Any))
    }

    /// `a & b & c`
    fn all(&mut self, depth: usize) -> Result<Option<Expression>, Stop> {
        let mut parts = vec![self.one(depth)?];
        while self.takes("&") {
            parts.push(self.one(depth)?);
        }
        Ok(join(parts, Expression::All))
    }

    fn one(&mut self, depth: usize) -> Result<Option<Expression>, Stop> {
        if !self.takes("(") {
            return self.literal();
        }
        let start = self.at - 1;
        if depth >= DEEPEST {
            self.slip(
                start,
                FaultKind::Syntax,
                "too many brackets within brackets",
                "write the rule as several rows",
            );
            return Err(Stop);
        }
        let inner = self.any(depth + 1)?;
        if self.takes(")") {
            return Ok(inner);
        }
        let end = self.at;
        self.slip(
            end.min(self.text.len()),
            FaultKind::Syntax,
            "a bracket is not closed",
            "add )",
        );
        Err(Stop)
    }

    fn word(&mut self) -> Range<usize> {
        self.space();
        let start = self.at;
        let rest = self.rest();
        let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
        self.at += end.unwrap_or(rest.len());
        start..self.at
    }

    fn literal(&mut self) -> Result<Option<Expression>, Stop> {
        let name_at = self.word();
        let name = self.text.get(name_at.clone()).unwrap_or("").to_owned();
        if name.is_empty() {
            let start = self.at;
            let message = match self.rest().chars().next() {
                None => "a finding is missing at the end".to_owned(),
                Some('!') => "a rule cannot deny a finding".to_owned(),
                Some(letter) => format!("a finding is missing before \"{letter}\""),
            };
            self.slip(start, FaultKind::Syntax, &message, FORM);
            return Err(Stop);
        }
        let threshold = self.takes(">=").then(|| self.word());
        let or_unsure = self.takes("?");
        let Some(finding) = self.findings.id(&name) else {
            let names = self.findings.iter().map(|(_, finding)| &*finding.name);
            let cure = did_you_mean(&name, names, "add it to findings.toml, or name another finding");
            self.slips.push(Slip {
                range: name_at,
                kind: FaultKind::UnknownFinding,
                message: format!("\"{name}\" is not in findings.toml"),
                cure,
            });
            return Ok(None);
        };
        let at_least = match self.at_least(&name, threshold, &name_at) {
            Ok(at_least) => at_least,
            Err(Stop) => return Ok(None),
        };
        self.literals.push(name_at.start..self.at);
        Ok(Some(Expression::Is(Literal {
            finding,
            at_least,
            or_unsure,
        })))
    }

    /// The threshold of a literal, checked against what the finding holds.
    fn at_least(
        &mut self,
        name: &str,
        threshold: Option<Range<usize>>,
        name_at: &Range<usize>,
    ) -> Result<Option<u16>, Stop> {
        let kind = self
            .findings
            .id(name)
            .and_then(|id| self.findings.get(id))
            .map(|finding| &finding.kind);
        let written = threshold.clone().map(|range| self.text.get(range).unwrap_or(""));
        match amount(name, kind, written) {
            Ok(amount) => Ok(amount),
            Err((message, cure)) => {
                let range = threshold
                    .filter(|range| !range.is_empty())
                    .unwrap_or_else(|| name_at.clone());
                self.slips.push(Slip {
                    range,
                    kind: FaultKind::WrongValue,
                    message,
                    cure,
                });
                Err(Stop)
            }
        }
    }
}

/// The place of a word, or a number, as a threshold of this kind of finding; or what is wrong, and how to mend it.
fn amount(
    name: &str,
    kind: Option<&FindingKind>,
    written: Option<&str>,
) -> Result<Option<u16>, (String, String)> {
    match (kind, written) {
        (Some(FindingKind::Words(words)), Some(written)) => {
            let place = words.iter().position(|word| **word == *written);
            let listed = format!("its words are: {}", words.join(", "));
            let cure = || did_you_mean(written, words.iter().map(|word| &**word), &listed);
            let wrong = || (format!("\"{written}\" is not a word of \"{name}\""), cure());
            place
                .and_then(|place| u16::try_from(place).ok())
                .map(Some)
                .ok_or_else(wrong)
        }
        (Some(FindingKind::Number { min, max, unit }), Some(written)) => {
            let number = written
                .parse::<u16>()
                .ok()
                .filter(|number| min <= number && number <= max);
            let message = || format!("\"{written}\" is not a number \"{name}\" can hold");
            number
                .map(Some)
                .ok_or_else(|| (message(), format!("write {min} to {max} ({unit})")))
        }
        (Some(FindingKind::Number { min, max, .. }), None) => Err((
            format!("\"{name}\" is a number, so a rule must say how many"),
            format!("write \"{name}>=\" and a number from {min} to {max}"),
        )),
        (_, None) => Ok(None),
        (_, Some(_)) => Err((
            format!("\"{name}\" is yes or no and has no amounts"),
            format!("write \"{name}\""),
        )),
    }
}

/// One part stands for itself; parts that could not be read are left out.
fn join(parts: Vec<Option<Expression>>, of: fn(Vec<Expression>) -> Expression) -> Option<Expression> {
    let mut parts: Vec<Expression> = parts.into_iter().flatten().collect();
    if parts.len() > 1 {
        Some(of(parts))
    } else {
        parts.pop()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::content::model::Finding;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn findings() -> Findings {
        let mut findings = Findings::default();
        for name in ["a", "b", "c", "fever"] {
            findings.add(Finding {
                name: Arc::from(name),
                kind: FindingKind::YesNo,
            });
        }
        let words = vec![Arc::from("spotting"), Arc::from("moderate"), Arc::from("heavy")];
        findings.add(Finding {
            name: Arc::from("bleeding"),
            kind: FindingKind::Words(words),
        });
        let nights = FindingKind::Number {
            unit: Arc::from("nights"),
            min: 0,
            max: 7,
        };
        findings.add(Finding {
            name: Arc::from("nights"),
            kind: nights,
        });
        findings
    }

    fn literal(findings: &Findings, name: &str, at_least: Option<u16>, or_unsure: bool) -> Expression {
        Expression::Is(Literal {
            finding: findings.id(name).unwrap(),
            at_least,
            or_unsure,
        })
    }

    #[test]
    fn and_binds_tighter_than_or() {
        let findings = findings();
        let of = |name| literal(&findings, name, None, false);
        let (read, slips) = parse("a & b | c", &findings);
        assert!(slips.is_empty());
        let all = Expression::All(vec![of("a"), of("b")]);
        assert_eq!(read.unwrap().expression, Expression::Any(vec![all, of("c")]));
    }

    #[test]
    fn brackets_thresholds_and_not_sure() {
        let findings = findings();
        let (read, slips) = parse("a&(bleeding>=moderate | nights>=5? )", &findings);
        assert!(slips.is_empty(), "{slips:?}");
        let read = read.unwrap();
        let any = Expression::Any(vec![
            literal(&findings, "bleeding", Some(1), false),
            literal(&findings, "nights", Some(5), true),
        ]);
        assert_eq!(
            read.expression,
            Expression::All(vec![literal(&findings, "a", None, false), any])
        );
        assert_eq!(read.literals, vec![0..1, 3..21, 24..34]);
    }

    #[test]
    fn an_unknown_finding_has_its_place_and_the_rest_is_kept() {
        let findings = findings();
        let (read, slips) = parse("fevre | a", &findings);
        assert_eq!(read.unwrap().expression, literal(&findings, "a", None, false));
        assert_eq!(slips.len(), 1);
        assert_eq!(slips[0].range, 0..5);
        assert_eq!(slips[0].kind, FaultKind::UnknownFinding);
        assert_eq!(slips[0].cure, "did you mean \"fever\"?");
    }

    #[test]
    fn slips_say_where() {
        let findings = findings();
        for (text, start) in [
            ("", 0),
            ("a |", 3),
            ("a b", 2),
            ("(a", 2),
            ("a)", 1),
            ("!a", 0),
            ("nights", 0),
            ("nights>=9", 8),
            ("bleeding>=light", 10),
            ("a>=2", 3),
            ("a && b", 3),
        ] {
            let (_, slips) = parse(text, &findings);
            assert_eq!(
                slips.first().map(|slip| slip.range.start),
                Some(start),
                "{text}: {slips:?}"
            );
        }
    }

    #[test]
    fn deep_brackets_are_refused() {
        let text = format!("{}a{}", "(".repeat(5000), ")".repeat(5000));
        let (read, slips) = parse(&text, &findings());
        assert!(read.is_none());
        assert_eq!(slips.len(), 1);
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*") {
            let _ = parse(&text, &findings());
        }

        #[test]
        fn never_panics_on_near_misses(text in "([abc]|fever|bleeding|nights|>=|[0-9]|\\?|&|\\||\\(|\\)| |é){0,20}") {
            let (read, slips) = parse(&text, &findings());
            for slip in &slips {
                prop_assert!(text.get(..slip.range.start).is_some());
            }
            if let (Some(read), true) = (read, slips.is_empty()) {
                prop_assert_eq!(read.literals.len(), read.expression.literals().len());
            }
        }
    }
}
