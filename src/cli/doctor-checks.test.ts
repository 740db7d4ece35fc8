import { describe, expect, test } from 'vitest';
import { CountersignError } from '../core/errors.ts';
import type { Trust } from '../core/genesis.ts';
import type { PersonId, Sha256 } from '../core/names.ts';
import { compilePolicyRules } from '../core/policy-compile.ts';
import type { PolicyConfig } from '../core/policy-config.ts';
import type { Person } from '../core/roster.ts';
import {
  type Check,
  type CredentialFacts,
  checkClock,
  checkData,
  checkLedger,
  checkPublisherFolder,
  checkRules,
  checkUpstream,
  type FolderFacts,
  type InstanceFacts,
} from './doctor-checks.ts';
import { checkPolicies } from './doctor-quorum.ts';

const NOW = '2026-03-02T12:00:00.000Z';
const KEYS = { ledger: 'log+1+key', publisher: 'deposit' };
const ROOT = { one: '01'.repeat(32), other: '02'.repeat(32) };

const CREDENTIAL: CredentialFacts = {
  name: 'npm-token',
  version: 1,
  upstream: 'npm',
  origin: 'https://registry.example.com',
  kind: 'npm',
  state: 'ready',
  note: null,
  expiresAt: null,
};

function rulesOf(strict: PolicyConfig = {}, mode: 'publish' | 'stage' = 'publish') {
  return compilePolicyRules({
    upstreams: {
      npm: {
        ecosystem: 'npm',
        url: 'https://registry.example.com/',
        mode,
        credential: 'npm-token',
      },
    },
    projects: {
      acme: {
        repository: 'github.com/example/acme',
        packages: [{ name: 'acme', ecosystem: 'npm', upstream: 'npm' }],
        policies: ['strict'],
      },
    },
    policies: {
      strict: { tag: 'v[0-9]+.[0-9]+.[0-9]+', source: 'asserted', approvals: {}, ...strict },
    },
  });
}

const person = (id: string, ...groups: string[]): Person => ({
  id: id as PersonId,
  name: id,
  groups,
  keys: [{ kind: 'ssh', publicKey: `ssh-ed25519 ${id}` }],
});

function instanceOf(changes: Partial<InstanceFacts> = {}): InstanceFacts {
  return {
    genesisDigest: 'a'.repeat(64),
    keys: KEYS,
    roster: { people: [], bots: [] },
    policy: rulesOf(),
    credentials: [],
    ledgerSize: 5,
    newestEntryAt: null,
    checkpoint: { size: 5, root: ROOT.one },
    ...changes,
  };
}

type ReadFolder = Extract<FolderFacts, { kind: 'read' }>;

function folderOf(changes: Partial<ReadFolder> = {}): ReadFolder {
  const trust: Trust = {
    schema: 'countersign/trust/v1',
    genesis: 'a'.repeat(64) as Sha256,
    ledger: KEYS.ledger,
    witnesses: { quorum: 0, keys: [] },
    note: null,
  };
  const kept = { size: 5, root: ROOT.one };
  return {
    kind: 'read',
    path: '/data/publisher',
    mode: 0o700,
    files: [{ name: 'ledger.key', mode: 0o600 }],
    trust,
    keys: KEYS,
    keptBefore: kept,
    kept,
    ...changes,
  };
}

const shown = (checks: Check | readonly Check[]) =>
  [checks].flat().map((one) => `${one.state} ${one.name}: ${one.says}`);

describe('the rules', () => {
  test('are well where the file is what was signed', () => {
    expect(shown(checkRules(rulesOf(), rulesOf()))[0]).toMatch(/^ok rules/);
  });

  test('fail where they differ, naming the place', () => {
    const check = checkRules(rulesOf(), rulesOf({ confirm: 'other' }));
    expect(shown(check)[0]).toMatch(/^fail rules: .* at policies\.strict\.confirm: nothing will/);
  });
});

