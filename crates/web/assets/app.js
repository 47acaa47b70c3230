// What every page gains from a script. Each page works as plain forms and links without it.
// No sentence stands in here: a page hands its words over in data attributes.
const root = document.documentElement;
root.dataset.script = '';

const persian = text => root.lang === 'fa'
  ? String(text).replace(/\d/g, digit => String.fromCharCode(0x6f0 + Number(digit)))
  : String(text);

// A word about something that is done already, for four seconds.
let toast;
let fading;
function say(text) {
  if (!text) return;
  if (!toast) {
    toast = document.createElement('div');
    toast.className = 'toast';
    toast.setAttribute('role', 'status');
    document.body.append(toast);
  }
  toast.hidden = false;
  toast.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => { toast.hidden = true; }, 4000);
}

// <button data-copy="133607" data-done="…"> and <button data-print>
document.addEventListener('click', event => {
  const copy = event.target.closest('[data-copy]');
  if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => say(copy.dataset.done), () => {});
  if (event.target.closest('[data-print]')) print();
});

// An open menu closes when the reader turns elsewhere.
const closeMenus = except => document.querySelectorAll('details.menu[open]').forEach(menu => {
  if (menu !== except) menu.open = false;
});
document.addEventListener('click', event => closeMenus(event.target.closest('details.menu')));
document.addEventListener('keydown', event => {
  const menu = document.querySelector('details.menu[open]');
  if (event.key !== 'Escape' || !menu) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});

// <form data-swap="#status"> fetches its page again and takes only that region from it. If the answer
// has no such region, perhaps because the session ended, the form is sent as if there were no script.
async function swap(form) {
  const region = form.dataset.swap;
  try {
    const answer = await fetch(form.action, { headers: { Accept: 'text/html', 'X-Part': region } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = answer.ok && page.querySelector(region);
    const stale = document.querySelector(region);
    if (!fresh || !stale) throw new Error('no such region');
    const hadFocus = stale.contains(document.activeElement);
    stale.replaceWith(fresh);
    rest(form);
    if (hadFocus) fresh.querySelector('[data-swap] button')?.focus();
  } catch {
    form.submit();
  }
}

// One form, one submission: a second press within eight seconds is taken for impatience.
document.addEventListener('submit', event => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  event.submitter?.setAttribute('aria-busy', 'true');
  if (form.dataset.swap) {
    event.preventDefault();
    swap(form);
    return;
  }
  form.dataset.sent = '1';
  setTimeout(() => rest(form), 8000);
});
function rest(form) {
  delete form.dataset.sent;
  form.querySelectorAll('[aria-busy]').forEach(button => button.removeAttribute('aria-busy'));
}
// "Back" may show this very page again.
addEventListener('pageshow', () => document.querySelectorAll('[data-sent]').forEach(rest));

document.querySelector('.errs')?.focus();

// Chrome on Android offers the code from the message, if the message ends with our host.
const code = document.querySelector('[autocomplete=one-time-code]');
if (code && 'OTPCredential' in self) {
  const typed = new AbortController();
  code.form.addEventListener('submit', () => typed.abort());
  navigator.credentials.get({ otp: { transport: ['sms'] }, signal: typed.signal }).then(message => {
    code.value = message.code;
    code.form.requestSubmit();
  }).catch(() => {});
}

// <div data-resend><p class="waiting">… <span data-until="84"></span></p><form class="ready">…</form></div>
document.querySelectorAll('[data-until]').forEach(clock => {
  const end = Date.now() + clock.dataset.until * 1000;
  const frame = clock.closest('[data-resend]');
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    clock.textContent = persian(`${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`);
    if (frame) frame.dataset.state = left ? 'waiting' : 'ready';
    if (left) setTimeout(tick, 1000);
  };
  tick();
});

// <p data-goes-on="60">: the wait that was asked for is over then.
const wait = document.querySelector('[data-goes-on]');
if (wait) setTimeout(() => location.reload(), wait.dataset.goesOn * 1000);
