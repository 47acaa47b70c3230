-- What a unit answered lately, for what it usually needs.
create index letters_answered on letters (organisation_id, holder_unit_id, answered_at) where answered_at is not null;
