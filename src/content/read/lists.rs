//! `sources.toml`, `withheld.toml`, `readability.toml`, `says.toml`.

use std::sync::Arc;

use super::parts;
use super::walk::{Item, Table};
use crate::content::draft::{Draft, Mark, Name, Says};
use crate::content::fault::FaultKind;
use crate::content::id::SourceId;
use crate::content::model::{Source, Withheld};

pub(super) fn read_sources(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "source"]);
    root.schema_is_one();
    for table in root.tables("source") {
        let table = table.only(&["id", "title", "address"]);
        let (id, title, address) = (
            table.need_text("id"),
            table.need_text("title"),
            table.need_text("address"),
        );
        let Some(id) = id else {
            continue;
        };
        if !draft.name(Name::Source, &id, root.sink()) {
            continue;
        }
        draft.mark(Mark::Source(SourceId::from(&*id.value)), &id.at);
        if let (Some(title), Some(address)) = (title, address) {
            draft.sources.push(Source {
                id: SourceId::from(&*id.value),
                title: title.value,
                address: address.value,
            });
        }
    }
}

pub(super) fn read_withheld(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "withheld"]);
    root.schema_is_one();
    for table in root.tables("withheld") {
        let table = table.only(&["id", "claim", "reason", "instead", "never", "sources"]);
        let [claim, reason, instead] = ["claim", "reason", "instead"].map(|key| table.need_text(key));
        let Some(id) = table
            .need_text("id")
            .filter(|id| draft.name(Name::Withheld, id, root.sink()))
        else {
            continue;
        };
        draft.mark(Mark::Withheld(Arc::clone(&id.value)), &id.at);
        let never = table
            .list("never")
            .iter()
            .filter_map(|words| never_together(words, &root))
            .collect();
        let sources = parts::sources(&table, draft);
        if let (Some(claim), Some(reason), Some(instead)) = (claim, reason, instead) {
            draft.withheld.push(Withheld {
                id: id.value,
                claim: claim.value,
                reason: reason.value,
                instead: instead.value,
                never,
                sources,
            });
        }
    }
}

/// Words that must not stand together in one sentence.
fn never_together(item: &Item, root: &Table) -> Option<Vec<Arc<str>>> {
    let words: Vec<_> = item.list()?.iter().filter_map(Item::text).collect();
    for word in &words {
        if word.value.trim().is_empty() || word.value.to_lowercase() != *word.value {
            let cure = "write it in lower case, with * behind it for any ending";
            root.sink().add(
                word.at
                    .fault(FaultKind::WrongValue, "this is not a word in lower case", cure),
            );
        }
    }
    if words.is_empty() {
        let cure = "list the words, or take the list away";
        root.sink().add(
            item.at
                .fault(FaultKind::WrongValue, "this list of words is empty", cure),
        );
        return None;
    }
    Some(words.into_iter().map(|word| word.value).collect())
}

pub(super) fn read_readability(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "exempt", "banned"]);
    root.schema_is_one();
    root.need("exempt");
    root.need("banned");
    let lower = |item: &Item| item.text().map(|word| word.value.to_lowercase());
    draft.readability.exempt = root.list("exempt").iter().filter_map(lower).collect();
    draft.readability.banned = root.list("banned").iter().filter_map(lower).collect();
}

pub(super) fn read_says(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&["schema", "says"]);
    root.schema_is_one();
    let lower = |item: &Item| item.text().map(|word| word.value.to_lowercase());
    for table in root.tables("says") {
        let table = table.only(&["text", "all", "none"]);
        let all: Vec<String> = table.list("all").iter().filter_map(lower).collect();
        let none = table.list("none").iter().filter_map(lower).collect();
        if let Some(text) = table.need_text("text") {
            draft.readability.says.push(Says { text, all, none });
        }
    }
}
