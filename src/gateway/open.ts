/** open: a release begins, with a known requester, a fitting tag and a declared set of files. */
import { type ChosenPolicy, choosePolicy, requireRightPolicy } from '../core/choose-policy.ts';
import { CountersignError } from '../core/errors.ts';
import { type Opening, opening } from '../core/manifest.ts';
import { isReleaseId, type ReleaseId, type Sha256 } from '../core/names.ts';
import type { Policy } from '../core/policy.ts';
import { canReopen, isTerminal } from '../core/release-state.ts';
import { findPerson } from '../core/roster.ts';
import { openStatement, requireInstance } from '../evidence/signed-statement.ts';
import { parseUuidV7, shortId } from '../formats/uuid.ts';
import { createToken, hashToken, TOKEN_RANDOM_BYTES } from '../identity/token.ts';
import { declareFiles } from './declared.ts';
import type { GatewayDeps } from './deps.ts';
import { requireFresh } from './freshness.ts';
import type { Caller, OpenAnswer, OpenRequest } from './gateway.ts';
import { type Governance, readGovernance, requireProject } from './governance.ts';
import { notify } from './notices.ts';
import type { ReleaseRow, SignedStatement, StoreReader, StoreTransaction } from './ports.ts';
import { requireNotUnderWay } from './receive.ts';
import { addSeconds, enqueue, newId, recordEvent, requireRelease } from './record.ts';
import { findOverdue } from './review-due.ts';
import { sealWhenComplete } from './seal.ts';
import { lookUpTag, type StoredDocument } from './source.ts';
import { expiryOf, viewRelease } from './view.ts';

/** Who opens, and what shows it. */
export interface Opener {
  readonly actor: string;
  readonly shown:
    | { readonly kind: 'statement'; readonly signed: SignedStatement; readonly digest: Sha256 }
    | { readonly kind: 'grant' | 'ci-run'; readonly digest: Sha256 };
}

export async function openRelease(
  deps: GatewayDeps,
  caller: Caller,
  request: OpenRequest,
): Promise<OpenAnswer> {
  const governance = await deps.store.read(readGovernance);
  const { wanted, opener } = await identifyOpener(deps, governance, caller, request);
  const project = requireProject(governance.policy, wanted.project);
  const chosen = choosePolicy(governance.policy, project, wanted.tag, wanted.policy);
  requireAgreement(wanted, chosen);
  requireRightPolicy(governance.policy, project, wanted.tag, chosen);
  await requireEmergencyAllowed(deps, governance, wanted, opener, chosen.policy);
  if (wanted.opened === 'by-hand') requireTypedWord(chosen.policy.confirm, request.confirmation);
  const source = await lookUpTag(deps, project, wanted);
  const now = deps.clock.now();
  const token = createToken('upload', deps.random.bytes(TOKEN_RANDOM_BYTES));
  const hash = await hashToken(deps.crypto, token);
  const expiresAt = addSeconds(now, deps.settings.uploadCredentialSeconds);

  const reused = await deps.store.transact(async (tx) => {
    const { row, reopened } = await insertOpened(tx, deps, governance, {
      ...{ wanted, chosen, opener, source },
    });
    await tx.putUploadCredential({
      hash,
      release: row.id,
      packages: null,
      expiresAt,
      revokedAt: null,
    });
    if (wanted.breakGlass !== undefined) await notify(tx, deps, row.id, 'release.break-glass');
    return reopened === null ? [] : takeOver(tx, deps, reopened, row, opener.actor);
  });
  deps.log.info('release-opened', { release: wanted.release, project: wanted.project });
  return {
    release: await viewRelease(deps, wanted.release),
    upload: { token, expiresAt },
    reused,
  };
}

/**
 * A shortcut is open to people, where the signed rules allow it, and while no review of an earlier
 * one is overdue.
 */
async function requireEmergencyAllowed(
  deps: GatewayDeps,
  governance: Governance,
  { project, breakGlass }: Pick<Opening, 'project' | 'breakGlass'>,
  { actor }: Opener,
  policy: Policy,
): Promise<void> {
  if (breakGlass !== undefined) {
    if (governance.policy.governance?.breakGlass === undefined) {
      throw new CountersignError('forbidden', 'the signed rules know no emergencies', {
        hint: 'governance.break-glass in countersign.yaml allows them, once people agreed to it',
      });
    }
    if (findPerson(governance.roster, actor) === undefined || breakGlass.trim() === '') {
      throw new CountersignError('forbidden', 'an emergency takes a person and a reason');
    }
  }
  if (breakGlass === undefined && policy.reviewWithinSeconds === null) return;
  await deps.store.read((tx) => requireNoneOverdue(tx, deps, governance, project));
}

