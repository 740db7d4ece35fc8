import type { PostureRule } from '../rule.ts';
import { sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import { settingProblem, whenSeen } from '../settings-view.ts';

export const rule: PostureRule = {
  id: 'releases-mutable',
  reference: null,
  severity: 'medium',
  confidence: 'proven',
  area: 'audit-trail',
  scope: 'settings',
  about: 'a release at the forge cannot be changed once it is published',
  attack:
    'whoever may write the repository exchanges the files of an old release, or moves its tag, and those who download it later get something else than what was announced',
  mend: "in the forge's settings, General, Releases: enable release immutability; it holds for releases that are made from then on",
  incidents: ['I34'],
  applies: (context) => context.settings?.forge.forge !== 'gitlab',
  examples: {
    bad: [
      {
        about: 'releases that may be changed',
        files: {},
        settings: sampleSettings({
          immutableReleases: seen({ enabled: false, enforcedByOwner: false }),
        }),
        found: ['settings'],
      },
      {
        about: 'a switch that could not be seen',
        files: {},
        settings: sampleSettings({ immutableReleases: UNSEEN }),
        found: ['settings'],
      },
    ],
    fine: [
      { about: 'releases that may not', files: {}, settings: sampleSettings() },
      {
        about: 'a forge without such a setting',
        files: {},
        settings: sampleSettings({ forge: 'gitlab', immutableReleases: UNSEEN }),
      },
    ],
  },
  check: (context) =>
    context.settings?.forge.forge === 'gitlab'
      ? []
      : whenSeen(
          context,
          'rules for published releases',
          (all) => all.forge.immutableReleases,
          ({ enabled }) =>
            enabled ? [] : [settingProblem('files and tag of a published release may be changed')],
        ),
};
