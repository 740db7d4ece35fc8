/** Who asked for a release, from signed statements: a requester may not be left out. */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import {
  type Adoption,
  adoption,
  type Grant,
  grant,
  type Manifest,
  type Opening,
  opening,
  type Requester,
} from '../core/manifest.ts';
import { predicateTypeOf } from '../core/purpose.ts';
import type { Roster } from '../core/roster.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import {
  type OpenedStatement,
  openStatement,
  requireInstance,
  requirePerson,
  type SignedStatement,
} from './signed-statement.ts';

/** What of a release the statements must agree with. */
export type RequestedRelease = Pick<
  Manifest,
  'genesis' | 'release' | 'project' | 'tag' | 'version' | 'commit'
> & { readonly policy: string };

/** The statements of a release, opened and sorted by purpose. */
interface Asked {
  readonly openings: readonly OpenedStatement<Opening>[];
  readonly grants: readonly OpenedStatement<Grant>[];
  readonly adoptions: readonly OpenedStatement<Adoption>[];
}

/**
 * Derives the requesters from the statements that came with a release and, where it was reopened,
 * with the attempts before it: who asked for the bytes first stays a requester. Throws
 * `evidence-invalid` where a statement is about something else or none says who asked, and
 * `not-adopted` where only a bot did.
 */
export async function deriveRequesters(
  crypto: VerifierCrypto,
  statements: readonly SignedStatement[],
  release: RequestedRelease,
  roster: Roster,
): Promise<readonly Requester[]> {
  const asked = await openAll(crypto, statements, release, roster);
  const attempts = attemptsOf(asked, release);
  const requesters = [
    ...asked.openings.flatMap((one) => openerOf(one)),
    ...asked.grants.map((one) => grantorOf(one, release)),
    ...asked.adoptions.map((one) => adopterOf(one, attempts)),
  ];
  if (requesters.length === 0) {
    throw new CountersignError(
      'not-adopted',
      'a bot opened the release and nobody has adopted it',
      { hint: `an entitled person adopts it: countersign release adopt ${release.release}` },
    );
  }
  return requesters;
}

/** The manifest's list must be the derived one: a web process cannot drop the person who asked. */
export function requireRequesters(manifest: Manifest, derived: readonly Requester[]): void {
  const key = (one: Requester) => `${one.person} ${one.as} ${one.statement}`;
  const expected = derived.map(key).sort().join(', ');
  const found = manifest.requesters.map(key).sort().join(', ');
  if (expected === found) return;
  fail(
    `the manifest names other requesters than the signed statements: expected ${expected}, found ${found || 'none'}`,
  );
}

/**
 * The reason by which a person opened this very release as an emergency, null where nobody did.
 * The statements were opened before; a bot's word is none.
 */
export function breakGlassOf(
  statements: readonly SignedStatement[],
  release: RequestedRelease['release'],
): string | null {
  for (const { envelope } of statements) {
    const { predicateType, predicate } = decodeStatement(envelope.payload);
    if (predicateType !== predicateTypeOf('open')) continue;
    const { breakGlass, ...asked } = opening(predicate, 'open');
    if (asked.release === release && breakGlass !== undefined) return breakGlass;
  }
  return null;
}

/** The manifest says of the emergency exactly what its opener signed. */
export function requireBreakGlass(
  manifest: Manifest,
  statements: readonly SignedStatement[],
): void {
  const signed = breakGlassOf(statements, manifest.release);
  if (signed === (manifest.breakGlass?.reason ?? null)) return;
  fail(
    signed === null
      ? 'the manifest speaks of an emergency that nobody signed for'
      : 'the release was opened as an emergency, and the manifest does not say so',
  );
}

async function openAll(
  crypto: VerifierCrypto,
  statements: readonly SignedStatement[],
  release: RequestedRelease,
  roster: Roster,
): Promise<Asked> {
  const openings: OpenedStatement<Opening>[] = [];
  const grants: OpenedStatement<Grant>[] = [];
  const adoptions: OpenedStatement<Adoption>[] = [];
  for (const signed of statements) {
    switch (decodeStatement(signed.envelope.payload).predicateType) {
      case predicateTypeOf('open'):
        openings.push(await openStatement(crypto, signed, 'open', opening, roster));
        break;
      case predicateTypeOf('grant'):
        grants.push(await openStatement(crypto, signed, 'grant', grant, roster));
        break;
      case predicateTypeOf('adopt'):
        adoptions.push(await openStatement(crypto, signed, 'adopt', adoption, roster));
        break;
      default:
        fail('a statement is neither opening, grant nor adoption');
    }
  }
  for (const one of [...openings, ...grants, ...adoptions]) requireInstance(one, release.genesis);
  return { openings, grants, adoptions };
}

/** Ids of this attempt and of those that it reopens, one opening (or a grant) each. */
function attemptsOf(asked: Asked, release: RequestedRelease): ReadonlySet<string> {
  const attempts = new Set<string>();
  let id: string | null = release.release;
  while (id !== null && !attempts.has(id)) {
    attempts.add(id);
    const current: string = id;
    const found = asked.openings.find((one) => one.predicate.release === current);
    if (found === undefined && asked.grants.length === 0) {
      fail(`no signed statement says who opened ${current}`);
    }
    id = found?.predicate.reopens ?? null;
  }
  for (const { predicate } of asked.openings) {
    if (!attempts.has(predicate.release)) fail('an opening statement is about another release');
    const keys = ['project', 'tag', 'version', 'commit'] as const;
    const differs = keys.find((key) => predicate[key] !== release[key]);
    if (differs !== undefined) {
      fail(
        `the opening statement is about another ${differs}: expected ${release[differs] ?? 'none'}, found ${predicate[differs] ?? 'none'}`,
      );
    }
    if (predicate.release === release.release && predicate.policy !== release.policy) {
      fail(`the release was opened under policy ${predicate.policy}, not ${release.policy}`);
    }
  }
  return attempts;
}

function openerOf(opened: OpenedStatement<Opening>): readonly Requester[] {
  if (opened.holder.kind === 'bot') {
    if (opened.predicate.breakGlass !== undefined) fail('a bot cannot declare an emergency');
    return [];
  }
  return [{ person: opened.holder.person.id, as: 'opener', statement: opened.digest }];
}

function grantorOf(opened: OpenedStatement<Grant>, release: RequestedRelease): Requester {
  const person = requirePerson(opened, 'a grant');
  if (opened.predicate.project !== release.project || opened.predicate.person !== person.id) {
    fail(`the grant of ${person.id} is for another project or person`);
  }
  return { person: person.id, as: 'grantor', statement: opened.digest };
}

function adopterOf(opened: OpenedStatement<Adoption>, attempts: ReadonlySet<string>): Requester {
  const person = requirePerson(opened, 'an adoption');
  if (!attempts.has(opened.predicate.release) || opened.predicate.person !== person.id) {
    fail(`the adoption of ${person.id} is for another release`);
  }
  return { person: person.id, as: 'adopter', statement: opened.digest };
}

function fail(message: string): never {
  throw new CountersignError('evidence-invalid', message);
}
