# The working calendar: the words in which an office writes its lists, and what a sender is told of deadlines.

calendar-closed-whole = whole
calendar-closed-half = half
