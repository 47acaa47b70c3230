// Sends the files of a letter in pieces (tus 1.0) while the letter is still being written, and goes on after every break of the
// line. <form data-uploads="…"> says where to; a letter that was never saved is saved first, by the rules of draft.js. Rows, words
// and what an earlier visit left unfinished are in <div id="uploads">. Nothing is kept in the browser.
import { shrink } from './shrink.js';

const PIECE = 256 * 1024;
const PAUSES = [0, 1, 3, 5, 10];
const PATIENCE = 90_000;

const place = document.getElementById('uploads');
const form = place?.closest('form');
const input = form?.querySelector('input[type=file]');
const words = place?.dataset;
const wait = seconds => new Promise(done => { setTimeout(done, seconds * 1000); });

let turn = Promise.resolve();
let running = 0;
let isWaiting = false;
let held;

if (input) {
  place.hidden = false;
  input.addEventListener('change', take);
  form.addEventListener('submit', hold, true);
  for (const row of place.querySelectorAll('[data-upload]')) {
    row.querySelector('[data-cancel]').addEventListener('click', () => {
      forget(row.dataset.upload);
      row.remove();
      input.focus();
    });
  }
  // Chosen before this script had come.
  if (input.files.length) take();
}

async function take() {
  const chosen = [...input.files];
  running += 1;
  const uploads = await whereTo();
  running -= 1;
  // Without an address the form itself brings them.
  if (!uploads) return release();
  input.value = '';
  for (const file of chosen) begin(file);
}

async function whereTo() {
  if (form.dataset.uploads) return form.dataset.uploads;
  const letter = new FormData(form);
  for (const [name, value] of [...letter]) if (value instanceof File) letter.delete(name);
  try {
    const headers = { 'X-Autosave': 'files' };
    const answer = await fetch(form.dataset.draft, { method: 'POST', headers, body: letter, redirect: 'error' });
    const draft = answer.ok && answer.headers.get('Location');
    if (draft) form.dataset.uploads = `${draft}/uploads`;
  } catch {
    // As if there were no script.
  }
  return form.dataset.uploads;
}

function begin(chosen) {
  const row = place.querySelector('template').content.firstElementChild.cloneNode(true);
  const one = { chosen, row, line: new AbortController(), token: randomToken() };
  for (const name of row.querySelectorAll('bdi, .vh')) name.textContent = ` ${chosen.name}`;
  row.querySelector('[data-cancel]').addEventListener('click', () => cancel(one));
  place.querySelector('template').before(row);
  note(one, words.turn);
  running += 1;
  turn = turn.then(() => send(one)).catch(error => fail(one, error.message || words.failed)).finally(() => {
    running -= 1;
    release();
  });
}

async function send(one) {
  if (one.isOver) return;
  note(one, words.preparing);
  one.file = await shrink(one.chosen);
  one.source = await sourceOf(one);
  const left = [...place.querySelectorAll('[data-upload]')].find(isSame(one));
  one.url = left?.dataset.upload;
  left?.remove();
  for (let tries = 0; !one.isOver;) {
    try {
      await go(one, () => { tries = 0; });
      return await finish(one);
    } catch (error) {
      if (one.isOver) return;
      const isGone = one.url && (error.status === 404 || error.status === 410);
      if (isGone) {
        one.url = undefined;
        one.token = randomToken();
      } else if (error.status && error.status < 500 && ![409, 423, 460].includes(error.status)) {
        throw error;
      }
      if (tries < PAUSES.length) {
        if (tries) say(one, words.line);
        await wait(PAUSES[tries]);
        tries += 1;
      } else {
        await continued(one, error.status >= 500 ? error.message : words.failed);
        tries = 0;
      }
    }
  }
}

// From wherever the server is, to the end.
async function go(one, advanced) {
  const { file } = one;
  let answer;
  if (one.url) {
    answer = await ask(one, 'HEAD', one.url);
  } else {
    const said = { filename: file.name, source: one.source, token: one.token };
    const metadata = Object.entries(said).map(([key, value]) => `${key} ${base64(value)}`).join();
    answer = await ask(one, 'POST', form.dataset.uploads, { 'Upload-Length': file.size, 'Upload-Metadata': metadata });
    one.url = answer.headers.get('Location');
  }
  let at = offset(answer);
  for (show(one, at); at < file.size; show(one, at)) {
    const headers = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': at };
    at = offset(await ask(one, 'PATCH', one.url, headers, file.slice(at, at + PIECE)));
    advanced();
  }
}

