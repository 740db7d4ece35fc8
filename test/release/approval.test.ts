/** Who may ask, who may sign, and how a release ends before anything ships. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReleaseId, Sha256 } from '../../src/core/names.ts';
import type { Purpose } from '../../src/core/purpose.ts';
import { encodeInstanceStatement } from '../../src/evidence/signed-statement.ts';
import { expireRelease } from '../../src/gateway/end.ts';
import type { Caller, OpenRequest } from '../../src/gateway/gateway.ts';
import { createToken, TOKEN_RANDOM_BYTES } from '../../src/identity/token.ts';
import type { Name } from '../founding.ts';
import { approvalOf, approve, openRelease, person, until, upload } from '../gate-fixture.ts';
import {
  expectSoundLedger,
  refusal,
  servedVersions,
  startYard,
  submit,
  submitForApproval,
  tarballOf,
  type Yard,
} from '../release-fixture.ts';

/** What the gate's clock is ahead of ours. */
let aheadMs = 0;
const now = () => new Date(Date.now() + aheadMs).toISOString();

let yard: Yard;
beforeAll(async () => {
  yard = await startYard({ clock: now });
});
afterAll(() => yard?.stop());

const view = (id: ReleaseId) => yard.gate.gateway.release(person('bob'), id);
const sign = (by: Name, purpose: Purpose, predicate: object) =>
  yard.gate.keys[by].sign(purpose, encodeInstanceStatement(purpose, yard.gate.digest, predicate));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex') as Sha256;

