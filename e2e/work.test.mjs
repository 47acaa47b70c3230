// The work between registration and answer, in the browser: refer, note, ask, reply, look closer, begin with a ready text; on phone and
// desktop, with and without script.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { fitsNarrowScreen, look } from './look.mjs';
import { pdf } from './pdf.mjs';
import { deskSignIn, signIn, staffOf } from './people.mjs';
import { waitForPictures } from './photos.mjs';
import { WITH_PICTURES } from './server.mjs';
import { stage } from './stage.mjs';

const SETTINGS = { ...WITH_PICTURES, PISHKHAN_SIGN_IN__WAIT_SECONDS: '2' };
const METER = { name: 'کنتور.pdf', mimeType: 'application/pdf', buffer: pdf('Meter') };

stage('the work on a letter', { settings: SETTINGS }, it => {
  for (const way of [{ screen: DESKTOP, script: true }, { screen: PHONE, script: false }]) {
    const name = `work${way.script ? '' : '-without-script'}`;
    it(`at ${way.screen.width} px ${way.script ? 'with' : 'without'} script`, async ({ demo, browser }) => {
      const organisation = demo.organisations[0];
      const mobile = way.script ? '09135550601' : '09135550602';
      const sender = await visitor(browser, organisation, way);
      await signIn(sender, demo, mobile, way);
      const path = await send(sender);

      const reviewer = await visitor(browser, organisation, way);
      await deskSignIn(reviewer, staffOf(demo, organisation, 'reviewer'));
      await reviewer.goto(`/desk${path}`);
      await reviewer.locator('[data-key=KeyA]').click();
      await reviewer.locator('dialog footer button').click();
      await reviewer.context().close();

      const officer = await visitor(browser, organisation, way);
      await deskSignIn(officer, staffOf(demo, organisation, 'officer'));
      await officer.goto(`/desk${path}`);
      await officer.locator('[data-key=KeyT]').click();
      await officer.locator('dialog footer button').click();
      await refer(officer, path, name, way);
      await note(officer, path, way);
      await ask(officer, path, name);
      await look(officer, `${name}-letter-at-desk`);
      await fitsNarrowScreen(officer, `${name}-letter-at-desk`);

      await sender.goto(path);
      await sender.getByText('شماره کنتور چیست؟').waitFor();
      assert.equal(await sender.getByText('یادداشت').count(), 0, 'notes stay in the house');
      await look(sender, `${name}-question`);
      await sender.locator('#thread form .btn').click();
      await sender.locator('.errs').waitFor();
      await look(sender, `${name}-reply-error`);
      await sender.getByLabel('پاسخ شما').fill('شماره آن ۱۲۳۴۵ است.');
      await sender.locator('#thread-files').setInputFiles(METER);
      await sender.locator('#thread form .btn').click();
      await sender.getByText('شماره آن ۱۲۳۴۵ است.').waitFor();
      await look(sender, `${name}-replied`);
      await fitsNarrowScreen(sender, `${name}-replied`);

      await officer.goto('/desk?show=mine');
      await officer.getByText('پیام تازه').first().waitFor();
      await look(officer, `${name}-tray`);
      await officer.goto(`/desk${path}`);
      await officer.getByRole('link', { name: METER.name }).first().waitFor();
      await look(officer, `${name}-reply-at-desk`);
      await looksCloser(officer, path, name, way);
      await beginsWithReady(officer, path, way);
    });
  }
});

async function send(page) {
  await page.goto('/letters/new');
  await page.getByLabel('نام فرستنده').fill('مریم احمدی');
  await page.locator('[name=unit]').first().check();
  await page.getByLabel('موضوع نامه').fill('قبض آب');
  await page.getByLabel('متن نامه').fill('قبض این دوره سه برابر دوره پیش است.');
  await page.getByRole('button', { name: 'ادامه و بازبینی' }).click();
  await page.getByRole('button', { name: 'ارسال نامه' }).click();
  await page.locator('.seal').waitFor();
  return new URL(page.url()).pathname.replace('/receipt', '');
}

