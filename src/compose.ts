/** The only file that builds adapters and wires them. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFileBlobs } from './blobs/file-blobs.ts';
import { CountersignError } from './core/errors.ts';
import { comparePolicyDocuments } from './core/policy-compare.ts';
import type { Ecosystem } from './ecosystem/ecosystem.ts';
import { createGateway } from './gateway/create-gateway.ts';
import type { GatewayDeps } from './gateway/deps.ts';
import { readGovernance } from './gateway/governance.ts';
import type { Log, Notifier, Sources, Store } from './gateway/ports.ts';
import { webJobs } from './gateway/web-jobs.ts';
import { runWorker, type WorkerDeps } from './gateway/worker.ts';
import { systemClock, systemRandomness } from './host/clock.ts';
import { type Config, loadConfig, type SecretSource } from './host/config.ts';
import { createThreadInspector } from './host/inspector.ts';
import { createLog, type LogLevel } from './host/logging.ts';
import { nodeCrypto } from './host/node-crypto.ts';
import { readPageFiles } from './host/page-files.ts';
import { nameProcess } from './host/process-name.ts';
import { startPublisherChild } from './host/publisher-child.ts';
import {
  readSecretFile,
  readSecretVariable,
  type Secret,
  VAULT_PASSPHRASE_VARIABLE,
} from './host/secret.ts';
import { cannotListen, createHttpServer } from './http/server.ts';
import { CHALLENGE_KEY_BYTES } from './identity/challenge.ts';
import { createCiTokens } from './identity/ci-token.ts';
import { createWebhookNotifier } from './notify/webhook.ts';
import type { PublisherDeps } from './publisher/deps.ts';
import { openPublisherFolder } from './publisher/folder.ts';
import { createPublisherGovernance } from './publisher/governance.ts';
import { createLedgerSigner } from './publisher/ledger-signer.ts';
import { runPublisher as runPublisherProcess } from './publisher/run.ts';
import { createSources } from './source/sources.ts';
import { lockFolder } from './store/folder-lock.ts';
import { openPostgresStore } from './store/postgres.ts';
import { openSqliteStore } from './store/sqlite.ts';
import { createNpmEcosystem, createPypiEcosystem } from './upstream/ecosystems.ts';
import type { UpstreamDeps } from './upstream/registry-http.ts';

/** Address of a PostgreSQL database, which holds a password and so never stands in the file. */
const DATABASE_VARIABLE = 'COUNTERSIGN_DATABASE_URL';

const VISIBLE_WITHIN_MS = 30_000;
const UPLOAD_MARGIN_BYTES = 16 * 1024 * 1024;

