//! Sets of small facts as machine words, and conditions on them.

/// Words of a set.
const WORDS: usize = 6;

/// A set of up to [`Bits::MOST`] facts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Bits([u64; WORDS]);

impl Bits {
    /// No facts.
    pub const NONE: Bits = Bits([0; WORDS]);
    /// The most facts a set can hold.
    pub const MOST: usize = WORDS * 64;

    /// The set of one fact; empty for a place beyond [`Bits::MOST`].
    #[must_use]
    pub fn one(place: usize) -> Bits {
        let mut bits = Bits::NONE;
        if let Some(word) = bits.0.get_mut(place / 64) {
            *word = 1 << (place % 64);
        }
        bits
    }

    /// What is in either.
    #[must_use]
    pub fn or(self, other: Bits) -> Bits {
        self.zip(other, |one, two| one | two)
    }

    /// What is in both.
    #[must_use]
    pub fn and(self, other: Bits) -> Bits {
        self.zip(other, |one, two| one & two)
    }

    /// What is in this and not in the other.
    #[must_use]
    pub fn without(self, other: Bits) -> Bits {
        self.zip(other, |one, two| one & !two)
    }

    /// Is everything of the other in this?
    #[must_use]
    pub fn has_all(self, other: Bits) -> bool {
        other.without(self).is_none()
    }

    /// Do the two share a fact?
    #[must_use]
    pub fn meets(self, other: Bits) -> bool {
        !self.and(other).is_none()
    }

    /// Is it empty?
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// How many facts are in it.
    #[must_use]
    pub fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    fn zip(self, other: Bits, with: impl Fn(u64, u64) -> u64) -> Bits {
        let mut out = self;
        for (word, second) in out.0.iter_mut().zip(other.0) {
            *word = with(*word, second);
        }
        out
    }
}

/// Some facts that must be there, and some that must not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Cube {
    /// Must be there.
    pub set: Bits,
    /// Must not be there. Only *less than* of a finding with a word or a number needs it.
    pub clear: Bits,
}

impl Cube {
    /// Does it hold for these facts?
    #[must_use]
    pub fn holds(&self, facts: Bits) -> bool {
        facts.has_all(self.set) && !facts.meets(self.clear)
    }

    fn and(self, other: Cube) -> Option<Cube> {
        let both = Cube {
            set: self.set.or(other.set),
            clear: self.clear.or(other.clear),
        };
        (!both.set.meets(both.clear)).then_some(both)
    }

    /// What is still missing, once these facts are there.
    #[must_use]
    pub fn after(&self, facts: Bits) -> Cube {
        Cube {
            set: self.set.without(facts),
            clear: self.clear,
        }
    }

    /// Does it hold wherever the other does?
    #[must_use]
    pub fn covers(&self, other: &Cube) -> bool {
        other.set.has_all(self.set) && other.clear.has_all(self.clear)
    }
}

/// A condition: any of its cubes. Empty is never true; a cube that asks for nothing is always true.
pub type Condition = Vec<Cube>;

/// Does any cube hold?
#[must_use]
pub fn holds(condition: &[Cube], facts: Bits) -> bool {
    condition.iter().any(|cube| cube.holds(facts))
}

/// Both conditions.
#[must_use]
pub fn both(one: &[Cube], two: &[Cube]) -> Condition {
    let pairs = one
        .iter()
        .flat_map(|first| two.iter().filter_map(|second| first.and(*second)));
    simplest(pairs.collect())
}

/// Either condition.
#[must_use]
pub fn either(mut one: Condition, two: Condition) -> Condition {
    one.extend(two);
    simplest(one)
}

/// Leaves out every cube that another covers.
fn simplest(cubes: Condition) -> Condition {
    let mut kept: Condition = Vec::with_capacity(cubes.len());
    for cube in cubes {
        if kept.iter().any(|known| known.covers(&cube)) {
            continue;
        }
        kept.retain(|known| !cube.covers(known));
        kept.push(cube);
    }
    kept
}
