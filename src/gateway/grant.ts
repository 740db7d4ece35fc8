/** grant: a person makes a credential for CI, signs for it, and is requester of what it opens. */
import { CountersignError } from '../core/errors.ts';
import { grant } from '../core/manifest.ts';
import { openStatement, requireInstance, requirePerson } from '../evidence/signed-statement.ts';
import type { GatewayDeps } from './deps.ts';
import { requireFresh } from './freshness.ts';
import type { Caller } from './gateway.ts';
import { readGovernance, requireProject } from './governance.ts';
import { requirePersonCaller } from './identify.ts';
import type { SignedStatement } from './ports.ts';
import { appendEntry, composeEntry } from './record.ts';

/** A year is the longest that a project credential lives. */
const MAX_SECONDS = 366 * 86_400;

export async function grantCredential(
  deps: GatewayDeps,
  caller: Caller,
  signed: SignedStatement,
): Promise<void> {
  const personId = requirePersonCaller(caller);
  await deps.store.transact(async (tx) => {
    const governance = await readGovernance(tx);
    const opened = await openStatement(deps.crypto, signed, 'grant', grant, governance.roster);
    requireInstance(opened, governance.genesisDigest);
    const { predicate } = opened;
    const now = deps.clock.now();
    requireFresh(now, predicate.issuedAt);
    if (requirePerson(opened, 'a grant').id !== personId || predicate.person !== personId) {
      throw new CountersignError('signature-invalid', 'the grant is signed by another person');
    }
    requireProject(governance.policy, predicate.project);
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

export async function listGrants(deps: GatewayDeps, caller: Caller, project: string) {
  requirePersonCaller(caller);
  const rows = await deps.store.read((tx) => tx.projectCredentials(project));
  return rows.map(({ name, creator, expiresAt, revokedAt }) => ({
    name,
    creator,
    expiresAt,
    revokedAt,
  }));
}
