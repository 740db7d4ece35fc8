import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Finding, type Unread, verdictOf } from '../../core/finding.ts';
import { POLICY_DEFAULTS } from '../../core/policy-inherit.ts';
import { inspectLooseFiles } from '../../host/loose-file-threads.ts';
import {
  type FoundFile,
  findFiles,
  type LooseReport,
  unreadReport,
} from '../../host/loose-files.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { formatJson, type Line } from '../terminal.ts';

interface ScanOptions {
  readonly format: 'text' | 'json';
  readonly threads?: number;
}

const THREADS_MAX = 64;
const WITHIN_MS = 120_000;
const HEAP_MEGABYTES = 1024;

/** `countersign scan`: packages, folders and files against the rules that need no release. */
export function addScan(parent: Command, perform: Perform): void {
  parent
    .command('scan')
    .summary('inspect packages, folders or files, no server needed')
    .description(
      'Inspects files: what is inside of them where they are a .tgz, wheel or sdist, themselves\nwhere they are not. The rules are those that need no release: secrets, sensitive files, hidden\narchives. Exit codes: 0 clean, 1 findings, 3 something could not be read and nothing was found.',
    )
    .argument('<path...>', 'packages, folders or files')
    .addOption(
      new Option('--format <format>', 'how the answer is written')
        .choices(['text', 'json'])
        .default('text'),
    )
    // No default of commander's: the help must say the same on every machine.
    .option(
      '--threads <count>',
      'files at a time; default one per processor, 4 at most',
      parseThreads,
    )
    .addHelpText(
      'after',
      examples('countersign scan dist/', 'countersign scan --json aitbc-explorer-web-1.2.3.tgz'),
    )
    .action((paths: readonly string[], options: ScanOptions) =>
      perform((context) => scan(context, paths, options)),
    );
}

/** A few: each may need the memory of one large file. */
function defaultThreads(): number {
  return Math.min(4, availableParallelism());
}

function parseThreads(text: string): number {
  const count = /^[1-9][0-9]?$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= THREADS_MAX) return count;
  throw new InvalidArgumentError(`Expected a number from 1 to ${THREADS_MAX}.`);
}

async function scan(
  { host, terminal }: CommandContext,
  paths: readonly string[],
  options: ScanOptions,
): Promise<Outcome> {
  const blockAt = POLICY_DEFAULTS.block.secrets;
  const found: FoundFile[] = [];
  for (const path of paths) {
    for await (const one of findFiles(resolve(host.cwd, path), path)) found.push(one);
  }
  terminal.note(leftOutLines(found));
  const tasks = found.flatMap((one) =>
    one.kind === 'file' ? [{ path: one.path, shown: one.shown, blockAt }] : [],
  );
  const reports = await inspectLooseFiles(tasks, {
    ...{
      threads: options.threads ?? defaultThreads(),
      withinMs: WITHIN_MS,
      heapMegabytes: HEAP_MEGABYTES,
    },
    onFile: (shown) => terminal.progress(`inspecting ${shown}`),
  });
  const inOrder = reports.values();
  const artifacts = found.flatMap((one): readonly LooseReport[] => {
    if (one.kind === 'unread') return [unreadReport(one.shown, one.reason)];
    const report = one.kind === 'file' ? inOrder.next().value : undefined;
    return report === undefined ? [] : [report];
  });
  const findings = artifacts.flatMap((one) => one.findings);
  const unread = artifacts.flatMap((one) => one.unread);
  const value = { schema: 'countersign/scan/v1', verdict: verdictOf(findings, unread), artifacts };
  if (options.format === 'json' && !terminal.json) terminal.printRaw(formatJson(value));
  const prose = options.format === 'json' ? [] : proseOf(artifacts.length, findings, unread);
  return { exit: exitOf(findings, unread), value, prose };
}

/** A finding is never confused with a failure to read: it stands whatever else was unread. */
function exitOf(findings: readonly Finding[], unread: readonly Unread[]): Outcome['exit'] {
  if (findings.some((one) => one.effect !== 'note')) return 1;
  return unread.length > 0 ? 3 : 0;
}

function leftOutLines(found: readonly FoundFile[]): Line[] {
  const lines: Line[] = [];
  const leftOut = found.flatMap((one) => (one.kind === 'left-out' ? [one.what] : []));
  const links = leftOut.filter((what) => what === 'link').length;
  if (links > 0) lines.push(`left out: ${links} symbolic ${links === 1 ? 'link' : 'links'}`);
  if (leftOut.length > links) lines.push('left out: .git; name it to have it inspected');
  return lines;
}

function proseOf(
  count: number,
  findings: readonly Finding[],
  unread: readonly Unread[],
): readonly Line[] {
  const serious = findings.filter((one) => one.effect !== 'note').length;
  const files = count === 1 ? '1 file' : `${count} files`;
  const clean = serious === 0 && unread.length === 0;
  return [
    ...findings.map(findingLine),
    ...unread.map((one): Line => ({ style: 'bad', text: `${one.path}: unread: ${one.reason}` })),
    {
      style: clean ? 'good' : 'bad',
      text: `${files} inspected: ${serious === 1 ? '1 finding' : `${serious} findings`}, ${findings.length - serious} notes, ${unread.length} unread`,
    },
  ];
}

function findingLine(one: Finding): Line {
  const place = [one.path, one.line, one.column].filter((part) => part !== null).join(':');
  const text = `${place}: ${one.effect} ${one.severity} ${one.rule}: ${one.message}`;
  return one.effect === 'note' ? { style: 'dim', text } : { style: 'bad', text };
}
