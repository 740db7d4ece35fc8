import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  at,
  GROUPS,
  HOUR,
  IDS,
  MANIFEST,
  OTHER,
  personOf,
  question,
  RULE,
  rosterOf,
  vote,
} from '../../test/quorum-fixture.ts';
import type { PersonId } from './names.ts';
import { decideQuorum, isQuorumReachable } from './quorum.ts';
import type { Person } from './roster.ts';

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
