import { type AuditContext, type PostureRule, type Problem, workflowFile } from '../rule.ts';
import { sampleActions, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import type { AllowedActions } from '../settings.ts';
import { isGithub, settingProblem, whenSeen } from '../settings-view.ts';

const FILES = workflowFile('on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps: []\n');

const withActions = (allowed: AllowedActions, pinned: boolean) =>
  sampleSettings({
    actions: sampleActions({ allowed: seen(allowed), pinningRequired: seen(pinned) }),
  });

export const rule: PostureRule = {
  id: 'actions-unrestricted',
  reference: 'W01',
  severity: 'medium',
  confidence: 'proven',
  area: 'validation',
  scope: 'settings',
  about:
    'the forge itself refuses actions that are not pinned to a commit, or that nobody has chosen',
  attack:
    'a rule that only reviewers enforce holds until the first pull request that nobody reads closely: one line adds an action of somebody else, or moves a pinned one back to a tag',
  mend: "in the forge's settings, Actions, General: require actions to be pinned to a full-length commit SHA, and allow those of the owner and a chosen list",
  incidents: ['I19', 'I34'],
  applies: isGithub,
  examples: {
    bad: [
      {
        about: 'every action at every tag',
        files: FILES,
        settings: withActions({ kind: 'all' }, false),
        found: ['settings', 'settings'],
      },
      {
        about: 'switches that could not be seen',
        files: FILES,
        settings: sampleSettings({
          actions: sampleActions({ allowed: UNSEEN, pinningRequired: UNSEEN }),
        }),
        found: ['settings', 'settings'],
      },
    ],
    fine: [
      {
        about: 'a chosen list, pinned',
        files: FILES,
        settings: withActions(
          { kind: 'selected', ofForge: true, ofVerified: false, patterns: ['alice/*'] },
          true,
        ),
      },
      {
        about: 'actions of the owner alone',
        files: FILES,
        settings: withActions({ kind: 'own' }, true),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  if (!isGithub(context)) return;
  yield* whenSeen(
    context,
    'demands for pinned actions',
    (all) => all.forge.actions.pinningRequired,
    (pinned) => (pinned ? [] : [settingProblem('the forge runs actions that are not pinned')]),
  );
  if (context.settings === null) return;
  yield* whenSeen(
    context,
    'lists of allowed actions',
    (all) => all.forge.actions.allowed,
    (allowed) => {
      const isOpen =
        allowed.kind === 'all' ||
        (allowed.kind === 'selected' &&
          allowed.patterns.some((one) => /^\*(?:\/\*)?(?:@|$)/.test(one)));
      return isOpen
        ? [settingProblem('the forge runs actions of everybody', { severity: 'low' })]
        : [];
    },
  );
}
