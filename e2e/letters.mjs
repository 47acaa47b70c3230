// Letters that somebody sends, as many as a test needs, without looking at each page on the way.
import { PHONE, visitor } from './browser.mjs';
import { signIn } from './people.mjs';

// Sends a letter of each subject to the organisation's first unit.
export async function fileLetters(browser, demo, organisation, mobile, subjects) {
  const page = await visitor(browser, organisation, { screen: PHONE });
  await signIn(page, demo, mobile);
  for (const subject of subjects) {
    await page.goto('/letters/new');
    await page.locator('[name=unit]').first().check();
    await page.getByLabel('نام فرستنده').fill('مهتاب کویری');
    await page.getByLabel('موضوع نامه').fill(subject);
    await page.getByLabel('متن نامه').fill('با سلام. لطفاً رسیدگی کنید.');
    await page.getByRole('button', { name: 'ادامه و بازبینی' }).click();
    await page.getByRole('button', { name: 'ارسال نامه' }).click();
    await page.getByRole('heading', { name: 'نامه‌تان به دست ما رسید' }).waitFor();
  }
  await page.context().close();
}
