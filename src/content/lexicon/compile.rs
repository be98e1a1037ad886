//! From what is written to the form that is searched.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::compiled::{
    ClassId, ClassSet, Compiled, LookedFor, NUMBER, Phrase, Search, Searched, Step, Target, Term, TermId,
    WideSet, flags,
};
use super::fold::{self, Sort};
use super::repair::Repair;
use super::{Choice, CueKind, MEASURES, Need, Part, Shape, Source};

/// What is in a class.
#[derive(Clone, Default)]
struct Members {
    terms: BTreeSet<TermId>,
    phrases: BTreeSet<Vec<TermId>>,
}

#[derive(Default)]
struct Builder {
    out: Compiled,
    ids: HashMap<(Box<str>, bool), TermId>,
    members: Vec<Members>,
    /// The classes of each term.
    classes: Vec<Vec<ClassId>>,
    /// For each class: is it a part of the body?
    body: Vec<bool>,
    choices: HashMap<Choice, ClassId>,
}

/// Makes a lexicon ready to be searched.
pub(super) fn compile(source: &Source) -> Compiled {
    let mut builder = Builder::default();
    // The class of all numbers has no words of its own.
    builder.members.push(Members::default());
    builder.body.push(false);
    for (name, entries) in &source.classes {
        let class = builder.class(entries);
        builder.out.named.insert(Box::from(&**name), class);
        if let Some(slot) = builder.body.get_mut(usize::from(class)) {
            *slot = source.body.contains(name);
        }
    }
    builder.out.last_named =
        ClassId::try_from(builder.members.len().saturating_sub(1)).unwrap_or(ClassId::MAX);
    let named = &builder.out.named;
    builder.out.measures = MEASURES
        .iter()
        .map(|name| named.get(*name).copied().unwrap_or(ClassId::MAX))
        .collect();
    for (name, day) in &source.holidays {
        let class = builder.class(std::slice::from_ref(name));
        builder.out.holidays.push((class, *day));
    }
    builder.lists(source);
    builder.patterns(source);
    let targets = builder.repair_targets();
    builder.cues(source);
    builder.finish(source, targets)
}

impl Builder {
    fn term(&mut self, text: &str, prefix: bool) -> TermId {
        if let Some(id) = self.ids.get(&(Box::from(text), prefix)) {
            return *id;
        }
        let id = TermId::try_from(self.out.terms.len()).unwrap_or(TermId::MAX);
        self.out.terms.push(Term {
            text: Box::from(text),
            prefix,
            ..Term::default()
        });
        self.ids.insert((Box::from(text), prefix), id);
        id
    }

    /// The terms of a word or phrase, `*` for any ending.
    fn terms(&mut self, entry: &str) -> Vec<TermId> {
        let mut terms = Vec::new();
        for piece in entry.split_whitespace() {
            let (text, prefix) = piece
                .strip_suffix('*')
                .map_or((piece, false), |text| (text, true));
            let words = fold::words(text);
            let count = words.len();
            for (place, word) in words.iter().enumerate() {
                terms.push(self.term(word, prefix && place + 1 == count));
            }
        }
        terms
    }

    fn class(&mut self, entries: &[Arc<str>]) -> ClassId {
        let mut members = Members::default();
        for entry in entries {
            let terms = self.terms(entry);
            match terms.as_slice() {
                [] => {}
                [one] => {
                    members.terms.insert(*one);
                }
                _ => {
                    members.phrases.insert(terms);
                }
            }
        }
        self.add(members)
    }

    fn add(&mut self, members: Members) -> ClassId {
        let id = ClassId::try_from(self.members.len()).unwrap_or(ClassId::MAX);
        self.members.push(members);
        self.body.push(false);
        id
    }

    /// The class of a choice; the same choice has the same class.
    fn choice(&mut self, choice: &Choice) -> ClassId {
        if let Some(id) = self.choices.get(choice) {
            return *id;
        }
        let id = if let ([one], []) = (choice.classes.as_slice(), choice.words.as_slice()) {
            self.out.named.get(&**one).copied().unwrap_or(ClassId::MAX)
        } else {
            self.union(choice)
        };
        self.choices.insert(choice.clone(), id);
        id
    }

