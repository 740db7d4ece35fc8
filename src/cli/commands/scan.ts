import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { verdictOf } from '../../core/finding.ts';
import {
  expectation,
  INSPECTION_LIMIT_NAMES,
  type InspectionLimits,
  isInspectionLimitName,
  readInspectionLimits,
} from '../../core/inspection-limits.ts';
import { createSuppressor } from '../../report/baseline.ts';
import { formatJunit } from '../../report/junit.ts';
import {
  activeFindings,
  allFindings,
  countScan,
  listFiles,
  type ScannedFile,
  type ScannedFiles,
  type ScanReport,
} from '../../report/scan-report.ts';
import { refuseTwoDocuments } from '../answer-format.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { replaceFile } from '../files.ts';
import { type FoundLine, type FoundLines, lineKey } from '../found-line.ts';
import { baselineNotes, orderBaseline, readSuppressor, writeBaseline } from '../scan-baseline.ts';
import { type InspectedFile, inspectPaths, SCAN_LIMITS } from '../scan-files.ts';
import { scanProse } from '../scan-text.ts';
import { formatJson, formatProse, type Line } from '../terminal.ts';

const FORMATS = ['text', 'json', 'sarif', 'junit'] as const;
type Format = (typeof FORMATS)[number];

interface ScanOptions {
  readonly format: Format;
  readonly output?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly reason?: string;
  readonly who?: string;
  readonly until?: string;
  readonly honourMarkers?: true;
  readonly threads?: number;
  readonly limit?: InspectionLimits;
}

const THREADS_MAX = 64;

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
      new Option('--format <format>', 'how the answer is written').choices(FORMATS).default('text'),
    )
    .option('-o, --output <file>', 'write the answer there, replacing it; stdout has the text')
    .option('--baseline <file>', 'findings that somebody answers for until a day: suppressed')
    .option('--write-baseline <file>', 'write one, with all that is found now')
    .option('--reason <text>', 'for --write-baseline: why they are accepted')
    .option('--who <name>', 'for --write-baseline: who answers for it')
    .option('--until <day>', 'for --write-baseline: last day, as 2026-12-31; default in 90 days')
    .option('--honour-markers', "take other tools' comments, such as gitleaks:allow, at their word")
    // No default of commander's: the help must say the same on every machine.
    .option(
      '--threads <count>',
      'files at a time; default one per processor, 3 at most: those stay below 300 MB of\nmemory, and each further one takes 30 to 50 MB more',
      parseThreads,
    )
    .option(
      '--limit <name=value>',
      'what one file may cost, as the policy key inspection has it, such as depth=4 or\nwithin=30s; can be given more than once',
      parseLimit,
    )
    .addHelpText(
      'after',
      examples(
        'countersign scan dist/',
        'countersign scan --json aitbc-explorer-web-1.2.3.tgz',
        'countersign scan --format sarif -o scan.sarif dist/',
        'countersign scan --write-baseline known.json --reason "test keys" --who alice dist/',
        'countersign scan --baseline known.json dist/',
        'countersign scan --limit within=10m --limit entries=500000 large.tgz',
      ),
    )
    .action((paths: readonly string[], options: ScanOptions) =>
      perform((context) => scan(context, paths, options)),
    );
}

/** Only so many that all of them stay below 300 MB, whatever is scanned. */
function defaultThreads(): number {
  return Math.min(3, availableParallelism());
}

function parseThreads(text: string): number {
  const count = /^[1-9][0-9]?$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= THREADS_MAX) return count;
  throw new InvalidArgumentError(`Expected a number from 1 to ${THREADS_MAX}.`);
}

function parseLimit(text: string, before: InspectionLimits = SCAN_LIMITS): InspectionLimits {
  const [name = '', value = ''] = text.split('=', 2);
  if (!isInspectionLimitName(name)) {
    const names = Object.keys(INSPECTION_LIMIT_NAMES).join(', ');
    throw new InvalidArgumentError(`Expected one of ${names}, then = and a value.`);
  }
  return readInspectionLimits(
    { [name]: value },
    () => {
      throw new InvalidArgumentError(`Expected ${expectation(name)}.`);
    },
    before,
  );
}

