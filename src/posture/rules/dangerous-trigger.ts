import {
  type AuditContext,
  isOnPath,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import { targetTriggers } from '../trigger.ts';
import { usesName } from '../uses-reference.ts';
import type { Step, Workflow } from '../workflow.ts';

const BAD = `on:
  pull_request_target:
    types: [opened]
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - uses: alice/greet@v1
`;

export const rule: PostureRule = {
  id: 'dangerous-trigger',
  reference: 'W11',
  severity: 'medium',
  confidence: 'plausible',
  area: 'access-control',
  scope: 'workflows',
  about: 'no event that anybody can cause starts a run with the rights of the repository',
  attack:
    'such a run holds secrets, a token that writes and the cache of the main branch, while a stranger chose when it starts and what is in its event: one careless step in it is enough',
  mend: 'use pull_request where the token is not needed; else keep the workflow to steps that touch nothing of the pull request, with permissions of its own',
  incidents: ['I19', 'I30', 'I44', 'I53'],
  examples: {
    bad: [
      {
        about: 'an action that gets the token of the repository for each pull request',
        files: workflowFile(BAD, 'greet'),
        found: ['.github/workflows/greet.yml:2'],
      },
      {
        about: 'comments and the end of another workflow',
        files: workflowFile(
          BAD.replace(
            '  pull_request_target:\n    types: [opened]\n',
            '  issue_comment:\n  workflow_run:\n    workflows: [test]\n',
          ),
          'greet',
        ),
        found: ['.github/workflows/greet.yml:2', '.github/workflows/greet.yml:3'],
      },
    ],
    fine: [
      {
        about: 'the event without the rights',
        files: workflowFile(BAD.replace('pull_request_target', 'pull_request')),
      },
      {
        about:
          'labels by the paths that changed: no code and no text of the pull request is touched',
        files: workflowFile(BAD.replace('alice/greet@v1', 'actions/labeler@v5')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const workflow of context.workflows) {
    for (const trigger of targetTriggers(workflow)) {
      if (trigger.event === 'pull_request_target' && onlyLabels(workflow)) continue;
      const isPublishing = workflow.jobs.some((job) => isOnPath(context, job));
      yield {
        source: workflow.source,
        span: trigger.span,
        message: `${trigger.event} lets anybody start a run with the rights of the repository`,
        ...(isPublishing && { severity: 'high' }),
      };
    }
  }
}

/** One step, which reads a file of the main branch and the list of changed paths. */
function onlyLabels(workflow: Workflow): boolean {
  const steps: readonly Step[] = workflow.jobs.flatMap((job) => job.steps);
  const [step] = steps;
  if (workflow.jobs.length !== 1 || steps.length !== 1 || step === undefined) return false;
  return step.uses !== null && usesName(step.uses.reference) === 'actions/labeler';
}
