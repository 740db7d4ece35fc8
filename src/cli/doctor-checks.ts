/**
 * What `doctor` concludes from what it found. Pure: facts in, one line for each question out. The
 * questions about people are in doctor-quorum.ts, the facts come from doctor-facts.ts.
 */
import type { CountersignError } from '../core/errors.ts';
import type { Genesis, Trust } from '../core/genesis.ts';
import type { PolicyDocument, Upstream } from '../core/policy.ts';
import { comparePolicyDocuments } from '../core/policy-compare.ts';
import type { PolicyRules } from '../core/policy-compile.ts';
import type { Roster } from '../core/roster.ts';

/** `mend` says what to do next; null where there is nothing to do. */
export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail' | 'unknown';
  readonly says: string;
  readonly mend: string | null;
}

/** One row of the vault; `kind` is what its sealed form is for, null before it was taken in. */
export interface CredentialFacts {
  readonly name: string;
  readonly version: number;
  readonly upstream: string;
  readonly origin: string;
  readonly kind: string | null;
  readonly state: 'ready' | 'handed-over' | 'disabled' | 'refused';
  readonly note: string | null;
  readonly expiresAt: string | null;
}

/** A checkpoint: how many entries, and the root over them in hexadecimal. */
export interface CheckpointFacts {
  readonly size: number;
  readonly root: string;
}

export interface InstanceFacts {
  readonly genesisDigest: string;
  readonly keys: Genesis['keys'];
  readonly roster: Pick<Roster, 'people' | 'bots'>;
  readonly policy: Pick<PolicyDocument, 'upstreams' | 'projects' | 'policies'>;
  readonly credentials: readonly CredentialFacts[];
  readonly ledgerSize: number;
  readonly newestEntryAt: string | null;
  readonly checkpoint: CheckpointFacts | null;
}

/** A file of the publisher's folder. `mode` holds the permission bits, null where it is absent. */
export interface FileFacts {
  readonly name: string;
  readonly mode: number | null;
}

/** `closed`: another user's, so nothing in it is known. */
export type FolderFacts =
  | { readonly kind: 'absent' }
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'read';
      readonly path: string;
      readonly mode: number;
      readonly files: readonly FileFacts[];
      readonly trust: Trust | CountersignError | null;
      readonly keys: Genesis['keys'] | CountersignError;
      /** The publisher's kept checkpoint, read before the database was and after: it may be running. */
      readonly keptBefore: CheckpointFacts | CountersignError | null;
      readonly kept: CheckpointFacts | CountersignError | null;
    };

/** `error` null: it answered as its kind does. `date`: its clock, null where it did not tell. */
export interface UpstreamFacts {
  readonly error: CountersignError | null;
  /** What it said minus our clock, in seconds. */
  readonly clockSeconds: number | null;
}

export interface DataFacts {
  readonly path: string;
  readonly writable: boolean;
  readonly freeBytes: number | null;
}

const SOON_DAYS = 14;
const FREE_BYTES = 1024 ** 3;
const CLOCK_SECONDS = 60;
const SHOWN_DIFFERENCES = 5;

export function checkRules(signed: PolicyRules, proposed: PolicyRules): Check {
  const differences = comparePolicyDocuments(signed, proposed).map((one) => one.path);
  if (differences.length === 0) return ok('rules', 'countersign.yaml is what was signed');
  const more = differences.length - SHOWN_DIFFERENCES;
  return fail(
    'rules',
    `countersign.yaml differs from the signed version at ${differences.slice(0, SHOWN_DIFFERENCES).join(', ')}${more > 0 ? ` and ${more} more` : ''}: nothing will be published`,
    'put the file back to what was signed, or propose it: countersign policy propose',
  );
}

/** The publisher's folder: closed to others, complete, and of this instance. */
export function checkPublisherFolder(
  folder: FolderFacts,
  instance: InstanceFacts | null,
): readonly Check[] {
  if (folder.kind === 'absent') {
    return [
      fail(
        'publisher',
        "the publisher's folder is missing",
        'run countersign init, or restore it from its backup',
      ),
    ];
  }
  if (folder.kind === 'closed') {
    return [
      unknown(
        'publisher',
        "the publisher's folder is another user's, as it should be in production",
        "run countersign doctor as the publisher's user as well",
      ),
    ];
  }
  const checks = [checkPermissions(folder.path, folder.mode, folder.files)];
  const { trust, keys } = folder;
  if (isError(keys)) checks.push(failWith('keys', keys));
  else if (instance !== null) {
    const fits = keys.ledger === instance.keys.ledger && keys.publisher === instance.keys.publisher;
    checks.push(
      fits
        ? ok('keys', 'the keys are those that the founders signed')
        : fail(
            'keys',
            'the keys are not those that the founders signed',
            'restore the folder of this instance from its backup',
          ),
    );
  }
  if (isError(trust)) checks.push(failWith('trust', trust));
  else if (trust !== null && instance !== null) {
    const fits = trust.genesis === instance.genesisDigest && trust.ledger === instance.keys.ledger;
    checks.push(
      fits
        ? ok('trust', `the trust file names this instance, ${trust.witnesses.quorum} witnesses`)
        : fail(
            'trust',
            'the trust file names another instance than the database holds',
            'check gateway.data and the database; never replace a trust file by one from here',
          ),
    );
  }
  return checks;
}