async function scan(
  context: CommandContext,
  paths: readonly string[],
  options: ScanOptions,
): Promise<Outcome> {
  const { host, terminal } = context;
  refuseTwoDocuments(terminal.json, options);
  const now = host.now();
  // what a person got wrong is said before minutes of work
  const order = orderBaseline(options, now);
  const suppressor = await readSuppressor(host.cwd, options.baseline, now);
  const limits = options.limit ?? SCAN_LIMITS;
  const threads = options.threads ?? defaultThreads();
  const files = await inspectPaths(context, paths, { threads, limits });
  const lines = await readLines(files, options, terminal.json);
  const reports = { length: files.length, [Symbol.iterator]: () => reportsOf(files) };
  const suppressed = listFiles(reports, (file) =>
    conclude({ ...file, findings: markMarked(suppressor.apply(file.findings), lines, options) }),
  );
  terminal.note(baselineNotes(suppressor));
  let report = composeReport(suppressed);
  if (order !== null) {
    const { baseline, told } = await writeBaseline(host.cwd, order, allFindings(report));
    terminal.note(told);
    const accepted = createSuppressor(baseline, now);
    report = composeReport(
      listFiles(report.artifacts, (file) =>
        conclude({ ...file, findings: accepted.apply(file.findings) }),
      ),
    );
  }
  const prose = scanProse(report, lines);
  const exit = exitOf(report);
  const { output, format } = options;
  if (output !== undefined) {
    const path = resolve(host.cwd, output);
    const text = await formatAnswer(report, format, prose);
    await replaceFile(path, text, `the file ${path} of --output`);
    return { exit, value: report, prose };
  }
  if (format === 'text' || terminal.json) return { exit, value: report, prose };
  terminal.printRaw(await formatAnswer(report, format, prose));
  return { exit, value: report, prose: [] };
}

function* reportsOf(files: Iterable<InspectedFile>): Generator<ScannedFile, void, undefined> {
  for (const { report } of files) yield report;
}

/** Only where something of the line is told or asked. */
async function readLines(
  files: Iterable<InspectedFile>,
  { format, output, honourMarkers, limit = SCAN_LIMITS }: ScanOptions,
  json: boolean,
): Promise<FoundLines> {
  const lines = new Map<string, FoundLine>();
  const isWritten = output !== undefined && format === 'text';
  const isPrinted = !json && (output !== undefined || format === 'text');
  if (!isWritten && !isPrinted && honourMarkers !== true) return lines;
  for (const { path, report } of files) {
    if (path === null || !report.findings.some((one) => one.line !== null)) continue;
    const { readFoundLines } = await import('../scan-lines.ts');
    for (const [key, line] of await readFoundLines(path, report, limit)) lines.set(key, line);
  }
  return lines;
}

function markMarked(
  findings: ScannedFile['findings'],
  lines: FoundLines,
  { honourMarkers }: ScanOptions,
): ScannedFile['findings'] {
  if (honourMarkers !== true) return findings;
  return findings.map((one) => {
    const marker = lines.get(lineKey(one))?.marker ?? null;
    if (marker === null || one.suppressed !== undefined) return one;
    return { ...one, suppressed: { kind: 'marker', marker } };
  });
}

function conclude(file: ScannedFile): ScannedFile {
  return { ...file, verdict: verdictOf(activeFindings(file.findings), file.unread) };
}

function composeReport(artifacts: ScannedFiles): ScanReport {
  const findings = artifacts.told.flatMap((one) => activeFindings(one.findings));
  const unread = artifacts.told.flatMap((one) => one.unread);
  return { schema: 'countersign/scan/v1', verdict: verdictOf(findings, unread), artifacts };
}

/** A finding is never confused with a failure to read: it stands whatever else was unread. */
function exitOf(report: ScanReport): Outcome['exit'] {
  const { serious, unread } = countScan(report);
  if (serious > 0) return 1;
  return unread > 0 ? 3 : 0;
}

async function formatAnswer(
  report: ScanReport,
  format: Format,
  prose: readonly Line[],
): Promise<string> {
  switch (format) {
    case 'json':
      return formatJson(report);
    case 'sarif': {
      const { RULE_SET, RULES } = await import('../../inspect/rule-set.ts');
      const { makeSarif } = await import('../../report/sarif.ts');
      return formatJson(makeSarif(report, { rules: RULES, ruleSet: RULE_SET }));
    }
    case 'junit':
      return formatJunit(report);
    case 'text':
      return formatProse(prose);
  }
}
