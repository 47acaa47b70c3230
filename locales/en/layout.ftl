# What frames every page: header, menu, footer.

layout-skip = Skip to the main content
layout-desk = Letter desk
layout-desk-of = Letter desk of
layout-registry-of = Registry of
layout-main-nav = Main
layout-my-letters = My letters
layout-new-letter = New letter
layout-help = Help
layout-help-contact = Help and contact
layout-account = My account
layout-account-menu = Account menu
layout-profile = Profile and devices
layout-other-language = فارسی
layout-night = Night view
layout-day = Day view
layout-sign-in = Sign in
layout-sign-out = Sign out

# What pieces on many pages say.

layout-error = Error:
form-fault-of = { $field }: { $fault }
form-mend =
    { $n ->
        [one] One thing to mend
       *[other] { $count } things to mend
    }
layout-status = Status:
layout-copied = Copied

# The way in, and the sample letter beside it.

layout-gate-about = About this desk
layout-gate-promise = Send your letter from home and follow every step
layout-gate-send = You send your letter and papers
layout-gate-check = The registry checks it and gives it a number
layout-gate-answer = You get the answer here and by text message
layout-sample-status = Accepted
layout-sample-subject = Building file 458
layout-sample-unit = To Planning
layout-sample-number-label = Letter no.
layout-sample-number = Sample/101
layout-sample-tracking-label = Tracking
layout-sample-tracking = 1336-0712-0459

# What scripts show; they have no words of their own.

layout-proof-working = Automatic check, a few seconds…
layout-proof-done = Automatic check done. You do not have to read a code from a picture.
layout-proof-failed = The automatic check did not work. Choose another way.
layout-draft-saved = Draft saved
layout-draft-offline = You are offline; we will try again
layout-draft-refused = It can’t be saved. Keep your text somewhere and open the page again.

# The desk's rail.

layout-desk-nav = Sections
layout-tray = Tray
