import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEvidence } from '../../src/evidence/bundle.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import {
  ballot,
  change,
  enrolKey,
  inForce,
  propose,
  rosterWith,
  rulesWith,
  suspensionOf,
  untilInForce,
  withdrawalOf,
} from '../change-fixture.ts';
import { approvalOf, approve, person, until } from '../gate-fixture.ts';
import {
  expectSoundLedger,
  publishRefused,
  refusal,
  startYard,
  submitForApproval,
  type Yard,
} from '../release-fixture.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard({ policy: { publish: 'manual' } });
}, 60_000);
afterAll(async () => {
  await expectSoundLedger(yard.gate);
  await yard.stop();
});

const verified = async (id: Parameters<typeof until>[1]) => {
  const text = await yard.gate.gateway.evidence(person('alice'), id);
  const options = { trust: yard.gate.trust, now: new Date().toISOString() };
  return verifyEvidence(nodeCrypto, parseEvidence(text), options);
};

describe('promise 8: nothing that protects changes without a quorum', () => {
  test('a policy weakened in the same breath: the release is judged by rules that two agreed to', async () => {
    const { gate } = yard;
    const id = await submitForApproval(gate, '@aitbc/p0', 'v1.0.0');
    await approve(gate, id, 'bob');
    const policy = await rulesWith(gate, (now) => ({
      ...now,
      policies: {
        ...now.policies,
        strict: { ...now.policies['strict'], approvals: { minimum: 2, groups: {} } },
      } as never,
    }));
    expect(await refusal(propose(gate, { policy }))).toMatch(/^malformed-document: /);
    const weak = await rulesWith(gate, (now) => {
      const { strict } = now.policies;
      if (strict === undefined) throw new Error('no policy');
      const approvals = { ...strict.approvals, groups: {} };
      return { ...now, policies: { ...now.policies, strict: { ...strict, approvals } } };
    });
    const proposal = await propose(gate, { policy: weak });
    expect(proposal.differences.map((one) => one.path)).toEqual([
      'policies.strict.approvals.groups.release-managers',
      'policies.strict.approvals.groups.security-team',
    ]);
    expect(await refusal(publishRefusedNow(id))).toContain('state-conflict');
    expect((await ballot(gate, proposal, 'alice')).state).toBe('open');
    await ballot(gate, proposal, 'bob');
    const view = await until(gate, id, 'inspecting', 'awaiting-approval');
    expect(view.events.map((one) => one.event)).toContain('record-approval');
    const again = await untilFresh(id);
    expect(again.quorum?.counted).toEqual([]);
    gate.setProposal(weak);
    await approve(gate, id, 'bob');
    await approve(gate, id, 'carol');
    await gate.gateway.publish(person('bob'), id);
    await until(gate, id, 'published');
    expect(await verified(id)).toMatchObject({ level: 'verified', governance: { changes: 1 } });
  });

  test('one person alone changes nothing, and a ballot is good for one proposal', async () => {
    const { gate } = yard;
    const policy = await rulesWith(gate, (now) => now);
    const [first, second] = [await propose(gate, { policy }), await propose(gate, { policy })];
    await ballot(gate, first, 'alice');
    expect(await refusal(ballot(gate, first, 'bob', { proposal: second.digest }))).toMatch(
      /^forbidden: the ballot is of another person, or on another proposal/,
    );
    expect(
      await refusal(ballot(gate, first, 'bob', { expiresAt: '2026-01-01T00:00:00.000Z' })),
    ).toMatch(/^forbidden: the ballot does not count: bob signature expired/);
    expect((await gate.gateway.proposal(person('bob'), first.digest)).state).toBe('open');
    expect((await ballot(gate, second, 'carol', { decision: 'reject' })).state).toBe('rejected');
    expect(await refusal(ballot(gate, second, 'bob'))).toContain('found it rejected');
  });

  test('a key swapped at enrolment is refused, and a key that nobody compared counts for nothing', async () => {
    const { gate } = yard;
    const [own, evil] = [await enrolKey(gate, 'alice'), await enrolKey(gate, 'alice')];
    const withKey = (publicKey: string) =>
      rosterWith(gate, ({ people }) =>
        people.map((one) =>
          one.id === 'alice'
            ? { ...one, keys: [...one.keys, { kind: 'ssh' as const, publicKey }] }
            : one,
        ),
      );
    const swapped = { roster: await withKey(evil.key.publicKey), enrolments: [own.enrolment] };
    expect(await refusal(propose(gate, swapped))).toContain('nobody proved to hold the new key');
    const right = { roster: await withKey(own.key.publicKey), enrolments: [own.enrolment] };
    const proposal = await propose(gate, right);
    expect(proposal.newKeys).toEqual([{ person: 'alice', fingerprint: own.key.fingerprint }]);
    expect(
      await refusal(ballot(gate, proposal, 'bob', { confirmed: [evil.key.fingerprint] })),
    ).toMatch(/^not-acknowledged: .*bob did not confirm the fingerprint of each new key/);
    await ballot(gate, proposal, 'bob');
    await ballot(gate, proposal, 'carol');
    await untilInForce(gate, proposal);
    const id = await submitForApproval(gate, '@aitbc/p2', 'v2.0.0', { by: 'carol' });
    const early = await approvalOf(gate, id, 'alice', {}, own.key);
    expect(await refusal(gate.gateway.approve(person('alice'), id, early))).toContain(
      `alice signed with a new key, ${own.key.fingerprint}, which counts from`,
    );
  });

  test('an approval that was taken back counts no more, and may be given again', async () => {
    const { gate } = yard;
    const id = await submitForApproval(gate, '@aitbc/p3', 'v3.0.0');
    await approve(gate, id, 'bob');
    expect((await approve(gate, id, 'carol')).state).toBe('approved');
    const other = await withdrawalOf(gate, id, 'carol');
    expect(await refusal(gate.gateway.withdraw(person('bob'), id, other))).toContain('forbidden');
    const view = await gate.gateway.withdraw(person('carol'), id, other);
    expect(view).toMatchObject({ state: 'awaiting-approval', quorum: { counted: ['bob'] } });
    await approve(gate, id, 'carol');
    await gate.gateway.publish(person('bob'), id);
    await until(gate, id, 'published');
    expect(await verified(id)).toMatchObject({ quorum: { counted: ['bob', 'carol'] } });
  });

  test('an approval by a suspended person does not count, and a quorum reinstates them', async () => {
    const { gate } = yard;
    const id = await submitForApproval(gate, '@aitbc/p4', 'v4.0.0');
    await approve(gate, id, 'bob');
    await approve(gate, id, 'carol');
    const carol = { kind: 'person' as const, id: 'carol' };
    await gate.gateway.suspend(person('alice'), suspensionOf(gate, 'alice', carol));
    expect(await publishRefused(gate, id)).toContain('carol is suspended by alice');
    expect(await refusal(approve(gate, id, 'carol'))).toContain('carol is suspended by alice');
    const back = suspensionOf(gate, 'carol', { kind: 'person', id: 'alice' });
    expect(await refusal(gate.gateway.suspend(person('carol'), back))).toContain('is suspended');
    const proposal = await propose(gate, { reinstate: [carol] });
    expect(await refusal(ballot(gate, proposal, 'carol'))).toContain('is suspended by alice');
    await ballot(gate, proposal, 'alice');
    await ballot(gate, proposal, 'bob');
    await untilInForce(gate, proposal);
    expect((await inForce(gate)).state.suspended.size).toBe(0);
    await gate.gateway.publish(person('bob'), id).catch(() => undefined);
    await approve(gate, id, 'carol').catch(() => undefined);
    await gate.gateway.publish(person('bob'), id).catch(() => undefined);
    await until(gate, id, 'published');
  });

  test('an approval by a removed person does not count, and says so', async () => {
    const { gate } = yard;
    const id = await submitForApproval(gate, '@aitbc/p5', 'v5.0.0');
    await approve(gate, id, 'bob');
    await approve(gate, id, 'carol');
    const roster = await rosterWith(gate, ({ people }) => people.filter((one) => one.id !== 'bob'));
    await change(gate, { roster });
    expect(await publishRefused(gate, id)).toContain('bob is not in the roster any more');
    const { state, quorum } = await until(gate, id, 'awaiting-approval');
    expect({ state, counted: quorum?.counted }).toEqual({
      state: 'awaiting-approval',
      counted: ['carol'],
    });
  });

  test('what was approved before somebody left stays verifiable', async () => {
    const { gate } = yard;
    const [published] = await gate.gateway
      .releases(person('alice'), { project: null, limit: 100 })
      .then((all) => all.filter((one) => one.state === 'published').reverse());
    if (published === undefined) throw new Error('nothing was published');
    expect(await verified(published.id)).toMatchObject({ level: 'verified' });
  });
});

function publishRefusedNow(id: Parameters<typeof until>[1]) {
  return yard.gate.gateway.publish(person('bob'), id);
}

async function untilFresh(id: Parameters<typeof until>[1]) {
  for (;;) {
    const view = await until(yard.gate, id, 'awaiting-approval');
    if (view.events.some((one) => one.event === 'change-rules')) return view;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
