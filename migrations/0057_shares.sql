-- What an organisation may send in a day, where that is its own and not everybody's.

-- Messages other than codes; null: as the settings say.
alter table organisations add column messages_per_day bigint;

-- Codes; null: as the settings say.
alter table organisations add column codes_per_day bigint;
