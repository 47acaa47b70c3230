//! What the ways said of a message that they didn't take, and what that says of them.

use pishkhan_store::Result;

use crate::gateways::{Purpose, SendError};
use crate::outbox::{self, Claimed};
use crate::round::Courier;
use crate::routes::{self, Carrier, Verdict, Why};

/// What was said, way after way.
#[derive(Default)]
pub(crate) struct Noes {
    last: Option<SendError>,
    doubted: Option<SendError>,
}

impl Noes {
    /// What a way said of a message. The refusal of one that refuses whatever it is given says nothing of a notice; who waits for a code is told
    /// at once all the same.
    pub fn add(&mut self, message: &Claimed, carrier: &Carrier, error: SendError) {
        let refuses_all = carrier.route.as_ref().is_some_and(|route| route.is_refusing());
        let is_notice = Purpose::of(&message.template) == Purpose::Notice;
        if refuses_all && is_notice && !message.is_bound() && matches!(error, SendError::Refused(_)) {
            self.doubt(&error);
        } else {
            self.believe(error);
        }
    }

    /// What one way refuses, another that failed may still take later.
    fn believe(&mut self, error: SendError) {
        if self.last.as_ref().is_none_or(SendError::is_final) {
            self.last = Some(error);
        }
    }

    /// The message is refused only if another way says so, too.
    fn doubt(&mut self, error: &SendError) {
        self.doubted = Some(SendError::Failed(format!("{error}, as most of what that route is given")));
    }

    /// A way that is left takes nothing now: what others refuse it may still take later.
    pub fn add_one_that_is_left(&mut self) {
        if self.last.as_ref().is_some_and(SendError::is_final) {
            self.last = Some(SendError::Failed("the way that is left takes nothing now".into()));
        }
    }

    /// What it comes to; None when no way was tried.
    pub fn outcome(self) -> Option<SendError> {
        self.last.or(self.doubted)
    }
}

impl Courier {
    /// Writes down what a failure says of the route; one that takes nothing stands back, and one whose template isn't taken for this kind of
    /// message. What one that refuses many does is told by them all.
    pub(crate) async fn note(&self, message: &Claimed, carrier: &Carrier, error: &SendError) -> Result<()> {
        let (route, why) = (carrier.name(), error.to_string());
        if error.is_alarm() {
            tracing::error!(route, message = %message.id, message.template, message.tries, why, "a gateway needs somebody");
        } else {
            tracing::warn!(route, message = %message.id, message.template, message.tries, why, "a gateway took no message");
        }
        let Some(route) = &carrier.route else { return Ok(()) };
        if error.is_final() {
            let mut tx = self.db.begin(&message.organisation, self.clock.now()).await?;
            outbox::note_refusal(&mut tx, message, &route.id, error).await?;
            return tx.commit().await;
        }
        let mut tx = self.db.begin(&route.organisation, self.clock.now()).await?;
        if matches!(error, SendError::Template(_)) {
            if routes::put_kind_back(&mut tx, route, &message.template, message.language).await? {
                tracing::error!(
                    route = carrier.name(),
                    message.template,
                    "a route stands back for one kind of message"
                );
            }
            return tx.commit().await;
        }
        let verdict = Verdict::of(error);
        let failures = routes::note_failure(&mut tx, &route.id).await?;
        if verdict.stands_back(failures) && routes::demote(&mut tx, route, Some(Why::Failing)).await? {
            tracing::error!(route = carrier.name(), failures, "a route takes nothing and stands back");
        }
        tx.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused() -> SendError {
        SendError::Refused("422".into())
    }

    #[test]
    fn what_one_way_refuses_another_that_failed_may_take_later() {
        let mut noes = Noes::default();
        noes.believe(refused());
        noes.believe(SendError::Failed("500".into()));
        noes.believe(refused());
        assert_eq!(noes.outcome(), Some(SendError::Failed("500".into())));
        let mut noes = Noes::default();
        noes.believe(refused());
        noes.add_one_that_is_left();
        assert!(noes.outcome().is_some_and(|error| !error.is_final()));
    }

    #[test]
    fn a_way_that_refuses_everything_says_nothing_of_a_message() {
        let mut noes = Noes::default();
        noes.doubt(&refused());
        assert!(noes.outcome().is_some_and(|error| !error.is_final()), "it may be taken later");
        let mut noes = Noes::default();
        noes.believe(refused());
        noes.doubt(&refused());
        assert_eq!(noes.outcome(), Some(refused()), "another says it, too");
        assert_eq!(Noes::default().outcome(), None);
    }
}
