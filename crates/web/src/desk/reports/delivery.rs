//! The messages of a range: how many went out, how many are known to have arrived, and how many were given up.

use pishkhan_office::reports::Messages;

use super::Reading;
use super::numbers::per_cent;
use super::tables::{csv_link, span_words};
use crate::csv::{Cell, Sheet};
use crate::layout::Page;
use crate::links::Link;

/// The table, for who sees the organisation's messages.
pub struct Delivery {
    /// The times that had any.
    pub rows: Vec<DeliveryRow>,
    pub csv: Link,
}

pub struct DeliveryRow {
    pub label: String,
    pub sent: String,
    pub delivered: String,
    /// Of those that were sent.
    pub share: String,
    pub parked: String,
}

pub fn delivery(reading: &Reading) -> Option<Delivery> {
    let messages = reading.report.messages.as_ref()?;
    let columns = reading.report.columns.iter().zip(messages).filter(|(_, messages)| **messages != Messages::default());
    let rows = columns.map(|(column, messages)| row(&reading.page, span_words(&reading.page, column.span), *messages));
    Some(Delivery { rows: rows.collect(), csv: csv_link(reading, "messages") })
}

fn row(page: &Page, label: String, messages: Messages) -> DeliveryRow {
    let [sent, delivered, parked] = counts(messages);
    DeliveryRow {
        label,
        sent: page.number(sent),
        delivered: page.number(delivered),
        share: share(page, messages).unwrap_or_else(|| page.t("reports-none").to_owned()),
        parked: page.number(parked),
    }
}

/// How many of the messages that were sent are known to have arrived; None when none was.
pub fn share(page: &Page, messages: Messages) -> Option<String> {
    let [sent, delivered, _] = counts(messages);
    (delivered * 100).checked_div(sent).map(|share| per_cent(page, share))
}

/// Sent, delivered and given up.
pub fn counts(messages: Messages) -> [u64; 3] {
    [messages.sent, messages.delivered, messages.parked].map(|n| u64::try_from(n).unwrap_or(0))
}

/// All of them together.
pub fn total(messages: &[Messages]) -> Messages {
    let mut sum = Messages::default();
    for messages in messages {
        sum.add(*messages);
    }
    sum
}

/// The same for a spreadsheet; None for who does not see them.
pub fn sheet(reading: &Reading) -> Option<Sheet> {
    let (page, messages) = (&reading.page, reading.report.messages.as_ref()?);
    let mut sheet = Sheet::new();
    let head = ["letters-from", "letters-to", "reports-sent", "reports-delivered", "reports-parked"];
    sheet.row(head.map(|key| Cell::text(page.t(key))));
    for (column, messages) in reading.report.columns.iter().zip(messages) {
        let days = [column.span.from.slashed(), column.span.to.slashed()].map(Cell::text);
        sheet.row(days.into_iter().chain(counts(*messages).map(Cell::count)));
    }
    Some(sheet)
}
