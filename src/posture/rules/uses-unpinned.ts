import { pinEdits } from '../edits/pin-edit.ts';
import {
  type AuditContext,
  eachUses,
  type Fix,
  isOnPath,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import type { SourceText } from '../source-text.ts';
import { isCommit, usesName, usesRepository } from '../uses-reference.ts';
import type { Job, Uses } from '../workflow.ts';

const COMMIT = 'b4ffde65f46336ab88eb53be808477a3936bae11';
const NEWER = '0123456789abcdef0123456789abcdef01234567';

const BAD = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: "alice/tool/setup@main" # keeps the cache warm
      - run: make test
`;

export const rule: PostureRule = {
  id: 'uses-unpinned',
  reference: 'W01',
  severity: 'high',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  about: 'actions and reusable workflows are pinned to a whole commit',
  attack:
    'whoever can push to the repository of an action moves its tag or branch to other code, and the next run of every workflow that names it runs that code with the secrets of the job',
  mend: 'name the whole commit and put the version behind it as a comment; let a bot with a waiting time of some days bring newer ones',
  incidents: ['I19', 'I33', 'I34', 'I36', 'I40'],
  examples: {
    bad: [
      {
        about: 'a tag and a branch, mended where the commit is known',
        files: workflowFile(BAD, 'test'),
        found: ['.github/workflows/test.yml:6', '.github/workflows/test.yml:7'],
        pins: {
          resolve: (repository, ref) =>
            repository === 'actions/checkout' && ref === 'v4'
              ? { commit: COMMIT, tag: 'v4.1.1' }
              : ref === 'main'
                ? { commit: NEWER, tag: 'v2.0.0' }
                : null,
        },
        fixed: workflowFile(
          BAD.replace('@v4', `@${COMMIT} # v4.1.1`).replace(
            '@main" # keeps',
            `@${NEWER}" # v2.0.0 keeps`,
          ),
          'test',
        ),
      },
      {
        about: 'a reusable workflow by its branch, and one without any ref',
        files: workflowFile(`on: push
jobs:
  build:
    uses: alice/shared/.github/workflows/build.yml@main
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: alice/lint
`),
        found: ['.github/workflows/release.yml:4', '.github/workflows/release.yml:8'],
      },
      {
        about: 'a commit that is not whole',
        files: workflowFile(BAD.replace('@v4', '@b4ffde6').replace('@main', `@${COMMIT}`)),
        found: ['.github/workflows/release.yml:6'],
      },
    ],
    fine: [
      {
        about: 'whole commits, and an action of the repository itself',
        files: workflowFile(
          BAD.replace('@v4', `@${COMMIT} # v4.1.1`)
            .replace('@main', `@${COMMIT}`)
            .replace('run: make test', 'uses: ./.github/actions/test'),
        ),
      },
      {
        about: 'the provenance builder, which refuses to be called by anything but a version tag',
        files: workflowFile(`on: push
jobs:
  provenance:
    uses: slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@v2.1.0
`),
      },
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
  const { reference, scalar } = uses;
  if (reference.kind !== 'repository' || isCommit(reference.ref)) return;
  if (isBoundToTags(usesName(reference), reference.ref ?? '')) return;
  const name = usesRepository(reference);
  const found =
    reference.ref === null
      ? 'names no version at all'
      : `is named by "${reference.ref.slice(0, 80)}", which can be moved`;
  const fix = pinFix(context, source, uses, name);
  yield {
    source,
    span: scalar.span,
    message: `${name} ${found}`,
    ...(job !== null && { job }),
    ...(job !== null && isOnPath(context, job) && { severity: 'critical' }),
    ...(fix !== null && { fix }),
  };
}

/** Its verifier reads the tag out of the identity; a commit makes it fail. Source: its README, "Referencing SLSA builders and generators". */
function isBoundToTags(name: string, ref: string): boolean {
  return (
    name.startsWith('slsa-framework/slsa-github-generator/.github/workflows/') &&
    /^v[0-9]+\.[0-9]+\.[0-9]+$/.test(ref)
  );
}

function pinFix(context: AuditContext, source: SourceText, uses: Uses, name: string): Fix | null {
  const ref = uses.reference.kind === 'repository' ? uses.reference.ref : null;
  const pin = ref === null ? null : context.pins.resolve(name, ref);
  if (pin === null || !isCommit(pin.commit)) return null;
  const edits = pinEdits(source, uses, pin);
  if (edits.length === 0) return null;
  return {
    about: `pin ${name} to the commit of ${pin.tag || ref}`,
    changesBehaviour: false,
    edits,
  };
}
