import { type AuditContext, type PostureRule, type Problem, workflowFile } from '../rule.ts';
import { sampleActions, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import { isGithub, settingProblem, whenSeen } from '../settings-view.ts';

const FILES = workflowFile(`on: pull_request
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: make test
`);

const withPolicy = (policy: 'new-to-forge' | 'first-time' | 'all-outside') =>
  sampleSettings({ actions: sampleActions({ forkApproval: seen(policy) }) });

export const rule: PostureRule = {
  id: 'fork-runs-unapproved',
  reference: null,
  severity: 'medium',
  confidence: 'proven',
  area: 'access-control',
  scope: 'settings',
  about:
    'workflows of pull requests from outside run only after somebody of the repository has looked',
  attack:
    'one accepted correction of a typing error makes its author a known contributor: from then on their pull requests run on the runners of the repository, fill its caches and reach what its workflows leave open',
  mend: "in the forge's settings, Actions, General, Approval for running fork pull request workflows: require approval for all external contributors",
  incidents: ['I44', 'I53'],
  applies: takesForks,
  examples: {
    bad: [
      {
        about: 'an approval for the first contribution only',
        files: FILES,
        settings: withPolicy('first-time'),
        found: ['settings'],
      },
      {
        about: 'a policy that could not be seen',
        files: FILES,
        settings: sampleSettings({ actions: sampleActions({ forkApproval: UNSEEN }) }),
        found: ['settings'],
      },
    ],
    fine: [
      {
        about: 'an approval for everybody outside',
        files: FILES,
        settings: withPolicy('all-outside'),
      },
      {
        about: 'a repository that nobody outside sees',
        files: FILES,
        settings: sampleSettings({
          visibility: seen('private'),
          actions: sampleActions({ forkApproval: UNSEEN }),
        }),
      },
    ],
  },
  check,
};

/** A repository that nobody outside sees has no forks of strangers. */
function takesForks(context: AuditContext): boolean {
  const visibility = context.settings?.forge.visibility;
  return isGithub(context) && (visibility?.kind !== 'observed' || visibility.value === 'public');
}

function check(context: AuditContext): Iterable<Problem> {
  if (!takesForks(context)) return [];
  return whenSeen(
    context,
    'approvals for pull requests from forks',
    (all) => all.forge.actions.forkApproval,
    (policy) => (policy === 'all-outside' ? [] : [settingProblem(WEAK[policy])]),
  );
}

const WEAK = {
  'first-time': 'pull requests from outside run without approval after the first that was merged',
  'new-to-forge': 'pull requests from outside run without approval, but for accounts that are new',
} as const;
