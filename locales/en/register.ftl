# The register on the screen and as a table.

register-nav = Register
register-title = Indicator book
register-csv = Get the whole year (CSV)
register-print = Print
register-register = Register
register-year = Year
register-jump = From number
register-show = Show
register-stretch = Rows { $from } to { $to }; the last number of this year is { $last }.
register-unknown = Row { $number } is not in this book; the last number is { $last }.
register-empty = No letter was registered in this book this year.
register-row = Row
register-number = Letter number
register-date = Date and time of registration
register-time = Time
register-sender = Sender or recipient
register-confidential = Confidential
register-subject = Subject
register-unit = Unit
register-way = Way
register-state = Status
register-by = Registered by
register-remark = Remark
register-incoming = Incoming
register-outgoing = Outgoing
register-voided = Voided: { $name }, { $when }, { $reason }
register-line-missing = Row { $number } was taken and is not in the book. The desk leaves no number out; the database was changed from outside.
register-missing = { $n ->
    [one] One number of this book is missing
   *[other] { $count } numbers of this book are missing
}
register-missing-text = The desk leaves no number out; so the database was changed from outside, or brought back from an incomplete copy. Before anything else keep the backups, and tell the administrator of the desk.
register-missing-first = See the first missing number
register-first = First rows
register-before = Rows before
register-after = Rows after
register-last = Last rows
register-undone = The registration was undone
register-answer-undone = The answer was taken back
