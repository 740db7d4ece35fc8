import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Approval } from './manifest.ts';
import type { PersonId, ReleaseId, Sha256 } from './names.ts';
import type { ApprovalRule } from './policy.ts';
import { decideQuorum, isQuorumReachable, type QuorumQuestion, type Vote } from './quorum.ts';
import type { Person, Roster } from './roster.ts';

const MANIFEST = 'a'.repeat(64) as Sha256;
const OTHER = 'b'.repeat(64) as Sha256;
const IDS = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;
const GROUPS = ['security', 'managers', 'docs'] as const;
const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const at = (ms: number) => new Date(NOW + ms).toISOString();

function personOf(id: string, groups: readonly string[], keys = 1): Person {
  return {
    id: id as PersonId,
    name: id,
    groups,
    keys: Array.from({ length: keys }, (_, index) => ({
      kind: 'ssh' as const,
      publicKey: `ssh-ed25519 ${id}${index}`,
    })),
  };
}

function rosterOf(people: readonly Person[]): Roster {
  return { schema: 'countersign/roster/v1', version: 1, previous: null, people, bots: [] };
}

const RULE: ApprovalRule = {
  minimum: 2,
  groups: {},
  requester: 'excluded',
  terminal: 1,
  expiresSeconds: 72 * 3600,
};

function vote(person: string, order: number, changes: Partial<Approval> = {}): Vote {
  return {
    order,
    approval: {
      schema: 'countersign/approval/v1',
      genesis: MANIFEST,
      manifest: MANIFEST,
      release: '00000000-0000-7000-8000-000000000000' as ReleaseId,
      attempt: 1,
      decision: 'approve',
      person: person as PersonId,
      acknowledged: [],
      waived: [],
      reason: null,
      client: 'terminal',
      issuedAt: at(-HOUR),
      expiresAt: at(HOUR),
      checkpointSeen: { origin: 'log', size: 1, root: MANIFEST },
      ...changes,
    },
  };
}

function question(votes: readonly Vote[], changes: Partial<QuorumQuestion> = {}): QuorumQuestion {
  return {
    rule: RULE,
    roster: rosterOf(IDS.map((id) => personOf(id, []))),
    manifest: MANIFEST,
    attempt: 1,
    requesters: [],
    toAcknowledge: [],
    toWaive: [],
    votes,
    now: at(0),
    ...changes,
  };
}

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

const groupsOf = fc.subarray([...GROUPS]);
const someRule = fc.record({
  minimum: fc.integer({ min: 2, max: 4 }),
  groups: fc.dictionary(fc.constantFrom(...GROUPS), fc.integer({ min: 1, max: 2 })),
  requester: fc.constantFrom('excluded' as const, 'counts' as const),
  terminal: fc.integer({ min: 0, max: 3 }),
  expiresSeconds: fc.constant(72 * 3600),
});
const someRoster = fc
  .tuple(...IDS.map(() => groupsOf))
  .map((lists) => rosterOf(lists.map((groups, index) => personOf(IDS[index] ?? 'p0', groups))));
const someVote = fc
  .record({
    person: fc.constantFrom(...IDS, 'mallory').map((id) => id as PersonId),
    manifest: fc.constantFrom(MANIFEST, MANIFEST, MANIFEST, OTHER),
    attempt: fc.constantFrom(1, 1, 1, 2),
    client: fc.constantFrom('terminal' as const, 'browser' as const),
    acknowledged: fc.subarray(['f1', 'f2'], { minLength: 1 }),
    expiresAt: fc.constantFrom(at(HOUR), at(HOUR), at(-1)),
  })
  .map((changes) => vote(changes.person, 0, changes));
const someQuestion = fc
  .record({
    rule: someRule,
    roster: someRoster,
    requesters: fc.subarray(
      IDS.map((id) => id as PersonId),
      { maxLength: 2 },
    ),
    toAcknowledge: fc.subarray(['f1', 'f2'], { maxLength: 1 }),
    votes: fc.array(someVote, { maxLength: 8 }),
  })
  .map(({ votes, ...more }) =>
    question(
      votes.map((one, order) => ({ ...one, order })),
      more,
    ),
  );

/** Tries every seating of `people` in the places of `groups`. */
function canSeat(groups: Readonly<Record<string, number>>, people: readonly Person[]): boolean {
  const places = Object.entries(groups).flatMap(([group, count]) =>
    Array.from({ length: count }, () => group),
  );
  const seat = (place: number, free: readonly Person[]): boolean => {
    const group = places[place];
    if (group === undefined) return true;
    return free.some(
      (one) =>
        one.groups.includes(group) &&
        seat(
          place + 1,
          free.filter((other) => other !== one),
        ),
    );
  };
  return seat(0, people);
}

