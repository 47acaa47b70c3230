-- Whether a letter was ever referred, which its first referral says: to whom is asked of such letters alone.
alter table letters add column was_referred bigint not null default 0;
-- What is over, the newest first, with all that tells who may see it: letters that somebody may not see are passed over without being read.
drop index letters_done;
update letters set was_referred = 1
where (organisation_id, id) in (select r.organisation_id, r.letter_id from referrals r);
create index letters_done on letters
    (organisation_id, (-changed_at), id, submitted_at, state, classification, unit_id, holder_unit_id, registered_at,
     raised_to_unit_id, escalated_to_unit_id, was_referred)
    where state not in ('submitted', 'draft');
