//! Crowds for races: many people and many letters, made by the acts themselves, since the pages would take too long.

use std::collections::VecDeque;

use futures_util::future::join_all;
use pishkhan_office::actor::Role;
use pishkhan_office::ids::LetterId;
use pishkhan_office::letters::{self, Content, SenderKind};
use pishkhan_office::persian::{Language, Mobile};
use pishkhan_office::rules::Rules;
use pishkhan_office::senders;

use crate::answer::Answer;
use crate::app::TestApp;
use crate::form::Form;
use crate::plan;
use crate::sender::{Letter, Sender};
use crate::staff::Staff;

impl TestApp {
    /// More reviewers, who came in earlier.
    pub async fn more_reviewers(&self, count: usize) -> Vec<Staff> {
        let mut reviewers = Vec::new();
        for number in 0..count {
            let (email, name) = (format!("reviewer-{number}@example.ir"), format!("بررس {number}"));
            let mut tx = self.begin().await;
            let account = plan::make_account(&mut tx, &email, &name, Role::Reviewer, None).await;
            tx.commit().await.expect("the person is kept");
            reviewers.push(Staff::is_in(self.browser(), account).await);
        }
        reviewers
    }

    /// The one of this role in the unit of this name, or the first of the house, who came in earlier.
    pub async fn came_in(&self, role: Role, unit: Option<&str>) -> Staff {
        let account = match unit {
            Some(unit) => self.account_of(role, Some(&self.unit(unit).id)),
            None => self.account(role),
        };
        Staff::is_in(self.browser(), account).await
    }

    /// One more officer of the unit of this name, who came in earlier.
    pub async fn another_officer(&self, unit: &str, name: &str) -> Staff {
        let mut tx = self.begin().await;
        let unit = self.unit(unit).id.clone();
        let account = plan::make_account(&mut tx, "another@example.ir", name, Role::Officer, Some(&unit)).await;
        tx.commit().await.expect("the person is kept");
        Staff::is_in(self.browser(), account).await
    }

    /// A letter that the officer of the complaints has in hand, with its sender and them.
    pub async fn letter_in_hand(&self) -> (Sender, Staff, LetterId) {
        let sender = self.sender("09121234567").signs_in().await;
        let letter = sender.sends(&Letter::default()).await;
        self.reviewer().await.registers(&letter).await;
        let officer = self.officer("شکایات").await;
        officer.takes(&letter).await;
        (sender, officer, letter)
    }

    /// Letters to this unit that wait for review, from one sender.
    pub async fn waiting_letters(&self, unit: &str, count: usize) -> VecDeque<LetterId> {
        let mut rules = Rules::default();
        rules.limits.drafts_per_sender = 0;
        rules.limits.submissions_per_sender_per_day = 0;
        let mobile = Mobile::parse("09120000000").expect("a mobile number");
        let mut tx = self.begin().await;
        let sender = senders::find_or_make(&mut tx, &rules, &mobile, Language::Persian).await.expect("a sender");
        let mut submitted = VecDeque::new();
        for number in 0..count {
            let content = Content {
                sender_name: "مریم احمدی".into(),
                sender_kind: SenderKind::Person,
                unit: Some(self.unit(unit).id.clone()),
                kind: None,
                representative: None,
                subject: format!("نامه {number}"),
                body: "متن".into(),
                has_files_following: false,
            };
            let token = LetterId::random().to_string();
            let draft = letters::write(&mut tx, &rules, &sender, &token).await.expect("a draft");
            let changed = letters::change(&mut tx, &rules, &sender, &draft.id, content, &[]).await.expect("written");
            let draft = changed.letter;
            let letter = letters::submit(&mut tx, &rules, &sender, &draft.id, draft.version).await.expect("submitted");
            submitted.push_back(letter.id);
        }
        tx.commit().await.expect("the letters are kept");
        submitted
    }
}

/// Sends all forms at the same time.
pub async fn at_once(forms: Vec<Form>) -> Vec<Answer> {
    let sending = forms.into_iter().map(|form| tokio::spawn(async move { form.send().await }));
    join_all(sending).await.into_iter().map(|answer| answer.expect("sending doesn't panic")).collect()
}
