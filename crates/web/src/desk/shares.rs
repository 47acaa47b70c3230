//! How far the day's codes are, on the page of routes: when they are sent, all routes may be well and nobody comes in.

use pishkhan_office::accounts::sign_in::CodesToday;

use super::ways::Tile;
use crate::layout::Page;

/// The tile of the organisation's codes, or of those of the whole server once they are the ones that end. None where any number may be sent.
pub(super) fn codes(page: &Page, ours: CodesToday, of_the_house: CodesToday) -> Option<Tile> {
    let is_of_the_house = ours.closed_until().is_none()
        && of_the_house.is_near()
        && (of_the_house.closed_until().is_some() || !ours.is_near());
    let codes = if is_of_the_house { of_the_house } else { ours };
    if codes.most == 0 {
        return None;
    }
    let note = match codes.closed_until() {
        Some(until) => {
            let key = if is_of_the_house { "routes-codes-house-spent" } else { "routes-codes-spent" };
            page.words.a(key, "time", page.again_when(&until))
        }
        None if is_of_the_house => page.t("routes-codes-house-near").to_owned(),
        None if codes.is_near() => page.t("routes-codes-near").to_owned(),
        None => page.t("routes-codes-note").to_owned(),
    };
    Some(Tile {
        title: page.t("routes-codes"),
        number: page.number(codes.sent.unsigned_abs()),
        unit: page.words.a("routes-codes-of", "count", page.number(u64::from(codes.most))),
        note,
        is_warning: codes.is_near(),
        is_wide: true,
    })
}
