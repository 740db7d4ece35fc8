import { contextPath, type Expression, walkExpression } from '../expression.ts';
import {
  type AuditContext,
  eachCondition,
  isOnPath,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';

const BAD = `on: push
jobs:
  publish:
    if: contains('refs/heads/main refs/heads/stable', github.ref)
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

export const rule: PostureRule = {
  id: 'guard-unsound',
  reference: 'W25',
  severity: 'high',
  confidence: 'proven',
  area: 'access-control',
  scope: 'workflows',
  about: 'a condition compares whole values, not parts of a text',
  attack:
    'contains() on a text finds parts of words: the branch refs/heads/mai is in "refs/heads/main" too, and whoever may push a branch chooses its name',
  mend: 'compare with == and ||, or look in a list: contains(fromJSON(\'["refs/heads/main"]\'), github.ref)',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'two branches in one text',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:4'],
      },
      {
        about: 'a tag that only needs to hold a letter anywhere',
        files: workflowFile(
          BAD.replace(/contains\(.*/, "contains(github.ref, 'v') && github.ref_type == 'tag'"),
        ),
        found: ['.github/workflows/release.yml:4'],
      },
    ],
    fine: [
      {
        about: 'a list',
        files: workflowFile(
          BAD.replace(
            "'refs/heads/main refs/heads/stable'",
            `fromJSON('["refs/heads/main", "refs/heads/stable"]')`,
          ),
        ),
      },
      {
        about: 'the whole value, and a start that ends at a slash',
        files: workflowFile(
          BAD.replace(
            /contains\(.*/,
            "github.ref == 'refs/heads/main' || startsWith(github.ref, 'refs/tags/')",
          ),
        ),
      },
      {
        about: 'a list of labels',
        files: workflowFile(
          BAD.replace(/contains\(.*/, "contains(github.event.pull_request.labels.*.name, 'ship')"),
        ),
      },
    ],
  },
  check,
};

/** Names that somebody without the right to merge may choose in part. */
const CHOSEN =
  /^(?:github\.(?:actor|triggering_actor|ref|ref_name|head_ref|base_ref)|github\.event\.inputs\..*|inputs\..*|env\..*)$/;
const REF = /^github\.(?:ref|ref_name|head_ref)$/;

function* check(context: AuditContext): Generator<Problem> {
  for (const { source, job, condition } of eachCondition(context)) {
    const isPublishing = job !== null && isOnPath(context, job);
    for (const part of condition.tree === null ? [] : walkExpression(condition.tree)) {
      const found = partialMatch(part, isPublishing);
      if (found === null) continue;
      yield { source, span: condition.scalar.span, ...(job !== null && { job }), ...found };
      break;
    }
  }
}

function partialMatch(
  part: Expression,
  isPublishing: boolean,
): Pick<Problem, 'message' | 'severity' | 'confidence'> | null {
  if (part.kind !== 'call' || part.name.toLowerCase() !== 'contains') return null;
  const [where, what] = part.args;
  if (where === undefined || what === undefined) return null;
  if (where.kind === 'literal' && typeof where.value === 'string') {
    const path = contextPath(what);
    if (path === null) return null;
    const message = `contains() takes ${path} for found when it is any part of the text`;
    return CHOSEN.test(path) ? { message } : { message, severity: 'info' };
  }
  // in a build it decides what is skipped; before a release it decides who may
  const path = contextPath(where);
  if (!isPublishing || path === null || !REF.test(path)) return null;
  if (what.kind !== 'literal' || typeof what.value !== 'string') return null;
  return {
    message: `any name with "${what.value.slice(0, 40)}" in it passes as ${path}`,
    severity: 'medium',
    confidence: 'plausible',
  };
}
