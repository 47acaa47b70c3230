-- What came back to whoever has a letter, until they open it: an opinion, a draft, a referral. Null: nothing that they have not seen.
alter table letters add column came_back_at bigint;
-- What it was last, and which member of staff it came from; empty: from none of them.
alter table letters add column came_back text not null default '';
alter table letters add column came_back_by text not null default '';
create index letters_back on letters (organisation_id, came_back_at, id) where came_back_at is not null;
