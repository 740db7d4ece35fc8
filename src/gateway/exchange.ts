/**
 * exchange: the token of a CI run is traded for an upload credential, good for minutes, for one
 * release and for the packages that were asked for. Nobody holds a secret between two runs.
 */

import { choosePolicy } from '../core/choose-policy.ts';
import { type CiClaims, type RawClaims, readCiClaims } from '../core/ci-claims.ts';
import { acceptedAudiences, isOfRepository, tagOfRef, whyOtherRelease } from '../core/ci-rules.ts';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import { isReleaseId, type Sha256 } from '../core/names.ts';
import type { CiBinding, Project } from '../core/policy.ts';
import { isTerminal } from '../core/release-state.ts';
import { findAccountHolder } from '../core/roster.ts';
import { type CiIdentity, openCiIdentity, requireBound } from '../evidence/ci-identity.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { decodeJwt } from '../formats/jwt.ts';
import { encodeUtf8, quoteForeign } from '../formats/text.ts';
import { createToken, hashToken, TOKEN_RANDOM_BYTES, tokenKind } from '../identity/token.ts';
import { type GatewayDeps, requireEcosystem } from './deps.ts';
import type { CiExchange, IssuedSecret } from './gateway.ts';
import {
  canonicalDocument,
  type Governance,
  readGovernance,
  requireProject,
} from './governance.ts';
import { insertOpened, requireNoneOverdue } from './open.ts';
import type { PackageRef, ReleaseRow, StoreReader, StoreTransaction } from './ports.ts';
import { addSeconds, newId, recordEvent } from './record.ts';
import { lookUpForRun, type SourceOfRun } from './source-of-run.ts';
import { readIdentities } from './view.ts';

/** How long a credential lives; clients of long uploads ask for another one. */
const CREDENTIAL_SECONDS = 900;

/** Runs of one release: a manifest names as many requesters. */
const MAX_RUNS = 16;

/** A token whose issuer signed it for this gateway, about a project of ours. */
interface Asked {
  readonly governance: Governance;
  readonly name: string;
  readonly project: Project;
  readonly raw: RawClaims;
  readonly key: Readonly<Record<string, string>>;
  readonly token: string;
  readonly at: string;
}

/** What CI tokens must be for: our host, with its port where that is not the default. */
export function ciAudience(deps: Pick<GatewayDeps, 'settings'>): string {
  return new URL(deps.settings.origin).host;
}

export async function exchangeCiToken(
  deps: GatewayDeps,
  request: CiExchange,
): Promise<IssuedSecret & { readonly createdAt: string }> {
  const asked = await verifyToken(deps, request);
  try {
    const claims = requireBound(asked.raw, ownBindings(deps, asked.project));
    const token = createToken('upload', deps.random.bytes(TOKEN_RANDOM_BYTES));
    const hash = await hashToken(deps.crypto, token);
    const expiresAt = addSeconds(asked.at, CREDENTIAL_SECONDS);
    const source = await lookUpForRun(deps, asked, {
      tag: tagOfRef(claims.ref),
      commit: claims.commit,
    });
    const release = await deps.store.transact(async (tx) => {
      await spend(tx, deps, claims, 'token');
      const found = await findRelease(tx, asked, claims);
      const identified = await identifyRun(tx, deps, { ...asked, source }, claims, found, request);
      const packages = packagesOf(deps, identified, request, asked.project);
      await tx.putUploadCredential({
        ...{ hash, release: identified.id, packages, expiresAt, revokedAt: null },
      });
      return identified;
    });
    deps.log.info('ci-identified', { release: release.id, run: claims.run });
    return { token, createdAt: asked.at, expiresAt };
  } catch (error) {
    await recordRefusal(deps, asked, error);
    throw error;
  }
}

/** Whoever has the credential may end it; clients do so when they have sent everything. */
export async function endUpload(deps: GatewayDeps, token: string): Promise<void> {
  if (tokenKind(token) !== 'upload') return;
  const hash = await hashToken(deps.crypto, token);
  await deps.store.transact((tx) => tx.endUploadCredential(hash, deps.clock.now()));
}

