import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type Finding, type Unread, verdictOf } from '../../core/finding.ts';
import { POLICY_DEFAULTS } from '../../core/policy-inherit.ts';
import {
  findFiles,
  inspectLooseFile,
  type LooseReport,
  unreadReport,
} from '../../host/loose-files.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { formatJson, type Line } from '../terminal.ts';

interface ScanOptions {
  readonly format: 'text' | 'json';
}

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
    .addHelpText(
      'after',
      examples('countersign scan dist/', 'countersign scan --json aitbc-explorer-web-1.2.3.tgz'),
    )
    .action((paths: readonly string[], options: ScanOptions) =>
      perform((context) => scan(context, paths, options)),
    );
}

async function scan(
  { host, terminal }: CommandContext,
  paths: readonly string[],
  options: ScanOptions,
): Promise<Outcome> {
  const blockAt = POLICY_DEFAULTS.block.secrets;
  const artifacts: LooseReport[] = [];
  const leftOut = { link: 0, history: 0 };
  for (const path of paths) {
    for await (const found of findFiles(resolve(host.cwd, path), path)) {
      if (found.kind === 'left-out') {
        leftOut[found.what] += 1;
      } else if (found.kind === 'unread') {
        artifacts.push(unreadReport(found.shown, found.reason));
      } else {
        terminal.progress(`inspecting ${found.shown}`);
        artifacts.push(await inspectLooseFile(found.path, found.shown, blockAt));
      }
    }
  }
  terminal.note(leftOutLines(leftOut));
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

function leftOutLines(leftOut: { readonly link: number; readonly history: number }): Line[] {
  const lines: Line[] = [];
  if (leftOut.link > 0) {
    lines.push(`left out: ${leftOut.link} symbolic ${leftOut.link === 1 ? 'link' : 'links'}`);
  }
  if (leftOut.history > 0) lines.push('left out: .git; name it to have it inspected');
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