export interface RunOptions {
  readonly logLevel?: LogLevel;
  /** Fires to end; the work at hand is finished first. */
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface ServeOptions extends RunOptions {
  /** Start the publisher as a child process, as one laptop wants it. */
  readonly withPublisher: boolean;
  /** Called when connections are taken; `address` such as `http://127.0.0.1:8787`. */
  readonly onReady: (ready: {
    readonly address: string;
    readonly origin: string;
    readonly notes: readonly string[];
  }) => void;
}

/** The publisher's own folder inside the data folder. */
export function publisherFolder(config: Config): string {
  return join(config.gateway.data, 'publisher');
}

/** The database of `openStore` where it is a file; null for a server. */
export function databaseFile(config: Config, env: RunOptions['env']): string | null {
  return (env[DATABASE_VARIABLE] ?? '') === '' ? join(config.gateway.data, 'countersign.db') : null;
}

/** The configured database: SQLite in the data folder, or PostgreSQL where the environment says so. */
export function openStore(config: Config, env: RunOptions['env']): Promise<Store> {
  const file = databaseFile(config, env);
  return file === null
    ? openPostgresStore({ connectionString: env[DATABASE_VARIABLE] ?? '' })
    : openSqliteStore({ file });
}

/** What `doctor` asks of an issuer of CI tokens. */
export { probeIssuer } from './identity/ci-token.ts';

/** What `doctor` asks of a database. Throws `not-found` before the founding. */
export function readInstance(store: Store) {
  return store.read(async (tx) => {
    const ledgerSize = await tx.ledgerSize();
    const [newest] = await tx.ledgerEntries(Math.max(0, ledgerSize - 1), 1);
    return {
      governance: await readGovernance(tx),
      vault: await tx.vault(),
      ledgerSize,
      newestEntry: newest?.bytes ?? null,
      checkpoint: (await tx.latestCheckpoint()) ?? null,
    };
  });
}

/** Both ecosystems, ready to talk to registries. */
export function createEcosystems(
  timeouts: NonNullable<UpstreamDeps['timeouts']> = {},
): ReadonlyMap<string, Ecosystem> {
  const deps = { sleep: (ms: number) => systemClock.sleep(ms), timeouts };
  return new Map(
    [createNpmEcosystem(deps), createPypiEcosystem(deps)].map((one) => [one.name, one]),
  );
}

/** Where sources are looked up: mirrors and trusted roots lie in the data folder. */
export function composeSources(config: Config, env: RunOptions['env']): Sources {
  return createSources({ folder: config.gateway.data, path: env['PATH'] ?? '' });
}

function connect(ecosystems: ReadonlyMap<string, Ecosystem>): GatewayDeps['registry'] {
  return (upstream) => {
    const ecosystem = ecosystems.get(upstream.ecosystem);
    if (ecosystem === undefined) {
      throw new CountersignError(
        'not-found',
        `this version knows no ecosystem ${upstream.ecosystem}`,
      );
    }
    return ecosystem.connect(upstream.url, upstream.readUrl);
  };
}

/** The web process: HTTP surfaces and the workers that inspect, expire and notify. */
export async function runServe(configFile: string, options: ServeOptions): Promise<void> {
  const config = await loadConfig(configFile);
  const log = createLog({ process: 'serve', level: options.logLevel ?? 'info' });
  const store = await openStore(config, options.env);
  try {
    const ecosystems = createEcosystems();
    const deps = await composeGateway(config, store, ecosystems, log, options.env);
    const notes = await startingNotes(store, config, options.withPublisher);
    const notifier = await composeNotifier(config, log, options.env);
    const { uploadMaxBytes, requestMaxBytes } = config.gateway.limits;
    const server = createHttpServer({
      gateway: createGateway(deps),
      log,
      origin: config.gateway.origin,
      pages: await readPageFiles(),
      // base64 makes a third more of an artifact, and the rest of its request has some room
      limits: {
        apiBodyBytes: requestMaxBytes,
        uploadBodyBytes: Math.ceil(uploadMaxBytes / 3) * 4 + UPLOAD_MARGIN_BYTES,
      },
    });
    const { host, port } = config.gateway.listen;
    const ended = new AbortController();
    const signal = AbortSignal.any([options.signal, ended.signal]);
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause) => reject(cannotListen(host, port, cause)));
      server.listen(port, host, resolve);
    });
    const child = options.withPublisher
      ? startPublisherChild({
          program: fileURLToPath(new URL('../bin/countersign.mjs', import.meta.url)),
          configFile,
          logLevel: options.logLevel ?? 'info',
          env: options.env,
          asked: options.signal,
          ended,
        })
      : null;
    try {
      const bound = server.address();
      const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
      options.onReady({
        address: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
        origin: config.gateway.origin,
        notes,
      });
      await runWorker(await workerDeps(store, log, 'serve'), webJobs(deps, notifier), signal);
    } finally {
      await closeServer(server);
      await child?.stop();
    }
  } finally {
    await store.close();
  }
}

async function closeServer(server: ReturnType<typeof createHttpServer>): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 5000).unref();
  });
}

async function composeGateway(
  config: Config,
  store: Store,
  ecosystems: ReadonlyMap<string, Ecosystem>,
  log: Log,
  env: RunOptions['env'],
): Promise<GatewayDeps> {
  const { limits } = config.gateway;
  return {
    store,
    blobs: await createFileBlobs({
      folder: join(config.gateway.data, 'blobs'),
      clock: systemClock,
    }),
    inspector: createThreadInspector({
      withinMs: limits.inspectWithinSeconds * 1000,
      heapMegabytes: 1024,
    }),
    sources: composeSources(config, env),
    crypto: nodeCrypto,
    clock: systemClock,
    random: systemRandomness,
    log,
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    ecosystems,
    registry: connect(ecosystems),
    ciTokens: createCiTokens(),
    challengeKey: systemRandomness.bytes(CHALLENGE_KEY_BYTES),
    settings: {
      origin: config.gateway.origin,
      uploadMaxBytes: limits.uploadMaxBytes,
      releaseMaxBytes: limits.releaseMaxBytes,
      uploadCredentialSeconds: limits.receiveWithinSeconds,
      sessionSeconds: 900,
    },
  };
}

