/** The next roster: one person more, less, or otherwise. */
import { CountersignError } from '../core/errors.ts';
import type { Suspended } from '../core/governance.ts';
import type { GovernanceState } from '../core/governance-state.ts';
import { isPersonId, type PersonId } from '../core/names.ts';
import { type Account, findPerson, type Person, type Roster } from '../core/roster.ts';
import { keysOf } from './roster-text.ts';

type Members = Pick<Roster, 'people' | 'bots'>;

/** Throws `usage` for what is no id of a person. */
export function requirePersonId(text: string): PersonId {
  if (isPersonId(text)) return text;
  throw new CountersignError(
    'usage',
    `expected a person's id such as carol, found ${text.slice(0, 60)}`,
  );
}

/** Throws `not-found` naming who is there. */
export function requireMember({ roster }: GovernanceState, id: string): Person {
  const found = findPerson(roster, id);
  if (found !== undefined) return found;
  throw new CountersignError('not-found', `there is no person ${id} in the roster`, {
    hint: `the roster has ${roster.people.map((one) => one.id).join(', ')}`,
  });
}

/** Throws `state-conflict` where somebody has this id already. */
export function withNewPerson({ roster }: GovernanceState, person: Person): Members {
  const ids = [...roster.people, ...roster.bots].map((one) => one.id);
  if (ids.includes(person.id)) {
    throw new CountersignError('state-conflict', `${person.id} is in the roster already`, {
      hint: 'another key of the same person: countersign roster add-key',
    });
  }
  return { people: [...roster.people, person], bots: roster.bots };
}

/** The roster with `person` in the place of who has that id now. */
export function withPerson({ roster }: GovernanceState, person: Person): Members {
  const people = roster.people.map((one) => (one.id === person.id ? person : one));
  return { people, bots: roster.bots };
}

export function withoutPerson(state: GovernanceState, id: string): Members {
  const { roster } = state;
  const gone = requireMember(state, id);
  return { people: roster.people.filter((one) => one !== gone), bots: roster.bots };
}

/** Throws `not-found` where the person has no key of this fingerprint. */
export async function withoutKey(
  state: GovernanceState,
  id: string,
  fingerprint: string,
): Promise<Members> {
  const person = requireMember(state, id);
  const keys = await keysOf(state, person, '');
  const gone = keys.find((one) => one.fingerprint === fingerprint);
  if (gone === undefined) {
    throw new CountersignError('not-found', `${id} has no key ${fingerprint}`, {
      hint: `the keys are ${keys.map((one) => one.fingerprint).join(', ')}`,
    });
  }
  const { passkeys, ...rest } = person;
  const left = passkeys?.filter((one) => one.publicKey !== gone.publicKey) ?? [];
  return withPerson(state, {
    ...rest,
    keys: person.keys.filter((one) => one.publicKey !== gone.publicKey),
    ...(left.length === 0 ? {} : { passkeys: left }),
  });
}

/** Maps an account at a forge to a person or a bot. Throws `not-found`. */
export function withAccount(state: GovernanceState, id: string, account: Account): Members {
  const { roster } = state;
  const add = <T extends { readonly accounts?: readonly Account[] }>(one: T): T => ({
    ...one,
    accounts: [...(one.accounts ?? []), account],
  });
  const bots = roster.bots.map((one) => (one.id === id ? add(one) : one));
  if (roster.bots.some((one) => one.id === id)) return { people: roster.people, bots };
  return withPerson(state, add(requireMember(state, id)));
}

/** Throws `not-found` for what is not suspended. */
export function requireSuspended({ suspended }: GovernanceState, subject: Suspended): Suspended {
  if (suspended.has(`${subject.kind} ${subject.id}`)) return subject;
  throw new CountersignError('not-found', `${subject.kind} ${subject.id} is not suspended`, {
    hint: `suspended are ${[...suspended.keys()].join(', ') || 'none'}`,
  });
}
