// What is live at the desk: a letter that comes while somebody looks, who else is looking, and two who decide the same letter.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { fitsNarrowScreen, look } from './look.mjs';
import { deskSignIn, staffOf } from './people.mjs';
import { fileLetters } from './letters.mjs';
import { stage } from './stage.mjs';

// As the demo calls the reviewers of its first organisation.
const REVIEWER = 'مریم کریمی';
const COLLEAGUE = 'پریسا توکلی';

stage('what is live at the desk', {}, it => {
  it('a new letter is told by a bar, and no row moves', async ({ demo, browser }) => {
    const organisation = demo.organisations[0];
    const page = await desk(browser, demo, organisation, 'reviewer');
    const before = await rows(page);
    const count = page.locator('.views [data-count=review]');
    const counted = latin(await count.innerText());
    await page.locator('.rows a').nth(1).focus();
    const place = await page.locator('.rows a').nth(1).boundingBox();
    await fileLetters(browser, demo, organisation, '09121110031', ['نامه‌ای که تازه رسید']);
    const bar = page.locator('[data-anew]');
    await bar.waitFor({ state: 'visible' });
    assert.equal(await bar.innerText(), 'یک نامه تازه رسید، نشان بده');
    await page.waitForFunction(n => document.querySelector('[data-count=review]').textContent === n, persian(counted + 1));
    assert.deepEqual(await rows(page), before, 'the rows stand as they stood');
    const now = await page.locator('.rows a').nth(1).boundingBox();
    assert.ok(Math.abs(now.y - place.y) < 1, `the row under the cursor moved by ${now.y - place.y} px`);
    assert.equal(await page.locator('.rows a').nth(1).evaluate(row => row === document.activeElement), true);
    assert.match(await page.title(), new RegExp(`^\\(${persian(counted + 1)}\\)`));
    await look(page, 'desk-live-bar');
    await page.setViewportSize(PHONE);
    await look(page, 'desk-live-bar');
    await page.setViewportSize(DESKTOP);
    await bar.click();
    await page.waitForLoadState('load');
    assert.ok((await rows(page)).some(row => row.includes('نامه‌ای که تازه رسید')));
    assert.equal(await page.locator('[data-anew]').isHidden(), true);
  });

  it('what comes up from the next page is not told as new', async ({ demo, browser }) => {
    const page = await desk(browser, demo, demo.organisations[0], 'reviewer');
    const shown = await page.locator('[data-letter]').evaluateAll(rows => rows.map(row => row.dataset.letter));
    // As if the list went on, a colleague had decided about one of its letters, and another one had come.
    await page.evaluate(() => document.querySelector('.list').append(Object.assign(document.createElement('a'), { rel: 'next' })));
    const told = ['new', ...shown.slice(1), 'moved'].join(' ');
    const body = `event: rows\ndata: ${told}\n\n`;
    await page.route('**/desk/events*', route => route.fulfill({ contentType: 'text/event-stream', body }));
    await hide(page, true);
    await hide(page, false);
    const bar = page.locator('[data-anew]');
    await bar.waitFor({ state: 'visible' });
    assert.equal(await bar.innerText(), 'یک نامه تازه رسید، نشان بده');
  });

  it('once nothing that is shown is in the list any more, it is told that others are', async ({ demo, browser }) => {
    const page = await desk(browser, demo, demo.organisations[0], 'reviewer');
    // As if the list went on, and colleagues had decided about all of its first page.
    await page.evaluate(() => document.querySelector('.list').append(Object.assign(document.createElement('a'), { rel: 'next' })));
    const body = 'event: rows\ndata: moved other\n\n';
    await page.route('**/desk/events*', route => route.fulfill({ contentType: 'text/event-stream', body }));
    await hide(page, true);
    await hide(page, false);
    const bar = page.locator('[data-anew]');
    await bar.waitFor({ state: 'visible' });
    assert.equal(await bar.innerText(), 'نامه‌های این صفحه دیگر در فهرست نیستند، بقیه را نشان بده');
  });

  it('a hidden window hears nothing, and hears of it all when it is shown', async ({ demo, browser }) => {
    const organisation = demo.organisations[0];
    const page = await desk(browser, demo, organisation, 'reviewer');
    const asked = [];
    page.on('request', request => request.url().includes('/desk/events') && asked.push(request));
    const ended = page.waitForEvent('requestfailed', request => request.url().includes('/desk/events'));
    await hide(page, true);
    await ended;
    await fileLetters(browser, demo, organisation, '09121110032', ['پشت پرده']);
    assert.equal(asked.length, 0, 'nothing is asked while nobody looks');
    assert.equal(await page.locator('[data-anew]').isHidden(), true);
    await hide(page, false);
    await page.locator('[data-anew]').waitFor({ state: 'visible' });
    assert.equal(asked.length, 1);
  });

  it('others see who is looking, and that they have gone', async ({ demo, browser }) => {
    const organisation = demo.organisations[0];
    const page = await desk(browser, demo, organisation, 'reviewer');
    const other = await desk(browser, demo, organisation, 'auditor');
    await page.locator('.rows a').first().click();
    await page.waitForURL(/\/desk\/letters\//);
    await other.goto(page.url());
    const sign = other.locator('[data-looking]', { hasText: REVIEWER });
    await sign.waitFor();
    assert.match(await sign.innerText(), /دارد می‌بیند/);
    await page.locator('[data-looking]', { hasText: 'دارد می‌بیند' }).waitFor();
    await look(page, 'desk-live-looking');
    await page.setViewportSize(PHONE);
    await look(page, 'desk-live-looking');
    await fitsNarrowScreen(page, 'desk-live-looking');
    await page.setViewportSize(DESKTOP);
    await page.goto('/desk');
    await other.waitForFunction(() => document.querySelector('[data-looking]').textContent === '');
    await page.goBack();
    await sign.waitFor();
  });

  it('of two who decide one letter, the second is told who was first and keeps what was typed', async ({ demo, browser }) => {
    const organisation = demo.organisations[0];
    const [first, second] = [
      await desk(browser, demo, organisation, 'reviewer'),
      await desk(browser, demo, organisation, 'reviewer', 1),
    ];
    // Not the one that the others had open, whose signs may still stand.
    await first.locator('.rows a').nth(1).click();
    await first.waitForURL(/\/desk\/letters\//);
    const letter = first.url();
    await second.goto(letter);
    await second.locator('[data-looking]', { hasText: REVIEWER }).waitFor();
    await first.locator('[data-looking]', { hasText: COLLEAGUE }).waitFor();
    await second.goto(`${letter}/rejection`);
    await second.locator('dialog [type=radio]').first().check();
    await second.locator('#note').fill('کپی کارت ملی را هم بفرستید');
    await first.goto(`${letter}/registration`);
    await first.locator('dialog footer button').click();
    await first.getByText(/ثبت شد/).first().waitFor();
    const answered = second.waitForResponse(answer => answer.request().method() === 'POST' && answer.url().endsWith('/rejection'));
    await second.locator('dialog footer button').click();
    assert.equal((await answered).status(), 409);
    const told = second.getByRole('alert');
    await told.getByText(REVIEWER).waitFor();
    assert.equal(await told.getByText(COLLEAGUE).count(), 0, 'it names the other person');
    assert.equal(await second.locator('#typed').inputValue(), 'کپی کارت ملی را هم بفرستید');
    await look(second, 'desk-live-conflict');
  });
});

async function desk(browser, demo, organisation, role, place = 0) {
  const page = await visitor(browser, organisation, { screen: DESKTOP });
  await deskSignIn(page, staffOf(demo, organisation, role, undefined, place));
  await page.goto('/desk?show=review');
  await page.locator('[data-live][data-open]').waitFor();
  return page;
}

const rows = page => page.locator('.rows a .sub').allInnerTexts();
const persian = number => String(number).replace(/\d/g, digit => String.fromCharCode(0x6f0 + Number(digit)));
const latin = text => Number(String(text).replace(/[۰-۹]/g, digit => String(digit.charCodeAt(0) - 0x6f0)));

// As if the window went behind another: headless browsers have no other.
async function hide(page, isHidden) {
  await page.evaluate(isHidden => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}
