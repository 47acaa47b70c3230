//! The tray's lists as an officer, a signer and an auditor read them: what their units hold, what was referred or raised to them,
//! in its order and page by page; and nothing of other units.

use pishkhan_office::accounts::staff::{self, NewPost};
use pishkhan_office::actor::Role;
use pishkhan_testkit::{Letter, Staff, TestApp, on_both};

const DAY: u64 = 24 * 60 * 60;

/// Registered letters with these subjects, for the unit.
async fn registered(app: &TestApp, unit: &'static str, subjects: &[&'static str]) {
    let sender = app.sender("09121234567").signs_in().await;
    let reviewer = app.reviewer().await;
    for subject in subjects {
        let letter = sender.sends(&Letter { subject, unit, ..Letter::default() }).await;
        reviewer.registers(&letter).await;
    }
}

async fn subjects(staff: &Staff, view: &str) -> Vec<String> {
    let mut found = staff.get(&format!("/desk?show={view}")).await.ok().all(".rows .sub");
    found.sort();
    found
}

#[tokio::test]
async fn an_officer_finds_what_the_unit_holds_and_what_was_referred_and_nothing_else() {
    on_both(async |app| {
        registered(&app, "شکایات", &["ours", "ours waiting"]).await;
        registered(&app, "امور مالی", &["theirs", "theirs waiting", "referred", "to me waiting", "moved here"]).await;
        app.execute("update letters set answer_due_at = registered_at - 1").await;
        app.execute(
            "update letters set state = 'awaiting_sender', asked_at = 1, asked_by = registered_by, taken_at = 1,
                 wait_until_at = registered_at + 1000
             where subject like '%waiting'",
        )
        .await;
        app.execute(
            "insert into referrals (organisation_id, id, letter_id, parent_id, hop, from_unit_id, from_staff_id, to_unit_id,
                                    to_staff_id, purpose, text, at)
             select l.organisation_id, 'r' || l.id, l.id, '', 1, l.unit_id, '', u.id,
                    case when l.subject = 'to me waiting' then (select s.id from staff s join posts p
                             on p.organisation_id = s.organisation_id and p.staff_id = s.id and p.unit_id = u.id
                           where s.organisation_id = l.organisation_id and p.role = 'officer') else '' end,
                    'action', '', l.registered_at
             from letters l join units u on u.organisation_id = l.organisation_id and u.name = 'شکایات'
             where l.organisation_id = 'nemune' and l.subject in ('referred', 'to me waiting')",
        )
        .await;
        app.execute("update letters set was_referred = 1 where subject in ('referred', 'to me waiting')").await;
        app.execute(
            "update letters set holder_unit_id = (select u.id from units u where u.organisation_id = letters.organisation_id
                                                    and u.name = 'شکایات')
             where subject = 'moved here'",
        )
        .await;
        let officer = app.officer("شکایات").await;
        assert_eq!(subjects(&officer, "near").await, ["moved here", "ours", "referred"]);
        assert_eq!(subjects(&officer, "waiting").await, ["ours waiting", "to me waiting"]);
        let waiting = officer.get("/desk?show=waiting").await.ok();
        assert!(!waiting.has(".rows .late"), "the sender's time is over, and the house is not late");
        assert_eq!(subjects(&officer, "referred").await, ["referred", "to me waiting"]);
        assert_eq!(subjects(&officer, "untaken").await, ["moved here", "ours"]);
        assert_eq!(subjects(&officer, "unit").await, ["moved here", "ours", "ours waiting"]);
        assert!(subjects(&officer, "done").await.is_empty(), "nothing is over, or out of their hands");
        let all = ["moved here", "ours", "referred", "theirs"];
        assert_eq!(subjects(&app.reviewer().await, "near").await, all);
        let auditor = app.staff(Role::Auditor).await;
        assert_eq!(subjects(&auditor, "near").await, all);
        assert_eq!(subjects(&auditor, "untaken").await, all);
        let waiting = ["moved here", "ours", "ours waiting", "referred", "theirs", "theirs waiting", "to me waiting"];
        assert_eq!(subjects(&auditor, "unit").await, waiting);
        assert!(subjects(&auditor, "done").await.is_empty());
        assert_eq!(subjects(&app.reviewer().await, "done").await, all, "those that wait for their senders apart");
        // A referral that is done or was sent back is on nobody's list, and the letter stays in sight.
        app.execute("update referrals set done_at = 1").await;
        assert!(subjects(&officer, "referred").await.is_empty());
        assert_eq!(subjects(&officer, "done").await, ["referred"]);
        assert_eq!(subjects(&officer, "near").await, ["moved here", "ours", "referred"]);
    })
    .await;
}

