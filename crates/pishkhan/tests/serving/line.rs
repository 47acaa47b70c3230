//! A raw line to a server: bytes as they are written here, answers as they come.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::server::{BOUND, NARROW, Server};

/// A line, plain or through TLS.
pub struct Line<S = TcpStream>(pub S);

/// An answer whose body had a length.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// The status line and the headers, names in lower case.
    pub head: String,
    pub body: String,
}

impl Line {
    pub async fn to(server: &Server) -> Line {
        Line(TcpStream::connect(server.address).await.expect("it listens"))
    }

    /// A line on which little comes before it is read.
    pub async fn narrow(server: &Server) -> Line {
        let socket = TcpSocket::new_v4().expect("there are sockets");
        socket.set_recv_buffer_size(NARROW).expect("a socket may be small");
        Line(socket.connect(server.address).await.expect("it listens"))
    }

    /// A line from another address of this machine.
    pub async fn from(address: Ipv4Addr, server: &Server) -> Line {
        let socket = TcpSocket::new_v4().expect("there are sockets");
        socket.bind(SocketAddr::from((address, 0))).expect("every address of 127.0.0.0/8 is this machine's");
        Line(socket.connect(server.address).await.expect("it listens"))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Line<S> {
    /// Sends these bytes.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.write_all(bytes.as_ref()).await.expect("the line is open");
        self.0.flush().await.expect("the line is open");
    }

    /// Sends these bytes if the line still takes them.
    pub async fn tries_to_send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.0.write_all(bytes.as_ref()).await.is_ok() && self.0.flush().await.is_ok()
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: a.ir\r\n\r\n")).await;
        self.answer().await
    }

    /// The next answer.
    pub async fn answer(&mut self) -> Answer {
        timeout(BOUND, self.read_answer()).await.expect("an answer comes in time")
    }

    async fn read_answer(&mut self) -> Answer {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(self.0.read_u8().await.expect("the answer goes on"));
        }
        let head = String::from_utf8(head).expect("heads are ASCII").to_ascii_lowercase();
        let status = head.get(9..12).and_then(|status| status.parse().ok()).expect("a status line");
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.expect("the answer has a length").parse().expect("it is a number")];
        self.0.read_exact(&mut body).await.expect("the answer is whole");
        Answer { status, head, body: String::from_utf8(body).expect("these pages are UTF-8") }
    }

    /// Everything until the other side closes, which it must. A line that is cut counts as closed.
    pub async fn rest(&mut self) -> String {
        let mut rest = Vec::new();
        let _ = timeout(BOUND, self.0.read_to_end(&mut rest)).await.expect("the line is closed in time");
        String::from_utf8_lossy(&rest).into_owned()
    }

    /// The other side has closed, or does, without another word.
    pub async fn is_closed(&mut self) {
        assert_eq!(self.rest().await, "");
    }
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// A short page that nobody can frame, with the word that the line ends.
    pub fn is_refusal(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.head);
        assert_eq!(self.header("connection"), Some("close"));
        assert_eq!(self.header("x-content-type-options"), Some("nosniff"));
        assert!(self.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'none'")));
        assert!(self.body.contains("dir=\"rtl\"") && self.body.contains("lang=\"en\""), "{}", self.body);
    }
}
