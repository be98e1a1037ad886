//! Reads one answer: its head with `httparse`, its body by length, in chunks, or up to the end of the connection.

use std::ops::Range;

use super::line::Line;

/// No head is longer, in bytes.
const LONGEST_HEAD: usize = 16 * 1024;
/// No body is longer. A hundred updates of the longest messages are about a tenth of it.
const LONGEST_BODY: usize = 16 * 1024 * 1024;
const MOST_HEADERS: usize = 64;
/// Most answers fit into this.
const USUAL: usize = 2 * 1024;

/// An answer.
pub(in crate::telegram) struct Answer {
    pub(in crate::telegram) status: u16,
    held: Vec<u8>,
    body: Range<usize>,
}

impl Answer {
    /// The body.
    pub(in crate::telegram) fn body(&self) -> &[u8] {
        self.held.get(self.body.clone()).unwrap_or_default()
    }
}

/// Why there is no answer.
pub(super) enum Trouble {
    Broken,
    Garbled(u16),
}

/// What the head says.
struct Head {
    status: u16,
    /// Where the body begins.
    end: usize,
    length: Length,
    /// Is the connection kept open?
    kept: bool,
}

#[derive(Clone, Copy)]
enum Length {
    Known(usize),
    Chunks,
    UntilTheEnd,
}

/// Reads an answer.
#[derive(Default)]
pub(super) struct Reader {
    held: Vec<u8>,
}

impl Reader {
    /// Reads one answer, and says whether the connection can be used again.
    pub(super) async fn read(mut self, line: &mut Line) -> Result<(Answer, bool), Trouble> {
        self.held.reserve(USUAL);
        let head = loop {
            match read_head(&self.held)? {
                // Answers to come, such as 100, have no body.
                Some(head) if head.status < 200 => drop(self.held.drain(..head.end)),
                Some(head) => break head,
                None if self.held.len() > LONGEST_HEAD => return Err(Trouble::Garbled(0)),
                None => self.more(line).await?,
            }
        };
        let (status, begin) = (head.status, head.end);
        match head.length {
            Length::Known(length) => {
                let end = begin + length;
                self.held.reserve(end.saturating_sub(self.held.len()));
                while self.held.len() < end {
                    self.more(line).await?;
                }
                // More than was announced: what follows cannot be told apart from the next answer.
                let kept = head.kept && self.held.len() == end;
                Ok((self.answer(status, begin..end), kept))
            }
            Length::Chunks => {
                let mut body = Vec::new();
                let end = self.read_chunks(line, &head, &mut body).await?;
                let kept = head.kept && self.held.len() == end;
                self.held = body;
                let body = 0..self.held.len();
                Ok((self.answer(status, body), kept))
            }
            Length::UntilTheEnd => {
                while line.read(&mut self.held).await.map_err(|_| Trouble::Broken)? > 0 {
                    if self.held.len() > begin + LONGEST_BODY {
                        return Err(Trouble::Garbled(status));
                    }
                }
                let end = self.held.len();
                Ok((self.answer(status, begin..end), false))
            }
        }
    }

    fn answer(self, status: u16, body: Range<usize>) -> Answer {
        let held = self.held;
        Answer { status, held, body }
    }

    async fn more(&mut self, line: &mut Line) -> Result<(), Trouble> {
        match line.read(&mut self.held).await {
            Ok(0) | Err(_) => Err(Trouble::Broken),
            Ok(_) => Ok(()),
        }
    }

    /// Puts the chunks one behind the other, and gives back where what is held of this answer ends.
    async fn read_chunks(
        &mut self,
        line: &mut Line,
        head: &Head,
        body: &mut Vec<u8>,
    ) -> Result<usize, Trouble> {
        let garbled = || Trouble::Garbled(head.status);
        let mut place = head.end;
        loop {
            let rest = self.held.get(place..).unwrap_or_default();
            let (begin, size) = match httparse::parse_chunk_size(rest) {
                Ok(httparse::Status::Complete((begin, size))) => (begin, size),
                Ok(httparse::Status::Partial) if rest.len() < LONGEST_HEAD => {
                    self.more(line).await?;
                    continue;
                }
                _ => return Err(garbled()),
            };
            let size = usize::try_from(size).map_err(|_| garbled())?;
            if size > LONGEST_BODY - body.len().min(LONGEST_BODY) {
                return Err(garbled());
            }
            let begin = place + begin;
            if size == 0 {
                return self.end_of_trailers(line, begin, head).await;
            }
            let end = begin + size;
            // Behind each chunk stands an empty line.
            while self.held.len() < end + 2 {
                self.more(line).await?;
            }
            body.extend_from_slice(self.held.get(begin..end).unwrap_or_default());
            place = end + 2;
        }
    }

    /// Behind the last chunk there may be more headers; an empty line ends them.
    async fn end_of_trailers(
        &mut self,
        line: &mut Line,
        begin: usize,
        head: &Head,
    ) -> Result<usize, Trouble> {
        let mut place = begin;
        loop {
            let rest = self.held.get(place..).unwrap_or_default();
            match rest.windows(2).position(|pair| pair == b"\r\n") {
                Some(0) => return Ok(place + 2),
                Some(length) => place += length + 2,
                None if rest.len() > LONGEST_HEAD => return Err(Trouble::Garbled(head.status)),
                None => self.more(line).await?,
            }
        }
    }
}

/// Reads the head, once it is whole.
fn read_head(held: &[u8]) -> Result<Option<Head>, Trouble> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let end = match response.parse(held) {
        Ok(httparse::Status::Complete(end)) => end,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(_) => return Err(Trouble::Garbled(response.code.unwrap_or(0))),
    };
    let status = response.code.unwrap_or(0);
    let mut length = Length::UntilTheEnd;
    let mut kept = response.version == Some(1);
    for header in response.headers.iter() {
        let is = |name: &str| header.name.eq_ignore_ascii_case(name);
        let value = header.value.trim_ascii();
        if is("content-length") && !matches!(length, Length::Chunks) {
            let number = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok());
            let number = number.filter(|number| *number <= LONGEST_BODY);
            length = Length::Known(number.ok_or(Trouble::Garbled(status))?);
        } else if is("transfer-encoding") {
            length = Length::Chunks;
        } else if is("connection") {
            kept = !value.to_ascii_lowercase().windows(5).any(|word| word == b"close");
        }
    }
    if status < 200 || status == 204 || status == 304 {
        length = Length::Known(0);
    }
    Ok(Some(Head {
        status,
        end,
        length,
        kept,
    }))
}
