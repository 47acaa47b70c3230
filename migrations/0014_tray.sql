-- Whether letters are given to reviewers by turn, and how many one reviewer gets at most. Null: by hand.
alter table organisations add column turn_load bigint;
create index letters_assigned on letters (organisation_id, reviewer_id, state) where reviewer_id <> '';
