//! `numbers.toml`: whom to call, country by country.

use std::sync::Arc;

use jiff::civil::Date;

use super::parts;
use super::walk::Table;
use crate::content::draft::{Draft, Mark, Name};
use crate::content::fault::{FaultKind, Marked};
use crate::content::id::CountryId;
use crate::content::numbers::{
    CountryNumbers, HOURS_FORMS, HelpLine, Hours, LineKind, MOST_LIKELY, PhoneNumber,
};

/// The source that stands for general knowledge.
const GENERAL_KNOWLEDGE: &str = "K";
/// The longest number: with "Copy" before it, it fits on a button.
const LONGEST_NUMBER: usize = 16;

pub(super) fn read(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "country"]);
    root.schema_is_one();
    for table in root.tables("country") {
        let table = table.only(&[
            "country",
            "likely",
            "emergency",
            "sources",
            "read",
            "verified",
            "line",
        ]);
        if let Some(numbers) = read_country(&table, draft) {
            draft.numbers.push(numbers);
        }
    }
}

fn read_country(table: &Table, draft: &mut Draft) -> Option<CountryNumbers> {
    let emergency = read_phone(table, "emergency", draft);
    let lines = read_lines(table, draft);
    let likely = table.flag("likely");
    if likely && draft.numbers.iter().filter(|other| other.likely).count() >= MOST_LIKELY {
        let message = format!("more than {MOST_LIKELY} countries are marked as likely");
        let at = table
            .get("likely")
            .map_or_else(|| table.at().clone(), |item| item.at);
        table
            .sink()
            .add(at.fault(FaultKind::WrongValue, message, "take likely away from one"));
    }
    let country = table.need_text("country")?;
    if country.value.len() != 2 || !country.value.bytes().all(|letter| letter.is_ascii_uppercase()) {
        let message = format!("\"{}\" is not a country code", country.value);
        table.sink().add(country.at.fault(
            FaultKind::WrongValue,
            message,
            "write two capital letters: \"GB\"",
        ));
        return None;
    }
    if !draft.name(Name::Country, &country, table.sink()) {
        return None;
    }
    let id = CountryId::from(&*country.value);
    draft.mark(Mark::Country(id.clone()), &country.at);
    Some(CountryNumbers {
        country: id,
        likely,
        emergency: emergency?,
        lines,
    })
}

fn read_lines(country: &Table, draft: &mut Draft) -> Vec<HelpLine> {
    let mut lines: Vec<HelpLine> = Vec::new();
    for table in country.tables("line") {
        let table = table.only(&[
            "kind",
            "number",
            "hours",
            "most_parts",
            "sources",
            "read",
            "verified",
        ]);
        let kind = table.word("kind", &LineKind::ALL.map(|kind| (kind.word(), kind)));
        let phone = read_phone(&table, "number", draft);
        let hours = read_hours(&table);
        let (Some(kind), Some(phone), Some(hours)) = (kind, phone, hours) else {
            continue;
        };
        if lines.iter().any(|line| line.kind == kind) {
            table.sink().add(table.at().fault(
                FaultKind::Duplicate,
                format!("this country has a {} line already", kind.word()),
                "keep the one that serves most of the country",
            ));
            continue;
        }
        lines.push(HelpLine {
            kind,
            phone,
            hours,
            most_parts: table.flag("most_parts"),
        });
    }
    lines
}

fn read_hours(table: &Table) -> Option<Hours> {
    let written = table.need_text("hours")?;
    let hours = Hours::parse(&written.value);
    if hours.is_none() {
        let message = format!("\"{}\" are no hours", written.value);
        table
            .sink()
            .add(written.at.fault(FaultKind::WrongValue, message, HOURS_FORMS));
    }
    hours
}

/// A number under `key`, with where it comes from, when that was read, and whether anybody phoned it.
fn read_phone(table: &Table, key: &str, draft: &mut Draft) -> Option<PhoneNumber> {
    let sources = parts::sources(table, draft);
    let number = table.need_text(key);
    let verified = table.need_text("verified").and_then(|written| {
        let never = &*written.value == "never";
        (!never).then(|| {
            date(
                table,
                &written,
                "write a date such as \"2026-11-22\", or \"never\"",
            )
        })?
    });
    let read = table.text("read");
    let on_a_page = sources.iter().any(|source| source.as_str() != GENERAL_KNOWLEDGE);
    match (&read, on_a_page) {
        (Some(written), false) => table.sink().add(written.at.fault(
            FaultKind::WrongValue,
            "general knowledge was not read on a page",
            "take read away, or name the page in sources",
        )),
        (None, true) => table.sink().add(table.at().fault(
            FaultKind::MissingKey,
            "\"read\" is missing here",
            "add the day on which the page was read: read = \"2026-11-22\"",
        )),
        _ => {}
    }
    let read = read.and_then(|written| date(table, &written, "write a date such as \"2026-11-22\""));
    let number = number.filter(|number| is_number(table, number))?;
    Some(PhoneNumber {
        number: number.value,
        sources,
        read,
        verified,
    })
}

fn date(table: &Table, written: &Marked<Arc<str>>, cure: &str) -> Option<Date> {
    let read = written.value.parse::<Date>().ok();
    if read.is_none() {
        let message = format!("\"{}\" is not a date", written.value);
        table
            .sink()
            .add(written.at.fault(FaultKind::WrongValue, message, cure));
    }
    read
}

fn is_number(table: &Table, written: &Marked<Arc<str>>) -> bool {
    let form = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '+');
    let digits = written.value.chars().filter(char::is_ascii_digit).count();
    let fits = digits > 1 && written.value.chars().all(form) && written.value.len() <= LONGEST_NUMBER;
    if !fits {
        let message = format!("\"{}\" is not a number to dial", written.value);
        let cure =
            format!("write digits, with spaces or - between them, at most {LONGEST_NUMBER} characters");
        table
            .sink()
            .add(written.at.fault(FaultKind::WrongValue, message, cure));
    }
    fits
}
