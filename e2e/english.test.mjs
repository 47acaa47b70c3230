// In English the whole way reads from left to right, and the messages speak English too.
import assert from 'node:assert/strict';
import { DESKTOP, visitor } from './browser.mjs';
import { look } from './look.mjs';
import { pdf, sha256 } from './pdf.mjs';
import { deskSignIn, staffOf } from './people.mjs';
import { stage } from './stage.mjs';

const MOBILE = '09135550200';
const FILE = { name: 'building permit.pdf', mimeType: 'application/pdf', buffer: pdf('Permit') };

stage('in English', {}, it => {
  it('a letter is sent and its receipt comes by SMS', async ({ demo, browser }) => {
    const organisation = demo.organisations[1];
    const page = await visitor(browser, organisation);
    await page.goto('/');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor();
    await assertEnglish(page);
    await page.getByLabel('Mobile number').fill('+98 913 555 0200');
    await page.getByRole('button', { name: 'Send code' }).click();
    await page.getByRole('heading', { name: 'Check your phone' }).waitFor();
    await assertEnglish(page);
    const code = await demo.message(MOBILE, ({ template }) => template === 'sign_in_code');
    assert.match(code.text, /^\d{6} is your Pishkhan sign-in code/);
    await page.getByLabel('Sign-in code').fill(code.text.slice(0, 6));
    await page.getByRole('button', { name: 'Confirm code' }).click();

    await page.getByRole('main').getByRole('link', { name: 'New letter' }).click();
    await page.getByRole('heading', { name: 'New letter' }).waitFor();
    await assertEnglish(page);
    await page.getByLabel('Sender\'s name').fill('Leila Brown');
    await page.getByLabel('Urban planning').check();
    await page.getByLabel('Subject').fill('A building permit');
    await page.getByLabel('Add a file or take a photo').setInputFiles(FILE);
    await page.getByRole('button', { name: 'Continue to check' }).click();
    await page.getByText('Not sent yet.').waitFor();
    await assertEnglish(page);
    await page.getByRole('button', { name: 'Send letter' }).click();
    await page.getByRole('heading', { name: 'We have your letter' }).waitFor();
    await assertEnglish(page);
    await page.getByText(`SHA-256 ${sha256(FILE.buffer)}`).waitFor();
    await look(page, 'english-receipt');
    const receipt = await page.locator('.big').innerText();
    const message = await demo.message(MOBILE, ({ template }) => template === 'letter_submitted');
    assert.equal(message.text.split('\n')[0], `We have your letter. Receipt: ${receipt}`);
  });

  it('after a slip, too, the language is one press away', async ({ demo, browser }) => {
    const page = await visitor(browser, demo.organisations[1]);
    await page.goto('/');
    await page.getByLabel('شماره موبایل').fill('12');
    await page.getByRole('button', { name: 'ارسال کد' }).click();
    await page.locator('.errs').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor();
  });

  it('whoever presses just as the silent check ends is heard', async ({ demo, browser }) => {
    const page = await visitor(browser, demo.organisations[1]);
    let goOn;
    const pressed = new Promise(resolve => { goOn = resolve; });
    await page.route(/proof-worker/, async route => {
      await pressed;
      await route.continue();
    });
    await page.goto('/');
    const button = await page.getByRole('button', { name: 'ارسال کد' }).boundingBox();
    await page.mouse.move(button.x + button.width / 2, button.y + 4);
    await page.mouse.down();
    assert.equal(await page.locator('form[data-proof]').getAttribute('data-state'), 'working');
    goOn();
    await page.locator('form[data-state=done]').waitFor();
    await page.mouse.up();
    await page.locator('.errs').waitFor();
  });

  it('the desk reads from left to right as well', async ({ demo, browser }) => {
    const organisation = demo.organisations[1];
    const page = await visitor(browser, organisation, { screen: DESKTOP, language: 'en' });
    await deskSignIn(page, staffOf(demo, organisation, 'reviewer'));
    await page.getByRole('heading', { name: 'Letters', exact: false }).first().waitFor();
    await assertEnglish(page);
  });
});

// Nothing that is ours is Persian on an English page; what people wrote may be.
async function assertEnglish(page) {
  const html = page.locator('html');
  assert.equal(await html.getAttribute('lang'), 'en');
  assert.equal(await html.getAttribute('dir'), 'ltr');
  const persian = await page.evaluate(() => {
    const isTheirs = element => element.closest('bdi, [dir=auto], [lang=fa], [aria-hidden=true]');
    return [...document.querySelectorAll('body *')]
      .filter(element => !isTheirs(element))
      .flatMap(element => [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE))
      .map(node => node.textContent.trim())
      .filter(text => /[؀-ۿ]/.test(text));
  });
  assert.deepEqual(persian, [], page.url());
}
