/** Genesis: reading it strictly, and checking that its founders signed it. */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { founding, type Genesis, genesis } from '../core/genesis.ts';
import type { PersonId, Sha256 } from '../core/names.ts';
import { checkPolicyDocument } from '../core/policy.ts';
import { checkRoster, type Roster } from '../core/roster.ts';
import { decodeCanonical, encodeCanonical } from '../formats/canonical.ts';
import { formatSshPublicKey, parseSshPublicKey } from '../formats/ssh-key.ts';
import { encodeUtf8 } from '../formats/text.ts';
import {
  openStatement,
  requireInstance,
  requirePerson,
  type SignedStatement,
  sha256Hex,
} from './signed-statement.ts';

export interface Founded {
  readonly digest: Sha256;
  readonly document: Genesis;
  readonly rosterDigest: Sha256;
  readonly policyDigest: Sha256;
  readonly founders: readonly PersonId[];
}

/** Reads a genesis document. Throws `malformed-document` or `not-canonical`. */
export async function readGenesis(
  crypto: VerifierCrypto,
  text: string,
): Promise<Omit<Founded, 'founders'>> {
  const bytes = encodeUtf8(text);
  const document = genesis(decodeCanonical(bytes, { what: 'the genesis document' }), 'genesis');
  checkRoster(document.roster);
  checkRosterKeys(document.roster);
  checkPolicyDocument(document.policy);
  checkRecovery(document);
  return {
    digest: await sha256Hex(crypto, bytes),
    document,
    rosterDigest: await sha256Hex(crypto, encodeCanonical(document.roster)),
    policyDigest: await sha256Hex(crypto, encodeCanonical(document.policy)),
  };
}

/** Recovery keys stand once, suffice for their threshold, and belong to nobody of the roster. */
function checkRecovery({ recovery, roster }: Genesis): void {
  if (recovery === undefined) return;
  const held = [...roster.people, ...roster.bots].flatMap((one) => one.keys);
  const { keys, threshold } = recovery;
  for (const key of keys) {
    if (formatSshPublicKey(parseSshPublicKey(key)) !== key) {
      throw new CountersignError(
        'malformed-document',
        `recovery: ${key} is no key as OpenSSH spells it`,
      );
    }
    if (held.some((one) => one.publicKey === key)) {
      throw new CountersignError(
        'malformed-document',
        'recovery: a key of the roster is a recovery key',
        {
          hint: 'make keys for recovery alone, and keep them offline',
        },
      );
    }
  }
  if (new Set(keys).size === keys.length && threshold <= keys.length) return;
  throw new CountersignError(
    'malformed-document',
    `recovery: expected ${threshold} different keys at least, found ${new Set(keys).size} of ${keys.length}`,
  );
}

/**
 * Reads a genesis document and checks that every person of its roster, and at least two, signed
 * it. Throws `evidence-invalid` naming who is missing.
 */
export async function verifyFounding(
  crypto: VerifierCrypto,
  text: string,
  signatures: readonly SignedStatement[],
): Promise<Founded> {
  const read = await readGenesis(crypto, text);
  const signed = new Set<PersonId>();
  for (const one of signatures) {
    const opened = await openStatement(crypto, one, 'genesis', founding, read.document.roster);
    requireInstance(opened, read.digest);
    const person = requirePerson(opened, 'a founding signature');
    if (opened.predicate.genesis !== read.digest || opened.predicate.person !== person.id) {
      throw new CountersignError('evidence-invalid', `${person.id} signed another genesis`);
    }
    signed.add(person.id);
  }
  const missing = read.document.roster.people.filter((one) => !signed.has(one.id));
  if (missing.length > 0 || signed.size < 2) {
    throw new CountersignError(
      'evidence-invalid',
      `expected the genesis to be signed by each of at least two founders, found ${signed.size} of ${read.document.roster.people.length}; missing: ${missing.map((one) => one.id).join(', ') || 'a second person'}`,
    );
  }
  return { ...read, founders: [...signed] };
}

/** Throws `malformed-document` for a key that is not spelled canonically: one key, one spelling. */
export function checkRosterKeys(roster: Roster): void {
  for (const holder of [...roster.people, ...roster.bots]) {
    for (const key of holder.keys) {
      if (formatSshPublicKey(parseSshPublicKey(key.publicKey)) === key.publicKey) continue;
      throw new CountersignError(
        'malformed-document',
        `roster: a key of ${holder.id} is not in canonical form`,
      );
    }
  }
}
