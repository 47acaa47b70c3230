// An administrator looks after the ways of messages: what a provider refused is sent again once it is well, and a route is tried out.
// With the keyboard alone, and without script on a phone.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { gateway, routeTo } from './gateway.mjs';
import { fileLetters } from './letters.mjs';
import { look, lookOnBoth } from './look.mjs';
import { bare, deskSignIn, inLatin, staffOf } from './people.mjs';
import { stage } from './stage.mjs';
import { tabTo, walk } from './tabs.mjs';

const ROUTE = 'خط خدماتی';

stage('the routes of messages', {}, it => {
  it('what was put aside is sent again, and a route tried out, by keyboard alone', async ({ demo, browser }) => {
    const organisation = demo.organisations[0];
    const provider = await route(demo, 'chargoon');
    const page = await administrator(browser, demo, organisation, { screen: DESKTOP });
    provider.status = 422;
    await fileLetters(browser, demo, organisation, '09121110061', ['برق', 'آب', 'گاز']);
    await seen(page, '/desk/routes', all(page, '۳'));
    const parked = page.getByRole('row', { name: 'رسید نامه' });
    assert.equal(await parked.count(), 3);
    assert.match(await parked.first().innerText(), /۰۹۱۲ ••• ۰۰۶۱[\s\S]*refused: .*422/, 'the number is hidden, the gateway is quoted');
    assert.equal(provider.taken.length, 0);
    await lookOnBoth(page, 'routes-parked');
    await walk(page, ['پیامک‌ها', 'حساب', 'متن پیامک‌ها', 'مسیرها', 'به شماره موبایل', `فرستادن از ${ROUTE}`,
      'فرستادن دوباره ۳ پیامک', 'کنار گذاشته', 'دوباره بفرست', 'دوباره بفرست', 'دوباره بفرست']);

    provider.status = 200;
    await page.goto('/desk/routes');
    await tabTo(page, 'دوباره بفرست');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('دوباره در صف است').waitFor();
    await look(page, 'routes-again');
    await until(() => provider.taken.length === 1);
    await seen(page, '/desk/routes', all(page, '۲'));
    await tabTo(page, 'فرستادن دوباره ۲ پیامک');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('دوباره در صف است').waitFor();
    await until(() => provider.taken.length === 3);
    await seen(page, '/desk/routes', page.getByText('پیامکی کنار گذاشته نشده است'));
    assert.equal(new Set(provider.taken.map(({ id }) => id)).size, 3, 'each went once');
    assert.ok(provider.taken.every(({ to, text }) => to === '+989121110061' && text.startsWith('نامه شما رسید')));

    await tabTo(page, 'به شماره موبایل');
    await page.keyboard.type('۱۲');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('شماره').waitFor();
    // The gateway of the settings has a field of that name, too, below the routes'.
    const number = page.getByLabel('به شماره موبایل').first();
    assert.equal(await number.inputValue(), '۱۲', 'what was typed stays');
    assert.equal(await number.getAttribute('aria-invalid'), 'true', 'the fault stands at its field');
    await lookOnBoth(page, 'routes-trial-error');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal(await number.evaluate(field => field === document.activeElement), true);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('۰۹۱۲۱۱۱۰۰۶۲');
    await page.keyboard.press('Enter');
    assert.deepEqual(await steps(page), [['اعتبار', 'درگاه چیزی نمی‌گوید'], ['فرستادن', 'پذیرفت، با شناسه m-4\n\n{"id":"m-4"}'], ['پرسش از رسیدن', 'درگاه چیزی نمی‌گوید']]);
    assert.equal(provider.taken.at(-1).to, '+989121110062');
    await lookOnBoth(page, 'routes-trial');
    await page.locator('details.menu summary').click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Messages and routes' }).waitFor();
  });

  it('the same on a phone without script', async ({ demo, browser }) => {
    const organisation = demo.organisations[1];
    const provider = await route(demo, 'shahrdari');
    const page = await administrator(browser, demo, organisation, { screen: PHONE, script: false });
    provider.status = 422;
    await fileLetters(browser, demo, organisation, '09121110063', ['درخت']);
    const again = page.getByRole('button', { name: 'دوباره بفرست' });
    await seen(page, '/desk/routes', again);
    await lookOnBoth(page, 'routes-parked');
    const { x, width } = await again.boundingBox();
    assert.ok(x >= 0 && x + width <= PHONE.width, 'the button is in sight');

    await page.getByLabel('به شماره موبایل').first().fill('09121110064');
    await page.getByRole('button', { name: `فرستادن از ${ROUTE}` }).click();
    const [, [what, told]] = await steps(page);
    assert.equal(what, 'فرستادن');
    assert.match(told, /422/);
    await lookOnBoth(page, 'routes-trial-refused');
    const wide = await page.locator('.tablewrap').evaluateAll(all => all.filter(it => it.scrollWidth > it.clientWidth + 1).length);
    assert.equal(wide, 0, 'no table goes on beside the screen');

    provider.status = 200;
    await again.click();
    await page.getByRole('status').getByText('دوباره در صف است').waitFor();
    await until(() => provider.taken.length === 1);
    await seen(page, '/desk/routes', page.getByText('پیامکی کنار گذاشته نشده است'));
  });
});

async function administrator(browser, demo, organisation, way) {
  const page = await visitor(browser, organisation, way);
  await deskSignIn(page, staffOf(demo, organisation, 'administrator'));
  return page;
}

// A provider, and a route to it for this organisation's notices.
async function route(demo, organisation) {
  const provider = await gateway();
  await demo.command('route', 'add', await demo.file('route.toml', routeTo(provider, ROUTE)), '--org', organisation);
  return provider;
}

// The button that sends as many at once.
const all = (page, count) => page.getByRole('button', { name: new RegExp(`^فرستادن دوباره .?${count}`) });

// What each step of the trial was and what was said to it; each says how long it took.
async function steps(page) {
  await page.locator('#trial').waitFor();
  const rows = await page.locator('section:has(#trial) tbody tr').evaluateAll(all => all.map(row => [...row.cells].map(cell => cell.innerText.trim())));
  for (const [what, took] of rows) assert.match(inLatin(bare(took)), /^\d+ هزارم ثانیه$/, what);
  return rows.map(([what, , told]) => [what, bare(told)]);
}

// Looks at the page again until it shows that.
async function seen(page, path, what) {
  await until(async () => {
    await page.goto(path);
    return await what.count() > 0;
  });
}

async function until(isSo) {
  const end = Date.now() + 30_000;
  while (!await isSo()) {
    assert.ok(Date.now() < end, `never came true: ${isSo}`);
    await pause(200);
  }
}
