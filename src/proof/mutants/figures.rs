//! What is told of the slips: how many, who noticed them, and those that nobody did.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Judged, Kind, Noticed};

/// How many slips of one sort, by who noticed them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Counts {
    /// All of them.
    pub all: usize,
    /// By a vignette written by hand.
    pub hand_written: usize,
    /// By a property.
    pub properties: usize,
    /// By a check of form.
    pub form: usize,
    /// By a generated vignette and nobody before it.
    pub generated: usize,
    /// They change nothing.
    pub equal: usize,
    /// Nobody.
    pub alive: usize,
}

/// The figures of all slips.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct MutantFigures {
    /// All sorts together.
    pub whole: Counts,
    /// Of those that change something, how many of a hundred properties and vignettes written by hand notice.
    pub noticed_by_people: usize,
    /// By sort.
    pub sorts: BTreeMap<&'static str, Counts>,
    /// Which only generated vignettes notice, or a check of form.
    pub not_by_people: Vec<String>,
    /// Which change nothing.
    pub equal: Vec<String>,
    /// Which nobody noticed.
    pub alive: Vec<String>,
}

/// The least share, of a hundred, that properties and vignettes written by hand must notice by themselves.
pub const LEAST_SHARE: usize = 60;

impl MutantFigures {
    /// Counts.
    #[must_use]
    pub fn of(judged: &[Judged]) -> MutantFigures {
        let mut figures = MutantFigures::default();
        let mut sorts: BTreeMap<Kind, Counts> = BTreeMap::new();
        for one in judged {
            let of_sort = sorts.entry(one.mutant.kind).or_default();
            for counts in [&mut figures.whole, of_sort] {
                counts.add(&one.noticed);
            }
            match &one.noticed {
                Noticed::Generated(by) | Noticed::Form(by) => {
                    figures.not_by_people.push(format!("{}: {by}", one.mutant.what));
                }
                Noticed::Equal => figures.equal.push(one.mutant.what.clone()),
                Noticed::Nobody(difference) => {
                    figures.alive.push(format!("{}. {difference}", one.mutant.what));
                }
                Noticed::HandWritten(_) | Noticed::Property(_) => {}
            }
        }
        let Counts {
            all,
            equal,
            hand_written,
            properties,
            ..
        } = figures.whole;
        figures.noticed_by_people = (hand_written + properties) * 100 / (all - equal).max(1);
        figures.sorts = sorts
            .into_iter()
            .map(|(kind, counts)| (kind.words(), counts))
            .collect();
        figures
    }

    /// Is every slip noticed, and enough of them by what was not made from the content itself?
    #[must_use]
    pub fn passed(&self) -> bool {
        self.alive.is_empty() && self.noticed_by_people >= LEAST_SHARE
    }

    /// A few lines.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = vec![
            "slips put into the content: all = by hand-written vignettes + properties + form + generated vignettes + change nothing + unnoticed".to_owned(),
            format!(
                "  all sorts: {}; {}% of those that change something by hand-written vignettes and properties (at least {LEAST_SHARE}%)",
                self.whole.text(),
                self.noticed_by_people
            ),
        ];
        lines.extend(
            self.sorts
                .iter()
                .map(|(sort, counts)| format!("  {sort}: {}", counts.text())),
        );
        lines.extend(self.alive.iter().map(|what| format!("UNNOTICED: {what}")));
        lines.push(String::new());
        lines.join("\n")
    }
}

impl Counts {
    fn add(&mut self, noticed: &Noticed) {
        self.all += 1;
        let count = match noticed {
            Noticed::HandWritten(_) => &mut self.hand_written,
            Noticed::Property(_) => &mut self.properties,
            Noticed::Form(_) => &mut self.form,
            Noticed::Generated(_) => &mut self.generated,
            Noticed::Equal => &mut self.equal,
            Noticed::Nobody(_) => &mut self.alive,
        };
        *count += 1;
    }

    fn text(&self) -> String {
        format!(
            "{} = {} + {} + {} + {} + {} + {}",
            self.all, self.hand_written, self.properties, self.form, self.generated, self.equal, self.alive
        )
    }
}
