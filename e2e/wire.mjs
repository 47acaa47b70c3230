// A wire of our own to the server, as slow and as unreliable as a test wants it.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

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
  for (const socket of [browser, upstream]) socket.on('error', hangUp).on('close', hangUp);

  const up = slowly(line, upstream);
  browser.on('data', chunk => {
    if (chunk.subarray(0, 6).toString('latin1') === 'PATCH ') {
      line.patches += 1;
      fate = line.fate(line.patches);
      left = fate === 'cut' ? 90_000 : Infinity;
    }
    if (line.fate === dead || fate === 'dead') return hangUp();
    line.bytes += chunk.length;
    const whole = chunk.length < left;
    up(whole ? chunk : chunk.subarray(0, left), whole ? undefined : hangUp);
    left -= chunk.length;
  });
  const down = slowly(line, browser);
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
  return (chunk, after) => {
    const now = performance.now();
    free = Math.max(free, now + line.delay) + (chunk.length / line.rate) * 1000;
    setTimeout(() => {
      if (!socket.destroyed) socket.write(chunk);
      after?.();
    }, free - now);
  };
}
