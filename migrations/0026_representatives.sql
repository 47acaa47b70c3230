-- Who acts for whom a letter is, by which paper and until when: said in the letter itself, whose sender is the one represented.
drop table representatives;
alter table letters drop column representative_id;
-- Empty: nobody. attorney (وکیل), representative (نماینده), delegate of a company.
alter table letters add column representative_kind text not null default '';
alter table letters add column representative_name text not null default '';
alter table letters add column representative_paper text not null default '';
-- The paper's last day, as it was typed, and the moment at which it ends.
alter table letters add column representative_until text not null default '';
alter table letters add column representative_until_at bigint;
