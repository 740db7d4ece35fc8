import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Recovery } from '../../src/core/governance.ts';
import type { PersonId } from '../../src/core/names.ts';
import type { Roster } from '../../src/core/roster.ts';
import { parseEvidence } from '../../src/evidence/bundle.ts';
import { encodeInstanceStatement, sha256Hex } from '../../src/evidence/signed-statement.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { encodeCanonical } from '../../src/formats/canonical.ts';
import { decodeUtf8 } from '../../src/formats/text.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { enrolKey, inForce, rosterWith } from '../change-fixture.ts';
import { approvalOf, type Gate, openRelease, person, until, upload } from '../gate-fixture.ts';
import { expectSoundLedger, refusal, startYard, tarballOf, type Yard } from '../release-fixture.ts';
import { createTestKey, type TestKey } from '../ssh-fixture.ts';

const DAY = 86_400_000;
let ahead = 0;
let yard: Yard;
let offline: readonly TestKey[];
beforeAll(async () => {
  offline = await Promise.all([1, 2, 3].map(() => createTestKey()));
  const keys = offline.map((one) => one.publicKey);
  yard = await startYard({
    clock: () => new Date(Date.now() + ahead).toISOString(),
    recovery: { threshold: 2, keys, delaySeconds: 86_400 },
  });
});
afterAll(async () => {
  await expectSoundLedger(yard.gate);
  await yard.stop();
});

const now = () => new Date(Date.now() + ahead).toISOString();

/** Bob and carol lost everything: both get new keys, and alice keeps hers. */
async function refounding(gate: Gate) {
  const [bob, carol] = [await enrolKey(gate, 'bob'), await enrolKey(gate, 'carol')];
  const fresh = { bob: bob.key, carol: carol.key } as Record<string, TestKey>;
  const roster = await rosterWith(gate, ({ people }) =>
    people.map((one) => {
      const key = fresh[one.id];
      return key === undefined
        ? one
        : { ...one, keys: [{ kind: 'ssh' as const, publicKey: key.publicKey }] };
    }),
  );
  return { roster, fresh, enrolments: [bob.enrolment, carol.enrolment] };
}

type Refounding = Awaited<ReturnType<typeof refounding>>;

async function requestOf(gate: Gate, signers: readonly TestKey[], parts: Refounding) {
  const { rosterDigest, policyDigest } = await inForce(gate);
  const text = decodeUtf8(encodeCanonical(parts.roster satisfies Roster));
  const predicate: Recovery = {
    schema: 'countersign/recovery/v1',
    genesis: gate.digest,
    roster: {
      from: rosterDigest,
      to: await sha256Hex(nodeCrypto, encodeCanonical(parts.roster)),
    },
    policy: { from: policyDigest, to: null },
    enrolments: await Promise.all(
      parts.enrolments.map((one) => sha256Hex(nodeCrypto, one.envelope.payload)),
    ),
    reinstate: [],
    reason: 'bob and carol lost their keys in one fire',
    issuedAt: now(),
  };
  const payload = encodeInstanceStatement('recovery', gate.digest, predicate);
  return {
    statements: signers.map((key) => key.sign('recovery', payload)),
    enrolments: parts.enrolments,
    documents: [text],
  };
}

async function untilWaiting(gate: Gate, waits: boolean) {
  for (;;) {
    const { state } = await inForce(gate);
    if ((state.recovery !== null) === waits) return state;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function vetoBy(gate: Gate, by: 'alice', recovery: string) {
  return gate.keys[by].sign(
    'veto',
    encodeInstanceStatement('veto', gate.digest, {
      schema: 'countersign/veto/v1',
      genesis: gate.digest,
      recovery,
      person: by,
      reason: 'nobody lost anything',
      issuedAt: now(),
    }),
  );
}

describe('promise 8: losing the quorum itself', () => {
  test('one recovery key is too few, and two of them wait in the open, where any member vetoes', async () => {
    const { gate } = yard;
    const parts = await refounding(gate);
    const [first] = offline;
    if (first === undefined) throw new Error('no keys');
    const alone = await requestOf(gate, [first], parts);
    expect(await refusal(gate.gateway.recover(alone))).toContain(
      'expected signatures by 2 of 3 recovery keys, found 1',
    );
    const { digest } = await gate.gateway.recover(
      await requestOf(gate, offline.slice(0, 2), parts),
    );
    await untilWaiting(gate, true);
    ahead += DAY - 3_600_000;
    await gate.gateway.vetoRecovery(person('alice'), vetoBy(gate, 'alice', digest));
    ahead += 2 * 3_600_000;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const { state } = await inForce(gate);
    expect(state).toMatchObject({ recovery: null, breaks: [] });
    expect(state.roster.version).toBe(1);
  });

  test('unopposed it comes into force after its delay; its keys cool, then ship, and the break is named', async () => {
    const { gate } = yard;
    const parts = await refounding(gate);
    await gate.gateway.recover(await requestOf(gate, offline.slice(1), parts));
    await untilWaiting(gate, true);
    ahead += DAY + 60_000;
    const state = await untilWaiting(gate, false);
    expect(state.roster.version).toBe(2);
    expect(state.breaks).toMatchObject([{ reason: 'bob and carol lost their keys in one fire' }]);

    const { release } = await openRelease(gate, {
      tag: 'v1.0.0',
      packages: ['@aitbc/p0'],
      issuedAt: now(),
    });
    await upload(gate, release.id, await tarballOf('@aitbc/p0', '1.0.0'));
    await until(gate, release.id, 'awaiting-approval');
    const times = () => ({
      issuedAt: now(),
      expiresAt: new Date(Date.parse(now()) + 3_600_000).toISOString(),
    });
    const sign = async (by: 'bob' | 'carol') =>
      gate.gateway.approve(
        person(by),
        release.id,
        await approvalOf(gate, release.id, by, times(), parts.fresh[by]),
      );
    expect(await refusal(sign('bob'))).toContain('bob signed with a new key');
    const old = await approvalOf(gate, release.id, 'bob', times());
    expect(
      await refusal(gate.gateway.approve(person('bob' as PersonId & 'bob'), release.id, old)),
    ).toContain('expected a signature by a key of the roster');
    ahead += 2.5 * DAY;
    expect(await refusal(sign('bob'))).toContain('bob signed with a new key');
  });

  test('the evidence of what ships afterwards names the recovery', async () => {
    const { gate } = yard;
    const { roster } = await inForce(gate);
    expect(roster.people.map((one) => one.id)).toEqual(['alice', 'bob', 'carol']);
    ahead += DAY;
    const [latest] = await gate.gateway.releases(person('alice'), { project: null, limit: 1 });
    if (latest === undefined) throw new Error('nothing was opened');
    expect(['awaiting-approval', 'expired']).toContain(latest.state);
    const text = await gate.gateway.evidence(person('alice'), latest.id);
    const bundle = parseEvidence(text);
    const options = { trust: gate.trust, now: now() };
    await expect(verifyEvidence(nodeCrypto, bundle, options)).rejects.toMatchObject({
      code: 'quorum-unmet',
    });
    expect(bundle.governance).toHaveLength(4);
    const { governance: steps, ...without } = bundle;
    expect(steps).toBeDefined();
    await expect(verifyEvidence(nodeCrypto, without, options)).rejects.toMatchObject({
      code: 'evidence-invalid',
    });
  });
});