    /// The class of several classes and words. It is a part of the body if all of them are.
    fn union(&mut self, choice: &Choice) -> ClassId {
        let own = self.class(&choice.words);
        let mut body = choice.words.is_empty();
        for name in &choice.classes {
            let Some(class) = self.out.named.get(&**name).copied() else {
                continue;
            };
            body &= self.is_body(class);
            let Some(members) = self.members.get(usize::from(class)).cloned() else {
                continue;
            };
            if let Some(union) = self.members.get_mut(usize::from(own)) {
                union.terms.extend(members.terms);
                union.phrases.extend(members.phrases);
            }
        }
        if let Some(slot) = self.body.get_mut(usize::from(own)) {
            *slot = body;
        }
        own
    }

    fn is_body(&self, class: ClassId) -> bool {
        self.body.get(usize::from(class)).copied().unwrap_or(false)
    }

    fn flag(&mut self, words: &[Arc<str>], flag: u16) {
        for word in words.iter().flat_map(|text| text.split_whitespace()) {
            for id in self.terms(word) {
                if let Some(term) = self.out.terms.get_mut(id as usize) {
                    term.flags |= flag;
                }
            }
        }
    }

    fn lists(&mut self, source: &Source) {
        self.flag(&source.fillers, flags::FILLER);
        self.flag(&source.light, flags::LIGHT);
        self.flag(&source.subject, flags::SUBJECT);
        self.flag(&source.and, flags::AND);
        self.flag(&[Arc::from("& +")], flags::AND);
        self.flag(&source.or, flags::OR);
        self.flag(&[Arc::from("/")], flags::OR);
        self.flag(&source.yes, flags::YES);
        self.flag(&source.no, flags::NO);
        self.flag(&source.negators, flags::NEGATOR);
        self.flag(&source.common, flags::COMMON);
        for (word, number) in &source.numbers {
            self.note(word, |term| term.number = Some(*number));
        }
        for (word, number) in &source.ordinals {
            self.note(word, |term| term.ordinal = Some(*number));
        }
        for (word, number) in &source.months {
            self.note(word, |term| term.month = Some(*number));
        }
        for (word, number) in &source.weekdays {
            self.note(word, |term| term.weekday = Some(*number));
        }
        for (word, meant) in &source.slang {
            if let [typed] = fold::words(word).as_slice() {
                let meant = meant
                    .iter()
                    .flat_map(|text| fold::words(text))
                    .map(String::into_boxed_str);
                self.out.slang.insert(Box::from(typed.as_str()), meant.collect());
            }
        }
        for word in &source.join {
            self.out
                .join
                .extend(fold::words(word).into_iter().map(String::into_boxed_str));
        }
    }

    fn note(&mut self, word: &str, set: impl Fn(&mut Term)) {
        if let [id] = self.terms(word).as_slice()
            && let Some(term) = self.out.terms.get_mut(*id as usize)
        {
            set(term);
        }
    }

    /// All words of classes and patterns: asked before cues are read, so that words only a cue names are left out.
    fn repair_targets(&self) -> BTreeSet<TermId> {
        let mut targets = BTreeSet::new();
        for members in &self.members {
            targets.extend(&members.terms);
            targets.extend(members.phrases.iter().flatten());
        }
        targets
    }

    fn patterns(&mut self, source: &Source) {
        for (place, pattern) in source.patterns.iter().enumerate() {
            let unless: Vec<ClassId> = pattern.unless.iter().map(|choice| self.choice(choice)).collect();
            self.search(&pattern.shape, Target::Pattern(place), unless);
        }
    }