describe('promise 1: whose signature counts', () => {
  test('the requester’s own does not, nor a bot’s, nor one in another person’s session', async () => {
    const id = await submitForApproval(yard.gate, '@aitbc/p0', 'v3.0.0');
    expect(await refusal(approve(yard.gate, id, 'alice'))).toBe(
      'forbidden: the signature does not count: alice is the requester, whom the policy excludes (somebody else of the groups that the policy names has to sign)',
    );
    expect(await refusal(approve(yard.gate, id, 'robot'))).toMatch(/^forbidden: /);
    const bobs = await approvalOf(yard.gate, id, 'bob');
    expect(await refusal(yard.gate.gateway.approve(person('carol'), id, bobs))).toBe(
      "forbidden: the session is carol's, the signature bob's",
    );
    expect(await refusal(approve(yard.gate, id, 'bob', { person: 'carol' as never }))).toContain(
      'the approval is for another person: expected bob, found carol',
    );
    expect((await view(id)).quorum?.counted).toEqual([]);
  });

  test('an approval of other bytes is void', async () => {
    const id = await submitForApproval(yard.gate, '@aitbc/p1', 'v3.1.0');
    const other = await submitForApproval(yard.gate, '@aitbc/p2', 'v3.1.1');
    const foreign = await approvalOf(yard.gate, other, 'bob');
    expect(await refusal(yard.gate.gateway.approve(person('bob'), id, foreign))).toMatch(
      /^signature-invalid: the approval is for another manifest: expected \S+, found \S+ \(approve \S+ again, after reading what changed\)/,
    );
    const mine = await approvalOf(yard.gate, id, 'bob');
    await yard.gate.gateway.approve(person('bob'), id, mine);
    expect(await refusal(yard.gate.gateway.approve(person('bob'), id, mine))).toContain(
      'state-conflict: this signature of bob is recorded already',
    );
  });

  test('one that lives longer than the policy lets it, or saw another history, is refused', async () => {
    const id = await submitForApproval(yard.gate, '@aitbc/p3', 'v3.2.0');
    const expiresAt = new Date(Date.now() + 80 * 3_600_000).toISOString();
    expect(await refusal(approve(yard.gate, id, 'bob', { expiresAt }))).toMatch(
      /^signature-invalid: expected an approval good for at most 259200 seconds, found 28\d{4}/,
    );
    const seen = { origin: 'release.example.com/log', size: 3, root: sha256('another') };
    expect(await refusal(approve(yard.gate, id, 'bob', { checkpointSeen: seen }))).toMatch(
      /^proof-invalid: the signer saw checkpoint release\.example\.com\/log 3 .* \(stop, and compare/,
    );
    const issuedAt = new Date(Date.now() - 3_600_000).toISOString();
    expect(await refusal(approve(yard.gate, id, 'bob', { issuedAt }))).toMatch(
      /^signature-invalid: the statement was signed at .*, 36\d\d seconds away from the gateway's clock/,
    );
  });

  test('a person who says no ends it, and a later yes changes nothing', async () => {
    const id = await submitForApproval(yard.gate, '@aitbc/p4', 'v3.3.0');
    await approve(yard.gate, id, 'bob');
    const ended = await approve(yard.gate, id, 'carol', {
      decision: 'reject',
      reason: 'the changelog is missing',
    });
    expect(ended).toMatchObject({
      state: 'rejected',
      reason: 'rejected by carol: the changelog is missing',
    });
    expect(await refusal(approve(yard.gate, id, 'carol'))).toMatch(
      /^state-conflict: expected release \S+ to be awaiting-approval, found rejected \(rejected by carol/,
    );
    expect(await servedVersions(yard.npm, '@aitbc/p4')).toEqual({});
  });
});

describe('promise 1: the next attempt', () => {
  test('takes the bytes over, never the approvals, and keeps the first requester out', async () => {
    const first = await submitForApproval(yard.gate, '@aitbc/p5', 'v3.4.0');
    const old = await approvalOf(yard.gate, first, 'bob');
    await yard.gate.gateway.approve(person('bob'), first, old);
    await yard.gate.gateway.cancel(person('carol'), first, null);
    expect((await view(first)).reason).toBe('cancelled by carol');
    const second = await openRelease(yard.gate, {
      by: 'carol',
      tag: 'v3.4.0',
      packages: ['@aitbc/p5'],
      reopens: first,
    });
    expect(second.reused).toEqual(['aitbc-p5-3.4.0.tgz']);
    const { id } = second.release;
    const waiting = await until(yard.gate, id, 'awaiting-approval');
    expect(waiting).toMatchObject({ attempt: 2, quorum: { counted: [] } });
    expect([...waiting.requesters].sort()).toEqual(['alice', 'carol']);
    expect(await refusal(yard.gate.gateway.approve(person('bob'), id, old))).toContain(
      'the approval is for another manifest',
    );
    for (const name of ['alice', 'carol'] as const) {
      expect(await refusal(approve(yard.gate, id, name))).toContain(`${name} is the requester`);
    }
    expect(await refusal(openRelease(yard.gate, { tag: 'v3.4.0', reopens: first }))).toContain(
      'release-exists: aitbc v3.4.0 is awaiting-approval already',
    );
  });

  test('only the last attempt can be opened again', async () => {
    const first = await submitForApproval(yard.gate, '@aitbc/p6', 'v3.5.0');
    await yard.gate.gateway.cancel(person('alice'), first, 'one');
    const second = await openRelease(yard.gate, { tag: 'v3.5.0', packages: ['@aitbc/p6'] });
    await yard.gate.gateway.cancel(person('alice'), second.release.id, 'two');
    expect(await refusal(openRelease(yard.gate, { tag: 'v3.5.0', reopens: first }))).toMatch(
      /^state-conflict: expected the last attempt /,
    );
  });

  test('a release that nobody finishes expires', async () => {
    const id = await submitForApproval(yard.gate, '@aitbc/p7', 'v3.6.0');
    await expireRelease(yard.gate.deps, id);
    expect((await view(id)).state).toBe('awaiting-approval');
    aheadMs = 73 * 3_600_000;
    try {
      await expireRelease(yard.gate.deps, id);
      expect(await view(id)).toMatchObject({
        state: 'expired',
        reason: expect.stringMatching(/^nobody finished it by /),
      });
    } finally {
      aheadMs = 0;
    }
    expect(await refusal(approve(yard.gate, id, 'bob'))).toContain('found expired');
  });
});

describe('promise 1: who counts as requester', () => {
  const adoption = (release: ReleaseId, by: Name, of = by) =>
    sign(by, 'adopt', {
      schema: 'countersign/adopt/v1',
      genesis: yard.gate.digest,
      release,
      person: of,
      issuedAt: new Date().toISOString(),
    });

  test('a bot’s release waits until a person adopts it, who is then the requester', async () => {
    const id = await submit(yard.gate, '@aitbc/p8', 'v3.7.0', { by: 'robot' });
    await expect
      .poll(async () => (await view(id)).reason, { timeout: 60_000 })
      .toBe('a bot opened this release: it waits until somebody adopts it');
    expect(await view(id)).toMatchObject({ state: 'inspecting', needsAdoption: true });
    const { gateway } = yard.gate;
    expect(await refusal(gateway.adopt(person('robot'), id, await adoption(id, 'robot')))).toMatch(
      /^forbidden: this call needs a person of the roster/,
    );
    expect(
      await refusal(gateway.adopt(person('carol'), id, await adoption(id, 'carol', 'bob'))),
    ).toBe("forbidden: the session is carol's, the statement is signed by carol and speaks of bob");
    await gateway.adopt(person('carol'), id, await adoption(id, 'carol'));
    const waiting = await until(yard.gate, id, 'awaiting-approval');
    expect(waiting).toMatchObject({ requesters: ['carol'], needsAdoption: false });
    expect(await refusal(approve(yard.gate, id, 'carol'))).toContain('carol is the requester');
    expect(await refusal(gateway.adopt(person('bob'), id, await adoption(id, 'bob')))).toContain(
      'state-conflict: expected the release to be before approval, found awaiting-approval',
    );
  });

  test('whoever made the project credential is requester of what it opens', async () => {
    const token = createToken('project', yard.gate.deps.random.bytes(TOKEN_RANDOM_BYTES));
    const granted = (changes: object) =>
      sign('bob', 'grant', {
        schema: 'countersign/grant/v1',
        genesis: yard.gate.digest,
        project: 'aitbc',
        name: 'ci',
        credential: sha256(token),
        person: 'bob',
        issuedAt: new Date().toISOString(),
        expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
        ...changes,
      });
    const { gateway } = yard.gate;
    expect(await refusal(gateway.grant(person('carol'), granted({})))).toBe(
      "forbidden: the session is carol's, the statement is signed by bob and speaks of bob",
    );
    const years = new Date(Date.now() + 800 * 86_400_000).toISOString();
    expect(await refusal(gateway.grant(person('bob'), granted({ expiresAt: years })))).toContain(
      'expected a project credential to end within 366 days',
    );
    for (const name of ['', 'n'.repeat(257)]) {
      expect(await refusal(gateway.grant(person('bob'), granted({ name })))).toContain(
        'expected a name of 1 to 256 characters',
      );
    }
    await gateway.grant(person('bob'), granted({}));
    const caller = await gateway.identify(token);
    expect(caller).toMatchObject({ kind: 'project', project: 'aitbc', personId: 'bob' });
    const request: OpenRequest = {
      statement: null,
      project: 'aitbc',
      tag: 'v3.8.0',
      commit: null,
      opened: 'by-tag',
      confirmation: null,
      policy: null,
      packages: ['@aitbc/p9'],
      distTag: null,
      reopens: null,
    };
    expect(await refusal(gateway.open({ kind: 'anonymous' }, request))).toContain(
      'forbidden: opening a release takes a signed statement or a project credential',
    );
    expect(await refusal(gateway.open(caller, { ...request, project: 'other' }))).toContain(
      'this credential is for project aitbc, not other',
    );
    const { release, upload: given } = await gateway.open(caller, request);
    expect(await gateway.identify(given.token)).toEqual({ kind: 'upload', release: release.id });
    await upload(yard.gate, release.id, await tarballOf('@aitbc/p9', '3.8.0'));
    expect((await until(yard.gate, release.id, 'awaiting-approval')).requesters).toEqual(['bob']);
    expect(await refusal(approve(yard.gate, release.id, 'bob'))).toContain('bob is the requester');
    await approve(yard.gate, release.id, 'alice');
    await approve(yard.gate, release.id, 'carol');
    await until(yard.gate, release.id, 'published');

    const revoke = (by: Caller, name = 'ci') => gateway.revokeGrant(by, 'aitbc', name);
    expect(await refusal(revoke(caller))).toContain('forbidden: this call needs a person');
    expect(await refusal(revoke({ kind: 'anonymous' }))).toContain('unauthenticated');
    expect(await refusal(revoke(person('carol'), 'other'))).toContain(
      'not-found: project aitbc has no credential other',
    );
    expect(await gateway.identify(token)).toEqual(caller);

    const size = await yard.gate.store.read((tx) => tx.ledgerSize());
    // not only bob, who made it
    const [revoked] = await revoke(person('carol'));
    expect(revoked).toMatchObject({ name: 'ci', creator: 'bob', revokedAt: expect.any(String) });
    expect(await refusal(gateway.identify(token))).toContain(
      'unauthenticated: this project credential is unknown, expired or revoked',
    );
    expect(await revoke(person('alice'))).toEqual([revoked]);
    const entries = await yard.gate.store.read((tx) => tx.ledgerEntries(size, 10));
    expect(entries.map((one) => JSON.parse(Buffer.from(one.bytes).toString()))).toMatchObject([
      {
        kind: 'credential-revoked',
        ids: { person: 'carol', project: 'aitbc' },
        digests: { statement: caller.kind === 'project' ? caller.grant : '' },
      },
    ]);
  });
});

describe('promise 8: tokens and sessions', () => {
  test('unknown, foreign and expired tokens are nobody', async () => {
    const { gateway, deps } = yard.gate;
    expect(await gateway.identify(null)).toEqual({ kind: 'anonymous' });
    expect(await refusal(gateway.identify('hello'))).toContain(
      'unauthenticated: this token is not one of this gateway',
    );
    for (const kind of ['upload', 'project', 'session'] as const) {
      const made = createToken(kind, deps.random.bytes(TOKEN_RANDOM_BYTES));
      expect(await refusal(gateway.identify(made))).toMatch(/^unauthenticated: .*unknown/);
    }
    const { upload: given } = await openRelease(yard.gate, {
      tag: 'v3.9.0',
      packages: ['@aitbc/p10'],
    });
    aheadMs = 601_000;
    try {
      expect(await refusal(gateway.identify(given.token))).toContain(
        'this upload credential is unknown or has expired',
      );
    } finally {
      aheadMs = 0;
    }
  });

  test('a challenge opens one session, for this address and this instance', async () => {
    const { gateway } = yard.gate;
    const { challenge, origin } = await gateway.challenge();
    const answer = (changes: object) =>
      sign('bob', 'session', {
        schema: 'countersign/session/v1',
        genesis: yard.gate.digest,
        origin,
        challenge,
        issuedAt: new Date().toISOString(),
        ...changes,
      });
    expect(await refusal(gateway.openSession(answer({ origin: 'http://127.0.0.1:2' })))).toMatch(
      /^unauthenticated: the session was signed for http:\/\/127\.0\.0\.1:2, this gateway is /,
    );
    expect(await refusal(gateway.openSession(answer({ challenge: 'guessed' })))).toMatch(
      /^unauthenticated: the challenge is unknown, used or older than two minutes/,
    );
    const other = sha256('another instance');
    const foreign = yard.gate.keys.bob.sign(
      'session',
      encodeInstanceStatement('session', other, {
        schema: 'countersign/session/v1',
        genesis: other,
        origin,
        challenge,
        issuedAt: new Date().toISOString(),
      }),
    );
    expect(await refusal(gateway.openSession(foreign))).toContain(
      'malformed-document: expected a statement about the instance with genesis',
    );
    const session = await gateway.openSession(answer({}));
    expect(session).toMatchObject({ personId: 'bob', kind: 'person' });
    expect(await gateway.identify(session.token)).toEqual(person('bob'));
    expect(await refusal(gateway.openSession(answer({})))).toContain('unknown, used or older');
    await gateway.closeSession(session.token);
    expect(await refusal(gateway.identify(session.token))).toContain(
      'this session is unknown, expired or closed',
    );
  });

  test('nobody, bots and uploaders can neither sign nor publish nor read what is not theirs', async () => {
    const id = await submitForApproval(yard.gate, '@aitbc/p11', 'v3.10.0');
    const other = await openRelease(yard.gate, { tag: 'v3.10.1', packages: ['@aitbc/p12'] });
    const callers: readonly Caller[] = [
      { kind: 'anonymous' },
      person('robot'),
      { kind: 'upload', release: id },
    ];
    const { gateway } = yard.gate;
    const approval = await approvalOf(yard.gate, id, 'bob');
    for (const caller of callers) {
      for (const attempt of [
        gateway.approve(caller, id, approval),
        gateway.publish(caller, id),
        gateway.resume(caller, id),
        gateway.vault(caller),
      ]) {
        expect(await refusal(attempt)).toMatch(/^(unauthenticated|forbidden): this call needs a/);
      }
    }
    const stranger: Caller = { kind: 'upload', release: other.release.id };
    for (const attempt of [
      gateway.release(stranger, id),
      gateway.review(stranger, id),
      gateway.evidence(stranger, id),
      gateway.cancel(stranger, id, null),
    ]) {
      expect(await refusal(attempt)).toMatch(/^forbidden: this credential is not for release /);
    }
    expect(await gateway.held(stranger, 'npm', '@aitbc/p11')).toEqual([]);
  });
});

test('promise 3: the ledger of all this is sound', () => expectSoundLedger(yard.gate));
