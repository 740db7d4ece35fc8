import type { PostureRule } from '../rule.ts';
import { sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import { settingProblem, whenSeen } from '../settings-view.ts';

export const rule: PostureRule = {
  id: 'deploy-key-writes',
  reference: null,
  severity: 'medium',
  confidence: 'proven',
  area: 'token-security',
  scope: 'settings',
  about: 'no deploy key may push to the repository',
  attack:
    'a key without a person, a second factor or an end lies on some machine: whoever copies it pushes branches and tags, and with them workflows, and the log names the key',
  mend: 'delete deploy keys that write; let the machine open pull requests as an app with few rights, or let its job use its own token',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'a key that writes',
        files: {},
        settings: sampleSettings({
          writingDeployKeys: seen([
            { title: 'old bot', createdAt: '2023-01-01T00:00:00.000Z', lastUsedAt: null },
          ]),
        }),
        found: ['settings'],
      },
      {
        about: 'keys that could not be seen',
        files: {},
        settings: sampleSettings({ writingDeployKeys: UNSEEN }),
        found: ['settings'],
      },
    ],
    fine: [{ about: 'no key that writes', files: {}, settings: sampleSettings() }],
  },
  check: (context) =>
    whenSeen(
      context,
      'deploy keys',
      (all) => all.forge.writingDeployKeys,
      (keys) =>
        keys.map(({ title, createdAt }) => {
          const since = createdAt === null ? '' : `, since ${createdAt.slice(0, 10)}`;
          return settingProblem(`deploy key "${title}" may push${since}`);
        }),
    ),
};
