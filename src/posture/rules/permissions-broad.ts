import { keyIndent } from '../edits/step-edit.ts';
import { effectivePermissions, writeScopes } from '../permission.ts';
import {
  type AuditContext,
  type Fix,
  isOnPath,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import { usesRepository } from '../uses-reference.ts';
import type { Job, Permissions, Workflow } from '../workflow.ts';

const BAD = `name: test
on: push
jobs:
  lint:
    runs-on: ubuntu-latest
    steps: [{ uses: actions/checkout@v4 }]
  test:
    runs-on: ubuntu-latest
    steps: [{ run: make test }]
`;

const OWN = `on: push
jobs:
  lint:
    runs-on: ubuntu-latest
    permissions: {}
    steps: [{ run: make lint }]
  test:
    runs-on: ubuntu-latest
    permissions: { contents: read }
    steps: [{ uses: actions/checkout@v4 }]
`;

export const rule: PostureRule = {
  id: 'permissions-broad',
  reference: 'W03',
  severity: 'medium',
  confidence: 'plausible',
  area: 'access-control',
  scope: 'workflows',
  about: 'each job is given the permissions that it needs, written down',
  attack:
    'code that gets into any job of the workflow holds a token that may change the repository: it pushes a commit, moves a tag, edits a release or approves its own pull request',
  mend: 'write permissions: {} for the workflow and the few scopes that a job needs at that job',
  incidents: ['I26'],
  examples: {
    bad: [
      {
        about: 'nothing is written: the default of the repository, which may be to write',
        files: workflowFile(BAD),
        found: [
          '.github/workflows/release.yml:1',
          '.github/workflows/release.yml:4',
          '.github/workflows/release.yml:7',
        ],
        fixed: workflowFile(BAD.replace('jobs:', 'permissions:\n  contents: read\n\njobs:')),
      },
      {
        about: 'a right to write for jobs of which one needs it',
        files: workflowFile(BAD.replace('jobs:', 'permissions:\n  contents: write\njobs:')),
        found: ['.github/workflows/release.yml:4'],
      },
      {
        about: 'everything at once',
        files: workflowFile(OWN.replace('permissions: {}', 'permissions: write-all')),
        found: ['.github/workflows/release.yml:5'],
      },
      {
        about: 'jobs that push by the default: found, and left for somebody who knows their scopes',
        files: workflowFile(BAD.replace('make test', 'git push')),
        found: [
          '.github/workflows/release.yml:1',
          '.github/workflows/release.yml:4',
          '.github/workflows/release.yml:7',
        ],
        fixed: {},
      },
    ],
    fine: [
      { about: 'every job has its own', files: workflowFile(OWN) },
      {
        about: 'nothing for the workflow',
        files: workflowFile(BAD.replace('jobs:', 'permissions: {}\njobs:')),
      },
      {
        about: 'one job, whose rights are written at the top',
        files: workflowFile(`on: push
permissions:
  contents: write
jobs:
  release:
    runs-on: ubuntu-latest
    steps: [{ run: gh release create v1.0.0 }]
`),
      },
      {
        about: 'a workflow that is only called: its caller decides',
        files: workflowFile(BAD.replace('on: push', 'on: workflow_call')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const workflow of context.workflows) {
    const isOnlyCalled = workflow.triggers.every((one) => one.event === 'workflow_call');
    const inheriting = workflow.jobs.filter((job) => job.permissions === null);
    const isShared = workflow.jobs.length > 1 && inheriting.length > 0 && !isOnlyCalled;
    const fix = workflow.permissions === null ? restrictFix(workflow, inheriting) : null;
    if (isShared) yield* judgeWorkflow(context, workflow, fix);
    for (const job of workflow.jobs) {
      const { from, written } = effectivePermissions(workflow, job);
      const isAsked = job.call !== null || !isOnlyCalled;
      if (from === 'default' && isAsked) {
        yield {
          source: workflow.source,
          span: job.idSpan,
          job,
          message: `job "${job.id}" runs with the default permissions of the repository`,
          ...(fix !== null && { fix }),
        };
      } else if (from === 'job' && written !== null) {
        yield* judgeAll(context, workflow, written, [job]);
      }
    }
  }
}

function* judgeWorkflow(
  context: AuditContext,
  workflow: Workflow,
  fix: Fix | null,
): Generator<Problem> {
  const { permissions, source } = workflow;
  if (permissions === null) {
    const message = 'the workflow says nothing of permissions: its jobs run with the default';
    yield { source, span: workflow.keySpan, message, ...(fix !== null && { fix }) };
    return;
  }
  yield* judgeAll(context, workflow, permissions, workflow.jobs);
  const isPublishing = workflow.jobs.some((job) => isOnPath(context, job));
  for (const name of writeScopes(permissions)) {
    const scope = permissions.scopes.get(name);
    if (scope === undefined) continue;
    yield {
      source,
      span: scope.span,
      severity: isPublishing ? 'high' : 'medium',
      confidence: 'proven',
      message: `${name}: write is given to every job of the workflow`,
    };
  }
}

function* judgeAll(
  context: AuditContext,
  workflow: Workflow,
  permissions: Permissions,
  jobs: readonly Job[],
): Generator<Problem> {
  if (permissions.all === null) return;
  const [job] = jobs;
  const isPublishing = jobs.some((one) => isOnPath(context, one));
  yield {
    source: workflow.source,
    span: permissions.keySpan,
    confidence: 'proven',
    severity: permissions.all === 'read' ? 'low' : isPublishing ? 'critical' : 'high',
    message: `${permissions.all}-all gives a right in every scope, those of tomorrow too`,
    ...(job !== undefined && jobs.length === 1 && { job }),
  };
}

/** The forge's token in use, or a command or action that writes with it. */
const TOKEN_USE = /github\.token|secrets\.github_token|\bgit\s+push\b|\bgh\s+[a-z]|id-token/i;
const READING_ACTION =
  /^(?:actions\/(?:checkout|cache|setup-[a-z]+|upload-artifact|download-artifact)|pnpm\/action-setup|oven-sh\/setup-bun|denoland\/setup-deno|astral-sh\/(?:setup-uv|ruff-action)|codecov\/codecov-action|coverallsapp\/github-action|dtolnay\/rust-toolchain|actions-rs\/toolchain|swatinem\/rust-cache|ruby\/setup-ruby|shivammathur\/setup-php|golangci\/golangci-lint-action|pre-commit\/action|docker\/setup-[a-z-]+-action)(?:\/|$)/;

/** One line for all jobs that have none of their own; null where one of them may need more. */
function restrictFix(workflow: Workflow, inheriting: readonly Job[]): Fix | null {
  if (!inheriting.every((job) => onlyReads(workflow, job))) return null;
  const { source, jobsKeySpan } = workflow;
  const indent = keyIndent(source, jobsKeySpan);
  if (indent !== '') return null;
  const end = source.lineEnding;
  const text = `permissions:${end}  contents: read${end}${end}`;
  const { start } = jobsKeySpan;
  return {
    about: 'let all jobs without permissions of their own only read the repository',
    changesBehaviour: true,
    edits: [{ kind: 'text', path: source.path, start, end: start, text }],
  };
}

function onlyReads(workflow: Workflow, job: Job): boolean {
  if (job.call !== null) return false;
  if (TOKEN_USE.test(workflow.source.text.slice(job.span.start, job.span.end))) return false;
  return job.steps.every(({ uses }) => {
    if (uses === null) return true;
    const { reference } = uses;
    if (reference.kind !== 'repository') return false;
    return READING_ACTION.test(usesRepository(reference).toLowerCase());
  });
}
