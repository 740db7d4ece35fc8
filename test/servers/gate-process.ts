/** A founded gate as it runs for real: `countersign serve` and `countersign publisher`, on loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '../../src/client/client.ts';
import { compilePolicyDocument } from '../../src/core/policy-compile.ts';
import { encodeInstanceStatement } from '../../src/evidence/signed-statement.ts';
import type { Caller } from '../../src/gateway/gateway.ts';
import { systemClock } from '../../src/host/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type Founding, found, type GateOptions, type Name, rulesOf } from '../founding.ts';
import { type Core, putCredentials } from '../gate-fixture.ts';
import { freePort } from './free-port.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/countersign.mjs', import.meta.url));
const READY_MS = 60_000;

/** One of the two processes; it may be killed and started again over the same folder. */
export interface GateChild {
  /** Of the process that runs now. */
  pid(): number;
  /** Resolves when it is ready. */
  start(): Promise<void>;
  /** SIGKILL: nothing is finished, nothing is closed. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves when the process is gone. */
  stop(): Promise<void>;
  /** Standard error of all its runs: the log. */
  log(): string;
}

export interface GateProcess extends Founding, Core {
  /** Where it listens: scheme, host and port, without a slash. */
  readonly origin: string;
  readonly port: number;
  readonly folder: string;
  readonly configFile: string;
  readonly databaseFile: string;
  readonly blobsFolder: string;
  readonly web: GateChild;
  readonly publisher: GateChild;
  /** The API as this person, signed in. */
  client(name: Name): Promise<Client>;
  /** Ends both processes and removes the folder. */
  stop(): Promise<void>;
}

/** `limits` as in countersign.yaml. */
export interface GateProcessOptions extends GateOptions {
  /** `serve` starts the publisher itself, as it does by default; `publisher` is then never started. */
  readonly publisherIsChild?: boolean;
  readonly limits?: Readonly<Record<string, string>>;
  /** Address that clients use, where a proxy stands in front. */
  readonly publicOrigin?: string;
}

/** Founds a gate in a folder of its own, starts both processes and fills the vault. */
export async function startGateProcess(options: GateProcessOptions): Promise<GateProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-processes-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const publicOrigin = options.publicOrigin ?? origin;
  const rules = rulesOf(options);
  const configFile = join(folder, 'countersign.yaml');
  // JSON is YAML
  const gateway = {
    origin: publicOrigin,
    listen: `127.0.0.1:${port}`,
    data,
    limits: options.limits ?? {},
  };
  writeFileSync(configFile, JSON.stringify({ gateway, ...rules }));
  const databaseFile = join(data, 'countersign.db');
  const audience = new URL(publicOrigin).host;
  const policy = compilePolicyDocument(rules, { version: 1, previous: null }, { audience });
  const publisherFolder = join(data, 'publisher');
  const founding = await foundIn(databaseFile, { ...options, publisherFolder, policy });
  const child = (name: string, ...more: string[]) =>
    createChild(name, [PROGRAM, name, '--json', '--config', configFile, ...more], folder);
  const { publisherIsChild = false } = options;
  const web = publisherIsChild ? child('serve') : child('serve', '--without-publisher');
  const publisher = child('publisher');
  const client = sessionsOf(origin, publicOrigin, founding);
  const gate: GateProcess = {
    ...founding,
    ...{ origin, port, folder, configFile, databaseFile, web, publisher, client },
    blobsFolder: join(data, 'blobs'),
    gateway: remoteGateway(origin, client),
    async stop() {
      await Promise.all([web.stop(), publisher.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await Promise.all([web.start(), ...(publisherIsChild ? [] : [publisher.start()])]);
    await putCredentials(gate, options);
  } catch (error) {
    const logs = `${web.log()}\n${publisher.log()}`.slice(-4000);
    await gate.stop();
    throw new Error(`the gate did not start:\n${logs}`, { cause: error });
  }
  return gate;
}

async function foundIn(
  databaseFile: string,
  wanted: Omit<Parameters<typeof found>[0], 'store' | 'clock'>,
): Promise<Founding> {
  const store = await openSqliteStore({ file: databaseFile });
  try {
    return await found({ ...wanted, store, clock: systemClock });
  } finally {
    await store.close();
  }
}

/** A session of each person, opened when it is first needed; it outlives the web process. */
function sessionsOf(
  address: string,
  origin: string,
  { keys, digest }: Founding,
): (name: Name) => Promise<Client> {
  const open = new Map<Name, Promise<Client>>();
  const signIn = async (name: Name): Promise<Client> => {
    const { challenge } = await createClient({ origin: address }).challenge();
    const statement = keys[name].sign(
      'session',
      encodeInstanceStatement('session', digest, {
        schema: 'countersign/session/v1',
        genesis: digest,
        origin,
        challenge,
        issuedAt: systemClock.now(),
      }),
    );
    const { token } = await createClient({ origin: address }).openSession(statement);
    return createClient({ origin: address, token });
  };
  return (name) => {
    const client = open.get(name) ?? signIn(name);
    open.set(name, client);
    return client;
  };
}

/** The use cases over HTTP, so that the same functions drive a gate in this process and in others. */
function remoteGateway(
  origin: string,
  client: (name: Name) => Promise<Client>,
): GateProcess['gateway'] {
  const as = (caller: Caller) =>
    client(caller.kind === 'person' || caller.kind === 'bot' ? (caller.personId as Name) : 'carol');
  return {
    open: (_caller, request) => createClient({ origin }).open(request),
    release: async (caller, id) => (await as(caller)).release(id),
    review: async (caller, id) => (await as(caller)).review(id),
    approve: async (caller, id, statement) => (await as(caller)).approve(id, statement),
    evidence: async (caller, id) => (await as(caller)).evidence(id),
    deposit: async (caller, statement, sealed) => (await as(caller)).deposit(statement, sealed),
    vault: async (caller) => (await as(caller)).vault(),
  };
}

/** A Node program that says `ready` on standard output; `name` names its log in `folder`. */
function createChild(name: string, args: readonly string[], folder: string): GateChild {
  const logFile = join(folder, `${name}.log`);
  let running: ChildProcess | undefined;
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const child = running;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await gone;
  };
  // a test process that dies must not leave one behind
  process.once('exit', () => running?.kill('SIGKILL'));
  return {
    pid: () => running?.pid ?? 0,
    async start() {
      const log = openSync(logFile, 'a', 0o600);
      const child = spawn(process.execPath, args, {
        cwd: folder,
        env: { PATH: process.env['PATH'], HOME: folder },
        stdio: ['ignore', 'pipe', log],
      });
      // the child has its own
      closeSync(log);
      running = child;
      await untilReady(child, name);
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    log: () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : ''),
  };
}

function untilReady(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} is not ready`)), READY_MS);
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`${name} ended (${code ?? signal}) before it was ready`)),
    );
    child.stdout?.on('data', (chunk: Buffer) => {
      if (!chunk.toString('utf8').includes('"ready"')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}
