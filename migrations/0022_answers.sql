-- Answers, whole: what became of each one that was issued, and numbers of the outgoing register.

-- The message that told of it; empty for those of before there was a table of answers.
alter table answers add column message_id text not null default '';
-- When its sender first looked at it.
alter table answers add column opened_at bigint;
-- Since when it holds no more: an objection, or a reopening, undid it.
alter table answers add column undone_at bigint;
insert into answers (organisation_id, id, letter_id, at, staff_id, text, number_printed, number_direction, opened_at)
    select organisation_id, id, id, answered_at, coalesce(answered_by, ''), coalesce(answer_text, ''), answer_number,
           answer_number_direction, answer_opened_at
    from letters where answered_at is not null;
update files set message_id = letter_id where part = 'answer';

-- A letter that is answered a second time may get the same number in another year or register.
drop index entries_by_letter;
create index entries_by_letter on entries (organisation_id, letter_id, kind);
