//! Which country she is in, where the operator has not set one: asked by button, when a number is needed, and never
//! from location. What stands in front of her stays; the list of countries lies over it until she picks, goes back, or
//! presses any other button.

use crate::content::{Argument, CountryId, Level};

use super::answer_view;
use super::numbers_view;
use super::present::Present;
use super::reply::{Placement, Reply};
use super::talk::Talk;
use super::token::Action;

impl Talk<'_> {
    /// The part of the list of countries that is open, if it is.
    pub(super) fn open_list(&self) -> Option<u8> {
        self.session
            .countries
            .filter(|_| self.plain_words().asks_country())
    }

    /// Closes the list, when a button is pressed that does not belong to it.
    pub(super) fn leave_list(&mut self, action: &Action) {
        let of_the_list = matches!(
            action,
            Action::Countries
                | Action::CountriesFrom(_)
                | Action::Country(_)
                | Action::OtherCountry
                | Action::Back
                | Action::WhyAsk
        );
        if !of_the_list {
            self.session.countries = None;
        }
    }

    /// *Number for my country*. It changes no answer, so its button is never old.
    pub(super) fn countries(&mut self, part: u8, placement: Placement) -> Vec<Reply> {
        if !self.plain_words().asks_country() {
            return self.with_notice("notice-old_button", Placement::New);
        }
        self.session.countries = Some(part);
        self.present_again(placement)
    }

    /// Back, with the list open: to its first part, or to what lies under it.
    pub(super) fn back_from_list(&mut self, part: u8, placement: Placement) -> Vec<Reply> {
        self.change();
        self.session.countries = (part > 0).then_some(0);
        self.present_again(placement)
    }

    /// Her country: its number, with what she needed it for.
    pub(super) fn choose_country(&mut self, country: CountryId) -> Vec<Reply> {
        let listed = self.content.numbers_of(country.as_str()).is_some();
        if !listed || !self.plain_words().asks_country() {
            return self.with_notice("notice-old_button", Placement::New);
        }
        self.change();
        self.session.countries = None;
        self.session.country = Some(country.clone());
        let (replies, mut lines) = self.who_to_call();
        let words = self.plain_words();
        let number = words.number().unwrap_or_default();
        let told = |reply: &Reply| reply.text.words().contains(number);
        if !replies.first().is_some_and(told) {
            let name = words.get(&format!("country-{country}"));
            let line = words.with("countries-chosen", &[("country", Argument::Word(name))]);
            lines.insert(0, line);
        }
        if lines.is_empty() {
            return replies;
        }
        self.lead(&lines.join("\n"), replies)
    }

    /// A country that is not listed: words, and 112 as a hint.
    pub(super) fn other_country(&mut self) -> Vec<Reply> {
        if !self.plain_words().asks_country() {
            return self.with_notice("notice-old_button", Placement::New);
        }
        self.change();
        self.session.countries = None;
        self.session.country = None;
        let line = self.plain_words().get("countries-other");
        let (replies, _) = self.who_to_call();
        self.lead(&line, replies)
    }

    /// What a number was asked for: the first message of her answer, with the lines for which it has no room, or else
    /// `/urgent`.
    fn who_to_call(&self) -> (Vec<Reply>, Vec<String>) {
        if let Present::Answer(known, found) = self.present()
            && found.outcome.level() >= Some(Level::SameDay)
        {
            let words = self.words(&known);
            if let Some((reply, untold)) = answer_view::who_to_call(&words, &self.session, &known, &found) {
                return (vec![reply], untold);
            }
        }
        (self.urgent(Placement::InPlace), Vec::new())
    }

    /// `/urgent`: when to call, with the number, or the way to it.
    pub(super) fn urgent(&self, placement: Placement) -> Vec<Reply> {
        let mut replies = self.inform("urgent");
        let shown: Vec<_> = replies.iter().flat_map(|reply| reply.rows.clone()).collect();
        let mut rows = numbers_view::urgent_rows(&self.plain_words(), &self.session);
        rows.retain(|row| !shown.contains(row));
        if let Some(first) = replies.first_mut() {
            first.urgent = true;
            first.placement = placement;
            first.rows = rows;
        }
        replies
    }
}
