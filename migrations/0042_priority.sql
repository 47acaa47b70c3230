-- How pressing a letter is (فوریت), as the secretariat says: 0 normal (عادی), 1 urgent (فوری), 2 immediate (آنی).
alter table letters add column priority bigint not null default 0;

-- What the sender's own paper calls itself: its number as it stands there, and its Jalali day in ASCII digits. Empty: none was said.
alter table letters add column own_number text not null default '';
alter table letters add column own_date text not null default '';