#[tokio::test]
async fn what_was_referred_is_near_and_late_by_its_own_day_to_whoever_it_was_referred_to() {
    on_both(async |app| {
        let (sender, officer, letter) = app.letter_in_hand().await;
        sender.sends(&Letter { subject: "unreviewed", ..Letter::default() }).await;
        let subject = Letter::default().subject;
        // Until Saturday the 25th; the letter itself has weeks.
        let form = officer.referral(&letter, "امور مالی", None, "answer").await;
        form.fill("text", "بدهی دارد؟").fill("days", "۵").send().await.is(303);
        assert!(subjects(&app.officer("امور مالی").await, "near").await.is_empty());

        app.wait(6 * DAY).await;
        let asked = app.officer("امور مالی").await;
        let page = asked.get("/desk?show=near").await.ok();
        assert_eq!((page.all(".rows .sub").len(), page.all(".rows .due").len()), (1, 1));
        assert_eq!(page.one("[data-count=near]"), "۱");
        assert_eq!(subjects(&app.signer("امور مالی").await, "near").await, [subject]);
        let officer = app.officer("شکایات").await;
        assert!(subjects(&officer, "near").await.is_empty(), "the letter has time, and the opinion is not theirs");
        for view in ["near&late=1", "referred&late=1"] {
            assert!(subjects(&asked, view).await.is_empty(), "{view}");
        }
        // The house's clock stands still while the sender is asked; whoever owes an opinion owes it still.
        officer.asks(&letter, "کدام ملک؟", &[]).await;

        app.wait(DAY).await;
        let asked = app.officer("امور مالی").await;
        for view in ["near", "referred", "near&late=1", "referred&late=1"] {
            let page = asked.get(&format!("/desk?show={view}")).await.ok();
            assert_eq!(
                (page.all(".rows .sub"), page.all(".rows .late").len()),
                (vec![subject.to_owned()], 1),
                "{view}"
            );
        }
        let reviewer = app.reviewer().await;
        assert_eq!(subjects(&reviewer, "near").await, ["unreviewed"], "by the letter's own deadline");
        let mut tx = app.begin().await;
        let post = NewPost { unit: None, title: "دبیرخانه".into(), role: Role::Reviewer };
        staff::add_post(&mut tx, &asked.account.id, &post).await.expect("they review, too");
        tx.commit().await.expect("it is kept");
        for view in ["near", "near&late=1"] {
            let page = asked.get(&format!("/desk?show={view}")).await.ok();
            assert_eq!(page.all(".rows .sub"), ["unreviewed", subject], "what is due first stands on top");
            assert_eq!(page.all(".rows .late").len(), 2);
        }
        let opinion = asked.ending(&letter, "completion").await.fill("text", "بدهی ندارد");
        opinion.send().await.is(303);
        assert_eq!(subjects(&asked, "near").await, ["unreviewed"]);
    })
    .await;
}

