import { insertLinesBefore, replaceSpan } from '../edits/line-edit.ts';
import { type ApprovalTerms, approvalTerms, isApprovalStep } from '../publish/approval-step.ts';
import {
  type AuditContext,
  eachStep,
  type FileEdit,
  type PostureRule,
  type Problem,
  type StepPlace,
  workflowFile,
} from '../rule.ts';
import type { Span } from '../source-text.ts';
import { isCommit } from '../uses-reference.ts';
import { namedValue } from '../workflow.ts';

const COMMIT = '57c91bf1a6e2d7ae1b9ca3c3de4b35d4a8f4bd4e';

const FINE = `on: { release: { types: [published] } }
jobs:
  approve:
    runs-on: ubuntu-latest
    steps:
      - uses: trstringer/manual-approval@${COMMIT}
        with:
          secret: \${{ github.token }}
          approvers: alice,bob,carol
          minimum-approvals: 2
          exclude-workflow-initiator-as-approver: true
  publish:
    needs: approve
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

export const rule: PostureRule = {
  id: 'approval-weak',
  reference: null,
  severity: 'high',
  confidence: 'proven',
  area: 'access-control',
  scope: 'publish-path',
  about: 'an approval step asks two people who did not start the run, by code that cannot change',
  attack:
    'one stolen account starts the run and approves it, or whoever can move the tag of the approving action lets every run pass',
  mend: 'list at least three people, ask for minimum-approvals: 2 and exclude-workflow-initiator-as-approver: true, and pin the action to a commit; answers in an issue can be edited by everyone who may write, so an environment with required reviewers or a gateway that takes signatures is stronger',
  incidents: ['I53'],
  examples: {
    bad: [
      {
        about: 'one approval',
        files: workflowFile(FINE.replace('approvals: 2', 'approvals: 1')),
        found: ['.github/workflows/release.yml:10'],
        fixed: workflowFile(FINE),
      },
      {
        about: 'one approver; nobody said how many are needed',
        files: workflowFile(
          FINE.replace('alice,bob,carol', 'alice').replace(/ +minimum-approvals.*\n/, ''),
        ),
        found: ['.github/workflows/release.yml:9'],
      },
      {
        about: 'whoever started the run may approve it',
        files: workflowFile(FINE.replace(/ +exclude.*\n/, '')),
        found: ['.github/workflows/release.yml:6'],
        fixed: workflowFile(
          FINE.replace(/ +exclude.*\n/, '').replace(
            '          secret',
            '          exclude-workflow-initiator-as-approver: true\n          secret',
          ),
        ),
      },
      {
        about: 'a tag that can be moved',
        files: workflowFile(FINE.replace(COMMIT, 'v1')),
        found: ['.github/workflows/release.yml:6'],
      },
      {
        about: 'a refusal that ends nothing',
        files: workflowFile(
          FINE.replace('  publish:', '          fail-on-denial: false\n  publish:'),
        ),
        found: ['.github/workflows/release.yml:12'],
      },
    ],
    fine: [
      { about: 'two of three, without the requester', files: workflowFile(FINE) },
      {
        about: 'two members of a team',
        files: workflowFile(FINE.replace('alice,bob,carol', 'release-managers')),
      },
      {
        about: 'two listed people, who must both agree',
        files: workflowFile(
          FINE.replace('alice,bob,carol', 'alice, bob').replace(/ +minimum-approvals.*\n/, ''),
        ),
      },
    ],
  },
  applies: (context) => [...eachStep(context)].some(({ step }) => isApprovalStep(step)),
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const place of eachStep(context)) {
    if (!isApprovalStep(place.step)) continue;
    yield* judge(place, approvalTerms(place.step));
  }
}

function* judge(place: StepPlace, terms: ApprovalTerms): Generator<Problem> {
  const { step, source } = place;
  if (step.uses === null) return;
  const { reference, scalar } = step.uses;
  if (terms.minimum !== null && terms.minimum < 2) yield tooFew(place, terms, scalar.span);
  if (terms.excludesRequester === false) yield byRequester(place, scalar.span);
  if (reference.kind === 'repository' && !isCommit(reference.ref)) {
    const message = `the approval step runs ${scalar.text}, which can be moved to other code`;
    yield { source, span: scalar.span, message, ...ofJob(place) };
  }
  if (terms.failsOnDenial === false) {
    const span = namedValue(step.inputs, 'fail-on-denial')?.span ?? scalar.span;
    yield { source, span, message: 'a refused approval lets the run go on', ...ofJob(place) };
  }
}

function ofJob({ job }: StepPlace): Pick<Problem, 'job'> {
  return job === null ? {} : { job };
}

function tooFew(place: StepPlace, { minimum, listed }: ApprovalTerms, otherwise: Span): Problem {
  const { source, step } = place;
  const written = namedValue(step.inputs, 'minimum-approvals')?.span;
  const asked = minimum === 1 ? 'one approval' : 'no approval';
  const mayMend = written !== undefined && (listed === null || listed > 1);
  return {
    source,
    span: written ?? namedValue(step.inputs, 'approvers')?.span ?? otherwise,
    message: `the approval step asks for ${asked}, not for two`,
    ...ofJob(place),
    ...(mayMend ? fixed('ask for two approvals', replaceSpan(source, written, '2')) : {}),
  };
}

function byRequester(place: StepPlace, otherwise: Span): Problem {
  const { source, step } = place;
  const name = 'exclude-workflow-initiator-as-approver';
  const written = namedValue(step.inputs, name)?.span;
  const [first] = step.inputs;
  const added =
    first === undefined ? null : insertLinesBefore(source, first.nameSpan.start, [`${name}: true`]);
  const edit = written === undefined ? added : replaceSpan(source, written, 'true');
  return {
    source,
    span: written ?? otherwise,
    message: 'whoever started the run may approve it',
    ...ofJob(place),
    ...(edit === null ? {} : fixed('do not count whoever started the run', edit)),
  };
}

function fixed(about: string, edit: FileEdit): Pick<Problem, 'fix'> {
  return { fix: { about, changesBehaviour: true, edits: [edit] } };
}
