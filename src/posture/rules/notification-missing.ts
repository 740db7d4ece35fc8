import { startsWithNotice, tellsPeople } from '../publish/care.ts';
import { isBehindGateway, releaseActs } from '../publish/release-act.ts';
import {
  type AuditContext,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import { isSameRun, type Workflow } from '../workflow.ts';

const BAD = `on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

export const rule: PostureRule = {
  id: 'notification-missing',
  reference: null,
  severity: 'low',
  confidence: 'plausible',
  area: 'audit-trail',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'people are told when something was published',
  attack:
    'a version that nobody of the team published goes unnoticed for hours, and those hours are all that an attacker needs',
  mend: 'let the workflow make a release at the forge or send a message to a channel that the team reads, with package, version and run; a gateway does so by itself and raises an alarm for what it did not release',
  incidents: ['I29', 'I48'],
  examples: {
    bad: [
      {
        about: 'nobody is told',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:8'],
      },
      {
        about: 'a pipeline of GitLab that tells nobody',
        files: pipelineFile(`publish: { script: [npm publish package.tgz] }
`),
        found: ['.gitlab-ci.yml:1'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that makes a release',
        files: pipelineFile(`publish: { script: [npm publish package.tgz] }
release: { stage: .post, script: [echo], release: { tag_name: $CI_COMMIT_TAG } }
`),
      },
      {
        about: 'a release at the forge, of which watchers are told',
        files: workflowFile(`${BAD}      - run: gh release create "$GITHUB_REF_NAME"\n`),
      },
      {
        about: 'a message to a channel',
        files: workflowFile(`${BAD}      - uses: slackapi/slack-github-action@v2\n`),
      },
      {
        about: 'a run that a release of the forge started',
        files: workflowFile(
          BAD.replace(/on:[\s\S]*?jobs/, 'on: { release: { types: [published] } }\njobs'),
        ),
      },
      {
        about: 'another workflow that tells people when this one has ended',
        files: {
          ...workflowFile(`name: Release\n${BAD}`),
          ...workflowFile(
            `on: { workflow_run: { workflows: [Release], types: [completed] } }
jobs:
  tell:
    runs-on: ubuntu-latest
    steps:
      - uses: slackapi/slack-github-action@v2
`,
            'tell',
          ),
        },
      },
      {
        about: 'the gateway tells them',
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
  const acts = releaseActs(context).filter(
    (one) => one.act.ecosystem !== 'other' && !isBehindGateway(one),
  );
  for (const [workflow, own] of Map.groupBy(acts, (one) => one.power.workflow)) {
    const [first] = own;
    if (first === undefined || isTold(context, workflow)) continue;
    yield {
      source: workflow.source,
      span: first.act.span,
      job: first.power.job,
      message: `job "${first.power.job.id}" publishes with ${first.act.tool}, and nobody is told`,
    };
  }
}

function tells({ jobs }: Workflow): boolean {
  return jobs.some((job) => job.pipeline?.makesRelease === true || job.steps.some(tellsPeople));
}

/** By the workflow, by one that follows it, or by one that called it. */
function isTold(context: AuditContext, workflow: Workflow): boolean {
  const name = workflow.name?.text ?? '';
  return context.workflows.some((other) => {
    const follows = other.triggers.some((one) => one.workflows.some(({ text }) => text === name));
    const calls = other.jobs.some(
      ({ call }) =>
        call !== null &&
        call.uses.reference.kind === 'local' &&
        call.uses.reference.path.endsWith(workflow.source.path),
    );
    if (!isSameRun(other, workflow) && !calls && !(follows && name !== '')) return false;
    return startsWithNotice(other) || tells(other);
  });
}
