import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { isCountersignError } from '../../core/errors.ts';
import { type Audit, auditRepository } from '../../posture/audit.ts';
import {
  comparePosture,
  type HistoryEntry,
  historyEntryOf,
  type PostureDifference,
  readHistoryEntry,
} from '../../posture/history.ts';
import { composeReport, type PostureReport } from '../../posture/report.ts';
import type {
  AuditInputs,
  GatewayFacts,
  PinLookup,
  RepositoryFile,
} from '../../posture/repository.ts';
import { type AuditContext, type Fix, usedRepositories } from '../../posture/rule.ts';
import { POSTURE_RULES } from '../../posture/rule-set.ts';
import { renderBadge } from '../../report/posture-badge.ts';
import { renderPostureMarkdown } from '../../report/posture-markdown.ts';
import { makePostureSarif } from '../../report/posture-sarif.ts';
import { writeRepositoryChange } from '../../source/repository-change.ts';
import { readRepositoryFiles } from '../../source/repository-files.ts';
import { refuseTwoDocuments } from '../answer-format.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { extendFile, parseJson, readTextFile, replaceFile } from '../files.ts';
import { fixRepository } from '../posture-fix.ts';
import type { SeenSettings } from '../posture-settings.ts';
import { postureProse } from '../posture-text.ts';
import { formatJson, formatProse, type Line } from '../terminal.ts';

const FORMATS = ['text', 'json', 'sarif', 'markdown'] as const;
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'never'] as const;

interface PostureOptions {
  readonly format: (typeof FORMATS)[number];
  readonly failOn: (typeof SEVERITIES)[number];
  readonly output?: string;
  readonly config?: string;
  readonly badge?: string;
  readonly history?: string;
  readonly all?: true;
  readonly fix?: true;
  readonly yes?: true;
  readonly pins?: true;
  readonly observe?: true;
  readonly repository?: string;
  readonly team?: string;
}

/** Where the actions of public workflows are; Actions sets GITHUB_SERVER_URL to its own. */
const PUBLIC_FORGE = 'https://github.com';

const HISTORY_MAX_BYTES = 16 * 1024 * 1024;

/** `countersign posture`: what would let an attacker around the gate. */
export function addPosture(parent: Command, perform: Perform): void {
  parent
    .command('posture')
    .summary('audit workflows and settings around the gate, score, mend')
    .description(
      'Reads the publishing workflows of a repository, says what would let an attacker around the\ngate, and scores the publish path. Exit codes: 0 nothing of --fail-on is open, 1 something is,\n3 a workflow could not be read and nothing else was found.',
    )
    .argument('[dir]', 'the repository', '.')
    .addOption(
      new Option('--format <format>', 'how the answer is written').choices(FORMATS).default('text'),
    )
    .option('-o, --output <file>', 'write the answer there, replacing it; stdout has the text')
    .option('--all', 'list what is off the publish path too')
    .option('--fix', 'mend in place what can be mended; asks before a change of behaviour')
    .option('--yes', 'with --fix: agree to changes of behaviour without being asked')
    .option(
      '--observe',
      'ask forge and registries for their settings; GITHUB_TOKEN or GITLAB_TOKEN',
    )
    .option('--team <names>', "accounts at registries that are the team's, with commas between")
    .option('--repository <owner/name>', 'with --observe: the repository, where git does not say')
    .option('--pins', 'ask the forge by git what tags of actions name, so that --fix can pin them')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on, on the publish path')
        .choices(SEVERITIES)
        .default('medium'),
    )
    .option('--config <file>', "the gateway's configuration; default countersign.yaml in DIR")
    .option('--history <file>', 'add this run to the file, and compare with the last one in it')
    .option('--badge <file>', 'write the grade as an SVG image')
    .addHelpText(
      'after',
      examples(
        'countersign posture',
        'countersign posture --fix ../explorer-web',
        'countersign posture --format sarif -o posture.sarif',
        'countersign posture --history posture.jsonl --badge posture.svg',
      ),
    )
    .action((folder: string, options: PostureOptions) =>
      perform((context) => posture(context, folder, options)),
    );
}

