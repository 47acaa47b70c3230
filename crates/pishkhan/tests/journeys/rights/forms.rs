//! The forms of the walk: what a good form of each act has beside the version that was seen.

use pishkhan_testkit::{Attachment, Multipart, TestApp, samples};

use super::house::House;

/// The fields of a route's form, where it has any. What begins with `@` is one of the house's ids.
const FIELDS: &[(&str, &[(&str, &str)])] = &[
    ("/drafts", &[("next", "later"), ("sender_name", "مریم احمدی"), ("subject", "نو")]),
    ("/drafts/{draft}", &[("next", "later"), ("sender_name", "مریم احمدی"), ("subject", "نو")]),
    ("/account", &[("sender_name", "مریم احمدی")]),
    (
        "/desk/filing",
        &[("no_mobile", "yes"), ("sender_name", "گلناز"), ("unit", "@elsewhere"), ("subject", "نو"), ("body", "متن")],
    ),
    ("/desk/views", &[("name", "نمای من"), ("query", "")]),
    ("/desk/keys", &[("keys", "on")]),
    ("/desk/routes/retry", &[("message-0", "yes")]),
    ("/desk/routes/{route}/trial", &[("mobile", "09121234567")]),
    ("/desk/notices/{kind}", &[("sent", "yes")]),
    ("/desk/selection", &[("deed", "register"), ("letter-@submitted", "@version")]),
    (
        "/desk/selection/referrals",
        &[("to", "@elsewhere"), ("purpose", "information"), ("letter-@registered", "@version")],
    ),
    (
        "/desk/selection/handover",
        &[("staff", "@colleague"), ("letter-@registered", "@version"), ("text", "رسیدگی کنید.")],
    ),
    ("/desk/letters/{letter}/return", &[("others", "تصویر کارت ملی"), ("days", "7")]),
    ("/desk/letters/{letter}/rejection", &[("reason", "other"), ("note", "جای دیگر")]),
    ("/desk/letters/{letter}/redirection", &[("unit", "@elsewhere")]),
    ("/desk/letters/{letter}/classification", &[("classification", "normal"), ("priority", "urgent")]),
    ("/desk/letters/{letter}/relations", &[("kind", "duplicate"), ("other", "@other")]),
    ("/desk/letters/{letter}/relations/removal", &[("kind", "duplicate"), ("other", "@other")]),
    ("/desk/letters/{letter}/assignment", &[("staff", "")]),
    ("/desk/letters/{letter}/handover", &[("staff", "@colleague"), ("text", "در مرخصی است.")]),
    ("/letters/{letter}/completion", &[("reply-@returned", "نزد بانک است.")]),
    ("/letters/{letter}/reply", &[("text", "این هم پاسخ من.")]),
    ("/letters/{letter}/messages", &[("text", "یک نکته.")]),
    ("/desk/letters/{letter}/referrals", &[("to", "@elsewhere"), ("purpose", "action"), ("text", "ببینید.")]),
    ("/desk/letters/{letter}/referrals/{referral}/completion", &[("text", "دیدم.")]),
    ("/desk/letters/{letter}/referrals/{referral}/recall", &[("text", "دیگر لازم نیست.")]),
    ("/desk/letters/{letter}/notes", &[("text", "یادداشت")]),
    ("/desk/letters/{letter}/questions", &[("text", "کدام ملک؟")]),
    ("/desk/letters/{letter}/interim", &[("text", "در دست اقدام است.")]),
    ("/desk/letters/{letter}/answer", &[("text", "پاسخ ما این است.")]),
    ("/desk/letters/{letter}/remark", &[("text", "تاریخ را بنویسید.")]),
    ("/desk/letters/{letter}/ruling", &[("ruling", "uphold"), ("text", "تصمیم می‌ماند.")]),
    ("/desk/letters/{letter}/reopening", &[("text", "پاسخ کامل نبود.")]),
    ("/letters/{letter}/objection", &[("text", "موافق نیستم.")]),
    ("/desk/letters/{letter}/withdrawal", &[("text", "پشیمان شد.")]),
    ("/desk/letters/{letter}/objection", &[("text", "موافق نیست.")]),
    ("/letters/{letter}/rating", &[("steps", "5")]),
];

/// Routes whose form brings a file, and the field it is in.
const WITH_FILE: &[(&str, &str)] = &[("/letters/{letter}/files", "files")];

/// A whole form for the route, from a page of that token.
pub fn body(app: &TestApp, house: &House, route: &str, token: &str, version: &str) -> Vec<u8> {
    let mut form = Multipart::default().field("form_token", token).field("version", version);
    let fields = FIELDS.iter().find(|(named, _)| *named == route).map_or(&[][..], |(_, fields)| fields);
    for (name, value) in fields {
        let value = if *value == "@version" { version.to_owned() } else { filled(app, house, value) };
        form = form.field(&filled(app, house, name), value);
    }
    for (_, field) in WITH_FILE.iter().filter(|(named, _)| *named == route) {
        form = form.file(field, &Attachment::new("a.pdf", samples::pdf("rights")));
    }
    form.whole()
}

/// The query of a page that needs one.
pub fn query(house: &House, route: &str) -> String {
    match route {
        "/desk/selection" => format!("?deed=register&letter-{}=1", house.letters["submitted"]),
        "/desk/selection/referrals" | "/desk/selection/handover" => {
            format!("?letter-{}=1", house.letters["registered"])
        }
        "/desk/search.csv" => "?state=submitted".to_owned(),
        "/desk/reports.csv" => "?table=open".to_owned(),
        _ => String::new(),
    }
}

fn filled(app: &TestApp, house: &House, text: &str) -> String {
    text.replace("@elsewhere", app.unit("امور مالی").id.as_str())
        .replace("@other", house.other.as_str())
        .replace("@colleague", house.colleague.as_str())
        .replace("@submitted", house.letters["submitted"].as_str())
        .replace("@registered", house.letters["registered"].as_str())
        .replace("@returned", house.letters["returned"].as_str())
}
