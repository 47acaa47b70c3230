// Chromium, and the visitors who use it: each has cookies, a screen and a language of its own.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

// Where pictures are kept; nowhere unless somebody wants to see them, since to take them costs as much as to look for faults.
const FOLDER = process.env.PISHKHAN_SCREENSHOTS;

// Each window of Chromium keeps pages ready beneath its address bar, which nobody sees here and which take longer to begin than ours. Of two
// lists the last one counts, so what Playwright switches off stands here, too.
const WITHOUT = [
  'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch',
];

// Without what Chromium would fetch for itself: tests talk to our server only.
const FLAGS = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', `--disable-features=${WITHOUT}`,
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

// A new visitor's page at this organisation. What goes wrong in it gathers in `page.faults`.
export async function visitor(browser, organisation, { screen = PHONE, script = true, language } = {}) {
  const context = await browser.newContext({
    baseURL: organisation.url,
    viewport: screen,
    javaScriptEnabled: script,
    colorScheme: 'light',
    // A colour on its way to another has no contrast that means anything.
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(20_000);
  if (language) await speak(context, organisation, language);
  const page = await context.newPage();
  page.faults = [];
  page.hasScript = script;
  const pages = new Set();
  page.on('request', request => request.isNavigationRequest() && pages.add(request.url()));
  page.on('pageerror', error => page.faults.push(String(error)));
  page.on('console', told => {
    if (told.type() === 'error' && !isStatusOf(pages, told)) page.faults.push(`${page.url()}: ${told.text()}`);
  });
  return page;
}

export function speak(context, organisation, language) {
  return context.addCookies([{ name: 'language', value: language, url: organisation.url }]);
}

// Chromium also tells that a page came with a status of 4xx, which the error pages are meant to.
function isStatusOf(pages, told) {
  return told.text().startsWith('Failed to load resource') && pages.has(told.location().url);
}

export async function screenshot(page, name) {
  if (!FOLDER) return;
  await mkdir(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true, animations: 'disabled' });
}
