//! The figures of `read --score`, with Wilson intervals.

/// So many of so many.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Share {
    /// How many.
    pub hits: usize,
    /// Out of how many.
    pub of: usize,
}

impl Share {
    pub(super) fn add(&mut self, hit: bool) {
        self.hits += usize::from(hit);
        self.of += 1;
    }

    /// The share; of nothing it is 1.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.of == 0 {
            1.0
        } else {
            count(self.hits) / count(self.of)
        }
    }

    /// Wilson's interval at 95 %.
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        if self.of == 0 {
            return (0.0, 1.0);
        }
        let (share, of, z) = (self.share(), count(self.of), 1.959_964);
        let middle = share + z * z / (2.0 * of);
        let half = z * (share * (1.0 - share) / of + z * z / (4.0 * of * of)).sqrt();
        let whole = 1.0 + z * z / of;
        ((middle - half) / whole, (middle + half) / whole)
    }
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The figures of some messages.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Messages.
    pub messages: usize,
    /// Findings labelled yes or not sure and read as no: of red flags, and others.
    pub dangerous: [usize; 2],
    /// Urgent messages of which a danger sign was read, or that were read as urgent.
    pub surfaced: Share,
    /// Urgent messages read as urgent.
    pub jumped: Share,
    /// Messages read as urgent that are.
    pub jump_precision: Share,
    /// Affirmed findings of red flags: right ones of those read, and read ones of those labelled.
    pub affirmed: [Share; 2],
    /// The same for denied ones.
    pub denied: [Share; 2],
    /// The same for all other findings, affirmed.
    pub others: [Share; 2],
    /// Danger signs to be asked first in messages that are not urgent.
    pub asked_first: usize,
    /// Stages read right, of those labelled.
    pub stage: Share,
    /// Stages read where none is.
    pub invented: usize,
    /// Temperatures read right, and read where none is.
    pub values: Share,
    /// Temperatures read where none is.
    pub values_invented: usize,
    /// Whose it is.
    pub scope: Share,
}

impl Figures {
    pub(super) fn add(&mut self, other: &Figures) {
        let sum = |one: &mut Share, other: Share| {
            one.hits += other.hits;
            one.of += other.of;
        };
        self.messages += other.messages;
        for (one, other) in self.dangerous.iter_mut().zip(other.dangerous) {
            *one += other;
        }
        sum(&mut self.surfaced, other.surfaced);
        sum(&mut self.jumped, other.jumped);
        sum(&mut self.jump_precision, other.jump_precision);
        for (one, other) in [
            (&mut self.affirmed, other.affirmed),
            (&mut self.denied, other.denied),
            (&mut self.others, other.others),
        ] {
            for (one, other) in one.iter_mut().zip(other) {
                sum(one, other);
            }
        }
        self.asked_first += other.asked_first;
        sum(&mut self.stage, other.stage);
        self.invented += other.invented;
        sum(&mut self.values, other.values);
        self.values_invented += other.values_invented;
        sum(&mut self.scope, other.scope);
    }

    /// The figures as lines.
    #[must_use]
    pub fn text(&self) -> String {
        let share = |share: Share| {
            let (least, most) = share.interval();
            format!(
                "{:.3} ({}/{}) [{least:.3} {most:.3}]",
                share.share(),
                share.hits,
                share.of
            )
        };
        let [danger, other] = self.dangerous;
        let pair = |[precision, recall]: [Share; 2]| format!("P {}  R {}", share(precision), share(recall));
        format!(
            "  dangerous denials   danger signs {danger}, others {other}\n  red flags surfaced  {}\n  jumped to           \
             {}\n  jump precision      {}\n  affirmed, danger    {}\n  denied, danger      {}\n  affirmed, others    \
             {}\n  asked first, not urgent {}\n  stage               {}, invented {}\n  temperatures        {}, \
             invented {}\n  scope               {}\n",
            share(self.surfaced),
            share(self.jumped),
            share(self.jump_precision),
            pair(self.affirmed),
            pair(self.denied),
            pair(self.others),
            self.asked_first,
            share(self.stage),
            self.invented,
            share(self.values),
            self.values_invented,
            share(self.scope),
        )
    }

    /// One line for a trap class.
    pub(super) fn line(&self) -> String {
        let [danger, other] = self.dangerous;
        let of = |share: Share| format!("{}/{}", share.hits, share.of);
        let [precision, recall] = self.affirmed;
        let [denied_precision, denied_recall] = self.denied;
        format!(
            "{:>4}  denials {danger}+{other}  surfaced {:>7}  jumped {:>7}  right {:>7}  affirmed {:>7} {:>7}  denied {:>5} \
             {:>5}  stage {:>7}+{}  temp {:>5}+{}",
            self.messages,
            of(self.surfaced),
            of(self.jumped),
            of(self.jump_precision),
            of(precision),
            of(recall),
            of(denied_precision),
            of(denied_recall),
            of(self.stage),
            self.invented,
            of(self.values),
            self.values_invented,
        )
    }
}