/** Step 1: the issuer of a binding signed it, for us and just now. */
async function verifyToken(deps: GatewayDeps, { token, target }: CiExchange): Promise<Asked> {
  const { claims: raw } = decodeJwt(token);
  const governance = await deps.store.read(readGovernance);
  const issuer = Object.values(governance.policy.projects)
    .flatMap((one) => one.ci ?? [])
    .find((one) => one.issuer === raw['iss'])?.issuer;
  if (issuer === undefined) {
    throw refused(`no project takes tokens of ${quoteForeign(`${raw['iss']}`)}`);
  }
  const at = deps.clock.now();
  const audiences = acceptedAudiences(ciAudience(deps));
  const key = await deps.ciTokens.verify(token, issuer, audiences, at);
  const name =
    target.ecosystem === 'npm'
      ? projectOfPackage(deps, governance, target.package)
      : projectOfRun(governance, raw);
  const project = requireProject(governance.policy, name);
  return { governance, name, project, raw, key, token, at };
}

/** Bindings that were signed for this gateway; one that was copied from another is none. */
function ownBindings(deps: GatewayDeps, project: Project): readonly CiBinding[] {
  return (project.ci ?? []).filter((one) => one.audience === ciAudience(deps));
}

function projectOfPackage(deps: GatewayDeps, { policy }: Governance, wanted: string): string {
  const { normalizeName } = requireEcosystem(deps, 'npm');
  const owner = Object.entries(policy.projects).find(([, { packages }]) =>
    packages.some(
      (one) => one.ecosystem === 'npm' && normalizeName(one.name) === normalizeName(wanted),
    ),
  );
  if (owner !== undefined) return owner[0];
  throw refused(`no project has the npm package ${quoteForeign(wanted)}`);
}

/** The protocol of PyPI names no package, so that the run itself must say which project it is of. */
function projectOfRun({ policy }: Governance, raw: RawClaims): string {
  const names = Object.entries(policy.projects).flatMap(([name, project]) => {
    const hasPackages = project.packages.some((one) => one.ecosystem === 'pypi');
    return hasPackages && isOfProject(raw, project) ? [name] : [];
  });
  const tag = tagOfRef(`${raw['ref_type'] === 'tag' ? 'refs/tags/' : ''}${raw['ref'] ?? ''}`);
  const fitting = names.filter(
    (name) => names.length === 1 || (tag !== null && takesTag({ policy }, name, tag)),
  );
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  throw refused(
    names.length === 0
      ? 'no project with PyPI packages takes runs of this repository'
      : `expected one project that this run is of, found ${fitting.length} of ${names.join(', ')}`,
  );
}

function isOfProject(raw: RawClaims, project: Project): boolean {
  return (project.ci ?? []).some(
    (one) => one.issuer === raw['iss'] && isOfRepository(readCiClaims(one.kind, raw), one),
  );
}

