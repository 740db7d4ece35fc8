import { replaceSpan } from '../edits/line-edit.ts';
import { workOf } from '../publish/job-work.ts';
import { releaseJobs } from '../publish/release-act.ts';
import {
  type AuditContext,
  type Fix,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import type { ShellCommand, ShellWord } from '../shell-command.ts';
import type { SourceText } from '../source-text.ts';
import { usesName } from '../uses-reference.ts';
import { type Job, namedValue, type Step, type Workflow } from '../workflow.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';

const BAD = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm ci
      - run: npm publish
`;

export const rule: PostureRule = {
  id: 'lifecycle-scripts-on',
  reference: 'W22',
  severity: 'high',
  confidence: 'proven',
  area: 'validation',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  fixForges: ['github', 'gitlab'],
  about: 'dependencies are installed for a release without their install scripts',
  attack:
    'the install script of any dependency, however deep, runs in the job that makes or publishes the package, and can change it or take its identity',
  mend: 'install with --ignore-scripts, and run by name the few scripts that the build needs',
  incidents: ['I29', 'I36', 'I44'],
  examples: {
    bad: [
      {
        about: 'npm ci in a publish job',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:6'],
        fixed: workflowFile(BAD.replace('npm ci', 'npm ci --ignore-scripts')),
      },
      {
        about: 'classic yarn',
        files: workflowFile(BAD.replace('npm ci', 'yarn install --frozen-lockfile')),
        found: ['.github/workflows/release.yml:6'],
        fixed: workflowFile(
          BAD.replace('npm ci', 'yarn install --ignore-scripts --frozen-lockfile'),
        ),
      },
      {
        about: 'a source distribution builds itself when it is installed',
        files: workflowFile(
          BAD.replace('npm ci', '"pip install --no-binary :all: -r requirements.txt"').replace(
            'npm publish',
            'twine upload dist/*',
          ),
        ),
        found: ['.github/workflows/release.yml:6'],
      },
      {
        about: 'a pipeline of GitLab that installs with scripts before it publishes',
        files: pipelineFile('publish: { script: [npm ci, npm publish] }\n'),
        found: ['.gitlab-ci.yml:1'],
        fixed: pipelineFile('publish: { script: [npm ci --ignore-scripts, npm publish] }\n'),
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that tests with scripts and publishes without',
        files: pipelineFile(`test: { script: [npm ci, npm test] }
publish: { script: [npm ci --ignore-scripts, npm publish] }
`),
      },
      {
        about: 'without scripts',
        files: workflowFile(BAD.replace('npm ci', 'npm ci --ignore-scripts')),
      },
      {
        about: 'scripts switched off for the repository',
        files: { ...workflowFile(BAD), '.npmrc': 'ignore-scripts=true\n' },
      },
      {
        about: 'scripts of named dependencies alone',
        files: {
          ...workflowFile(BAD),
          'package.json': '{ "name": "aitbc-tools", "allowScripts": { "esbuild": true } }\n',
        },
      },
      {
        about: 'a job that publishes nothing',
        files: workflowFile(BAD.replace('npm publish', 'npm test')),
      },
      {
        about: 'pnpm, which runs no scripts of dependencies unless told to',
        files: workflowFile(BAD.replace('npm ci', 'pnpm install --frozen-lockfile')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  if (isOffForAll(context)) return;
  for (const { power } of releaseJobs(context)) {
    const { workflow, job } = power;
    for (const { work, step, command } of workOf(workflow.source, job)) {
      if (work !== 'install' || command === null || step.run === null) continue;
      if (isOffByEnvironment(workflow, job, step)) continue;
      const at = runsScripts(command, context, job);
      if (at === null) continue;
      const fix = withoutScripts(workflow.source, step, at);
      const first = command.words.map((word) => word.text).slice(0, 3);
      yield {
        source: workflow.source,
        span: placeInScalar(workflow.source, step.run, command.index, first[0]?.length ?? 0),
        job,
        message: `job "${job.id}" runs the install scripts of all dependencies: ${first.join(' ')}`,
        ...(fix === null ? {} : { fix }),
      };
    }
  }
}

function isOffForAll(context: AuditContext): boolean {
  const settings = context.files.get('.npmrc')?.text ?? '';
  const manifest = context.files.get('package.json')?.text ?? '';
  return /^\s*ignore-scripts\s*=\s*true/m.test(settings) || /"allowScripts"\s*:/.test(manifest);
}

function isOffByEnvironment(workflow: Workflow, job: Job, step: Step): boolean {
  return [step.env, job.env, workflow.env].some((values) =>
    values.some(
      ({ name, value }) =>
        /^(?:npm_config_ignore_scripts|yarn_enable_scripts)$/i.test(name) &&
        value.text === (name.toLowerCase().startsWith('npm') ? 'true' : 'false'),
    ),
  );
}

/** The word after which the option belongs; null where no scripts run. `fixable` for npm and yarn alone. */
function runsScripts(
  command: ShellCommand,
  context: AuditContext,
  job: Job,
): { readonly word: ShellWord; readonly isFixable: boolean } | null {
  const [program, ...rest] = command.words;
  if (program === undefined) return null;
  const texts = rest.map((word) => word.text);
  if (texts.some((text) => /^--ignore-scripts(?:=true)?$/.test(text))) return null;
  const verb = rest.find((word) => !word.text.startsWith('-'));
  switch (program.text) {
    case 'npm':
      return verb === undefined ? null : { word: verb, isFixable: true };
    case 'pnpm':
      return verb !== undefined && isOldPnpm(context, job) ? { word: verb, isFixable: true } : null;
    case 'yarn':
      if (isModernYarn(context, texts)) return null;
      return { word: verb ?? program, isFixable: verb !== undefined };
    default:
      return texts.includes('--no-binary') || texts.some((text) => text.startsWith('--no-binary='))
        ? { word: program, isFixable: false }
        : null;
  }
}

/** Scripts of dependencies are off from pnpm 10 on; an unknown version is taken for a new one. */
function isOldPnpm(context: AuditContext, job: Job): boolean {
  const manifest = context.files.get('package.json')?.text ?? '';
  const declared = /"packageManager"\s*:\s*"pnpm@(\d+)/.exec(manifest)?.[1];
  const setup = job.steps.find(
    ({ uses }) => uses !== null && usesName(uses.reference) === 'pnpm/action-setup',
  );
  const asked = setup === undefined ? undefined : namedValue(setup.inputs, 'version')?.text;
  const major = Number.parseInt(declared ?? asked ?? '', 10);
  return Number.isInteger(major) && major < 10;
}

/** Yarn 2 and later know --immutable and a file of their own; what they run is set there. */
function isModernYarn(context: AuditContext, texts: readonly string[]): boolean {
  const manifest = context.files.get('package.json')?.text ?? '';
  return (
    texts.some((text) => /^--(?:immutable|inline-builds|mode)/.test(text)) ||
    context.files.has('.yarnrc.yml') ||
    /"packageManager"\s*:\s*"yarn@[2-9]/.test(manifest)
  );
}

function withoutScripts(
  source: SourceText,
  step: Step,
  { word, isFixable }: { readonly word: ShellWord; readonly isFixable: boolean },
): Fix | null {
  if (!isFixable || step.run === null) return null;
  const place = placeInScalar(source, step.run, word.index, word.text.length);
  if (source.text.slice(place.start, place.end) !== word.text) return null;
  const end = { start: place.end, end: place.end };
  return {
    about:
      'install without the scripts of dependencies; builds that need one have to run it by name',
    changesBehaviour: true,
    edits: [replaceSpan(source, end, ' --ignore-scripts')],
  };
}
