import { freeInputs, isCompared, readsInput } from '../publish/dispatch-input.ts';
import { isBehindGateway, neededBy } from '../publish/release-act.ts';
import { canStart, type Start, starts } from '../publish/start.ts';
import { type AuditContext, type PostureRule, type Problem, workflowFile } from '../rule.ts';
import { usesName } from '../uses-reference.ts';
import { type Job, namedValue, type Step, type Workflow } from '../workflow.ts';

const BAD = `on:
  workflow_dispatch:
    inputs:
      ref:
        description: what to publish
        required: true
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with:
          ref: \${{ inputs.ref }}
      - run: npm publish
`;

const VERSION = BAD.replace('      ref:\n        desc', '      version:\n        desc')
  .replace(/ {8}with:\n.*\n/, '')
  .replace(
    '      - run',
    `      - run: npm version "$VERSION"
        env:
          VERSION: \${{ github.event.inputs.version }}
      - run`,
  );

const OCCASION = { event: 'workflow_dispatch', ref: null } as const;
const CHOICE = /(?:^|[-_])(?:version|tag|ref|branch|commit|sha|revision)(?:$|[-_])/i;

export const rule: PostureRule = {
  id: 'dispatch-chooses-version',
  reference: 'W24',
  severity: 'medium',
  confidence: 'plausible',
  area: 'validation',
  scope: 'publish-path',
  about: 'no free text chooses the commit or version that is published',
  attack:
    'whoever may start the workflow publishes any commit that the repository can reach, those of forks and unreviewed branches too, under any version number',
  mend: 'publish the commit of the tag that started the run; where a version has to be typed, compare it with a strict pattern and with the manifest before anything is built',
  incidents: ['I26'],
  examples: {
    bad: [
      {
        about: 'a ref that is checked out and published',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:4'],
      },
      {
        about: 'a version that is written into the package',
        files: workflowFile(VERSION),
        found: ['.github/workflows/release.yml:4'],
      },
    ],
    fine: [
      {
        about: 'a choice of what may be bumped',
        files: workflowFile(
          VERSION.replace(
            '        required: true',
            '        type: choice\n        options: [patch, minor, major]',
          ),
        ),
      },
      {
        about: 'a version that is held against a pattern first',
        files: workflowFile(
          VERSION.replace(
            'npm version "$VERSION"',
            `'[[ "$VERSION" =~ ^[0-9]+\\.[0-9]+\\.[0-9]+$ ]] && npm version "$VERSION"'`,
          ),
        ),
      },
      {
        about: 'the dist-tag alone',
        files: workflowFile(
          BAD.replace('      ref:', '      tag:')
            .replace(/ {8}with:\n.*\n/, '')
            .replace('npm publish', `npm publish --tag \${{ inputs.tag }}`),
        ),
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
    yield* chosen(workflow, own);
  }
}

function* chosen(workflow: Workflow, own: readonly Start[]): Generator<Problem> {
  const jobs = neededBy(
    own.map((start) => start.job),
    workflow.jobs,
  );
  for (const { name, span } of freeInputs(workflow)) {
    const use = firstUse(jobs, name);
    if (use === null || isCompared(workflow, jobs, name)) continue;
    yield {
      source: workflow.source,
      span,
      job: use.job,
      message: `the input "${name}" takes any text, and job "${use.job.id}" ${use.what}`,
    };
  }
}

function firstUse(
  jobs: Iterable<Job>,
  name: string,
): { readonly job: Job; readonly what: string } | null {
  for (const job of jobs) {
    for (const step of job.steps) {
      const what = useOf(step, name);
      if (what !== null) return { job, what };
    }
  }
  return null;
}

function useOf(step: Step, name: string): string | null {
  const checkout = step.uses !== null && usesName(step.uses.reference) === 'actions/checkout';
  const ref = checkout ? namedValue(step.inputs, 'ref') : null;
  if (ref !== null && readsInput(ref.text, name)) return 'checks it out';
  if (!CHOICE.test(name) || step.run === null) return null;
  const isGiven = step.env.some((one) => readsInput(one.value.text, name));
  // npm's --tag names a channel and no version
  const text = step.run.text.replaceAll(/--tag[ =]["']?\$\{\{[^}]*\}\}/g, '');
  return isGiven || readsInput(text, name) ? 'makes the release from it' : null;
}
