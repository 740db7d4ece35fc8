import type { UpstreamSummary } from '../../core/manifest.ts';
import type { ReleaseContext, ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'not-already-upstream',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'reject',
  about: 'The registry does not have this version yet, and was asked about every package',
  attack:
    'Somebody published the version around the gateway before the release, and the approval would bless bytes that nobody saw',
  mend: 'Find out who published the version; if it was not you, treat it as an incident, otherwise release the next version',
  *check(context) {
    for (const { ecosystem, package: name, version, versionTaken } of context.inputs.upstream) {
      if (versionTaken === 'no') continue;
      yield {
        subject: `${ecosystem}:${name}`,
        message: `${name} ${version} is in the registry already`,
      };
    }
    for (const [ecosystem, name] of unasked(context)) {
      yield {
        subject: `${ecosystem}:${name}`,
        effect: 'indeterminate',
        message: `the registry of ${name} was not asked what it has`,
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a version that is taken',
        make: () => sampleRelease({ upstream: { versionTaken: 'yes' } }),
      },
      {
        about: 'a package whose registry was not asked',
        make: () => sampleRelease({ inputs: { upstream: [] } }),
      },
    ],
    fine: [
      { about: 'the next version', make: () => sampleRelease() },
      {
        about: 'a new package',
        make: () =>
          sampleRelease({
            upstream: { exists: 'no', latest: null, highestInLine: null, highest: null },
          }),
      },
    ],
  },
};

function unasked({ inputs, ecosystems }: ReleaseContext): Iterable<[string, string]> {
  const keyOf = ({ ecosystem, package: name }: Pick<UpstreamSummary, 'ecosystem' | 'package'>) =>
    `${ecosystem}:${ecosystems(ecosystem).normalizeName(name)}`;
  const asked = new Set(inputs.upstream.map(keyOf));
  return new Map(
    inputs.declared
      .filter((one) => !asked.has(keyOf(one)))
      .map((one) => [keyOf(one), [one.ecosystem, one.package] as [string, string]]),
  ).values();
}