/** Throws `state-conflict` while the review of an earlier shortcut is overdue. */
export async function requireNoneOverdue(
  tx: StoreReader,
  deps: Pick<GatewayDeps, 'clock'>,
  governance: Governance,
  project: string,
): Promise<void> {
  const overdue = await findOverdue(tx, governance, project, deps.clock.now());
  if (overdue === undefined) return;
  throw new CountersignError(
    'state-conflict',
    `release ${overdue.shortId} (${overdue.tag}) went out by a shortcut and its review is overdue`,
    { hint: `somebody who did not sign for it: countersign release review ${overdue.shortId}` },
  );
}

/** What is opened, under which policy, and by whom. */
export interface Wanted {
  readonly wanted: Omit<Opening, 'schema' | 'genesis' | 'version' | 'issuedAt' | 'policy'>;
  readonly chosen: ChosenPolicy;
  readonly opener: Opener;
  /** Where the tag is, as `lookUpTag` found it. */
  readonly source: StoredDocument | null;
}

/**
 * The release's row, its ledger entry, its statement and its end, inside of `tx`. Throws
 * `release-exists` where another attempt stands in the way.
 */
export async function insertOpened(
  tx: StoreTransaction,
  deps: GatewayDeps,
  governance: Governance,
  { wanted, chosen, opener, source }: Wanted,
): Promise<{ readonly row: ReleaseRow; readonly reopened: ReleaseRow | null }> {
  const now = deps.clock.now();
  const project = requireProject(governance.policy, wanted.project);
  const earlier = await attemptsSoFar(tx, wanted.project, wanted.tag);
  const reopened = wanted.reopens === null ? null : requireReopenable(earlier, wanted.reopens);
  const row: ReleaseRow = {
    id: wanted.release,
    shortId: shortId(wanted.release),
    project: wanted.project,
    tag: wanted.tag,
    version: chosen.version,
    attempt: Math.max(0, ...earlier.map((one) => one.attempt)) + 1,
    state: 'receiving',
    revision: 0,
    policyName: chosen.name,
    policyDigest: governance.policyDigest,
    rosterDigest: governance.rosterDigest,
    opened: wanted.opened,
    openedAt: now,
    commit: wanted.commit,
    distTag: wanted.distTag,
    declared: declareFiles(deps, project, wanted.packages),
    reopens: wanted.reopens,
    sealedAt: null,
    manifest: null,
    report: null,
    reason: null,
  };
  await tx.insertRelease(row);
  if (source !== null) await tx.putDocument(source.digest, 'opened-source', source.text);
  const ledgerIndex = await recordEvent(tx, deps, row, {
    kind: 'release-opened',
    release: row.id,
    event: 'open',
    actor: opener.actor,
    ids: {
      project: row.project,
      tag: row.tag,
      attempt: `${row.attempt}`,
      opened: row.opened,
      policy: chosen.name,
    },
    digests: {
      statement: opener.shown.digest,
      ...(source === null ? {} : { source: source.digest }),
    },
  });
  await keepShown(tx, row.id, opener.shown, now, ledgerIndex);
  await enqueue(tx, deps, {
    kind: 'expire',
    release: row.id,
    key: `expire:${row.id}:open`,
    runAt: addSeconds(expiryOf(row, chosen.policy.approvals.expiresSeconds), 1),
  });
  return { row, reopened };
}

/** Where the evidence of this release will find who opened it. */
async function keepShown(
  tx: StoreTransaction,
  release: ReleaseId,
  shown: Opener['shown'],
  now: string,
  ledgerIndex: number,
): Promise<void> {
  switch (shown.kind) {
    case 'statement':
      return tx.putStatement({
        digest: shown.digest,
        release,
        purpose: 'open',
        person: null,
        manifest: null,
        statement: shown.signed,
        recordedAt: now,
        ledgerIndex,
      });
    case 'grant':
      return bindGrant(tx, release, shown.digest, now, ledgerIndex);
    case 'ci-run':
      // kept by who exchanged its token
      return;
  }
}

/** Step 1: a person or bot by signed statement, or a project credential by its grant. */
async function identifyOpener(
  deps: GatewayDeps,
  governance: Governance,
  caller: Caller,
  request: OpenRequest,
): Promise<{
  wanted: Omit<Opening, 'schema' | 'genesis' | 'version' | 'issuedAt' | 'policy'> & {
    readonly policy: string | null;
    readonly version: string | null;
  };
  opener: Opener;
}> {
  if (request.statement !== null) {
    const opened = await openStatement(
      deps.crypto,
      request.statement,
      'open',
      opening,
      governance.roster,
    );
    requireInstance(opened, governance.genesisDigest);
    requireFresh(deps.clock.now(), opened.predicate.issuedAt);
    const actor = opened.holder.kind === 'person' ? opened.holder.person.id : opened.holder.botId;
    return {
      wanted: opened.predicate,
      opener: {
        actor,
        shown: { kind: 'statement', signed: request.statement, digest: opened.digest },
      },
    };
  }
  if (caller.kind !== 'project') {
    throw new CountersignError(
      'forbidden',
      'opening a release takes a signed statement or a project credential',
      { hint: 'countersign release open --key FILE signs one' },
    );
  }
  if (caller.project !== request.project) {
    throw new CountersignError(
      'forbidden',
      `this credential is for project ${caller.project}, not ${request.project}`,
    );
  }
  const id = newId(deps);
  if (!isReleaseId(id)) throw new CountersignError('internal', 'a new release id is not a UUIDv7');
  return {
    wanted: { ...request, release: id, version: null },
    opener: { actor: caller.personId, shown: { kind: 'grant', digest: caller.grant } },
  };
}

