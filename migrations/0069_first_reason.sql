-- Of reasons with the same words a rejection counts for the first that there was, and no more for the one whose id comes first by chance: all
-- is counted anew.
delete from figures;
delete from counted_letters;
delete from counted_messages;
delete from counted_until;
