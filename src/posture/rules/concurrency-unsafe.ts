import { insertLinesBefore, replaceSpan } from '../edits/line-edit.ts';
import { truthOf } from '../publish/reach.ts';
import { type ReleaseJob, releaseJobs } from '../publish/release-act.ts';
import {
  type AuditContext,
  type Fix,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import type { Concurrency, Job, Workflow } from '../workflow.ts';

const MISSING = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

const ONE_AT_A_TIME = MISSING.replace(
  'jobs:',
  `concurrency:
  group: \${{ github.workflow }}
  cancel-in-progress: false
jobs:`,
);

const CANCELLED = ONE_AT_A_TIME.replace('progress: false', 'progress: true');

const OF_JOB = MISSING.replace(
  '    steps',
  `    concurrency:
      group: release
      cancel-in-progress: \${{ github.event_name == 'release' }}
    steps`,
);

export const rule: PostureRule = {
  id: 'concurrency-unsafe',
  reference: 'W21',
  severity: 'medium',
  confidence: 'proven',
  area: 'validation',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'one release runs at a time, and none is cancelled while it publishes',
  attack:
    'two runs race for the same version or dist-tag, or a new run cancels one that has published half of its packages: users then install versions that do not fit together',
  mend: 'give the workflow a concurrency group of its own and cancel-in-progress: false',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'no group',
        files: workflowFile(MISSING),
        found: ['.github/workflows/release.yml:1'],
        fixed: workflowFile(ONE_AT_A_TIME),
      },
      {
        about: 'a run that is cancelled by the next one',
        files: workflowFile(CANCELLED),
        found: ['.github/workflows/release.yml:4'],
        fixed: workflowFile(ONE_AT_A_TIME),
      },
      {
        about: 'cancelled whenever it publishes, by a condition',
        files: workflowFile(OF_JOB),
        found: ['.github/workflows/release.yml:7'],
      },
      {
        about: 'pipelines of GitLab that may publish at once, and one that may be cancelled',
        files: pipelineFile(`publish: { script: [npm publish package.tgz] }
other:
  resource_group: release
  interruptible: true
  script: [twine upload dist/*]
`),
        found: ['.gitlab-ci.yml:1', '.gitlab-ci.yml:4'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab, one at a time to its end',
        files: pipelineFile(`default: { interruptible: true }
publish:
  resource_group: release
  interruptible: false
  script: [npm publish package.tgz]
`),
      },
      { about: 'one at a time', files: workflowFile(ONE_AT_A_TIME) },
      {
        about: 'a group at the publish job; the default cancels nothing',
        files: workflowFile(MISSING.replace('    steps', '    concurrency: release\n    steps')),
      },
      {
        about: 'only runs of pull requests are cancelled',
        files: workflowFile(OF_JOB.replace("== 'release'", "== 'pull_request'")),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const publishing = releaseJobs(context).filter((one) => one.role === 'publishes');
  const cancelling = new Set<Concurrency>();
  for (const [workflow, jobs] of Map.groupBy(publishing, (one) => one.power.workflow)) {
    for (const one of jobs) {
      for (const limit of [workflow.concurrency, one.power.job.concurrency]) {
        if (limit === null || cancelling.has(limit) || !cancels(limit, one)) continue;
        cancelling.add(limit);
        yield cancelled(workflow, one, limit);
      }
    }
    const [bare] = jobs.filter(({ power }) => (power.job.concurrency?.group ?? null) === null);
    if (bare === undefined || workflow.concurrency !== null || isOnlyCalled(workflow)) continue;
    yield missing(workflow, bare);
  }
}

function cancels(limit: Concurrency, { occasions }: ReleaseJob): boolean {
  const { cancelInProgress } = limit;
  if (cancelInProgress === null) return false;
  if (cancelInProgress.text.trim() === 'true') return true;
  return occasions.some((occasion) => truthOf(cancelInProgress.text, occasion) === 'certainly');
}

function cancelled(workflow: Workflow, { power }: ReleaseJob, limit: Concurrency): Problem {
  const { cancelInProgress } = limit;
  const span = cancelInProgress?.span ?? limit.span;
  const isPlain = cancelInProgress?.text.trim() === 'true';
  return {
    source: workflow.source,
    span,
    job: power.job,
    message: `job "${power.job.id}" may be cancelled by the next run while it publishes`,
    ...inPipeline(power.job),
    ...(isPlain
      ? { fix: fixed('let a running release end', replaceSpan(workflow.source, span, 'false')) }
      : {}),
  };
}

function missing(workflow: Workflow, { power }: ReleaseJob): Problem {
  const { source } = workflow;
  const at = /^jobs:/m.exec(source.text)?.index;
  const edit =
    at === undefined
      ? null
      : insertLinesBefore(source, at, [
          'concurrency:',
          // the expression is GitHub's, not the language's
          ['  group: $', '{{ github.workflow }}'].join(''),
          '  cancel-in-progress: false',
        ]);
  return {
    source,
    span: power.job.pipeline === null ? workflow.triggersSpan : power.job.idSpan,
    job: power.job,
    message: `job "${power.job.id}" publishes, and two runs of its workflow may do so at once`,
    ...inPipeline(power.job),
    ...(edit === null ? {} : { fix: fixed('let one run publish at a time', edit) }),
  };
}

/** The same in the words of GitLab. */
function inPipeline({ pipeline }: Job): Pick<Problem, 'mend'> {
  return pipeline === null
    ? {}
    : { mend: 'give the job a resource_group, and interruptible: false' };
}

function fixed(about: string, edit: Fix['edits'][number]): Fix {
  return { about, changesBehaviour: true, edits: [edit] };
}

/** The callers of a reusable workflow say what runs at once. */
function isOnlyCalled(workflow: Workflow): boolean {
  return workflow.triggers.every(({ event }) => event === 'workflow_call');
}