function takesTag({ policy }: Pick<Governance, 'policy'>, name: string, tag: string): boolean {
  try {
    choosePolicy(policy, requireProject(policy, name), tag.replace(/^refs\/tags\//, ''), null);
    return true;
  } catch (error) {
    if (isCountersignError(error)) return false;
    throw error;
  }
}

/** Step 2: one token, one credential. */
async function spend(
  tx: StoreTransaction,
  deps: Pick<GatewayDeps, 'crypto' | 'clock'>,
  claims: Pick<CiClaims, 'issuer' | 'tokenId' | 'expiresAt'>,
  what: 'token' | 'refusal',
): Promise<void> {
  const name = encodeUtf8(JSON.stringify([claims.issuer, claims.tokenId]));
  const key = `ci-${what}:${await sha256Hex(deps.crypto, name)}`;
  const until = new Date(claims.expiresAt * 1000).toISOString();
  if (await tx.spendChallenge(key, until, deps.clock.now())) return;
  throw refused(
    'the token was used before',
    'each exchange takes a token of its own; GitLab makes one for each name below id_tokens',
  );
}

/** Step 3: the release of the run's tag, or of its commit; undefined where nobody opened one yet. */
async function findRelease(
  tx: StoreReader,
  { name, project }: Pick<Asked, 'name' | 'project'>,
  claims: CiClaims,
): Promise<ReleaseRow | undefined> {
  const tag = tagOfRef(claims.ref);
  const rows = await tx.releases({ project: name, limit: 1000, ...(tag === null ? {} : { tag }) });
  const live = rows.filter((one) => !isTerminal(one.state));
  const found = tag === null ? live.filter((one) => one.commit === claims.commit) : live;
  const [release, ...others] = found;
  if (release === undefined && tag !== null) return undefined;
  if (release === undefined) {
    throw refused(
      `the run is at ${claims.ref}, and no release of ${name} is open for commit ${claims.commit}`,
      'open it beforehand with countersign release open --commit, or run the workflow at the tag',
    );
  }
  if (others.length > 0) {
    throw refused(`${found.length} releases of ${name} are open for commit ${claims.commit}`);
  }
  const why = whyOtherRelease(claims, release, project);
  if (why !== null) throw refused(why);
  if (release.state === 'receiving') return release;
  throw new CountersignError(
    'state-conflict',
    `release ${release.shortId} of ${release.tag} is ${release.state}: nothing can be added`,
    { hint: `countersign release status ${release.shortId}` },
  );
}

/** Step 4: the run stands with its release, which it opens where nobody has. */
async function identifyRun(
  tx: StoreTransaction,
  deps: GatewayDeps,
  asked: Asked & SourceOfRun,
  claims: CiClaims,
  found: ReleaseRow | undefined,
  { target }: CiExchange,
): Promise<ReleaseRow> {
  const { governance, name, project } = asked;
  const id = found?.id ?? newId(deps);
  if (!isReleaseId(id)) throw new CountersignError('internal', 'a new release id is not a UUIDv7');
  const document: CiIdentity = {
    schema: 'countersign/ci-identity/v1',
    genesis: governance.genesisDigest,
    release: id,
    project: name,
    token: asked.token,
    key: asked.key,
    verifiedAt: asked.at,
  };
  const { text, digest } = await canonicalDocument(deps.crypto, document);
  // as the publisher and every stranger will: what they refuse must not get in
  await openCiIdentity(deps.crypto, text, governance.genesisDigest, project);
  const known = found === undefined ? undefined : await findRun(tx, deps, asked, claims, found);
  const actor = actorOf(governance, claims);
  const release = found ?? (await openForRun(tx, deps, asked, claims, { id, digest, actor }));
  const ledgerIndex = await recordEvent(tx, deps, release, {
    kind: 'ci-identified',
    release: release.id,
    event: 'identify',
    actor,
    ids: {
      issuer: claims.issuer,
      account: claims.actor,
      run: claims.run,
      attempt: `${claims.attempt}`,
      for: target.ecosystem === 'npm' ? target.package : 'pypi',
    },
    digests: { identity: known ?? digest },
  });
  if (known === undefined) {
    await tx.putDocument(digest, 'ci-identity', text);
    await tx.putCiIdentity({ digest, release: release.id, recordedAt: asked.at, ledgerIndex });
  }
  return release;
}

/** The identity of this same run, which asks again for another package. */
async function findRun(
  tx: StoreReader,
  deps: GatewayDeps,
  { governance, project }: Asked,
  claims: CiClaims,
  release: ReleaseRow,
): Promise<Sha256 | undefined> {
  const bodies = await readIdentities(tx, release.id);
  for (const body of bodies) {
    const one = await openCiIdentity(deps.crypto, body, governance.genesisDigest, project);
    const isSame = (['issuer', 'run', 'attempt', 'actor'] as const).every(
      (key) => one.claims[key] === claims[key],
    );
    if (isSame && one.document.release === release.id) return one.digest;
  }
  if (bodies.length < MAX_RUNS) return undefined;
  throw new CountersignError('limit-exceeded', `${bodies.length} CI runs asked for this release`, {
    hint: 'cancel it, and open it again',
  });
}

function actorOf({ roster }: Governance, { issuer, actor }: CiClaims): string {
  const holder = findAccountHolder(roster, { issuer, id: actor });
  if (holder === undefined) return `ci:account ${actor}`;
  return `ci:${holder.kind === 'bot' ? holder.botId : holder.person.id}`;
}

async function openForRun(
  tx: StoreTransaction,
  deps: GatewayDeps,
  { governance, name, project, source }: Asked & SourceOfRun,
  claims: CiClaims,
  opened: { readonly id: ReleaseRow['id']; readonly digest: Sha256; readonly actor: string },
): Promise<ReleaseRow> {
  const tag = tagOfRef(claims.ref) ?? '';
  if (project.source !== undefined && source === null) {
    throw new CountersignError('state-conflict', 'the release of this tag ended just now', {
      hint: 'run the job again',
    });
  }
  const chosen = choosePolicy(governance.policy, project, tag, null);
  if (chosen.policy.reviewWithinSeconds !== null) {
    await requireNoneOverdue(tx, deps, governance, name);
  }
  const { row } = await insertOpened(tx, deps, governance, {
    wanted: {
      ...{ release: opened.id, project: name, tag, commit: claims.commit, opened: 'by-tag' },
      ...{ packages: [], distTag: null, reopens: null },
    },
    chosen,
    opener: { actor: opened.actor, shown: { kind: 'ci-run', digest: opened.digest } },
    source,
  });
  return row;
}

/** Step 5: what was asked for, of what the release declares. */
function packagesOf(
  deps: GatewayDeps,
  release: ReleaseRow,
  { target }: CiExchange,
  project: Project,
): readonly PackageRef[] {
  const { normalizeName } = requireEcosystem(deps, target.ecosystem);
  const packages = project.packages.filter(
    (one) =>
      one.ecosystem === target.ecosystem &&
      release.declared.some(
        (file) => file.ecosystem === one.ecosystem && file.package === one.name,
      ) &&
      (target.ecosystem !== 'npm' || normalizeName(one.name) === normalizeName(target.package)),
  );
  if (packages.length === 0) {
    throw refused(
      `release ${release.shortId} declares ${target.ecosystem === 'npm' ? `no package ${target.package}` : 'no packages of PyPI'}`,
    );
  }
  return packages.map((one) => ({ ecosystem: one.ecosystem, package: one.name }));
}

/**
 * A refused run of the project's own repository leaves a line in the ledger, once a token, where a
 * release of its tag or commit is under way. Runs of strangers leave one in the log only: anybody
 * can have a token made for us.
 */
async function recordRefusal(deps: GatewayDeps, asked: Asked, reason: unknown): Promise<void> {
  const code = isCountersignError(reason) ? reason.code : 'internal';
  deps.log.warn('ci-refused', { project: asked.name, code });
  const claims = claimsOf(asked);
  if (claims === undefined || !isCountersignError(reason)) return;
  try {
    await deps.store.transact(async (tx) => {
      const tag = tagOfRef(claims.ref);
      const rows = await tx.releases({
        ...{ project: asked.name, limit: 1000 },
        ...(tag === null ? {} : { tag }),
      });
      const release = rows.find(
        (one) => !isTerminal(one.state) && (tag !== null || one.commit === claims.commit),
      );
      if (release === undefined) return;
      await spend(tx, deps, claims, 'refusal');
      await recordEvent(tx, deps, release, {
        kind: 'upload-refused',
        release: release.id,
        event: 'refuse-run',
        actor: actorOf(asked.governance, claims),
        ids: { code, account: claims.actor, run: claims.run, attempt: `${claims.attempt}` },
        reason: reason.message.slice(0, 500),
      });
    });
  } catch (error) {
    if (isCountersignError(error) && error.code === 'identity-refused') return;
    deps.log.error('ci-refusal-not-recorded', { project: asked.name, error: String(error) });
  }
}

function claimsOf({ raw, project }: Asked): CiClaims | undefined {
  for (const binding of project.ci ?? []) {
    if (binding.issuer !== raw['iss']) continue;
    try {
      const claims = readCiClaims(binding.kind, raw);
      if (isOfRepository(claims, binding)) return claims;
    } catch (error) {
      if (!isCountersignError(error)) throw error;
    }
  }
  return undefined;
}

function refused(reason: string, hint?: string): CountersignError {
  return new CountersignError('identity-refused', `the CI run may not ask: ${reason}`, {
    hint: hint ?? 'projects.NAME.ci in countersign.yaml says which runs may',
  });
}
