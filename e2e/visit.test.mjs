// Somebody comes to the counter in person, with a mobile or without: the letter is written down, the receipt printed, and whoever has no
// mobile brings later what is missing. With script and without.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, screenshot, visitor } from './browser.mjs';
import { lookOnBoth } from './look.mjs';
import { pdf } from './pdf.mjs';
import { bare, deskSignIn, inPersian, staffOf } from './people.mjs';
import { stage } from './stage.mjs';

const DEED = { name: 'سند ملک.pdf', mimeType: 'application/pdf', buffer: pdf('deed') };
// Asks to run something when it is opened.
const ACTIVE = { name: 'برگه امضاشده.pdf', mimeType: 'application/pdf', buffer: pdf('signed', 16, '/OpenAction << /S /JavaScript /JS (1) >> ') };
const BODY = 'قبض این دوره سه برابر دوره پیش است.\nلطفاً کنتور را ببینید.';

stage('a visit at the counter', {}, it => {
  for (const script of [true, false]) {
    const how = script ? 'with' : 'without';
    it(`of somebody without a mobile, ${how} script`, async ({ demo, browser }) => {
      const organisation = demo.organisations[0];
      const clerk = await staff(browser, demo, organisation, 'reviewer', script);
      await clerk.goto('/desk/filing');
      await writes(clerk, 'شکایت از قبض آب');
      for (const [mobile, hasNone, says] of [['', false, 'شماره موبایل را بنویسید'], ['۰۹۱۲۱۱۱۰۰۹۱', true, 'یکی را بردارید']]) {
        await clerk.locator('#mobile').fill(mobile);
        await clerk.locator('[name=no_mobile]').setChecked(hasNone);
        await clerk.locator('button[value=check]').click();
        await clerk.getByRole('alert').getByText(says).waitFor();
        assert.equal(await clerk.locator('#mobile').inputValue(), mobile);
        assert.equal(await clerk.locator('#body').inputValue(), BODY);
      }
      await lookOnBoth(clerk, 'visit-error');
      await clerk.locator('#mobile').fill('');
      await clerk.locator('button[value=check]').click();
      await clerk.getByText('بی موبایل، مراجعه‌کننده رسید چاپی را امضا می‌کند').waitFor();
      assert.equal(await clerk.locator('#code').count(), 0, 'there is no code without a number');
      await lookOnBoth(clerk, 'visit-check');
      await clerk.getByRole('button', { name: 'ثبت نامه و رسید' }).click();
      await clerk.waitForURL(/\/receipt$/);
      await clerk.getByText('نام و امضای فرستنده').waitFor();
      await lookOnBoth(clerk, 'visit-receipt');
      await onPaper(clerk, `visit-receipt-${script ? 'js' : 'nojs'}`);
      assert.equal(await clerk.getByText('نام و امضای فرستنده').isVisible(), true);
      await hasRoomToSign(clerk, 'فرستنده موبایل ندارد');
      await clerk.emulateMedia({ media: 'screen' });

      const letter = clerk.url().replace('/receipt', '');
      await clerk.goto(`${letter}/return`);
      await clerk.locator('[name=others]').fill('سند ملک\nقبض دوره پیش');
      await decides(clerk);
      await clerk.goto(letter);
      await clerk.locator('a[href$="/visit"]').click();
      await clerk.locator('dialog[open]').waitFor();
      await lookOnBoth(clerk, 'visit-missing');
      await clerk.locator('dialog [type=file]').first().setInputFiles(DEED);
      await clerk.locator('dialog footer .btn').first().click();
      await clerk.getByRole('alert').getByText('هنوز همه موارد کامل نیست').waitFor();
      await clerk.locator('dialog').getByText(DEED.name).waitFor();
      await lookOnBoth(clerk, 'visit-not-whole');
      await clerk.locator('dialog textarea').last().fill('گم شده است');
      await decides(clerk);
      await clerk.goto(letter);
      await clerk.getByText('گم شده است').first().waitFor();
      assert.equal(await clerk.locator('a[href$="/visit"]').count(), 0, 'nothing is waited for');
      await clerk.goto(`${letter}/registration`);
      await clerk.getByText('فرستنده موبایل ندارد؛ پیامکی فرستاده نمی‌شود').waitFor();
      await decides(clerk);

      const officer = await staff(browser, demo, organisation, 'officer', script);
      await officer.goto(`${letter}/taking`);
      await decides(officer);
      await officer.goto(`${letter}/questions`);
      await officer.locator('#text').fill('نشانی ملک کجاست؟');
      await decides(officer);
      await clerk.goto(`${letter}/visit`);
      await clerk.locator('dialog').getByText('نشانی ملک کجاست؟').waitFor();
      await clerk.locator('dialog footer .btn').first().click();
      await clerk.locator('dialog .errs').waitFor();
      assert.equal(await clerk.locator('#text').getAttribute('aria-invalid'), 'true', 'the fault stands at its field');
      await lookOnBoth(clerk, 'visit-reply-error');
      await clerk.locator('#text').fill('خیابان بهار');
      await decides(clerk);
      await officer.goto(letter);
      await officer.getByText('خیابان بهار').first().waitFor();
      if (script) await takesBack(clerk, letter);
      else await objects(clerk, officer, letter);
    });

    it(`of somebody with a mobile, ${how} script`, async ({ demo, browser }) => {
      const organisation = demo.organisations[1];
      const mobile = script ? '09121110092' : '09121110093';
      const clerk = await staff(browser, demo, organisation, 'reviewer', script);
      await clerk.goto('/desk/filing');
      await writes(clerk, 'درخواست درخت‌کاری');
      await clerk.locator('#mobile').fill(inPersian(mobile));
      await clerk.locator('button[value=check]').click();
      await clerk.getByRole('button', { name: 'ارسال کد تأیید' }).click();
      const { text } = await demo.message(mobile, ({ template }) => template === 'filing_code');
      await clerk.locator('input#code').fill('۰۰۰۰۰۰');
      await clerk.getByRole('button', { name: 'ثبت نامه و رسید' }).click();
      await clerk.getByRole('alert').getByText('کد درست نیست').waitFor();
      await clerk.locator('input#code').fill(inPersian(text.slice(0, 6)));
      await clerk.getByRole('button', { name: 'ثبت نامه و رسید' }).click();
      await clerk.waitForURL(/\/receipt$/);
      await clerk.getByText('با کدی که به موبایلش رفت تأیید کرد').waitFor();
      assert.equal(await clerk.getByText('نام و امضای فرستنده').count(), 0, 'nobody signs');
      await onPaper(clerk, `visit-receipt-mobile-${script ? 'js' : 'nojs'}`);
      const receipt = await demo.message(mobile, ({ template }) => template === 'letter_submitted');
      const short = await clerk.locator('.big').innerText();
      assert.ok(inPersian(receipt.text).includes(short), `${receipt.text} tells ${short}`);
    });
  }
});

