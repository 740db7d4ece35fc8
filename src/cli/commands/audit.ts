import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CountersignError } from '../../core/errors.ts';
import { ledgerEntry } from '../../core/ledger-entry.ts';
import { readGenesis } from '../../evidence/founding.ts';
import { sha256Hex } from '../../evidence/signed-statement.ts';
import { encodeHex } from '../../formats/base64.ts';
import { decodeCanonical } from '../../formats/canonical.ts';
import { nodeCrypto } from '../../host/node-crypto.ts';
import { type AuditProblem, type AuditReport, auditLog } from '../../tlog/audit.ts';
import { openCheckpoint } from '../../tlog/checkpoint.ts';
import { parseVerifierKey } from '../../tlog/note-key.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { anonymousClient, type ServerOptions, trustOf } from '../connection.ts';
import { readTextFile, writeNewFile } from '../files.ts';
import { readRemoteEntries } from '../remote-log.ts';
import { counted, type Line } from '../terminal.ts';

interface AuditOptions extends ServerOptions {
  readonly trust?: string;
  readonly checkpoint: readonly string[];
}

const CHECKPOINT_MAX_BYTES = 1024 * 1024;
const collect = (value: string, before: readonly string[]) => [...before, value];

/** `countersign audit verify|tail|export`: the ledger, as anyone can read it. */
export function addAudit(parent: Command, perform: Perform): void {
  const group = parent
    .command('audit')
    .summary('the ledger, as anyone can read it')
    .description('Reads the ledger over HTTP as anyone can, and recomputes it.');
  const withServer = (command: Command) =>
    command
      .option('--server <url>', 'address of the gateway; default COUNTERSIGN_SERVER')
      .option('--trust <file>', 'trust file; default COUNTERSIGN_TRUST');
  withServer(
    group
      .command('verify')
      .summary('recompute the whole log and hold it against kept checkpoints')
      .description(
        'Fetches every entry, recomputes the tree and holds the newest checkpoint against it, and\nevery older one that you kept: from approvals, notices or "audit export".',
      )
      .option(
        '--checkpoint <file>',
        'a checkpoint kept earlier; may stand several times',
        collect,
        [],
      )
      .addHelpText(
        'after',
        examples('countersign audit verify --trust trust.json --checkpoint last-month.txt'),
      ),
  ).action((options: AuditOptions) => perform((context) => verifyLog(context, options)));
  withServer(
    group
      .command('export')
      .summary('write the newest checkpoint into a file, to keep elsewhere')
      .description(
        'Fetches the newest signed checkpoint, verifies its signature and writes it into a file.',
      )
      .requiredOption('-o, --output <file>', 'where to write it; never replaces a file')
      .addHelpText('after', examples('countersign audit export -o checkpoint.txt')),
  ).action((options: AuditOptions & { readonly output: string }) =>
    perform((context) => exportCheckpoint(context, options)),
  );
  withServer(
    group
      .command('tail')
      .summary('the last entries')
      .description('Shows the last entries of the ledger. They hold ids and digests only.')
      .option('--lines <count>', 'how many', '20')
      .addHelpText('after', examples('countersign audit tail --lines 50')),
  ).action((options: AuditOptions & { readonly lines: string }) =>
    perform((context) => showTail(context, options)),
  );
}

/** The log's key: from the trust file, or from the gateway's own genesis, which proves less. */
async function openLog({ host }: CommandContext, options: AuditOptions) {
  const trust = await trustOf(host, options.trust === undefined ? {} : { trust: options.trust });
  const client = anonymousClient(host, options);
  const key = trust?.ledger ?? (await ledgerOfGenesis(client));
  const logKey = await parseVerifierKey(nodeCrypto, key);
  const note = await client.checkpoint();
  return { client, logKey, note, trusted: trust !== null, trust };
}

async function ledgerOfGenesis(client: ReturnType<typeof anonymousClient>): Promise<string> {
  const { document } = await client.genesis();
  return (await readGenesis(nodeCrypto, document)).document.keys.ledger;
}

async function verifyLog(context: CommandContext, options: AuditOptions): Promise<Outcome> {
  const { host, terminal } = context;
  const { client, logKey, note, trust, trusted } = await openLog(context, options);
  const newest = await openCheckpoint(nodeCrypto, note, logKey);
  const kept: { readonly file: string; readonly size: number; readonly note: string }[] = [];
  for (const file of options.checkpoint) {
    const text = await readTextFile(
      resolve(host.cwd, file),
      'the checkpoint',
      CHECKPOINT_MAX_BYTES,
    );
    const { size } = await openCheckpoint(nodeCrypto, text, logKey);
    kept.push({ file, size, note: text });
  }
  const checkpoints = [...kept, { file: 'the newest', size: newest.size, note }].sort(
    (left, right) => left.size - right.size,
  );
  const lost = kept.filter((one) => one.size > newest.size);
  terminal.progress(`reading ${newest.size} entries`);
  const report = await auditLog(nodeCrypto, {
    logKey,
    entries: readRemoteEntries(client, newest.size),
    checkpoints: checkpoints.map((one) => one.note),
  });
  const first = await firstEntry(client, newest.size);
  const problems = [
    ...report.problems.map((one) => describeProblem(one, checkpoints)),
    ...lost.map(
      (one) =>
        `${one.file} has ${one.size} entries, the log only ${newest.size}: entries were lost`,
    ),
    ...(trust === null || first === trust.genesis
      ? []
      : [
          `the first entry is not the genesis of the trust file: expected ${trust.genesis}, found ${first}`,
        ]),
  ];
  return auditOutcome(report, problems, { kept: kept.length, trusted, origin: newest.origin });
}

