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
  rosterOf,
  vote,
} from '../../test/quorum-fixture.ts';
import { breakGlassRule } from './governance-rule.ts';
import type { PersonId } from './names.ts';
import type { ApprovalRule } from './policy.ts';
import { decideQuorum, decideUnderBoth, type QuorumQuestion, type Vote } from './quorum.ts';
import type { Roster } from './roster.ts';

/** Rosters, policies and sequences of votes that are looked at; COUNTERSIGN_QUORUM_CASES for others. */
const CASES = Number(process.env['COUNTERSIGN_QUORUM_CASES'] ?? 100_000);
const SEED = 20_261_129;

/** Mulberry32: small, and the same numbers everywhere. */
function createNumbers(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  const oneOf = <T>(all: readonly [T, ...T[]]): T => all[upTo(all.length - 1)] ?? all[0];
  const some = <T>(all: readonly T[]) => all.filter(() => next() < 0.5);
  return { upTo, oneOf, some, chance: (share: number) => next() < share };
}
type Numbers = ReturnType<typeof createNumbers>;

function someRoster({ some, upTo, chance }: Numbers): Roster {
  const people = IDS.filter(() => chance(0.85));
  return rosterOf(people.map((id) => personOf(id, some(GROUPS), upTo(2))));
}

function someRule({ upTo, oneOf, some }: Numbers): ApprovalRule {
  return {
    minimum: 2 + upTo(2),
    groups: Object.fromEntries(some(GROUPS).map((group) => [group, 1 + upTo(1)])),
    requester: oneOf(['excluded', 'counts']),
    terminal: upTo(2),
    expiresSeconds: 72 * 3600,
  };
}

function someVote({ oneOf, chance }: Numbers, order: number): Vote {
  const person = oneOf([...IDS, 'mallory']);
  const changes = {
    manifest: chance(0.9) ? MANIFEST : OTHER,
    attempt: chance(0.95) ? 1 : 2,
    client: oneOf<'terminal' | 'browser'>(['terminal', 'browser']),
    decision: chance(0.97) ? ('approve' as const) : ('reject' as const),
    acknowledged: chance(0.8) ? ['f1'] : [],
    expiresAt: chance(0.9) ? at(HOUR) : at(-1),
  } as const;
  return { ...vote(person, order, changes), silent: chance(0.9) ? null : 'is suspended by p0' };
}

function someCase(numbers: Numbers): { asked: QuorumQuestion; later: Roster } {
  const votes = Array.from({ length: numbers.upTo(7) }, (_, order) => someVote(numbers, order));
  const rule = someRule(numbers);
  const asked = question(votes, {
    rule: numbers.chance(0.1) ? breakGlassRule(rule) : rule,
    roster: someRoster(numbers),
    requesters: numbers.some(IDS.map((id) => id as string as PersonId)).slice(0, 2),
    toAcknowledge: numbers.some(['f1']),
  });
  return { asked, later: numbers.chance(0.5) ? asked.roster : someRoster(numbers) };
}

const isYes = (one: Vote) => one.approval.decision === 'approve';

function check({ asked, later }: ReturnType<typeof someCase>): string | null {
  const answer = decideQuorum(asked);
  const counted = new Set(answer.counted);
  if (counted.size !== answer.counted.length) return 'a person counted twice';
  if (answer.met && counted.size < 2) return 'fewer than two people were enough';
  if (answer.met && counted.size < asked.rule.minimum) return 'fewer than the minimum were enough';
  if (answer.counted.some((id) => asked.roster.people.every((one) => one.id !== id)))
    return 'somebody counted who is not in the roster';
  const audible = asked.votes.filter((one) => one.silent === null);
  const heard = decideQuorum({ ...asked, votes: audible });
  if (heard.met !== answer.met || heard.counted.join() !== answer.counted.join())
    return 'a silent voice changed something';
  const backwards = decideQuorum({ ...asked, votes: asked.votes.toReversed() });
  if (backwards.met !== answer.met || backwards.counted.join() !== answer.counted.join())
    return 'the order changed something';
  const both = decideUnderBoth(asked, later);
  const alone = decideQuorum({ ...asked, roster: later });
  if (both.met && !(answer.met && alone.met)) return 'a later roster gave a quorum';
  for (const one of asked.votes.filter(isYes)) {
    const fewer = decideQuorum({ ...asked, votes: asked.votes.filter((other) => other !== one) });
    if (fewer.met && !answer.met) return 'a yes took a quorum away';
  }
  return checkOnePerson(asked);
}

/** Everything that is said, said by one person: no number of signatures makes two people. */
function checkOnePerson(asked: QuorumQuestion): string | null {
  const [first] = asked.roster.people;
  if (first === undefined) return null;
  const votes = asked.votes.map((one) => ({
    ...one,
    approval: { ...one.approval, person: first.id },
  }));
  return decideQuorum({ ...asked, votes }).met ? 'one person was enough' : null;
}

describe('promise 1: no path from one person to two votes', () => {
  test(`over ${CASES} rosters, policies and sequences of votes`, () => {
    const numbers = createNumbers(SEED);
    let met = 0;
    for (let index = 0; index < CASES; index += 1) {
      const found = someCase(numbers);
      const problem = check(found);
      if (problem !== null) throw new Error(`case ${index}: ${problem}: ${JSON.stringify(found)}`);
      if (decideQuorum(found.asked).met) met += 1;
    }
    // cases that never reach a quorum would show nothing
    expect(met / CASES).toBeGreaterThan(0.02);
  });
});
