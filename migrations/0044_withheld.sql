-- Letters of long ago, which an organisation may withhold on a device that came lately.

-- How many days old a letter must be; null: none is withheld.
alter table organisations add column withhold_after_days bigint;

-- When somebody typed a code of such a letter on the device, from which on none is withheld there; null: nobody did.
alter table known_devices add column proved_at bigint;
