import type { Expression } from '../expression.ts';
import {
  type AuditContext,
  eachCondition,
  type Fix,
  isOnPath,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import type { SourceText } from '../source-text.ts';
import type { Condition } from '../workflow.ts';

const BAD = `on: push
jobs:
  publish:
    if: \${{ github.ref_protected }} && \${{ github.ref_type == 'tag' }}
    runs-on: ubuntu-latest
    steps:
      - name: Publish
        if: |
          \${{
            github.actor != 'carol'
          }}
        run: npm publish
`;

export const rule: PostureRule = {
  id: 'condition-always-true',
  reference: 'W25',
  severity: 'high',
  confidence: 'proven',
  area: 'access-control',
  scope: 'workflows',
  about: 'a condition can be false',
  attack:
    'text around the braces makes the condition a text, and every text that is not empty is true: the guard that was reviewed guards nothing, and the job runs for every branch and everybody',
  mend: 'write the condition without braces, or put all of it into one pair with nothing around them; a block needs |- or >-',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'two expressions with an operator between them, and a block that ends in a line end',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:4', '.github/workflows/release.yml:8'],
        fixed: workflowFile(
          BAD.replace(
            "${{ github.ref_protected }} && ${{ github.ref_type == 'tag' }}",
            "github.ref_protected && github.ref_type == 'tag'",
          ).replace('if: |\n', 'if: |-\n'),
        ),
      },
      {
        about: 'a second branch that is compared with nothing',
        files: workflowFile(
          BAD.replace(
            /if: \$.*\n/,
            "if: github.ref == 'refs/heads/main' || 'refs/heads/next'\n",
          ).replace('if: |\n', 'if: |-\n'),
        ),
        found: ['.github/workflows/release.yml:4'],
      },
    ],
    fine: [
      {
        about: 'no braces, and a block that ends where they do',
        files: workflowFile(
          BAD.replace('${{ github.ref_protected }} && ${{', '${{ github.ref_protected &&').replace(
            'if: |\n',
            'if: |-\n',
          ),
        ),
      },
      {
        about: 'a block without braces',
        files: workflowFile(
          BAD.replace(/if: \$.*\n/, "if: github.ref_type == 'tag'\n").replace(
            /\$\{\{\n([\s\S]*?)\n *\}\}/,
            '\n$1',
          ),
        ),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { source, job, condition } of eachCondition(context)) {
    const isText = condition.isAlwaysTrueText;
    if (!isText && !hasTrueBranch(condition.tree)) continue;
    const fix = isText ? bareFix(source, condition) : null;
    yield {
      source,
      span: condition.scalar.span,
      message: isText
        ? 'the condition is a text with an expression in it, which is always true'
        : 'one side of || is a text or number by itself, which is always true',
      ...(job !== null && { job }),
      ...(job !== null && isOnPath(context, job) && { severity: 'critical' }),
      ...(fix !== null && { fix }),
    };
  }
}

/** `github.ref == 'a' || 'b'`: true by the second text alone. A bare `true` is meant so. */
function hasTrueBranch(tree: Expression | null): boolean {
  if (tree?.kind !== 'binary') return false;
  if (tree.operator === '&&') return hasTrueBranch(tree.left) && hasTrueBranch(tree.right);
  return tree.operator === '||' && [tree.left, tree.right].some((one) => isTrue(one));
}

function isTrue(tree: Expression): boolean {
  if (tree.kind !== 'literal') return hasTrueBranch(tree);
  const { value } = tree;
  return typeof value === 'string' ? value !== '' : typeof value === 'number' && value !== 0;
}

/** `|` becomes `|-` where the braces hold it all; a line loses its braces where it can be read so. */
function bareFix(source: SourceText, { scalar, tree }: Condition): Fix | null {
  const { start, end } = scalar.span;
  const about = 'make the condition one that can be false';
  const text = scalar.text.trim();
  const isWhole = /^\$\{\{(?:(?!\$\{\{|\}\})[\s\S])*\}\}$/.test(text);
  if (scalar.style === 'literal' || scalar.style === 'folded') {
    if (!isWhole || !/^[|>]\s*\n/.test(source.text.slice(start, end))) return null;
    const at = start + 1;
    const edit = { kind: 'text', path: source.path, start: at, end: at, text: '-' } as const;
    return { about, changesBehaviour: true, edits: [edit] };
  }
  const written = source.text.slice(start, end);
  const bare = written.replaceAll(/\s*(?:\$\{\{|\}\})\s*/g, ' ').trim();
  // a plain scalar cannot begin with these, nor hold a colon or a number sign after a blank
  const isPlain = scalar.style === 'plain' && /^[A-Za-z(]/.test(bare) && !/: | #|\n/.test(bare);
  if (tree === null || !isPlain) return null;
  const edit = { kind: 'text', path: source.path, start, end, text: bare } as const;
  return { about, changesBehaviour: true, edits: [edit] };
}
