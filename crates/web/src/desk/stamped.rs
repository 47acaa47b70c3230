//! The copy of a letter's first page with the stamp of entry (مهر ورود), as PDF, for whoever may read the letter at the desk. It
//! is made anew each time; the original is read and left as it is.

use axum::response::Response;
use bytes::Bytes;
use futures_util::TryStreamExt;
use pishkhan_office::files::{self, File, Part, Preview};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Letter, Registration, Submission};
use pishkhan_office::paper::{Field, Head, Order, Qr, Stamp, StampedPage};
use pishkhan_office::units::{self, Unit};
use pishkhan_office::{StoreError, previews, registry};

use super::asked::Named;
use super::qr;
use crate::attachment;
use crate::counter::file::lost;
use crate::layout::Page;
use crate::links;
use crate::problem::Problem;
use crate::who::Staff;

/// A letter with what stands on its stamp.
struct Entered {
    letter: Letter,
    submission: Submission,
    registration: Registration,
    unit: Unit,
    secretariat: String,
    files: Vec<File>,
}

impl Entered {
    /// The file that is the letter, when nothing was typed.
    fn own_file(&self) -> Option<&File> {
        self.files.first().filter(|_| self.letter.content.body.trim().is_empty())
    }

    /// What had come with the letter when it was entered; what followed it later is not under the stamp.
    fn attachments(&self) -> Vec<&File> {
        let others = &self.files[usize::from(self.own_file().is_some())..];
        others.iter().filter(|file| file.stored_at <= self.registration.at).collect()
    }
}

pub async fn show(staff: Staff, Named(id): Named) -> Result<Response, Problem> {
    let page = staff.page("tray");
    let entered = find(&staff, &id).await?;
    let picture = match entered.own_file() {
        Some(file) if file.pictured_pages() > 0 => picture(&staff, file).await?,
        Some(_) | None => Vec::new(),
    };
    let tracking = links::tracking_of(&entered.registration.tracking);
    let order = order(&page, &entered, &format!("{}{tracking}", staff.organisation.base_url), !picture.is_empty());
    let pdf = staff.app.press.print(&order, &picture).await?;
    // Numbers have slashes, which no name of a file may have.
    let number = page.digits(&entered.registration.number).replace(['/', '\\'], "-");
    let name = format!("{}.pdf", page.words.plain("paper-stamped-file", &[("number", &number)]));
    Ok(attachment::pdf(&format!("{id}-stamped.pdf"), &name, pdf))
}

async fn find(staff: &Staff, id: &LetterId) -> Result<Entered, Problem> {
    let mut tx = staff.read().await?;
    let letter = letters::find_for_desk(&mut tx, &staff.actor, id).await?.ok_or(Problem::NotFound)?;
    let submission = letter.state.submission().cloned().ok_or(Problem::NotFound)?;
    let registration = letter.state.registration().cloned().ok_or(Problem::NotFound)?;
    let unit = match letter.unit() {
        Some(unit) => units::find(&mut tx, unit).await?,
        None => None,
    };
    let unit = unit.ok_or(StoreError::Unreadable("unit"))?;
    let register = registry::register_of(&mut tx, id).await?.ok_or(StoreError::Unreadable("register"))?;
    let mut files = files::of_letter(&mut tx, id).await?;
    files.retain(|file| file.part == Part::Letter);
    Ok(Entered { letter, submission, registration, unit, secretariat: register.name, files })
}

/// The picture of the file's first page.
async fn picture(staff: &Staff, file: &File) -> Result<Vec<u8>, Problem> {
    let stored = staff.app.vault.open_picture(&staff.organisation.id, &file.sha256, 1, previews::LARGE).await;
    let stored = stored.map_err(|error| lost(file, &error))?;
    let pieces: Vec<Bytes> = stored.pieces.try_collect().await.map_err(|error| {
        tracing::error!(file = %file.id, %error, "the picture of a page could not be read");
        Problem::FilesAway
    })?;
    Ok(pieces.concat())
}

fn order(page: &Page, entered: &Entered, tracking: &str, has_picture: bool) -> Order {
    let number = page.digits(&entered.registration.number);
    let title = page.words.plain("paper-stamped-title", &[("number", &number)]);
    let organisation = page.organisation_name.clone();
    let page_of = page.words.plain("paper-page-of", &[("page", "{page}"), ("pages", "{pages}")]);
    let digest = entered.own_file().map(|file| format!("SHA-256: {}", grouped(&file.sha256)));
    Order::StampedPage(StampedPage {
        head_of_sheet: Head::new(page.words.language, page.now, title, organisation, page_of),
        stamp: stamp(page, entered, tracking),
        notice: page.t("paper-stamped-notice").to_owned(),
        digest,
        about: page.t("paper-stamped-about").to_owned(),
        head: if has_picture { Vec::new() } else { head(page, entered) },
        lines: if has_picture { Vec::new() } else { lines(page, entered) },
    })
}

fn stamp(page: &Page, entered: &Entered, tracking: &str) -> Stamp {
    let Registration { at, number, direction, .. } = &entered.registration;
    let field = |key, value| Field { name: page.t(key), value, direction: page.dir() };
    let number = Field { direction: direction.as_str(), ..field("paper-stamp-number", page.digits(number)) };
    let qr = qr::drawing(tracking)
        .map_or(Qr { path: String::new(), side: 1 }, |drawing| Qr { path: drawing.path, side: drawing.side });
    Stamp {
        heading: page.t("paper-stamp"),
        secretariat: entered.secretariat.clone(),
        fields: vec![
            number,
            field("paper-stamp-date", page.date(at)),
            field("paper-stamp-time", page.clock(at)),
            field("paper-stamp-attachments", attachments(page, &entered.attachments())),
        ],
        qr,
        qr_note: page.t("paper-stamp-qr"),
    }
}

/// «دارد (۳ برگ)»: in sheets as far as they are known of each file, otherwise in files.
fn attachments(page: &Page, files: &[&File]) -> String {
    let sheets: Option<u64> = files
        .iter()
        .map(|file| match file.preview {
            Preview::Made { in_all, .. } => Some(u64::from(in_all)),
            Preview::None | Preview::Waiting | Preview::Broken => None,
        })
        .sum();
    match sheets {
        Some(0) => page.t("paper-attachments-none").to_owned(),
        Some(sheets) => page.words.n("paper-attachments-sheets", sheets),
        None => page.words.n("paper-attachments-files", files.len() as u64),
    }
}

/// Above the text, as on a letterhead.
fn head(page: &Page, entered: &Entered) -> Vec<Field> {
    let content = &entered.letter.content;
    let field = |key, value: &str| Field { name: page.t(key), value: value.to_owned(), direction: page.dir() };
    vec![
        field("paper-from", &content.sender_name),
        field("paper-to", entered.unit.name_in(page.words.language)),
        field("paper-subject", &content.subject),
        field("paper-sent", &page.date(&entered.submission.at)),
    ]
}

/// The typed text; or, where the letter is a file without a picture, which file it is.
fn lines(page: &Page, entered: &Entered) -> Vec<String> {
    match entered.own_file() {
        Some(file) => vec![page.t("paper-no-picture").to_owned(), file.name.clone()],
        None => entered.letter.content.body.lines().map(str::to_owned).collect(),
    }
}

/// In groups that people can compare, and that break at the end of a line.
fn grouped(digest: &str) -> String {
    let signs: Vec<char> = digest.chars().collect();
    signs.chunks(16).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
