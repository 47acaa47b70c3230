// A wire of our own to the server, as slow and as unreliable as a test wants it.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

// How much of a PATCH comes through that is cut, in bytes.
const IN_THE_MIDDLE = 90_000;

// `fate` is asked for each PATCH, the first being 1: "carry", "cut" in the middle of it, "lose" its answer, or "dead" for a line
// on which nothing comes through at all. `rate` is in bytes a second, `delay` in milliseconds, both ways.
export async function wire(url, { fate = () => 'carry', rate = Infinity, delay = 0 } = {}) {
  const { hostname, port } = new URL(url);
  const line = { patches: 0, bytes: 0, fate, rate, delay };
  const server = createServer(browser => carry(line, browser, connect(Number(port), '127.0.0.1')));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  line.url = `http://${hostname}:${server.address().port}`;
  line.close = () => server.close();
  return line;
}

function carry(line, browser, upstream) {
  let fate = 'carry';
  let left = Infinity;
  const hangUp = () => {
    browser.destroy();
    upstream.destroy();
  };
  const up = slowly(line, upstream);
  const down = slowly(line, browser);
  for (const socket of [browser, upstream]) socket.on('error', hangUp);
  browser.on('close', () => upstream.destroy());
  // What it said last still arrives.
  upstream.on('close', () => down(Buffer.alloc(0), hangUp));

  browser.on('data', chunk => {
    if (chunk.subarray(0, 6).toString('latin1') === 'PATCH ') {
      line.patches += 1;
      fate = line.fate(line.patches);
      left = fate === 'cut' ? IN_THE_MIDDLE : Infinity;
    }
    if (line.fate === dead || fate === 'dead') return hangUp();
    line.bytes += chunk.length;
    up(chunk.subarray(0, Math.min(left, chunk.length)), chunk.length < left ? undefined : hangUp);
    left -= chunk.length;
  });
  upstream.on('data', chunk => {
    if (fate === 'lose') return hangUp();
    down(chunk);
  });
}

// From now on nothing comes through.
export function dead() {
  return 'dead';
}

// Writes in order, at the line's pace.
function slowly(line, socket) {
  let free = 0;
  let written = Promise.resolve();
  return (chunk, after) => {
    free = Math.max(free, performance.now() + line.delay) + (chunk.length / line.rate) * 1000;
    const at = free;
    written = written.then(() => pause(Math.max(0, at - performance.now()))).then(() => {
      if (socket.writable && chunk.length) socket.write(chunk);
      after?.();
    });
  };
}
