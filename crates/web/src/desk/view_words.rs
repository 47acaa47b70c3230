//! What the lists of the tray are called.

use pishkhan_office::letters::Tray;

/// The name of the list, and what it says when nothing is in it.
pub fn words_of(tray: Tray) -> (&'static str, &'static str) {
    match tray {
        Tray::Review => ("desk-list-review", "desk-empty-review"),
        Tray::Near => ("tray-list-near", "tray-empty-near"),
        Tray::Waiting => ("tray-list-waiting", "tray-empty-waiting"),
        Tray::Referred => ("tray-list-referred", "tray-empty-referred"),
        Tray::Unit => ("desk-list-unit", "desk-empty-unit"),
        Tray::Mine => ("desk-list-mine", "desk-empty-mine"),
        Tray::Signature => ("tray-list-signature", "tray-empty-signature"),
        Tray::Objections => ("tray-list-objections", "tray-empty-objections"),
        Tray::Late => ("tray-list-late", "tray-empty-late"),
        Tray::Done => ("desk-list-done", "desk-empty-done"),
    }
}
