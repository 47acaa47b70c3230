// Deciding by keyboard alone: twenty letters, on the Persian layout and the Latin one; the sheet of all keys, and who has switched them off.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { fileLetters } from './letters.mjs';
import { fitsNarrowScreen, look } from './look.mjs';
import { deskSignIn, staffOf } from './people.mjs';
import { stage } from './stage.mjs';

const LETTERS = 20;
const FIRST = 'نامه شماره ';
// A decision, a look at its effect and the next letter; nobody's hand leaves the keys.
const MOST_SECONDS = 300;
// What each layout has on the keys that are used here.
const LATIN = { KeyJ: 'j', KeyK: 'k', KeyA: 'a', KeyR: 'r', KeyU: 'u', KeyG: 'g', KeyI: 'i', KeyS: 's', KeyX: 'x', Digit1: '1', Digit2: '2', Slash: '/' };
const PERSIAN = { KeyJ: 'ت', KeyK: 'ن', KeyA: 'ش', KeyR: 'ق', KeyU: 'ع', KeyG: 'ل', KeyI: 'ه', KeyS: 'س', KeyX: 'ط', Digit1: '۱', Digit2: '۲', Slash: '/' };

const SETTINGS = { PISHKHAN_LIMITS__SUBMISSIONS_PER_SENDER_PER_DAY: '0' };