async function posture(
  context: CommandContext,
  folder: string,
  options: PostureOptions,
): Promise<Outcome> {
  const { host, terminal } = context;
  refuseTwoDocuments(terminal.json, options);
  const root = resolve(host.cwd, folder);
  const gateway = await readGateway(root, options.config, host.cwd);
  const path = host.env['PATH'] ?? '';
  const seen = await seeSettings(context, root, gateway, options);
  let pins: PinLookup | null = null;
  const read = async (): Promise<AuditInputs> => {
    const { files, gaps } = await readRepositoryFiles(root, { path });
    const declared: AuditInputs = {
      files,
      unread: gaps,
      gateway,
      settings: seen.settings,
      settingsMissing: seen.missing,
      ...readTeam(options.team),
      pins: pins ?? { resolve: () => null },
    };
    let models: AuditContext | null = null;
    const workflows = () => {
      models ??= auditRepository(declared, []).context;
      return models;
    };
    const inputs = { ...declared, settings: await seen.withPins(workflows) };
    if (options.pins !== true || pins !== null) return inputs;
    pins = await askForPins(context, usedRepositories(workflows()));
    return { ...inputs, pins };
  };
  let inputs = await read();
  if (options.fix === true) {
    await mend(context, root, inputs, options);
    // what was written is read and audited again, as anybody would
    inputs = await read();
  }
  const audit = auditRepository(inputs, POSTURE_RULES);
  const report = composeReport(audit);
  const difference = await keepHistory(host.cwd, options.history, report, host.now());
  if (options.badge !== undefined)
    await replaceFile(resolve(host.cwd, options.badge), renderBadge(report));
  return answer(context, options, { audit, report, difference });
}

function readTeam(names: string | undefined): Pick<AuditInputs, 'team'> {
  if (names === undefined) return {};
  const team = names.split(',').map((one) => one.trim());
  return { team: team.filter((one) => one !== '') };
}

/** Null where the repository has no configuration of a gateway and none was named. */
async function readGateway(
  root: string,
  named: string | undefined,
  cwd: string,
): Promise<GatewayFacts | null> {
  const file = named === undefined ? join(root, 'countersign.yaml') : resolve(cwd, named);
  if (named === undefined && !existsSync(file)) return null;
  // most repositories have none, and wait for no schema
  const { loadConfig } = await import('../../host/config.ts');
  const { gateway, proposal } = await loadConfig(file);
  const packages = Object.values(proposal.projects).flatMap((project) =>
    project.packages.map(({ ecosystem, name, upstream }) => {
      const at = proposal.upstreams[upstream];
      const registry = at?.readUrl ?? at?.url;
      return {
        ecosystem,
        name,
        mode: at?.mode ?? 'publish',
        ...(registry === undefined ? {} : { registry }),
      };
    }),
  );
  return { path: named ?? 'countersign.yaml', origin: gateway.origin, packages };
}

async function seeSettings(
  context: CommandContext,
  root: string,
  gateway: GatewayFacts | null,
  { observe: isAsked, repository }: PostureOptions,
): Promise<SeenSettings> {
  if (isAsked !== true) {
    const missing = '--observe asks forge and registries for their settings';
    return { settings: null, missing, withPins: async () => null };
  }
  // most audits ask nobody, and wait for none of this
  const { observe } = await import('../posture-settings.ts');
  const named = repository === undefined ? {} : { repository };
  return observe(context, { root, gateway, ...named });
}

/** Asks for each repository of an action or reusable workflow that is named. */
async function askForPins(
  { host, terminal }: CommandContext,
  repositories: readonly string[],
): Promise<PinLookup> {
  const { findPins } = await import('../../source/action-pins.ts');
  const { pins, missing } = await findPins(repositories, {
    forge: host.env['GITHUB_SERVER_URL'] ?? PUBLIC_FORGE,
    path: host.env['PATH'] ?? '',
    onRepository: (repository) => terminal.progress(`asking for the tags of ${repository}`),
  });
  terminal.note(missing.map(({ repository, reason }) => `no pins of ${repository}: ${reason}`));
  return pins;
}

