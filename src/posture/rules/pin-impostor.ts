import { type PinnedUse, pinnedUses } from '../pinned-uses.ts';
import { type AuditContext, type PostureRule, type Problem, workflowFile } from '../rule.ts';
import { sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import type { ObservedPin, ObservedSettings } from '../settings.ts';
import { nothingSeen, settingProblem, whenObserved } from '../settings-view.ts';

const COMMIT = 'b4ffde65f46336ab88eb53be808477a3936bae11';
const FILES = workflowFile(`on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@${COMMIT}
`);
const AT = '.github/workflows/release.yml:6';

const withReach = (reach: ObservedPin['reach']): ObservedSettings => ({
  ...sampleSettings(),
  pins: [{ repository: 'actions/checkout', commit: COMMIT, reach }],
});

export const rule: PostureRule = {
  id: 'pin-impostor',
  reference: 'W02',
  severity: 'high',
  confidence: 'plausible',
  area: 'validation',
  scope: 'settings',
  about: 'a pinned commit is on a branch or tag of the repository that it is pinned of',
  attack:
    'a forge serves the commits of every fork under the name of the repository that was forked: a pull request that pins a well known action to a commit of its own fork looks like any update',
  mend: 'pin the commit of a release tag, after a look at what it has; where the commit was yours, tag it',
  incidents: ['I34'],
  applies: (context) => pinnedUses(context).length > 0,
  examples: {
    bad: [
      {
        about: 'a commit that no ref of the repository has',
        files: FILES,
        settings: withReach(seen('no-ref')),
        found: [AT],
      },
      {
        about: 'a repository that could not be asked',
        files: FILES,
        settings: withReach(UNSEEN),
        found: [AT],
      },
      { about: 'settings that nobody looked at', files: FILES, found: ['settings'] },
    ],
    fine: [
      { about: 'a commit of a tag', files: FILES, settings: withReach(seen('tag')) },
      { about: 'a commit of a branch', files: FILES, settings: withReach(seen('branch')) },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const uses = pinnedUses(context);
  if (uses.length === 0) return;
  const pins = context.settings?.pins;
  if (pins === undefined) {
    yield nothingSeen(context, 'origins of pinned commits');
    return;
  }
  for (const one of uses) yield* judge(one, pins);
}

function* judge(one: PinnedUse, pins: readonly ObservedPin[]): Generator<Problem> {
  const { source, job, uses, repository, commit } = one;
  const place = { source, span: uses.scalar.span, ...(job !== null && { job }) };
  const pin = pins.find(
    (each) =>
      each.repository.toLowerCase() === repository.toLowerCase() &&
      each.commit.toLowerCase() === commit,
  );
  const reach = pin?.reach ?? ({ kind: 'unverified', reason: 'nobody asked' } as const);
  const problems = whenObserved(reach, `origins of ${repository}`, (found) =>
    found === 'no-ref'
      ? [settingProblem(`${repository} has ${commit.slice(0, 12)} on no branch or tag: a fork may`)]
      : [],
  );
  for (const problem of problems) yield { ...problem, ...place };
}
