import { type Embedded, embeddedExpressions } from '../expression.ts';
import { type CodeText, codeTexts } from '../injection/code-input.ts';
import {
  type ExpressionPlace,
  type Origin,
  type UntrustedPart,
  untrustedParts,
} from '../injection/untrusted-input.ts';
import { variableFix } from '../injection/variable-fix.ts';
import {
  type AuditContext,
  eachStep,
  isOnPath,
  type PostureRule,
  type Problem,
  type StepPlace,
  workflowFile,
} from '../rule.ts';
import type { SourceText, Span } from '../source-text.ts';
import type { Workflow } from '../workflow.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';

const BAD = `on: issues
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - name: Greet
        run: |
          # with thanks
          echo "New: \${{ github.event.issue.title }}"
`;

const FIXED = BAD.replace(
  '        run',
  '        env:\n          ISSUE_TITLE: ${{ github.event.issue.title }}\n        run',
).replace('"New: ${{ github.event.issue.title }}', '"New: ${ISSUE_TITLE}');

export const rule: PostureRule = {
  id: 'template-injection',
  reference: 'W13',
  severity: 'high',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  about: 'no text that somebody else writes is pasted into code',
  attack:
    'the expression is replaced before the shell reads the script: a title, a branch name or an input that holds "; curl ... | sh" becomes a command of the job, with its token and its secrets',
  mend: 'set the value as a variable in env: of the step, and use the variable in quotes',
  incidents: ['I16', 'I26', 'I41'],
  examples: {
    bad: [
      {
        about: 'the title of an issue in a script',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:9'],
        fixed: workflowFile(FIXED),
      },
      {
        about: 'an input that chooses what is published, and a branch name',
        files: workflowFile(`on:
  workflow_dispatch:
    inputs:
      tag: { type: string }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish --tag=\${{ inputs.tag }}
        env:
          MODE: fast
      - run: echo \${{ github.ref_name }}
`),
        found: ['.github/workflows/release.yml:9', '.github/workflows/release.yml:12'],
        fixed: workflowFile(`on:
  workflow_dispatch:
    inputs:
      tag: { type: string }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish --tag="\${INPUTS_TAG}"
        env:
          MODE: fast
          INPUTS_TAG: \${{ inputs.tag }}
      - run: echo "\${GITHUB_REF_NAME}"
`),
      },
      {
        about: 'a comment in the script of an action that runs JavaScript',
        files: workflowFile(`on: issue_comment
jobs:
  answer:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/github-script@v7
        with:
          script: |
            const said = '\${{ github.event.comment.body }}';
            core.info(said);
`),
        found: ['.github/workflows/release.yml:9'],
      },
      {
        about: 'code inside of code, where a variable would still be run: found, and left',
        files: workflowFile(
          BAD.replace(
            'echo "New: ${{ github.event.issue.title }}"',
            'python3 -c \'print("${{ github.event.issue.title }}")\'',
          ),
        ),
        found: ['.github/workflows/release.yml:9'],
        fixed: {},
      },
    ],
    fine: [
      { about: 'the value in a variable', files: workflowFile(FIXED) },
      {
        about: 'digits, hexadecimals, and what is only compared',
        files: workflowFile(
          BAD.replace(
            'github.event.issue.title',
            "github.sha }} ${{ github.event.issue.number }} ${{ github.event.issue.title == 'x' && 'yes' || 'no'",
          ),
        ),
      },
      {
        about: 'a matrix and a list whose values stand in the file',
        files: workflowFile(`on:
  workflow_dispatch:
    inputs:
      level: { type: choice, options: [minor, patch] }
jobs:
  test:
    runs-on: ubuntu-latest
    strategy: { matrix: { node: [22, 24] } }
    env: { FOLDER: dist }
    steps:
      - run: make \${{ matrix.node }} \${{ inputs.level }} \${{ env.FOLDER }}
`),
      },
    ],
  },
  check,
};

