// One's own account: an e-mail address gets nothing but a code until that is typed, and then all news; a sign-in on another device is told
// there and on the device that was there before, and reads there nothing of long ago. With script, and without on a phone.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { gateway, mailRouteTo } from './gateway.mjs';
import { lookOnBoth } from './look.mjs';
import { inLatin, inPersian, signIn } from './people.mjs';
import { stage } from './stage.mjs';
import { walk } from './tabs.mjs';

const SETTINGS = { PISHKHAN_SIGN_IN__WAIT_SECONDS: '2', PISHKHAN_SIGN_IN__RESEND_SECONDS: '[10]' };
const ADDRESS = 'maryam@example.ir';

stage("one's own account", { settings: SETTINGS }, it => {
  for (const [place, slug, script, screen] of [[0, 'chargoon', true, DESKTOP], [1, 'shahrdari', false, PHONE]]) {
    it(`has an e-mail address and hears of a new device, ${script ? 'with' : 'without'} script`, async ({ demo, browser }) => {
      const organisation = demo.organisations[place];
      const mobile = script ? '09121110071' : '09121110072';
      const mail = await gateway();
      await demo.command('route', 'add', await demo.file('mail.toml', mailRouteTo(mail, 'ایمیل')), '--org', slug);
      const page = await visitor(browser, organisation, { screen, script });
      await signIn(page, demo, mobile, { script });
      await givesAddress(page, mail, script);

      const other = await visitor(browser, organisation, { screen, script });
      await signIn(other, demo, mobile, { script });
      await other.goto('/account');
      assert.equal(await other.locator('#newcomers').count(), 0, 'whoever is new is not told of themselves');
      const { to, text } = await arrives(mail, 2);
      assert.equal(to, ADDRESS);
      assert.match(text, /^ورود به حساب شما از دستگاه تازه\n.*Chrome/);

      await page.goto('/letters');
      await page.getByText('از دستگاه تازه‌ای وارد حساب شما شدند').waitFor();
      await lookOnBoth(page, 'newcomers');
      if (script) await walk(page, ['نامه‌های من', 'خودم بودم', 'خودم نبودم', 'فهرست دستگاه‌ها', 'ثبت نامه جدید']);
      await page.getByRole('link', { name: 'فهرست دستگاه‌ها' }).click();
      await page.getByText('آخرین ورود دیگر').waitFor();
      await lookOnBoth(page, 'account-newcomers');
      await page.getByRole('button', { name: 'خودم بودم' }).click();
      await page.waitForURL(/\/account/);
      assert.equal(await page.locator('#newcomers').count(), 0);
      await page.locator('#devices').getByRole('button', { name: 'خروج از این دستگاه' }).click();
      await other.goto('/letters');
      assert.match(other.url(), /\/(\?.*)?$/, 'the other device is out');
    });
  }

  for (const [script, screen, mobile] of [[true, DESKTOP, '09351110005'], [false, PHONE, '09191110006']]) {
    it(`shows nothing of long ago on a device that came lately, ${script ? 'with' : 'without'} script`, async ({ demo, browser }) => {
      const organisation = demo.organisations[1];
      await demo.command('org', 'change', 'shahrdari', '--withhold-after-days', '30');
      const page = await visitor(browser, organisation, { screen, script });
      await signIn(page, demo, mobile, { script });
      const note = page.getByText(/نامه قدیمی روی این دستگاه هنوز باز نمی‌شود/);
      await note.waitFor();
      await lookOnBoth(page, 'history-withheld');
      await page.getByRole('link', { name: 'باز کردن نامه‌های قدیمی' }).click();
      await page.waitForURL('**/account/withheld');
      await lookOnBoth(page, 'withheld');
      if (script) await walk(page, ['نامه‌های من', 'کد رسید یا شماره پیگیری', 'باز کردن', 'نامه‌های من']);
      const code = page.getByLabel('کد رسید یا شماره پیگیری');
      const [young, old] = await trackingCodes(demo, mobile);
      for (const [typed, says] of [['', 'نامه را بنویسید'], ['۱۲۳۴-۵۶', '۱۲ رقم است'], [young, 'هیچ‌یک از نامه‌های قدیمی این حساب نیست']]) {
        await code.fill(typed);
        await page.getByRole('button', { name: 'باز کردن', exact: true }).click();
        await page.getByRole('alert').getByText(says).waitFor();
        assert.equal(await code.inputValue(), typed, 'what was typed stays');
        assert.equal(await code.getAttribute('aria-invalid'), 'true');
      }
      await lookOnBoth(page, 'withheld-error');
      await code.fill(inPersian(old));
      await page.getByRole('button', { name: 'باز کردن', exact: true }).click();
      await page.waitForURL('**/letters');
      assert.equal(await note.count(), 0);
      await page.getByRole('link', { name: script ? 'فرورفتگی آسفالت خیابان بهار' : 'اعتراض به مبلغ عوارض نوسازی' }).waitFor();
      await page.goto('/account/number');
      await page.getByText('حساب شما این دستگاه را از').waitFor();
    });
  }
});

