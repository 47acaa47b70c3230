//! Saving a letter, guarded by its version.

use pishkhan_persian::text::search_key_without_spaces;
use pishkhan_store::{Result, Tx, query};

use crate::ids::{KindId, StaffId, UnitId};
use crate::letters::letter::{Above, Letter, RepresentativeKind, Stale};
use crate::letters::states::{Outcome, State};

/// Saves the letter if nobody saved it since it was read; it then has the next version. What is late goes to another unit unescalated: who
/// signs above that one doesn't know of it yet. So does what is classified higher: who knew of it may not see it any more.
#[expect(clippy::too_many_lines, reason = "one statement with every column of a letter, each bound on its line")]
pub(crate) async fn save(tx: &mut Tx, letter: &mut Letter) -> Result<Result<(), Stale>> {
    let organisation = tx.organisation().0.clone();
    let state = &letter.state;
    let (submission, registration, answer) = (state.submission(), state.registration(), state.answer());
    let (rejection, work, objection) = (state.rejection(), state.work(), state.objection());
    let representative = letter.content.representative.as_ref();
    let number = answer.and_then(|answer| answer.number.as_ref());
    let returned = match state {
        State::Returned(_, returned) => Some(returned),
        _ => None,
    };
    let question = match state {
        State::AwaitingSender(_, _, _, question) => Some(question),
        _ => None,
    };
    let proposal = match state {
        State::AnswerReview(_, _, _, proposal) => Some(proposal),
        _ => None,
    };
    let objection_until = match state {
        State::Closed(_, _, answer, _) | State::Objected(_, Outcome::Answered(_, answer), _) => {
            Some(answer.objection_until)
        }
        State::Objected(_, Outcome::Rejected(rejection), _) => Some(rejection.objection_until),
        _ => state.objection_until(),
    };
    let ended = match state {
        State::Withdrawn(_, ended) | State::Lapsed(_, ended) => Some(ended.at.0),
        _ => None,
    };
    let closed = match state {
        State::Closed(_, _, _, at) => Some(at.0),
        _ => None,
    };
    let saved = query(
        "update letters set
             state = $4, version = version + 1, unit_id = $5, sender_name = $6, sender_kind = $7, subject = $8, body = $9,
             changed_at = $10,
             submitted_at = $11, receipt_code = $12, body_sha256 = $13, review_due_at = $14,
             registered_at = $15, registered_by = $16, number_printed = $17, number_direction = $18, tracking_code = $19,
             answer_due_at = $20,
             rejected_at = $21, rejected_by = $22, reason_short = $23, reason_note = $24,
             taken_at = coalesce($25, taken_at), officer_id = case when $25 is null then officer_id else $26 end,
             answered_at = $27, answered_by = $28, answer_text = $29, closed_at = $30,
             files_promised_at = case when $31 is null then null else coalesce(files_promised_at, $31) end,
             files_until_at = $32,
             classification = $33, holder_unit_id = $34, raised_to_unit_id = $35, reviewer_id = $36,
             returned_at = $37, returned_by = $38, return_note = $39, asked_at = $40, asked_by = $41, wait_until_at = $42,
             warnings = case when $42 is null then 0 else warnings end,
             proposed_at = $43, proposed_by = $44, answer_number = $45, answer_number_direction = $46,
             answer_opened_at = case when $27 is null then null else coalesce($47, answer_opened_at) end, objection_until_at = $48, objected_at = $49, objection_text = $50,
             objection_due_at = $51, ended_at = $52, rating = $53, rating_text = $54, rated_at = $55,
             kind_id = $56,
             representative_kind = $57, representative_name = $58, representative_paper = $59, representative_until = $60,
             representative_until_at = $61, priority = $62, own_number = $63, own_date = $64,
             sender_folded = $65, answer_authority = $66, answer_withheld = $67, ground = $68,
             came_back_at = case when holder_unit_id = $34
                 and $4 not in ('answered', 'rejected', 'withdrawn', 'lapsed', 'closed') then came_back_at end,
             escalated_at = case when escalated_at is null
                 or (coalesce(nullif(holder_unit_id, ''), unit_id) = coalesce(nullif($34, ''), $5) and classification >= $33)
                 then escalated_at else 0 end
         where organisation_id = $1 and id = $2 and version = $3",
    )
    .bind(organisation)
    .bind(letter.id.as_str())
    .bind(letter.version)
    .bind(state.as_str())
    .bind(letter.unit().map_or("", UnitId::as_str))
    .bind(&letter.content.sender_name)
    .bind(letter.content.sender_kind.as_str())
    .bind(&letter.content.subject)
    .bind(&letter.content.body)
    .bind(letter.changed_at.0)
    .bind(submission.map(|s| s.at.0))
    .bind(submission.map(|s| s.receipt.full()))
    .bind(submission.map(|s| s.text_sha256.clone()))
    .bind(submission.map(|s| s.review_due.0))
    .bind(registration.map(|r| r.at.0))
    .bind(registration.map(|r| r.by.as_str()))
    .bind(registration.map(|r| r.number.as_str()))
    .bind(registration.map(|r| r.direction.as_str()))
    .bind(registration.map(|r| r.tracking.as_str()))
    .bind(registration.map(|r| r.answer_due.0))
    .bind(rejection.map(|r| r.at.0))
    .bind(rejection.map(|r| r.by.as_str()))
    .bind(rejection.map(|r| r.reason.as_str()))
    .bind(rejection.map(|r| r.note.as_str()))
    .bind(work.map(|w| w.since.0))
    .bind(work.and_then(|w| w.officer.as_ref()).map(StaffId::as_str))
    .bind(answer.map(|a| a.at.0))
    .bind(answer.map(|a| a.by.as_str()))
    .bind(answer.map(|a| a.text.as_str()))
    .bind(closed)
    .bind(letter.content.has_files_following.then_some(letter.changed_at.0))
    .bind(submission.and_then(|s| s.files_until).map(|until| until.0))
    .bind(letter.classification.level())
    .bind(letter.holder.as_ref().map_or("", UnitId::as_str))
    .bind(letter.raised_to.as_ref().map(Above::as_str))
    .bind(letter.reviewer.as_ref().map_or("", StaffId::as_str))
    .bind(returned.map(|r| r.at.0))
    .bind(returned.map(|r| r.by.as_str()))
    .bind(returned.map(|r| r.note.as_str()))
    .bind(question.map(|q| q.at.0))
    .bind(question.map(|q| q.by.as_str()))
    .bind(state.waits_until().map(|until| until.0))
    .bind(proposal.map(|p| p.at.0))
    .bind(proposal.map(|p| p.by.as_str()))
    .bind(number.map(|n| n.printed.as_str()))
    .bind(number.map(|n| n.direction.as_str()))
    .bind(answer.and_then(|a| a.opened_at).map(|at| at.0))
    .bind(objection_until.map(|until| until.0))
    .bind(objection.map(|o| o.at.0))
    .bind(objection.map(|o| o.text.as_str()))
    .bind(objection.map(|o| o.due.0))
    .bind(ended)
    .bind(letter.rating.as_ref().map(|rating| i64::from(rating.steps)))
    .bind(letter.rating.as_ref().map(|rating| rating.text.as_str()))
    .bind(letter.rating.as_ref().map(|rating| rating.at.0))
    .bind(letter.content.kind.as_ref().map_or("", KindId::as_str))
    .bind(representative.and_then(|r| r.kind).map_or("", RepresentativeKind::as_str))
    .bind(representative.map_or("", |r| r.name.as_str()))
    .bind(representative.map_or("", |r| r.paper.as_str()))
    .bind(representative.map_or("", |r| r.until.as_str()))
    .bind(representative.and_then(|r| r.ends_at).map(|end| end.0))
    .bind(letter.priority.level())
    .bind(&letter.own.number)
    .bind(&letter.own.date)
    .bind(search_key_without_spaces(&letter.content.sender_name))
    .bind(answer.and_then(|a| a.ending.authority()))
    .bind(answer.and_then(|a| a.ending.withheld()))
    .bind(answer.and_then(|a| a.ending.ground()).or(rejection.and_then(|r| r.ground.as_deref())))
    .execute(tx.connection())
    .await?;
    if saved.rows_affected() == 0 {
        return Ok(Err(Stale));
    }
    letter.version += 1;
    Ok(Ok(()))
}
