import type { UpstreamSummary } from '../../core/manifest.ts';
import type { ReleaseContext, ReleaseProblem, ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'not-lower-than-latest',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'reject',
  about: 'The version is the highest of its line, and the latest dist-tag never moves backwards',
  attack:
    'A lower version replaces latest and takes fixes away from everyone who installs without a version',
  mend: 'Release a higher version; for a backport to an older line choose another dist-tag, as in `--dist-tag v1-lts`',
  *check(context) {
    for (const summary of context.inputs.upstream) {
      const message = problemOf(summary, context);
      if (message !== null) {
        yield { subject: `${summary.ecosystem}:${summary.package}`, ...message };
      }
    }
  },
  examples: {
    bad: [
      {
        about: 'version 1.2.3 where its line has 1.3.0',
        make: () => sampleRelease({ upstream: { latest: '1.3.0', highestInLine: '1.3.0' } }),
      },
      {
        about: 'a backport that would take latest from 2.0.0',
        make: () => sampleRelease({ upstream: { latest: '2.0.0', highest: '2.0.0' } }),
      },
      {
        about: 'version 1.2.3 in an older line where the line has a prerelease of 1.3.0',
        make: () =>
          sampleRelease({
            inputs: { distTag: 'v1-lts' },
            upstream: { latest: '2.0.0', highestInLine: '1.3.0-rc.1' },
          }),
      },
      {
        about: 'a prerelease of a version that is out',
        make: () => sampleRelease({ version: '1.2.2-rc.1', inputs: { distTag: 'next' } }),
      },
    ],
    fine: [
      { about: 'the next version', make: () => sampleRelease() },
      {
        about: 'a backport under its own dist-tag',
        make: () => sampleRelease({ inputs: { distTag: 'v1-lts' }, upstream: { latest: '2.0.0' } }),
      },
      {
        about: 'a patch while a prerelease of the next minor version is out',
        make: () => sampleRelease({ upstream: { highestInLine: '1.3.0-rc.1' } }),
      },
      {
        about: 'a first version',
        make: () =>
          sampleRelease({
            upstream: { exists: 'no', latest: null, highestInLine: null, highest: null },
          }),
      },
    ],
  },
};

function problemOf(
  summary: UpstreamSummary,
  { inputs, ecosystems }: ReleaseContext,
): Pick<ReleaseProblem, 'message' | 'effect'> | null {
  const { ecosystem, package: name, version, latest, highestInLine } = summary;
  const rules = ecosystems(ecosystem);
  const isBelow = (other: string | null): other is string =>
    other !== null && rules.compareVersions(version, other) < 0;
  const inLine = [highestInLine, latest]
    .filter((one) => isBelow(one))
    .find((one) => rules.sameLine(version, one) && isRival(rules.isPrerelease, version, one));
  if (inLine !== undefined) {
    return { message: `${name} ${version} is lower than ${inLine}, which its line has` };
  }
  const takesLatest = rules.hasDistTags && (inputs.distTag ?? 'latest') === 'latest';
  if (takesLatest && isBelow(latest)) {
    return { message: `${name} ${version} would move latest back from ${latest}` };
  }
  // The highest of the line hides what is below it: a higher final version may or may not exist.
  if (isBelow(highestInLine) && (latest === null || !rules.sameLine(version, latest))) {
    const message = `${name} ${version} is lower than ${highestInLine}, the prerelease that is the highest of its line`;
    return { message, effect: 'hold' };
  }
  return null;
}

/** A prerelease does not stand in the way of a final version below it: 1.2.3 beside 1.3.0-rc.1. */
function isRival(isPrerelease: (one: string) => boolean, version: string, other: string): boolean {
  return isPrerelease(version) || !isPrerelease(other);
}
