// A clerk writes a letter down for a company's delegate, who confirms by a code and reads it on the own phone: with script and without.
import assert from 'node:assert/strict';
import { DESKTOP, PHONE, visitor } from './browser.mjs';
import { lookOnBoth } from './look.mjs';
import { pdf } from './pdf.mjs';
import { deskSignIn, signIn, staffOf } from './people.mjs';
import { stage } from './stage.mjs';

const FILE = { name: 'معرفی‌نامه.pdf', mimeType: 'application/pdf', buffer: pdf('introduction') };
const SETTINGS = { PISHKHAN_SIGN_IN__WAIT_SECONDS: '2' };

stage('the counter', { settings: SETTINGS }, it => {
  for (const script of [true, false]) {
    const how = script ? 'with script' : 'without script';
    it(`a company's delegate hands a letter in, ${how}`, async ({ demo, browser }) => {
      const organisation = demo.organisations[0];
      const mobile = script ? '09121110041' : '09121110042';
      const desk = await visitor(browser, organisation, { screen: DESKTOP, script });
      await deskSignIn(desk, staffOf(demo, organisation, 'reviewer'));
      await desk.locator('.rail a[href="/desk/filing"]').click();
      await desk.locator('button[value=check]').click();
      await desk.locator('.errs').waitFor();
      await lookOnBoth(desk, 'filing-error');
      await desk.locator('#mobile').fill(mobile);
      await desk.locator('[name=sender_kind][value=company]').check();
      await desk.locator('#sender_name').fill('شرکت آب‌آور');
      await desk.locator('#unit').selectOption({ index: 1 });
      await desk.locator('#subject').fill('درخواست انشعاب');
      await desk.locator('#body').fill('انشعاب آب برای کارگاه تازه می‌خواهیم.');
      await desk.locator('#representative summary').click();
      await desk.locator('#representative_kind').selectOption('delegate');
      await desk.locator('#representative_name').fill('پیمان سروری');
      await desk.locator('#representative_paper').fill('معرفی‌نامه شماره ۶۷');
      await desk.locator('#representative_until').fill('۱۴۵۰/۰۱/۰۱');
      await desk.locator('#files').setInputFiles(FILE);
      await lookOnBoth(desk, 'filing');
      await desk.locator('button[value=check]').click();
      await desk.getByText('با مراجعه‌کننده مرور کنید').first().waitFor();
      await lookOnBoth(desk, 'filing-check');
      await desk.locator('form[action$="/code"] button').click();
      const { text } = await demo.message(mobile, it => it.template === 'filing_code');
      await desk.locator('input#code').fill('000000');
      await desk.locator('form[action$="/submission"] button').click();
      await desk.locator('.field.bad #code').waitFor();
      await lookOnBoth(desk, 'filing-code');
      await desk.locator('input#code').fill(text.slice(0, 6));
      await desk.locator('form[action$="/submission"] button').click();
      await desk.waitForURL(/\/receipt$/);
      await desk.getByText('پیمان سروری').first().waitFor();
      await lookOnBoth(desk, 'filing-receipt');
      await desk.locator('a.crumb').click();
      await desk.locator('a[href$="/representative"]').click();
      await desk.locator('dialog[open]').waitFor();
      await lookOnBoth(desk, 'representative');

      const phone = await visitor(browser, organisation, { screen: PHONE, script });
      await signIn(phone, demo, mobile, { script });
      await phone.getByRole('link', { name: 'درخواست انشعاب' }).first().click();
      await phone.getByText('اعتبار تا').first().waitFor();
      await lookOnBoth(phone, 'letter-represented');

      await desk.locator('dialog button[value=end]').click();
      await desk.getByText('نمایندگی پایان یافت').first().waitFor();
      const gone = await phone.reload();
      assert.equal(gone.status(), 404);
      phone.faults.length = 0;
      await phone.goto('/letters');
      await phone.getByText('اعتبار نمایندگی شما برای این نامه تمام شده است').waitFor();
      await lookOnBoth(phone, 'history-out-of-hands');
    });
  }

  it('what was left behind by who reviews no more is taken over from a list', async ({ demo, browser }) => {
    const organisation = demo.organisations[0];
    const gone = staffOf(demo, organisation, 'reviewer', undefined, 1);
    const left = await visitor(browser, organisation, { screen: DESKTOP });
    await deskSignIn(left, gone);
    await left.goto('/desk/filing');
    await left.locator('[name=no_mobile]').check();
    await left.locator('#sender_name').fill('گلناز بهاری');
    await left.locator('#unit').selectOption({ index: 1 });
    await left.locator('#subject').fill('نامه نیمه‌کاره');
    await left.locator('#body').fill('انشعاب آب می‌خواهم.');
    await left.locator('button[value=check]').click();
    await left.waitForURL(/\/desk\/filing\/[a-z2-7]{26}$/);
    await demo.command('staff', 'disable', '--org', 'chargoon', gone.email);

    const desk = await visitor(browser, organisation, { screen: DESKTOP });
    await deskSignIn(desk, staffOf(demo, organisation, 'reviewer'));
    await desk.goto('/desk/filing');
    await desk.locator('#left').getByText('نامه نیمه‌کاره').first().waitFor();
    await lookOnBoth(desk, 'filing-left');
    await desk.locator('#left button').first().click();
    await desk.waitForURL(/\/desk\/filing\?draft=/);
    assert.equal(await desk.locator('#subject').inputValue(), 'نامه نیمه‌کاره');
  });
});
