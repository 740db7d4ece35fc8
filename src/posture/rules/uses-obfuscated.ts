import {
  type AuditContext,
  eachUses,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';

const BAD = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout/./@v4
      - uses: github/codeql-action/init/../analyze@v3
`;

export const rule: PostureRule = {
  id: 'uses-obfuscated',
  reference: null,
  severity: 'medium',
  confidence: 'plausible',
  area: 'validation',
  scope: 'workflows',
  about: 'uses says plainly which action it is',
  attack:
    'a path with . or .. or an empty part in it reaches the same action under another spelling: lists of allowed actions, reviewers and tools that look for the name do not see it',
  mend: 'write owner/repository/path@ref without detours',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'paths that go nowhere and back',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:6', '.github/workflows/release.yml:7'],
      },
    ],
    fine: [
      {
        about: 'the same by their names',
        files: workflowFile(BAD.replace('/./', '').replace('init/../', '')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { source, job, uses } of eachUses(context)) {
    const { reference, scalar } = uses;
    if (reference.kind !== 'repository' || reference.path === '') continue;
    if (!reference.path.split('/').some((part) => /^\.{0,2}$/.test(part))) continue;
    const message = `the path "${reference.path.slice(0, 80)}" hides which action is meant`;
    yield { source, span: scalar.span, message, ...(job !== null && { job }) };
  }
}
