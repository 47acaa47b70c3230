-- The desk whole: every state of a letter, referrals, notes, the thread with its sender, the answer's draft, and what people may do.

-- Empty: the letter has no kind.
alter table letters add column kind_id text not null default '';
-- 0 normal, 1 confidential (محرمانه), 2 very confidential.
alter table letters add column classification bigint not null default 0;
-- The unit that acts on it now: its addressee, until it is referred for action. Empty before registration.
alter table letters add column holder_unit_id text not null default '';
-- Whose signer an objection or an overdue letter was raised to. Null: nobody's; empty: the organisation's as a whole.
alter table letters add column raised_to_unit_id text;
-- Who should review it. Empty: whoever comes first.
alter table letters add column reviewer_id text not null default '';
-- The letter that this one goes on from. Empty: none.
alter table letters add column follows_id text not null default '';
-- The member of staff who wrote it down for somebody at the counter. Empty: the sender did it alone.
alter table letters add column filed_by text not null default '';
alter table letters add column returned_at bigint;
alter table letters add column returned_by text;
alter table letters add column return_note text;
alter table letters add column asked_at bigint;
alter table letters add column asked_by text;
-- Until when we wait for the sender, and how many warnings went out.
alter table letters add column wait_until_at bigint;
alter table letters add column warnings bigint not null default 0;
alter table letters add column proposed_at bigint;
alter table letters add column proposed_by text;
alter table letters add column answer_number text;
alter table letters add column answer_number_direction text;
alter table letters add column answer_opened_at bigint;
-- The message that told of the answer.
alter table letters add column answer_message_id text;
-- Until when the sender may object to the answer or the rejection.
alter table letters add column objection_until_at bigint;
alter table letters add column objected_at bigint;
alter table letters add column objection_text text;
alter table letters add column objection_due_at bigint;
-- When it was withdrawn or lapsed.
alter table letters add column ended_at bigint;
alter table letters add column rating bigint;
alter table letters add column rating_text text;
alter table letters add column rated_at bigint;
alter table letters add column escalated_at bigint;
update letters set holder_unit_id = unit_id where registered_at is not null;
update letters set objection_until_at = answered_at where answered_at is not null;
update letters set objection_until_at = rejected_at where rejected_at is not null;
create index letters_waiting on letters (organisation_id, state, wait_until_at, id);
create index letters_held on letters (organisation_id, holder_unit_id, state, answer_due_at, id);
create index letters_raised on letters (organisation_id, raised_to_unit_id, state, id) where raised_to_unit_id is not null;
create index letters_in_hand on letters (organisation_id, officer_id, state, answer_due_at, id);
create index letters_to_close on letters (organisation_id, state, objection_until_at, id);
create index letters_changed on letters (organisation_id, changed_at, id);
create index letters_following on letters (organisation_id, follows_id) where follows_id <> '';

alter table units add column parent_id text not null default '';
-- Since when an answer of the unit needs a second signature.
alter table units add column signature_needed_at bigint;
-- Where its answers get their numbers. Empty: the organisation's answers have none.
alter table units add column outgoing_register_id text not null default '';

-- What a member of staff may see: letters of this classification and below.
alter table staff add column clearance bigint not null default 0;

-- incoming or outgoing
alter table entries add column kind text not null default 'incoming';
-- A mistake is voided in sight; its number is never used again.
alter table entries add column voided_at bigint;
alter table entries add column voided_by text;
alter table entries add column void_reason text;
drop index entries_by_letter;
create unique index entries_by_letter on entries (organisation_id, letter_id, kind, number) where voided_at is null;
create unique index entries_incoming on entries (organisation_id, letter_id) where voided_at is null and kind = 'incoming';

-- What a message is about, in the words of whoever posted it; and when the gateway said that it arrived.
alter table outbox add column about text not null default '';
alter table outbox add column delivered_at bigint;
create index outbox_about on outbox (organisation_id, about) where about <> '';

-- Of a message in the letter's thread, or of the list of what is missing.
alter table files add column message_id text not null default '';

-- The papers that a unit asks for with a letter.
create table required_papers (
    organisation_id text not null,
    id text not null,
    unit_id text not null,
    name text not null,
    name_english text not null,
    position bigint not null,
    archived_at bigint,
    primary key (organisation_id, id)
);
create index required_papers_by_unit on required_papers (organisation_id, unit_id, position);

