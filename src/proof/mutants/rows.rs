//! Slips in the rows of rules.

use crate::content::{
    Content, Days, Expression, FindingId, FindingKind, Level, Literal, Row, Screen, Window,
};

use super::{Change, Kind, Mutant, with_literal};

/// All slips in rows, in the order of the file.
#[must_use]
pub fn all(content: &Content) -> Vec<Mutant> {
    let mut all = Vec::new();
    for (flag_place, flag) in content.red_flags.iter().enumerate() {
        for (place, row) in flag.rows.iter().enumerate() {
            let mut slips = Slips {
                content,
                row,
                at: (flag_place, place),
                name: format!("{} ({} of {})", row.rule, place + 1, flag.rows.len()),
                all: &mut all,
            };
            slips.of_row();
        }
    }
    all
}

struct Slips<'a> {
    content: &'a Content,
    row: &'a Row,
    at: (usize, usize),
    name: String,
    all: &'a mut Vec<Mutant>,
}

impl Slips<'_> {
    fn of_row(&mut self) {
        self.add(Kind::DropRow, "is gone".to_owned(), None);
        for (kind, level) in [
            (Kind::LevelUp, beside(self.row.level, 1)),
            (Kind::LevelDown, beside(self.row.level, -1)),
        ] {
            if let Some(level) = level {
                let words = format!("is {} and not {}", level.word(), self.row.level.word());
                self.add(
                    kind,
                    words,
                    Some(Row {
                        level,
                        ..self.row.clone()
                    }),
                );
            }
        }
        self.of_literals();
        self.of_more();
        for (words, stage) in moved(&self.row.stage) {
            self.add(
                Kind::MoveEdge,
                words,
                Some(Row {
                    stage,
                    ..self.row.clone()
                }),
            );
        }
    }

    fn of_literals(&mut self) {
        for (place, literal) in self.row.when.literals().into_iter().enumerate() {
            let name = in_words(self.content, literal);
            self.literal(Kind::DropFinding, place, format!("without {name}"), None);
            for other in neighbours(self.content, literal.finding).into_iter().take(1) {
                let new = plain(self.content, other, literal.or_unsure);
                let words = format!("{} in the place of {name}", in_words(self.content, new));
                self.literal(Kind::SwapFinding, place, words, Some(new));
            }
            let toggled = Literal {
                or_unsure: !literal.or_unsure,
                ..literal
            };
            let words = format!("{} in the place of {name}", in_words(self.content, toggled));
            self.literal(Kind::ToggleUnsure, place, words, Some(toggled));
            for new in thresholds(self.content, literal) {
                let words = format!("{} in the place of {name}", in_words(self.content, new));
                self.literal(Kind::MoveThreshold, place, words, Some(new));
            }
        }
    }

    /// One finding more: it must be there too, or it is enough by itself.
    fn of_more(&mut self) {
        let known = self.row.when.literals();
        let last = known.last().map(|literal| literal.finding);
        let mut others = last.into_iter().flat_map(|last| neighbours(self.content, last));
        let other = others.find(|other| known.iter().all(|literal| literal.finding != *other));
        let Some(other) = other else { return };
        let more = plain(self.content, other, false);
        let name = in_words(self.content, more);
        let parts = || vec![self.row.when.clone(), Expression::Is(more)];
        let both = self.with(Expression::All(parts()));
        let either = self.with(Expression::Any(parts()));
        self.add(Kind::AddFinding, format!("and {name}"), Some(both));
        self.add(Kind::AddFinding, format!("or {name}"), Some(either));
    }

    fn literal(&mut self, kind: Kind, place: usize, words: String, new: Option<Literal>) {
        if let Some(when) = with_literal(&self.row.when, place, &|_| new) {
            let row = self.with(when);
            self.add(kind, words, Some(row));
        }
    }

    fn with(&self, when: Expression) -> Row {
        Row {
            unsure: when.literals().iter().any(|literal| literal.or_unsure),
            when,
            ..self.row.clone()
        }
    }

    fn add(&mut self, kind: Kind, words: String, new: Option<Row>) {
        self.all.push(Mutant {
            kind,
            what: format!("{} {words}", self.name),
            change: Change::Row(self.at.0, self.at.1, new),
        });
    }
}

