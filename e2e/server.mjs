// A demo of Pishkhan for tests: one server on a free port, with data that nobody else sees.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

// All browsers of a run come from one address, which would soon have asked for too much; and the disk may be as full as it likes.
const FOR_TESTS = {
  PISHKHAN_FILES__FREE_PERCENT: '0',
  PISHKHAN_LIMITS__SENDS_PER_NUMBER_PER_MINUTE: '0',
  PISHKHAN_LIMITS__SENDS_PER_ADDRESS_PER_HOUR: '0',
  PISHKHAN_LIMITS__SENDS_PER_NETWORK_PER_HOUR: '0',
  PISHKHAN_LIMITS__SENDS_PER_HUNDRED_NUMBERS_PER_HOUR: '0',
  PISHKHAN_MESSAGES__QUIET_FROM_HOUR: '0',
  PISHKHAN_MESSAGES__QUIET_UNTIL_HOUR: '0',
  PISHKHAN_LIMITS__WAITS_PER_ADDRESS_PER_HOUR: '0',
  PISHKHAN_LIMITS__TRACKING_PER_ADDRESS_PER_MINUTE: '0',
  // To draw the pages of all its files takes the demo longer than most tests; those that look at pictures switch them on.
  PISHKHAN_PREVIEWS__PICTURES: 'off',
};
export const WITH_PICTURES = { PISHKHAN_PREVIEWS__PICTURES: 'on' };

// Starts a demo on "sqlite" or "postgres"; `settings` are more variables of its environment.
export async function startDemo({ database = 'sqlite', settings = {} } = {}) {
  const env = { ...strangersEnvironment(), ...FOR_TESTS, ...settings };
  if (database === 'postgres') env.PISHKHAN_DATABASE__URL = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'pishkhan-e2e-'));

  const binary = process.env.PISHKHAN_BINARY ?? 'target/debug/pishkhan';
  const server = spawn(binary, ['demo', '--json', '--listen', '127.0.0.1:0', '--data', folder], { env });
  const killed = () => server.kill('SIGKILL');
  process.once('exit', killed);
  let told = '';
  server.stderr.setEncoding('utf8').on('data', text => { told += text; });

  const shown = await firstLine(server, () => told);
  return {
    organisations: shown.organisations,
    staff: shown.staff,
    messages: () => messages(shown.messages),
    message: (to, isIt) => message(shown.messages, to, isIt),
    // A command of whoever runs the server, in the demo's folder and on its database: what it printed.
    command: async (...words) => (await run(binary, [...words, '--data', folder], { env })).stdout,
    // A file that goes with the demo, for a command that reads one.
    file: async (name, text) => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    },
    // What the server said on standard error, for whoever looks into a failure.
    told: () => told,
    async stop() {
      process.off('exit', killed);
      if (server.exitCode === null) {
        server.kill('SIGTERM');
        await once(server, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

// Our own variables would be taken for settings of the server.
function strangersEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PISHKHAN_')));
}

async function firstLine(server, told) {
  const failed = new Promise((_, reject) => {
    server.once('error', reject);
    server.once('exit', code => reject(new Error(`the demo ended with ${code}:\n${told()}`)));
  });
  // Nobody waits for this any more once the server runs, and it always ends some day.
  failed.catch(() => {});
  const lines = createInterface({ input: server.stdout });
  const [line] = await Promise.race([once(lines, 'line'), failed]);
  return JSON.parse(line);
}

async function messages(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.json();
}

// Waits for the newest message to this mobile number (09…) for which `isIt` holds.
async function message(url, to, isIt = () => true) {
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const all = await messages(url);
    const found = all.find(message => message.to.endsWith(to.slice(1)) && isIt(message));
    if (found) return found;
    await pause(100);
  }
  throw new Error(`no such message came to ${to}`);
}

// A database of its own in the cluster that `cargo xtask test` started; it goes with the cluster.
async function freshDatabase() {
  const cluster = process.env.PISHKHAN_TEST_POSTGRES;
  if (!cluster) throw new Error('PISHKHAN_TEST_POSTGRES does not say where PostgreSQL is');
  const name = `e2e_${process.pid}_${Date.now().toString(36)}`;
  await run(await psql(), ['--no-psqlrc', '--quiet', '--command', `create database ${name}`, cluster]);
  const url = new URL(cluster);
  url.pathname = name;
  return url.href;
}

// Debian keeps PostgreSQL's programs aside, and brings the one on the path in another package.
async function psql() {
  const folder = '/usr/lib/postgresql';
  const versions = await readdir(folder).catch(() => []);
  const newest = versions.map(Number).filter(Boolean).sort((a, b) => b - a)[0];
  return newest ? `${folder}/${newest}/bin/psql` : 'psql';
}
