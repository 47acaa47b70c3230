// What the way in weighs on the wire, for the phone on a slow line: the first time, and every time after it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { visitor } from './browser.mjs';
import { stage } from './stage.mjs';

const KILOBYTE = 1024;
// Everything with the whole Vazirmatn; with a subset of it, 45 KB are the aim.
const FIRST_VISIT = 66 * KILOBYTE;
const LATER_VISIT = 5 * KILOBYTE;
// Eight of the page, and the worker that proves its work after it is shown.
const MOST_REQUESTS = 9;

stage('the weight of the way in', {}, it => {
  it('is small, and smaller from the second visit on', async ({ demo, browser }) => {
    const wire = await tap(demo.organisations[0].url);
    try {
      const page = await visitor(browser, wire);
      const first = await weigh(page, wire);
      console.log(`first visit: ${told(first)}`);
      assert.ok(first.bytes <= FIRST_VISIT, told(first));
      assert.ok(first.paths.length <= MOST_REQUESTS, told(first));

      const later = await weigh(page, wire);
      console.log(`later visit: ${later.bytes} bytes`);
      assert.ok(later.bytes <= LATER_VISIT, told(later));
    } finally {
      wire.close();
    }
  });

  it('stays small because browsers may keep what has a hash in its name', async ({ demo, browser }) => {
    const page = await visitor(browser, demo.organisations[0]);
    const answers = [];
    page.on('response', answer => answers.push(answer));
    await page.goto('/');
    await settled(page);
    const assets = answers.filter(answer => new URL(answer.url()).pathname.startsWith('/assets/'));
    assert.ok(assets.length > 3, 'the page has style, scripts, drawings and a font');
    for (const asset of assets) {
      assert.match(asset.headers()['cache-control'], /max-age=31536000, immutable/, asset.url());
    }
    assert.match(answers[0].headers()['cache-control'], /no-store/, 'the page itself is kept by nobody');
  });
});

// A wire of our own to the server, since the browser doesn't tell the weight of what its workers load.
async function tap(url) {
  const { hostname, port } = new URL(url);
  const wire = { bytes: 0 };
  const server = createServer(browser => {
    const upstream = connect(Number(port), '127.0.0.1');
    upstream.on('data', chunk => { wire.bytes += chunk.length; });
    upstream.on('error', () => browser.destroy());
    browser.on('error', () => upstream.destroy());
    browser.pipe(upstream).pipe(browser);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  wire.url = `http://${hostname}:${server.address().port}`;
  wire.close = () => server.close();
  return wire;
}

async function weigh(page, wire) {
  const before = wire.bytes;
  const paths = new Set();
  const note = request => paths.add(new URL(request.url()).pathname);
  page.context().on('request', note);
  await page.goto('/');
  await settled(page);
  page.context().off('request', note);
  return { bytes: wire.bytes - before, paths: [...paths] };
}

// The page is loaded when goto() answers; the proof of work and the font are the last that it loads something for. A network that
// is idle can't be waited for: what a worker asked for when it was ended counts as under way for ever.
async function settled(page) {
  await page.locator('form[data-state=done]').waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => true));
}

const told = ({ bytes, paths }) => `${bytes} bytes in ${paths.length} requests: ${paths.join(' ')}`;