fn beside(level: Level, by: isize) -> Option<Level> {
    let place = Level::ALL.iter().position(|one| *one == level)?;
    Level::ALL.get(place.checked_add_signed(by)?).copied()
}

/// A literal as it is written.
pub(super) fn in_words(content: &Content, literal: Literal) -> String {
    let name = content.findings.name(literal.finding);
    let mark = if literal.or_unsure { "?" } else { "" };
    match literal.at_least {
        Some(least) => format!("{name}>={least}{mark}"),
        None => format!("{name}{mark}"),
    }
}

/// A finding as it is asked for where nothing else is known.
fn plain(content: &Content, finding: FindingId, or_unsure: bool) -> Literal {
    let at_least = match content.findings.get(finding).map(|finding| &finding.kind) {
        Some(FindingKind::Words(_) | FindingKind::Number { .. }) => Some(1),
        _ => None,
    };
    Literal {
        finding,
        at_least,
        or_unsure,
    }
}

/// The findings that stand on the next buttons of the screen on which this one stands: what a slip of the hand writes.
/// What no button records has the next of the list beside it.
fn neighbours(content: &Content, finding: FindingId) -> Vec<FindingId> {
    let sets = |screen: &Screen| -> Vec<FindingId> {
        let buttons = screen.choices.iter();
        buttons
            .filter_map(|choice| choice.sets.first().map(|(set, _)| *set))
            .collect()
    };
    for screen in &content.screens {
        let on_screen = sets(screen);
        if let Some(place) = on_screen.iter().position(|set| *set == finding) {
            let (before, after) = on_screen.split_at(place);
            let others = after.iter().chain(before).copied();
            return others.filter(|other| *other != finding).collect();
        }
    }
    let all: Vec<FindingId> = content.findings.iter().map(|(id, _)| id).collect();
    let (before, after) = all.split_at(finding.index().min(all.len()));
    let others = after.iter().chain(before).copied();
    others.filter(|other| *other != finding).take(3).collect()
}

/// The literal with its threshold one higher and one lower, as far as the finding has such values.
pub(super) fn thresholds(content: &Content, literal: Literal) -> Vec<Literal> {
    let (least, most) = match content.findings.get(literal.finding).map(|finding| &finding.kind) {
        Some(FindingKind::Words(words)) => (0, words.len().saturating_sub(1)),
        Some(FindingKind::Number { min, max, .. }) => (usize::from(*min), usize::from(*max)),
        _ => return Vec::new(),
    };
    let Some(now) = literal.at_least else {
        return Vec::new();
    };
    let moved = [now.checked_sub(1), now.checked_add(1)].into_iter().flatten();
    moved
        .filter(|at| (least..=most).contains(&usize::from(*at)))
        .map(|at| Literal {
            at_least: Some(at),
            ..literal
        })
        .collect()
}

/// These windows, each with one edge a day earlier or later. An edge that is none (`pregnant 20w..`) stays.
pub(super) fn moved(windows: &[Window]) -> Vec<(String, Vec<Window>)> {
    let mut all = Vec::new();
    for (place, window) in windows.iter().enumerate() {
        let (days, last, make): (_, _, fn(Days) -> Window) = match window {
            Window::Pregnant(days) => (*days, Days::LAST_OF_PREGNANCY, Window::Pregnant),
            Window::AfterBirth(days) => (*days, Days::LAST_AFTER_BIRTH, Window::AfterBirth),
            Window::Neither | Window::WeekNotKnown | Window::Unknown => continue,
        };
        let mut edges = Vec::new();
        if days.lo() > 0 {
            edges.push(("begins a day earlier", days.lo().checked_sub(1), Some(days.hi())));
            edges.push(("begins a day later", days.lo().checked_add(1), Some(days.hi())));
        }
        if days.hi() < last {
            edges.push(("ends a day earlier", Some(days.lo()), days.hi().checked_sub(1)));
            edges.push(("ends a day later", Some(days.lo()), days.hi().checked_add(1)));
        }
        for (words, lo, hi) in edges {
            let (Some(lo), Some(hi)) = (lo, hi) else { continue };
            let Some(days) = Days::new(lo, hi) else { continue };
            let mut new = windows.to_vec();
            if let Some(slot) = new.get_mut(place) {
                *slot = make(days);
            }
            all.push((format!("window {} {words}", place + 1), new));
        }
    }
    all
}
