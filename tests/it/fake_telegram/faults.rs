//! What is to go wrong, and when.

use std::time::Duration;

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
}

impl Fault {
    /// Trouble for the next request, whatever it is.
    pub fn new(trouble: Trouble) -> Fault {
        Fault {
            method: None,
            chat: None,
            times: 1,
            trouble,
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

    fn meets(&self, method: &str, chat: Option<i64>) -> bool {
        self.times > 0
            && self.method.as_deref().is_none_or(|wanted| wanted == method)
            && self.chat.is_none_or(|wanted| Some(wanted) == chat)
    }
}

/// Takes the trouble that is planned for this request.
pub fn take(faults: &mut Vec<Fault>, method: &str, chat: Option<i64>) -> Option<Trouble> {
    let fault = faults.iter_mut().find(|fault| fault.meets(method, chat))?;
    fault.times -= 1;
    let trouble = fault.trouble.clone();
    faults.retain(|fault| fault.times > 0);
    Some(trouble)
}
