# Files that come in pieces, so that a lost connection takes nothing with it.
upload-signed-out = You have been signed out. Sign in again and choose the same file; we go on where it stopped.
upload-gone = This unfinished upload is no longer there. Choose the file again.
upload-closed = This letter takes no more files.
upload-unfinished = To go on, choose the same file again
upload-arrived = { $arrived } of { $size } have arrived and stay until { $until }.
upload-preparing = Preparing the file…
upload-waiting-turn = Waiting for its turn
upload-sending = Sending
upload-waiting-line = The connection is down; we try again by ourselves and go on where it stopped.
upload-failed = The file could not be uploaded. Check your connection and try again; we go on where it stopped.
upload-done = The file has arrived.
upload-shrunk = The file has arrived. We made the photo smaller before sending, so that it arrives sooner; writing in it stays readable.
upload-hold = Please wait a moment for the files to arrive; then we go on by ourselves.
upload-progress = Progress of the upload
upload-continue = Continue
upload-cancel = Cancel the upload
