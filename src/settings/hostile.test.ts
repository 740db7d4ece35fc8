import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAnswering } from '../../test/contract/ecosystem-world.ts';
import { Secret } from '../host/secret.ts';
import { observeSettings } from './observe.ts';
import { GITHUB_ANSWERS } from './sample-github.ts';

const ANSWERS: Readonly<Record<string, unknown>> = {
  ...GITHUB_ANSWERS,
  '/a': {
    name: 'a',
    maintainers: [{ name: 'alice' }],
    time: { '1.0.0': '2026-01-01T00:00:00Z' },
    versions: { '1.0.0': { _npmUser: { name: 'alice' } } },
  },
  '/pypi/b/json': {
    info: { version: '1' },
    urls: [{ filename: 'b.whl' }],
    ownership: { roles: [{ role: 'Owner', user: 'alice' }] },
  },
};

const token = new Secret(['a', 'sample', 'token'].join('-'));
let lies = new Map<string, unknown>();
let url = '';
let stop = async (): Promise<void> => {};

beforeAll(async () => {
  const server = await startAnswering(({ url: asked }) => {
    const path = asked.split('?')[0] ?? '';
    if (lies.has(path)) return { status: 200, body: JSON.stringify(lies.get(path)) };
    const known = ANSWERS[path];
    return known === undefined
      ? { status: 404, body: '{}' }
      : { status: 200, body: JSON.stringify(known) };
  });
  ({ url, stop } = server);
});
afterAll(() => stop());

/** Puts `value` in place of the part of `whole` that the numbers lead to. */
function exchange(whole: unknown, steps: readonly number[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (typeof whole !== 'object' || whole === null || step === undefined) return value;
  const keys = Object.keys(whole);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return value;
  const changed: Record<string, unknown> = { ...whole };
  changed[key] = exchange(changed[key], rest, value);
  return Array.isArray(whole) ? Object.values(changed) : changed;
}

test('whatever one answer says, nothing is thrown, the others count, and no escape comes through', async () => {
  const anyPath = fc.constantFrom(...Object.keys(ANSWERS));
  const anyValue = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom('\u001b[2J', '\u202ex', -1, 1e308, '', null, [], {}, 'x'.repeat(10_000)),
  );
  await fc.assert(
    fc.asyncProperty(
      anyPath,
      fc.array(fc.nat(20), { maxLength: 5 }),
      anyValue,
      async (path, steps, value) => {
        lies = new Map([[path, exchange(ANSWERS[path], steps, value)]]);
        const found = await observeSettings(
          { forge: 'github', repository: 'alice/aitbc', apiUrl: url, token },
          [
            { ecosystem: 'npm', name: 'a', registry: url, token },
            { ecosystem: 'pypi', name: 'b', registry: url, token },
          ],
          { now: () => '2026-11-30T00:00:00.000Z', sleep: async () => {} },
        );
        const shown = JSON.stringify(found);
        // an escape that a reason quotes is spelled out; none may stand as itself
        expect(shown).not.toMatch(/(?<!\\)\\u001b|[\p{Cc}\p{Cf}]/u);
        if (!path.startsWith('/a')) expect(found.packages[0]?.latest.kind).toBe('observed');
      },
    ),
    { numRuns: 100 },
  );
});