    fn cues(&mut self, source: &Source) {
        for (place, cue) in source.cues.iter().enumerate() {
            self.search(&cue.shape, Target::Cue(place), Vec::new());
            let Shape::Seq(parts) = &cue.shape else {
                continue;
            };
            let denies = matches!(cue.kind, CueKind::Deny | CueKind::None);
            if let ([Part::Is(choice, _)], CueKind::End) = (parts.as_slice(), cue.kind) {
                self.flag_class(choice, flags::END);
            }
            for part in parts {
                if let (Part::Is(choice, _), true) = (part, denies) {
                    self.flag_class(choice, flags::DENIES);
                }
            }
        }
    }

    fn flag_class(&mut self, choice: &Choice, flag: u16) {
        let class = self.choice(choice);
        let Some(members) = self.members.get(usize::from(class)).cloned() else {
            return;
        };
        for id in members.terms {
            if let Some(term) = self.out.terms.get_mut(id as usize) {
                term.flags |= flag;
            }
        }
    }

    fn search(&mut self, shape: &Shape, target: Target, unless: Vec<ClassId>) {
        let (search, required) = match shape {
            Shape::Seq(parts) => {
                let steps: Vec<Step> = parts.iter().map(|part| self.step(part)).collect();
                let required = steps
                    .iter()
                    .filter_map(|step| match step {
                        Step::Is(class, Need::Must) => Some(*class),
                        Step::Number(_, _, Need::Must) => Some(NUMBER),
                        _ => None,
                    })
                    .collect();
                (Search::Seq(steps.into()), required)
            }
            Shape::Near {
                choices,
                within,
                same_clause,
            } => {
                let mut classes: Vec<ClassId> = choices.iter().map(|choice| self.choice(choice)).collect();
                let size = |class: &ClassId| {
                    let members = self.members.get(usize::from(*class));
                    members.map_or(0, |members| members.terms.len() + members.phrases.len())
                };
                classes.sort_by_key(|class| (self.is_body(*class), size(class)));
                let body = classes.iter().map(|class| self.is_body(*class)).collect();
                let required = classes.clone();
                let search = Search::Near {
                    classes: classes.into(),
                    body,
                    within: *within,
                    same_clause: *same_clause,
                };
                (search, required)
            }
        };
        self.out.searched.push(Searched {
            target,
            search,
            opens: Box::default(),
            required: required.into(),
            unless: unless.into(),
        });
    }

    fn step(&mut self, part: &Part) -> Step {
        match part {
            Part::Is(choice, need) => Step::Is(self.choice(choice), *need),
            Part::Number(least, most, need) => Step::Number(*least, *most, *need),
            Part::Gap(words) => Step::Gap(*words),
            Part::Start => Step::Start,
            Part::End => Step::End,
            Part::NotBefore(choice) => Step::NotBefore(self.choice(choice)),
        }
    }

    fn finish(mut self, source: &Source, targets: BTreeSet<TermId>) -> Compiled {
        self.classes = vec![Vec::new(); self.out.terms.len()];
        self.out.body = WideSet::new(self.members.len());
        for (class, members) in self.members.iter().enumerate() {
            let class = ClassId::try_from(class).unwrap_or(ClassId::MAX);
            let body = self.is_body(class);
            if body {
                self.out.body.add(class);
            }
            let measure = self.out.measure_bit(class);
            for id in &members.terms {
                if let Some(classes) = self.classes.get_mut(*id as usize) {
                    classes.push(class);
                }
                if let Some(term) = self.out.terms.get_mut(*id as usize) {
                    term.measures |= measure;
                    term.body |= body;
                }
            }
            for phrase in &members.phrases {
                if let [first, second, rest @ ..] = phrase.as_slice() {
                    let rest = Box::from(rest);
                    self.out
                        .phrases
                        .entry((*first, *second))
                        .or_default()
                        .push(Phrase {
                            rest,
                            class,
                            measure,
                            body,
                        });
                }
            }
        }
        self.put_in_lists();
        let out = &mut self.out;
        for (id, term) in (0..).zip(&out.terms) {
            if term.prefix {
                let start = super::compiled::beginning(&term.text).unwrap_or(&term.text);
                out.prefixes.entry(Box::from(start)).or_default().push(id);
            } else {
                out.exact.insert(term.text.clone(), id);
            }
            if term.text.chars().next().map(fold::sort) == Some(Sort::Joined) {
                out.longest_joined = out.longest_joined.max(term.text.chars().count());
            }
        }
        let may = |id: &TermId| {
            out.terms.get(*id as usize).is_some_and(|term| {
                let unfit =
                    flags::NEGATOR | flags::DENIES | flags::SUBJECT | flags::NO | flags::YES | flags::FILLER;
                term.flags & unfit == 0 && term.number.is_none()
            })
        };
        let targets: Vec<TermId> = targets.into_iter().filter(may).collect();
        out.repair = Repair::new(&out.terms, targets.into_iter(), source.never_repaired());
        self.out
    }

