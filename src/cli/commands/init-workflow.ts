import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { CountersignError } from '../../core/errors.ts';
import { ACTION_PINS, parseActionPins } from '../../posture/generate/action-pins.ts';
import { PUBLISHED_EVENT, publishedWorkflow } from '../../posture/generate/published-workflow.ts';
import { releaseWorkflow } from '../../posture/generate/release-workflow.ts';
import { VERIFIER_FOLDER } from '../../posture/generate/workflow-plan.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { readTextFile, writeNewFile } from '../files.ts';
import { readOwnVersion } from '../own-version.ts';
import type { Line } from '../terminal.ts';
import { readPlan } from '../workflow-plan.ts';

interface WorkflowOptions {
  readonly config: string;
  readonly project?: string;
  readonly origin?: string;
  readonly environment?: string;
  readonly test?: string;
  readonly pins?: string;
  readonly replace?: boolean;
}

const PUBLISHED_FILE = '.github/workflows/published.yml';
const PINS_MAX_BYTES = 64 * 1024;

/**
 * `countersign init workflow`, and `countersign init --workflow github`, which is the same under the
 * name that people look for.
 */
export function addInitWorkflow(group: Command, perform: Perform): void {
  const run = (options: WorkflowOptions) => perform((context) => writeWorkflows(context, options));
  withOptions(
    group
      .command('workflow')
      .summary('generate the release workflow of a forge')
      .description(
        'Generates the release workflow of a project: it validates the tag, builds without secrets, and\nsubmits to the gateway from a job that runs nothing of the project. A second workflow verifies the\nevidence once the gateway has published, and then makes the release at the forge. Also spelled\n"init --workflow github". Files that exist are not replaced unless --replace says so.',
      )
      .addOption(new Option('--forge <name>', 'the forge').choices(['github']).default('github')),
    (option) => option,
  )
    .addHelpText(
      'after',
      examples(
        'countersign init --workflow github',
        'countersign init workflow --origin https://release.example.com --test "make test"',
        'countersign init workflow --pins pins.txt --replace',
      ),
    )
    .action(run);
  // else options after a command of the group would be the group's
  group.enablePositionalOptions();
  withOptions(
    group.addOption(
      new Option('--workflow <forge>', 'the same as "init workflow"').choices(['github']),
    ),
    (option) => option.hideHelp(),
  ).action((options: WorkflowOptions & { readonly workflow?: string }) =>
    options.workflow === undefined ? group.help({ error: true }) : run(options),
  );
}

function withOptions(command: Command, shape: (option: Option) => Option): Command {
  const options = [
    new Option('--config <file>', 'the configuration').default('countersign.yaml'),
    new Option('--project <name>', 'the project; default: the only one of the configuration'),
    new Option('--origin <url>', 'address of the gateway; default: that of the configuration'),
    new Option('--environment <name>', 'environment of the job with the identity'),
    new Option('--test <command>', 'what tests the project; default: npm test, pytest'),
    new Option(
      '--pins <file>',
      'other commits of actions, one "actions/checkout@COMMIT # v7.0.1" a line',
    ),
    new Option('--replace', 'replace workflows that exist'),
  ];
  for (const option of options) command.addOption(shape(option));
  return command;
}

async function writeWorkflows(
  { host }: CommandContext,
  options: WorkflowOptions,
): Promise<Outcome> {
  const pins =
    options.pins === undefined
      ? ACTION_PINS
      : parseActionPins(
          await readTextFile(resolve(host.cwd, options.pins), 'the pins', PINS_MAX_BYTES),
        );
  const plan = await readPlan(host.cwd, { ...options, pins });
  const files = [
    { path: plan.file, text: releaseWorkflow(plan), replace: options.replace === true },
    { path: PUBLISHED_FILE, text: publishedWorkflow(plan), replace: options.replace === true },
  ];
  const verifier = { path: `${VERIFIER_FOLDER}/package.json`, text: await verifierManifest() };
  if (plan.file === PUBLISHED_FILE) {
    throw new CountersignError('usage', `${PUBLISHED_FILE} is what follows, and not the release`);
  }
  // all or none: half of them would start what nobody verifies
  for (const { path, replace } of files) {
    if (!replace && (await isThere(join(host.cwd, path)))) {
      throw new CountersignError('state-conflict', `${path} exists already, and is not replaced`, {
        hint: 'look at it, then add --replace or move it away',
      });
    }
  }
  for (const { path, text } of files) await put(host.cwd, path, text);
  const hasVerifier = await isThere(join(host.cwd, verifier.path));
  if (!hasVerifier) {
    await mkdir(join(host.cwd, VERIFIER_FOLDER), { recursive: true });
    await writeNewFile(join(host.cwd, verifier.path), verifier.text);
  }
  const written = [...files.map(({ path }) => path), ...(hasVerifier ? [] : [verifier.path])];
  return {
    exit: 0,
    value: {
      forge: 'github',
      project: plan.project,
      files: written,
      environment: plan.environment,
      tags: plan.tagFilters,
      pins,
    },
    prose: [...written.map((path) => `${path}: written`), ...nextSteps(plan)],
  };
}

function nextSteps({ environment, file }: Awaited<ReturnType<typeof readPlan>>): readonly Line[] {
  return [
    'next, in the repository:',
    `  the environment "${environment}": required reviewers, and tags only`,
    '  the environment "published": the secret COUNTERSIGN_TOKEN, from countersign credential grant',
    `  ${VERIFIER_FOLDER}: the trust file as trust.json, and a lock file from npm install --package-lock-only --ignore-scripts`,
    'next, at the gateway:',
    `  projects.NAME.ci in countersign.yaml: kind github, workflow ${file}, environment ${environment}`,
    `  a webhook for release.published that starts repository_dispatch ${PUBLISHED_EVENT}; see docs/release-workflow.md`,
    'then: countersign posture',
  ];
}

async function verifierManifest(): Promise<string> {
  const version = await readOwnVersion();
  return `${JSON.stringify({ private: true, dependencies: { countersign: version } }, null, 2)}\n`;
}

async function put(cwd: string, path: string, text: string): Promise<void> {
  const file = join(cwd, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
