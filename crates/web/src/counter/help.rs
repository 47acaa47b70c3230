//! Help: the questions people ask, with short answers.

use askama::Template;
use axum::response::Response;

use crate::layout::{self, Page};
use crate::problem::Problem;
use crate::visit::Visit;
use crate::who;

#[derive(Template)]
#[template(path = "counter/help.html")]
struct HelpPage {
    page: Page,
    questions: Vec<(&'static str, &'static str)>,
}

async fn framed(visit: &Visit) -> Result<Page, Problem> {
    let mut page = visit.page("help");
    page.sender_name = who::sender(visit).await?.map(|(_, sender)| sender.name);
    Ok(page)
}

pub async fn show(visit: Visit) -> Result<Response, Problem> {
    let page = framed(&visit).await?;
    let t = |key| page.t(key);
    let questions = vec![
        (t("help-code-question"), t("help-code-answer")),
        (t("help-script-question"), t("help-script-answer")),
        (t("help-files-question"), t("help-files-answer")),
        (t("help-when-question"), t("help-when-answer")),
        (t("help-rejected-question"), t("help-rejected-answer")),
        (t("help-tracking-question"), t("help-tracking-answer")),
        (t("help-shared-question"), t("help-shared-answer")),
        (t("help-privacy-question"), t("help-privacy-answer")),
    ];
    Ok(layout::show(&HelpPage { page, questions }))
}
