/** One gate with many small npm packages, so that each scenario has a name and a tag of its own. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { expect } from 'vitest';
import { isCountersignError } from '../src/core/errors.ts';
import type { ReleaseId } from '../src/core/names.ts';
import type { ReleaseView } from '../src/gateway/gateway.ts';
import { nodeCrypto } from '../src/host/node-crypto.ts';
import { auditLog } from '../src/tlog/audit.ts';
import { parseVerifierKey } from '../src/tlog/note-key.ts';
import type { GateOptions } from './founding.ts';
import {
  approve,
  type Gate,
  type OpenOptions,
  openRelease,
  person,
  startGate,
  until,
  upload,
} from './gate-fixture.ts';
import { startVerdaccio, type Verdaccio } from './servers/verdaccio.ts';

/** Packages of the project: `@aitbc/p0` to `@aitbc/p39`. */
export const PACKAGES = Array.from({ length: 40 }, (_, index) => ({
  name: `@aitbc/p${index}`,
  ecosystem: 'npm',
}));

export interface Yard {
  readonly npm: Verdaccio;
  readonly npmToken: string;
  /** The folder that Verdaccio writes into. */
  readonly storage: string;
  readonly gate: Gate;
  stop(): Promise<void>;
}

/** Starts Verdaccio and a gate that publishes to it. */
export async function startYard(options: Partial<GateOptions> = {}): Promise<Yard> {
  const storage = mkdtempSync(join(tmpdir(), 'countersign-verdaccio-'));
  const npm = await startVerdaccio({ storage });
  const npmToken = await npm.token('publisher');
  const gate = await startGate({
    npmUrl: npm.url,
    npmToken,
    pypiUrl: null,
    packages: PACKAGES,
    ...options,
  });
  return {
    npm,
    npmToken,
    storage,
    gate,
    stop: async () => {
      await gate.stop();
      await npm.stop();
      rmSync(storage, { recursive: true, force: true });
    },
  };
}

