//! Sight: which letters a member of staff may see. One rule for the page, every list, every file and the search.

/// The condition that the member of staff `$2` may see the letter `l`; docs/decisions/0006-posts-and-sight.md tells it in words.
///
/// A draft is its sender's alone. Reviewers and auditors see what was submitted; administrators what is closed, which they may
/// reopen; officers and signers the registered letters that their unit got or holds; signers what was raised to them, as objections and late
/// letters are; and whoever
/// a letter was referred to sees it. Nobody sees a classification above their clearance.
///
/// `$1` is the organisation. What does not depend on the letter does not name it, so that a database looks it up once for a list. A letter
/// tells itself whether it was ever referred; to whom is asked of those alone.
macro_rules! sight {
    () => {
        concat!(
            "l.state <> 'draft'
             and l.classification <= (select s.clearance from staff s where s.organisation_id = $1 and s.id = $2)
             and (exists ",
            sight!(posts, "p.role in ('reviewer', 'auditor')"),
            " or (l.state = 'closed' and exists ",
            sight!(posts, "p.role = 'administrator'"),
            ") or (l.registered_at is not null and (l.unit_id in ",
            sight!(posts, "p.role in ('officer', 'signer')"),
            " or l.holder_unit_id in ",
            sight!(posts, "p.role in ('officer', 'signer')"),
            ")) or l.raised_to_unit_id in ",
            sight!(posts, "p.role = 'signer'"),
            " or l.escalated_to_unit_id in ",
            sight!(posts, "p.role = 'signer'"),
            // Said within, and not by an equation: of what names the letter by equations alone, PostgreSQL reads all that was ever referred.
            " or exists (select 1 from referrals r
                         where l.was_referred > 0 and r.organisation_id = $1 and r.letter_id = l.id
                           and ((r.to_staff_id = $2 and exists ",
            sight!(posts, "p.role is not null"),
            ") or (r.to_staff_id = '' and r.to_unit_id in ",
            sight!(posts, "p.role in ('officer', 'signer')"),
            "))))"
        )
    };
    // The units of the posts of that kind which `$2` holds now.
    (posts, $kind:literal) => {
        concat!(
            "(select p.unit_id from posts p where p.organisation_id = $1 and p.staff_id = $2 and p.ended_at is null and ",
            $kind,
            ")"
        )
    };
}

/// The columns of a letter that a list shows: everything but its long texts.
macro_rules! card_columns {
    () => {
        "l.id, l.sender_id, l.state, l.version, l.unit_id, l.kind_id, l.sender_name, l.sender_kind, l.subject, '' as body,
         l.created_at, l.changed_at, l.classification, l.priority, l.own_number, l.own_date, l.holder_unit_id, l.raised_to_unit_id,
         l.escalated_at, l.escalated_to_unit_id, l.reviewer_id, l.follows_id, l.filed_by, l.representative_kind, l.representative_name, l.representative_paper, l.representative_until,
         l.representative_until_at, l.submitted_at, l.receipt_code, '' as body_sha256, l.review_due_at, l.files_promised_at, l.files_until_at,
         l.returned_at, l.returned_by, l.return_note, l.asked_at, l.asked_by, l.wait_until_at, l.proposed_at, l.proposed_by,
         l.registered_at, l.registered_by, l.number_printed, l.number_direction, l.tracking_code, l.answer_due_at,
         l.rejected_at, l.rejected_by, l.reason_short, l.reason_note, l.ground, l.taken_at, l.officer_id,
         l.answered_at, l.answered_by, '' as answer_text, l.answer_authority, l.answer_withheld, l.answer_number, l.answer_number_direction, l.answer_opened_at,
         l.objection_until_at, l.objected_at, '' as objection_text, l.objection_due_at, l.ended_at, l.closed_at,
         l.rating, l.rating_text, l.rated_at,
         coalesce(u.name, '') as unit_name, coalesce(u.name_english, '') as unit_name_english,
         (select count(*) from files f where f.organisation_id = l.organisation_id and f.letter_id = l.id
            and f.part = 'letter' and f.removed_at is null) as files,
         (select count(*) from messages m where m.organisation_id = l.organisation_id and m.letter_id = l.id
            and m.seen_at is null) as unseen"
    };
}

/// That nobody works in the unit that holds the letter `l`: then what comes for it is for whoever reviews.
macro_rules! left_alone {
    () => {
        "l.holder_unit_id not in (select o.unit_id from posts o
            join staff w on w.organisation_id = o.organisation_id and w.id = o.staff_id
            where o.organisation_id = $1 and o.ended_at is null and o.role in ('officer', 'signer') and w.disabled_at is null)"
    };
}

/// The word of the state of the letter `l` for tables that read no whole letters; `untaken` is what is in progress and in nobody's hand.
macro_rules! told_state {
    () => {
        "case when l.state = 'in_progress' and l.officer_id is null then 'untaken' else l.state end"
    };
}

pub(crate) use {card_columns, left_alone, sight, told_state};
