import {
  type AuditContext,
  eachJob,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';

const BAD = `on: push
jobs:
  build:
    uses: ./.github/workflows/build.yml
    secrets: inherit
`;

export const rule: PostureRule = {
  id: 'secrets-inherited',
  reference: 'W17',
  severity: 'medium',
  confidence: 'proven',
  area: 'token-security',
  scope: 'workflows',
  about: 'a called workflow is given the secrets that it needs, by name',
  attack:
    'secrets: inherit hands over every secret that the caller can read, the registry token among them: code that gets into the called workflow, or into an action that it uses, takes them all',
  mend: 'list the secrets under secrets: one by one, and declare them in the called workflow',
  incidents: ['I19'],
  examples: {
    bad: [
      {
        about: 'all secrets for a workflow that builds',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:4'],
      },
    ],
    fine: [
      {
        about: 'the one that it needs',
        files: workflowFile(
          BAD.replace('inherit', '\n      COVERAGE_TOKEN: ${{ secrets.COVERAGE_TOKEN }}'),
        ),
      },
      { about: 'none at all', files: workflowFile(BAD.replace('    secrets: inherit\n', '')) },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { workflow, job } of eachJob(context)) {
    if (job.call?.secrets !== 'inherit') continue;
    const { reference, scalar } = job.call.uses;
    // foreign code at a place that this repository does not control
    const isForeign = reference.kind === 'repository';
    yield {
      source: workflow.source,
      span: scalar.span,
      job,
      message: `job "${job.id}" hands all secrets to ${isForeign ? 'a workflow of another repository' : 'the workflow that it calls'}`,
      ...(isForeign && { severity: 'high' }),
    };
  }
}