async function ask(one, method, url, headers, body) {
  const line = new AbortController();
  const stop = () => line.abort();
  const timer = setTimeout(stop, PATIENCE);
  one.line.signal.addEventListener('abort', stop);
  try {
    const all = { 'Tus-Resumable': '1.0.0', ...headers };
    const answer = await fetch(url, { method, headers: all, body, signal: line.signal, redirect: 'error' });
    if (answer.ok) return answer;
    throw Object.assign(new Error(await answer.text()), { status: answer.status });
  } finally {
    clearTimeout(timer);
    one.line.signal.removeEventListener('abort', stop);
  }
}

function offset(answer) {
  const at = Number(answer.headers.get('Upload-Offset') ?? NaN);
  if (Number.isNaN(at)) throw new Error('no offset');
  return at;
}

async function finish(one) {
  const text = one.file === one.chosen ? words.done : words.shrunk;
  one.isOver = true;
  one.row.querySelector('[data-cancel]').remove();
  say(one, text);
  try {
    const answer = await fetch(form.dataset.uploads);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const list = page.getElementById('file-list');
    if (!list) return;
    document.getElementById('file-list').replaceWith(list);
    one.row.remove();
    tell(`${one.chosen.name}: ${text}`);
  } catch {
    // The row says that it has come; the next page lists it.
  }
}

// Waits for the button, or for the line.
function continued(one, text) {
  const button = one.row.querySelector('[data-continue]');
  say(one, text);
  button.hidden = false;
  held = undefined;
  isWaiting = true;
  return new Promise(done => {
    const on = () => {
      isWaiting = false;
      button.hidden = true;
      removeEventListener('online', on);
      done();
    };
    button.addEventListener('click', on, { once: true });
    one.line.signal.addEventListener('abort', on, { once: true });
    addEventListener('online', on);
  });
}

function cancel(one) {
  one.isOver = true;
  one.line.abort();
  if (one.url) forget(one.url);
  one.row.remove();
  input.focus();
}

// When this doesn't arrive, two days later it is forgotten anyway.
function forget(url) {
  fetch(url, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' }, keepalive: true }).catch(() => {});
}

function fail(one, text) {
  one.isOver = true;
  one.url = undefined;
  held = undefined;
  one.row.querySelector('progress').remove();
  one.row.querySelector('small').className = 'err';
  say(one, text);
}

// Who goes on before the files are there would leave them behind; but when the line is down, that is theirs to decide.
function hold(event) {
  if (!running || isWaiting || event.submitter?.value === 'later') return;
  event.preventDefault();
  event.stopImmediatePropagation();
  held = event.submitter;
  tell(words.hold);
}

function release() {
  if (running || !held) return;
  const button = held;
  held = undefined;
  form.requestSubmit(button);
}

function show(one, at) {
  const part = at / one.file.size;
  one.row.querySelector('progress').value = part;
  const percent = part.toLocaleString(document.documentElement.lang, { style: 'percent' });
  note(one, `${words.sending} ${percent}`);
}

function note(one, text) {
  one.row.querySelector('small').textContent = text;
}

// Aloud as well.
function say(one, text) {
  note(one, text);
  tell(`${one.chosen.name}: ${text}`, one.row);
}

// For the eye only where no row shows it.
function tell(text, row) {
  const said = place.querySelector('[data-said]');
  said.classList.toggle('vh', Boolean(row));
  // The same again would be read out twice.
  if (said.textContent !== text) said.textContent = text;
}

const isSame = one => ({ dataset }) => dataset.source === one.source && Number(dataset.size) === one.file.size;

// What a file is known by on another visit. A photo that was made smaller need not come out the same twice, so its sum is part of it.
async function sourceOf({ chosen, file }) {
  const source = `${chosen.size}:${chosen.name}`;
  if (file === chosen || !crypto.subtle) return source;
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return `${source}:${hex(sum)}`;
}

const randomToken = () => hex(crypto.getRandomValues(new Uint8Array(16)));
const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
const base64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
