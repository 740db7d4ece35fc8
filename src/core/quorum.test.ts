import { describe, expect, test } from 'vitest';
import {
  at,
  GROUPS,
  HOUR,
  OTHER,
  personOf,
  question,
  RULE,
  rosterOf,
  vote,
} from '../../test/quorum-fixture.ts';
import type { Approval } from './manifest.ts';
import type { PersonId } from './names.ts';
import { decideQuorum, type QuorumQuestion } from './quorum.ts';

const two = [vote('p0', 1), vote('p1', 2)];
const without = (changes: Partial<Approval>, more: Partial<QuorumQuestion> = {}) =>
  decideQuorum(question([vote('p0', 1), vote('p1', 2, changes)], more));

describe('promise 1: a quorum takes distinct, entitled people over exactly this', () => {
  test('two people who signed this manifest are a quorum', () => {
    expect(decideQuorum(question(two))).toEqual({
      met: true,
      rejectedBy: null,
      counted: ['p0', 'p1'],
      ignored: [],
      missing: [],
    });
  });

  test('nobody and one person are none, even where a rule says that one is enough', () => {
    const rule = { ...RULE, minimum: 1 };
    expect(decideQuorum(question([], { rule })).missing).toEqual([
      '2 more of 2 people',
      '1 more made in a terminal, where digests are recomputed',
    ]);
    expect(decideQuorum(question([vote('p0', 1)], { rule }))).toMatchObject({
      met: false,
      missing: ['1 more of 2 people'],
    });
  });

  test.each<[string, Partial<Approval>, Partial<QuorumQuestion>, string]>([
    ['a stranger', { person: 'mallory' as PersonId }, {}, 'is not in the roster'],
    ['another spelling of a name', { person: 'P1' as PersonId }, {}, 'is not in the roster'],
    ['another manifest', { manifest: OTHER }, {}, 'signed another manifest'],
    ['another attempt', { attempt: 2 }, {}, 'signed another attempt'],
    ['expired', { expiresAt: at(0) }, {}, `signature expired at ${at(0)}`],
    [
      'expired before it was made',
      { issuedAt: at(2 * HOUR), expiresAt: at(HOUR) },
      {},
      'signature expires before it was made',
    ],
    [
      'good for longer than the policy allows',
      { expiresAt: at(72 * HOUR) },
      {},
      'signature is good for 262800 seconds, the policy allows 259200',
    ],
    [
      'dated in the future',
      { issuedAt: at(601_000) },
      {},
      `signature is dated ${at(601_000)}, which is still to come`,
    ],
    ['the requester', {}, { requesters: ['p1' as PersonId] }, 'is the requester, whom the policy'],
    ['unacknowledged', { acknowledged: ['f1'] }, { toAcknowledge: ['f1', 'f2'] }, 'acknowledge f2'],
    ['not waived', { waived: [] }, { toWaive: ['w1'] }, 'did not waive w1 with a reason'],
    [
      'waived without a reason',
      { waived: [{ finding: 'w1', reason: ' \t' }] },
      { toWaive: ['w1'] },
      'did not waive w1 with a reason',
    ],
    [
      'of no group that the policy names',
      {},
      {
        rule: { ...RULE, groups: { security: 1 } },
        roster: rosterOf([personOf('p0', ['security']), personOf('p1', ['docs'])]),
      },
      'is in none of the groups',
    ],
  ])('a signature does not count: %s', (_, changes, more, reason) => {
    const answered = { acknowledged: ['f1', 'f2'], waived: [{ finding: 'w1', reason: 'known' }] };
    const answer = decideQuorum(
      question([vote('p0', 1, answered), vote('p1', 2, { ...answered, ...changes })], more),
    );
    expect(answer).toMatchObject({ met: false, counted: ['p0'] });
    expect(answer.ignored).toHaveLength(1);
    expect(answer.ignored[0]?.reason).toContain(reason);
  });

  test('a run that nobody is behind takes one more, whatever the policy asks for', () => {
    expect(decideQuorum(question(two, { raise: 1 })).missing).toEqual(['1 more of 3 people']);
    const three = [...two, vote('p2', 3)];
    expect(decideQuorum(question(three, { raise: 1 })).met).toBe(true);
    const rule = { ...RULE, minimum: 3 };
    expect(decideQuorum(question(three, { rule, raise: 1 })).missing).toEqual([
      '1 more of 4 people',
    ]);
  });

  test('a clock that is ten minutes ahead is forgiven', () => {
    expect(without({ issuedAt: at(600_000) }).met).toBe(true);
  });

  test('the requester counts where the policy says so', () => {
    const more = {
      requesters: ['p1' as PersonId],
      rule: { ...RULE, requester: 'counts' as const },
    };
    expect(without({}, more).met).toBe(true);
  });

  test('a waiver is none of the findings that are acknowledged, and the other way round', () => {
    expect(without({ waived: [{ finding: 'f', reason: 'x' }] }, { toAcknowledge: ['f'] }).met).toBe(
      false,
    );
    expect(without({ acknowledged: ['w'] }, { toWaive: ['w'] }).met).toBe(false);
  });

  test('enough people in browsers are too few in terminals', () => {
    const browsers = [vote('p0', 1, { client: 'browser' }), vote('p1', 2, { client: 'browser' })];
    expect(decideQuorum(question(browsers))).toMatchObject({
      met: false,
      missing: ['1 more made in a terminal, where digests are recomputed'],
    });
  });

  test('many keys, many signatures and many groups of one person make one vote', () => {
    const roster = rosterOf([personOf('p0', [...GROUPS], 16), personOf('p1', [])]);
    const votes = Array.from({ length: 20 }, (_, order) => vote('p0', order));
    const rule = { ...RULE, groups: { security: 1, managers: 1 } };
    expect(decideQuorum(question(votes, { roster }))).toMatchObject({
      met: false,
      counted: ['p0'],
    });
    expect(decideQuorum(question(votes, { roster, rule }))).toMatchObject({
      met: false,
      missing: [
        '1 more of 2 people',
        '1 of security and 1 of managers, each place by another person',
      ],
    });
  });
});

