//! A connection to a message centre: whole PDUs in, whole PDUs out, over TCP or TLS.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Buf, BufMut, BytesMut};
use rusmpp::encode::{Length, owned::Encode};
use rusmpp::{Command, CommandStatus, Pdu};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// Id, status and number of a PDU besides its length.
const HEADER: usize = 16;
/// No PDU is longer that a message centre has a reason to send.
const LONGEST: usize = 64 * 1024;
/// How long a write, or making the connection, may take.
const PATIENCE: Duration = Duration::from_secs(10);

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// The connection.
pub(super) struct Link {
    stream: Box<dyn Stream>,
    read: BytesMut,
}

/// A PDU as it came.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) id: u32,
    pub(super) status: u32,
    pub(super) sequence: u32,
    pub(super) body: BytesMut,
}

impl Link {
    /// Connects; by TLS where there is a configuration for it.
    pub(super) async fn open(host: &str, port: u16, tls: Option<Arc<rustls::ClientConfig>>) -> io::Result<Link> {
        let connecting = async {
            let stream = TcpStream::connect((host, port)).await?;
            stream.set_nodelay(true)?;
            let stream: Box<dyn Stream> = match tls {
                None => Box::new(stream),
                Some(config) => {
                    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
                    Box::new(TlsConnector::from(config).connect(name, stream).await?)
                }
            };
            Ok(Link { stream, read: BytesMut::new() })
        };
        timeout(PATIENCE, connecting).await?
    }

    /// The next PDU. A call that is dropped loses nothing.
    pub(super) async fn read(&mut self) -> io::Result<Frame> {
        loop {
            if let Some(frame) = self.frame()? {
                return Ok(frame);
            }
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    /// Sends a PDU.
    pub(super) async fn write(&mut self, status: CommandStatus, sequence: u32, pdu: Pdu) -> io::Result<()> {
        let command = Command::new(status, sequence, pdu);
        let mut octets = BytesMut::new();
        octets.put_u32(u32::try_from(command.length() + 4).map_err(io::Error::other)?);
        command.encode(&mut octets);
        timeout(PATIENCE, async {
            self.stream.write_all(&octets).await?;
            self.stream.flush().await
        })
        .await?
    }

    fn frame(&mut self) -> io::Result<Option<Frame>> {
        if self.read.len() < HEADER {
            return Ok(None);
        }
        let length = usize::try_from((&self.read[..4]).get_u32()).map_err(io::Error::other)?;
        if !(HEADER..=LONGEST).contains(&length) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a PDU of no possible length"));
        }
        if self.read.len() < length {
            return Ok(None);
        }
        let mut body = self.read.split_to(length);
        body.advance(4);
        let (id, status, sequence) = (body.get_u32(), body.get_u32(), body.get_u32());
        Ok(Some(Frame { id, status, sequence, body }))
    }
}