async function staff(browser, demo, organisation, role, script) {
  const page = await visitor(browser, organisation, { screen: DESKTOP, script });
  await deskSignIn(page, staffOf(demo, organisation, role, role === 'officer' ? 'پشتیبانی و شکایات' : undefined));
  return page;
}

async function writes(page, subject) {
  await page.locator('#sender_name').fill('گلنار دشتی');
  await page.locator('#unit').selectOption({ index: 1 });
  await page.locator('#subject').fill(subject);
  await page.locator('#body').fill(BODY);
}

// Nobody can press anything for them: a clerk records what they say, and they sign it on paper.
async function takesBack(clerk, letter) {
  await clerk.goto(letter);
  await clerk.locator('a[href$="/withdrawal"]').click();
  await clerk.locator('#text').fill('خودم با همسایه کنار آمدم.');
  await clerk.locator('#files').setInputFiles(ACTIVE);
  await lookOnBoth(clerk, 'spoken-withdrawal');
  await decides(clerk);
  await clerk.getByText('خودم با همسایه کنار آمدم.').waitFor();
  await lookOnBoth(clerk, 'slip-withdrawal');
  await blackOnWhite(clerk, 'slip-withdrawal');
  await hasRoomToSign(clerk, 'به گفته فرستنده در پیشخوان ثبت شد');
  await clerk.emulateMedia({ media: 'screen' });
  await clerk.goto(letter);
  await clerk.getByRole('link', { name: ACTIVE.name }).first().click();
  await clerk.locator('form[action$="/opening"]').waitFor();
  await lookOnBoth(clerk, 'file-warning');
}

async function objects(clerk, officer, letter) {
  await officer.goto(`${letter}/answer`);
  await officer.locator('#text').fill('کنتور سالم است.');
  await officer.locator('[name=next][value=issue]').click();
  await officer.waitForURL(/done=/);
  await clerk.goto(letter);
  await clerk.locator('a[href$="/objection"]').click();
  await clerk.locator('dialog footer .btn').first().click();
  await clerk.locator('dialog .errs').waitFor();
  await lookOnBoth(clerk, 'spoken-objection-error');
  await clerk.locator('#text').fill('کسی کنتور را ندیده است.');
  await decides(clerk);
  await clerk.getByText('کسی کنتور را ندیده است.').waitFor();
  await lookOnBoth(clerk, 'slip-objection');
}

// On paper, whatever screen and theme it is printed from: nothing to press, black on white.
async function blackOnWhite(page, name) {
  for (const screen of [PHONE, DESKTOP]) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(screen);
      await page.emulateMedia({ media: 'print', colorScheme });
      await screenshot(page, `${name}-paper-${screen.width}-${colorScheme}`);
      for (const button of await page.locator('button, a.crumb, .skip').all()) assert.equal(await button.isVisible(), false);
      const [ink, paper] = await page.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.body);
        return [color, backgroundColor];
      });
      assert.deepEqual([ink, paper], ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    }
  }
}

// The receipt on paper: one sheet of A5.
async function onPaper(page, name) {
  const before = page.viewportSize();
  await blackOnWhite(page, name);
  assert.equal(bare(await page.locator('.big').innerText()).length, 8);
  const sheets = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(sheets.match(/\/Type\s*\/Page\b/g).length, 1, 'one sheet');
  const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(sheets);
  assert.deepEqual([Math.round(width), Math.round(height)], [420, 595], 'of A5');
  await page.setViewportSize(before);
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
}

// White paper between these words and the line that is signed.
async function hasRoomToSign(page, words) {
  const line = await page.getByText('نام و امضای فرستنده').boundingBox();
  const above = await page.getByText(words).boundingBox();
  assert.ok(line.y - above.y - above.height >= 50, 'there is room to sign');
}

// Presses the button of the dialog, and sees that it leads on.
async function decides(page) {
  const dialog = page.url();
  await page.locator('dialog footer .btn').first().click();
  await page.waitForURL(url => url.href !== dialog);
}
