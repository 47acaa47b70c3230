# The desk's search.

layout-search = Search
search-title = Search letters
search-field = Number, code, name or word
search-hint = Letter number, tracking number, receipt code, mobile or its last four digits, sender's name, subject, text, messages or the name of a file
search-go = Search
search-narrow = Narrow the search
search-state = Status
search-sender = Sender
search-any-unit = All units
search-any-state = Any status
search-any-kind = All kinds
search-any-sender = All senders
search-any-year = Any year
search-year = Year
search-has-file = Only letters with files
search-drop-filter = Remove the filters
search-dates-crossed = “Until” is before “From”. Change one of them.

# Before anything is asked.

search-tips-title = What can you write?
search-tip-number = A letter number, with all of its parts or some
search-tip-codes = A tracking number or receipt code, in any digits, with spaces or hyphens
search-tip-mobile = The sender's mobile number, or its last four digits
search-tip-words = Names, subjects, words of the text, the answer, the messages or an objection, and names of files; half-spaces and shapes of letters do not matter, and the last word may be unfinished

# What was found.

search-found = Letters found
search-by-code = These letters were found by their number or code.
search-as-words = Search for the same in names, subjects and texts
search-cut = { $n ->
    [one] Only the first word was searched for.
   *[other] Only the first { $count } words were searched for.
}
search-why = in { $fields }
search-and = {" "}and{" "}
search-in-number = letter number
search-in-own-number = sender's own number
search-in-voided-number = a voided number
search-in-tracking = tracking number
search-in-receipt = receipt
search-in-mobile = mobile
search-in-name = sender's name
search-in-representative = representative's name
search-in-subject = subject
search-in-text = text
search-in-answer = answer
search-in-answer-number = number of the answer
search-in-earlier-answer = an earlier answer
search-in-thread = the messages
search-in-completion = what was brought to complete it
search-in-objection = the objection
search-in-file-name = the name of a file
search-newest = Newest letters
search-older = Older letters
search-facets = Narrow what was found
search-csv = Get these letters (CSV)
search-csv-why = Found in
search-csv-cut = Only the newest { $most } letters are in this table. Narrow the search to get the others.

# Nothing was found.

search-nothing = No letter was found
search-nothing-yet = No letter was found yet
search-nothing-older = No older letter was found
search-nothing-older-yet = No older letter was found yet
search-reached = Letters from before { $day } have not been searched yet.
search-far = Search all older letters
search-unreadable = There is no letter or digit in this. Write a number, a name or a word.
search-wrong-digit = One digit of this tracking number is wrong. Look at the digits again.
search-shorter = With fewer words there are letters:
search-without-filter = Search all letters
search-try = Look at digits and spelling again, or search with fewer words or a part of the number.
