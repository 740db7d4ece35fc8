import { type PostureRule, workflowFile } from '../rule.ts';
import { sampleActions, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import { isGithub, settingProblem, whenSeen } from '../settings-view.ts';

const FILES = workflowFile(
  'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps: [{ run: make }]\n',
);

export const rule: PostureRule = {
  id: 'workflow-approves',
  reference: null,
  severity: 'high',
  confidence: 'proven',
  area: 'access-control',
  scope: 'settings',
  about: 'workflows cannot make or approve pull requests',
  attack:
    'whoever runs code in any workflow approves their own change with its token, and the required review counts it as that of somebody else',
  mend: "in the forge's settings, Actions, General: do not allow GitHub Actions to create and approve pull requests; let a bot that needs it be an app of its own, outside of the approvers",
  incidents: [],
  applies: isGithub,
  examples: {
    bad: [
      {
        about: 'workflows that may approve',
        files: FILES,
        settings: sampleSettings({
          actions: sampleActions({ mayApprovePullRequests: seen(true) }),
        }),
        found: ['settings'],
      },
      {
        about: 'a switch that could not be seen',
        files: FILES,
        settings: sampleSettings({ actions: sampleActions({ mayApprovePullRequests: UNSEEN }) }),
        found: ['settings'],
      },
    ],
    fine: [{ about: 'workflows that may not', files: FILES, settings: sampleSettings() }],
  },
  check: (context) =>
    !isGithub(context)
      ? []
      : whenSeen(
          context,
          'rights of workflows over pull requests',
          (all) => all.forge.actions.mayApprovePullRequests,
          (may) => (may ? [settingProblem('workflows may make and approve pull requests')] : []),
        ),
};
