//! Pages and API. It holds no SQL and no rule: a handler asks who is asking, begins work, calls one act of the office, commits,
//! and shows a page or sends the reader on.

pub mod app;
pub mod arrivals;
pub mod assets;
pub mod attachment;
pub mod certified;
pub mod compression;
pub mod cookies;
pub mod counter;
pub mod csv;
pub mod delivery;
pub mod demo;
pub mod desk;
pub mod form;
pub mod gateways;
pub mod layout;
pub mod links;
pub mod metrics;
pub mod problem;
pub mod ready;
pub mod representing;
pub mod serve;
pub mod served;
pub mod stranger;
pub mod tenant;
pub mod visit;
pub mod who;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};

use crate::app::App;
use crate::problem::Problem;

/// The whole router in one place.
#[expect(clippy::too_many_lines, reason = "a line for each route, where they are looked for")]
pub fn router(app: App) -> Router {
    let megabyte = 1024 * 1024;
    let letters = &app.rules.letters;
    // All files at their largest, one more to be told that it is too many, and the form around them.
    let upload =
        (letters.files as usize + 2) * usize::try_from(letters.file_bytes).unwrap_or(usize::MAX / 64) + megabyte;
    let with_files = DefaultBodyLimit::max(upload);
    // Machines.
    let machines = Router::new()
        .route("/health", get(ready::health))
        .route("/ready", get(ready::ready))
        .layer(middleware::map_response(tenant::guarded_asset))
        .with_state(ready::Watch::of(app.clone()));
    // Gateways, which call by any host, and programs that watch.
    let gateways = Router::new()
        .route("/metrics", get(metrics::show))
        .route("/gateways/{route}/{secret}", get(gateways::create).post(gateways::create))
        .layer(DefaultBodyLimit::max(gateways::LARGEST))
        .layer(middleware::map_response(tenant::guarded_asset))
        .with_state(app.clone());
    let pages = Router::new()
        // Visitors.
        .route("/", get(counter::sign_in::start))
        .route("/sign-in", post(counter::sign_in::create))
        .route("/sign-in/code", get(counter::code::show).post(counter::code::create))
        .route("/sign-in/wait", post(counter::wait::create))
        .route("/sign-in/image/{token}", get(counter::image::show))
        .route("/tracking", get(counter::tracking::start).post(counter::tracking::create))
        .route("/help", get(counter::help::show))
        .route("/preferences", post(counter::preferences::create))
        // Senders.
        .route("/letters", get(counter::history::show))
        .route("/letters/new", get(counter::draft::form))
        .route("/drafts", post(counter::draft::create).layer(with_files))
        .route("/drafts/{draft}", get(counter::draft::show).post(counter::draft::change).layer(with_files))
        .route("/drafts/{draft}/submission", post(counter::submission::create))
        .route("/drafts/{draft}/disposal", post(counter::draft::dispose))
        .route("/drafts/{draft}/uploads", counter::uploads::of_letter())
        .route("/drafts/{draft}/uploads/{upload}", counter::uploads::of_one())
        .route("/letters/{letter}", get(counter::letter::show))
        .route(
            "/letters/{letter}/files",
            get(counter::addition::show).post(counter::addition::create).layer(with_files),
        )
        .route("/letters/{letter}/reply", get(counter::reply::show).post(counter::reply::create).layer(with_files))
        .route(
            "/letters/{letter}/messages",
            get(counter::message::show).post(counter::message::create).layer(with_files),
        )
        .route(
            "/letters/{letter}/completion",
            get(counter::completion::show).post(counter::completion::create).layer(with_files),
        )
        .route("/letters/{letter}/withdrawal", get(counter::withdrawal::show).post(counter::withdrawal::create))
        .route("/letters/{letter}/rewriting", post(counter::rewriting::create))
        .route("/letters/{letter}/receipt", get(counter::receipt::show))
        .route("/letters/{letter}/certificate", get(counter::certificate::show))
        .route(
            "/letters/{letter}/objection",
            get(counter::objection::show).post(counter::objection::create).layer(with_files),
        )
        .route("/letters/{letter}/rating", get(counter::rating::show).post(counter::rating::create))
        .route("/files/{file}", get(counter::file::show))
        .route("/files/{file}/opening", post(counter::file::open))
        .route("/files/{file}/pages/{page}/{width}", get(counter::picture::show))
        .route("/account", get(counter::account::show).post(counter::account::change))
        .route("/account/earlier", get(counter::earlier::show).post(counter::earlier::create))
        .route("/account/withheld", get(counter::withheld::show).post(counter::withheld::create))
        .route("/account/number", get(counter::number::show).post(counter::number::create))
        .route("/account/number/codes", get(counter::number_codes::show).post(counter::number_codes::create))
        .route("/account/email", get(counter::email::show).post(counter::email::create))
        .route("/account/email/code", post(counter::email::confirm))
        .route("/sign-out", post(counter::account::sign_out))
        // Staff.
        .route("/desk", get(desk::tray::show))
        .route("/desk/views", post(desk::view::create))
        .route("/desk/views/{view}/removal", post(desk::view::remove))
        .route("/desk/selection", get(desk::selection::show).post(desk::selection::create))
        .route(
            "/desk/selection/referrals",
            get(desk::selection::referral::show).post(desk::selection::referral::create),
        )
        .route("/desk/selection/undoing", post(desk::selection::undoing::create))
        .route("/desk/selection/handover", get(desk::selection::handover::show).post(desk::selection::handover::create))
        .route("/desk/sign-in", get(desk::sign_in::show).post(desk::sign_in::create))
        .route("/desk/sign-in/second-factor", get(desk::second_factor::show).post(desk::second_factor::create))
        .route("/desk/confirmation", get(desk::confirmation::show).post(desk::confirmation::create))
        .route("/desk/sign-out", post(desk::sign_out::create))
        .route("/desk/invitations/{token}", get(desk::invitation::show).post(desk::invitation::create))
        .route("/desk/events", get(desk::events::show))
        .route("/desk/keys", get(desk::keys::show).post(desk::keys::change))
        .route("/desk/search", get(desk::search::show))
        .route("/desk/search.csv", get(desk::search_table::csv))
        .route("/desk/register", get(desk::register::show))
        .route("/desk/register.csv", get(desk::register::csv))
        .route("/desk/register.pdf", get(desk::book_sheets::pdf))
        .route("/desk/reports", get(desk::reports::show))
        .route("/desk/reports.csv", get(desk::reports::csv))
        .route("/desk/routes", get(desk::routes::show))
        .route("/desk/routes/retry", post(desk::routes::retry))
        .route("/desk/routes/{route}/trial", post(desk::routes::try_one))
        .route("/desk/notices", get(desk::notices::show))
        .route("/desk/notices/{kind}", post(desk::notices::change))
        .route("/desk/numbers", get(desk::numbers::show).post(desk::numbers::create))
        .route("/desk/filing", get(desk::filing::show).post(desk::filing::create).layer(with_files))
        .route("/desk/filing/{letter}", get(desk::filing_check::show).post(desk::filing::change).layer(with_files))
        .route("/desk/filing/{letter}/code", post(desk::filing_check::send_code))
        .route("/desk/filing/{letter}/submission", post(desk::filing_check::create))
        .route("/desk/filing/{letter}/taking", post(desk::filing::take_over))
        .route("/desk/filing/{letter}/disposal", post(desk::filing_check::dispose))
        .route("/desk/letters", get(desk::letters::show))
        .route("/desk/letters.csv", get(desk::letters::csv))
        .route("/desk/letters/{letter}", get(desk::letter::show))
        .route("/desk/letters/{letter}/leaving", post(desk::presence::leave))
        .route("/desk/letters/{letter}/registration", get(desk::registration::show).post(desk::registration::create))
        .route("/desk/letters/{letter}/return", get(desk::returning::show).post(desk::returning::create))
        .route("/desk/letters/{letter}/undoing", post(desk::undoing::create))
        .route("/desk/letters/{letter}/rejection", get(desk::rejection::show).post(desk::rejection::create))
        .route("/desk/letters/{letter}/redirection", get(desk::redirection::show).post(desk::redirection::create))
        .route(
            "/desk/letters/{letter}/classification",
            get(desk::classification::show).post(desk::classification::create),
        )
        .route("/desk/letters/{letter}/receipt", get(desk::receipt::show))
        .route("/desk/letters/{letter}/visit", get(desk::visit::show).post(desk::visit::create).layer(with_files))
        .route(
            "/desk/letters/{letter}/withdrawal",
            get(desk::withdrawal::show).post(desk::withdrawal::create).layer(with_files),
        )
        .route(
            "/desk/letters/{letter}/objection",
            get(desk::objection::show).post(desk::objection::create).layer(with_files),
        )
        .route("/desk/letters/{letter}/slip", get(desk::slip::show))
        .route("/desk/letters/{letter}/certificate", get(desk::certificate::show))
        .route("/desk/letters/{letter}/service", get(desk::service::show).post(desk::service::create))
        .route("/desk/letters/{letter}/rewriting", post(desk::rewriting::create))
        .route(
            "/desk/letters/{letter}/representative",
            get(desk::representative::show).post(desk::representative::create),
        )
        .route("/desk/letters/{letter}/mobile", post(desk::mobile::create))
        .route("/desk/letters/{letter}/awakening", get(desk::awakening::show).post(desk::awakening::create))
        .route("/desk/letters/{letter}/number", get(desk::number::show).post(desk::number::create))
        .route("/desk/letters/{letter}/relations", get(desk::relation::form).post(desk::relation::create))
        .route("/desk/letters/{letter}/relations/removal", post(desk::relation::remove))
        .route("/desk/letters/{letter}/comparison/{other}", get(desk::relation::show))
        .route("/desk/letters/{letter}/assignment", get(desk::assignment::show).post(desk::assignment::create))
        .route("/desk/letters/{letter}/handover", get(desk::handover::show).post(desk::handover::create))
        .route("/desk/letters/{letter}/taking", get(desk::taking::show).post(desk::taking::create))
        .route("/desk/letters/{letter}/answer", get(desk::answer::show).post(desk::answer::create).layer(with_files))
        .route("/desk/letters/{letter}/stamped", get(desk::stamped::show))
        .route("/desk/letters/{letter}/referrals", get(desk::referral::show).post(desk::referral::create))
        .route(
            "/desk/letters/{letter}/referrals/{referral}/completion",
            get(desk::referral_end::show_completion).post(desk::referral_end::complete),
        )
        .route(
            "/desk/letters/{letter}/referrals/{referral}/return",
            get(desk::referral_end::show_return).post(desk::referral_end::send_back),
        )
        .route("/desk/letters/{letter}/referrals/{referral}/recall", get(desk::recall::show).post(desk::recall::create))
        .route("/desk/letters/{letter}/notes", get(desk::note::show).post(desk::note::create))
        .route(
            "/desk/letters/{letter}/questions",
            get(desk::question::show).post(desk::question::create).layer(with_files),
        )
        .route("/desk/letters/{letter}/interim", get(desk::interim::show).post(desk::interim::create).layer(with_files))
        .route("/desk/letters/{letter}/answer/preview", get(desk::answer_preview::show))
        .route("/desk/letters/{letter}/issue", get(desk::issue::show).post(desk::issue::create))
        .route("/desk/letters/{letter}/remark", get(desk::remark::show).post(desk::remark::create))
        .route("/desk/letters/{letter}/retraction", get(desk::retraction::show).post(desk::retraction::create))
        .route("/desk/letters/{letter}/ruling", get(desk::ruling::show).post(desk::ruling::create))
        .route("/desk/letters/{letter}/reopening", get(desk::reopening::show).post(desk::reopening::create))
        // The demo only.
        .route("/demo/messages", get(demo::page))
        .route("/demo/messages.json", get(demo::json))
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::NotFound })
        .layer(middleware::from_fn_with_state(app.clone(), tenant::guard))
        .layer(compression::layer())
        .with_state(app);
    let assets =
        Router::new().route("/assets/{file}", get(assets::show)).layer(middleware::map_response(tenant::guarded_asset));
    assets.merge(machines).merge(gateways).merge(pages)
}
