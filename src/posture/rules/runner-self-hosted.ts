import {
  type AuditContext,
  eachJob,
  isOnPath,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import type { Workflow } from '../workflow.ts';

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
        about: 'a release from one',
        files: workflowFile(
          BAD.replace('pull_request', 'push').replace('make test', 'npm publish'),
        ),
        found: ['.github/workflows/release.yml:4'],
      },
    ],
    fine: [
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
    const label = job.runsOn?.labels.find((one) => one.text.toLowerCase() === 'self-hosted');
    if (label === undefined || job.runsOn === null) continue;
    const isPublishing = isOnPath(context, job);
    if (!isPublishing && !runsPullRequests(workflow)) continue;
    yield {
      source: workflow.source,
      span: job.runsOn.span,
      job,
      message: `job "${job.id}" ${isPublishing ? 'is on the publish path' : 'runs code of pull requests'} on a self-hosted runner`,
    };
  }
}

function runsPullRequests(workflow: Workflow): boolean {
  return workflow.triggers.some(({ event }) => event.startsWith('pull_request'));
}
