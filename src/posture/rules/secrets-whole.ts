import { type Expression, embeddedExpressions, walkExpression } from '../expression.ts';
import {
  type AuditContext,
  eachJob,
  eachStep,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import type { SourceText } from '../source-text.ts';
import type { Job, NamedValue } from '../workflow.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';

const BAD = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: ./deploy.sh
        env:
          ALL: \${{ toJSON(secrets) }}
          ONE: \${{ secrets[matrix.name] }}
`;

export const rule: PostureRule = {
  id: 'secrets-whole',
  reference: 'W17',
  severity: 'high',
  confidence: 'proven',
  area: 'token-security',
  scope: 'workflows',
  about: 'no step is given the secrets as a whole',
  attack:
    'the runner then holds every secret of the repository and the organisation in its memory, whether the job needs it or not: that is where stolen actions looked for them',
  mend: 'name each secret that the step needs: secrets.NAME',
  incidents: ['I19'],
  examples: {
    bad: [
      {
        about: 'all of them as JSON, and one by a computed name',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:8', '.github/workflows/release.yml:9'],
      },
    ],
    fine: [
      {
        about: 'two by name, one of them in brackets',
        files: workflowFile(
          BAD.replace('toJSON(secrets)', 'secrets.DEPLOY_KEY').replace(
            'matrix.name',
            "'OTHER_KEY'",
          ),
        ),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const workflow of context.workflows) {
    yield* ofValues(workflow.source, workflow.env, null);
  }
  for (const { workflow, job } of eachJob(context)) {
    const passed = job.call === null || job.call.secrets === 'inherit' ? [] : job.call.secrets;
    yield* ofValues(workflow.source, [...job.env, ...(job.call?.inputs ?? []), ...passed], job);
  }
  for (const { source, job, step } of eachStep(context)) {
    yield* ofValues(source, [...step.env, ...step.inputs], job);
    if (step.run !== null) yield* ofScalar(source, step.run, job);
  }
}

function* ofValues(
  source: SourceText,
  values: readonly NamedValue[],
  job: Job | null,
): Generator<Problem> {
  for (const { value } of values) yield* ofScalar(source, value, job);
}

function* ofScalar(source: SourceText, scalar: YamlScalar, job: Job | null): Generator<Problem> {
  if (!/secrets/i.test(scalar.text)) return;
  for (const { index, length, tree } of embeddedExpressions(scalar.text)) {
    const found = tree === null ? null : wholeUse(tree);
    if (found === null) continue;
    const span = placeInScalar(source, scalar, index, length);
    yield { source, span, message: found, ...(job !== null && { job }) };
  }
}

function wholeUse(tree: Expression): string | null {
  for (const part of walkExpression(tree)) {
    if (part.kind === 'index' && isSecrets(part.target)) {
      return 'a secret is chosen by a computed name: the runner is given all of them';
    }
    const isWhole = isSecrets(part) || (part.kind === 'star' && isSecrets(part.target));
    if (isWhole) return 'all secrets are handed over at once';
  }
  return null;
}

function isSecrets(expression: Expression): boolean {
  return expression.kind === 'context' && expression.name.toLowerCase() === 'secrets';
}
