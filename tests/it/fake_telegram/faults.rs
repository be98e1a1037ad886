//! What is to go wrong, and when.

use std::time::Duration;

use crate::dice::Dice;

/// A kind of trouble.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// A refusal of the server.
    Refuse {
        code: u16,
        description: String,
        retry_after: Option<u64>,
    },
    /// A page of a proxy, with status 502.
    BadGateway,
    /// A page of its own, with this status.
    Page(u16, String),
    /// The connection breaks before the request is carried out.
    DropBefore,
    /// The connection breaks after the request was carried out.
    DropAfter,
    /// The answer is late.
    Delay(Duration),
    /// No answer, ever.
    Hang,
}

/// Trouble for requests of one kind.
#[derive(Clone, Debug)]
pub struct Fault {
    method: Option<String>,
    chat: Option<i64>,
    times: usize,
    trouble: Trouble,
    /// In so many of a hundred cases.
    odds: Option<(Dice, usize)>,
}

impl Fault {
    /// Trouble for the next request, whatever it is.
    pub fn new(trouble: Trouble) -> Fault {
        Fault {
            method: None,
            chat: None,
            times: 1,
            trouble,
            odds: None,
        }
    }

    /// Only for this method.
    pub fn on(mut self, method: &str) -> Fault {
        self.method = Some(method.to_lowercase());
        self
    }

    /// Only in this chat.
    pub fn within(mut self, chat: i64) -> Fault {
        self.chat = Some(chat);
        self
    }

    /// So many times.
    pub fn times(mut self, times: usize) -> Fault {
        self.times = times;
        self
    }

    /// As often as it likes, in so many of a hundred cases, by chance from this seed.
    pub fn percent(mut self, percent: usize, seed: u64) -> Fault {
        self.times = usize::MAX;
        self.odds = Some((Dice(seed), percent));
        self
    }

    fn meets(&mut self, method: &str, chat: Option<i64>) -> bool {
        self.times > 0
            && self.method.as_deref().is_none_or(|wanted| wanted == method)
            && self.chat.is_none_or(|wanted| Some(wanted) == chat)
            && self
                .odds
                .as_mut()
                .is_none_or(|(dice, percent)| dice.below(100) < *percent)
    }
}

/// Takes the trouble that is planned for this request.
pub fn take(faults: &mut Vec<Fault>, method: &str, chat: Option<i64>) -> Option<Trouble> {
    let place = faults.iter_mut().position(|fault| fault.meets(method, chat))?;
    let fault = faults.get_mut(place)?;
    fault.times -= 1;
    let trouble = fault.trouble.clone();
    faults.retain(|fault| fault.times > 0);
    Some(trouble)
}
