-- Ratings in the figures: everything is counted anew, and the letters behind a number of ratings are found by an index.

delete from counted_letters;
delete from figures;
delete from counted_until;

create index letters_rated on letters (organisation_id, rated_at, id) where rated_at is not null;
