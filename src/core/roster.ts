/** People, bots, their public keys and groups. Version 1 is signed at genesis. */
import { CountersignError } from './errors.ts';
import type { PersonId } from './names.ts';
import {
  integer,
  list,
  literal,
  nullable,
  object,
  objectWith,
  personId,
  type Read,
  sha256,
  text,
} from './shape.ts';

/** `publicKey` is `TYPE BASE64` as OpenSSH prints it, without comment. */
const sshKey = object({ kind: literal('ssh'), publicKey: text });

/**
 * A WebAuthn credential that signs approvals. `credentialId` is base64url, `publicKey` the SPKI in
 * base64, `algorithm` its COSE number (RFC 9053, section 2: ES256, EdDSA, RS256).
 */
export const passkey = object({
  kind: literal('webauthn'),
  credentialId: text,
  publicKey: text,
  algorithm: literal(-7, -8, -257),
  relyingParty: text,
});

export type Passkey = Read<typeof passkey>;

/** An account at a forge: `issuer` of its CI tokens, and the number that it never gives away again. */
const account = object({ issuer: text, id: text });
export type Account = Read<typeof account>;

export const person = objectWith(
  { id: personId, name: text, groups: list(text, 64), keys: list(sshKey, 16) },
  { passkeys: list(passkey, 16), accounts: list(account, 32) },
);
export type Person = Read<typeof person>;

/** A bot may open a release and never signs for one. */
const bot = objectWith({ id: personId, keys: list(sshKey, 16) }, { accounts: list(account, 32) });

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

/** Who holds the passkey with this credential id, and the passkey; undefined where nobody does. */
export function findPasskeyHolder(
  of: Roster,
  credentialId: string,
): { readonly person: Person; readonly passkey: Passkey } | undefined {
  for (const one of of.people) {
    const found = one.passkeys?.find((key) => key.credentialId === credentialId);
    if (found !== undefined) return { person: one, passkey: found };
  }
  return undefined;
}

/** Whose account at a forge it is, or undefined. */
export function findAccountHolder(of: Roster, wanted: Account): KeyHolder | undefined {
  const holds = ({ accounts = [] }: { readonly accounts?: readonly Account[] }) =>
    accounts.some((one) => one.issuer === wanted.issuer && one.id === wanted.id);
  const owner = of.people.find(holds);
  if (owner !== undefined) return { kind: 'person', person: owner };
  const machine = of.bots.find(holds);
  return machine === undefined ? undefined : { kind: 'bot', botId: machine.id };
}

/**
 * Throws `malformed-document` where an id, a key, a passkey or an account stands twice: one person,
 * one vote, whatever the number of keys and accounts.
 */
export function checkRoster(of: Roster): void {
  const ids = new Set<string>();
  const owners = new Map<string, string>();
  for (const holder of [...of.people, ...of.bots]) {
    if (ids.has(holder.id)) {
      throw new CountersignError('malformed-document', `roster: ${holder.id} stands twice`);
    }
    ids.add(holder.id);
    for (const [what, id] of belongingsOf(holder)) {
      const owner = owners.get(id);
      if (owner !== undefined) {
        throw new CountersignError(
          'malformed-document',
          `roster: one ${what} belongs to ${owner} and to ${holder.id}`,
          { hint: `give each person a ${what} of their own` },
        );
      }
      owners.set(id, holder.id);
    }
  }
}

/** What belongs to one holder only, each under an id that no other thing has. */
function belongingsOf(
  holder: Person | Roster['bots'][number],
): readonly (readonly [what: string, id: string])[] {
  const passkeys = 'passkeys' in holder ? (holder.passkeys ?? []) : [];
  return [
    ...holder.keys.map((one) => ['key', `ssh ${one.publicKey}`] as const),
    ...passkeys.map((one) => ['passkey', `passkey ${one.publicKey}`] as const),
    ...passkeys.map((one) => ['passkey', `credential ${one.credentialId}`] as const),
    ...(holder.accounts ?? []).map(
      (one) => ['account', `account ${JSON.stringify([one.issuer, one.id])}`] as const,
    ),
  ];
}