describe('promise 1: properties of every quorum', () => {
  test('it is met exactly when a reference that tries every seating says so', () => {
    fc.assert(
      fc.property(someQuestion, (asked) => {
        const { rule, roster } = asked;
        const good = asked.votes.filter(({ approval }) => {
          const person = roster.people.find((one) => one.id === approval.person);
          const named = Object.keys(rule.groups);
          return (
            person !== undefined &&
            (named.length === 0 || named.some((group) => person.groups.includes(group))) &&
            approval.manifest === MANIFEST &&
            approval.attempt === 1 &&
            approval.expiresAt > asked.now &&
            !(rule.requester === 'excluded' && asked.requesters.includes(approval.person)) &&
            asked.toAcknowledge.every((one) => approval.acknowledged.includes(one))
          );
        });
        const people = roster.people.filter((one) =>
          good.some(({ approval }) => approval.person === one.id),
        );
        const inTerminals = new Set(
          good
            .filter((one) => one.approval.client === 'terminal')
            .map((one) => one.approval.person),
        );
        const expected =
          people.length >= rule.minimum &&
          inTerminals.size >= rule.terminal &&
          canSeat(rule.groups, people);
        const answer = decideQuorum(asked);
        expect(answer.met).toBe(expected);
        expect(answer.counted).toEqual(people.map((one) => one.id));
        expect(answer.missing.length === 0).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('the order of signatures changes nothing', () => {
    const shuffled = someQuestion.chain((asked) =>
      fc.tuple(
        fc.constant(asked),
        fc.shuffledSubarray([...asked.votes], { minLength: asked.votes.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([asked, votes]) => {
        const renumbered = votes.map((one, order) => ({ ...one, order }));
        const { ignored: _, ...before } = decideQuorum(asked);
        expect(decideQuorum({ ...asked, votes: renumbered })).toMatchObject(before);
        expect(decideQuorum({ ...asked, votes })).toEqual(decideQuorum(asked));
      }),
    );
  });

  test('one signature more never takes a quorum away, unless it is a rejection', () => {
    fc.assert(
      fc.property(someQuestion, someVote, fc.boolean(), (asked, one, first) => {
        const more = { ...one, order: first ? -1 : 100 };
        const before = decideQuorum(asked);
        const after = decideQuorum({ ...asked, votes: [...asked.votes, more] });
        if (before.met) expect(after.met).toBe(true);
        expect(after.counted).toEqual(expect.arrayContaining([...before.counted]));
      }),
      { numRuns: 1000 },
    );
  });

  test('one entitled person who says no always ends it', () => {
    fc.assert(
      fc.property(someQuestion, fc.integer({ min: -1, max: 100 }), (asked, order) => {
        const no = vote('p0', order, { decision: 'reject' });
        const roster = rosterOf(
          asked.roster.people.map((one) =>
            one.id === 'p0' ? { ...one, groups: [...GROUPS] } : one,
          ),
        );
        const answer = decideQuorum({ ...asked, roster, votes: [...asked.votes, no] });
        expect(answer).toMatchObject({ met: false, rejectedBy: 'p0' });
      }),
    );
  });

  test('no quorum is met without two different people of the roster', () => {
    fc.assert(
      fc.property(someQuestion, (asked) => {
        const answer = decideQuorum(asked);
        if (!answer.met) return;
        expect(new Set(answer.counted).size).toBe(answer.counted.length);
        expect(answer.counted.length).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});

describe('promise 8: whether a rule can be met at all', () => {
  test('reachable is what everybody together meets', () => {
    fc.assert(
      fc.property(someRule, someRoster, (rule, roster) => {
        const votes = IDS.map((id, order) => vote(id, order));
        expect(isQuorumReachable(rule, roster.people)).toBe(
          decideQuorum(question(votes, { rule, roster })).met,
        );
      }),
      { numRuns: 500 },
    );
  });

  test('without each single person: two of two stop when one is away', () => {
    const people = [personOf('p0', ['security']), personOf('p1', ['managers'])];
    const rule = { ...RULE, groups: { security: 1, managers: 1 } };
    expect(isQuorumReachable(rule, people)).toBe(true);
    for (const away of people) {
      const rest = people.filter((one) => one !== away);
      expect(isQuorumReachable(rule, rest)).toBe(false);
    }
    const both = personOf('p2', ['security', 'managers']);
    for (const away of [...people, both]) {
      const rest = [...people, both].filter((one) => one !== away);
      expect(isQuorumReachable(rule, rest)).toBe(true);
    }
  });

  test('people without keys and places in terminals that nobody can take make it unreachable', () => {
    expect(isQuorumReachable(RULE, [personOf('p0', []), personOf('p1', [], 0)])).toBe(false);
    const people = [personOf('p0', []), personOf('p1', [])];
    expect(isQuorumReachable({ ...RULE, terminal: 3 }, people)).toBe(false);
  });
});
