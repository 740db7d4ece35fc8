/**
 * deposit: a registry credential on its way to the vault. It was sealed to the publisher's key in
 * the terminal, so nothing here can read it; the publisher takes it in, or says why not.
 */
import { CountersignError } from '../core/errors.ts';
import { deposit } from '../core/manifest.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { encodeUtf8 } from '../formats/text.ts';
import type { GatewayDeps } from './deps.ts';
import type { Caller } from './gateway.ts';
import { requirePersonCaller } from './identify.ts';
import { openOwn } from './own-statement.ts';
import type { SignedStatement, VaultRow } from './ports.ts';
import { appendEntry, composeEntry, enqueue } from './record.ts';

const MAX_SEALED_LENGTH = 65_536;

export async function depositCredential(
  deps: GatewayDeps,
  caller: Caller,
  signed: SignedStatement,
  sealed: string,
): Promise<{ readonly version: number }> {
  if (sealed.length > MAX_SEALED_LENGTH) {
    throw new CountersignError(
      'limit-exceeded',
      `expected at most ${MAX_SEALED_LENGTH} characters of sealed secret`,
    );
  }
  const digest = await sha256Hex(deps.crypto, encodeUtf8(sealed));
  return deps.store.transact(async (tx) => {
    const own = await openOwn(deps, tx, caller, signed, 'deposit', deposit);
    const { personId, governance, opened } = own;
    const { predicate } = opened;
    const now = deps.clock.now();
    if (predicate.sealed !== digest) {
      throw new CountersignError(
        'signature-invalid',
        'the signed deposit names other sealed bytes',
      );
    }
    const upstream = governance.policy.upstreams[predicate.upstream];
    if (upstream === undefined || upstream.credential !== predicate.name) {
      throw new CountersignError(
        'not-found',
        `the signed rules have no upstream ${predicate.upstream} that uses credential ${predicate.name}`,
        { hint: 'the credential names of upstreams stand in countersign.yaml' },
      );
    }
    const earlier = (await tx.vault()).filter((one) => one.name === predicate.name);
    const version = Math.max(0, ...earlier.map((one) => one.version)) + 1;
    const ledgerIndex = await appendEntry(
      tx,
      deps.crypto,
      composeEntry(now, {
        kind: 'credential-deposited',
        release: null,
        ids: {
          person: personId,
          name: predicate.name,
          upstream: predicate.upstream,
          version: `${version}`,
        },
        digests: { statement: opened.digest },
      }),
    );
    await tx.putStatement({
      digest: opened.digest,
      release: null,
      purpose: 'deposit',
      person: personId,
      manifest: null,
      statement: signed,
      recordedAt: now,
      ledgerIndex,
    });
    await tx.putVault({
      name: predicate.name,
      version,
      deposit: sealed,
      envelope: null,
      upstream: predicate.upstream,
      origin: new URL(upstream.url).origin,
      statement: opened.digest,
      createdAt: now,
      expiresAt: predicate.expiresAt,
      disabledAt: null,
      note: null,
    });
    await enqueue(tx, deps, {
      kind: 'take-deposit',
      release: null,
      payload: { name: predicate.name, version },
      key: `take-deposit:${predicate.name}:${version}`,
    });
    return { version };
  });
}

export async function listVault(deps: GatewayDeps, caller: Caller) {
  requirePersonCaller(caller);
  const rows = await deps.store.read((tx) => tx.vault());
  return rows.map((one) => ({
    name: one.name,
    version: one.version,
    upstream: one.upstream,
    origin: one.origin,
    state: stateOf(one, deps.clock.now()),
    createdAt: one.createdAt,
    expiresAt: one.expiresAt,
    note: one.note,
  }));
}

function stateOf(row: VaultRow, now: string): string {
  if (row.disabledAt !== null) return 'disabled';
  if (row.envelope === null) return row.note === null ? 'waiting for the publisher' : 'refused';
  return row.expiresAt !== null && row.expiresAt <= now ? 'expired' : 'ready';
}
