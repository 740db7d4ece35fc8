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
import type { Job } from '../workflow.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';

const BAD = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: alice/deploy@v1
        with:
          dry-run: \${{ github.ref_type == 'tag' && false || true }}
`;

export const rule: PostureRule = {
  id: 'ternary-unsound',
  reference: 'W25',
  severity: 'low',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  about: 'a choice by && and || can give both of its values',
  attack:
    'where the first value is false, empty or zero the expression always gives the second: what was meant for releases holds nowhere, and nobody sees an error',
  mend: 'turn the condition round, so that the value after && is never false or empty',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'false where it was asked for',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:8'],
      },
    ],
    fine: [
      {
        about: 'the same turned round',
        files: workflowFile(BAD.replace("== 'tag' && false || true", "!= 'tag'")),
      },
      {
        about: 'two texts',
        files: workflowFile(BAD.replace('false || true', "'off' || 'on'")),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const workflow of context.workflows) {
    for (const { value } of workflow.env) yield* judge(workflow.source, value, null);
  }
  for (const { workflow, job } of eachJob(context)) {
    const values = [...job.env, ...(job.call?.inputs ?? []), ...job.outputs];
    for (const { value } of values) yield* judge(workflow.source, value, job);
  }
  for (const { source, job, step } of eachStep(context)) {
    for (const { value } of [...step.env, ...step.inputs]) yield* judge(source, value, job);
    if (step.run !== null) yield* judge(source, step.run, job);
  }
}

function* judge(source: SourceText, scalar: YamlScalar, job: Job | null): Generator<Problem> {
  if (!scalar.text.includes('&&') || !scalar.text.includes('${{')) return;
  for (const { index, length, tree } of embeddedExpressions(scalar.text)) {
    if (tree === null || ![...walkExpression(tree)].some(neverGivesFirst)) continue;
    yield {
      source,
      span: placeInScalar(source, scalar, index, length),
      message: 'the value after && is never given: it counts as false itself',
      ...(job !== null && { job }),
    };
  }
}

/** `a && false || b`; `|| false` and `|| ''` at the end give the same either way. */
function neverGivesFirst(part: Expression): boolean {
  if (part.kind !== 'binary' || part.operator !== '||') return false;
  const { left, right } = part;
  if (left.kind !== 'binary' || left.operator !== '&&') return false;
  return isFalsy(left.right) && !isFalsy(right);
}

function isFalsy(expression: Expression): boolean {
  if (expression.kind !== 'literal') return false;
  const { value } = expression;
  return value === false || value === '' || value === 0 || value === null;
}
