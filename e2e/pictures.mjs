// Makes the pictures of the README from the demo: `cargo xtask pictures`.
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DESKTOP, launch, visitor } from './browser.mjs';
import { deskSignIn, signIn, staffOf } from './people.mjs';
import { startDemo, WITH_PICTURES } from './server.mjs';

const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const MOST_BYTES = 250 * 1024;
// A phone that was scrolled a little: tall enough for letters in three colours.
const PHONE = { width: 390, height: 1240 };
// Has letters under review, accepted and rejected.
const SENDER = '09121110003';

const demo = await startDemo({ settings: WITH_PICTURES });
const browser = await launch();
try {
  await mkdir(FOLDER, { recursive: true });
  await visitorsPictures();
  await sendersPictures();
  await desksPictures();
} catch (error) {
  console.error(demo.told());
  throw error;
} finally {
  await browser.close();
  await demo.stop();
}

async function visitorsPictures() {
  const page = await visitor(browser, demo.organisations[0], { screen: DESKTOP });
  await page.goto('/');
  await page.locator('form[data-state=done]').waitFor();
  await picture(page, 'sign-in');
}

async function sendersPictures() {
  const page = await visitor(browser, demo.organisations[0], { screen: PHONE });
  await signIn(page, demo, SENDER);
  await picture(page, 'history');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'history-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/letters/new');
  await picture(page, 'new-letter');
  await page.goto('/letters');
  await page.getByRole('link', { name: 'پیشنهاد افزودن تقویم به برنامه' }).click();
  await page.getByRole('link', { name: 'رسید نامه' }).click();
  await page.locator('.seal').waitFor();
  await picture(page, 'receipt');
}

async function desksPictures() {
  const organisation = demo.organisations[0];
  const page = await visitor(browser, organisation, { screen: DESKTOP });
  await deskSignIn(page, staffOf(demo, organisation, 'reviewer'));
  await picture(page, 'tray');
  await page.locator('.rows a').first().click();
  await page.locator('.sheet').first().waitFor();
  await picture(page, 'desk-letter');
}

// As much as the screen shows, so that all phones' pictures have one size and all desktops' another.
async function picture(page, name) {
  const path = join(FOLDER, `${name}.png`);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = await stat(path);
  if (size > MOST_BYTES) throw new Error(`${path} has ${size} bytes; ${MOST_BYTES} are the most`);
  console.log(`${name}.png: ${size} bytes`);
}