stage('the keys of the desk', { settings: SETTINGS }, it => {
  for (const [name, layout, mobile] of [['Persian', PERSIAN, '09121110041'], ['Latin', LATIN, '09121110043']]) {
    it(`twenty letters are decided by keyboard alone, on the ${name} layout`, async ({ demo, browser }) => {
      const press = (page, code) => pressOn(layout, page, code);
      const organisation = demo.organisations[1];
      const subjects = Array.from({ length: LETTERS }, (_, at) => FIRST + persian(at + 1));
      await fileLetters(browser, demo, organisation, mobile, subjects);
      const page = await visitor(browser, organisation, { screen: DESKTOP });
      await deskSignIn(page, staffOf(demo, organisation, 'reviewer'));
      // From here on no mouse: only keys, by their place and the sign that the layout has there.
      await press(page, 'KeyG');
      await goes(page, /\/desk$/, () => press(page, 'KeyI'));
      const waiting = await count(page);
      assert.ok(waiting >= LETTERS);
      const began = Date.now();
      await press(page, 'KeyJ');
      await goes(page, /\/desk\/letters\/[a-z0-9]+$/, () => page.keyboard.press('Enter'));
      for (let decided = 1; decided <= LETTERS; decided += 1) {
        const letter = new URL(page.url()).pathname;
        if (decided % 2) {
          await goes(page, /\/registration$/, () => press(page, 'KeyA'));
        } else {
          await goes(page, /\/rejection$/, () => press(page, 'KeyR'));
          await press(page, 'Digit1');
          assert.equal(await page.locator('dialog [type=radio]').first().isChecked(), true);
        }
        // The next letter opens by itself.
        await goes(page, /[?&]done=/, () => page.keyboard.press('Control+Enter'));
        assert.notEqual(new URL(page.url()).pathname, letter);
        await page.getByRole('status').getByText(/ثبت شد|رد شد/).first().waitFor();
      }
      const seconds = (Date.now() - began) / 1000;
      console.log(`${LETTERS} letters on the ${name} layout in ${seconds.toFixed(0)} s`);
      assert.ok(seconds < MOST_SECONDS);
      await page.goto('/desk?show=review');
      assert.equal(await count(page), waiting - LETTERS);
    });
  }

  it('U goes back, slash goes to the search, X selects, Z takes all back, and a field keeps its letters', async ({ demo, browser }) => {
    const organisation = demo.organisations[1];
    await fileLetters(browser, demo, organisation, '09121110042', ['برای انتخاب', 'برای بازگشت']);
    const page = await visitor(browser, organisation, { screen: DESKTOP });
    await deskSignIn(page, staffOf(demo, organisation, 'reviewer'));
    await page.goto('/desk?show=review');
    await press(page, 'KeyR');
    await press(page, 'KeyJ');
    await press(page, 'KeyX');
    assert.match(page.url(), /\/desk\?show=review$/, 'nothing is selected, so R does nothing');
    assert.equal(await page.locator('.pick input').first().isChecked(), true);
    assert.equal(await page.getByRole('button', { name: 'رد', exact: true }).getAttribute('aria-keyshortcuts'), 'R');
    await goes(page, /\/desk\/selection\?show=review&deed=reject&letter-/, () => press(page, 'KeyR'));
    await press(page, 'Digit1');
    assert.equal(await page.locator('[name=reason]').first().isChecked(), true);
    await page.getByRole('button', { name: 'دیدن پیامک' }).click();
    await page.getByText('پیامک را با این دلیل ببینید').waitFor();
    await goes(page, /\/desk\?show=review&all=/, () => page.locator('main form .row.above .btn.no').click());
    await page.getByText(/۱\u2069? نامه انجام شد/).waitFor();
    await press(page, 'KeyZ');
    await page.getByText(/۱\u2069? تصمیم پس گرفته شد/).waitFor();
    await page.goto('/desk?show=review&from=1400&to=1450');
    const [row, list] = [await page.locator('.rows li').first().boundingBox(), await page.locator('.list').boundingBox()];
    assert.ok(row.y < list.height * 2 / 3, 'active filters leave the letters their room');
    await page.goto('/desk?show=review');
    await press(page, 'KeyJ');
    await goes(page, /\/desk\/letters\//, () => page.keyboard.press('Enter'));
    await goes(page, /\/desk\?show=review/, () => press(page, 'KeyU'));
    await press(page, 'Slash');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'q', 'the search stands above the list');
    await page.keyboard.type('برای');
    await goes(page, /\/desk\/search\?q=/, () => page.keyboard.press('Enter'));
    await page.locator('main input[type=search], main input[type=text]').first().focus();
    await press(page, 'KeyU');
    assert.match(page.url(), /\/desk\/search/, 'who types goes nowhere');
    await page.goto('/desk');
    await press(page, 'KeyU', { ctrlKey: true });
    await press(page, 'KeyG');
    await goes(page, /\/desk\/reports/, () => press(page, 'KeyR'));
    // A view goes along: into the letter, into its dialog, and back.
    await page.goto('/desk?show=review&from=1400/01/01');
    await press(page, 'KeyJ');
    await goes(page, /\/desk\/letters\/[a-z0-9]+\?show=review&from=/, () => page.keyboard.press('Enter'));
    await goes(page, /\/rejection\?show=review&from=/, () => press(page, 'KeyR'));
    await goes(page, /\/desk\/letters\/[a-z0-9]+\?show=review&from=/, () => page.keyboard.press('Escape'));
    await goes(page, /\/desk\?show=review&from=/, () => press(page, 'KeyU'));
  });

  it('a question mark opens the sheet of all keys, and in a dialog only its own keys act', async ({ demo, browser }) => {
    const organisation = demo.organisations[1];
    const page = await visitor(browser, organisation, { screen: DESKTOP });
    await deskSignIn(page, staffOf(demo, organisation, 'reviewer'));
    await page.goto('/desk?show=review');
    await press(page, 'Slash', { shiftKey: true, key: '؟' });
    const sheet = page.locator('dialog.sheet-of-keys');
    await sheet.getByText('تأیید و ثبت').waitFor();
    await look(page, 'desk-keys-sheet');
    await page.setViewportSize(PHONE);
    await look(page, 'desk-keys-sheet');
    await page.setViewportSize(DESKTOP);
    await press(page, 'KeyJ');
    assert.equal(await sheet.evaluate(dialog => dialog.contains(document.activeElement)), true, 'J moves no row behind it');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.locator('.rows a').first().click();
    await page.waitForURL(/\/desk\/letters\//);
    await goes(page, /\/rejection$/, () => press(page, 'KeyR'));
    await press(page, 'KeyA');
    assert.match(page.url(), /\/rejection$/);
    await goes(page, /\/desk\/letters\/[a-z0-9]+$/, () => page.keyboard.press('Escape'));
  });

  it('whoever switches the keys off has none, and everything still has its button', async ({ demo, browser }) => {
    const organisation = demo.organisations[1];
    const page = await visitor(browser, organisation, { screen: DESKTOP });
    await deskSignIn(page, staffOf(demo, organisation, 'auditor'));
    await page.goto('/desk/keys');
    await look(page, 'desk-keys');
    await page.setViewportSize(PHONE);
    await look(page, 'desk-keys');
    await fitsNarrowScreen(page, 'desk-keys');
    await page.setViewportSize(DESKTOP);
    await page.getByRole('button', { name: 'خاموش کردن میان‌برها' }).click();
    await page.getByText('میان‌برهای تک‌کلیدی خاموش است').waitFor();
    await look(page, 'desk-keys-off');
    await page.goto('/desk?show=review');
    await press(page, 'KeyJ');
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    await press(page, 'Slash', { shiftKey: true, key: '؟' });
    assert.equal(await page.locator('dialog').count(), 0);
    await page.goto('/desk/keys');
    await page.getByRole('button', { name: 'روشن کردن میان‌برها' }).click();
    await page.getByText('میان‌برهای تک‌کلیدی روشن است').waitFor();
  });
});

// As the browser reports a key of a keyboard with that layout: its place, and the sign that is on it there.
async function pressOn(layout, page, code, more = {}) {
  await page.evaluate(([code, more]) => {
    const target = document.activeElement ?? document.body;
    for (const type of ['keydown', 'keyup']) {
      target.dispatchEvent(new KeyboardEvent(type, { code, bubbles: true, cancelable: true, ...more }));
    }
  }, [code, { key: layout[code], ...more }]);
}

const press = (page, code, more) => pressOn(PERSIAN, page, code, more);

async function goes(page, there, act) {
  const gone = page.waitForURL(there, { waitUntil: 'load' });
  await act();
  await gone;
}

const persian = number => String(number).replace(/\d/g, digit => String.fromCharCode(0x6f0 + Number(digit)));
const count = async page => Number((await page.locator('[data-count=review]').innerText())
  .replace(/[۰-۹]/g, digit => String(digit.charCodeAt(0) - 0x6f0)));