// To the last unit of the list for its opinion, with a copy for another.
async function refer(page, path, name, way) {
  await page.goto(`/desk${path}`);
  await page.locator('[data-key=KeyF]').click();
  await page.locator('dialog footer button').click();
  await page.locator('dialog .errs').waitFor();
  await look(page, `${name}-refer-error`);
  const units = page.locator('#to optgroup:last-child option:not([value*="."])');
  await page.locator('#to').selectOption(await units.last().getAttribute('value'));
  if (way.script) {
    await page.locator('dialog header h2').click();
    await page.keyboard.press('Digit2');
  } else {
    await page.locator('[name=purpose][value=answer]').check();
  }
  assert.equal(await page.locator('[name=purpose]:checked').getAttribute('value'), 'answer');
  await page.locator('#text').fill('آیا بدهی دارد؟');
  await page.locator('#days').fill('۵');
  await page.locator('#copies summary').click();
  await page.locator('#copies [type=checkbox]').nth(1).check();
  await look(page, `${name}-refer`);
  await fitsNarrowScreen(page, `${name}-refer`);
  await page.locator('dialog footer button').click();
  await page.waitForURL(/done=/);
}

async function note(page, path, { script }) {
  await page.goto(`/desk${path}`);
  const text = page.locator('#note-text');
  if (script) {
    await page.keyboard.press('Digit1');
    assert.notEqual(await text.inputValue(), '', 'a ready text by its key, on the letter\'s page');
  }
  await text.fill('تلفنی هم پرسیدم.');
  await page.locator('#notes form button:not([name])').click();
  await page.getByText('تلفنی هم پرسیدم.').waitFor();
}

async function ask(page, path, name) {
  await page.goto(`/desk${path}`);
  await page.locator('[data-key=KeyD]').click();
  await page.locator('#text').fill('شماره کنتور چیست؟');
  await look(page, `${name}-ask`);
  await fitsNarrowScreen(page, `${name}-ask`);
  await page.locator('dialog footer button').click();
  await page.waitForURL(/done=/);
  await page.goto(`/desk${path}`);
  await page.getByText('شماره کنتور چیست؟').first().waitFor();
}

// The pages of a file larger and on their side: in place by keys, and without script by links. Nothing but the document grows.
async function looksCloser(page, path, name, { script }) {
  const picture = page.locator('.picture').first();
  await waitForPictures(page, `/desk${path}`, 1, '.picture');
  const width = async () => (await picture.boundingBox()).width;
  const fit = await width();
  if (script) {
    for (const code of ['Equal', 'Equal', 'Minus', 'Backslash']) await page.keyboard.press(code);
    await page.locator('.looks [data-zoom="150"][aria-current=true]').waitFor();
    assert.equal(await page.locator('.looks [aria-current]').count(), 1);
  } else {
    await page.locator('.looks [data-zoom="150"]').click();
    await page.waitForURL(/zoom=150&turn=0/);
    await page.locator('.looks a').last().click();
    await page.waitForURL(/zoom=150&turn=270/);
  }
  assert.ok(Math.abs(await width() / fit - 1.5) < .02, `${fit} px, then ${await width()} px`);
  const turned = await picture.locator('img').evaluate(image => getComputedStyle(image).transform);
  assert.match(turned, /^matrix\(.*-1, 1,/, 'a quarter to the left');
  const { width: wide, height: high } = await picture.boundingBox();
  assert.ok(Math.abs(wide - high) < 2, 'there is room for the longer side');
  await look(page, `${name}-pages-turned`);
  await fitsNarrowScreen(page, `${name}-pages-turned`);
}

// A ready text for the answer: by its key where nobody types, and without script by its button.
async function beginsWithReady(page, path, { script }) {
  await page.goto(`/desk${path}/answer`);
  const text = page.locator('#text');
  if (script) {
    await text.pressSequentially('1');
    await page.locator('dialog header h2').click();
    await page.keyboard.press('Digit1');
  } else {
    await text.fill('1');
    await page.locator('button[name=ready]:not([inert] *)').first().click();
    await page.waitForURL(/\/answer#text$/);
  }
  assert.equal(await text.inputValue(), '1\nبا سلام\nبا درخواست شما موافقت شد.');
  if (script) await page.getByText('پیش‌نویس ذخیره شد').waitFor();
}
