import { freeInputs, isCompared } from '../publish/dispatch-input.ts';
import { isBehindGateway, neededBy } from '../publish/release-act.ts';
import { canStart, type Start, starts } from '../publish/start.ts';
import { type AuditContext, type PostureRule, type Problem, workflowFile } from '../rule.ts';
import type { Workflow } from '../workflow.ts';

const BAD = `on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
  workflow_dispatch:
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

const CONFIRMED = BAD.replace(
  '  workflow_dispatch:\n',
  `  workflow_dispatch:
    inputs:
      confirm:
        description: type the version that you want to publish
        required: true
`,
).replace(
  '    runs-on',
  "    if: github.event_name == 'push' || inputs.confirm == 'publish'\n    runs-on",
);

const OCCASION = { event: 'workflow_dispatch', ref: 'branch' } as const;

export const rule: PostureRule = {
  id: 'dispatch-unconfirmed',
  reference: null,
  severity: 'medium',
  confidence: 'proven',
  area: 'access-control',
  scope: 'publish-path',
  about: 'whoever publishes by hand has to type what is published',
  attack:
    'one wrong click in the list of workflows publishes whatever the chosen branch holds, and a stolen session needs no more than that click',
  mend: 'give workflow_dispatch a required text input, and compare it with the version in a condition or a first step that ends the run',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'a button that publishes',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:4'],
      },
      {
        about: 'a box to tick is no confirmation',
        files: workflowFile(
          CONFIRMED.replace('        required', '        type: boolean\n        required'),
        ),
        found: ['.github/workflows/release.yml:4'],
      },
      {
        about: 'a button that calls the workflow that publishes',
        files: {
          ...workflowFile(
            'on: workflow_dispatch\njobs:\n  go:\n    uses: ./.github/workflows/send.yml\n',
          ),
          ...workflowFile(BAD.replace(/on:[\s\S]*?jobs/, 'on: workflow_call\njobs'), 'send'),
        },
        found: ['.github/workflows/release.yml:1'],
      },
    ],
    fine: [
      { about: 'a typed confirmation in a condition', files: workflowFile(CONFIRMED) },
      {
        about: 'a typed version that a step compares with the package',
        files: workflowFile(
          CONFIRMED.replace(/ {4}if:.*\n/, '').replace(
            '      - run: npm',
            `      - run: test "$CONFIRM" = "$(jq -r .version package.json)"
        env:
          CONFIRM: \${{ inputs.confirm }}
      - run: npm`,
          ),
        ),
      },
      {
        about: 'a job that does not run by hand',
        files: workflowFile(
          BAD.replace('    runs-on', "    if: startsWith(github.ref, 'refs/tags/')\n    runs-on"),
        ),
      },
      {
        about: 'an upload to the gateway, where two people sign',
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
  const open = starts(context).filter(
    (start) => !isBehindGateway(start.one) && canStart(start, OCCASION),
  );
  for (const [workflow, own] of Map.groupBy(open, (start) => start.workflow)) {
    const dispatch = workflow.triggers.find(({ event }) => event === 'workflow_dispatch');
    const [first] = own;
    if (dispatch === undefined || first === undefined || isConfirmed(workflow, own)) continue;
    yield {
      source: workflow.source,
      span: dispatch.span,
      job: first.job,
      message: `job "${first.job.id}" publishes when somebody starts the workflow by hand, and compares nothing that was typed`,
    };
  }
}

function isConfirmed(workflow: Workflow, own: readonly Start[]): boolean {
  const jobs = neededBy(
    own.map((start) => start.job),
    workflow.jobs,
  );
  return freeInputs(workflow).some(({ name }) => isCompared(workflow, jobs, name));
}