    /// Puts every pattern into the list of the class that is missing most often of those it needs.
    fn put_in_lists(&mut self) {
        let common = self.how_common();
        let how_common = |class: &ClassId| common.get(usize::from(*class)).copied().unwrap_or(0);
        let out = &mut self.out;
        let mut lists = vec![Vec::new(); self.members.len()];
        out.looked_at = WideSet::new(self.members.len());
        let mut opening = WideSet::new(self.members.len());
        for (place, searched) in out.searched.iter_mut().enumerate() {
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            searched.required.sort_by_key(how_common);
            searched.opens = match &searched.search {
                Search::Seq(steps) => first_classes(steps).into(),
                Search::Near { classes, .. } => classes.iter().take(1).copied().collect(),
            };
            searched.opens.iter().for_each(|class| opening.add(*class));
            // What needs nothing is looked for wherever it may begin.
            let rarest = searched.required.get(..1).unwrap_or(&searched.opens);
            for class in rarest {
                out.looked_at.add(*class);
                let needs = searched.required.get(1).copied().unwrap_or(*class);
                if let Some(list) = lists.get_mut(usize::from(*class)) {
                    list.push(LookedFor { place, needs });
                }
            }
        }
        for list in lists {
            let begins = u32::try_from(out.looked_for.len()).unwrap_or(u32::MAX);
            out.looked_for.extend(list);
            let ends = u32::try_from(out.looked_for.len()).unwrap_or(u32::MAX);
            out.rarest.push(begins..ends);
        }
        for (place, classes) in self.classes.iter().enumerate() {
            let opens = classes.iter().copied();
            let opens = opens.filter(|class| opening.has(*class)).collect();
            if let Some(term) = out.terms.get_mut(place) {
                term.opens = opens;
                term.classes = ClassSet::new(classes);
            }
        }
    }

    /// For each class, how common its words are: a word of many classes is a small one, such as *the*.
    fn how_common(&self) -> Vec<usize> {
        let of = |id: &TermId| {
            let classes = self.classes.get(*id as usize);
            classes.map_or(0, Vec::len)
        };
        let of_class = |members: &Members| {
            let phrases = members.phrases.iter().filter_map(|phrase| phrase.first());
            members.terms.iter().chain(phrases).map(of).sum()
        };
        let mut common: Vec<usize> = self.members.iter().map(of_class).collect();
        // A number is no word, and rare enough.
        if let Some(slot) = common.get_mut(usize::from(NUMBER)) {
            *slot = 1;
        }
        common
    }
}

/// The classes a pattern in order may begin with.
fn first_classes(steps: &[Step]) -> Vec<ClassId> {
    let mut classes = Vec::new();
    for step in steps {
        let (class, need) = match step {
            Step::Is(class, need) => (*class, *need),
            Step::Number(_, _, need) => (NUMBER, *need),
            Step::Start | Step::NotBefore(_) => continue,
            Step::Gap(_) | Step::End => break,
        };
        if !classes.contains(&class) {
            classes.push(class);
        }
        if need == Need::Must {
            break;
        }
    }
    classes
}