describe('promise 1: what a person signed twice', () => {
  test('a signature that counts is not undone by a weaker one of the same person', () => {
    const good = vote('p1', 2, { acknowledged: ['f'] });
    const more = { toAcknowledge: ['f'] };
    const first = vote('p0', 1, { acknowledged: ['f'] });
    for (const weaker of [
      vote('p1', 3),
      vote('p1', 3, { manifest: OTHER, acknowledged: ['f'] }),
      vote('p1', 3, { expiresAt: at(-1), acknowledged: ['f'] }),
      vote('p1', 3, { client: 'browser', acknowledged: ['f'] }),
    ]) {
      expect(decideQuorum(question([first, good, weaker], more)).met).toBe(true);
      expect(decideQuorum(question([weaker, first, good], more)).met).toBe(true);
    }
  });

  test('a rejection stays, before and after an approval, and when it has expired', () => {
    const no = (order: number) =>
      vote('p1', order, { decision: 'reject', issuedAt: at(-2 * HOUR), expiresAt: at(-HOUR) });
    for (const votes of [
      [...two, no(3)],
      [no(0), ...two],
    ]) {
      expect(decideQuorum(question(votes))).toMatchObject({
        met: false,
        rejectedBy: 'p1',
        missing: [],
      });
    }
  });

  test('a rejection of another manifest, attempt or by somebody without a say ends nothing', () => {
    const roster = rosterOf([...['p0', 'p1', 'p2'].map((id) => personOf(id, ['security']))]);
    const entitled = { roster, rule: { ...RULE, groups: { security: 1 } } };
    for (const other of [
      vote('p2', 3, { decision: 'reject', manifest: OTHER }),
      vote('p2', 3, { decision: 'reject', attempt: 2 }),
      vote('mallory', 3, { decision: 'reject' }),
    ]) {
      expect(decideQuorum(question([...two, other], entitled)).met).toBe(true);
    }
  });

  test('the requester may reject', () => {
    const votes = [...two, vote('p2', 3, { decision: 'reject' })];
    expect(decideQuorum(question(votes, { requesters: ['p2' as PersonId] })).rejectedBy).toBe('p2');
  });
});
