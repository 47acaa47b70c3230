//! Sessions: how they end, and who can't see them.

use pishkhan_office::accounts::SessionToken;
use pishkhan_office::accounts::sessions::{self, Holder, Lives, Session};
use pishkhan_office::persian::Language;
use pishkhan_office::senders::{self, Sender};

use crate::house::{House, mobile, on_both, sender, visitor};

async fn come_in(house: &House) -> SessionToken {
    let mut tx = house.begin().await;
    let sender = senders::find_or_make(&mut tx, &house.rules, &mobile(1), Language::Persian).await.expect("a sender");
    let lives = Lives::sender(&house.rules.sessions);
    let token =
        sessions::begin(&mut tx, &Holder::Sender(sender.id), &visitor(1), "Firefox", lives).await.expect("begun");
    tx.commit().await.expect("committed");
    token
}

async fn find(house: &House, organisation: &str, token: &SessionToken) -> Option<(Session, Sender)> {
    let mut tx = house.begin_in(organisation).await;
    sessions::find_sender(&mut tx, token).await.expect("read")
}

async fn touch(house: &House, session: &Session) {
    let mut tx = house.begin().await;
    sessions::touch(&mut tx, session).await.expect("touched");
    tx.commit().await.expect("committed");
}

#[tokio::test]
async fn a_session_ends_when_nobody_is_there() {
    on_both(|house| async move {
        let token = come_in(&house).await;
        house.wait(29 * 60);
        let (session, sender) = find(&house, "here", &token).await.expect("still in");
        assert_eq!(sender.mobile, Some(mobile(1)));
        assert!(session.is_stale(house.now()));
        touch(&house, &session).await;
        house.wait(29 * 60);
        let (session, _) = find(&house, "here", &token).await.expect("still in");
        house.wait(61);
        assert!(find(&house, "here", &token).await.is_none());
        // Too late: a session that is over isn't brought back to life by the last request of a slow line.
        assert!(session.is_stale(house.now()));
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_after_its_life_however_busy() {
    on_both(|house| async move {
        let token = come_in(&house).await;
        for _ in 0..36 {
            house.wait(20 * 60 - 1);
            let (session, _) = find(&house, "here", &token).await.expect("still in");
            touch(&house, &session).await;
        }
        house.wait(60);
        assert!(find(&house, "here", &token).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn another_organisation_sees_no_session_and_staff_are_no_senders() {
    on_both(|house| async move {
        let token = come_in(&house).await;
        assert!(find(&house, "there", &token).await.is_none());
        let mut tx = house.begin().await;
        assert!(sessions::find_staff(&mut tx, &token).await.expect("read").is_none());
        drop(tx);
        let mut tx = house.begin_in("there").await;
        sessions::end(&mut tx, &token).await.expect("nothing happens");
        tx.commit().await.expect("committed");
        assert!(find(&house, "here", &token).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn devices_are_listed_and_signed_out() {
    on_both(|house| async move {
        let tokens = [come_in(&house).await, come_in(&house).await, come_in(&house).await];
        let (first, sender_here) = find(&house, "here", &tokens[0]).await.expect("in");
        let (second, _) = find(&house, "here", &tokens[1]).await.expect("in");
        let holder = Holder::Sender(sender_here.id);

        let mut tx = house.begin().await;
        let devices = sessions::list(&mut tx, &first).await.expect("listed");
        assert_eq!(devices.len(), 3);
        assert_eq!(devices.iter().filter(|device| device.is_current && device.id == first.id).count(), 1);
        assert!(devices.iter().all(|device| device.device == "Firefox" && device.address == "192.0.1.7"));
        let mut stranger = first.clone();
        stranger.holder = Holder::Sender(sender());
        assert!(!sessions::end_one(&mut tx, &stranger, &second.id).await.expect("asked"));
        assert!(sessions::end_one(&mut tx, &first, &second.id).await.expect("ended"));
        assert!(!sessions::end_one(&mut tx, &first, &second.id).await.expect("ended before"));
        tx.commit().await.expect("committed");
        assert!(find(&house, "here", &tokens[1]).await.is_none());

        let mut tx = house.begin().await;
        sessions::end_others(&mut tx, &first).await.expect("ended");
        tx.commit().await.expect("committed");
        assert!(find(&house, "here", &tokens[0]).await.is_some());
        assert!(find(&house, "here", &tokens[2]).await.is_none());

        let mut tx = house.begin().await;
        sessions::end_all(&mut tx, &holder).await.expect("ended");
        tx.commit().await.expect("committed");
        assert!(find(&house, "here", &tokens[0]).await.is_none());
    })
    .await;
}
