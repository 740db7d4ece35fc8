import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Chain,
  createChain,
  enact,
  enrol,
  founders,
  hour,
  keyOf,
  nextRoster,
  nextRules,
  recover,
  suspend,
  veto,
} from '../../test/governance-fixture.ts';
import { createTestKey, type TestKey } from '../../test/ssh-fixture.ts';
import { whySilent } from '../core/governance-state.ts';
import type { PersonId } from '../core/names.ts';

const dave = (chain: Chain) => enrol(chain, 'carol2', ['security-team']);
const voice = (chain: Chain, person: string, at: string) => {
  const key = keyOf(chain, person);
  const signer = { person: person as PersonId, ...key };
  return whySilent(chain.state(), signer, at);
};

describe('promise 8: roster and rules change by a quorum under the version before', () => {
  test('two people bring a person in; the new key waits out its cooling', async () => {
    const chain = await createChain();
    const { person, enrolment, key } = await dave(chain);
    const roster = nextRoster(chain.state(), [...chain.roster.people, person]);
    const confirmed = [key.fingerprint];
    await chain.timeline.add(enact(chain, { roster, enrolments: [enrolment], confirmed }));
    expect(chain.state().roster.version).toBe(2);
    expect(voice(chain, 'carol2', hour(3))).toContain(`counts from ${hour(74)} on`);
    expect(voice(chain, 'carol2', hour(74))).toBeNull();
    expect(voice(chain, 'alice', hour(3))).toBeNull();
    expect(chain.timeline.asOf(9).roster.version).toBe(1);
    expect(chain.timeline.headAt(9)).not.toBe(chain.timeline.headAt(10));
  });

  test('one person alone, with many signatures, changes nothing', async () => {
    const chain = await createChain();
    const policy = nextRules(chain.state(), {});
    await expect(
      chain.timeline.add(enact(chain, { policy, voters: ['alice', 'alice', 'alice'] })),
    ).rejects.toMatchObject({ code: 'quorum-unmet', message: expect.stringContaining('1 more') });
    expect(chain.state().policy.version).toBe(1);
  });

  test('a key swapped at enrolment is refused: nobody proved to hold it, or nobody compared it', async () => {
    const chain = await createChain();
    const { person, enrolment, key } = await dave(chain);
    const swapped = await createTestKey();
    const keys = [{ kind: 'ssh' as const, publicKey: swapped.publicKey }];
    const roster = nextRoster(chain.state(), [...chain.roster.people, { ...person, keys }]);
    const parts = { roster, enrolments: [enrolment], confirmed: [key.fingerprint] };
    await expect(chain.timeline.add(enact(chain, parts))).rejects.toThrow(
      /nobody proved to hold the new key .* of carol2/,
    );
    const right = nextRoster(chain.state(), [...chain.roster.people, person]);
    await expect(
      chain.timeline.add(
        enact(chain, { ...parts, roster: right, confirmed: [swapped.fingerprint] }),
      ),
    ).rejects.toThrow(/quorum/);
  });

  test('an enrolment signed with another key than it names is refused', async () => {
    const chain = await createChain();
    const { person, key } = await dave(chain);
    const forged = chain.sign(keyOf(chain, 'alice'), 'enrolment', {
      schema: 'countersign/ssh-enrolment/v1',
      genesis: chain.genesisDigest,
      person: person.id,
      issuedAt: hour(1),
      publicKey: key.publicKey,
    });
    const roster = nextRoster(chain.state(), [...chain.roster.people, person]);
    const parts = { roster, enrolments: [forged], confirmed: [key.fingerprint] };
    await expect(chain.timeline.add(enact(chain, parts))).rejects.toThrow(
      'the very key that is enrolled',
    );
  });

  test('cooling weakened in the same breath as a key comes in holds for the next key only', async () => {
    const chain = await createChain();
    const { person, enrolment, key } = await dave(chain);
    const state = chain.state();
    const roster = nextRoster(state, [...chain.roster.people, person]);
    const policy = nextRules(state, { governance: { minimum: 2, groups: {}, coolingSeconds: 0 } });
    const parts = { roster, policy, enrolments: [enrolment], confirmed: [key.fingerprint] };
    await chain.timeline.add(enact(chain, parts));
    expect(voice(chain, 'carol2', hour(3))).toContain('counts from');
  });

  test('a change after which nobody could agree any more is refused', async () => {
    const chain = await createChain();
    const roster = nextRoster(chain.state(), [founders(chain).alice]);
    await expect(chain.timeline.add(enact(chain, { roster }))).rejects.toMatchObject({
      code: 'quorum-unreachable',
    });
  });

  test('a change from another version than the one in force is refused', async () => {
    const chain = await createChain();
    const late = enact(chain, { policy: nextRules(chain.state(), {}), hours: 5 });
    await chain.timeline.add(enact(chain, { policy: nextRules(chain.state(), {}), hours: 4 }));
    await expect(chain.timeline.add({ ...late, index: 1000 })).rejects.toMatchObject({
      code: 'state-conflict',
    });
  });

  test('an expired proposal, a document that nobody proposed, and nothing at all are refused', async () => {
    const chain = await createChain();
    const policy = nextRules(chain.state(), {});
    const expired = enact(chain, { policy, proposal: { expiresAt: hour(1.5) } });
    await expect(chain.timeline.add(expired)).rejects.toThrow('the proposal had expired');
    const missing = { ...enact(chain, { policy }), documents: [] };
    await expect(chain.timeline.add(missing)).rejects.toThrow('is missing');
    await expect(chain.timeline.add(enact(chain, {}))).rejects.toThrow('changes nothing');
  });
});

