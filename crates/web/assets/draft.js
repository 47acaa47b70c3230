// Keeps a letter that is being written: <form data-draft="/letters/…/draft"> is posted there, without its
// files, 2.5 seconds after the last key and when the page is left or hidden. How it went is said in
// <p class="saved" data-draft-status data-saved="…" data-offline="…" data-refused="…"><span data-text></span></p>.
// What the server refuses (the letter is in other hands, the account was left) is not tried again until the next key.
const form = document.querySelector('form[data-draft]');
const status = document.querySelector('[data-draft-status]');
let changed = false;
let timer;

function tell(text) {
  const place = status?.querySelector('[data-text]');
  if (place && text) place.textContent = text;
}

async function save(keepalive) {
  clearTimeout(timer);
  if (!changed) return;
  changed = false;
  const letter = new FormData(form);
  for (const [name, value] of [...letter]) if (value instanceof File) letter.delete(name);
  try {
    const answer = await fetch(form.dataset.draft, {
      method: 'POST', headers: { 'X-Autosave': '1' }, body: letter, keepalive, redirect: 'manual',
    });
    if (answer.type === 'opaqueredirect' || (answer.status >= 400 && answer.status < 500)) {
      changed = true;
      tell(status?.dataset.refused);
      return;
    }
    if (!answer.ok) throw new Error(answer.statusText);
    tell(status?.dataset.saved);
  } catch {
    changed = true;
    tell(status?.dataset.offline);
    timer = setTimeout(save, 15000, false);
  }
}

form.addEventListener('input', () => {
  changed = true;
  clearTimeout(timer);
  timer = setTimeout(save, 2500, false);
});
// What is sent with the form itself needs no saving.
form.addEventListener('submit', () => {
  changed = false;
  clearTimeout(timer);
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden) save(true);
});
addEventListener('pagehide', () => save(true));
