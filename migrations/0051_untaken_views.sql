-- What nobody has taken is a view of its own; a kept view of "my unit", which was that, goes on showing it.

update saved_views set query = replace(query, 'show=unit', 'show=untaken') where query = 'show=unit' or query like 'show=unit&%';
