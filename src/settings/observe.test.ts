import { afterEach, expect, test } from 'vitest';
import { startAnswering } from '../../test/contract/ecosystem-world.ts';
import { Secret } from '../host/secret.ts';
import { observeSettings } from './observe.ts';
import { GITHUB_ANSWERS } from './sample-github.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const deps = { now: () => '2026-11-30T02:00:00.000Z', sleep: async () => {} };

async function answering(answers: Readonly<Record<string, unknown>>) {
  const server = await startAnswering(({ url }) => {
    const known = answers[url.split('?')[0] ?? ''];
    return known === undefined
      ? { status: 404, body: '{}' }
      : { status: 200, body: JSON.stringify(known) };
  });
  stops.push(server.stop);
  return server;
}

test('repository and packages are seen, and each token stays with its host', async () => {
  const forge = await answering(GITHUB_ANSWERS);
  const npm = await answering({
    '/a': { name: 'a', versions: {} },
    '/b': { name: 'b', versions: {} },
  });
  const pypi = await answering({ '/pypi/c/json': { info: { version: '1' }, urls: [] } });
  const tokens = { forge: ['f', 'token'].join('-'), npm: ['n', 'token'].join('-') };
  const npmToken = new Secret(tokens.npm);
  const heard: string[] = [];
  const calls: string[] = [];
  const found = await observeSettings(
    {
      forge: 'github',
      repository: 'alice/aitbc',
      apiUrl: forge.url,
      token: new Secret(tokens.forge),
    },
    [
      { ecosystem: 'npm', name: 'a', registry: npm.url, token: npmToken },
      { ecosystem: 'npm', name: 'b', registry: npm.url, token: npmToken },
      { ecosystem: 'pypi', name: 'c', registry: pypi.url, token: null },
      { ecosystem: 'pypi', name: 'd', registry: null, token: null },
    ],
    { ...deps, onStart: (what) => heard.push(what), onCall: (call) => calls.push(call) },
  );
  expect(found.observedAt).toBe('2026-11-30T02:00:00.000Z');
  expect(found.forge.tagRulesets.kind).toBe('observed');
  expect(found.packages.map((one) => [one.name, one.latest.kind])).toEqual([
    ['a', 'observed'],
    ['b', 'observed'],
    ['c', 'observed'],
    ['d', 'unverified'],
  ]);
  expect(heard).toEqual(['alice/aitbc', 'a', 'b', 'c', 'd']);
  expect(calls.length).toBe(forge.seen.length + npm.seen.length + pypi.seen.length);
  const sent = (seen: readonly { authorization: string }[]) => [
    ...new Set(seen.map((one) => one.authorization)),
  ];
  expect(sent(forge.seen)).toEqual([`Bearer ${tokens.forge}`]);
  expect(sent(npm.seen)).toEqual([`Bearer ${tokens.npm}`]);
  expect(sent(pypi.seen)).toEqual(['']);
  expect(JSON.stringify([found, calls])).not.toMatch(/[fn]-token/);
});

test('without a repository and packages nothing is asked and nothing counts as seen', async () => {
  const found = await observeSettings(null, [], deps);
  expect(found.packages).toEqual([]);
  expect(JSON.stringify(found.forge)).not.toContain('"observed"');
});

test('an address over plain http to another machine is refused', async () => {
  const forge = {
    forge: 'gitlab',
    repository: 'a/b',
    apiUrl: 'http://forge.example/',
    token: null,
  } as const;
  await expect(observeSettings(forge, [], deps)).rejects.toMatchObject({ code: 'config-invalid' });
});
