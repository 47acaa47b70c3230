//! The messages that go out of the app, and the worker that carries them.

use std::path::Path;

use pishkhan_courier::Round;
use pishkhan_courier::gateways::{Channel, GatewaySettings, Purpose};
use pishkhan_courier::routes::{self, RouteDefinition};

use super::TestApp;
use crate::mail::{self, Mail};

impl TestApp {
    /// Sends what is due, and answers all messages that ever went out of this organisation, oldest first.
    pub async fn messages(&self) -> Vec<Mail> {
        self.settle().await;
        let mut mails = mail::read(&self.house.spool);
        mails.retain(|mail| mail.organisation == self.organisation().id.0);
        mails
    }

    /// The last message to this number, which may be written in any way.
    pub async fn last_message_to(&self, mobile: &str) -> Mail {
        let mobile = pishkhan_office::persian::Mobile::parse(mobile).expect("a mobile number");
        let to_them = self.messages().await.into_iter().rfind(|mail| mail.to == mobile.as_str());
        to_them.expect("a message to this number")
    }

    /// Gives the organisation a route that carries e-mail for these purposes; what it carries is among the messages.
    pub async fn carries_mail(&self, purposes: &[Purpose]) {
        let definition = RouteDefinition {
            name: "mail".into(),
            purposes: purposes.to_vec(),
            channel: Some(Channel::Mail),
            gateway: GatewaySettings::Spool { file: self.house.spool.clone() },
            templates: Vec::new(),
            unfit: Vec::new(),
            calls: None,
            texts: None,
            callers: Vec::new(),
            credit_alarm: None,
        };
        let mut tx = self.begin().await;
        routes::add(&mut tx, &definition).await.expect("a route is added");
        tx.commit().await.expect("it is kept");
    }

    /// Sends what is due, whatever comes of it.
    pub async fn settle_quietly(&self) {
        while self.house.courier.round().await.expect("the outbox can be worked on") != Round::default() {}
    }

    /// The file that the app's own gateway writes to.
    pub fn spool(&self) -> &Path {
        &self.house.spool
    }

    /// Sends what is due; what fails fails the test.
    pub(crate) async fn settle(&self) {
        loop {
            let round = self.house.courier.round().await.expect("the outbox can be worked on");
            if round.parked + round.retried > 0 {
                self.note_fault(format!("messages did not go out: {round:?}"));
            }
            if round == Round::default() {
                return;
            }
        }
    }
}
