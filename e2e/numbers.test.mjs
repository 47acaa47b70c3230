// A number changes hands: an administrator closes its account, whoever signs in next finds it empty, and the sender of before proves a
// letter by its code. With script, and without on a phone.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { fileLetters } from './letters.mjs';
import { lookOnBoth } from './look.mjs';
import { bare, deskSignIn, inLatin, inPersian, signIn, staffOf } from './people.mjs';
import { stage } from './stage.mjs';
import { walk } from './tabs.mjs';

const SETTINGS = { PISHKHAN_SIGN_IN__WAIT_SECONDS: '2', PISHKHAN_SIGN_IN__RESEND_SECONDS: '[10]' };
const SUBJECTS = ['قبض آب خانه', 'قبض گاز خانه'];
const WHY = 'صاحب تازه خط زنگ زد';

stage('a number that changed hands', { settings: SETTINGS }, it => {
  for (const [place, script, screen] of [[0, true, DESKTOP], [1, false, PHONE]]) {
    it(`keeps its letters from a stranger, ${script ? 'with' : 'without'} script`, async ({ demo, browser }) => {
      const organisation = demo.organisations[place];
      const mobile = script ? '09121110081' : '09121110082';
      await fileLetters(browser, demo, organisation, mobile, SUBJECTS);
      const before = await visitor(browser, organisation, { screen });
      await signIn(before, demo, mobile);
      await before.getByRole('link', { name: SUBJECTS[0] }).click();
      await before.locator('a[href$="/receipt"]').first().click();
      const code = await before.locator('.done .hash').innerText();
      assert.match(code.replaceAll('-', ''), /^\w{26}$/);

      await closes(browser, demo, organisation, mobile, { screen, script });
      await before.goto('/letters');
      assert.match(before.url(), /\/(\?.*)?$/, 'whoever was in is out');

      const page = await visitor(browser, organisation, { screen, script });
      await signIn(page, demo, mobile, { script });
      for (const subject of SUBJECTS) assert.equal(await page.getByText(subject).count(), 0);
      await page.getByText('با این شماره پیش‌تر نامه‌ای فرستاده شده است').waitFor();
      await lookOnBoth(page, 'earlier-note');
      if (script) await walk(page, ['نامه‌های من', 'کد رسید یا شماره پیگیری', 'برگرداندن نامه‌ها', 'ثبت نامه جدید']);
      const field = page.getByLabel('کد رسید یا شماره پیگیری');
      for (const [typed, says] of [['', 'کد رسید یا شماره پیگیری نامه را بنویسید'], ['۱۲۳', '۲۶ نویسه'], [await someoneElses(demo), 'با این کد پیدا نشد']]) {
        await field.fill(typed);
        await page.getByRole('button', { name: 'برگرداندن نامه‌ها' }).click();
        await page.getByRole('alert').getByText(says).waitFor();
        assert.equal(await field.inputValue(), typed, 'what was typed stays');
        assert.equal(await field.getAttribute('aria-invalid'), 'true');
      }
      await lookOnBoth(page, 'earlier-error');
      if (script) await walk(page, ['کد رسید یا شماره پیگیری', 'برگرداندن نامه‌ها', 'نامه‌های من']);
      await field.fill(inPersian(code.toLowerCase()));
      await page.getByRole('button', { name: 'برگرداندن نامه‌ها' }).click();
      await page.waitForURL('**/letters');
      for (const subject of SUBJECTS) await page.getByRole('link', { name: subject }).waitFor();
      assert.equal(await page.getByText('با این شماره پیش‌تر').count(), 0);
      await page.getByRole('link', { name: SUBJECTS[0] }).click();
      await page.getByText('نامه به حساب شما برگشت').waitFor();
      await lookOnBoth(page, 'earlier-back');
    });
  }
});

// The tracking number of somebody else's letter.
async function someoneElses(demo) {
  const { text } = (await demo.messages()).find(({ template, text }) => template === 'letter_registered' && text.includes('پیگیری'));
  return /پیگیری: (\d+)/.exec(text)[1];
}

// Closes the account of the number, and looks at what a reviewer sees of it then.
async function closes(browser, demo, organisation, mobile, way) {
  const page = await visitor(browser, organisation, way);
  await deskSignIn(page, staffOf(demo, organisation, 'administrator'));
  await page.locator('.rail a[href="/desk/numbers"]').click();
  if (way.script) await walk(page, ['شماره‌ها', 'موبایل', 'دلیل', 'بستن حساب این شماره']);
  const [number, why] = [page.locator('#mobile'), page.locator('#text')];
  const go = () => page.getByRole('button', { name: 'بستن حساب این شماره' }).click();
  for (const [typed, reason, says, at] of [
    ['۰۹۱۲', WHY, 'شماره باید ۱۱ رقم باشد', number],
    ['09121119999', WHY, 'حسابی با این شماره باز نیست', number],
    [inPersian(mobile), '', 'چند کلمه بنویسید', why],
  ]) {
    await number.fill(typed);
    await why.fill(reason);
    await go();
    await page.getByRole('alert').getByText(says).waitFor();
    assert.deepEqual([await number.inputValue(), await why.inputValue()], [typed, reason], 'what was typed stays');
    assert.equal(await at.getAttribute('aria-invalid'), 'true');
  }
  await lookOnBoth(page, 'numbers-error');
  await why.fill(WHY);
  await go();
  await page.getByRole('status').getByText('حساب این شماره به خواب رفت').waitFor();
  await lookOnBoth(page, 'numbers-closed');
  await page.context().close();

  const reviewer = await visitor(browser, organisation, way);
  await deskSignIn(reviewer, staffOf(demo, organisation, 'reviewer'));
  await reviewer.goto('/desk?show=review');
  await reviewer.getByRole('link', { name: SUBJECTS[0] }).click();
  await reviewer.getByText(WHY).waitFor();
  assert.match(bare(inLatin(await reviewer.locator('main').innerText())), /این حساب از .+ در خواب است/);
  await lookOnBoth(reviewer, 'numbers-letter');
  if (way.script) await asksToAwaken(reviewer);
  await reviewer.context().close();
}

// The dialog by which the sender gets the account back at the counter; what it does is tested without a browser.
async function asksToAwaken(page) {
  await page.locator('a[href$="/awakening"]').click();
  await page.locator('dialog #mobile').waitFor();
  await lookOnBoth(page, 'awakening');
  await page.locator('#mobile').fill('09121110083');
  await page.locator('dialog [value=send]').click();
  await page.locator('dialog #code').waitFor();
  await page.locator('dialog [value=wake]').click();
  await page.locator('dialog .errs').waitFor();
  await lookOnBoth(page, 'awakening-error');
}
