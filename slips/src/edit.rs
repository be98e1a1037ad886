//! A changed text, and which part of it belongs to which slip.

use std::ops::Range;

/// One place of a file that is written anew.
#[derive(Debug)]
pub struct Edit {
    /// What it stands in place of. Empty: nothing, it is put in there.
    pub place: Range<usize>,
    /// The slips it makes room for.
    pub slips: Vec<usize>,
    /// What stands there then.
    pub parts: Vec<Part>,
}

/// A piece of what is written anew.
#[derive(Debug)]
pub enum Part {
    /// Words of the tool.
    Text(String),
    /// A piece of the file, with the edits within it.
    Source(Range<usize>),
    /// What only this slip needs.
    Of(usize, Vec<Part>),
}

/// Words of the tool.
pub fn text(words: impl Into<String>) -> Part {
    Part::Text(words.into())
}

/// A changed file.
#[derive(Debug, Default)]
pub struct Changed {
    /// Its text.
    pub text: String,
    /// The places of the new text, each with the slips that it belongs to.
    pub places: Vec<(Range<usize>, Vec<usize>)>,
}

impl Changed {
    /// Makes all edits of a text. They stand in the order of the text, an outer one before those within it.
    #[must_use]
    pub fn new(source: &str, edits: &[Edit]) -> Self {
        let mut changed = Changed::default();
        changed.copy(source, 0..source.len(), edits);
        changed
    }

    fn copy(&mut self, source: &str, range: Range<usize>, edits: &[Edit]) {
        let mut at = range.start;
        for (index, edit) in edits.iter().enumerate() {
            if edit.place.start < at || edit.place.end > range.end {
                continue;
            }
            self.push(source, at..edit.place.start);
            at = edit.place.end;
            let within = edits.get(index + 1..).unwrap_or_default();
            self.marked(edit.slips.clone(), |changed| {
                changed.parts(source, &edit.parts, within);
            });
        }
        self.push(source, at..range.end);
    }

    fn parts(&mut self, source: &str, parts: &[Part], within: &[Edit]) {
        for part in parts {
            match part {
                Part::Text(words) => self.text.push_str(words),
                Part::Source(range) => self.copy(source, range.clone(), within),
                Part::Of(slip, parts) => self.marked(vec![*slip], |changed| {
                    changed.parts(source, parts, within);
                }),
            }
        }
    }

    fn marked(&mut self, slips: Vec<usize>, write: impl FnOnce(&mut Self)) {
        let start = self.text.len();
        write(self);
        self.places.push((start..self.text.len(), slips));
    }

    fn push(&mut self, source: &str, range: Range<usize>) {
        self.text.push_str(source.get(range).unwrap_or_default());
    }

    /// The slips that the smallest place around this one belongs to.
    #[must_use]
    pub fn slips_at(&self, place: &Range<usize>) -> &[usize] {
        self.places
            .iter()
            .filter(|(around, _)| around.start <= place.start && place.end <= around.end)
            .min_by_key(|(around, _)| around.len())
            .map_or(&[], |(_, slips)| slips.as_slice())
    }
}
