//! Live connections: what the server needs more for two hundred windows that watch the desk.

use std::time::Duration;

use pishkhan_office::accounts::sessions::Holder;
use pishkhan_office::accounts::staff::{self, NewPost};
use pishkhan_office::actor::Role;
use pishkhan_web::links;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Outcome;
use crate::child::Child;
use crate::client::Client;
use crate::house::HOST;
use crate::people::Browser;
use crate::requests::get;
use crate::seed::Stage;

/// How many windows watch.
pub const WATCHING: usize = 200;
/// As many as one person may have.
const WINDOWS: usize = 4;
/// Until a server has nothing to do.
const SETTLING: Duration = Duration::from_secs(2);

/// How many bytes more are resident while all watch.
pub async fn measure(stage: &Stage) -> Outcome<f64> {
    let people = hire(stage).await?;
    let server = Child::start("serve", &stage.folder)?;
    // What is loaded once is loaded, and so is a stream's share of it.
    for person in people.iter().take(2) {
        Client::connect(server.address).await?.ask(&[&get(person, &links::desk())]).await?.expect(200)?;
        drop(watch(&server, person).await?);
    }
    tokio::time::sleep(SETTLING).await;
    let before = server.memory()?.now;
    let mut watching = Vec::new();
    for person in &people {
        for _ in 0..WINDOWS {
            watching.push(watch(&server, person).await?);
        }
    }
    tokio::time::sleep(SETTLING).await;
    let after = server.memory()?.now;
    drop(watching);
    Ok(after - before)
}

/// Opens a stream, and reads until the first news are whole.
async fn watch(server: &Child, person: &Browser) -> Outcome<TcpStream> {
    let mut stream = TcpStream::connect(server.address).await?;
    let link = links::desk_events("review", "", None);
    let cookies = &person.cookies;
    let asked =
        format!("GET {link} HTTP/1.1\r\nHost: {HOST}\r\nAccept: text/event-stream\r\nCookie: {cookies}\r\n\r\n");
    stream.write_all(asked.as_bytes()).await?;
    let mut heard = Vec::new();
    while !String::from_utf8_lossy(&heard).contains("event: rows") {
        if stream.read_buf(&mut heard).await? == 0 {
            return Err(format!("no stream, but:\n{}", String::from_utf8_lossy(&heard)).into());
        }
    }
    Ok(stream)
}

async fn hire(stage: &Stage) -> Outcome<Vec<Browser>> {
    let mut tx = stage.house.begin().await?;
    let mut people = Vec::new();
    for number in 0..WATCHING / WINDOWS {
        let post = NewPost { unit: None, title: "bench".to_owned(), role: Role::Reviewer };
        let (id, _) = staff::invite(&mut tx, &format!("live-{number}@example.org"), "Live", &[post]).await?;
        people.push(Browser::of(&mut tx, &stage.house, &Holder::Staff(id)).await?);
    }
    tx.commit().await?;
    Ok(people)
}