describe("the publisher's folder", () => {
  const damaged = new CountersignError('vault-sealed', 'ledger.key is damaged');
  const cases: readonly (readonly [string, FolderFacts, readonly string[]])[] = [
    ['is well', folderOf(), ['ok publisher', 'ok keys', 'ok trust']],
    ['is missing', { kind: 'absent' }, ['fail publisher']],
    ["is another user's", { kind: 'closed' }, ['unknown publisher']],
    ['is open to others', folderOf({ mode: 0o750 }), ['fail publisher', 'ok keys', 'ok trust']],
    [
      'lacks a key',
      folderOf({ files: [{ name: 'wrap.key', mode: null }] }),
      ['fail publisher', 'ok keys', 'ok trust'],
    ],
    [
      'has a key that others may read',
      folderOf({ files: [{ name: 'wrap.key', mode: 0o640 }] }),
      ['fail publisher', 'ok keys', 'ok trust'],
    ],
    ['has a damaged key', folderOf({ keys: damaged }), ['ok publisher', 'fail keys', 'ok trust']],
    [
      'has the keys of another instance',
      folderOf({ keys: { ...KEYS, publisher: 'x' } }),
      ['ok publisher', 'fail keys', 'ok trust'],
    ],
    [
      'trusts another log',
      folderOf({ trust: { ...(folderOf().trust as Trust), ledger: 'x' } }),
      ['ok publisher', 'ok keys', 'fail trust'],
    ],
    [
      'trusts another genesis',
      folderOf({ trust: { ...(folderOf().trust as Trust), genesis: 'b'.repeat(64) as Sha256 } }),
      ['ok publisher', 'ok keys', 'fail trust'],
    ],
  ];
  test.each(cases)('%s', (_, folder, expected) => {
    const found = checkPublisherFolder(folder, instanceOf());
    expect(found.map((one) => `${one.state} ${one.name}`)).toEqual(expected);
    for (const one of found) if (one.state !== 'ok') expect(one.mend ?? one.says).not.toBe('');
  });
});

describe('the ledger', () => {
  const kept = (size: number, root = ROOT.one) =>
    folderOf({ keptBefore: { size, root }, kept: { size, root } });
  const cases: readonly (readonly [string, Partial<InstanceFacts>, FolderFacts, RegExp])[] = [
    ['is well', {}, kept(5), /^ok ledger: 5 entries, all signed/],
    [
      'lost entries',
      { ledgerSize: 4, checkpoint: null },
      kept(5),
      /^fail ledger: the publisher signed 5 entries, the database has 4/,
    ],
    ['has another history', {}, kept(5, ROOT.other), /^fail ledger: .* another history/],
    ['is newer than the folder', {}, kept(3), /^fail ledger: .* older copy/],
    [
      'is newer than a folder that keeps nothing',
      {},
      folderOf({ kept: null, keptBefore: null }),
      /^fail ledger/,
    ],
    [
      'waits for signatures',
      { ledgerSize: 7 },
      kept(5),
      /^warn ledger: 2 of 7 entries are not signed yet/,
    ],
    [
      'waits for the first signature',
      { checkpoint: null },
      folderOf({ kept: null, keptBefore: null }),
      /^warn ledger: 5 of 5/,
    ],
    [
      'went on while it was looked at',
      {},
      folderOf({ keptBefore: { size: 4, root: ROOT.other }, kept: { size: 6, root: ROOT.other } }),
      /^ok/,
    ],
    ['cannot be held against a folder that is closed', {}, { kind: 'closed' }, /^ok ledger/],
    [
      'has a kept checkpoint of somebody else',
      {},
      folderOf({ kept: new CountersignError('signature-invalid', 'not ours') }),
      /^fail ledger: signature-invalid: not ours/,
    ],
  ];
  test.each(cases)('%s', (_, instance, folder, expected) => {
    expect(shown(checkLedger(instanceOf(instance), folder))[0]).toMatch(expected);
  });
});

describe('the data folder', () => {
  test.each([
    [true, 2 ** 31, ['ok', 'ok']],
    [true, 2 ** 29, ['ok', 'warn']],
    [false, 2 ** 31, ['fail', 'ok']],
    [false, null, ['fail', 'unknown']],
  ] as const)('writable %s with %s bytes free', (writable, freeBytes, states) => {
    expect(checkData({ path: '/data', writable, freeBytes }).map((one) => one.state)).toEqual(
      states,
    );
  });
});

describe('the clock', () => {
  const told = (clockSeconds: number | null) => new Map([['npm', { error: null, clockSeconds }]]);
  test.each([
    [null, 2, /^ok clock: within 2 seconds of npm/],
    [null, 61, /^warn clock: 61 seconds behind npm/],
    [null, -3600, /^warn clock: 3600 seconds ahead of npm/],
    [null, null, /^unknown clock/],
    ['2026-03-02T12:00:00.001Z', 0, /^fail clock: .* before the newest ledger entry/],
    ['2026-03-02T12:00:00.000Z', 0, /^ok clock/],
  ])('with newest entry %s and an upstream %s seconds off', (newest, off, expected) => {
    expect(shown(checkClock(NOW, newest, told(off)))[0]).toMatch(expected);
  });
});

