//! Slips put into the content: each is noticed, or changes nothing; and who could notice and does not is found out.

use std::collections::BTreeSet;

use nightease::content::{Content, Files};
use nightease::proof::Vignettes;
use nightease::proof::alike;
use nightease::proof::mutants::{
    Change, Judged, Kind, Mutant, MutantFigures, Noticed, all, equal, judge_all,
};

use crate::shared::content;

fn judged(every: usize, vignettes: &Vignettes) -> Vec<Judged> {
    judge_all(content(), None, vignettes, every).unwrap()
}

/// All of them are put in by `nightease check --mutants`; here a part, another one with each prime.
#[test]
fn no_slip_goes_unnoticed() {
    let figures = MutantFigures::of(&judged(61, &Vignettes::of(content())));
    assert!(figures.whole.all > 30, "{figures:?}");
    assert_eq!(figures.alive, Vec::<String>::new());
    assert!(figures.noticed_by_people > 50, "{}", figures.text());
}

#[test]
fn there_are_slips_of_every_kind_and_none_leaves_the_content_as_it_is() {
    let mutants = all(content());
    let kinds: BTreeSet<Kind> = mutants.iter().map(|mutant| mutant.kind).collect();
    assert_eq!(kinds.len(), 12, "{kinds:?}");
    assert!(mutants.len() > 2000, "{}", mutants.len());
    for mutant in mutants
        .iter()
        .filter(|mutant| !matches!(mutant.change, Change::Text(..)))
    {
        let changed = mutant.applied(content());
        let same = changed.red_flags == content().red_flags
            && changed.steps == content().steps
            && changed.suppressors == content().suppressors
            && changed.topics == content().topics;
        assert!(!same, "{}", mutant.what);
    }
}

fn the(what: &str) -> Mutant {
    let found = all(content()).into_iter().find(|mutant| mutant.what == what);
    found.unwrap_or_else(|| panic!("{what}"))
}

/// A slip that is noticed by vignettes alone is not, where there are none.
#[test]
fn without_vignettes_a_slip_goes_unnoticed_and_is_named_with_a_woman() {
    let mut files = Files::embedded();
    let paths: Vec<String> = files.paths().map(str::to_owned).collect();
    for path in paths
        .iter()
        .filter(|path| path.starts_with("vignettes/") || *path == "hazards.toml")
    {
        files.remove(path);
    }
    let bare = Content::load(&files).unwrap();
    let vignettes = Vignettes::of(&bare);
    let places: Vec<usize> = all(content())
        .iter()
        .enumerate()
        .filter(|(_, mutant)| mutant.kind == Kind::DropSuppressor)
        .map(|(place, _)| place)
        .take(1)
        .collect();
    let judged = judge_all(&bare, None, &vignettes, places[0]).unwrap();
    let one = judged
        .iter()
        .find(|one| one.mutant.kind == Kind::DropSuppressor)
        .unwrap();
    let Noticed::Nobody(whom) = &one.noticed else {
        panic!("{one:?}");
    };
    assert!(whom.contains("days") && whom.contains("other steps"), "{whom}");
    let figures = MutantFigures::of(std::slice::from_ref(one));
    assert!(!figures.passed());
    assert!(
        figures
            .text()
            .contains(&format!("UNNOTICED: {}", one.mutant.what)),
        "{}",
        figures.text()
    );
}

#[test]
fn what_changes_nothing_is_told_apart_from_what_does() {
    let differs =
        |mutant: &Mutant| equal::first_difference(content(), &mutant.applied(content()), &mutant.change);
    // A member that is yes makes its sign yes, and the sign stands in the same row.
    let idle = the("E1 (2 of 3) without breathless");
    assert_eq!(differs(&idle), None, "{}", idle.what);
    for what in [
        "R39 (1 of 2) is gone",
        "R38 (1 of 2) window 1 begins a day later",
        "toes_up without S_LIMB",
    ] {
        assert!(differs(&the(what)).is_some(), "{what}");
    }
}

#[test]
fn the_order_of_screens_is_compared_on_all_paths() {
    let swapped = |what: &str| alike::first_difference(content(), &the(what).applied(content()));
    let answers = swapped("leg_cramps: legs and legs_body change places").unwrap();
    let last = answers.last().map(|answer| answer.screen.as_str());
    assert_eq!(last, Some("stage"), "{answers:?}");
    assert_eq!(alike::first_difference(content(), content()), None);
}
