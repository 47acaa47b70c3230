# Short pages for requests that are turned away before anybody looks at them. Shown in both languages at once.

refusal-malformed = We could not read this request. Open the address again in your browser.
refusal-slow = The line paused for too long, so nothing was received. Go back and send it again.
refusal-long-address = The address of this request is too long.
refusal-large-head = Your browser sent too much along. Delete the cookies of this site and try again.
refusal-busy = The desk is very busy just now. Try again in a moment; what was registered is safe.
