/** Gathers what `doctor` looks at. It opens nothing that the publisher alone may open: no secret. */
import { access, constants, readFile, stat, statfs } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type * as Compose from '../compose.ts';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import { trust as trustReader } from '../core/genesis.ts';
import { ledgerEntry } from '../core/ledger-entry.ts';
import { object, text } from '../core/shape.ts';
import { encodeHex } from '../formats/base64.ts';
import { decodeCanonical } from '../formats/canonical.ts';
import type { Config } from '../host/config.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { openCheckpoint } from '../tlog/checkpoint.ts';
import { parseVerifierKey } from '../tlog/note-key.ts';
import type { CommandHost } from './command.ts';
import type {
  CheckpointFacts,
  CredentialFacts,
  DataFacts,
  FileFacts,
  FolderFacts,
  InstanceFacts,
  UpstreamFacts,
} from './doctor-checks.ts';

type Reading = Awaited<ReturnType<typeof Compose.readInstance>>;

const KEY_FILES = ['ledger.key', 'deposit.key', 'trust.json'] as const;
/** One of the two: the wrapping key itself, or the parameters of a passphrase. */
const WRAPPING_FILES = ['wrap.key', 'wrap.json'] as const;
const JOURNAL_FILES = ['checkpoint', 'entries'] as const;
const TIMEOUTS = { connect: 5000, idle: 5000, read: 10_000 } as const;
const STORED_MAX_BYTES = 64 * 1024;

/** The signed rules and the ledger; throws what the database says, `not-found` before founding. */
export async function readInstanceFacts(
  config: Config,
  env: CommandHost['env'],
): Promise<InstanceFacts> {
  const { databaseFile, openStore, readInstance } = await import('../compose.ts');
  const file = databaseFile(config, env);
  // Opening it would make it: looking must not leave an empty database behind.
  if (file !== null && (await modeOf(file)) === null) {
    throw new CountersignError('not-found', `there is no database at ${file}`, {
      hint: 'run countersign init',
    });
  }
  const store = await openStore(config, env);
  try {
    return instanceFacts(await readInstance(store));
  } finally {
    await store.close();
  }
}

function instanceFacts(reading: Reading): InstanceFacts {
  const { governance, vault, ledgerSize, newestEntry, checkpoint } = reading;
  return {
    genesisDigest: governance.genesisDigest,
    keys: governance.genesis.keys,
    roster: governance.roster,
    policy: governance.policy,
    credentials: vault.map(credentialFacts),
    ledgerSize,
    newestEntryAt:
      newestEntry === null ? null : ledgerEntry(decodeCanonical(newestEntry), 'ledger entry').at,
    checkpoint:
      checkpoint === null ? null : { size: checkpoint.size, root: encodeHex(checkpoint.root) },
  };
}

function credentialFacts(row: Reading['vault'][number]): CredentialFacts {
  const { name, version, upstream, origin, note, expiresAt } = row;
  const state =
    row.envelope === null ? (row.deposit === null ? 'refused' : 'handed-over') : 'ready';
  return {
    ...{ name, version, upstream, origin, note, expiresAt },
    kind: row.envelope === null ? null : sealedKind(row.envelope),
    state: row.disabledAt === null ? state : 'disabled',
  };
}

/** The kind that the envelope is bound to; null where it is none that can be read. */
function sealedKind(envelope: string): string | null {
  try {
    const value = decodeCanonical(Buffer.from(envelope), { maxBytes: STORED_MAX_BYTES });
    const identity = (value as { readonly identity?: { readonly kind?: unknown } }).identity;
    return object({ kind: text })({ kind: identity?.kind }, 'identity').kind;
  } catch {
    return null;
  }
}

/**
 * The publisher's folder as this user sees it. `instance` gives the key of the kept checkpoint,
 * `noteBefore` what `readKeptNote` said before the instance was read.
 */
