/**
 * A whole gate in one process: real store, blobs, inspection threads, publisher and registries on
 * loopback. Only the HTTP surface and process borders are left out; test/clients has those.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileBlobs } from '../src/blobs/file-blobs.ts';
import { createEcosystems } from '../src/compose.ts';
import { type Approval, manifest as manifestReader, type Opening } from '../src/core/manifest.ts';
import { isReleaseId, type PersonId, type ReleaseId, type Sha256 } from '../src/core/names.ts';
import type { PolicyDocument } from '../src/core/policy.ts';
import { compilePolicyDocument } from '../src/core/policy-compile.ts';
import { encodeApproval } from '../src/evidence/approval-statement.ts';
import { encodeInstanceStatement, sha256Hex } from '../src/evidence/signed-statement.ts';
import { encodeHex } from '../src/formats/base64.ts';
import { decodeCanonical, type JsonValue } from '../src/formats/canonical.ts';
import { encodeUtf8 } from '../src/formats/text.ts';
import { createUuidV7 } from '../src/formats/uuid.ts';
import { createGateway } from '../src/gateway/create-gateway.ts';
import { type GatewayDeps, requireEcosystem } from '../src/gateway/deps.ts';
import type {
  Caller,
  Gateway,
  OpenAnswer,
  ReleaseView,
  UploadClaim,
} from '../src/gateway/gateway.ts';
import type { Notice, Store } from '../src/gateway/ports.ts';
import { webJobs } from '../src/gateway/web-jobs.ts';
import { runWorker } from '../src/gateway/worker.ts';
import { systemClock, systemRandomness } from '../src/host/clock.ts';
import { createThreadInspector } from '../src/host/inspector.ts';
import { createLog } from '../src/host/logging.ts';
import { nodeCrypto } from '../src/host/node-crypto.ts';
import { Secret } from '../src/host/secret.ts';
import { createCiTokens } from '../src/identity/ci-token.ts';
import type { PublisherDeps } from '../src/publisher/deps.ts';
import { openPublisherFolder } from '../src/publisher/folder.ts';
import { createPublisherGovernance } from '../src/publisher/governance.ts';
import { createLedgerSigner } from '../src/publisher/ledger-signer.ts';
import { runPublisher } from '../src/publisher/run.ts';
import { createSources } from '../src/source/sources.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';
import { openCheckpoint } from '../src/tlog/checkpoint.ts';
import { parseVerifierKey } from '../src/tlog/note-key.ts';
import { sealDeposit } from '../src/vault/deposit.ts';
import { type Founding, found, type GateOptions, type Name, rulesOf } from './founding.ts';
import type { TestKey } from './ssh-fixture.ts';

export type Gate = Awaited<ReturnType<typeof startGate>>;

/** Founds an instance of alice, bob, carol and a bot, and starts its workers. */
export async function startGate(options: GateOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-gate-'));
  const clock = { now: options.clock ?? (() => systemClock.now()) };
  const log = createLog({
    process: 'test',
    level: (process.env['TEST_LOG'] as 'info' | undefined) ?? 'silent',
  });
  const publisherFolder = join(folder, 'publisher');
  const policy = compilePolicyDocument(rulesOf(options), { version: 1, previous: null });
  const store = await openSqliteStore({ file: join(folder, 'countersign.db') });
  const deps = await composeDeps(folder, store, clock, log, options.origin);
  const founded = await found({ ...options, store, clock, publisherFolder, policy });

  const notices: Notice[] = [];
  let proposal: PolicyDocument = policy;
  const publisher = await composePublisher(deps, publisherFolder, () => proposal);
  const ended = new AbortController();
  const worker = (owner: string) => ({
    store,
    clock,
    log,
    owner,
    isGone: async () => false,
    sleep: async (ms: number, signal: AbortSignal) => {
      await systemClock.sleep(Math.min(ms, 20), signal).catch(() => undefined);
    },
  });
  let running: Promise<unknown> = Promise.resolve();
  const gate = {
    folder,
    ...founded,
    store,
    deps,
    publisher,
    notices,
    gateway: createGateway(deps) as Gateway,
    setProposal: (next: PolicyDocument) => {
      proposal = next;
    },
    start() {
      running = Promise.all([
        runWorker(
          worker('web'),
          webJobs(deps, { send: async (notice) => void notices.push(notice) }),
          ended.signal,
        ),
        runPublisher(publisher, worker('publisher'), ended.signal),
      ]);
    },
    async stop() {
      ended.abort();
      await running;
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  gate.start();
  await putCredentials(gate, options);
  return gate;
}

async function composeDeps(
  folder: string,
  store: Store,
  clock: GatewayDeps['clock'],
  log: GatewayDeps['log'],
  origin = 'http://127.0.0.1:1',
): Promise<GatewayDeps> {
  const ecosystems = createEcosystems();
  return {
    ...{ store, clock, log, ecosystems },
    blobs: await createFileBlobs({ folder: join(folder, 'blobs') }),
    inspector: createThreadInspector({ withinMs: 30_000, heapMegabytes: 256 }),
    sources: createSources({ folder, path: process.env['PATH'] ?? '' }),
    crypto: nodeCrypto,
    random: systemRandomness,
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    registry: ({ ecosystem, url, readUrl }) =>
      requireEcosystem({ ecosystems }, ecosystem).connect(url, readUrl),
    ciTokens: createCiTokens(),
    challengeKey: systemRandomness.bytes(32),
    settings: {
      ...{ origin, uploadMaxBytes: 64 << 20, releaseMaxBytes: 128 << 20 },
      uploadCredentialSeconds: 600,
      sessionSeconds: 600,
    },
  };
}

/** Opens the publisher over this gate's folders; tests call it again to restart the process. */
export async function composePublisher(
  deps: GatewayDeps,
  publisherFolder: string,
  proposal: () => PolicyDocument,
): Promise<PublisherDeps> {
  const opened = await openPublisherFolder(
    nodeCrypto,
    publisherFolder,
    async () => new Secret('unused'),
  );
  const signer = await createLedgerSigner({
    ...deps,
    journal: opened.journal,
    signer: opened.signer,
  });
  return {
    ...deps,
    trust: opened.trust,
    proposal: async () => proposal(),
    vault: opened.vault,
    depositKey: opened.depositKey,
    signer,
    governance: createPublisherGovernance({ ...deps, trust: opened.trust }),
    journal: opened.journal,
    visibleWithinMs: 5000,
  };
}

/** A gate as people see it: in this process, or behind HTTP in others. */
type Used = 'open' | 'release' | 'review' | 'approve' | 'evidence' | 'deposit' | 'vault';
export interface Core extends Pick<Founding, 'keys' | 'digest' | 'genesis'> {
  readonly gateway: Pick<Gateway, Used>;
}

export function person(name: Name): Caller {
  return name === 'robot'
    ? { kind: 'bot', personId: name as PersonId }
    : { kind: 'person', personId: name as PersonId };
}

/** Fills the vault; resolves when the publisher has taken everything in. */
export async function putCredentials(gate: Core, options: GateOptions): Promise<void> {
  const { npmUrl, npmToken, pypiUrl, pypiPassword = '' } = options;
  await putCredential(gate, 'npm-token', 'npm', 'npm', npmUrl, npmToken);
  if (pypiUrl !== null) {
    await putCredential(gate, 'pypi-token', 'python', 'pypi', pypiUrl, pypiPassword);
  }
}

async function putCredential(
  gate: Core,
  name: string,
  upstream: string,
  kind: string,
  url: string,
  secret: string,
): Promise<void> {
  const { origin } = new URL(url);
  const sealed = JSON.stringify(
    sealDeposit(
      gate.genesis.keys.publisher,
      { genesis: gate.digest, name, origin, kind, purpose: 'publish' },
      new Secret(secret),
    ),
  );
  const statement = gate.keys.bob.sign(
    'deposit',
    encodeInstanceStatement('deposit', gate.digest, {
      schema: 'countersign/deposit/v1',
      genesis: gate.digest,
      name,
      upstream,
      sealed: await sha256Hex(nodeCrypto, encodeUtf8(sealed)),
      expiresAt: null,
      person: 'bob',
      issuedAt: systemClock.now(),
    }),
  );
  await gate.gateway.deposit(person('bob'), statement, sealed);
  for (;;) {
    const row = (await gate.gateway.vault(person('bob'))).findLast((one) => one.name === name);
    if (row?.state === 'ready') return;
    if (row?.note != null) throw new Error(row.note);
    await systemClock.sleep(20);
  }
}

export interface OpenOptions {
  readonly commit?: string | null;
  readonly by?: Name;
  readonly tag?: string;
  readonly version?: string;
  readonly policy?: string;
  readonly distTag?: string | null;
  readonly reopens?: ReleaseId | null;
  readonly opened?: Opening['opened'];
  readonly confirmation?: string | null;
  readonly packages?: readonly string[];
  readonly release?: ReleaseId;
  readonly breakGlass?: string;
  /** Now when left out. */
  readonly issuedAt?: string;
}

export async function openRelease(gate: Core, options: OpenOptions = {}): Promise<OpenAnswer> {
  const { by = 'alice', tag = 'v1.2.3', opened = 'by-tag' } = options;
  const id = options.release ?? createUuidV7(Date.now(), randomBytes(10));
  if (!isReleaseId(id)) throw new Error('not an id');
  const predicate: Opening = {
    schema: 'countersign/open/v1',
    genesis: gate.digest,
    release: id,
    project: 'aitbc',
    tag,
    version: options.version ?? tag.replace(/^v/, ''),
    commit: options.commit ?? null,
    opened,
    policy: options.policy ?? 'strict',
    packages: options.packages ?? [],
    distTag: options.distTag ?? null,
    reopens: options.reopens ?? null,
    issuedAt: options.issuedAt ?? systemClock.now(),
    ...(options.breakGlass === undefined ? {} : { breakGlass: options.breakGlass }),
  };
  return gate.gateway.open(
    { kind: 'anonymous' },
    {
      statement: gate.keys[by].sign(
        'open',
        encodeInstanceStatement('open', gate.digest, predicate),
      ),
      project: predicate.project,
      tag,
      commit: predicate.commit,
      opened,
      confirmation: options.confirmation ?? null,
      policy: predicate.policy,
      packages: predicate.packages,
      distTag: predicate.distTag,
      reopens: predicate.reopens,
    },
  );
}

export async function upload(
  gate: { readonly gateway: Pick<Gateway, 'beginUpload'> },
  release: ReleaseId,
  file: { readonly file: string; readonly bytes: Uint8Array },
  claim: Partial<UploadClaim> = {},
) {
  const session = await gate.gateway.beginUpload({ kind: 'upload', release });
  try {
    for (let at = 0; at < file.bytes.length; at += 1000)
      await session.write(file.bytes.subarray(at, at + 1000));
    const ecosystem = claim.ecosystem ?? (file.file.endsWith('.tgz') ? 'npm' : 'pypi');
    return await session.accept({
      ecosystem,
      file: file.file,
      request: claim.request ?? (await honestRequest(ecosystem, file)),
      distTag: null,
      sha256: null,
      sha512: null,
      sha1: null,
      md5: null,
      ...claim,
    });
  } catch (error) {
    await session.refuse(file.file, error);
    throw error;
  }
}

/** What an honest client says of these bytes: what they say themselves. */
async function honestRequest(
  ecosystem: string,
  file: { readonly file: string; readonly bytes: Uint8Array },
): Promise<JsonValue> {
  const described = await createEcosystems()
    .get(ecosystem)
    ?.describe(file.file, async function* () {
      yield file.bytes;
    })
    .catch(() => null);
  return described?.metadata ?? (ecosystem === 'npm' ? {} : []);
}

/** Waits until the release is in one of these states; fails after two minutes with what it is. */
export async function until(
  gate: Core,
  release: ReleaseId,
  ...states: string[]
): Promise<ReleaseView> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const view = await gate.gateway.release(person('carol'), release);
    if (states.includes(view.state)) return view;
    const found = `the release is ${view.state} (${view.reason})`;
    if (Date.now() > deadline) throw new Error(`${found}, expected ${states.join(' or ')}`);
    await systemClock.sleep(25);
  }
}

