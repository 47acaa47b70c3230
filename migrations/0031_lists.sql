-- What a unit or a person was referred lately, without what they were referred in the years before.
create index referrals_lately on referrals (organisation_id, to_staff_id, to_unit_id, at, letter_id);