/** Step 2: what the opener signed is what the gateway derives from the tag. */
function requireAgreement(
  wanted: {
    readonly version: string | null;
    readonly policy: string | null;
    readonly release: ReleaseId;
  },
  chosen: { readonly name: string; readonly version: string },
): void {
  parseUuidV7(wanted.release);
  if (wanted.version !== null && wanted.version !== chosen.version) {
    throw new CountersignError(
      'malformed-tag',
      `the tag says version ${chosen.version}, the statement ${wanted.version}`,
    );
  }
}

/** Step 3: whoever opens by hand types the word that the policy asks for. */
function requireTypedWord(expected: string | null, typed: string | null): void {
  if (expected === null || typed === expected) return;
  throw new CountersignError(
    'confirmation-wrong',
    `expected the typed word ${JSON.stringify(expected)}, found ${typed === null ? 'none' : JSON.stringify(typed.slice(0, 40))}`,
    { hint: `add --confirm ${expected} if you mean it` },
  );
}

async function attemptsSoFar(
  tx: StoreTransaction,
  project: string,
  tag: string,
): Promise<readonly ReleaseRow[]> {
  const earlier = await tx.releases({ project, tag, limit: 1000 });
  const blocking = await findBlocking(tx, earlier);
  if (blocking === undefined) return earlier;
  throw new CountersignError(
    'release-exists',
    `${project} ${tag} is ${blocking.state} already as release ${blocking.shortId}`,
    {
      hint: isTerminal(blocking.state)
        ? 'release a new version'
        : `countersign release status ${blocking.shortId}`,
    },
  );
}

/** The attempt that stands in the way of another: under way, or with something upstream. */
async function findBlocking(
  tx: StoreTransaction,
  earlier: readonly ReleaseRow[],
): Promise<ReleaseRow | undefined> {
  for (const one of earlier) {
    if (canReopen(one.state)) continue;
    // Failed before anything went out, as with a credential that the registry refused.
    const untouched = (await tx.effects(one.id)).every((effect) => effect.state !== 'done');
    if (one.state !== 'failed' || !untouched) return one;
  }
  return undefined;
}

/** `earlier` has no attempt that stands in the way. */
function requireReopenable(earlier: readonly ReleaseRow[], id: ReleaseId): ReleaseRow {
  const [latest] = earlier;
  if (latest?.id === id) return latest;
  throw new CountersignError(
    'state-conflict',
    `expected the last attempt of this tag, found ${latest === undefined ? 'no attempt' : `${latest.shortId} ${latest.state}`}`,
  );
}

/** A grant is bound to each release that it opened, so that the evidence finds it there. */
async function bindGrant(
  tx: StoreTransaction,
  release: ReleaseId,
  digest: Sha256,
  now: string,
  ledgerIndex: number,
): Promise<void> {
  const granted = await tx.statement(digest);
  if (granted === undefined) {
    throw new CountersignError('ledger-corrupt', `the grant ${digest} is missing from the store`);
  }
  await tx.putStatement({ ...granted, release, recordedAt: now, ledgerIndex });
}

/** Unchanged artifacts and the statements of who asked come along; approvals never. */
async function takeOver(
  tx: StoreTransaction,
  deps: GatewayDeps,
  from: ReleaseRow,
  to: ReleaseRow,
  actor: string,
): Promise<readonly string[]> {
  for (const statement of await tx.statements(from.id)) {
    if (statement.purpose === 'approval') continue;
    await tx.putStatement({ ...statement, release: to.id });
  }
  for (const one of await tx.ciIdentities(from.id)) {
    await tx.putCiIdentity({ ...one, release: to.id });
  }
  const artifacts = await tx.artifacts(from.id);
  for (const one of artifacts) {
    const artifact = { ...one, release: to.id };
    await requireNotUnderWay(tx, artifact);
    await tx.putArtifact(artifact);
  }
  await sealWhenComplete(tx, deps, await requireRelease(tx, to.id), actor);
  return artifacts.map((one) => one.file);
}
