/** People, bots, their public keys and groups. Version 1 is signed at genesis. */
import { CountersignError } from './errors.ts';
import type { PersonId } from './names.ts';
import {
  integer,
  list,
  literal,
  nullable,
  object,
  personId,
  type Read,
  sha256,
  text,
} from './shape.ts';

/** `publicKey` is `TYPE BASE64` as OpenSSH prints it, without comment. */
const sshKey = object({ kind: literal('ssh'), publicKey: text });

export const person = object({
  id: personId,
  name: text,
  groups: list(text, 64),
  keys: list(sshKey, 16),
});
export type Person = Read<typeof person>;

/** A bot may open a release and never signs for one. */
const bot = object({ id: personId, keys: list(sshKey, 16) });

export const roster = object({
  schema: literal('countersign/roster/v1'),
  version: integer(1),
  previous: nullable(sha256),
  people: list(person, 1000),
  bots: list(bot, 1000),
});
export type Roster = Read<typeof roster>;

/** The holder of a key. A key blob belongs to one holder only: `checkRoster` refuses others. */
export type KeyHolder =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'bot'; readonly botId: PersonId };

export function findPerson(of: Roster, id: string): Person | undefined {
  return of.people.find((one) => one.id === id);
}

/** Who holds `publicKey` (`TYPE BASE64`), or undefined. */
export function findKeyHolder(of: Roster, publicKey: string): KeyHolder | undefined {
  const holds = (keys: Person['keys']) => keys.some((key) => key.publicKey === publicKey);
  const owner = of.people.find((one) => holds(one.keys));
  if (owner !== undefined) return { kind: 'person', person: owner };
  const machine = of.bots.find((one) => holds(one.keys));
  return machine === undefined ? undefined : { kind: 'bot', botId: machine.id };
}

/** Throws `malformed-document` where an id or a key stands twice: one person, one vote. */
export function checkRoster(of: Roster): void {
  const ids = new Set<string>();
  const keys = new Map<string, string>();
  for (const holder of [...of.people, ...of.bots]) {
    if (ids.has(holder.id)) {
      throw new CountersignError('malformed-document', `roster: ${holder.id} stands twice`);
    }
    ids.add(holder.id);
    for (const key of holder.keys) {
      const other = keys.get(key.publicKey);
      if (other !== undefined) {
        throw new CountersignError(
          'malformed-document',
          `roster: one key belongs to ${other} and to ${holder.id}`,
          { hint: 'give each person keys of their own' },
        );
      }
      keys.set(key.publicKey, holder.id);
    }
  }
}