/** What the person who starts the gateway should know. Throws `not-found` before the founding. */
async function startingNotes(
  store: Store,
  config: Config,
  withPublisher: boolean,
): Promise<readonly string[]> {
  const { policy } = await store.read(readGovernance);
  const differences = comparePolicyDocuments(policy, config.proposal);
  return [
    ...(withPublisher
      ? [
          'web process and publisher run as one user here: who takes over one has the other; in production run countersign publisher as a user of its own',
        ]
      : []),
    ...differences
      .slice(0, 5)
      .map(
        (one) =>
          `countersign.yaml differs from the signed version at ${one.path}: nothing will be published`,
      ),
  ];
}

async function workerDeps(store: Store, log: Log, role: string): Promise<WorkerDeps> {
  const { own, isGone } = await nameProcess(role, hostname());
  return {
    store,
    clock: systemClock,
    log,
    owner: own,
    isGone,
    sleep: async (ms, signal) => {
      await systemClock.sleep(ms, signal).catch(() => undefined);
    },
  };
}

async function composeNotifier(
  config: Config,
  log: Log,
  env: RunOptions['env'],
): Promise<Notifier> {
  const targets = await Promise.all(
    config.notify.map(async (one) => ({
      url: one.url,
      events: one.events,
      secret: await readSource(one.secret, env),
    })),
  );
  return createWebhookNotifier({ targets, clock: systemClock, log });
}

function readSource(source: SecretSource, env: RunOptions['env']): Promise<Secret> {
  return source.kind === 'file'
    ? readSecretFile(source.path)
    : Promise.resolve(readSecretVariable(env, source.name));
}

/** The publisher process: the only holder of keys and credentials. */
export async function runPublisher(
  configFile: string,
  options: RunOptions & { readonly onReady: () => void },
): Promise<void> {
  const config = await loadConfig(configFile);
  const log = createLog({ process: 'publisher', level: options.logLevel ?? 'info' });
  const store = await openStore(config, options.env);
  try {
    // Before the journal is read: a predecessor that still finishes its work (its `serve` was
    // killed, say) writes to it, and what it adds later would be foreign entries to us.
    const lock = await lockFolder(publisherFolder(config), {
      signal: options.signal,
      sleep: (ms) => systemClock.sleep(ms),
      onBusy: () => log.warn('publisher-waits', { reason: 'another one holds its folder' }),
    });
    if (lock === undefined) return;
    try {
      await publishUnderLock(configFile, config, store, log, options);
    } finally {
      lock.release();
    }
  } finally {
    await store.close();
  }
}

async function publishUnderLock(
  configFile: string,
  config: Config,
  store: Store,
  log: Log,
  options: RunOptions & { readonly onReady: () => void },
): Promise<void> {
  const opened = await openPublisherFolder(nodeCrypto, publisherFolder(config), async () =>
    readVaultPassphrase(options.env),
  );
  try {
    const ecosystems = createEcosystems();
    const signer = await createLedgerSigner({
      store,
      crypto: nodeCrypto,
      clock: systemClock,
      log,
      journal: opened.journal,
      signer: opened.signer,
    });
    const deps: PublisherDeps = {
      store,
      blobs: await createFileBlobs({
        folder: join(config.gateway.data, 'blobs'),
        clock: systemClock,
      }),
      sources: composeSources(config, options.env),
      crypto: nodeCrypto,
      clock: systemClock,
      random: systemRandomness,
      log,
      sleep: (ms) => systemClock.sleep(ms),
      ecosystems,
      registry: connect(ecosystems),
      trust: opened.trust,
      proposal: async () => (await loadConfig(configFile)).proposal,
      vault: opened.vault,
      depositKey: opened.depositKey,
      signer,
      governance: createPublisherGovernance({
        store,
        crypto: nodeCrypto,
        trust: opened.trust,
      }),
      journal: opened.journal,
      visibleWithinMs: VISIBLE_WITHIN_MS,
    };
    await signer.advance();
    options.onReady();
    await runPublisherProcess(deps, await workerDeps(store, log, 'publisher'), options.signal);
  } finally {
    opened.vault.close();
  }
}

/** Throws `vault-sealed` where the environment holds none. */
function readVaultPassphrase(env: RunOptions['env']): Secret {
  if ((env[VAULT_PASSPHRASE_VARIABLE] ?? '') === '') {
    throw new CountersignError(
      'vault-sealed',
      `the vault is under a passphrase: expected it in ${VAULT_PASSPHRASE_VARIABLE}, found nothing`,
      { hint: 'set it in the environment of the publisher (or of serve, which starts one)' },
    );
  }
  return readSecretVariable(env, VAULT_PASSPHRASE_VARIABLE);
}
