// Keys of the desk, by their place on the keyboard (event.code), so that they work on the Persian layout too.
// <html data-keys="off"> switches the single keys off (WCAG 2.1.4).
const rows = () => [...document.querySelectorAll('.rows a')];
// A tick or a radio button takes no letters, so the keys go on there.
const isTyping = target => target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
  || (target.tagName === 'INPUT' && !/^(radio|checkbox)$/.test(target.type));
// After G so long is waited for the second key.
const CHORD = 1500;
let goesUntil = 0;

// Across the list's border the page before or after is opened; whoever holds the key down stops there.
function move(by, isHeld) {
  const all = rows();
  const focused = all.indexOf(document.activeElement);
  const current = focused < 0 ? all.findIndex(row => row.hasAttribute('aria-current')) : focused;
  const row = all[current < 0 && by < 0 ? all.length - 1 : current + by];
  if (row) row.focus();
  else if (!isHeld) document.querySelector(`.list a[rel=${by > 0 ? 'next' : 'prev'}]`)?.click();
}

function pick() {
  const here = document.activeElement;
  if (here?.type === 'checkbox') here.click();
  else here?.closest('li')?.querySelector('.pick input')?.click();
}

// The sheets of a letter: its text, and the pages of its files. The one before or after whatever is at the top of the pane.
function turn(by) {
  const pane = document.querySelector('.doc');
  const sheets = [...document.querySelectorAll('.doc .sheet')];
  if (!pane || !sheets.length) return;
  const top = pane.getBoundingClientRect().top;
  const tops = sheets.map(sheet => sheet.getBoundingClientRect().top - top);
  const there = by > 0 ? tops.findIndex(at => at > 16) : tops.findLastIndex(at => at < -16);
  sheets[there]?.scrollIntoView({ block: 'start' });
}

// How the pictures of pages are looked at: <a data-zoom="150"> within .looks, and beside it the one that turns them to the left. What was
// at the top of the document stays there; a larger picture is got only where it is needed.
function look(link) {
  const pane = document.querySelector('.doc');
  const top = Math.max(0, pane.getBoundingClientRect().top);
  const above = sheet => top - sheet.getBoundingClientRect().top;
  const sheet = [...pane.querySelectorAll('.sheet')].filter(sheet => above(sheet) >= 0).pop();
  const share = sheet && above(sheet) / sheet.offsetHeight;
  const { zoom } = link.dataset;
  if (zoom) {
    pane.dataset.zoom = zoom;
    for (const other of link.parentElement.children) other.removeAttribute('aria-current');
    link.setAttribute('aria-current', 'true');
    if (zoom > 100) pane.querySelectorAll('.picture img').forEach(image => { image.sizes = '(min-width: 62rem) 84rem, 200vw'; });
  } else {
    pane.dataset.turn = (Number(pane.dataset.turn) + 270) % 360;
  }
  if (sheet) (pane.scrollHeight > pane.clientHeight ? pane : window).scrollBy(0, share * sheet.offsetHeight - above(sheet));
}

function zoom(by) {
  const steps = [...document.querySelectorAll('.looks [data-zoom]')];
  steps[steps.findIndex(step => step.hasAttribute('aria-current')) + by]?.click();
}

