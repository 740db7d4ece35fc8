import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { samplePackage, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import type { NpmVersion } from '../settings.ts';
import { nothingSeen, settingProblem, whenObserved } from '../settings-view.ts';

const version = (number: string, day: string, provenance: string | null): NpmVersion => ({
  version: number,
  publishedAt: `2026-${day}T00:00:00.000Z`,
  publisher: 'alice',
  byTrustedPublisher: provenance !== null,
  provenance,
});
const SLSA = 'https://slsa.dev/provenance/v1';

const withVersions = (...recent: readonly NpmVersion[]) =>
  sampleSettings({}, [samplePackage({ recent: seen(recent) })]);

export const rule: PostureRule = {
  id: 'provenance-downgraded',
  reference: 'W31',
  severity: 'high',
  confidence: 'proven',
  area: 'audit-trail',
  scope: 'settings',
  about: 'once versions of a package come with provenance, the newest one does too',
  attack:
    'a version without provenance behind others with it is what a stolen token publishes: installers that compare trust levels refuse it, all others take it',
  mend: 'find out how the newest version was published; publish the next one with provenance, and disallow tokens at the registry',
  incidents: ['I26', 'I38', 'I49'],
  applies: (context) => (context.settings?.packages ?? []).some((one) => one.ecosystem === 'npm'),
  examples: {
    bad: [
      {
        about: 'a newest version that came without',
        files: {},
        settings: withVersions(version('1.1.0', '10-02', null), version('1.0.0', '09-01', SLSA)),
        found: ['settings'],
      },
      {
        about: 'versions that could not be seen',
        files: {},
        settings: sampleSettings({}, [samplePackage({ recent: UNSEEN })]),
        found: ['settings'],
      },
    ],
    fine: [
      {
        about: 'a newest version with it',
        files: {},
        settings: withVersions(version('1.1.0', '10-02', SLSA), version('1.0.0', '09-01', null)),
      },
      {
        about: 'a package that never had any',
        files: {},
        settings: withVersions(version('1.0.0', '09-01', null)),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  if (context.settings === null) {
    yield nothingSeen(context, 'provenance of published versions');
    return;
  }
  for (const one of context.settings.packages) {
    if (one.ecosystem !== 'npm') continue;
    yield* whenObserved(one.recent, `versions of ${one.name}`, ([newest, ...older]) => {
      const last = older.find(({ provenance }) => provenance !== null);
      if (newest === undefined || newest.provenance !== null || last === undefined) return [];
      const message = `${one.name} ${newest.version} came without provenance, ${last.version} before it had some`;
      return [settingProblem(message)];
    });
  }
}
