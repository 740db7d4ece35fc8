import { quoteForeign } from '../../formats/text.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'publish-config-registry',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'reject',
  about: 'The package does not name a registry of its own to be published to',
  attack:
    "A registry in the package's publishConfig wins over the configured one, so the next plain publish passes the gateway by",
  mend: 'Remove publishConfig.registry from package.json; where packages go stands in the signed policy',
  *check({ artifacts }) {
    for (const { file, description } of artifacts) {
      const wanted = description?.wantsRegistry ?? null;
      if (wanted === null) continue;
      const message = `asks to be published to ${quoteForeign(wanted)}, which would pass the gateway by`;
      yield { subject: file, file, message };
    }
  },
  examples: {
    bad: [
      {
        about: 'a publishConfig with a registry',
        make: () =>
          sampleRelease({
            artifacts: (sample) =>
              sample.map((one) => ({
                ...one,
                description: one.description && {
                  ...one.description,
                  wantsRegistry: 'https://registry.example.com/',
                },
              })),
          }),
      },
    ],
    fine: [{ about: 'no publishConfig', make: () => sampleRelease() }],
  },
};
