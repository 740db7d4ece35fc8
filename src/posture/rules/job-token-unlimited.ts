import type { AuditContext, PostureRule } from '../rule.ts';
import { sampleActions, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import type { JobTokenScope } from '../settings.ts';
import { settingProblem, whenSeen } from '../settings-view.ts';

const withScope = (scope: JobTokenScope) =>
  sampleSettings({ forge: 'gitlab', actions: sampleActions({ jobToken: seen(scope) }) });

/** Where nobody looked, the file of its pipelines says which forge it is. */
const isGitlab = ({ settings, files }: AuditContext): boolean =>
  settings === null ? files.has('.gitlab-ci.yml') : settings.forge.forge === 'gitlab';

export const rule: PostureRule = {
  id: 'job-token-unlimited',
  reference: null,
  severity: 'medium',
  confidence: 'proven',
  area: 'token-security',
  scope: 'settings',
  about: "job tokens of other projects do not open this one, and this one's do not push",
  attack:
    'a job of any project that a member of this one may start carries a token that reads it, and where pushing is allowed a job that was taken over writes branches and tags',
  mend: 'in the settings of the project, CI/CD, Job token permissions: allow only listed projects and groups, and do not allow git push requests',
  incidents: [],
  applies: isGitlab,
  examples: {
    bad: [
      {
        about: 'tokens of every project, which also push',
        files: {},
        settings: withScope({ limited: false, mayPush: true }),
        found: ['settings', 'settings'],
      },
      {
        about: 'a scope that could not be seen',
        files: {},
        settings: sampleSettings({ forge: 'gitlab', actions: sampleActions({ jobToken: UNSEEN }) }),
        found: ['settings'],
      },
    ],
    fine: [
      {
        about: 'tokens of listed projects, which only read',
        files: {},
        settings: withScope({ limited: true, mayPush: false }),
      },
      { about: 'a forge without job tokens', files: {}, settings: sampleSettings() },
    ],
  },
  check: (context) =>
    !isGitlab(context)
      ? []
      : whenSeen(
          context,
          'permissions of job tokens',
          (all) => all.forge.actions.jobToken,
          ({ limited, mayPush }) => [
            ...(limited ? [] : [settingProblem('job tokens of every project open this one')]),
            ...(mayPush === true ? [settingProblem('job tokens of this project push to it')] : []),
          ],
        ),
};