async function firstEntry(
  client: ReturnType<typeof anonymousClient>,
  size: number,
): Promise<string> {
  for await (const bytes of readRemoteEntries(client, size)) {
    return readEntry(bytes, 0).digests['genesis'] ?? 'no genesis';
  }
  return 'nothing';
}

function readEntry(bytes: Uint8Array, index: number) {
  return ledgerEntry(decodeCanonical(bytes, { what: `ledger entry ${index}` }), `entry ${index}`);
}

function auditOutcome(
  report: AuditReport,
  problems: readonly string[],
  about: { readonly kept: number; readonly trusted: boolean; readonly origin: string },
): Outcome {
  const { size, root, provenSize, problemsOmitted } = report;
  const proven = problems.length === 0 && provenSize > 0;
  const verdict: Line = proven
    ? { style: 'good', text: `the log is as its checkpoint says, up to entry ${provenSize - 1}` }
    : { style: 'bad', text: 'the log is NOT as its checkpoints say' };
  return {
    exit: proven ? (about.trusted ? 0 : 3) : 1,
    value: {
      origin: about.origin,
      size,
      root: encodeHex(root),
      provenSize,
      keptCheckpoints: about.kept,
      trusted: about.trusted,
      problems,
      problemsOmitted,
    },
    prose: [
      `ledger     ${about.origin}, ${counted(size, 'entry', 'entries')}, root ${encodeHex(root)}`,
      about.kept === 0
        ? 'kept       no checkpoint from earlier was given: this shows that the log agrees with itself, not that it never changed'
        : `kept       ${counted(about.kept, 'checkpoint')} from earlier ${about.kept === 1 ? 'holds' : 'hold'}`,
      ...(about.trusted
        ? []
        : ['key        from the gateway itself; give --trust FILE to know whose log this is']),
      ...problems.map((text): Line => ({ style: 'bad', text: `problem    ${text}` })),
      ...(problemsOmitted === 0 ? [] : [`and ${counted(problemsOmitted, 'more problem')}`]),
      verdict,
    ],
  };
}

function describeProblem(
  problem: AuditProblem,
  checkpoints: readonly { readonly file: string }[],
): string {
  const named = (place: number) => checkpoints[place]?.file ?? `checkpoint ${place}`;
  switch (problem.kind) {
    case 'checkpoint-unreadable':
    case 'signature-invalid':
      return `${named(problem.checkpoint)}: ${problem.message}`;
    case 'size-went-back':
      return `${named(problem.checkpoint)} has ${problem.size} entries, an earlier one ${problem.earlierSize}`;
    case 'entries-missing':
      return `${named(problem.checkpoint)} has ${problem.size} entries, only ${problem.found} are there`;
    case 'root-differs':
      return `${named(problem.checkpoint)}: the first ${problem.size} entries are others now: history was rewritten`;
    case 'entry-too-large':
      return `entry ${problem.entry} has ${problem.sizeBytes} bytes`;
    case 'node-differs':
      return `entry ${problem.entry}: the stored hash at level ${problem.level}, ${problem.index} is another`;
  }
}

async function exportCheckpoint(
  context: CommandContext,
  options: AuditOptions & { readonly output: string },
): Promise<Outcome> {
  const { logKey, note, trusted } = await openLog(context, options);
  const { origin, size, root } = await openCheckpoint(nodeCrypto, note, logKey);
  await writeNewFile(resolve(context.host.cwd, options.output), note);
  return {
    exit: 0,
    value: { file: options.output, origin, size, root: encodeHex(root), trusted },
    prose: [
      `${options.output}: ${origin}, ${counted(size, 'entry', 'entries')}; keep it somewhere else`,
    ],
  };
}

async function showTail(
  context: CommandContext,
  options: AuditOptions & { readonly lines: string },
): Promise<Outcome> {
  const lines = Number(options.lines);
  if (!Number.isInteger(lines) || lines < 1 || lines > 10_000) {
    throw new CountersignError('usage', `expected --lines from 1 to 10000, found ${options.lines}`);
  }
  const { client, logKey, note } = await openLog(context, options);
  const { size } = await openCheckpoint(nodeCrypto, note, logKey);
  const entries = [];
  let index = Math.max(0, size - lines);
  for await (const bytes of readRemoteEntries(client, size, index)) {
    entries.push({
      index,
      sha256: await sha256Hex(nodeCrypto, bytes),
      entry: readEntry(bytes, index),
    });
    index += 1;
  }
  return {
    exit: 0,
    value: { size, entries },
    prose: entries.map(
      ({ index: place, entry }) =>
        `${place}  ${entry.at}  ${entry.kind}  ${Object.entries(entry.ids)
          .map(([key, value]) => `${key}=${value}`)
          .join(' ')}`,
    ),
  };
}
