import { commentVersion, pinEdits } from '../edits/pin-edit.ts';
import {
  type AuditContext,
  eachJob,
  type Fix,
  isOnPath,
  type PostureRule,
  type Problem,
  workflowFile,
} from '../rule.ts';
import type { SourceText } from '../source-text.ts';
import { isCommit, usesName } from '../uses-reference.ts';
import type { Uses } from '../workflow.ts';

const GUARDED = '3d3c42e5aac5ba805825da76410c181273ba90b1';

const BAD = `on: pull_request_target
jobs:
  label:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@b4ffde65f46336ab88eb53be808477a3936bae11 # v4.1.1
`;

export const rule: PostureRule = {
  id: 'checkout-without-fork-guard',
  reference: 'W34',
  severity: 'medium',
  confidence: 'plausible',
  area: 'access-control',
  scope: 'workflows',
  about: 'in runs with the rights of the repository, actions/checkout is one that refuses forks',
  attack:
    "since June 2026 the action refuses to take the code of a fork under pull_request_target and workflow_run; a pin to an older commit or version does not get that, and one wrong ref takes a stranger's code again",
  mend: 'pin actions/checkout to version 7 or later, and do not set allow-unsafe-pr-checkout',
  incidents: ['I53'],
  examples: {
    bad: [
      {
        about: 'a pin from before',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:6'],
        pins: { resolve: (_, ref) => (ref === 'v7' ? { commit: GUARDED, tag: 'v7.0.1' } : null) },
        fixed: workflowFile(BAD.replace(/@.*/, `@${GUARDED} # v7.0.1`)),
      },
      {
        about: 'a whole version, which stays what it is',
        files: workflowFile(BAD.replace(/@.*/, '@v6.0.2')),
        found: ['.github/workflows/release.yml:6'],
      },
      {
        about: 'a guard that is turned off',
        files: workflowFile(
          BAD.replace(/@.*/, '@v7\n        with:\n          allow-unsafe-pr-checkout: true'),
        ),
        found: ['.github/workflows/release.yml:8'],
      },
    ],
    fine: [
      {
        about: 'version 7 by its commit',
        files: workflowFile(BAD.replace(/@.*/, `@${GUARDED} # v7.0.1`)),
      },
      {
        about: 'a major version, which was given the guard too',
        files: workflowFile(BAD.replace(/@.*/, '@v4')),
      },
      {
        about: 'a run without the rights',
        files: workflowFile(BAD.replace('pull_request_target', 'pull_request')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { workflow, job } of eachJob(context)) {
    const { source, triggers } = workflow;
    const isGuardedRun = triggers.some(
      ({ event }) => event === 'pull_request_target' || event === 'workflow_run',
    );
    if (!isGuardedRun) continue;
    for (const { uses, inputs } of job.steps) {
      if (uses === null || usesName(uses.reference) !== 'actions/checkout') continue;
      const place = { source, job, ...(isOnPath(context, job) && { severity: 'high' as const }) };
      const off = inputs.find((one) => one.name.toLowerCase() === 'allow-unsafe-pr-checkout');
      if (off?.value.text === 'true') {
        const message = 'allow-unsafe-pr-checkout lets actions/checkout take the code of a fork';
        yield { ...place, span: off.nameSpan, message, confidence: 'proven' };
      }
      const version = fixedVersion(uses);
      if (version === null || isGuarded(version)) continue;
      const fix = guardFix(context, source, uses);
      const message = `actions/checkout is pinned to ${version}, which takes the code of forks`;
      yield { ...place, span: uses.scalar.span, message, ...(fix !== null && { fix }) };
    }
  }
}

/** The version that is pinned: by a commit with a comment, or a tag of three numbers. Null for others. */
function fixedVersion(uses: Uses): string | null {
  const ref = uses.reference.kind === 'repository' ? uses.reference.ref : null;
  const version = isCommit(ref) ? commentVersion(uses) : ref;
  return version !== null && /^v?[0-9]+\.[0-9]+(?:\.[0-9]+)?$/.test(version) ? version : null;
}

/**
 * First minor versions with the guard. Source: actions/checkout, pull requests 2454 and 2500 to 2504,
 * releases 4.4.0, 5.1.0 and 6.1.0; of 2 and 3 the one after the last without it.
 */
const GUARDED_MINOR: ReadonlyMap<number, number> = new Map([
  [6, 1],
  [5, 1],
  [4, 4],
  [3, 7],
  [2, 8],
]);

function isGuarded(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major >= 7 || minor >= (GUARDED_MINOR.get(major) ?? Number.POSITIVE_INFINITY);
}

function guardFix(context: AuditContext, source: SourceText, uses: Uses): Fix | null {
  const pin = context.pins.resolve('actions/checkout', 'v7');
  const edits = pin === null ? [] : pinEdits(source, uses, pin);
  if (edits.length === 0) return null;
  return { about: 'pin actions/checkout to version 7', changesBehaviour: true, edits };
}
