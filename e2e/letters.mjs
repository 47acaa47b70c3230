// Letters that somebody sends, as many as a test needs, without looking at each page on the way.
import assert from 'node:assert/strict';
import { PHONE, visitor } from './browser.mjs';
import { signIn } from './people.mjs';

// Sends a letter of each subject to the organisation's first unit, by the forms of the pages.
export async function fileLetters(browser, demo, organisation, mobile, subjects) {
  const page = await visitor(browser, organisation, { screen: PHONE });
  await signIn(page, demo, mobile);
  for (const subject of subjects) {
    const letter = { sender_name: 'مهتاب کویری', subject, body: 'با سلام. لطفاً رسیدگی کنید.' };
    assert.equal(await page.evaluate(file, letter), 'نامه‌تان به دست ما رسید');
  }
  await page.context().close();
}

// In the browser: what the last page says, none of which is shown.
async function file(letter) {
  const read = async answer => new DOMParser().parseFromString(await (await answer).text(), 'text/html');
  const send = (form, fields) => {
    const body = new FormData(form);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const isPlain = form.enctype !== 'multipart/form-data';
    return read(fetch(form.getAttribute('action'), { method: 'POST', body: isPlain ? new URLSearchParams(body) : body }));
  };
  const draft = (await read(fetch('/letters/new'))).querySelector('form[enctype]');
  const check = await send(draft, { ...letter, unit: draft.querySelector('[name=unit]').value, next: 'check' });
  const receipt = await send(check.querySelector('form[action$="/submission"]'), {});
  return receipt.querySelector('h1').textContent.trim();
}