/** From the worst to the least. */
const ORIGINS: readonly Origin[] = ['outsider', 'member', 'caller', 'matrix', 'run', 'variable'];

const WHO: Readonly<Record<Origin, string>> = {
  outsider: 'which anybody can write',
  member: 'which whoever may push or start the workflow chooses',
  caller: 'which the caller chooses',
  matrix: 'whose values are made while the workflow runs',
  run: 'which an earlier step made',
  variable: 'which stands outside of the repository',
};

function* check(context: AuditContext): Generator<Problem> {
  for (const place of eachStep(context)) {
    for (const code of codeTexts(place.workflow, place.job, place.step)) {
      if (code.scalar.text.includes('${{')) yield* judge(context, place, code);
    }
  }
}

/** Of one script; nobody mends more of them by reading a list. */
const FOUND_MAX = 200;

function* judge(context: AuditContext, place: StepPlace, code: CodeText): Generator<Problem> {
  const { source, workflow, job, step } = place;
  const all = embeddedExpressions(code.scalar.text);
  const unsafe = new Map<Embedded, UntrustedPart>();
  for (const expression of all) {
    const worst = worstPart(untrustedParts(expression.tree, { workflow, job, step }));
    if (worst !== null) unsafe.set(expression, worst);
    if (unsafe.size >= FOUND_MAX) break;
  }
  if (unsafe.size === 0) return;
  const moved = variableFix(place, code, all, [...unsafe.keys()]);
  for (const [expression, part] of unsafe) {
    yield {
      source,
      span: partPlace(source, code.scalar, expression, part.path),
      message: `${part.path.slice(0, 100)} is pasted into code, ${WHO[part.origin]}`,
      ...(job !== null && { job }),
      ...weigh(context, place, part),
      ...(moved?.mended.has(expression) === true && { fix: moved.fix }),
    };
  }
}

/** Of the name in the expression, which may stand lines below its braces; else of the expression. */
function partPlace(
  source: SourceText,
  scalar: YamlScalar,
  expression: Embedded,
  path: string,
): Span {
  const { index, length, inner } = expression;
  const at = inner.toLowerCase().indexOf(path);
  return at === -1
    ? placeInScalar(source, scalar, index, length)
    : placeInScalar(source, scalar, index + '${{'.length + at, path.length);
}

function worstPart(parts: readonly UntrustedPart[]): UntrustedPart | null {
  for (const origin of ORIGINS) {
    const found = parts.find((part) => part.origin === origin);
    if (found !== undefined) return found;
  }
  return null;
}

function weigh(
  context: AuditContext,
  { workflow, job }: ExpressionPlace,
  { path, origin }: UntrustedPart,
): Pick<Problem, 'severity' | 'confidence'> {
  const isPublishing = job !== null && isOnPath(context, job);
  switch (origin) {
    case 'outsider': {
      const isPrivileged = /^github\.event\.(?:head_commit|commits)/.test(path)
        ? isPublishing
        : startsWithSecrets(workflow);
      return { severity: isPrivileged ? 'critical' : 'high' };
    }
    case 'member':
    case 'caller':
      return { severity: isPublishing ? 'high' : 'medium', confidence: 'plausible' };
    case 'matrix':
      return { severity: 'medium', confidence: 'weak' };
    case 'run':
      return { severity: path.startsWith('env.') ? 'low' : 'info', confidence: 'weak' };
    case 'variable':
      return { severity: 'info', confidence: 'weak' };
  }
}

/** Events that anybody can cause and whose runs hold secrets; those of pull requests from forks do not. */
function startsWithSecrets(workflow: Workflow | null): boolean {
  if (workflow === null) return false;
  return workflow.triggers.some(({ event }) =>
    /^(?:issues|issue_comment|discussion|discussion_comment|pull_request_target|workflow_run|gollum|fork|watch)$/.test(
      event,
    ),
  );
}