describe('a credential', () => {
  const upstream = rulesOf().upstreams['npm'];
  if (upstream === undefined) throw new Error('no upstream');
  const at = (days: number) => new Date(Date.parse(NOW) + days * 86_400_000).toISOString();
  const cases: readonly (readonly [string, readonly Partial<CredentialFacts>[], RegExp])[] = [
    ['is there', [{}], /^ok credential npm-token: version 1, without an end/],
    ['is in date', [{ expiresAt: at(20) }], /^ok .* until 2026-03-22/],
    ['expires soon', [{ expiresAt: at(13.5) }], /^warn .* in 13 days/],
    ['has expired', [{ expiresAt: at(-1) }], /^fail .* expired at 2026-03-01/],
    ['is missing', [{ name: 'other' }], /^fail .* the vault has none for upstream npm/],
    [
      'waits for the publisher',
      [{ state: 'handed-over', kind: null }],
      /^warn .* not taken in yet/,
    ],
    ['was refused', [{ state: 'refused', note: 'not hers' }], /^fail .* was refused: not hers/],
    ['is disabled', [{ state: 'disabled' }], /^fail .* is disabled/],
    ['is for another ecosystem', [{ kind: 'pypi' }], /^fail .* it is for pypi at/],
    ['is for another origin', [{ origin: 'https://other.example.com' }], /^fail/],
    [
      'is replaced by one that waits',
      [{}, { version: 2, state: 'handed-over', kind: null }],
      /^ok .* version 1/,
    ],
  ];
  test.each(cases)('%s', (_, rows, expected) => {
    const credentials = rows.map((one) => ({ ...CREDENTIAL, ...one }));
    const found = checkUpstream('npm', upstream, undefined, { credentials }, NOW);
    expect(shown(found)).toEqual([expect.stringMatching(expected)]);
    if (/^fail/.test(shown(found)[0] ?? '')) {
      expect(found[0]?.mend).toBe('countersign vault put npm-token --upstream npm');
    }
  });

  test('is not asked for where the mode is one that this version does not serve', () => {
    const staged = rulesOf({}, 'stage').upstreams['npm'];
    if (staged === undefined) throw new Error('no upstream');
    const error = new CountersignError('upstream-unreachable', 'no answer');
    const reached = { error, clockSeconds: null };
    expect(shown(checkUpstream('npm', staged, reached, { credentials: [] }, NOW))).toEqual([
      expect.stringMatching(/^fail mode npm: .*mode stage/),
      'fail upstream npm: upstream-unreachable: no answer',
    ]);
  });
});

describe('a quorum', () => {
  const [alice, bob, carol] = [person('alice', 'a'), person('bob', 'b'), person('carol', 'a', 'b')];
  const groups = { minimum: 2, groups: { a: 1, b: 1 } };
  type Rule = NonNullable<PolicyConfig['approvals']>;
  const cases: readonly (readonly [string, Rule, readonly Person[], RegExp])[] = [
    ['of three of whom any two do', groups, [alice, bob, carol], /^ok .* without any one person/],
    [
      'of two where both must sign',
      groups,
      [alice, bob],
      /^fail .* whoever requests a release does not count/,
    ],
    [
      'of two where the requester counts',
      { ...groups, requester: 'counts' },
      [alice, bob],
      /^warn .* one of alice, bob is away/,
    ],
    [
      'with one person who is always needed',
      groups,
      [alice, { ...alice, id: 'alice-2' as PersonId }, bob],
      /^warn .* one of bob is away, nor what/,
    ],
    [
      'with a group that nobody is in',
      { minimum: 2, groups: { c: 1 } },
      [alice, bob],
      /^fail .* nobody is in c/,
    ],
    ['of one', { minimum: 2, groups: {} }, [alice], /^fail .* no set of people/],
  ];
  test.each(cases)('%s', (_, approvals, people, expected) => {
    const found = checkPolicies(rulesOf({ approvals }), { people, bots: [] });
    expect(shown(found)[0]).toMatch(expected);
    expect(shown(found)[0]).toContain('quorum strict: policy strict (acme)');
  });

  test('is asked beside the source that a policy wants and the bots', () => {
    const bots = [{ id: 'robot' as PersonId, keys: [] }];
    const found = checkPolicies(rulesOf({ source: 'oidc' }), { people: [alice, bob, carol], bots });
    expect(shown(found).slice(1)).toEqual([
      expect.stringMatching(/^fail source strict: .* every release will be rejected/),
      'ok bots: robot may open releases; a person must adopt each',
    ]);
  });
});
