import { inDistTagEcosystems } from '../release/dist-tags.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'prerelease-not-latest',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'reject',
  about: 'A prerelease is never what latest points at',
  attack: 'Everyone who installs without a version gets unfinished code, at once',
  mend: 'Open the release with another dist-tag, such as next',
  *check(context) {
    if (context.inputs.distTag !== 'latest') return;
    for (const { ecosystem, package: name, version, rules } of inDistTagEcosystems(context)) {
      if (!rules.isPrerelease(version)) continue;
      yield {
        subject: `${ecosystem}:${name}`,
        message: `${name} ${version} is a prerelease and would become latest`,
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a release candidate for latest',
        make: () => sampleRelease({ version: '1.3.0-rc.1', inputs: { distTag: 'latest' } }),
      },
    ],
    fine: [
      {
        about: 'a release candidate for next',
        make: () => sampleRelease({ version: '1.3.0-rc.1', inputs: { distTag: 'next' } }),
      },
      {
        about: 'a final version for latest',
        make: () => sampleRelease({ inputs: { distTag: 'latest' } }),
      },
    ],
  },
};
