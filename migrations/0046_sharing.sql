-- How many letters an officer of the unit has in hand at most, where new ones come by turn. Null: they are taken or handed over.
alter table units add column turn_load bigint;

-- What was referred for action or for an opinion ends with its letter. What was left open so far ends now; nobody did it.
update referrals set done_at = (select l.changed_at from letters l
                                where l.organisation_id = referrals.organisation_id and l.id = referrals.letter_id)
where done_at is null and purpose <> 'information'
  and exists (select 1 from letters l
              where l.organisation_id = referrals.organisation_id and l.id = referrals.letter_id
                and l.state in ('answered', 'objected', 'closed', 'withdrawn', 'lapsed'));
