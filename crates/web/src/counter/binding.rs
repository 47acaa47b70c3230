//! Binding a draft's photos for its form: when it is asked for, and when the photos of what was bound have changed.

use pishkhan_office::files::{self, Part};
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, BindError, Bindery, Binding};
use pishkhan_office::previews::Workshop;

use crate::layout::Fault;
use crate::problem::Problem;
use crate::who::Sender;

/// How often binding begins anew when photos change while a worker is at it, as in another tab.
const TRIES: u32 = 3;

/// What became of it.
#[derive(Default)]
pub struct Settled {
    pub faults: Vec<Fault>,
    /// Whether a fault is ours, so that trying again later may help.
    pub is_ours: bool,
}

/// Binds the photos of a draft if that is asked for, or if what was bound is out of date. What can't be bound anew is taken out:
/// nobody is to send a PDF that shows other photos than the letter has.
pub async fn settle(sender: &Sender, draft: &LetterId, is_asked: bool) -> Result<Settled, Problem> {
    let files = draft_files(sender, draft).await?;
    let is_outdated = letters::binding(&files) == Binding::OutOfDate;
    if !is_asked && !is_outdated {
        return Ok(Settled::default());
    }
    let mut settled = Settled::default();
    match try_to_bind(sender, draft).await {
        Ok(()) => return Ok(settled),
        Err(Trouble::Problem(problem)) => return Err(problem),
        // One photo alone needs no binding.
        Err(Trouble::Bind(BindError::TooFew)) if !is_asked => {}
        Err(trouble) => {
            settled.is_ours = matches!(trouble, Trouble::Off | Trouble::Bind(BindError::Ours(_)));
            settled.faults.push(fault(trouble.text(sender)));
        }
    }
    if is_outdated {
        let mut tx = sender.begin().await?;
        match letters::drop_binding(&mut tx, &sender.actor, draft).await {
            Ok(()) => tx.commit().await?,
            Err(BindError::Store(error)) => return Err(error.into()),
            // Submitted or discarded meanwhile; whoever goes on will see.
            Err(_) => return Ok(settled),
        }
        if !settled.faults.is_empty() {
            settled.faults.push(fault(sender.words.t("bind-dropped").to_owned()));
        }
    }
    Ok(settled)
}

async fn draft_files(sender: &Sender, draft: &LetterId) -> Result<Vec<files::File>, Problem> {
    let mut tx = sender.read().await?;
    if letters::find_draft(&mut tx, &sender.actor.id, draft).await?.is_none() {
        return Ok(Vec::new());
    }
    let mut files = files::of_letter(&mut tx, draft).await?;
    files.retain(|file| file.part == Part::Letter);
    Ok(files)
}

/// Why nothing was bound.
enum Trouble {
    /// There is no workshop here.
    Off,
    /// The photos kept changing.
    Unsteady,
    Bind(BindError),
    Problem(Problem),
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Trouble {
        Trouble::Problem(problem)
    }
}

impl From<BindError> for Trouble {
    fn from(error: BindError) -> Trouble {
        match error {
            BindError::Store(error) => Trouble::Problem(error.into()),
            error => Trouble::Bind(error),
        }
    }
}

async fn try_to_bind(sender: &Sender, draft: &LetterId) -> Result<(), Trouble> {
    let workshop = sender.app.workshop.as_ref().ok_or(Trouble::Off)?;
    for _ in 0..TRIES {
        if bind_once(sender, workshop, draft).await? {
            return Ok(());
        }
    }
    Err(Trouble::Unsteady)
}

/// Binds the photos as they are now. Answers false when they changed meanwhile.
async fn bind_once(sender: &Sender, workshop: &Workshop, draft: &LetterId) -> Result<bool, Trouble> {
    let app = &sender.app;
    let mut tx = sender.begin().await?;
    let photos = letters::begin_binding(&mut tx, &app.rules, &sender.actor, draft).await?;
    tx.commit().await.map_err(Problem::from)?;
    let bindery = Bindery {
        db: &app.db,
        clock: &app.clock,
        vault: &app.vault,
        workshop,
        organisation: &sender.organisation.id,
        // As large as any file: what is larger, the scanner is not set up for.
        most_bytes: app.rules.letters.file_bytes,
    };
    let arrival = letters::bind(bindery, &photos).await?;
    let mut tx = sender.begin().await?;
    let name = sender.words.t("bind-file-name");
    if !letters::keep_binding(&mut tx, &sender.actor, &photos, name, &arrival).await? {
        return Ok(false);
    }
    tx.commit().await.map_err(Problem::from)?;
    Ok(true)
}

impl Trouble {
    fn text(&self, sender: &Sender) -> String {
        let words = sender.words;
        let key = match self {
            Trouble::Unsteady => "bind-unsteady",
            Trouble::Bind(BindError::TooFew) => "bind-too-few",
            Trouble::Bind(BindError::Waiting { name }) => return words.a("bind-waiting", "name", name),
            Trouble::Bind(BindError::Infected { name }) => return words.a("bind-infected", "name", name),
            Trouble::Bind(BindError::Broken { name: Some(name) }) => return words.a("bind-broken", "name", name),
            Trouble::Bind(BindError::Broken { name: None }) => "bind-broken-somewhere",
            Trouble::Bind(BindError::TooLarge) => "bind-too-large",
            Trouble::Bind(BindError::TooSlow) => "bind-too-slow",
            Trouble::Bind(BindError::TooMany { until }) => {
                return words.a("bind-too-many", "time", sender.page("").again_when(until));
            }
            Trouble::Off
            | Trouble::Problem(_)
            | Trouble::Bind(BindError::NoDraft | BindError::Ours(_) | BindError::Store(_)) => "bind-ours",
        };
        words.t(key).to_owned()
    }
}

fn fault(text: String) -> Fault {
    Fault { field: "files", text }
}