describe('promise 8: one person may suspend, a quorum reinstates', () => {
  let chain: Chain;
  beforeAll(async () => {
    chain = await createChain();
    await chain.timeline.add(suspend(chain, 'alice', { kind: 'person', id: 'carol' }));
  });

  test('nothing of a suspended person counts, not even to suspend others', async () => {
    expect(voice(chain, 'carol', hour(4))).toBe('is suspended by alice');
    const back = suspend(chain, 'carol', { kind: 'person', id: 'alice' }, 4);
    await expect(chain.timeline.add(back)).rejects.toThrow('carol is suspended by alice');
  });

  test('the suspended have no vote on their return; two others have', async () => {
    const reinstate = [{ kind: 'person' as const, id: 'carol' }];
    const alone = enact(chain, { reinstate, voters: ['alice', 'carol'], hours: 5 });
    await expect(chain.timeline.add(alone)).rejects.toMatchObject({ code: 'quorum-unmet' });
    await chain.timeline.add(enact(chain, { reinstate, hours: 6 }));
    expect(voice(chain, 'carol', hour(7))).toBeNull();
  });

  test('a key is suspended alone, and the person has others', async () => {
    const { fingerprint } = keyOf(chain, 'bob');
    await chain.timeline.add(suspend(chain, 'alice', { kind: 'key', id: fingerprint }, 8));
    expect(voice(chain, 'bob', hour(9))).toBe(`signed with ${fingerprint}, suspended by alice`);
  });
});

describe('promise 8: a lost quorum is refounded by offline keys, after a delay, in the open', () => {
  let chain: Chain;
  let offline: readonly TestKey[];
  const lost = async () => {
    offline = await Promise.all([1, 2, 3].map(() => createTestKey()));
    const keys = offline.map((one) => one.publicKey);
    chain = await createChain({ recovery: { threshold: 2, keys, delaySeconds: 86_400 } });
    const { person, enrolment } = await dave(chain);
    const { alice } = founders(chain);
    const bob2 = await enrol(chain, 'bob2', ['security-team', 'release-managers']);
    return {
      roster: nextRoster(chain.state(), [alice, person, bob2.person]),
      enrolments: [enrolment, bob2.enrolment],
      startHours: 1,
      endHours: 26,
    };
  };

  test('two of three keys refound it; new keys still cool, and the break is named for ever', async () => {
    const parts = await lost();
    const recovery = recover(chain, offline.slice(1), parts);
    await chain.timeline.add(recovery.start());
    await chain.timeline.add(recovery.end());
    const state = chain.state();
    expect(state.roster.people.map((one) => one.id)).toEqual(['alice', 'carol2', 'bob2']);
    expect(state.breaks).toMatchObject([{ kind: 'recovery', reason: 'two of three people left' }]);
    expect(voice(chain, 'bob2', hour(27))).toContain('counts from');
    expect(voice(chain, 'bob', hour(27))).toBe('is not in the roster any more');
  });

  test('one key, a stranger’s key, and the same key twice are too few', async () => {
    const parts = await lost();
    const [first] = offline;
    if (first === undefined) throw new Error('no key');
    for (const signers of [[first], [first, first]]) {
      await expect(chain.timeline.add(recover(chain, signers, parts).start())).rejects.toThrow(
        'expected signatures by 2 of 3 recovery keys, found 1',
      );
    }
    const stranger = [first, await createTestKey()];
    await expect(chain.timeline.add(recover(chain, stranger, parts).start())).rejects.toThrow(
      'a recovery key of the genesis',
    );
  });

  test('before its delay, without being shown, or after a veto it does not come into force', async () => {
    const parts = await lost();
    const early = recover(chain, offline, { ...parts, endHours: 24 });
    await expect(chain.timeline.add(early.end())).rejects.toThrow('was not shown to everybody');
    await chain.timeline.add(early.start());
    await expect(chain.timeline.add(early.end())).rejects.toThrow('before its delay of 86400');
    await chain.timeline.add(veto(chain, 'bob', early.digest, 20));
    const { end } = recover(chain, offline, parts);
    await expect(chain.timeline.add(end())).rejects.toThrow('or was vetoed');
  });

  test('an instance whose genesis names no recovery keys cannot be refounded', async () => {
    const parts = await lost();
    const other = await createChain();
    chain = other;
    await expect(other.timeline.add(recover(other, offline, parts).start())).rejects.toThrow(
      'names no recovery keys',
    );
  });
});
