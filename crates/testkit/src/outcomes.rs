//! What people do towards the end of a letter: drafts, signatures, objections, ratings.

use pishkhan_office::ids::LetterId;

use crate::answer::Answer;
use crate::form::Form;
use crate::sender::Sender;
use crate::staff::Staff;

impl Staff {
    /// The form of an answer, with this text.
    pub async fn writes_answer(&self, letter: &LetterId, text: &str) -> Form {
        self.dialog(letter, "answer").await.fill("text", text)
    }

    /// Sends an answer to its signer.
    pub async fn proposes(&self, letter: &LetterId, text: &str) -> Answer {
        self.writes_answer(letter, text).await.press("next", "propose").send().await.is(303)
    }

    /// Issues what was proposed.
    pub async fn issues(&self, letter: &LetterId) -> Answer {
        let form = self.dialog(letter, "issue").await;
        self.decides(form).await
    }

    /// Sends what was proposed back.
    pub async fn sends_back(&self, letter: &LetterId, remark: &str) -> Answer {
        self.dialog(letter, "remark").await.fill("text", remark).send().await.is(303)
    }

    /// Decides an objection: `uphold` or `reconsider`.
    pub async fn rules(&self, letter: &LetterId, ruling: &str, text: &str) -> Answer {
        let form = self.dialog(letter, "ruling").await.fill("ruling", ruling).fill("text", text);
        self.decides(form).await
    }

    /// Opens a closed letter again.
    pub async fn reopens(&self, letter: &LetterId, reason: &str) -> Answer {
        let form = self.dialog(letter, "reopening").await.fill("text", reason);
        self.decides(form).await
    }
}

impl Sender {
    /// The form of an objection, with this text.
    pub async fn writes_objection(&self, letter: &LetterId, text: &str) -> Form {
        let action = format!("/letters/{letter}/objection");
        self.get(&action).await.ok().form(&action).fill("text", text)
    }

    pub async fn objects(&self, letter: &LetterId, text: &str) -> Answer {
        self.writes_objection(letter, text).await.send().await.is(303)
    }

    /// Rates a letter on its page.
    pub async fn rates(&self, letter: &LetterId, steps: u8, sentence: &str) -> Answer {
        let form = self.letter(letter).await.form(&format!("/letters/{letter}/rating"));
        form.fill("steps", &steps.to_string()).fill("sentence", sentence).send().await.is(303)
    }
}
