// Looking at a page as somebody would who wants it to be wrong: accessibility, contrast, width, scripts, pictures.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { DESKTOP, PHONE, screenshot } from './browser.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// By night only the colours are others, so only what depends on them is looked at again.
const COLOURS = ['color-contrast', 'link-in-text-block'];
const RULES = {
  light: { type: 'tag', values: TAGS },
  dark: { type: 'rule', values: COLOURS },
};

// The narrowest screen that a page must fit on without scrolling sideways (WCAG 1.4.10).
const NARROWEST = 320;

// Looks at the page as it is, in both themes unless told, and keeps a picture of each when pictures are wanted.
export async function look(page, name, themes = Object.keys(RULES)) {
  const { width } = page.viewportSize();
  const language = await page.locator('html').getAttribute('lang');
  const seen = page.hasScript ? page : await twin(page);
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await screenshot(page, `${name}-${width}-${theme}-${language}`);
    await seen.emulateMedia({ colorScheme: theme });
    const found = await violations(seen, RULES[theme]);
    assert.deepEqual(found, [], `${name}, ${width} px, ${theme}, ${language}: ${page.url()}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(page.faults, [], `${name}: what the browser complained of`);
}

// On a phone and at a desk, and on the narrowest screen.
export async function lookOnBoth(page, name) {
  const before = page.viewportSize();
  for (const screen of [PHONE, DESKTOP]) {
    await page.setViewportSize(screen);
    await look(page, `${name}-${page.hasScript ? 'js' : 'nojs'}`);
  }
  await page.setViewportSize(before);
  if (page.hasScript) await fitsNarrowScreen(page, name);
}

// What axe-core finds, a line each.
async function violations(page, rules) {
  if (!await page.evaluate('"axe" in window')) await page.evaluate(AXE);
  const found = await page.evaluate(async rules => {
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => [id, nodes.map(node => ({ at: node.target.join(' '), why: node.failureSummary }))]);
  }, rules);
  return found.flatMap(([id, nodes]) => nodes.map(({ at, why }) => `${id} at ${at}: ${why.replaceAll('\n', ' ')}`));
}

// axe waits for timers, which don't run without script. So it looks at a twin: the same HTML at the same address in a browser that
// would run scripts, without ours, and with what stands there for those who have none.
async function twin(page) {
  const html = (await page.content())
    .replace(/<script\b[^>]*><\/script>/g, '')
    .replace(/<meta http-equiv="refresh"[^>]*>/g, '')
    .replace(/<(\/?)noscript>/g, '<$1div>');
  // One for all that this visitor looks at, since a browser takes longer to begin than to look.
  page.twin ??= await (await page.context().browser().newContext({ reducedMotion: 'reduce' })).newPage();
  await page.twin.setViewportSize(page.viewportSize());
  await page.twin.route(page.url().replace(/#.*$/, ''), route => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }), { times: 1 });
  // From elsewhere, so that an address with another end is no step within the page.
  await page.twin.goto('about:blank');
  await page.twin.goto(page.url());
  return page.twin;
}

// No page is wider than the narrowest screen.
export async function fitsNarrowScreen(page, name) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: NARROWEST, height: before.height });
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const sticksOut = element => {
      const { left, right } = element.getBoundingClientRect();
      return right > clientWidth + 1 || left < -1;
    };
    return [...document.body.querySelectorAll('*')].filter(sticksOut).slice(0, 5).map(element => element.outerHTML.slice(0, 120));
  });
  await page.setViewportSize(before);
  assert.deepEqual(wide, [], `${name}: what is wider than ${NARROWEST} px`);
}