// The page of all keys, as a sheet over this one.
async function showKeys(link) {
  if (document.querySelector('#keys')) return;
  try {
    const answer = await fetch(link.href, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const keys = page.querySelector('#keys');
    const title = keys.querySelector('h1');
    const sheet = document.createElement('dialog');
    sheet.className = 'sheet-of-keys';
    sheet.setAttribute('aria-labelledby', 'all-keys-title');
    const head = document.createElement('h2');
    head.id = 'all-keys-title';
    head.append(...title.childNodes);
    title.replaceWith(head);
    sheet.append(keys);
    sheet.addEventListener('close', () => sheet.remove());
    document.body.append(sheet);
    sheet.showModal();
  } catch {
    location.assign(link.href);
  }
}

const keys = {
  KeyJ: event => move(1, event.repeat),
  KeyK: event => move(-1, event.repeat),
  KeyX: pick,
  KeyU: () => document.querySelector('.back')?.click(),
  KeyG: () => { goesUntil = Date.now() + CHORD; },
  BracketLeft: () => turn(-1),
  BracketRight: () => turn(1),
  Minus: () => zoom(-1),
  NumpadSubtract: () => zoom(-1),
  Equal: () => zoom(1),
  ShiftEqual: () => zoom(1),
  NumpadAdd: () => zoom(1),
  Slash: () => {
    const field = document.querySelector('.find input');
    if (field) field.focus();
    else document.querySelector('[data-go="KeyS"]')?.click();
  },
};

// <a data-key="KeyA"> or <button data-key="ShiftKeyA"> are pressed by their key, <a data-go="KeyI"> by G and its key.
function press(event) {
  const goes = Date.now() < goesUntil;
  goesUntil = 0;
  const code = `${event.shiftKey ? 'Shift' : ''}${event.code}`;
  let named = goes ? document.querySelector(`[data-go="${code}"]`) : document.querySelector(`[data-key="${code}"]`);
  // What decides on several letters together waits until some are selected.
  if (named?.form?.matches('.selecting') && !document.querySelector('.pick :checked')) named = null;
  const act = !named ? (goes ? null : keys[code])
    : code === 'ShiftSlash' ? () => showKeys(named) : () => named.click();
  if (!act) return;
  event.preventDefault();
  // A key that is held down decides once.
  if (!event.repeat || code === 'KeyJ' || code === 'KeyK') act(event);
}

// In a dialog, and in a <form data-digits> that is a page, the digits choose a reason or a ready text; <form data-digits=texts> is a part of its
// page, which the digits begin and Ctrl+Enter sends from within only.
function choose(place, event) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (!place || !digit || event.shiftKey) return false;
  // The digit itself would stand in the field that a ready text leads to.
  event.preventDefault();
  // What has a digit of its own, or an empty one, is not counted by its place.
  (place.querySelector(`[data-digit="${digit}"]`) ?? place.querySelectorAll('[type=radio]:not([data-digit]), [data-text]')[digit - 1])?.click();
  return true;
}

document.addEventListener('keydown', event => {
  const dialog = document.querySelector('dialog:modal') ?? document.querySelector('dialog[open]');
  if ((event.ctrlKey || event.metaKey) && /^(Numpad)?Enter$/.test(event.code)) {
    const place = dialog ? 'form[method=post]' : 'form[data-digits=""]';
    const form = event.target.form ?? (dialog ?? document).querySelector(place);
    // What is done with several letters is said by one of its buttons.
    if (!form?.matches('.selecting')) form?.requestSubmit();
    return;
  }
  const isOff = document.documentElement.dataset.keys === 'off';
  if (isOff || event.isComposing || isTyping(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
  if (choose(dialog ?? document.querySelector('[data-digits]'), event)) return;
  // Escape goes back from a dialog; everything else is left to it.
  if (!dialog) press(event);
  else if (event.code === 'Escape' && !dialog.matches(':modal')) dialog.querySelector('header a.ib')?.click();
});

// <input type=search data-narrows=id> shows, of the options of a select, those that have what is typed; without script it isn't there.
for (const search of document.querySelectorAll('[data-narrows]')) {
  const select = document.getElementById(search.dataset.narrows);
  const groups = [...select.querySelectorAll('optgroup')].map(group => [group, [...group.children]]);
  const plain = text => text.replaceAll('\u064a', '\u06cc').replaceAll('\u0643', '\u06a9').replaceAll('\u200c', '').toLowerCase().trim();
  search.hidden = false;
  search.addEventListener('input', () => {
    const wanted = plain(search.value);
    for (const [group, options] of groups) {
      group.replaceChildren(...options.filter(option => option.selected || plain(option.label).includes(wanted)));
    }
  });
}

// <button data-text> puts its text into the field of its form, be it called text or note; without script the form is sent and comes back
// with it.
document.addEventListener('click', event => {
  const ready = event.target.closest('[data-text]');
  const { text, note } = ready?.closest('form')?.elements ?? {};
  const field = text ?? note;
  if (!field) return;
  event.preventDefault();
  field.value = [field.value.trimEnd(), ready.dataset.text].filter(text => text).join('\n');
  // A draft that is being kept hears of it as if it had been typed.
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
});

document.addEventListener('click', event => {
  const link = event.target.closest('.looks a');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  look(link);
});

// Of more views than there is room for, the one that is shown is in sight.
for (const view of document.querySelectorAll('.views [aria-current]')) {
  const strip = view.parentElement;
  const [here, room] = [view.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollTop += Math.min(0, here.top - room.top) + Math.max(0, here.bottom - room.bottom);
}
