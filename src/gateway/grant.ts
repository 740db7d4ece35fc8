/**
 * grant: a person makes a credential for CI, signs for it, and is requester of what it opens;
 * anybody of the roster ends it.
 */
import { CountersignError } from '../core/errors.ts';
import { grant } from '../core/manifest.ts';
import type { GatewayDeps } from './deps.ts';
import type { Caller, GrantView } from './gateway.ts';
import { requireProject } from './governance.ts';
import { requirePersonCaller } from './identify.ts';
import { openOwn } from './own-statement.ts';
import type { ProjectCredentialRow, SignedStatement } from './ports.ts';
import { appendEntry, composeEntry } from './record.ts';

/** A year is the longest that a project credential lives. */
const MAX_SECONDS = 366 * 86_400;
const MAX_NAME_CHARACTERS = 256;

export async function grantCredential(
  deps: GatewayDeps,
  caller: Caller,
  signed: SignedStatement,
): Promise<void> {
  await deps.store.transact(async (tx) => {
    const own = await openOwn(deps, tx, caller, signed, 'grant', grant);
    const { personId, governance, opened } = own;
    const { predicate } = opened;
    const now = deps.clock.now();
    requireProject(governance.policy, predicate.project);
    if (predicate.name === '' || predicate.name.length > MAX_NAME_CHARACTERS) {
      throw new CountersignError(
        'malformed-document',
        `expected a name of 1 to ${MAX_NAME_CHARACTERS} characters, found ${predicate.name.length}`,
      );
    }
    const seconds = (Date.parse(predicate.expiresAt) - Date.parse(now)) / 1000;
    if (seconds <= 0 || seconds > MAX_SECONDS) {
      throw new CountersignError(
        'malformed-document',
        `expected a project credential to end within 366 days, found ${predicate.expiresAt}`,
      );
    }
    if ((await tx.projectCredential(predicate.credential)) !== undefined) {
      throw new CountersignError('state-conflict', 'this credential exists already');
    }
    const ledgerIndex = await appendEntry(
      tx,
      deps.crypto,
      composeEntry(now, {
        kind: 'credential-granted',
        release: null,
        ids: { person: personId, project: predicate.project },
        digests: { statement: opened.digest },
      }),
    );
    await tx.putStatement({
      digest: opened.digest,
      release: null,
      purpose: 'grant',
      person: personId,
      manifest: null,
      statement: signed,
      recordedAt: now,
      ledgerIndex,
    });
    await tx.putProjectCredential({
      hash: predicate.credential,
      name: predicate.name,
      project: predicate.project,
      creator: personId,
      grant: opened.digest,
      expiresAt: predicate.expiresAt,
      revokedAt: null,
    });
  });
}

/** The project's credentials, oldest first; empty where there are none. */
export async function listGrants(
  deps: GatewayDeps,
  caller: Caller,
  project: string,
): Promise<readonly GrantView[]> {
  requirePersonCaller(caller);
  const rows = await deps.store.read((tx) => tx.projectCredentials(project));
  return rows.map(viewOf);
}

/**
 * Any person may do this, since a leaked credential must not wait for whoever made it. A name may
 * stand for several credentials: all of them end. Revoking again changes and records nothing.
 */
export async function revokeGrant(
  deps: GatewayDeps,
  caller: Caller,
  project: string,
  name: string,
): Promise<readonly GrantView[]> {
  const personId = requirePersonCaller(caller);
  return deps.store.transact(async (tx) => {
    const now = deps.clock.now();
    const rows = (await tx.projectCredentials(project)).filter((one) => one.name === name);
    if (rows.length === 0) {
      throw new CountersignError('not-found', `project ${project} has no credential ${name}`, {
        hint: `countersign credential list --project ${project} shows them`,
      });
    }
    for (const row of rows) {
      if (row.revokedAt !== null) continue;
      await tx.revokeProjectCredential(row.hash, now);
      await appendEntry(
        tx,
        deps.crypto,
        composeEntry(now, {
          kind: 'credential-revoked',
          release: null,
          ids: { person: personId, project },
          digests: { statement: row.grant },
        }),
      );
    }
    return rows.map((row) => viewOf({ ...row, revokedAt: row.revokedAt ?? now }));
  });
}

function viewOf({ name, creator, expiresAt, revokedAt }: ProjectCredentialRow): GrantView {
  return { name, creator, expiresAt, revokedAt };
}
