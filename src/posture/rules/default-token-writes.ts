import { type PostureRule, workflowFile } from '../rule.ts';
import { sampleActions, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import { isGithub, settingProblem, whenSeen } from '../settings-view.ts';

const FILES = workflowFile(
  'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps: [{ run: make }]\n',
);

export const rule: PostureRule = {
  id: 'default-token-writes',
  reference: 'W03',
  severity: 'high',
  confidence: 'proven',
  area: 'token-security',
  scope: 'settings',
  about: 'a workflow that asks for no permissions gets a token that only reads',
  attack:
    'every workflow that forgets to say less runs with a token that pushes commits and tags and makes releases: one action that was taken over in the least important of them is enough',
  mend: "in the forge's settings, Actions, General, Workflow permissions: choose read repository contents and packages permissions",
  incidents: ['I26'],
  applies: isGithub,
  examples: {
    bad: [
      {
        about: 'a default that writes',
        files: FILES,
        settings: sampleSettings({ actions: sampleActions({ defaultPermissions: seen('write') }) }),
        found: ['settings'],
      },
      {
        about: 'a default that could not be seen',
        files: FILES,
        settings: sampleSettings({ actions: sampleActions({ defaultPermissions: UNSEEN }) }),
        found: ['settings'],
      },
    ],
    fine: [{ about: 'a default that reads', files: FILES, settings: sampleSettings() }],
  },
  check: (context) =>
    !isGithub(context)
      ? []
      : whenSeen(
          context,
          'default permissions of workflows',
          (all) => all.forge.actions.defaultPermissions,
          (level) =>
            level === 'read'
              ? []
              : [settingProblem('a workflow without permissions gets a token that writes')],
        ),
};
