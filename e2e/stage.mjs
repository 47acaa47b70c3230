// Tests that share one demo and one browser.
import { after, before, describe, it } from 'node:test';
import { launch } from './browser.mjs';
import { startDemo } from './server.mjs';

// `tell` gets a function like node:test's `it`, whose tests are handed { demo, browser }.
export function stage(name, demoOptions, tell) {
  describe(name, () => {
    const shared = {};
    before(async () => {
      shared.demo = await startDemo(demoOptions);
      shared.browser = await launch();
    }, { timeout: 120_000 });
    after(async () => {
      await shared.browser?.close();
      await shared.demo?.stop();
    });
    tell((fact, test) => it(fact, { timeout: 240_000 }, async () => {
      const already = shared.demo.told().length;
      try {
        await test(shared);
      } catch (error) {
        console.error(`${name}, ${fact}: meanwhile the server said\n${shared.demo.told().slice(already)}`);
        throw error;
      } finally {
        for (const context of shared.browser.contexts()) await context.close();
      }
    }));
  });
}