export async function readFolderFacts(
  config: Config,
  instance: InstanceFacts | null,
  noteBefore: string | null,
): Promise<FolderFacts> {
  const { publisherFolder } = await import('../compose.ts');
  const { readKeys } = await import('../compose-founding.ts');
  const path = publisherFolder(config);
  const found = await stat(path).catch((error: unknown) => codeOf(error));
  if (found === 'ENOENT') return { kind: 'absent' };
  if (typeof found === 'string') return { kind: 'closed' };
  const closed = await access(path, constants.R_OK | constants.X_OK).then(
    () => false,
    () => true,
  );
  if (closed) return { kind: 'closed' };
  return {
    kind: 'read',
    path,
    mode: found.mode & 0o777,
    files: await readModes(path),
    trust: await orError(async () => {
      return trustReader(
        JSON.parse(await readFile(join(path, 'trust.json'), 'utf8')),
        'trust file',
      );
    }),
    keys: await orError(() => readKeys(config)),
    keptBefore: await openKept(noteBefore, instance),
    kept: await openKept(await readKeptNote(config), instance),
  };
}

async function readModes(path: string): Promise<readonly FileFacts[]> {
  const look = (names: readonly string[]) =>
    Promise.all(names.map(async (name) => ({ name, mode: await modeOf(join(path, name)) })));
  const present = (file: FileFacts) => file.mode !== null;
  const wrapping = (await look(WRAPPING_FILES)).filter(present);
  return [
    ...(await look(KEY_FILES)),
    ...(wrapping.length > 0 ? wrapping : [{ name: WRAPPING_FILES.join(' or '), mode: null }]),
    ...(await look(JOURNAL_FILES)).filter(present),
  ];
}

/** The signed note that the publisher keeps outside of the database; null where none can be read. */
export async function readKeptNote(config: Config): Promise<string | null> {
  const { publisherFolder } = await import('../compose.ts');
  return readFile(join(publisherFolder(config), 'checkpoint'), 'utf8').catch(() => null);
}

async function openKept(
  note: string | null,
  instance: InstanceFacts | null,
): Promise<CheckpointFacts | CountersignError | null> {
  if (note === null || instance === null) return null;
  return orError(async () => {
    const key = await parseVerifierKey(nodeCrypto, instance.keys.ledger);
    const { size, root } = await openCheckpoint(nodeCrypto, note, key);
    return { size, root: encodeHex(root) };
  });
}

/** Asks every upstream whether it answers, and what time it has. Bounded in time. */
export async function readUpstreamFacts(
  upstreams: InstanceFacts['policy']['upstreams'],
  host: Pick<CommandHost, 'fetch' | 'now'>,
): Promise<ReadonlyMap<string, UpstreamFacts>> {
  const { createEcosystems } = await import('../compose.ts');
  const ecosystems = createEcosystems(TIMEOUTS);
  const ask = async ([name, one]: [string, (typeof upstreams)[string]]) => {
    const error = await orError(async () => {
      const ecosystem = ecosystems.get(one.ecosystem);
      if (ecosystem === undefined) {
        throw new CountersignError('not-found', `this version knows no ecosystem ${one.ecosystem}`);
      }
      await ecosystem.connect(one.url, one.readUrl).ping();
      return null;
    });
    const clockSeconds = error === null ? await askClock(one.readUrl ?? one.url, host) : null;
    return [name, { error, clockSeconds }] as const;
  };
  return new Map(await Promise.all(Object.entries(upstreams).map(ask)));
}

/** What the Date header says minus our clock, in seconds; null where there is none. */
async function askClock(
  url: string,
  { fetch, now }: Pick<CommandHost, 'fetch' | 'now'>,
): Promise<number | null> {
  try {
    const signal = AbortSignal.timeout(TIMEOUTS.idle);
    const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
    const theirs = Date.parse(answer.headers.get('date') ?? '');
    return Number.isNaN(theirs) ? null : (theirs - Date.parse(now())) / 1000;
  } catch {
    return null;
  }
}

export async function readDataFacts(path: string): Promise<DataFacts> {
  const writable = await access(path, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  const disk = await statfs(path).catch(() => null);
  return { path, writable, freeBytes: disk === null ? null : disk.bavail * disk.bsize };
}

/** The path of `program` as a shell would find it; null where there is none. */
export async function findProgram(
  program: string,
  env: CommandHost['env'],
): Promise<string | null> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, program);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== '' && found) return file;
  }
  return null;
}

async function modeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found === null ? null : found.mode & 0o777;
}

async function orError<T>(work: () => Promise<T>): Promise<T | CountersignError> {
  try {
    return await work();
  } catch (error) {
    return knownError(error);
  }
}

/** A failure as it is shown; what is none of ours keeps its message. */
export function knownError(error: unknown): CountersignError {
  if (isCountersignError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CountersignError('malformed-document', message, { cause: error });
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}
