# What is live at the desk: new letters, who is looking, keys.

live-new-one = One new letter has come, show it
live-new-many = { $count } new letters have come, show them
live-others = The letters of this page are in the list no more, show the others
live-looking = { $name } is looking at it
live-looking-more = { $name } and { $count } more are looking at it
desk-key-select = Select, to decide several together
desk-key-together = Accept, reject or send on the selected, in the inbox
desk-key-return = Ask for a document
desk-key-undo = Undo, within ten seconds
desk-key-pages = Previous and next page of the files
desk-key-zoom = Larger and smaller pictures of the pages
desk-key-turn = Rotate the pictures of the pages to the left
desk-key-search = Search
desk-key-go-tray = Inbox
desk-key-go-reports = Reports
desk-key-go-search = The search page
desk-key-sheet = All shortcuts
desk-keys-setting = Shortcut settings
desk-keys-close = Close
desk-keys-lead = The place of a key counts, not the letter on it, so they work on the Persian layout too. Everything is also a button or a link.
desk-keys-are-on = Single-key shortcuts are on. If you work by speech or with a screen reader, you can switch them off.
desk-keys-are-off = Single-key shortcuts are off. The browser’s own keys work as ever.
desk-keys-switch-off = Switch shortcuts off
desk-keys-switch-on = Switch shortcuts on
