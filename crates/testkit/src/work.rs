//! What people do with a letter between its registration and its answer: refer, note, ask, reply.

use pishkhan_office::ids::LetterId;

use crate::answer::Answer;
use crate::form::Form;
use crate::sender::Sender;
use crate::staff::Staff;
use crate::upload::Attachment;

impl Staff {
    /// The form of a referral to the unit of that name, or to a person of it.
    pub async fn referral(&self, letter: &LetterId, unit: &str, person: Option<&Staff>, purpose: &str) -> Form {
        let unit = self.app().unit(unit).id.to_string();
        let to = person.map_or(unit.clone(), |person| format!("{unit}.{}", person.account.id));
        self.dialog(letter, "referrals").await.fill("to", &to).fill("purpose", purpose)
    }

    /// Refers a letter to a unit, for that purpose.
    pub async fn refers(&self, letter: &LetterId, unit: &str, purpose: &str, text: &str) -> Answer {
        self.referral(letter, unit, None, purpose).await.fill("text", text).send().await.is(303)
    }

    /// The form by which the last referral that this person can end is ended: `completion` or `return`.
    pub async fn ending(&self, letter: &LetterId, how: &str) -> Form {
        let page = self.letter(letter).await;
        let link = page.attributes(&format!("#circulation a[href$=\"/{how}\"]"), "href").pop();
        let link = link.unwrap_or_else(|| panic!("nothing here has a {how}"));
        self.get(&link).await.ok().form(&link)
    }

    /// Writes a note on a letter.
    pub async fn notes(&self, letter: &LetterId, text: &str) -> Answer {
        let form = self.letter(letter).await.form(&format!("/desk/letters/{letter}/notes"));
        form.fill("text", text).send().await.is(303)
    }

    /// Asks the letter's sender something.
    pub async fn asks(&self, letter: &LetterId, text: &str, files: &[Attachment]) -> Answer {
        let form = self.dialog(letter, "questions").await.fill("text", text);
        let form = files.iter().fold(form, |form, file| form.attach("files", file.clone()));
        self.decides(form).await
    }
}

impl Sender {
    /// The form in which the sender replies or writes about a letter: `reply` or `messages`.
    pub async fn thread(&self, letter: &LetterId, what: &str) -> Form {
        self.letter(letter).await.form(&format!("/letters/{letter}/{what}"))
    }

    /// Replies to the unit's question.
    pub async fn replies(&self, letter: &LetterId, text: &str, files: &[Attachment]) -> Answer {
        let form = self.thread(letter, "reply").await.fill("text", text);
        files.iter().fold(form, |form, file| form.attach("files", file.clone())).send().await.is(303)
    }

    /// Writes about a registered letter, unasked.
    pub async fn writes_about(&self, letter: &LetterId, text: &str) -> Answer {
        self.thread(letter, "messages").await.fill("text", text).send().await.is(303)
    }
}
