-- An answer may say that the matter belongs to another authority, by its name; null: the answer is the unit's own. A draft may have said so
-- and not named it yet: then it is empty.
alter table answer_drafts add column authority text;
alter table answers add column authority text;
alter table letters add column answer_authority text;
alter table former_states add column answer_authority text;
