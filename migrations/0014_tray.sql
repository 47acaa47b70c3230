-- Whether letters are given to reviewers by turn, and how many one reviewer gets at most. Null: by hand.
alter table organisations add column turn_load bigint;
create index letters_assigned on letters (organisation_id, reviewer_id, state) where reviewer_id <> '';
-- For letters that say the same, word by word.
create index letters_by_text on letters (organisation_id, body_sha256) where body_sha256 is not null;
