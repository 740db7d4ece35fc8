import { asksSomebody } from '../publish/approval-step.ts';
import { isBehindGateway, neededBy } from '../publish/release-act.ts';
import { isReleased, type Start, starts } from '../publish/start.ts';
import {
  type AuditContext,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import type { Job } from '../workflow.ts';

const BAD = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

const ASKED = `on: { release: { types: [published] } }
jobs:
  approve:
    runs-on: ubuntu-latest
    environment: release
    steps:
      - run: echo approved
  publish:
    needs: approve
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

export const rule: PostureRule = {
  id: 'publish-unapproved',
  reference: null,
  severity: 'high',
  confidence: 'proven',
  area: 'access-control',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'somebody else is asked before a job publishes',
  attack:
    'whoever can start the workflow, by a tag, a push or a click, publishes alone: one stolen account or token is enough',
  mend: 'put the job into an environment with required reviewers who may not approve their own runs, let it need a job that asks two people, or send the package to a gateway that publishes with two signatures',
  incidents: ['I41', 'I50', 'I53'],
  examples: {
    bad: [
      {
        about: 'nobody is asked',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:3'],
      },
      {
        about: 'an approval that the publish job does not wait for',
        files: workflowFile(ASKED.replace('    needs: approve\n', '')),
        found: ['.github/workflows/release.yml:8'],
      },
      {
        about: 'a pipeline of GitLab: the button is for whoever started it too',
        files: pipelineFile(`publish:
  when: manual
  script: [npm publish package.tgz]
`),
        found: ['.gitlab-ci.yml:1'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab in an environment',
        files: pipelineFile(`publish:
  environment: release
  script: [npm publish package.tgz]
`),
      },
      {
        about: 'an environment',
        files: workflowFile(BAD.replace('    steps', '    environment: release\n    steps')),
      },
      { about: 'a job that waits in an environment', files: workflowFile(ASKED) },
      {
        about: 'an approval in the workflow that calls this one',
        files: {
          ...workflowFile(
            ASKED.replace(
              /(needs: approve\n)[\s\S]*/,
              '$1    uses: ./.github/workflows/send.yml\n',
            ),
          ),
          ...workflowFile(BAD.replace(/on:.*/, 'on: workflow_call'), 'send'),
        },
      },
      {
        about: 'staging: a person has the last word at the registry',
        files: workflowFile(BAD.replace('npm publish', 'npm stage publish')),
      },
      {
        about: 'the gateway asks',
        files: workflowFile(
          BAD.replace('publish\n', 'publish --registry https://gateway.example/\n'),
        ),
        gateway: { path: 'countersign.yaml', origin: 'https://gateway.example', packages: [] },
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const unasked = starts(context).filter(
    (start) => isReleased(start) && !isBehindGateway(start.one) && start.one.act.kind === 'publish',
  );
  const byJob = Map.groupBy(unasked, (start) => start.one.power.job);
  for (const [job, own] of byJob) {
    const open = own.find((start) => !isAsked(start, own));
    if (open === undefined) continue;
    yield {
      source: open.one.power.workflow.source,
      span: job.idSpan,
      job,
      message: `job "${job.id}" publishes with ${open.one.act.tool}, and nobody else is asked before`,
    };
  }
}

/** A called workflow counts as asked when its callers all ask, or it asks itself. */
function isAsked({ workflow, job, one }: Start, own: readonly Start[]): boolean {
  if (asks(job, workflow.jobs) || asks(one.power.job, one.power.workflow.jobs)) return true;
  const isCalledOnly = one.power.workflow.triggers.every(({ event }) => event === 'workflow_call');
  return (
    workflow === one.power.workflow &&
    isCalledOnly &&
    own.some((start) => start.workflow !== workflow)
  );
}

function asks(job: Job, all: readonly Job[]): boolean {
  return [...neededBy([job], all)].some(
    // an earlier job of a pipeline asks where it waits for a button; others deploy somewhere on the way
    (one) => asksSomebody(one) && (one === job || one.pipeline?.manualSpan !== null),
  );
}