#[tokio::test]
async fn letters_due_at_once_stand_as_they_came_and_lead_on_across_the_pages() {
    on_both(async |app| {
        app.waiting_letters("شکایات", 101).await;
        app.execute("update letters set submitted_at = submitted_at + cast(substr(subject, 6) as bigint)").await;
        let reviewer = app.reviewer().await;
        let subjects = |range: std::ops::Range<u8>| range.map(|n| format!("نامه {n}")).collect::<Vec<_>>();
        let first = reviewer.get("/desk?show=review").await.ok();
        assert_eq!(first.all(".rows .sub"), subjects(0..50));
        let second = reviewer.get(&first.attribute("a[rel=next]", "href")).await.ok();
        assert_eq!(second.all(".rows .sub"), subjects(50..100));
        assert_eq!(second.attribute("a[rel=prev]", "href"), "/desk?show=review");
        let third = reviewer.get(&second.attribute("a[rel=next]", "href")).await.ok();
        assert_eq!(third.all(".rows .sub"), subjects(100..101));
        let back = reviewer.get(&third.attribute("a[rel=prev]", "href")).await.ok();
        assert_eq!(back.all(".rows .sub"), subjects(50..100));
        // From the last letter of a page to the first of the next, and back.
        let last = first.attributes(".rows a", "href").pop().expect("a letter");
        let page = reviewer.get(&last).await.ok();
        let [_, next]: [String; 2] =
            page.attributes("article .push a.ib", "href").try_into().expect("a letter before and one after");
        let page = reviewer.get(&next).await.ok();
        assert_eq!((page.one("#letter-title"), page.all(".rows .sub")), ("نامه 50".into(), subjects(50..100)));
        let [before, _]: [String; 2] =
            page.attributes("article .push a.ib", "href").try_into().expect("a letter before and one after");
        let page = reviewer.get(&before).await.ok();
        assert_eq!((page.one("#letter-title"), page.all(".rows .sub")), ("نامه 49".into(), subjects(0..50)));
        // A letter that stands further down has those around it beside it.
        let id = app.texts("select id from letters where subject = 'نامه 70'").await.remove(0);
        let page = reviewer.get(&format!("/desk/letters/{id}")).await.ok();
        assert_eq!(page.all(".rows .sub"), subjects(46..96));
        assert_eq!(page.attributes("article .push a.ib", "href").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_done_is_read_page_by_page_the_newest_first() {
    on_both(async |app| {
        let waiting = app.waiting_letters("شکایات", 55).await;
        assert_eq!(waiting.len(), 55);
        app.execute(
            "update letters set state = 'withdrawn', ended_at = submitted_at, registered_at = null,
                 changed_at = submitted_at + 1000 * cast(substr(subject, 6) as bigint)",
        )
        .await;
        let reviewer = app.reviewer().await;
        let first = reviewer.get("/desk?show=done").await.ok();
        let rows = first.all(".rows .sub");
        assert_eq!((rows.len(), rows[0].as_str(), rows[49].as_str()), (50, "نامه 54", "نامه 5"));
        let next = reviewer.get(&first.attribute("a[rel=next]", "href")).await.ok();
        assert_eq!(next.all(".rows .sub"), ["نامه 4", "نامه 3", "نامه 2", "نامه 1", "نامه 0"]);
        // Sieved it leads on just so.
        let sieved = reviewer.get("/desk?show=done&state=withdrawn").await.ok();
        assert_eq!(sieved.all(".rows .sub"), rows);
        let sieved = reviewer.get(&sieved.attribute("a[rel=next]", "href")).await.ok();
        assert_eq!(sieved.all(".rows .sub").len(), 5);
        let none = reviewer.get("/desk?show=done&state=closed").await.ok();
        none.says("نامه‌ای با این فیلترها نیست.");
        assert!(!none.has("a[rel=next]"));
    })
    .await;
}

#[tokio::test]
async fn where_a_sieve_has_gone_through_its_letters_the_list_leads_on_and_back() {
    on_both(async |app| {
        app.waiting_letters("شکایات", 2).await;
        // One is the newest of all and one the oldest, and between them are more than one page goes through.
        app.execute(
            "update letters set state = 'withdrawn', ended_at = submitted_at,
                 changed_at = case when subject = 'نامه 1' then submitted_at else submitted_at - 20000 end",
        )
        .await;
        app.execute(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 10001)
             insert into letters (organisation_id, id, sender_id, state, version, unit_id, sender_name, sender_kind, subject,
                                  body, token, created_at, changed_at, submitted_at)
             select l.organisation_id, 'fffffffffffffffffffff' || replace(replace(replace(replace(cast(10000 + n.i as text),
                        '0', 'a'), '1', 'b'), '8', 'c'), '9', 'd'),
                    'nobody', 'closed', 1, l.unit_id, '', 'person', '', '', 'filled ' || cast(n.i as text),
                    l.submitted_at, l.submitted_at - n.i, l.submitted_at
             from letters l, n where l.subject = 'نامه 1'",
        )
        .await;
        let reviewer = app.reviewer().await;
        let view = "/desk?show=done&state=withdrawn";
        let first = reviewer.get(view).await.ok();
        assert_eq!(first.all(".rows .sub"), ["نامه 1"]);
        first.says("نامه بررسی شد");
        let older = first.attribute("a[rel=next]", "href");
        // Beside its last letter nobody knows the next one yet, and the way leads to the page on which it is.
        let letter = reviewer.get(&first.attribute(".rows a", "href")).await.ok();
        assert_eq!(letter.attributes("article .push a.ib", "href"), std::slice::from_ref(&older));
        assert_eq!(letter.attribute("article .push a.ib", "aria-label"), "نامه‌های بعدی");
        let second = reviewer.get(&older).await.ok();
        assert_eq!(second.all(".rows .sub"), ["نامه 0"]);
        assert!(!second.has("a[rel=next]"));
        assert_eq!(second.attribute("a[rel=prev]", "href"), view);
        let letter = reviewer.get(&second.attribute(".rows a", "href")).await.ok();
        assert_eq!(letter.attributes("article .push a.ib", "href"), [view]);
        assert_eq!(letter.attribute("article .push a.ib", "aria-label"), "نامه‌های قبلی");
        // As long as some are left it is not said that there is none.
        let none = reviewer.get("/desk?show=done&state=lapsed").await.ok();
        none.says("تا اینجا نامه‌ای با این فیلترها نیست.");
        let none = reviewer.get(&none.attribute("a[rel=next]", "href")).await.ok();
        none.says("نامه‌ای با این فیلترها نیست.");
        none.hides("تا اینجا");
        assert_eq!(none.attribute("a[rel=prev]", "href"), "/desk?show=done&state=lapsed");
        // What filled the archive was never written, and is in no index.
        app.execute("delete from letters where sender_id = 'nobody'").await;
    })
    .await;
}
