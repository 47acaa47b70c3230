-- The sender's name as names are compared: folded by us when it is written, since no function of SQL folds as people type. Null: a
-- letter from before, which is folded after the start.
alter table letters add column sender_folded text;
create index letters_unfolded on letters (organisation_id, id) where sender_folded is null;
