import { beforeAll, describe, expect, test } from 'vitest';
import { createTestKey, type TestKey } from '../../test/ssh-fixture.ts';
import type { Genesis } from '../core/genesis.ts';
import type { PersonId } from '../core/names.ts';
import type { Person } from '../core/roster.ts';
import { readGenesis } from '../evidence/founding.ts';
import { encodeBase64 } from '../formats/base64.ts';
import { parseConfig } from '../host/config.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { draftGenesis, parseFounder, readRecoveryRule, trustOfGenesis } from './founding.ts';
import { starterConfig } from './starter-config.ts';

let keys: readonly TestKey[];
beforeAll(async () => {
  keys = await Promise.all([1, 2, 3].map(() => createTestKey()));
});

const person = (id: string, place: number, groups: readonly string[] = []): Person => ({
  id: id as PersonId,
  name: id,
  groups,
  keys: [{ kind: 'ssh', publicKey: keys[place]?.publicKey ?? '' }],
});

function draft(people: readonly Person[], approvals: string, recovery?: Genesis['recovery']) {
  const config = parseConfig(
    `gateway: { origin: "http://127.0.0.1:8787" }
upstreams: {}
projects: {}
policies: { strict: { approvals: ${approvals} } }
`,
    '/srv/countersign.yaml',
  );
  const publicKeys = {
    ledger: `127.0.0.1:8787/log+00000000+${encodeBase64(new Uint8Array(33).fill(1))}`,
    publisher: encodeBase64(new Uint8Array(32)),
  };
  return draftGenesis(config, { keys: publicKeys, people, recovery }, '2026-03-01T12:00:00.000Z');
}

describe('a founder on the command line', () => {
  test('has id, name, groups and a key file whose path may hold colons', () => {
    expect(parseFounder('alice:Alice A.:a,b:keys/c:d.pub')).toEqual({
      id: 'alice',
      name: 'Alice A.',
      groups: ['a', 'b'],
      keyFile: 'keys/c:d.pub',
    });
    expect(parseFounder('bob:Bob::bob').groups).toEqual([]);
  });

  test.each(['', 'alice', 'Alice:Alice::key', 'alice:::key', 'alice:Alice:a:', 'a b:x::key'])(
    '%j is refused',
    (text) => {
      expect(() => parseFounder(text)).toThrow(expect.objectContaining({ code: 'usage' }));
    },
  );
});

describe('a draft', () => {
  const counts = '{ requester: counts }';

  test('holds people, rules and keys, and its digest is the trust', async () => {
    const text = await draft([person('alice', 0), person('bob', 1)], counts);
    const { digest, document } = await readGenesis(nodeCrypto, text);
    expect(document.roster.people.map((one) => one.id)).toEqual(['alice', 'bob']);
    expect(await trustOfGenesis(text)).toMatchObject({
      genesis: digest,
      ledger: document.keys.ledger,
      witnesses: { quorum: 0, keys: [] },
    });
  });

  test.each([
    ['one person alone', () => [person('alice', 0)], counts, 'at least two founders'],
    ['nobody', () => [], counts, 'at least two founders'],
    [
      'two where the requester is excluded',
      () => [person('alice', 0), person('bob', 1)],
      '{ requester: excluded }',
      'without them no quorum is left',
    ],
    [
      'a group without people',
      () => [person('alice', 0), person('bob', 1)],
      '{ requester: counts, groups: { security-team: 1 } }',
      'no set of alice, bob meets 2 people, 1 of security-team',
    ],
    [
      'more people than there are',
      () => [person('alice', 0), person('bob', 1)],
      '{ requester: counts, minimum: 3 }',
      'meets 3 people',
    ],
  ])('with %s is refused', async (_, people, approvals, message) => {
    await expect(draft(people(), approvals)).rejects.toMatchObject({
      code: 'quorum-unreachable',
      message: expect.stringContaining(message),
    });
  });

  test('with one key for two people is refused: that would be one person', async () => {
    await expect(draft([person('alice', 0), person('bob', 0)], counts)).rejects.toMatchObject({
      code: 'malformed-document',
      message: expect.stringContaining('one key belongs to alice and to bob'),
    });
  });
});

describe('a starter configuration', () => {
  const found = {
    repository: 'github.com/example/aitbc',
    packages: [
      { ecosystem: 'npm', name: '@aitbc/explorer-web', path: 'packages/web', private: false },
      { ecosystem: 'npm', name: 'internal', path: 'packages/internal', private: true },
    ],
    skipped: [],
  } as const;

  test('is one that the gateway reads, without private packages', () => {
    const text = starterConfig({
      project: 'aitbc',
      found,
      npmRegistry: 'http://127.0.0.1:4873/',
      founders: 2,
    });
    const { proposal } = parseConfig(text, '/srv/countersign.yaml');
    expect(proposal.projects['aitbc']?.packages.map((one) => one.name)).toEqual([
      '@aitbc/explorer-web',
    ]);
    expect(proposal.upstreams['npm-main']?.url).toBe('http://127.0.0.1:4873/');
    expect(proposal.policies['strict']?.approvals.requester).toBe('counts');
  });

  test('without a known address is refused until a person fills it in', () => {
    const text = starterConfig({ project: 'aitbc', found, npmRegistry: null, founders: 3 });
    expect(text).toContain('fill in');
    expect(() => parseConfig(text, '/srv/countersign.yaml')).toThrow(
      expect.objectContaining({
        code: 'config-invalid',
        message: expect.stringContaining('upstreams.npm-main.url'),
      }),
    );
  });
});

describe('recovery keys', () => {
  const founders = () => [person('alice', 0), person('bob', 1)];
  const rule = (...list: readonly string[]) => ({
    threshold: 2,
    keys: list,
    delaySeconds: 86_400,
  });
  const key = (place: number) => keys[place]?.publicKey ?? '';

  test('stand in the genesis, with how many it takes and how long it waits', async () => {
    const recovery = rule(key(2), (await createTestKey()).publicKey);
    const text = await draft(founders(), '{ requester: counts }', recovery);
    expect((await readGenesis(nodeCrypto, text)).document.recovery).toEqual(recovery);
  });

  test.each([
    ['of somebody in the roster', () => rule(key(0), key(2)), 'a key of the roster'],
    ['that stand twice', () => rule(key(2), key(2)), 'expected 2 different keys'],
    ['that are too few', () => rule(key(2)), 'expected 2 different keys'],
    ['with a comment', () => rule(`${key(2)} me`, key(2)), 'as OpenSSH spells it'],
  ])('%s are refused', async (_, recovery, message) => {
    await expect(draft(founders(), '{ requester: counts }', recovery())).rejects.toMatchObject({
      code: 'malformed-document',
      message: expect.stringContaining(message),
    });
  });

  test.each([
    ['1', '7d', 'expected --recovery-threshold from 2'],
    ['3', '7d', 'the number of keys (2), found 3'],
    ['2', '1h', 'expected --recovery-delay from 1d'],
    ['2', '91d', 'expected --recovery-delay from 1d'],
  ])('%s of two after %s is no rule', async (recoveryThreshold, recoveryDelay, message) => {
    const words = { recoveryKey: ['r1', 'r2'], recoveryThreshold, recoveryDelay };
    await expect(
      readRecoveryRule(words, () => {
        throw new Error('no key is read');
      }),
    ).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(message) });
  });
});