// What the SMS of their registrations gave them: the last and the first.
async function trackingCodes(demo, mobile) {
  const told = (await demo.messages()).filter(({ to, template }) => template === 'letter_registered' && to.endsWith(mobile.slice(1)));
  const codes = told.map(({ text }) => /\d{12}/.exec(inLatin(text))[0]);
  return [codes[0], codes.at(-1)];
}

async function givesAddress(page, mail, script) {
  await page.goto('/account');
  await page.getByRole('link', { name: 'افزودن ایمیل' }).click();
  const address = page.getByLabel('نشانی ایمیل');
  const send = page.getByRole('button', { name: 'ارسال کد' });
  for (const [typed, says] of [['', 'نشانی ایمیل را بنویسید'], ['maryam@', 'name@example.ir']]) {
    await address.fill(typed);
    await send.click();
    await page.getByRole('alert').getByText(says).waitFor();
    assert.equal(await address.inputValue(), typed, 'what was typed stays');
    assert.equal(await address.getAttribute('aria-invalid'), 'true');
  }
  await lookOnBoth(page, 'email-error');
  if (script) await walk(page, ['نشانی ایمیل', 'نشانی ایمیل', 'ارسال کد']);
  await address.fill(ADDRESS);
  await send.click();
  await page.getByRole('status').getByText('کد به نشانی شما فرستاده شد').waitFor();
  await lookOnBoth(page, 'email-waits');
  if (script) await walk(page, ['نامه‌های من', 'کدی که ایمیل شد', 'تأیید نشانی', 'منصرف شدم', 'نشانی دیگر', 'ارسال کد']);
  const first = await arrives(mail, 1);
  assert.equal(first.to, ADDRESS);
  const [right] = /\d{6}/.exec(first.text);
  const code = page.getByLabel('کدی که ایمیل شد');
  await code.fill(inPersian(right === '000000' ? '111111' : '000000'));
  await page.getByRole('button', { name: 'تأیید نشانی' }).click();
  await page.getByRole('alert').getByText('کد درست نیست').waitFor();
  await lookOnBoth(page, 'email-code-error');
  await code.fill(inPersian(right));
  await page.getByRole('button', { name: 'تأیید نشانی' }).click();
  await page.getByRole('status').getByText('نشانی شما تأیید شد').waitFor();
  await page.getByText(ADDRESS).waitFor();
  await page.getByRole('link', { name: 'تغییر' }).last().click();
  await page.getByRole('button', { name: 'برداشتن این نشانی' }).waitFor();
  await lookOnBoth(page, 'email-kept');
}

// The so many-th message to this provider.
async function arrives(provider, count) {
  const end = Date.now() + 30_000;
  while (provider.taken.length < count) {
    assert.ok(Date.now() < end, `${count} messages, not ${provider.taken.length}`);
    await pause(100);
  }
  return provider.taken[count - 1];
}
