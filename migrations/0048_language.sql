-- In which language a message speaks, by which a gateway's own template is chosen.
alter table outbox add column language text not null default 'fa';
