// Everything by keyboard alone: each stop of Tab can be seen, comes in the order of the page, and Enter sends.
import assert from 'node:assert/strict';
import { DESKTOP, visitor } from './browser.mjs';
import { deskSignIn, inLatin, signIn, staffOf } from './people.mjs';
import { stage } from './stage.mjs';
import { tabTo, walk } from './tabs.mjs';

stage('by keyboard', {}, it => {
  it('Enter signs a sender in, and Tab walks through the counter', async ({ demo, browser }) => {
    const page = await visitor(browser, demo.organisations[0], { screen: DESKTOP });
    const mobile = '09121110003';
    await page.goto('/');
    await walk(page, ['رفتن به محتوای اصلی', 'English', 'شماره موبایل', 'ارسال کد', 'جست‌وجو با شماره پیگیری']);
    await page.getByLabel('شماره موبایل').focus();
    await page.keyboard.type(mobile);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in/code');
    const { text } = await demo.message(mobile, ({ template }) => template === 'sign_in_code');
    await page.getByLabel('کد ورود').focus();
    await page.keyboard.type(/\d{6}/.exec(inLatin(text))[0]);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/letters');
    await walk(page, ['نامه‌های من', 'حساب', 'ثبت نامه جدید', 'جست‌وجوی نامه', 'همه', 'دوره کاربران تازه']);

    await page.goto('/letters/new');
    await walk(page, ['شخص', 'نام فرستنده', 'پشتیبانی و شکایات', 'موضوع نامه', 'متن نامه', 'افزودن فایل', 'ادامه و بازبینی']);
  });

  it('a menu opens with Enter and closes with Escape', async ({ demo, browser }) => {
    const page = await visitor(browser, demo.organisations[0], { screen: DESKTOP });
    await signIn(page, demo, '09135550400');
    const menu = page.locator('details.menu');
    await menu.locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'خروج از سامانه' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'خروج از سامانه' }).waitFor({ state: 'hidden' });
    assert.equal(await menu.locator('summary').evaluate(summary => summary === document.activeElement), true);
  });

  it('a reviewer decides without a mouse, on the Persian layout', async ({ demo, browser }) => {
    const organisation = demo.organisations[1];
    const page = await visitor(browser, organisation, { screen: DESKTOP });
    await deskSignIn(page, staffOf(demo, organisation, 'reviewer'));
    await walk(page, ['صندوق', 'حساب من', 'در انتظار', 'انجام‌شده', 'A bench for the park']);

    await page.goto('/desk');
    const rows = page.locator('.rows a');
    await press(page, 'KeyJ', 'ت');
    await press(page, 'KeyJ', 'ت');
    assert.equal(await focusedRow(rows), 1);
    await press(page, 'KeyK', 'ن');
    assert.equal(await focusedRow(rows), 0);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/desk\/letters\//);
    await walk(page, ['متن و فایل‌های نامه', 'تأیید', 'ارجاع', 'رد']);

    const letter = page.url();
    await page.goto(letter);
    await press(page, 'KeyR', 'ق');
    await page.waitForURL(/\/rejection(\?|$)/);
    await press(page, 'Digit2', '۲');
    assert.equal(await page.locator('dialog [type=radio]').nth(1).isChecked(), true);

    await page.goto(letter);
    await press(page, 'KeyA', 'ش');
    await page.waitForURL(/\/registration(\?|$)/);
    await tabTo(page, 'تأیید و ثبت');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText(/ثبت شد\./).waitFor();
  });
});

// As the browser reports a key of a keyboard with the Persian layout: its place, and the sign that is on it there.
async function press(page, code, key) {
  await page.evaluate(([code, key]) => {
    const target = document.activeElement ?? document.body;
    for (const type of ['keydown', 'keyup']) {
      target.dispatchEvent(new KeyboardEvent(type, { code, key, bubbles: true, cancelable: true }));
    }
  }, [code, key]);
}

const focusedRow = rows => rows.evaluateAll(all => all.indexOf(document.activeElement));
