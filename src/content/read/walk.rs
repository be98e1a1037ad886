//! Walks the table of the recovering TOML parser: what is there, of which type, and where it stands.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::content::fault::{FaultKind, File, Marked, Place, Sink, did_you_mean};

/// One table of a file.
#[derive(Clone)]
pub(super) struct Table<'t> {
    file: &'t Arc<File>,
    sink: &'t Sink,
    table: &'t DeTable<'t>,
    at: Place,
}

/// One value of a table or list.
#[derive(Clone)]
pub(super) struct Item<'t> {
    file: &'t Arc<File>,
    sink: &'t Sink,
    value: &'t DeValue<'t>,
    pub(super) at: Place,
}

impl<'t> Table<'t> {
    /// The table that is the whole file.
    pub(super) fn root(file: &'t Arc<File>, sink: &'t Sink, table: &'t DeTable<'t>) -> Table<'t> {
        Table {
            file,
            sink,
            table,
            at: Place::new(file, 0..0),
        }
    }

    /// Where it begins.
    pub(super) fn at(&self) -> &Place {
        &self.at
    }

    /// Where faults go.
    pub(super) fn sink(&self) -> &'t Sink {
        self.sink
    }

    /// Reports every key that is not one of these.
    pub(super) fn only(self, keys: &[&str]) -> Table<'t> {
        for (key, _) in self.entries() {
            if keys.contains(&&*key.value) {
                continue;
            }
            let listed = format!("the keys here are: {}", keys.join(", "));
            let cure = did_you_mean(&key.value, keys.iter().copied(), &listed);
            self.sink.add(key.at.fault(
                FaultKind::UnknownKey,
                format!("\"{}\" is not a key of this table", key.value),
                cure,
            ));
        }
        self
    }

    /// Keys and values in the order of the file.
    pub(super) fn entries(&self) -> Vec<(Marked<Arc<str>>, Item<'t>)> {
        let mut entries: Vec<_> = self.table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
            .into_iter()
            .map(|(key, value)| {
                let name = Arc::from(key.get_ref().as_ref());
                (
                    Marked {
                        value: name,
                        at: Place::new(self.file, key.span()),
                    },
                    self.item(value),
                )
            })
            .collect()
    }

    fn item(&self, value: &'t Spanned<DeValue<'t>>) -> Item<'t> {
        Item {
            file: self.file,
            sink: self.sink,
            value: value.get_ref(),
            at: Place::new(self.file, value.span()),
        }
    }

    /// The value of a key, if it is there.
    pub(super) fn get(&self, key: &str) -> Option<Item<'t>> {
        self.table.get(key).map(|value| self.item(value))
    }

    /// The value of a key that must be there.
    pub(super) fn need(&self, key: &str) -> Option<Item<'t>> {
        let item = self.get(key);
        if item.is_none() {
            self.sink.add(self.at.fault(
                FaultKind::MissingKey,
                format!("\"{key}\" is missing here"),
                format!("add {key} = …"),
            ));
        }
        item
    }

    /// A text that must be there and not be empty.
    pub(super) fn need_text(&self, key: &str) -> Option<Marked<Arc<str>>> {
        let text = self.need(key)?.text()?;
        if text.value.trim().is_empty() {
            let cure = format!("say what \"{key}\" is");
            self.sink.add(
                text.at
                    .fault(FaultKind::WrongValue, format!("\"{key}\" is empty"), cure),
            );
            return None;
        }
        Some(text)
    }

    /// A text that may be left out; empty counts as left out.
    pub(super) fn text(&self, key: &str) -> Option<Marked<Arc<str>>> {
        self.get(key)?.text().filter(|text| !text.value.is_empty())
    }

    /// A list of texts; left out counts as empty.
    pub(super) fn texts(&self, key: &str) -> Vec<Marked<Arc<str>>> {
        self.list(key).iter().filter_map(Item::text).collect()
    }

    /// A list; left out counts as empty.
    pub(super) fn list(&self, key: &str) -> Vec<Item<'t>> {
        self.get(key).and_then(|item| item.list()).unwrap_or_default()
    }

    /// A list of tables; left out counts as empty.
    pub(super) fn tables(&self, key: &str) -> Vec<Table<'t>> {
        self.list(key).iter().filter_map(Item::table).collect()
    }

    /// `true` or `false`; left out counts as `false`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(|item| item.flag()).unwrap_or(false)
    }

    /// A whole number between two bounds; left out counts as the first given.
    pub(super) fn number(&self, key: &str, left_out: i64, bounds: Range<i64>) -> i64 {
        self.get(key)
            .and_then(|item| item.number(bounds))
            .map_or(left_out, |number| number.value)
    }

    /// One of a few words; the fault lists them.
    pub(super) fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        self.need_text(key)
            .and_then(|written| one_of(&written, words, self.sink))
    }

    /// Reports a file that is not of the form this program reads.
    pub(super) fn schema_is_one(&self) {
        if let Some(number) = self.need("schema").and_then(|item| item.number(0..i64::MAX))
            && number.value != 1
        {
            let message = format!("this program reads schema 1, not {}", number.value);
            self.sink.add(
                number
                    .at
                    .fault(FaultKind::WrongValue, message, "write schema = 1"),
            );
        }
    }
}

