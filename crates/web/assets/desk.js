// Keys of the desk, by their place on the keyboard (event.code), so that they work on the Persian layout too.
// <html data-keys="off"> switches the single keys off (WCAG 2.1.4).
const rows = () => [...document.querySelectorAll('.rows a')];
const isTyping = target => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;

function move(by) {
  const all = rows();
  const focused = all.indexOf(document.activeElement);
  const current = focused < 0 ? all.findIndex(row => row.hasAttribute('aria-current')) : focused;
  all[Math.max(0, Math.min(all.length - 1, current + by))]?.focus();
}

const keys = {
  KeyJ: () => move(1),
  KeyK: () => move(-1),
  Slash: () => document.querySelector('.find input')?.focus(),
  KeyU: () => document.querySelector('.back')?.click(),
};

// <a data-key="KeyA"> or <button data-key="ShiftKeyA"> are pressed by their key.
function press(event) {
  const named = document.querySelector(`[data-key="${event.shiftKey ? 'Shift' : ''}${event.code}"]`);
  const act = named ? () => named.click() : keys[event.code];
  if (!act) return;
  event.preventDefault();
  act();
}

// Within a dialog the digits choose a reason; everything else is left to it.
function choose(dialog, event) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit) dialog.querySelectorAll('[type=radio]')[digit[1] - 1]?.click();
}

document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && event.code === 'Enter') {
    event.target.form?.requestSubmit();
    return;
  }
  const isOff = document.documentElement.dataset.keys === 'off';
  if (isOff || isTyping(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
  const dialog = document.querySelector('dialog[open]');
  if (dialog) choose(dialog, event);
  else press(event);
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
