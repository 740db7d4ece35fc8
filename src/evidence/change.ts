/** The new documents of a change: they follow those in force, and every new key was proven. */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import type { Proposal, Recovery } from '../core/governance.ts';
import type { Change, GovernanceState } from '../core/governance-state.ts';
import type { PersonId, Sha256 } from '../core/names.ts';
import { checkPolicyDocument, type PolicyDocument, policyDocument } from '../core/policy.ts';
import { predicateTypeOf } from '../core/purpose.ts';
import { checkRoster, type Roster, roster as rosterReader } from '../core/roster.ts';
import type { Reader } from '../core/shape.ts';
import { decodeCanonical } from '../formats/canonical.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { encodeUtf8 } from '../formats/text.ts';
import { openKeyEnrolment, type ProvenKey } from './enrolment.ts';
import { checkRosterKeys } from './founding.ts';
import { type SignedStatement, sha256Hex } from './signed-statement.ts';

/** A key that the next roster has and the one in force has not, with its proof. */
export interface NewKey {
  readonly person: PersonId;
  readonly fingerprint: string;
}

/** A change with what must be confirmed of it. */
export interface ReadChange {
  readonly change: Change;
  readonly newKeys: readonly NewKey[];
}

type Steps = Pick<Proposal | Recovery, 'roster' | 'policy' | 'enrolments' | 'reinstate'>;

/**
 * Reads the documents that `steps` names. Throws `state-conflict` where it starts from another
 * version than the one in force, `malformed-document` where a document does not follow it or does
 * not hold together, and `evidence-invalid` where one is missing, or a new key has no proof.
 */
export async function readChange(
  crypto: VerifierCrypto,
  genesis: Sha256,
  state: GovernanceState,
  steps: Steps,
  texts: readonly string[],
  statements: readonly SignedStatement[],
): Promise<ReadChange> {
  requireBase('roster', steps.roster.from, state.rosterDigest);
  requireBase('rules', steps.policy.from, state.policyDigest);
  const documents = new Map<string, string>();
  for (const text of texts) documents.set(await sha256Hex(crypto, encodeUtf8(text)), text);
  const find = <T>(digest: Sha256 | null, reader: Reader<T>, what: string) => {
    if (digest === null) return null;
    const text = documents.get(digest);
    if (text === undefined) fail(`the new ${what} ${digest} is missing`);
    const read = decodeCanonical(encodeUtf8(text), { what: `the new ${what}`, maxBytes: 16 << 20 });
    return { digest, document: reader(read, what) };
  };
  const roster = find(steps.roster.to, rosterReader, 'roster');
  const policy = find(steps.policy.to, policyDocument, 'policy document');
  if (roster !== null) {
    requireSuccessor('roster', state.roster, state.rosterDigest, roster.document);
    checkRoster(roster.document);
    checkRosterKeys(roster.document);
  }
  if (policy !== null) {
    requireSuccessor('policy document', state.policy, state.policyDigest, policy.document);
    checkPolicyDocument(policy.document);
  }
  const rules = policy?.document ?? state.policy;
  const proofs = await openEnrolments(crypto, genesis, steps.enrolments, statements, rules);
  const newKeys = roster === null ? [] : requireProven(proofs, state.roster, roster.document);
  return { change: { roster, policy, reinstate: steps.reinstate }, newKeys };
}

function requireBase(what: string, from: Sha256, inForce: Sha256): void {
  if (from === inForce) return;
  throw new CountersignError(
    'state-conflict',
    `the change starts from ${what} ${from}, in force is ${inForce}`,
    { hint: 'other changes came first: propose it again' },
  );
}

interface Version {
  readonly version: number;
  readonly previous: Sha256 | null;
}

function requireSuccessor(what: string, before: Version, digest: Sha256, next: Version): void {
  if (next.version === before.version + 1 && next.previous === digest) return;
  throw new CountersignError(
    'malformed-document',
    `expected ${what} version ${before.version + 1} after ${digest}, found version ${next.version} after ${next.previous ?? 'nothing'}`,
  );
}

/** Each signed with the very key that it enrols. */
async function openEnrolments(
  crypto: VerifierCrypto,
  genesis: Sha256,
  wanted: readonly Sha256[],
  statements: readonly SignedStatement[],
  rules: PolicyDocument,
): Promise<readonly ProvenKey[]> {
  const proofs: ProvenKey[] = [];
  for (const signed of statements) {
    const { payload } = signed.envelope;
    if (decodeStatement(payload).predicateType !== predicateTypeOf('enrolment')) continue;
    const opened = await openKeyEnrolment(crypto, signed, genesis, rules.passkeys);
    if (!wanted.includes(opened.digest)) fail('an enrolment belongs to another change');
    proofs.push(opened);
  }
  const missing = wanted.find((one) => !proofs.some((proof) => proof.digest === one));
  if (missing !== undefined) fail(`the enrolment ${missing} is missing`);
  return proofs;
}

/** Every key that a person gains was enrolled by that person's own hand. Bots' keys sign nothing
 * that counts and need no proof. */
function requireProven(
  proofs: readonly ProvenKey[],
  before: Roster,
  next: Roster,
): readonly NewKey[] {
  const had = new Set(before.people.flatMap((one) => keysOf(one).map((key) => `${one.id} ${key}`)));
  const newKeys = next.people.flatMap((one) =>
    keysOf(one)
      .filter((key) => !had.has(`${one.id} ${key}`))
      .map((key): NewKey => {
        const proof = proofs.find(
          ({ publicKey, person }) => publicKey === key && person === one.id,
        );
        if (proof === undefined) fail(`nobody proved to hold the new key ${key} of ${one.id}`);
        requireSamePasskey(proof, one, key);
        return { person: one.id, fingerprint: proof.keyFingerprint };
      }),
  );
  if (newKeys.length !== proofs.length)
    fail('an enrolment is for a key that the change does not add');
  return newKeys;
}

/** Of a passkey everything that it was enrolled with stands in the roster, not its key alone. */
function requireSamePasskey(
  { passkey }: ProvenKey,
  { passkeys = [] }: Roster['people'][number],
  key: string,
): void {
  const listed = passkeys.find((one) => one.publicKey === key);
  if (listed === undefined && passkey === null) return;
  const same =
    listed?.credentialId === passkey?.credentialId &&
    listed?.relyingParty === passkey?.relyingParty &&
    listed?.algorithm === passkey?.algorithm;
  if (!same) fail(`the passkey ${key} is enrolled with other parts than the roster lists`);
}

function keysOf({ keys, passkeys = [] }: Roster['people'][number]): readonly string[] {
  return [...keys.map((one) => one.publicKey), ...passkeys.map((one) => one.publicKey)];
}

function fail(message: string): never {
  throw new CountersignError('evidence-invalid', message);
}