function checkPermissions(path: string, mode: number, files: readonly FileFacts[]): Check {
  const missing = files.filter((one) => one.mode === null).map((one) => one.name);
  if (missing.length > 0) {
    return fail(
      'publisher',
      `${path}: ${missing.join(', ')} missing`,
      'run countersign init, or restore the folder from its backup',
    );
  }
  const open = files.filter((one) => ((one.mode ?? 0) & 0o077) !== 0).map((one) => one.name);
  if ((mode & 0o077) !== 0) {
    return fail(
      'publisher',
      `${path}: others may look into it, mode ${formatMode(mode)}`,
      `chmod 700 ${path}, and replace the keys if others had access`,
    );
  }
  if (open.length > 0) {
    return fail(
      'publisher',
      `${path}: others may open ${open.join(', ')}`,
      `chmod 600 ${open.map((one) => `${path}/${one}`).join(' ')}, and replace what others had access to`,
    );
  }
  return ok('publisher', `${path}: complete, and closed to others`);
}

/** The ledger against the checkpoint that the publisher keeps outside of the database. */
export function checkLedger(instance: InstanceFacts, folder: FolderFacts): Check {
  const { ledgerSize, checkpoint } = instance;
  const kept = folder.kind === 'read' ? folder.kept : null;
  const before = folder.kind === 'read' ? folder.keptBefore : null;
  if (isError(kept)) return failWith('ledger', kept);
  if (isError(before)) return failWith('ledger', before);
  const restore =
    'do not delete anything; docs/operations.md says what to do when the ledger disagrees';
  if (before !== null && before.size > ledgerSize) {
    return fail(
      'ledger',
      `the publisher signed ${before.size} entries, the database has ${ledgerSize}: entries were lost`,
      restore,
    );
  }
  if (kept !== null && checkpoint?.size === kept.size && checkpoint.root !== kept.root) {
    return fail(
      'ledger',
      `the database has another history of ${kept.size} entries than the publisher signed`,
      restore,
    );
  }
  if (folder.kind === 'read' && checkpoint !== null && checkpoint.size > (kept?.size ?? 0)) {
    return fail(
      'ledger',
      `the database has a checkpoint of ${checkpoint.size} entries, the publisher keeps one of ${kept?.size ?? 0}: its folder is an older copy`,
      'restore the newest copy of the publisher folder',
    );
  }
  const waiting = ledgerSize - (checkpoint?.size ?? 0);
  if (waiting > 0) {
    return warn(
      'ledger',
      `${waiting} of ${ledgerSize} entries are not signed yet`,
      'is countersign publisher running? it signs within a second',
    );
  }
  return ok('ledger', `${ledgerSize} entries, all signed`);
}

export function checkData({ path, writable, freeBytes }: DataFacts): readonly Check[] {
  const disk =
    freeBytes === null
      ? unknown('disk', `${path}: how much is free cannot be asked`, null)
      : freeBytes < FREE_BYTES
        ? warn(
            'disk',
            `${path}: ${mebibytes(freeBytes)} MiB free`,
            'make space: a full disk stops uploads and releases',
          )
        : ok('disk', `${path}: ${mebibytes(freeBytes)} MiB free`);
  if (writable) return [ok('data', `${path}: this user may write`), disk];
  return [
    fail(
      'data',
      `${path}: missing, or not writable for this user`,
      'run countersign init, or doctor as the user that runs countersign serve',
    ),
    disk,
  ];
}

