import {
  type AuditContext,
  eachJob,
  eachStep,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import type { NamedValue } from '../workflow.ts';

const BAD = `on: push
env:
  ACTIONS_ALLOW_UNSECURE_COMMANDS: true
jobs:
  test:
    runs-on: ubuntu-latest
    steps: [{ run: make }]
`;

export const rule: PostureRule = {
  id: 'insecure-commands',
  reference: 'W14',
  severity: 'high',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  about: 'commands in the output of a step set no variables',
  attack:
    'with the old commands on, whatever is printed is obeyed: a test that prints a file of a stranger sets PATH or NODE_OPTIONS for all later steps',
  mend: 'delete the variable, and write to GITHUB_ENV and GITHUB_PATH where something must be set',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'turned on for all jobs',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:3'],
      },
    ],
    fine: [
      { about: 'turned off in so many words', files: workflowFile(BAD.replace('true', 'false')) },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { source, env } of context.workflows) {
    for (const value of env.filter(allows)) yield { source, ...problem(value) };
  }
  for (const { workflow, job } of eachJob(context)) {
    for (const value of job.env.filter(allows)) {
      yield { source: workflow.source, job, ...problem(value) };
    }
  }
  for (const { source, job, step } of eachStep(context)) {
    for (const value of step.env.filter(allows)) {
      yield { source, ...(job !== null && { job }), ...problem(value) };
    }
  }
}

function allows({ name, value }: NamedValue): boolean {
  return (
    name.toUpperCase() === 'ACTIONS_ALLOW_UNSECURE_COMMANDS' &&
    /^(?:true|1|yes|on)$/i.test(value.text.trim())
  );
}

function problem({ name, nameSpan }: NamedValue): Pick<Problem, 'span' | 'message'> {
  return { span: nameSpan, message: `${name} lets whatever is printed set variables` };
}