async function mend(
  { host, terminal }: CommandContext,
  root: string,
  inputs: AuditInputs,
  { yes }: PostureOptions,
): Promise<void> {
  const accept = async (fix: Fix): Promise<boolean> => {
    if (yes === true) return true;
    if (!terminal.interactive) return false;
    const said = await terminal.ask(
      `${filesOf(fix)}: ${fix.about}? It changes what a run does. [y/N] `,
    );
    return /^y(?:es)?$/i.test(said);
  };
  const { changed, applied, declined } = await fixRepository(inputs, POSTURE_RULES, accept);
  await writeChanged(root, inputs, changed, host.env['PATH'] ?? '');
  const tell =
    (verb: string, style: 'good' | 'dim') =>
    (fix: Fix): Line => ({
      style,
      text: `${verb}: ${filesOf(fix)}: ${fix.about}`,
    });
  terminal.note([
    ...applied.map(tell('mended', 'good')),
    ...declined.map(tell('left', 'dim')),
    ...(declined.length > 0 && !terminal.interactive
      ? ['what changes behaviour was left; --yes agrees to it']
      : []),
    ...(applied.length === 0 ? ['nothing was mended'] : []),
  ]);
}

function filesOf({ edits }: Fix): string {
  return [...new Set(edits.map((edit) => edit.path))].join(', ');
}

async function writeChanged(
  root: string,
  inputs: AuditInputs,
  changed: readonly RepositoryFile[],
  path: string,
): Promise<void> {
  const before = new Map(inputs.files.map((file) => [file.path, file]));
  const texts = changed.flatMap(({ path: name, text }) => {
    const old = before.get(name)?.text ?? null;
    return text === null || text === old ? [] : [{ path: name, before: old, after: text }];
  });
  const modes = new Map(
    changed.flatMap(({ path: name, mode }) => {
      const isFileMode = mode === '100644' || mode === '100755';
      const old = before.get(name)?.mode;
      return isFileMode && old !== undefined && old !== mode ? [[name, mode] as const] : [];
    }),
  );
  await writeRepositoryChange(root, { texts, modes }, { path });
}

/** Adds this run, and compares it with the last one; null without a history, or with an empty one. */
async function keepHistory(
  cwd: string,
  named: string | undefined,
  report: PostureReport,
  at: string,
): Promise<PostureDifference | null> {
  if (named === undefined) return null;
  const path = resolve(cwd, named);
  const last = await readLastEntry(path);
  const entry = historyEntryOf(report, at);
  await extendFile(path, `${JSON.stringify(entry)}\n`);
  return last === null ? null : comparePosture(last, entry);
}

async function readLastEntry(path: string): Promise<HistoryEntry | null> {
  const text = await readTextFile(path, 'the history', HISTORY_MAX_BYTES).catch(
    (error: unknown) => {
      if (isCountersignError(error) && error.code === 'not-found') return '';
      throw error;
    },
  );
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  return last === '' ? null : readHistoryEntry(parseJson(last, `the last line of ${path}`));
}

interface Answer {
  readonly audit: Audit;
  readonly report: PostureReport;
  readonly difference: PostureDifference | null;
}

async function answer(
  { host, terminal }: CommandContext,
  options: PostureOptions,
  { audit, report, difference }: Answer,
): Promise<Outcome> {
  const prose = postureProse(report, { all: options.all === true, difference });
  const value = { ...report, difference };
  const exit = exitOf(audit, report, options.failOn);
  const { output, format } = options;
  if (output !== undefined) {
    await replaceFile(resolve(host.cwd, output), formatAnswer(value, format, prose));
    return { exit, value, prose };
  }
  if (format === 'text' || terminal.json) return { exit, value, prose };
  terminal.printRaw(formatAnswer(value, format, prose));
  return { exit, value, prose: [] };
}

function formatAnswer(
  value: PostureReport & { readonly difference: PostureDifference | null },
  format: PostureOptions['format'],
  prose: readonly Line[],
): string {
  switch (format) {
    case 'json':
      return formatJson(value);
    case 'sarif':
      return formatJson(makePostureSarif(value, POSTURE_RULES));
    case 'markdown':
      return renderPostureMarkdown(value, value.difference);
    case 'text':
      return formatProse(prose);
  }
}

/** What could not be read is told by 3, unless something else is open. */
function exitOf(audit: Audit, report: PostureReport, failOn: PostureOptions['failOn']): 0 | 1 | 3 {
  const floor = SEVERITIES.indexOf(failOn);
  const hasPath = report.publishPath.length > 0;
  const isOpen = report.findings.some(({ severity, evidence, onPublishPath }) => {
    if (evidence === 'unverified' || severity === 'info') return false;
    return (onPublishPath || !hasPath) && SEVERITIES.indexOf(severity) <= floor;
  });
  if (isOpen && failOn !== 'never') return 1;
  return audit.context.unread.length > 0 ? 3 : 0;
}
