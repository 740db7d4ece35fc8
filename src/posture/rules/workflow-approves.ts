import type { PostureRule } from '../rule.ts';
import { sampleActions, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import { settingProblem, whenSeen } from '../settings-view.ts';

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
  applies: (context) => context.workflows.length > 0,
  examples: {
    bad: [
      {
        about: 'workflows that may approve',
        files: {},
        settings: sampleSettings({
          actions: sampleActions({ mayApprovePullRequests: seen(true) }),
        }),
        found: ['settings'],
      },
      {
        about: 'a switch that could not be seen',
        files: {},
        settings: sampleSettings({ actions: sampleActions({ mayApprovePullRequests: UNSEEN }) }),
        found: ['settings'],
      },
    ],
    fine: [{ about: 'workflows that may not', files: {}, settings: sampleSettings() }],
  },
  check: (context) =>
    whenSeen(
      context,
      'rights of workflows over pull requests',
      (all) => all.forge.actions.mayApprovePullRequests,
      (may) => (may ? [settingProblem('workflows may make and approve pull requests')] : []),
    ),
};
