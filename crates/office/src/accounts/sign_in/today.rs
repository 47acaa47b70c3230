//! How far the day's codes are. When they are sent, nobody comes in by one, whatever the routes say of themselves.

use pishkhan_store::{Moment, Result, Tx};

use super::sends::{OF_THE_HOUSE, OF_THE_ORGANISATION};
use crate::accounts::limits::{self, DAY, Over};
use crate::organisations;
use crate::rules::Limits;

/// How far a day's codes are. The day begins with the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodesToday {
    /// How many were sent; not counted where any number may be.
    pub sent: i64,
    /// How many may be; 0: any number.
    pub most: u32,
    /// When the next day begins; None before the first code.
    until: Option<Moment>,
}

impl CodesToday {
    /// Whether four fifths are used up.
    pub fn is_near(self) -> bool {
        self.most > 0 && self.sent * 5 >= i64::from(self.most) * 4
    }

    /// When codes are sent again; None when they are sent now.
    pub fn closed_until(self) -> Option<Moment> {
        self.until.filter(|_| self.most > 0 && self.sent >= i64::from(self.most))
    }
}

/// How far the codes of this transaction's organisation are.
pub async fn codes_today(tx: &mut Tx, limits: &Limits) -> Result<CodesToday> {
    let most = organisations::shares(tx, limits).await?.codes;
    stand(tx, Over::Organisation, OF_THE_ORGANISATION, most).await
}

/// How far the codes of all organisations together are.
pub async fn codes_of_the_house_today(tx: &mut Tx, limits: &Limits) -> Result<CodesToday> {
    stand(tx, Over::House, OF_THE_HOUSE, limits.sends_per_day).await
}

async fn stand(tx: &mut Tx, over: Over, subject: &str, most: u32) -> Result<CodesToday> {
    let hits = limits::look(tx, over, subject, DAY).await?;
    let sent = hits.as_ref().map_or(0, |hits| hits.count);
    Ok(CodesToday { sent, most, until: hits.map(|hits| hits.window_began_at.plus(DAY)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_near_from_four_fifths_on_and_closed_at_the_end() {
        let until = Some(Moment(1_000));
        let stands = |sent, most| {
            let codes = CodesToday { sent, most, until };
            (codes.is_near(), codes.closed_until())
        };
        assert_eq!(
            [3, 4, 5, 6].map(|sent| stands(sent, 5)),
            [(false, None), (true, None), (true, until), (true, until)]
        );
        assert_eq!(stands(9, 0), (false, None), "any number");
    }
}
