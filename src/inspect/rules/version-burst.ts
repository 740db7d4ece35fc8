import type { PublicationHistory } from '../../core/manifest.ts';
import { ageOf, describeAge, HOUR_MS, historyOf } from '../release/publication.ts';
import type { ReleaseContext, ReleaseProblem, ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

/** Final versions in the hour before this one, from where on it is a burst. */
const VERSIONS_LEAST = 3;

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'version-burst',
  version: 1,
  category: 'change',
  severity: 'high',
  effect: 'hold',
  about:
    'Versions in quick succession: another line within the hour before, or three versions of the same one',
  attack:
    'Whoever has a stolen token publishes on every line at once, so that each range takes the payload: three lines in 28 seconds in coa 2.0.3.. and rc 1.2.9 / 1.3.9 / 2.3.9 (I06), two in 39 minutes in axios 1.14.1 / 0.30.4 (I38), four majors in 21 minutes in @7nohe/openapi-react-query-codegen (I55)',
  mend: 'Ask who released the versions that are named; a fix for several lines acknowledges it',
  *check(context) {
    for (const { ecosystem, package: name } of context.inputs.upstream) {
      const history = historyOf(context.inputs, ecosystem, name);
      if (history === null) continue;
      const problem = problemOf(history, context);
      if (problem !== null) yield { subject: `${ecosystem}:${name}`, ...problem };
    }
  },
  examples: {
    bad: [
      {
        about: 'another line minutes ago',
        make: () => sampleRelease({ times: { '2.0.1': 39 / 60, '1.2.2': 9000 } }),
      },
      {
        about: 'three versions within the hour',
        make: () => sampleRelease({ times: { '1.2.2': 0.1, '1.2.1': 0.3, '1.2.0': 0.5 } }),
      },
    ],
    fine: [
      { about: 'yesterday', make: () => sampleRelease({ times: { '1.2.2': 24, '1.2.1': 26 } }) },
      { about: 'a fix of the fix', make: () => sampleRelease({ times: { '1.2.2': 0.2 } }) },
      {
        about: 'prereleases of the next line',
        make: () =>
          sampleRelease({ times: { '2.0.0-rc.2': 0.1, '2.0.0-rc.1': 0.2, '1.2.2': 9000 } }),
      },
    ],
  },
};

function problemOf(
  { ecosystem, package: name, newest }: PublicationHistory,
  { inputs, ecosystems, artifacts }: ReleaseContext,
): Pick<ReleaseProblem, 'message'> | null {
  const rules = ecosystems(ecosystem);
  const own = artifacts.find((one) => one.ecosystem === ecosystem && one.package === name)?.version;
  if (own === undefined || rules.isPrerelease(own)) return null;
  const recent = newest.filter(
    ({ version, at }) => ageOf(at, inputs) < HOUR_MS && isFinal(() => rules.isPrerelease(version)),
  );
  const other = recent.find(({ version }) => !rules.sameLine(version, own));
  if (other !== undefined) {
    return {
      message: `${name} ${other.version}, of another line than ${own}, was published ${describeAge(ageOf(other.at, inputs))} before`,
    };
  }
  if (recent.length < VERSIONS_LEAST) return null;
  return {
    message: `${recent.length} versions of ${name} were published in the hour before ${own}`,
  };
}

/** Registries hold versions from older days that are none; those are no part of a burst. */
function isFinal(isPrerelease: () => boolean): boolean {
  try {
    return !isPrerelease();
  } catch {
    return false;
  }
}
