/**
 * Who asked for a release, from signed statements and the tokens of CI runs: a requester may not be
 * left out.
 */
import { whyOtherRelease } from '../core/ci-rules.ts';
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import {
  type Adoption,
  adoption,
  type CiRun,
  type Grant,
  grant,
  type Manifest,
  type Opening,
  opening,
  type Requester,
} from '../core/manifest.ts';
import type { PersonId } from '../core/names.ts';
import type { Project } from '../core/policy.ts';
import { predicateTypeOf } from '../core/purpose.ts';
import { findAccountHolder, type Roster } from '../core/roster.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { type OpenedIdentity, openCiIdentity } from './ci-identity.ts';
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

/** What shows who asked: signed statements, and identity documents of CI runs as texts. */
export interface Shown {
  readonly statements: readonly SignedStatement[];
  readonly identities: readonly string[];
}

/** The rules that who asked is judged by; `project` is the release's. */
export interface AskingRules {
  readonly roster: Roster;
  readonly project: Project;
}

/** Who asked for a release. */
export interface Asking {
  readonly requesters: readonly Requester[];
  /** CI runs that asked, one for each identity document; empty where none did. */
  readonly runs: readonly CiRun[];
  /** By how many people the minimum rises: a run whose actor nobody knows, or that ran again. */
  readonly raise: 0 | 1;
}

/** The statements of a release, opened and sorted by purpose. */
interface Asked {
  readonly openings: readonly OpenedStatement<Opening>[];
  readonly grants: readonly OpenedStatement<Grant>[];
  readonly adoptions: readonly OpenedStatement<Adoption>[];
  readonly identities: readonly OpenedIdentity[];
}

/**
 * Derives who asked from what came with a release and, where it was reopened, with the attempts
 * before it: who asked for the bytes first stays a requester. Throws `evidence-invalid` where
 * something of it is about something else or nothing says who asked, and `not-adopted` where only a
 * bot did. A run whose actor is in nobody's accounts gives no requester, and raises the minimum.
 */
export async function deriveRequesters(
  crypto: VerifierCrypto,
  shown: Shown,
  release: RequestedRelease,
  rules: AskingRules,
): Promise<Asking> {
  const { roster, project } = rules;
  const asked = {
    ...(await openAll(crypto, shown.statements, release, roster)),
    identities: await openRuns(crypto, shown.identities, release, project),
  };
  const attempts = attemptsOf(asked, release);
  const runs = asked.identities.map((one) => runOf(one, roster, attempts));
  const isBot = (id: string) => roster.bots.some((one) => one.id === id);
  const requesters = [
    ...asked.openings.flatMap((one) => openerOf(one)),
    ...asked.grants.map((one) => grantorOf(one, release)),
    ...asked.adoptions.map((one) => adopterOf(one, attempts)),
    ...runs.flatMap((one) =>
      one.holder === null || isBot(one.holder) ? [] : actorOf(one, one.holder),
    ),
  ];
  const onlyStrangers = asked.openings.length === 0 && runs.every((one) => one.holder === null);
  if (requesters.length === 0 && !onlyStrangers) {
    throw new CountersignError(
      'not-adopted',
      'a bot opened the release and nobody has adopted it',
      { hint: `an entitled person adopts it: countersign release adopt ${release.release}` },
    );
  }
  return { requesters, runs, raise: raiseOf(runs) };
}

/** One at most, whatever the number of runs. */
export function raiseOf(runs: readonly Pick<CiRun, 'holder' | 'attempt'>[]): 0 | 1 {
  return runs.some((one) => one.holder === null || one.attempt > 1) ? 1 : 0;
}

/** The manifest's lists must be the derived ones: a web process cannot drop the person who asked,
 * nor hide that a run was started again. */
export function requireRequesters(
  manifest: Pick<Manifest, 'requesters' | 'ci'>,
  derived: Asking,
): void {
  const key = (one: Requester) => `${one.person} ${one.as} ${one.statement}`;
  requireSame(
    'requesters than the signed statements',
    derived.requesters.map(key),
    manifest.requesters.map(key),
  );
  const runKey = (one: CiRun) =>
    `${one.holder ?? 'nobody known'} by run ${one.run}, attempt ${one.attempt}, of actor ${one.actor} at ${one.issuer} ${one.identity}`;
  requireSame(
    'CI runs than the identity tokens',
    derived.runs.map(runKey),
    (manifest.ci ?? []).map(runKey),
  );
}

function requireSame(what: string, derived: readonly string[], named: readonly string[]): void {
  const expected = [...derived].sort().join('; ');
  const found = [...named].sort().join('; ');
  if (expected === found) return;
  fail(
    `the manifest names other ${what}: expected ${expected || 'none'}, found ${found || 'none'}`,
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
): Promise<Omit<Asked, 'identities'>> {
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

async function openRuns(
  crypto: VerifierCrypto,
  identities: readonly string[],
  release: RequestedRelease,
  project: Project,
): Promise<readonly OpenedIdentity[]> {
  const opened: OpenedIdentity[] = [];
  for (const body of identities) {
    const one = await openCiIdentity(crypto, body, release.genesis, project);
    if (one.document.project !== release.project) fail('a CI run is about another project');
    const why = whyOtherRelease(one.claims, release, project);
    if (why !== null) fail(`a CI run is about another release: ${why}`);
    opened.push(one);
  }
  return opened;
}

/** Ids of this attempt and of those that it reopens, one opening (or a grant, or a run) each. */
function attemptsOf(asked: Asked, release: RequestedRelease): ReadonlySet<string> {
  const attempts = new Set<string>();
  let id: string | null = release.release;
  while (id !== null && !attempts.has(id)) {
    attempts.add(id);
    const current: string = id;
    const found = asked.openings.find((one) => one.predicate.release === current);
    const isByRun = asked.identities.some((one) => one.document.release === current);
    if (found === undefined && asked.grants.length === 0 && !isByRun) {
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

function runOf(
  { document, digest, claims }: OpenedIdentity,
  roster: Roster,
  attempts: ReadonlySet<string>,
): CiRun {
  if (!attempts.has(document.release)) fail('a CI run is about another attempt');
  const account = { issuer: claims.issuer, id: claims.actor };
  const holder = findAccountHolder(roster, account);
  return {
    issuer: claims.issuer,
    actor: claims.actor,
    run: claims.run,
    attempt: claims.attempt,
    identity: digest,
    holder: holder === undefined ? null : holder.kind === 'bot' ? holder.botId : holder.person.id,
  };
}

function actorOf(run: CiRun, person: PersonId): readonly Requester[] {
  return [{ person, as: 'ci-actor', statement: run.identity }];
}

function fail(message: string): never {
  throw new CountersignError('evidence-invalid', message);
}
