import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEvidence } from '../../src/evidence/bundle.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { ballot, propose, reviewOf, rulesWith, untilInForce } from '../change-fixture.ts';
import { approve, openRelease, person, until } from '../gate-fixture.ts';
import { refusal, startYard, submitForApproval, type Yard } from '../release-fixture.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard({
    policy: { approvals: { minimum: 3, groups: {}, requester: 'excluded' } },
  });
});
afterAll(() => yard.stop());

const reason = 'a worm is spreading through 1.0.0';

describe('promise 1: an emergency takes any two people, in the open', () => {
  test('where the signed rules do not allow it there is none', async () => {
    expect(await refusal(openRelease(yard.gate, { tag: 'v1.0.1', breakGlass: reason }))).toMatch(
      /^forbidden: the signed rules know no emergencies/,
    );
  });

  test('two people of any group ship, everybody is told, and the evidence says so for ever', async () => {
    const { gate } = yard;
    const breakGlass = { reviewWithinSeconds: 60 };
    const rules = await rulesWith(gate, (now) => ({
      ...now,
      governance: { minimum: 2, groups: {}, coolingSeconds: 3600, breakGlass },
    }));
    const proposal = await propose(gate, { policy: rules });
    for (const by of ['alice', 'bob', 'carol'] as const) await ballot(gate, proposal, by);
    await untilInForce(gate, proposal);
    gate.setProposal(rules);
    const id = await submitForApproval(gate, '@aitbc/p0', 'v1.0.1', { breakGlass: reason });
    await approve(gate, id, 'alice');
    await approve(gate, id, 'alice');
    expect((await gate.gateway.release(person('bob'), id)).state).toBe('awaiting-approval');
    await approve(gate, id, 'carol');
    const view = await until(gate, id, 'published');
    expect(view).toMatchObject({ breakGlass: reason, reviewDueAt: expect.any(String) });
    expect(gate.notices.map((one) => one.type)).toContain('release.break-glass');
    const text = await gate.gateway.evidence(person('alice'), id);
    const options = { trust: gate.trust, now: new Date().toISOString() };
    expect(await verifyEvidence(nodeCrypto, parseEvidence(text), options)).toMatchObject({
      governance: { breakGlass: reason },
      quorum: { counted: ['alice', 'carol'] },
    });
  });

  test('a bot declares none, and nobody without a reason', async () => {
    const { gate } = yard;
    for (const [by, breakGlass] of [
      ['robot', reason],
      ['alice', ' '],
    ] as const) {
      expect(await refusal(openRelease(gate, { tag: 'v1.0.2', by, breakGlass }))).toContain(
        'an emergency takes a person and a reason',
      );
    }
  });

  test('the review is made by somebody who did not sign for it', async () => {
    const { gate } = yard;
    const [latest] = await gate.gateway.releases(person('alice'), { project: null, limit: 1 });
    if (latest === undefined) throw new Error('nothing was released');
    const own = await reviewOf(gate, latest.id, 'carol', 'looks fine to me');
    expect(await refusal(gate.gateway.recordReview(person('carol'), latest.id, own))).toContain(
      'carol approved this release and cannot review it',
    );
    const review = await reviewOf(gate, latest.id, 'bob', 'read the difference, it is the fix');
    const after = await gate.gateway.recordReview(person('bob'), latest.id, review);
    expect(after.reviewDueAt).toBeNull();
  });
});
