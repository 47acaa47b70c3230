-- Figures by classification, so that each reader's are of the letters they may see: everything is counted anew.

drop index figures_by_period;
drop table figures;

-- One row for each unit ('' for all together), period and classification; nothing is kept of nothing.
create table figures (
    organisation_id text not null,
    unit_id text not null,
    period bigint not null,
    classification bigint not null,
    counts text not null,
    primary key (organisation_id, unit_id, period, classification)
);
create index figures_by_period on figures (organisation_id, period, unit_id);

delete from counted_letters;
delete from counted_until;
