import { addInputs } from '../edits/step-edit.ts';
import {
  type AuditContext,
  eachStep,
  type Fix,
  type PostureRule,
  type Problem,
  type StepPlace,
  workflowFile,
} from '../rule.ts';
import { usesName } from '../uses-reference.ts';
import { namedValue, type Step } from '../workflow.ts';

const BAD = `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - name: Check out
        uses: actions/checkout@v4 # the whole tree
      - run: make
`;

export const rule: PostureRule = {
  id: 'credentials-persisted',
  reference: 'W16',
  severity: 'medium',
  confidence: 'plausible',
  area: 'token-security',
  scope: 'workflows',
  about: 'actions/checkout does not leave its token behind',
  attack:
    'the token of the checkout stays where every later step can read it: a dependency that runs code in the build pushes with it, and an artifact of the whole folder gives it away',
  mend: 'set persist-credentials: false, and hand the token to the one step that pushes, if any does',
  incidents: ['I22'],
  examples: {
    bad: [
      {
        about: 'a checkout that says nothing of it',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:6'],
        fixed: workflowFile(
          BAD.replace(
            'whole tree\n',
            'whole tree\n        with:\n          persist-credentials: false\n',
          ),
        ),
      },
      {
        about: 'one with other inputs, before the whole folder goes into an artifact',
        files: workflowFile(
          BAD.replace(
            'whole tree\n',
            'whole tree\n        with:\n          fetch-depth: 0\n',
          ).replace(
            '- run: make',
            '- uses: actions/upload-artifact@v4\n        with:\n          path: .',
          ),
        ),
        found: ['.github/workflows/release.yml:6'],
        fixed: workflowFile(
          BAD.replace(
            'whole tree\n',
            'whole tree\n        with:\n          fetch-depth: 0\n          persist-credentials: false\n',
          ).replace(
            '- run: make',
            '- uses: actions/upload-artifact@v4\n        with:\n          path: .',
          ),
        ),
      },
      {
        about: 'a job that pushes: found, and left for somebody who knows how it pushes',
        files: workflowFile(BAD.replace('run: make', 'run: git push')),
        found: ['.github/workflows/release.yml:6'],
        fixed: {},
      },
    ],
    fine: [
      {
        about: 'the token is not kept',
        files: workflowFile(
          BAD.replace(
            'whole tree\n',
            'whole tree\n        with:\n          persist-credentials: false\n',
          ),
        ),
      },
      {
        about: 'somebody wrote down that it is kept',
        files: workflowFile(
          BAD.replace(
            'whole tree\n',
            "whole tree\n        with:\n          persist-credentials: 'true'\n",
          ),
        ),
      },
    ],
  },
  check,
};

/** Actions that commit to the checkout and push what they committed. */
const PUSHING_ACTION =
  /^(?:stefanzweifel\/git-auto-commit-action|ad-m\/github-push-action|endbug\/add-and-commit|changesets\/action|peter-evans\/create-pull-request|cycjimmy\/semantic-release-action|codfish\/semantic-release-action|jamesives\/github-pages-deploy-action|peaceiris\/actions-gh-pages|googleapis\/release-please-action|python-semantic-release\/.*|mathieudutour\/github-tag-action|release-plz\/action)$/;
const PUSHING_COMMAND =
  /\bgit\s+(?:-[^\n]{0,80}\s)?(?:push|fetch|pull|submodule)\b|\b(?:semantic-release|release-it|lerna|changeset|standard-version|mike|gh-pages|gh-deploy|npm version)\b/;

function* check(context: AuditContext): Generator<Problem> {
  for (const place of eachStep(context)) {
    const { source, job, step } = place;
    if (step.uses === null || usesName(step.uses.reference) !== 'actions/checkout') continue;
    const set = namedValue(step.inputs, 'persist-credentials')?.text.trim().toLowerCase() ?? '';
    if (set !== '') continue;
    const after = stepsAfter(context, place);
    const isGivenAway = after.some(uploadsEverything);
    const fix = after.some(pushes) ? null : persistFix(place);
    yield {
      source,
      span: step.keySpan,
      message: isGivenAway
        ? 'actions/checkout leaves its token in the folder, and a later step uploads the whole folder'
        : 'actions/checkout leaves its token for all later steps',
      ...(isGivenAway && { severity: 'high', confidence: 'proven' }),
      ...(job !== null && { job }),
      ...(fix !== null && { fix }),
    };
  }
}

function stepsAfter(context: AuditContext, { source, job, step }: StepPlace): readonly Step[] {
  const all = job?.steps ?? context.actions.find((action) => action.source === source)?.steps ?? [];
  return all.slice(step.index + 1);
}

function pushes(step: Step): boolean {
  if (step.uses !== null && PUSHING_ACTION.test(usesName(step.uses.reference))) return true;
  return step.run !== null && PUSHING_COMMAND.test(step.run.text);
}

function uploadsEverything(step: Step): boolean {
  if (step.uses === null || usesName(step.uses.reference) !== 'actions/upload-artifact')
    return false;
  const paths = namedValue(step.inputs, 'path')?.text.split('\n') ?? [];
  return paths.some((path) =>
    /^(?:\.\.?\/?|\$\{\{\s*github\.workspace\s*\}\}\/?)$/.test(path.trim()),
  );
}

function persistFix({ source, step }: StepPlace): Fix | null {
  const edit = addInputs(source, step, ['persist-credentials: false']);
  if (edit === null) return null;
  return { about: 'set persist-credentials: false', changesBehaviour: true, edits: [edit] };
}
