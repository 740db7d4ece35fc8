import { commentEdit, commentVersion } from '../edits/pin-edit.ts';
import {
  type AuditContext,
  eachUses,
  type FileEdit,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import type { SourceText } from '../source-text.ts';
import { isCommit, usesRepository } from '../uses-reference.ts';
import type { Job, Uses } from '../workflow.ts';

const TRUE_COMMIT = 'b4ffde65f46336ab88eb53be808477a3936bae11';
const OTHER_COMMIT = '0123456789abcdef0123456789abcdef01234567';

const PINS = {
  resolve: (_: string, ref: string) =>
    ref === 'v4.1.1' || ref === TRUE_COMMIT
      ? { commit: TRUE_COMMIT, tag: 'v4.1.1' }
      : ref === 'v4.0.0'
        ? { commit: OTHER_COMMIT, tag: 'v4.0.0' }
        : null,
};

function example(comment: string): Readonly<Record<string, string>> {
  return workflowFile(`on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@${TRUE_COMMIT}${comment}
`);
}

export const rule: PostureRule = {
  id: 'pin-comment',
  reference: 'W02',
  severity: 'high',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  about: 'the comment behind a pinned commit names the version that the commit is',
  attack:
    'reviewers read the comment and not forty hexadecimal digits: a pull request that changes the commit and leaves the version as it was brings foreign code in unseen',
  mend: 'find out which of the two was meant, look at the difference between them, and write the version of the commit that stays',
  incidents: ['I34'],
  examples: {
    bad: [
      {
        about: 'a comment that names another version than the commit has',
        files: example(' # v4.0.0'),
        pins: PINS,
        found: ['.github/workflows/release.yml:6'],
        fixed: example(' # v4.1.1'),
      },
      {
        about: 'no version, where it is known',
        files: example('  # checks out'),
        pins: PINS,
        found: ['.github/workflows/release.yml:6'],
        fixed: example('  # v4.1.1 checks out'),
      },
    ],
    fine: [
      { about: 'the comment that fits', files: example(' # v4.1.1'), pins: PINS },
      { about: 'a version that nobody has looked up', files: example(' # v9.9.9'), pins: PINS },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { source, job, uses } of eachUses(context)) {
    yield* judge(context, source, uses, job);
  }
}

function* judge(
  context: AuditContext,
  source: SourceText,
  uses: Uses,
  job: Job | null,
): Generator<Problem> {
  const { reference } = uses;
  if (reference.kind !== 'repository' || reference.ref === null || !isCommit(reference.ref)) return;
  const name = usesRepository(reference);
  const version = commentVersion(uses);
  const commit = reference.ref.toLowerCase();
  const own = context.pins.resolve(name, commit);
  const said = version === null ? null : context.pins.resolve(name, version);
  const place = { source, span: uses.scalar.span, ...(job !== null && { job }) };
  const edit = own === null ? null : commentEdit(source, uses, own.tag);
  if (said !== null && said.commit.toLowerCase() !== commit) {
    const message = `${name} is said to be ${version}, which is commit ${said.commit.slice(0, 12)}`;
    yield { ...place, message, ...mending(edit) };
  } else if (version === null && own !== null && own.tag !== '') {
    const message = `${name} is pinned without a word of its version, ${own.tag}`;
    yield { ...place, severity: 'low', message, ...mending(edit) };
  }
}

function mending(edit: FileEdit | null): Pick<Problem, 'fix'> {
  if (edit === null) return {};
  const about = 'write the version of the commit behind it';
  return { fix: { about, changesBehaviour: false, edits: [edit] } };
}
