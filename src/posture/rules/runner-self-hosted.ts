import { expandMatrix } from '../matrix.ts';
import {
  type AuditContext,
  eachJob,
  isOnPath,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import type { Job, RunsOn, Workflow } from '../workflow.ts';

const BAD = `on: pull_request
jobs:
  test:
    runs-on: [self-hosted, linux]
    steps: [{ run: make test }]
`;

export const rule: PostureRule = {
  id: 'runner-self-hosted',
  reference: 'W18',
  severity: 'high',
  confidence: 'plausible',
  area: 'validation',
  scope: 'workflows',
  forges: ['github', 'gitlab'],
  about: 'releases and pull requests run on machines that the forge makes anew for each job',
  attack:
    'a pull request leaves a program on the machine of the project, and the release that runs there next week builds with it',
  mend: 'run the job on a hosted runner, or on runners that are made for one job and thrown away; no registry takes identities from self-hosted ones',
  incidents: ['I30'],
  examples: {
    bad: [
      {
        about: 'tests of pull requests on an own machine',
        files: workflowFile(BAD, 'test'),
        found: ['.github/workflows/test.yml:4'],
      },
      {
        about: 'an own machine that is one of those in the matrix',
        files: workflowFile(
          BAD.replace(
            'runs-on: [self-hosted, linux]',
            'runs-on: ${{ matrix.os }}\n    strategy: { matrix: { os: [ubuntu-latest, [self-hosted, arm64]] } }',
          ),
          'test',
        ),
        found: ['.github/workflows/test.yml:4'],
      },
      {
        about: 'a group of runners, of which nobody can tell here whose they are',
        files: workflowFile(BAD.replace('[self-hosted, linux]', '{ group: large }'), 'test'),
        found: ['.github/workflows/test.yml:4'],
      },
      {
        about: 'a release from one',
        files: workflowFile(
          BAD.replace('pull_request', 'push').replace('make test', 'npm publish'),
        ),
        found: ['.github/workflows/release.yml:4'],
      },
      {
        about: 'a pipeline of GitLab that publishes from runners of its own',
        files: pipelineFile(`publish:
  tags: [build-box]
  script: [npm publish package.tgz]
`),
        found: ['.gitlab-ci.yml:2'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab on runners of the forge',
        files: pipelineFile(`publish:
  tags: [saas-linux-small-amd64]
  script: [npm publish package.tgz]
`),
      },
      {
        about: 'a hosted runner',
        files: workflowFile(BAD.replace('[self-hosted, linux]', 'ubuntu-latest')),
      },
      {
        about: 'an own machine that sees neither releases nor pull requests',
        files: workflowFile(BAD.replace('pull_request', 'schedule')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { workflow, job } of eachJob(context)) {
    if (job.runsOn === null) continue;
    if (job.pipeline !== null) {
      yield* judgeTags(context, workflow, job, job.runsOn);
      continue;
    }
    const labels = job.runsOn.labels.flatMap((one) => expandMatrix(one.text, job.matrix));
    const isOwn = labels.some((one) => one.trim().toLowerCase() === 'self-hosted');
    // groups hold own runners, and large ones of the forge
    if (!isOwn && job.runsOn.group === null) continue;
    const isPublishing = isOnPath(context, job);
    if (!isPublishing && !runsPullRequests(workflow)) continue;
    yield {
      source: workflow.source,
      span: job.runsOn.span,
      job,
      ...(isOwn ? {} : { severity: 'low' as const, confidence: 'weak' as const }),
      message: `job "${job.id}" ${isPublishing ? 'is on the publish path' : 'runs code of pull requests'} on ${isOwn ? 'a self-hosted runner' : 'a group of runners, which may be self-hosted'}`,
    };
  }
}

/** The hosted runners of GitLab have such tags; all others say only that somebody chose them. */
const HOSTED_TAG = /^(?:saas-|gitlab-org|shared$|docker$)|\$/;

function* judgeTags(
  context: AuditContext,
  workflow: Workflow,
  job: Job,
  { labels, span }: RunsOn,
): Generator<Problem> {
  if (!isOnPath(context, job) || labels.length === 0) return;
  if (labels.some((one) => HOSTED_TAG.test(one.text))) return;
  yield {
    source: workflow.source,
    span,
    job,
    severity: 'medium',
    confidence: 'weak',
    message: `job "${job.id}" is on the publish path and asks for runners with the tag "${labels[0]?.text.slice(0, 60)}"`,
  };
}

function runsPullRequests(workflow: Workflow): boolean {
  return workflow.triggers.some(({ event }) => event.startsWith('pull_request'));
}
