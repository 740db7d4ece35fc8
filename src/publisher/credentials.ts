/** Credentials: taking deposits into the vault, and opening one when everything else holds. */
import { CountersignError } from '../core/errors.ts';
import { whySilent } from '../core/governance-state.ts';
import { deposit as depositReader } from '../core/manifest.ts';
import type { PolicyDocument, Upstream } from '../core/policy.ts';
import { integer, object, text } from '../core/shape.ts';
import {
  openStatement,
  requireInstance,
  requirePerson,
  sha256Hex,
} from '../evidence/signed-statement.ts';
import { encodeUtf8 } from '../formats/text.ts';
import type { JobRow, VaultRow } from '../gateway/ports.ts';
import type { Secret } from '../host/secret.ts';
import { formatStoredSecret, originOf, parseStoredSecret } from '../vault/credential.ts';
import { openDeposit } from '../vault/deposit.ts';
import type { PublisherDeps } from './deps.ts';

const payload = object({ name: text, version: integer(1) });

/** The purpose that publishing credentials are sealed for. */
const PUBLISH_PURPOSE = 'publish';

/** The job: a deposit that does not hold is kept with the reason, and never opens anything. */
export async function takeDeposit(deps: PublisherDeps, job: JobRow): Promise<void> {
  const wanted = payload(JSON.parse(job.payload), 'job');
  const row = await deps.store.read(async (tx) =>
    (await tx.vault()).find((one) => one.name === wanted.name && one.version === wanted.version),
  );
  if (row === undefined || row.deposit === null || row.envelope !== null) return;
  try {
    const envelope = await reseal(deps, row);
    await deps.store.transact((tx) => tx.putVault({ ...row, deposit: null, envelope, note: null }));
    deps.log.info('credential-taken', { name: row.name, version: row.version });
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    await deps.store.transact((tx) =>
      tx.putVault({ ...row, deposit: null, note: note.slice(0, 400) }),
    );
    deps.log.error('credential-refused', { name: row.name, version: row.version, error: note });
  }
}

async function reseal(deps: PublisherDeps, row: VaultRow): Promise<string> {
  const { founded, state } = await deps.governance.current();
  const genesis = founded.digest;
  const statement = await deps.store.read((tx) => tx.statement(row.statement));
  if (statement === undefined)
    throw new CountersignError('ledger-corrupt', 'the deposit has no statement');
  const opened = await openStatement(
    deps.crypto,
    statement.statement,
    'deposit',
    depositReader,
    state.roster,
  );
  requireInstance(opened, genesis);
  const { id: person } = requirePerson(opened, 'a deposit');
  const { publicKey, keyFingerprint: fingerprint } = opened;
  const silent = whySilent(state, { person, publicKey, fingerprint }, row.createdAt);
  if (silent !== null) throw new CountersignError('forbidden', `${person} ${silent}`);
  const { predicate } = opened;
  const upstream = requireUpstream(state.policy, predicate.upstream);
  const sealed = row.deposit ?? '';
  if (
    predicate.name !== row.name ||
    predicate.upstream !== row.upstream ||
    upstream.credential !== row.name ||
    predicate.expiresAt !== row.expiresAt ||
    predicate.sealed !== (await sha256Hex(deps.crypto, encodeUtf8(sealed)))
  ) {
    throw new CountersignError(
      'signature-invalid',
      'the signed deposit is not the one in the store',
    );
  }
  const identity = {
    name: row.name,
    origin: originOf(upstream.url),
    kind: upstream.ecosystem,
    purpose: PUBLISH_PURPOSE,
  };
  const secret = openDeposit(deps.depositKey, JSON.parse(sealed), {
    genesis,
    ...identity,
  });
  const stored = await deps.vault.seal(
    { ...identity, version: row.version, createdAt: row.createdAt, expiresAt: row.expiresAt },
    secret,
  );
  return formatStoredSecret(stored);
}

function requireUpstream(policy: PolicyDocument, name: string): Upstream {
  const found = policy.upstreams[name];
  if (found !== undefined) return found;
  throw new CountersignError('not-found', `the signed rules have no upstream ${name}`);
}

/**
 * The newest version in date that an upstream's credential has. Throws `credential-missing` saying
 * what to put into the vault. Opens nothing.
 */
export async function findCredential(
  deps: PublisherDeps,
  name: string,
  upstream: Upstream,
): Promise<VaultRow> {
  const wanted = upstream.credential;
  if (wanted === null) {
    throw new CountersignError('credential-missing', `upstream ${name} names no credential`);
  }
  const rows = (await deps.store.read((tx) => tx.vault())).filter((one) => one.name === wanted);
  const now = deps.clock.now();
  const usable = rows.findLast(
    (one) =>
      one.envelope !== null &&
      one.disabledAt === null &&
      (one.expiresAt === null || one.expiresAt > now),
  );
  if (usable !== undefined) return usable;
  throw new CountersignError(
    'credential-missing',
    `credential ${wanted} for upstream ${name}: expected one in date, found ${rows.length === 0 ? 'none' : `${rows.length} expired, disabled or refused`}`,
    { hint: `countersign vault put ${wanted} --upstream ${name}` },
  );
}

/** Opens it, for its upstream's origin only. Called after the use is in the ledger, never before. */
export function openCredential(
  deps: PublisherDeps,
  row: VaultRow,
  upstream: Upstream,
): Promise<Secret> {
  const stored = parseStoredSecret(row.envelope ?? '');
  return deps.vault.open(stored, { name: row.name, origin: originOf(upstream.url) });
}