/** Signs the present manifest as this person would in a terminal. */
export async function approvalOf(
  gate: Core,
  release: ReleaseId,
  by: Name,
  changes: Partial<Approval> = {},
  signer: TestKey = gate.keys[by],
) {
  const review = await gate.gateway.review(person('carol'), release);
  const manifest = manifestReader(decodeCanonical(encodeUtf8(review.manifest)), 'manifest');
  const digest: Sha256 = await sha256Hex(nodeCrypto, encodeUtf8(review.manifest));
  const key = await parseVerifierKey(nodeCrypto, gate.genesis.keys.ledger);
  const checkpoint = await openCheckpoint(nodeCrypto, review.checkpoint, key);
  const now = Date.now();
  const approval: Approval = {
    schema: 'countersign/approval/v1',
    genesis: gate.digest,
    manifest: digest,
    release,
    attempt: manifest.attempt,
    decision: 'approve',
    person: by as PersonId,
    acknowledged: [],
    waived: [],
    reason: null,
    client: 'terminal',
    issuedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + 3_600_000).toISOString(),
    checkpointSeen: {
      origin: checkpoint.origin,
      size: checkpoint.size,
      root: encodeHex(checkpoint.root) as Sha256,
    },
    ...changes,
  };
  return signer.sign('approval', encodeApproval(manifest, digest, approval));
}

export async function approve(
  gate: Core,
  release: ReleaseId,
  by: Name,
  changes: Partial<Approval> = {},
) {
  return gate.gateway.approve(person(by), release, await approvalOf(gate, release, by, changes));
}
