-- A rating is of the answer that its sender read: once another is given, it stays with the one that it was of.
alter table answers add column rating bigint;
alter table answers add column rating_text text;
alter table answers add column rated_at bigint;

-- So it is with those of before, too, whose letters got another answer after they were rated: the last answer of before then has it.
update answers set
    rating = (select l.rating from letters l where l.organisation_id = answers.organisation_id and l.id = answers.letter_id),
    rating_text = (select l.rating_text from letters l where l.organisation_id = answers.organisation_id and l.id = answers.letter_id),
    rated_at = (select l.rated_at from letters l where l.organisation_id = answers.organisation_id and l.id = answers.letter_id)
where undone_at is not null
  and at = (select max(a.at) from answers a join letters l on l.organisation_id = a.organisation_id and l.id = a.letter_id
            where a.organisation_id = answers.organisation_id and a.letter_id = answers.letter_id
              and l.rated_at < l.answered_at and a.at <= l.rated_at);
update letters set rating = null, rating_text = null, rated_at = null where rated_at < answered_at;

-- Those letters are counted anew, and with them all.
delete from figures;
delete from counted_letters;
delete from counted_messages;
delete from counted_until;
