import {
  type AuditContext,
  isOnPath,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import { opensRegistry, type SecretUse, secretUses } from '../secret-use.ts';
import type { Job, Workflow } from '../workflow.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';

const BAD = `on: push
env:
  NPM_TOKEN: \${{ secrets.NPM_TOKEN }}
jobs:
  test:
    runs-on: ubuntu-latest
    steps: [{ run: npm ci }, { run: npm test }]
  deploy:
    runs-on: ubuntu-latest
    env:
      DEPLOY_KEY: \${{ secrets.DEPLOY_KEY }}
    steps: [{ run: npm ci }, { run: ./deploy.sh }]
`;

export const rule: PostureRule = {
  id: 'secret-in-wide-environment',
  reference: 'W17',
  severity: 'medium',
  confidence: 'proven',
  area: 'token-security',
  scope: 'workflows',
  about: 'a secret stands in the environment of the one step that needs it',
  attack:
    'every command of every step inherits it: an install hook of a dependency or a test reads the environment and sends it away',
  mend: 'move the variable from the workflow or job to the env of the step that uses it',
  incidents: ['I19', 'I26', 'I36'],
  examples: {
    bad: [
      {
        about: 'one for all jobs, and one for all steps of a job',
        files: workflowFile(BAD, 'test'),
        found: ['.github/workflows/test.yml:3', '.github/workflows/test.yml:11'],
      },
    ],
    fine: [
      {
        about: 'in the step that deploys',
        files: workflowFile(`on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: npm ci
      - run: ./deploy.sh
        env:
          DEPLOY_KEY: \${{ secrets.DEPLOY_KEY }}
`),
      },
      {
        about: 'for a job of one step there is no difference',
        files: workflowFile(`on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    env:
      DEPLOY_KEY: \${{ secrets.DEPLOY_KEY }}
    steps: [{ run: ./deploy.sh }]
`),
      },
      {
        about: 'whether there is a secret is no secret',
        files: workflowFile(
          BAD.replace('{{ secrets.NPM_TOKEN }}', "{{ secrets.NPM_TOKEN != '' }}").replace(
            '{{ secrets.DEPLOY_KEY }}',
            '{{ github.sha }}',
          ),
        ),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const workflow of context.workflows) {
    const seen = new Set<YamlScalar>();
    for (const job of workflow.jobs) {
      for (const use of secretUses(workflow, job)) {
        if (seen.has(use.scalar) || !isWide(workflow, job, use)) continue;
        seen.add(use.scalar);
        const reach = use.level === 'workflow' ? 'of the workflow' : 'of its job';
        yield {
          source: workflow.source,
          span: use.span,
          severity: severityOf(context, use, workflow.jobs, job),
          message: `${use.target} gives the secret ${use.name.toUpperCase()} to every step ${reach}`,
          ...(use.level === 'job' && { job }),
        };
      }
    }
  }
}

/** Credentials of a container stand at the job too, and reach no step. */
function isWide(workflow: Workflow, job: Job, use: SecretUse): boolean {
  const values = use.level === 'workflow' ? workflow.env : use.level === 'job' ? job.env : [];
  if (!values.some((one) => one.value === use.scalar) || isComparison(use.scalar)) return false;
  return job.steps.length > 1 || (use.level === 'workflow' && workflow.jobs.length > 1);
}

function isComparison(scalar: YamlScalar): boolean {
  return /[!=]=|&&/.test(scalar.text);
}

function severityOf(
  context: AuditContext,
  use: SecretUse,
  jobs: readonly Job[],
  job: Job,
): 'low' | 'medium' | 'high' {
  // what its permissions allow, which are written elsewhere
  if (use.name === 'github_token') return 'low';
  const reached = use.level === 'workflow' ? jobs : [job];
  return opensRegistry(use) || reached.some((one) => isOnPath(context, one)) ? 'high' : 'medium';
}