/// The meaning of a written word among a few.
pub(super) fn one_of<T: Copy>(written: &Marked<Arc<str>>, words: &[(&str, T)], sink: &Sink) -> Option<T> {
    let found = words
        .iter()
        .find(|(word, _)| *word == &*written.value)
        .map(|(_, meaning)| *meaning);
    if found.is_none() {
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let listed = format!("write one of: {}", names.join(", "));
        sink.add(written.at.fault(
            FaultKind::WrongValue,
            format!("\"{}\" is not one of the words accepted here", written.value),
            did_you_mean(&written.value, names.into_iter(), &listed),
        ));
    }
    found
}

impl<'t> Item<'t> {
    fn wrong_type(&self, wanted: &str) {
        self.sink.add(self.at.fault(
            FaultKind::WrongType,
            format!(
                "this is a TOML {}, and {wanted} belongs here",
                self.value.type_str()
            ),
            format!("write {wanted}"),
        ));
    }

    /// Is it written as a text?
    pub(super) fn is_text(&self) -> bool {
        self.value.is_str()
    }

    /// Is it written as a list?
    pub(super) fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// A text; its place is what stands between the quotes.
    pub(super) fn text(&self) -> Option<Marked<Arc<str>>> {
        let Some(text) = self.value.as_str() else {
            self.wrong_type("a text in quotes");
            return None;
        };
        // With escapes in it the text is not found as it stands; then the whole value is meant.
        let at = match self.at.text().find(text) {
            Some(start) if !text.is_empty() => self.at.inside(start..start + text.len()),
            _ => self.at.clone(),
        };
        Some(Marked {
            value: Arc::from(text),
            at,
        })
    }

    /// A list.
    pub(super) fn list(&self) -> Option<Vec<Item<'t>>> {
        let Some(list) = self.value.as_array() else {
            self.wrong_type("a list in square brackets");
            return None;
        };
        let (file, sink) = (self.file, self.sink);
        let item = |value: &'t Spanned<DeValue<'t>>| Item {
            file,
            sink,
            value: value.get_ref(),
            at: Place::new(file, value.span()),
        };
        Some(list.iter().map(item).collect())
    }

    /// A table.
    pub(super) fn table(&self) -> Option<Table<'t>> {
        let Some(table) = self.value.as_table() else {
            self.wrong_type("a table");
            return None;
        };
        Some(Table {
            file: self.file,
            sink: self.sink,
            table,
            at: self.at.clone(),
        })
    }

    /// `true` or `false`.
    pub(super) fn flag(&self) -> Option<bool> {
        let flag = self.value.as_bool();
        if flag.is_none() {
            self.wrong_type("true or false");
        }
        flag
    }

    /// A whole number within bounds (the end excluded).
    pub(super) fn number(&self, bounds: Range<i64>) -> Option<Marked<i64>> {
        let Some(digits) = self.value.as_integer() else {
            self.wrong_type("a whole number");
            return None;
        };
        let number = i64::from_str_radix(digits.as_str(), digits.radix()).ok();
        let number = number.filter(|number| bounds.contains(number));
        if number.is_none() {
            self.sink.add(self.at.fault(
                FaultKind::WrongValue,
                format!("{digits} is out of bounds"),
                format!("write a whole number from {} to {}", bounds.start, bounds.end - 1),
            ));
        }
        number.map(|value| Marked {
            value,
            at: self.at.clone(),
        })
    }
}