export interface Tarball {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** A packed npm package; `fields` go into its package.json, `files` beside it. */
export async function tarballOf(
  name: string,
  version: string,
  parts: {
    readonly fields?: Readonly<Record<string, unknown>>;
    readonly files?: Readonly<Record<string, string | Buffer>>;
  } = {},
): Promise<Tarball> {
  const archive = pack();
  const about = { name, version, license: 'Apache-2.0', ...parts.fields };
  const files = {
    'package/package.json': JSON.stringify(about),
    'package/index.js': 'export const one = 1;\n',
    ...parts.files,
  };
  for (const [path, content] of Object.entries(files)) {
    archive.entry({ name: path, mtime: new Date(0) }, content);
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
  return { file, bytes: gzipSync(Buffer.concat(chunks)) };
}

/** Opens a release of one package and uploads its tarball; returns the id. */
export async function submit(
  gate: Gate,
  name: string,
  tag: string,
  options: OpenOptions & { readonly tarball?: Tarball } = {},
): Promise<ReleaseId> {
  const { tarball, ...open } = options;
  const { release } = await openRelease(gate, { tag, packages: [name], ...open });
  await upload(gate, release.id, tarball ?? (await tarballOf(name, tag.replace(/^v/, ''))));
  return release.id;
}

/** The same, up to the point where people sign. */
export async function submitForApproval(...parts: Parameters<typeof submit>): Promise<ReleaseId> {
  const id = await submit(...parts);
  const { state, reason } = await until(parts[0], id, 'awaiting-approval', 'rejected');
  expect({ state, reason }).toEqual({ state: 'awaiting-approval', reason: null });
  return id;
}

/** The same, with the signatures of bob and carol. */
export async function submitApproved(...parts: Parameters<typeof submit>): Promise<ReleaseId> {
  const id = await submitForApproval(...parts);
  await approve(parts[0], id, 'bob');
  await approve(parts[0], id, 'carol');
  return id;
}

/** `code: message`, with ` (hint)` where there is one; fails where nothing is thrown. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    return `${error.code}: ${error.message}${error.hint === undefined ? '' : ` (${error.hint})`}`;
  }
  throw new Error('nothing was refused');
}

/** Asks to publish and waits for what the publisher says against it. */
export async function publishRefused(gate: Gate, id: ReleaseId): Promise<string> {
  await gate.gateway.publish(person('bob'), id);
  return whyWaiting(gate, id);
}

/** Waits for a reason in the release's row; works where the view cannot be composed any more. */
export async function whyWaiting(gate: Gate, id: ReleaseId, pattern = /./): Promise<string> {
  for (let tries = 0; tries < 4000; tries += 1) {
    const row = await gate.store.read((tx) => tx.release(id));
    if (row?.state === 'published') throw new Error('the release was published');
    if (row?.reason != null && pattern.test(row.reason)) return row.reason;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('no reason came');
}

/** Reasons of one kind of event, oldest first. */
export function reasonsOf(view: ReleaseView, event: string): readonly (string | null)[] {
  return view.events.filter((one) => one.event === event).map((one) => one.reason);
}

/** A versions map of what Verdaccio serves: version to SHA-1; empty where it serves nothing. */
export async function servedVersions(
  npm: Verdaccio,
  name: string,
): Promise<Readonly<Record<string, string>>> {
  return (await packument(npm, name)).versions;
}

export async function packument(npm: Verdaccio, name: string) {
  const answer = await fetch(new URL(name.replace('/', '%2f'), npm.url));
  if (!answer.ok) return { versions: {}, tags: {} };
  const found = (await answer.json()) as {
    versions: Record<string, { dist: { shasum: string } }>;
    'dist-tags': Record<string, string>;
  };
  return {
    versions: Object.fromEntries(
      Object.entries(found.versions).map(([version, { dist }]) => [version, dist.shasum]),
    ),
    tags: found['dist-tags'],
  };
}

/** Publishes around the gateway, as an attacker with a stolen token does. */
export async function publishAround(
  yard: Pick<Yard, 'npm' | 'npmToken'>,
  name: string,
  version: string,
  tag = 'latest',
  tarball?: Tarball,
): Promise<void> {
  const { file, bytes } =
    tarball ??
    (await tarballOf(name, version, { files: { 'package/evil.js': 'export const two = 2;\n' } }));
  const answer = await fetch(new URL(name.replace('/', '%2f'), yard.npm.url), {
    method: 'PUT',
    headers: { authorization: `Bearer ${yard.npmToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      _id: name,
      name,
      'dist-tags': { [tag]: version },
      versions: {
        [version]: { name, version, dist: { tarball: new URL(`${name}/-/${file}`, yard.npm.url) } },
      },
      _attachments: {
        [file]: {
          content_type: 'application/octet-stream',
          data: Buffer.from(bytes).toString('base64'),
          length: bytes.length,
        },
      },
    }),
  });
  if (!answer.ok) throw new Error(`verdaccio said ${answer.status}: ${await answer.text()}`);
}

/** Has Verdaccio serve `bytes` as this version's tarball, and state their digests; it takes no upload
 * that it cannot unpack itself. */
export function serveInstead(
  { storage }: Pick<Yard, 'storage'>,
  name: string,
  version: string,
  bytes: Uint8Array,
): void {
  const folder = join(storage, 'packages', name);
  const path = join(folder, 'package.json');
  const document = JSON.parse(readFileSync(path, 'utf8'));
  const { dist } = document.versions[version];
  const digest = (algorithm: string) => createHash(algorithm).update(bytes);
  dist.shasum = digest('sha1').digest('hex');
  dist.integrity = `sha512-${digest('sha512').digest('base64')}`;
  writeFileSync(join(folder, basename(new URL(dist.tarball).pathname)), bytes);
  writeFileSync(path, JSON.stringify(document));
}

/** Writes to the database as whoever holds it could, past every use case. */
export function tamper(gate: Gate, work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(join(gate.folder, 'countersign.db'), { timeout: 5000 });
  try {
    work(database);
  } finally {
    database.close();
  }
}

/** The shipped checker over the whole ledger, with the publisher's public key. */
export async function expectSoundLedger(gate: Gate): Promise<void> {
  const { entries, checkpoints } = await gate.store.read(async (tx) => ({
    entries: await tx.ledgerEntries(0, 100_000),
    checkpoints: await tx.checkpoints(0, 100_000),
  }));
  const report = await auditLog(nodeCrypto, {
    logKey: await parseVerifierKey(nodeCrypto, gate.genesis.keys.ledger),
    entries: (async function* () {
      for (const row of entries) yield row.bytes;
    })(),
    checkpoints: checkpoints.map((one) => one.note),
    readNode: (level, index) => gate.store.read((tx) => tx.ledgerNode(level, index)),
  });
  expect(report.problems).toEqual([]);
  expect(report.provenSize).toBeGreaterThan(0);
}