/** Our clock against the newest entry and those of the registries. */
export function checkClock(
  now: string,
  newestEntryAt: string | null,
  upstreams: ReadonlyMap<string, UpstreamFacts>,
): Check {
  const mend =
    'let this machine keep time over the network: approvals and credentials expire by it';
  if (newestEntryAt !== null && newestEntryAt > now) {
    return fail(
      'clock',
      `it is ${now} here, before the newest ledger entry of ${newestEntryAt}`,
      mend,
    );
  }
  const told = [...upstreams].flatMap(([name, one]) =>
    one.clockSeconds === null ? [] : [{ name, off: one.clockSeconds }],
  );
  const worst = told.toSorted((left, right) => Math.abs(right.off) - Math.abs(left.off))[0];
  if (worst === undefined)
    return unknown('clock', `it is ${now} here; no upstream told its time`, null);
  const off = Math.round(Math.abs(worst.off));
  if (off <= CLOCK_SECONDS) return ok('clock', `within ${off} seconds of ${worst.name}`);
  return warn(
    'clock',
    `${off} seconds ${worst.off > 0 ? 'behind' : 'ahead of'} ${worst.name}`,
    mend,
  );
}

/** One upstream: how it is served, whether it answers, its credential. */
export function checkUpstream(
  name: string,
  upstream: Upstream,
  reached: UpstreamFacts | undefined,
  instance: Pick<InstanceFacts, 'credentials'>,
  now: string,
): readonly Check[] {
  const checks: Check[] = [];
  if (upstream.mode !== 'publish') {
    checks.push(
      fail(
        `mode ${name}`,
        `upstream ${name} has mode ${upstream.mode}, which this version does not serve: its releases will stop`,
        'use mode publish with a credential of this upstream',
      ),
    );
  }
  if (reached?.error != null) checks.push(failWith(`upstream ${name}`, reached.error));
  else if (reached !== undefined)
    checks.push(ok(`upstream ${name}`, `${upstream.readUrl ?? upstream.url} answers`));
  if (upstream.mode === 'publish') checks.push(checkCredential(name, upstream, instance, now));
  return checks;
}

function checkCredential(
  name: string,
  upstream: Upstream,
  { credentials }: Pick<InstanceFacts, 'credentials'>,
  now: string,
): Check {
  const wanted = upstream.credential ?? '';
  const title = `credential ${wanted}`;
  const put = `countersign vault put ${wanted} --upstream ${name}`;
  const rows = credentials.filter((one) => one.name === wanted);
  const newest = rows.at(-1);
  if (newest === undefined) return fail(title, `the vault has none for upstream ${name}`, put);
  const usable = rows.findLast(
    (one) => one.state === 'ready' && (one.expiresAt === null || one.expiresAt > now),
  );
  if (usable === undefined) {
    const version = `version ${newest.version}`;
    if (newest.state === 'handed-over')
      return warn(
        title,
        `${version} was handed over and not taken in yet`,
        'is countersign publisher running?',
      );
    if (newest.state === 'refused')
      return fail(title, `${version} was refused: ${newest.note ?? 'no reason is kept'}`, put);
    return fail(
      title,
      newest.state === 'disabled'
        ? `${version} is disabled`
        : `${version} expired at ${newest.expiresAt}`,
      put,
    );
  }
  const origin = new URL(upstream.url).origin;
  if (usable.upstream !== name || usable.origin !== origin || usable.kind !== upstream.ecosystem) {
    return fail(
      title,
      `it is for ${usable.kind ?? 'nothing'} at ${usable.origin} (${usable.upstream}), upstream ${name} is ${upstream.ecosystem} at ${origin}`,
      put,
    );
  }
  const days =
    usable.expiresAt === null
      ? null
      : (Date.parse(usable.expiresAt) - Date.parse(now)) / 86_400_000;
  if (days !== null && days < SOON_DAYS)
    return warn(title, `expires at ${usable.expiresAt}, in ${Math.floor(days)} days`, put);
  return ok(
    title,
    `version ${usable.version}, ${days === null ? 'without an end' : `until ${usable.expiresAt}`}; whether the registry takes it shows when the publisher uses it`,
  );
}

export function ok(name: string, says: string): Check {
  return { name, state: 'ok', says, mend: null };
}

export function warn(name: string, says: string, mend: string | null): Check {
  return { name, state: 'warn', says, mend };
}

export function fail(name: string, says: string, mend: string | null): Check {
  return { name, state: 'fail', says, mend };
}

export function unknown(name: string, says: string, mend: string | null): Check {
  return { name, state: 'unknown', says, mend };
}

export function failWith(name: string, error: CountersignError): Check {
  return fail(name, `${error.code}: ${error.message}`, error.hint ?? null);
}

function isError(value: unknown): value is CountersignError {
  return value instanceof Error;
}

function formatMode(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0');
}

function mebibytes(bytes: number): number {
  return Math.floor(bytes / 1024 ** 2);
}
