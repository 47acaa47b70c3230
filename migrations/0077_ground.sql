-- A kind of letter may ask for information by law. Then a rejection has a legal ground, and so has an answer that withholds something: `part` of
-- what was asked for, or `all`; null: nothing. A draft may withhold something by a ground that is not said yet: then that is empty.
alter table letter_kinds add column asks_information bigint not null default 0;
alter table answer_drafts add column withheld text;
alter table answer_drafts add column ground text;
alter table answers add column withheld text;
alter table answers add column ground text;
alter table letters add column answer_withheld text;
-- Of its answer, or of its rejection.
alter table letters add column ground text;
alter table former_states add column answer_withheld text;
alter table former_states add column ground text;
