//! `topics/*.toml`: which screens, in which order, and what no button asks.

use super::parts;
use super::walk::Table;
use crate::content::draft::{Draft, Mark, Name};
use crate::content::id::{RuleId, ScreenId, TopicId};
use crate::content::level::Level;
use crate::content::model::{AssumedNo, HandOver, Topic};

const KEYS: [&str; 11] = [
    "schema",
    "id",
    "place",
    "hands_over",
    "flow",
    "fit",
    "first_aid",
    "floor",
    "payloads",
    "leaflet_command",
    "assumed_no",
];

pub(super) fn read(root: &Table, draft: &mut Draft) {
    let root = root.clone().only(&KEYS);
    root.schema_is_one();
    let Some(id) = root.need_text("id") else {
        return;
    };
    if !draft.name(Name::Topic, &id, root.sink()) {
        return;
    }
    let topic = TopicId::from(&*id.value);
    draft.mark(Mark::Topic(topic.clone()), &id.at);
    root.need("flow");
    let mut flow: Vec<ScreenId> = Vec::new();
    for screen in root.texts("flow") {
        draft.refer(Name::Screen, &screen);
        draft.mark(Mark::FlowScreen(topic.clone(), flow.len()), &screen.at);
        flow.push(ScreenId::from(&*screen.value));
    }
    let fit = root.text("fit");
    if let Some(fit) = &fit {
        draft.refer(Name::Screen, fit);
        draft.mark(Mark::FitScreen(topic.clone()), &fit.at);
    }
    let assumed_no = read_assumed_no(&root, &topic, draft);
    let place = root.get("place").map(|_| root.number("place", 1, 1..100));
    let hands_over = root
        .get("hands_over")
        .and_then(|item| item.table())
        .and_then(|table| read_hand_over(&table.only(&["to", "stage"]), draft));
    let read = Topic {
        id: topic,
        place: place.and_then(|place| u8::try_from(place).ok()),
        hands_over,
        flow,
        fit: fit.map(|fit| ScreenId::from(&*fit.value)),
        first_aid: root.text("first_aid").map(|text| text.value),
        floor: root
            .get("floor")
            .and_then(|item| item.table())
            .and_then(read_floor),
        assumed_no,
        payloads: root
            .texts("payloads")
            .into_iter()
            .map(|payload| payload.value)
            .collect(),
        leaflet_command: root.text("leaflet_command").map(|command| command.value),
    };
    draft.topics.push(read);
}

fn read_hand_over(table: &Table, draft: &mut Draft) -> Option<HandOver> {
    table.need("stage");
    let to = table.need_text("to")?;
    draft.refer(Name::Topic, &to);
    Some(HandOver {
        to: TopicId::from(&*to.value),
        stage: parts::windows(table),
    })
}

fn read_floor(table: Table) -> Option<(Level, RuleId)> {
    let table = table.only(&["level", "rule"]);
    let level = table.word("level", &Level::ALL.map(|level| (level.word(), level)));
    let rule = table.need_text("rule");
    Some((level?, RuleId::from(&*rule?.value)))
}

fn read_assumed_no(root: &Table, topic: &TopicId, draft: &mut Draft) -> Vec<AssumedNo> {
    let mut entries = Vec::new();
    for table in root.tables("assumed_no") {
        let table = table.only(&["finding", "because", "net"]);
        let (name, because) = (table.need_text("finding"), table.need_text("because"));
        let Some(name) = name else {
            continue;
        };
        let finding = parts::finding(&name, draft, root.sink());
        let (Some(finding), Some(because)) = (finding, because) else {
            continue;
        };
        draft.mark(Mark::AssumedNo(topic.clone(), entries.len()), &name.at);
        let net = table.text("net").map(|word| word.value);
        entries.push(AssumedNo {
            finding,
            because: because.value,
            net,
        });
    }
    entries
}
