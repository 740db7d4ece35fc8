import { createHash, randomBytes } from 'node:crypto';
import {
  isReleaseId,
  isSha256,
  isSha512,
  type ReleaseId,
  type Sha256,
} from '../../src/core/names.ts';
import { STATEMENT_PAYLOAD_TYPE } from '../../src/formats/dsse.ts';
import { encodeUtf8 } from '../../src/formats/text.ts';
import type {
  ArtifactRow,
  LedgerRow,
  ReleaseRow,
  StatementRow,
  Store,
  StoreTransaction,
} from '../../src/gateway/ports.ts';

/** A time on one day, `seconds` after noon. */
export function at(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1, 12) + seconds * 1000).toISOString();
}

export function sha256Of(text: string | Uint8Array): Sha256 {
  const digest = createHash('sha256').update(text).digest('hex');
  if (!isSha256(digest)) throw new Error('no digest');
  return digest;
}

export function releaseId(number: number): ReleaseId {
  const id = `01980000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
  if (!isReleaseId(id)) throw new Error('no release id');
  return id;
}

/** Release number `number`, of its own tag, under way. */
export function releaseRow(number: number, change: Partial<ReleaseRow> = {}): ReleaseRow {
  return {
    id: releaseId(number),
    shortId: `short-${String(number).padStart(6, '0')}`,
    project: 'aitbc',
    tag: `v1.0.${number}`,
    version: `1.0.${number}`,
    attempt: 1,
    state: 'receiving',
    revision: 1,
    policyName: 'strict',
    policyDigest: sha256Of('policy'),
    rosterDigest: sha256Of('roster'),
    opened: 'by-tag',
    openedAt: at(number),
    commit: null,
    distTag: 'latest',
    declared: [{ ecosystem: 'npm', package: '@aitbc/explorer-web', kind: 'tarball', count: 1 }],
    reopens: null,
    sealedAt: null,
    manifest: null,
    report: null,
    reason: null,
    ...change,
  };
}

export function artifactRow(
  release: ReleaseId,
  file: string,
  change: Partial<ArtifactRow> = {},
): ArtifactRow {
  const sha512 = createHash('sha512').update(file).digest('hex');
  if (!isSha512(sha512)) throw new Error('no digest');
  return {
    release,
    file,
    ecosystem: 'npm',
    package: '@aitbc/explorer-web',
    version: '1.0.1',
    kind: 'tarball',
    sizeBytes: 104_857_600,
    sha256: sha256Of(file),
    sha512,
    sha1: createHash('sha1').update(file).digest('hex'),
    receivedAt: at(1),
    description: '{}',
    requestDifferences: '[]',
    requestedTag: null,
    attestations: '[]',
    ...change,
  };
}

export function statementRow(
  text: string,
  release: ReleaseId | null,
  change: Partial<StatementRow> = {},
): StatementRow {
  const payload = encodeUtf8(text);
  return {
    digest: sha256Of(payload),
    release,
    purpose: 'approval',
    person: null,
    manifest: null,
    statement: {
      signature: 'sshsig',
      envelope: {
        payloadType: STATEMENT_PAYLOAD_TYPE,
        payload,
        signature: { keyid: 'SHA256:key', sig: new Uint8Array(randomBytes(64)) },
      },
    },
    recordedAt: at(1),
    ledgerIndex: 0,
    ...change,
  };
}

/** An entry whose bytes say where it stands and who wrote it. */
export function ledgerRow(index: number, writer = 'alice'): LedgerRow {
  const bytes = encodeUtf8(`{"index":${index},"writer":"${writer}"}`);
  const leafHash = new Uint8Array(createHash('sha256').update(bytes).digest());
  return { index, kind: 'genesis', release: null, bytes, leafHash };
}

/** Appends one entry with its leaf; gives its index. */
export async function append(tx: StoreTransaction, writer = 'alice'): Promise<number> {
  const row = ledgerRow(await tx.ledgerSize(), writer);
  await tx.putLedgerEntry(row, [{ level: 0, index: row.index, hash: row.leafHash }]);
  return row.index;
}

export async function insertReleases(store: Store, ...rows: readonly ReleaseRow[]): Promise<void> {
  await store.transact(async (tx) => {
    for (const row of rows) await tx.insertRelease(row);
  });
}
