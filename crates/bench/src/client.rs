//! A browser for measuring: HTTP/1.1 over one connection that stays open, with as little work of its own as possible, since it
//! shares the processors with the server.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Outcome;

/// One connection.
pub struct Client {
    stream: TcpStream,
    /// The answer that was read last.
    buffer: Vec<u8>,
}

/// An answer, whole.
pub struct Answer<'a> {
    pub status: u16,
    /// Status line and headers.
    pub head: &'a str,
    pub body: &'a [u8],
}

impl Client {
    pub async fn connect(address: SocketAddr) -> io::Result<Client> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Client { stream, buffer: Vec::with_capacity(256 * 1024) })
    }

    /// Sends a request, which may come in pieces, and reads the answer.
    pub async fn ask(&mut self, pieces: &[&[u8]]) -> Outcome<Answer<'_>> {
        for piece in pieces {
            self.stream.write_all(piece).await?;
        }
        self.buffer.clear();
        let head = loop {
            self.read().await?;
            if let Some(end) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let length = length(std::str::from_utf8(&self.buffer[..head])?)?;
        while self.buffer.len() < head + length {
            self.read().await?;
        }
        let text = std::str::from_utf8(&self.buffer[..head])?;
        let status = text.get(9..12).ok_or("the answer has no status")?.parse()?;
        Ok(Answer { status, head: text, body: &self.buffer[head..] })
    }

    async fn read(&mut self) -> Outcome<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err("the server closed the connection".into()),
            _ => Ok(()),
        }
    }
}

impl<'a> Answer<'a> {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        header(self.head, name)
    }

    /// This answer if it has that status; else what came.
    pub fn expect(self, status: u16) -> Outcome<Answer<'a>> {
        if self.status == status {
            return Ok(self);
        }
        let body = String::from_utf8_lossy(self.body);
        Err(format!("{status} was expected, and this came:\n{}{body}", self.head).into())
    }
}

fn length(head: &str) -> Outcome<usize> {
    Ok(header(head, "content-length").ok_or("the answer has no length")?.parse()?)
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let pairs = head.lines().filter_map(|line| line.split_once(':'));
    pairs.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
}
