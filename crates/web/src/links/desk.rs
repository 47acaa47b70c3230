//! The addresses of the desk.

use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::Spot;

use super::{Link, escaped, fixed, joined, local};

pub fn desk() -> Link {
    fixed("/desk")
}

/// A page of the tray.
pub fn desk_tray(tray: &str, after: Option<&Spot>) -> Link {
    desk_tray_sieved(tray, "", after)
}

/// A part of the tray through a sieve, from the spot after which a page of it begins.
pub fn desk_tray_sieved(tray: &str, sieve: &str, after: Option<&Spot>) -> Link {
    let spot = after.map(Spot::text).unwrap_or_default();
    desk_query(&joined(&[("show", tray), ("after", &spot)], sieve))
}

/// The tray as a query asks for it.
pub fn desk_query(query: &str) -> Link {
    Link(format!("/desk?{query}"))
}

pub fn desk_views() -> Link {
    fixed("/desk/views")
}

pub fn desk_view_removal(view: &str) -> Link {
    Link(format!("/desk/views/{view}/removal"))
}

pub fn desk_selection() -> Link {
    fixed("/desk/selection")
}

/// Where several letters are referred together.
pub fn desk_selection_referrals() -> Link {
    fixed("/desk/selection/referrals")
}

/// Where several letters are handed over together.
pub fn desk_selection_handover() -> Link {
    fixed("/desk/selection/handover")
}

/// Where what was decided about several letters is taken back.
pub fn desk_selection_undoing() -> Link {
    fixed("/desk/selection/undoing")
}

pub fn desk_classification(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/classification"))
}

pub fn desk_mobile(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/mobile"))
}

pub fn desk_relations(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/relations"))
}

pub fn desk_relation_removal(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/relations/removal"))
}

/// Two letters side by side.
pub fn desk_comparison(here: &LetterId, there: &LetterId) -> Link {
    Link(format!("/desk/letters/{here}/comparison/{there}"))
}

pub fn desk_assignment(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/assignment"))
}

/// Who of the unit gets it, also from whoever has it in hand.
pub fn desk_handover(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/handover"))
}

pub fn desk_search() -> Link {
    fixed("/desk/search")
}

/// A search as the form asks it; what is empty is left out.
pub fn desk_search_for(fields: &[(&str, &str)]) -> Link {
    Link(format!("/desk/search?{}", written(fields)))
}

/// All that such a search finds, as a table.
pub fn desk_search_csv(fields: &[(&str, &str)]) -> Link {
    Link(format!("/desk/search.csv?{}", written(fields)))
}

fn written(fields: &[(&str, &str)]) -> String {
    let asked = fields.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = asked.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    pairs.join("&")
}

pub fn desk_sign_in() -> Link {
    fixed("/desk/sign-in")
}

pub fn desk_second_factor() -> Link {
    fixed("/desk/sign-in/second-factor")
}

pub fn desk_confirmation() -> Link {
    fixed("/desk/confirmation")
}

/// Where the second factor is shown once more, for the file at that address.
pub fn desk_confirmation_of(file: &str) -> Link {
    Link(format!("/desk/confirmation?next={}", escaped(file)))
}

/// The files for which it is.
const FILES: [&str; 4] = ["/desk/letters.csv", "/desk/search.csv", "/desk/register.csv", "/desk/register.pdf"];

/// Such a file, and the page that offers it; none for any other address.
pub fn desk_file(address: &str) -> Option<(Link, Link)> {
    let path = address.split('?').next().filter(|path| FILES.contains(path))?;
    let (page, query) = (path.rsplit_once('.')?.0, &address[path.len()..]);
    Some((local(address), local(&format!("{page}{query}"))))
}

pub fn desk_sign_out() -> Link {
    fixed("/desk/sign-out")
}

/// The one-time link by which staff set their password; secret until it was used.
pub fn desk_invitation(token: &str) -> Link {
    Link(format!("/desk/invitations/{token}"))
}

pub fn desk_letter(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}"))
}

pub fn desk_registration(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/registration"))
}

pub fn desk_rejection(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/rejection"))
}

pub fn desk_redirection(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/redirection"))
}

pub fn desk_taking(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/taking"))
}

/// The copy of the first page with the stamp of entry.
pub fn desk_stamped(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/stamped"))
}

pub fn desk_answer(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/answer"))
}

pub fn desk_return(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/return"))
}

pub fn desk_undoing(letter: &LetterId) -> Link {
    Link(format!("/desk/letters/{letter}/undoing"))
}
