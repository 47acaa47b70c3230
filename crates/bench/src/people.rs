//! Who takes part: browsers that are signed in, without the way to get there.

use std::net::{IpAddr, Ipv4Addr};

use pishkhan_office::Tx;
use pishkhan_office::accounts::sessions::{self, Holder, Lives};
use pishkhan_office::accounts::{self, Visitor};
use pishkhan_web::cookies;

use crate::Outcome;
use crate::house::House;

/// A browser with a session.
pub struct Browser {
    /// The value of its cookie header.
    pub cookies: String,
    /// The token of all its forms.
    pub form_token: String,
}

impl Browser {
    /// Signs the holder in.
    pub async fn of(tx: &mut Tx, house: &House, holder: &Holder) -> Outcome<Browser> {
        let visitor = Visitor::at(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let (name, lives) = match holder {
            Holder::Sender(_) => (cookies::SESSION, Lives::sender(&house.rules.sessions)),
            Holder::Staff(_) => (cookies::DESK, Lives::staff(&house.rules.sessions)),
        };
        let session = sessions::begin(tx, holder, &visitor, "bench", lives).await?;
        let key = accounts::new_browser_key();
        let form_token = accounts::form_token(&house.secret, tx.organisation(), &key);
        let cookies = format!("{}={key}; {name}={}", cookies::VISIT, session.as_str());
        Ok(Browser { cookies, form_token })
    }
}
