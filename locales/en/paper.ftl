# Paper: what is printed, and what is said about it.

paper-page-of = Page { $page } of { $pages }

# The indicator book, printed.

register-pdf = Get the whole year (PDF)
register-pdf-part = Rows { $from } to { $to } (PDF)
paper-book-year = Register of entries, year { $year }
paper-book-part = Rows { $from } to { $to }
paper-book-printed = Printed: { $date }, { $time }, { $name }
paper-book-file = { $register } { $year } from row { $from }

# The stamp of entry, and the copy that it stands on.

desk-stamped = Copy with the stamp of entry (PDF)
paper-stamped-title = Copy with the stamp of entry, letter { $number }
paper-stamped-file = Stamp of entry { $number }
paper-stamped-notice = This sheet is a copy of the letter with the stamp of entry. The original is kept in Pishkhan as it came.
paper-stamped-about = Picture of the letter's first page
paper-stamp = Received by the secretariat
paper-stamp-number = Number
paper-stamp-date = Date
paper-stamp-time = Time
paper-stamp-attachments = Attachments
paper-stamp-qr = Follow the letter
paper-attachments-none = none
paper-attachments-sheets = { $n ->
    [one] yes (1 sheet)
   *[other] yes ({ $count } sheets)
}
paper-attachments-files = { $n ->
    [one] yes (1 file)
   *[other] yes ({ $count } files)
}
paper-from = From
paper-to = To
paper-subject = Subject
paper-sent = Sent
paper-no-picture = The letter is in this file. There is no picture of its first page yet:

problem-not-printed = This sheet could not be printed now
problem-not-printed-text = Printing takes a moment, and its turn did not come. The letter and its files are as they were; try again in a little while.
