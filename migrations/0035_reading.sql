-- Whether a letter was referred to somebody is asked of every letter in every list: with all that is needed in it, this index is taken
-- for it, however few an organisation's referrals seem to be.
drop index referrals_by_letter;
create index referrals_by_letter on referrals (organisation_id, letter_id, at, id, to_unit_id, to_staff_id);

-- What was rated in the days of a report, without all days of all units before.
create index figures_by_period on figures (organisation_id, period, unit_id);
