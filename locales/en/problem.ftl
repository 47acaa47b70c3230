# When something goes wrong: what happened, and what to do.

problem-not-found = We could not find this page
problem-not-found-text = The address may be incomplete, or this letter belongs to another account. If you have another number, sign in with that one.
problem-not-found-desk-text = The address may be incomplete, or this letter is with another unit.
problem-bad-request = We did not understand this request
problem-bad-request-text = The form came incomplete or twice. Go back and send it again; what you wrote is still there.
problem-form-expired = This form is out of date
problem-form-expired-text = Nothing was done on your behalf. Go back; what you wrote is still there. Copy it, reload the page and send it again.
problem-session-ended = Your session has ended
problem-session-ended-text = Sign in on another tab, then come back to this one, go one step back and send again; what you wrote is still there.
problem-too-large = What you sent is too large
problem-too-large-text = Go back and send a shorter text or a smaller file.
problem-too-many = Please wait
problem-too-many-text = Try again: { $time }. What you wrote is safe.
problem-conflict = Somebody else decided first
problem-conflict-text = The letter changed after this page was opened. See how it stands now; your decision was not recorded.
problem-unavailable = The desk can't take anything right now
problem-unavailable-text = The storage does not answer. Earlier letters are safe; try again a little later.
problem-internal = That did not work, and it is not your fault
problem-internal-text = Nothing was done on your behalf. Try again a little later; if it happens again, tell the secretariat.
problem-bad-host = The address of this request is not right.
problem-unknown-host = No organisation of this desk has this address.
problem-to-letters = My letters
problem-to-desk = The tray
problem-to-tracking = Search with a tracking number
problem-see-letter = See the letter
