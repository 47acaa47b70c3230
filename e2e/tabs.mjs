// Walking through a page with Tab, as somebody does who has no mouse.
import assert from 'node:assert/strict';

const MOST_STOPS = 80;

// Goes on with Tab to whatever has these words.
export async function tabTo(page, name) {
  for (let count = 0; count < MOST_STOPS; count += 1) {
    await page.keyboard.press('Tab');
    if ((await stop(page)).name.includes(name)) return;
  }
  assert.fail(`Tab never comes to ${name}`);
}

// Walks with Tab from the top of the page to its end. Each stop must be seen and have a ring, the stops follow
// the page's order, and those named come in that order.
export async function walk(page, names) {
  await page.evaluate(() => {
    document.activeElement?.blur();
    getSelection()?.removeAllRanges();
    scrollTo(0, 0);
  });
  const stops = [];
  for (let count = 0; count < MOST_STOPS; count += 1) {
    await page.keyboard.press('Tab');
    const here = await stop(page);
    if (here.isOutside || stops.some(earlier => earlier.place === here.place)) break;
    stops.push(here);
  }
  const unseen = stops.filter(here => !here.isSeen || !here.hasRing);
  assert.deepEqual(unseen, [], `${page.url()}: each stop is seen and has a ring`);
  const places = stops.map(here => here.place);
  assert.deepEqual(places, [...places].sort((a, b) => a - b), 'Tab follows the order of the page');
  let from = 0;
  for (const name of names) {
    const found = stops.findIndex((here, index) => index >= from && here.name.includes(name));
    assert.notEqual(found, -1, `${name} comes after the ones before it in ${stops.map(here => here.name).join(' | ')}`);
    from = found + 1;
  }
}

// Where the focus is, and whether one can see it there.
function stop(page) {
  return page.evaluate(() => {
    const here = document.activeElement;
    if (!here || here === document.body) return { isOutside: true, name: '' };
    const labels = [...here.labels ?? []].map(label => label.innerText);
    const label = document.getElementById(here.getAttribute('aria-labelledby'))?.innerText;
    const words = label ?? [here.getAttribute('aria-label'), ...labels, here.innerText].filter(Boolean).join(' ');
    const name = words.replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim();
    const box = here.getBoundingClientRect();
    const isSeen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
      && box.top < innerHeight && box.left < innerWidth;
    // A ring may be drawn by the control itself, by what stands for it, or by the label or the field around it.
    const drawers = [[here], [here, '::after'], [here.nextElementSibling ?? here], [here.closest('label, .find') ?? here]];
    const hasRing = drawers.some(([element, pseudo]) => {
      const style = getComputedStyle(element, pseudo);
      return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow.includes('0px 0px 0px 3px');
    });
    return { place: [...document.querySelectorAll('*')].indexOf(here), name, isSeen, hasRing };
  });
}