-- What is missing from a returned letter, as its sender reads it.
create table missing_items (
    organisation_id text not null,
    id text not null,
    letter_id text not null,
    position bigint not null,
    text text not null,
    asked_at bigint not null,
    -- Since when it is done, by files or by a word.
    done_at bigint,
    reply text not null,
    primary key (organisation_id, id)
);
create index missing_items_by_letter on missing_items (organisation_id, letter_id, position);

-- Between the house and the sender, in the letter's own thread.
create table messages (
    organisation_id text not null,
    id text not null,
    letter_id text not null,
    at bigint not null,
    -- question, reply, message
    kind text not null,
    -- sender, staff
    author_kind text not null,
    author_id text not null,
    text text not null,
    primary key (organisation_id, id)
);
create index messages_by_letter on messages (organisation_id, letter_id, at, id);

-- Inside the house; no sender ever sees one.
create table notes (
    organisation_id text not null,
    id text not null,
    letter_id text not null,
    at bigint not null,
    staff_id text not null,
    text text not null,
    primary key (organisation_id, id)
);
create index notes_by_letter on notes (organisation_id, letter_id, at, id);

-- Referrals (ارجاع): a tree under the letter with one owner; copies for information hang beside it.
create table referrals (
    organisation_id text not null,
    id text not null,
    letter_id text not null,
    -- Empty: the first of its branch.
    parent_id text not null,
    -- How far from the registration it stands, from 1.
    hop bigint not null,
    from_unit_id text not null,
    from_staff_id text not null,
    to_unit_id text not null,
    -- Empty: whoever of the unit comes first.
    to_staff_id text not null,
    -- action, information, answer
    purpose text not null,
    text text not null,
    due_at bigint,
    at bigint not null,
    read_at bigint,
    read_by text not null default '',
    done_at bigint,
    done_by text not null default '',
    done_text text not null default '',
    sent_back_at bigint,
    primary key (organisation_id, id)
);
create index referrals_by_letter on referrals (organisation_id, letter_id, at, id);
create index referrals_to_unit on referrals (organisation_id, to_unit_id, to_staff_id, done_at, at);
create index referrals_to_staff on referrals (organisation_id, to_staff_id, done_at, at);

-- The answer before it is given: one draft for each letter, its files are files of the letter in the part `proposal`.
create table answer_drafts (
    organisation_id text not null,
    letter_id text not null,
    staff_id text not null,
    text text not null,
    changed_at bigint not null,
    -- What the signer said when it was sent back.
    remark text not null,
    remarked_by text not null,
    remarked_at bigint,
    primary key (organisation_id, letter_id)
);

-- Texts ready to use, as the organisation words them.
create table texts (
    organisation_id text not null,
    id text not null,
    -- answer, return, question, referral, note
    kind text not null,
    title text not null,
    body text not null,
    position bigint not null,
    archived_at bigint,
    primary key (organisation_id, id)
);
create index texts_by_kind on texts (organisation_id, kind, position);

-- Letters that belong together.
create table relations (
    organisation_id text not null,
    letter_id text not null,
    other_id text not null,
    -- duplicate, follows (پیرو), replies (عطف)
    kind text not null,
    at bigint not null,
    staff_id text not null,
    primary key (organisation_id, letter_id, other_id, kind)
);
create index relations_by_other on relations (organisation_id, other_id);

-- Views of the tray that a member of staff has kept.
create table saved_views (
    organisation_id text not null,
    id text not null,
    staff_id text not null,
    name text not null,
    query text not null,
    position bigint not null,
    primary key (organisation_id, id)
);
create index saved_views_by_staff on saved_views (organisation_id, staff_id, position);

-- Who may act for whom at the counter, with the paper that says so and until when.
create table representatives (
    organisation_id text not null,
    id text not null,
    sender_id text not null,
    -- attorney (وکیل), representative (نماینده), delegate of a company
    kind text not null,
    name text not null,
    paper text not null,
    valid_until_at bigint not null,
    made_at bigint not null,
    made_by text not null,
    ended_at bigint,
    primary key (organisation_id, id)
);
create index representatives_by_sender on representatives (organisation_id, sender_id);
-- In whose stead the letter was written. Empty: the sender's own.
alter table letters add column representative_id text not null default '';

-- Every answer that was issued, also those that an objection undid.
create table answers (
    organisation_id text not null,
    id text not null,
    letter_id text not null,
    at bigint not null,
    staff_id text not null,
    text text not null,
    number_printed text,
    number_direction text,
    primary key (organisation_id, id)
);
create index answers_by_letter on answers (organisation_id, letter_id, at, id);
