import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Chain,
  createChain,
  enact,
  enrol,
  hour,
  nextRoster,
  nextRules,
} from '../../test/governance-fixture.ts';
import { describeChange } from '../core/governance-difference.ts';
import type { GovernanceStep } from '../evidence/governance.ts';
import { openProposal } from '../evidence/proposal.ts';
import type { ProposalView } from '../gateway/gateway.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import type { Instance } from './instance.ts';
import { reviewProposal } from './proposal-review.ts';

let chain: Chain;
let view: ProposalView;
let step: GovernanceStep;
const now = hour(1.6);

beforeAll(async () => {
  chain = await createChain();
  const carla = await enrol(chain, 'carla', []);
  const { people } = chain.state().roster;
  step = enact(chain, {
    roster: nextRoster(chain.state(), [...people, carla.person]),
    policy: nextRules(chain.state(), { passkeys: { relyingParty: 'a.example', origins: [] } }),
    enrolments: [carla.enrolment],
    confirmed: [carla.key.fingerprint],
  });
  view = await honestView(step);
});

/** What an honest gateway would show. */
async function honestView({ statements, documents }: GovernanceStep): Promise<ProposalView> {
  const standing = { founded: chain.founded, state: chain.state() };
  const opened = await openProposal(nodeCrypto, statements, documents, standing, now);
  const { id, person, reason, issuedAt, expiresAt } = opened.proposal;
  return {
    id,
    digest: opened.digest,
    person,
    reason,
    state: 'open',
    issuedAt,
    expiresAt,
    enactedAt: null,
    differences: describeChange(chain.state(), opened.change),
    newKeys: opened.newKeys,
    statements,
    documents,
    quorum: { met: false, rejectedBy: null, counted: [], ignored: [], missing: [] },
  };
}

const instance = (steps: Instance['steps'] = []): Instance => ({
  digest: chain.genesisDigest,
  genesis: chain.founded.document,
  state: chain.state(),
  timeline: chain.timeline,
  steps,
});
const review = (changes: Partial<ProposalView> = {}, reference = view.id) =>
  reviewProposal(instance(), { ...view, ...changes }, reference, now);

describe('a proposal that somebody is to sign', () => {
  test('is opened from its statements, and its ballots are counted here', async () => {
    const { opened, quorum } = await review();
    expect(opened.newKeys).toEqual(view.newKeys);
    expect(quorum).toMatchObject({ met: true, counted: ['alice', 'bob'] });
    await review({}, view.digest.slice(0, 12));
  });

  test.each<[string, () => Partial<ProposalView>, string]>([
    ['hides a place', () => ({ differences: view.differences.slice(1) }), 'change: here it is'],
    ['hides a key', () => ({ newKeys: [] }), 'new keys: here it is'],
    ['gives another reason', () => ({ reason: 'harmless' }), 'reason: here it is "because"'],
    ['names another person', () => ({ person: 'bob' }), 'person: here it is "alice"'],
    ['names another end', () => ({ expiresAt: hour(9999) }), 'end: here it is'],
  ])('is refused where the gateway %s', async (_, changes, message) => {
    await expect(review(changes())).rejects.toMatchObject({
      code: 'recompute-differs',
      message: expect.stringContaining(message),
    });
  });

  test('is refused where it is another than was asked for', async () => {
    await expect(review({}, 'f'.repeat(12))).rejects.toMatchObject({ code: 'recompute-differs' });
  });

  test('is refused where the documents are not those that were signed', async () => {
    const documents = view.documents.map((one) => one.replace('a.example', 'b.example'));
    await expect(review({ documents })).rejects.toMatchObject({ code: 'evidence-invalid' });
  });
});

describe('a proposal that has ended', () => {
  test('is opened under what it started from, in force or overtaken by another', async () => {
    const differences = view.differences;
    await chain.timeline.add(step);
    const later = (changes: Partial<ProposalView>) =>
      reviewProposal(instance([step]), { ...view, ...changes }, view.id, hour(30));
    const enacted = await later({ state: 'in-force', enactedAt: step.index });
    expect(enacted).toMatchObject({ quorum: null, before: { roster: { version: 1 } } });
    expect(await later({ state: 'superseded' })).toMatchObject({ quorum: null });
    await expect(
      later({ state: 'in-force', enactedAt: step.index, differences: differences.slice(1) }),
    ).rejects.toMatchObject({ code: 'recompute-differs' });
    // what has ended may not be shown as open
    await expect(later({})).rejects.toMatchObject({ code: 'state-conflict' });
  });
});
