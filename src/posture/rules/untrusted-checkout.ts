import { asksForAuthor, checksAuthor } from '../author-check.ts';
import { contextPaths, embeddedExpressions } from '../expression.ts';
import {
  type AuditContext,
  eachJob,
  isOnPath,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import { shellCommands } from '../shell-command.ts';
import type { SourceText, Span } from '../source-text.ts';
import { targetTriggers } from '../trigger.ts';
import { usesName } from '../uses-reference.ts';
import { type Job, namedValue, type Step, type Workflow } from '../workflow.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';

const BAD = `on: pull_request_target
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          ref: \${{ github.event.pull_request.head.sha }}
      - run: npm ci
`;

export const rule: PostureRule = {
  id: 'untrusted-checkout',
  reference: 'W11',
  severity: 'high',
  confidence: 'plausible',
  area: 'access-control',
  scope: 'workflows',
  about: 'no run with the rights of the repository takes the code of a pull request',
  attack:
    'whoever opens a pull request has their code run beside the secrets: by an install hook, a test, a configuration file or a local action, and whatever they leave in the cache is restored by the next release',
  mend: 'split it: pull_request builds and tests without secrets and uploads what it found, a second workflow reads that as data and never runs it',
  incidents: ['I19', 'I30', 'I44', 'I53'],
  examples: {
    bad: [
      {
        about: 'the head of the pull request, and an install that runs its hooks',
        files: workflowFile(BAD, 'test'),
        found: ['.github/workflows/test.yml:8'],
      },
      {
        about: 'the same by the command line, for a comment',
        files: workflowFile(
          `on: issue_comment
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: |
          gh pr checkout 7
          make test
`,
          'test',
        ),
        found: ['.github/workflows/test.yml:8'],
      },
      {
        about: 'a ref that is fetched first, and a head that an action looked up',
        files: workflowFile(
          BAD.replace('github.event.pull_request.head.sha', 'steps.pr.outputs.head_sha').replace(
            'npm ci',
            '|\n          git fetch origin pull/${{ github.event.number }}/head:pr\n          git checkout pr\n      - run: npm ci',
          ),
          'test',
        ),
        found: ['.github/workflows/test.yml:8', '.github/workflows/test.yml:10'],
      },
      {
        about: 'the commit that another workflow ran for',
        files: workflowFile(
          BAD.replace('pull_request_target', '\n  workflow_run: { workflows: [ci] }').replace(
            'pull_request.head.sha',
            'workflow_run.head_sha',
          ),
          'test',
        ),
        found: ['.github/workflows/test.yml:9'],
      },
    ],
    fine: [
      {
        about: 'the event without the rights',
        files: workflowFile(BAD.replace('pull_request_target', 'pull_request')),
      },
      {
        about: 'the code of the main branch',
        files: workflowFile(BAD.replace(/ {8}with:\n.*\n/, '')),
      },
      {
        about: 'pull requests of branches of the repository itself',
        files: workflowFile(
          BAD.replace(
            '    runs-on',
            '    if: github.event.pull_request.head.repo.full_name == github.repository\n    runs-on',
          ),
        ),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { workflow, job } of eachJob(context)) {
    if (targetTriggers(workflow).length === 0 || checksAuthor(workflow, job)) continue;
    for (const step of job.steps) {
      const found = asksForAuthor(step.condition) ? null : foreignCheckout(workflow.source, step);
      if (found !== null) yield describe(context, workflow, job, step, found);
    }
  }
}

function describe(
  context: AuditContext,
  workflow: Workflow,
  job: Job,
  step: Step,
  span: Span,
): Problem {
  const runs = step.run !== null || job.steps.slice(step.index + 1).some(runsCode);
  const deed = runs ? 'takes and runs' : 'takes';
  return {
    source: workflow.source,
    span,
    job,
    message: `job "${job.id}" ${deed} the code of a pull request with the rights of the repository`,
    severity: runs || isOnPath(context, job) ? 'critical' : 'high',
    confidence: runs && !isAskedFor(workflow, job) ? 'proven' : 'plausible',
  };
}

/** A label or an environment that somebody may have to agree to; new commits need no new label. */
function isAskedFor(workflow: Workflow, job: Job): boolean {
  const isLabelled = targetTriggers(workflow).every(
    ({ types }) => types?.every((type) => type.text === 'labeled') === true,
  );
  return (
    isLabelled || job.environment !== null || /labels?\b/.test(job.condition?.scalar.text ?? '')
  );
}

/** Values by which a pull request of a fork can be reached. */
const HEAD_PATH =
  /^github\.(?:head_ref$|event\.(?:pull_request\.(?:head\.|number$|merge_commit_sha$)|workflow_run\.(?:head_|pull_requests)|issue\.number$|number$))/;

/** Outputs of actions that look a pull request up. */
const HEAD_OUTPUT =
  /^(?:steps|needs)\..*\.(?:[a-z_-]*head[a-z_-]*|pr[_-]?(?:sha|ref|branch|commit))$/;

/** Where a step checks the head of a pull request out; null where it does not. */
function foreignCheckout(source: SourceText, step: Step): Span | null {
  if (step.uses !== null && usesName(step.uses.reference) === 'actions/checkout') {
    const named = [namedValue(step.inputs, 'ref'), namedValue(step.inputs, 'repository')];
    return named.find((scalar) => scalar !== null && namesHead(scalar.text))?.span ?? null;
  }
  if (step.run === null) return null;
  const variables = step.env.filter(({ value }) => namesHead(value.text)).map((one) => one.name);
  for (const { words, index } of shellCommands(step.run.text)) {
    const line = words.map((word) => word.text).join(' ');
    if (!takesHead(line, variables) && !fetchesHead(line, step.run.text)) continue;
    return placeInScalar(source, step.run, index, words[0]?.text.length ?? 0);
  }
  return null;
}

function namesHead(text: string): boolean {
  return embeddedExpressions(text).some(({ tree }) =>
    contextPaths(tree).some((path) => HEAD_PATH.test(path) || HEAD_OUTPUT.test(path)),
  );
}

const PULL_REF = /\bpull\/(?:\$\{\{[^}]{0,200}\}\}|[^ /]){1,200}\/(?:head|merge)\b/;

/** A fetch of the ref, which a later command of the script switches to. */
function fetchesHead(line: string, script: string): boolean {
  return (
    /^git\b.{0,200}?\bfetch\b/.test(line) &&
    PULL_REF.test(line) &&
    /\bgit\s+(?:checkout|switch|merge|reset)\b/.test(script)
  );
}

function takesHead(line: string, variables: readonly string[]): boolean {
  if (/^gh pr checkout\b/.test(line)) return true;
  if (!/^git\b/.test(line) || !/\s(?:checkout|pull|switch|merge|clone|reset)\s/.test(line)) {
    return false;
  }
  if (PULL_REF.test(line) || namesHead(line)) return true;
  return variables.some((name) => line.includes(`$${name}`) || line.includes(`\${${name}}`));
}

/** Scripts, and actions of the folder that was taken. */
function runsCode(step: Step): boolean {
  return step.run !== null || step.uses?.reference.kind === 'local';
}
