import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'artifact-readable',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'indeterminate',
  about: 'Every artifact can be read whole, with its metadata',
  attack:
    'An archive that our reader cannot read, but an installer can, carries what nobody inspected',
  mend: "Pack the artifact again with the ecosystem's own tool and reopen the release",
  *check({ artifacts }) {
    for (const { file, description, unreadable } of artifacts) {
      if (description !== null) continue;
      const message = `the artifact cannot be read${unreadable === undefined ? '' : `: ${unreadable}`}`;
      yield { subject: file, file, message };
    }
  },
  examples: {
    bad: [
      {
        about: 'a torn archive',
        make: () =>
          sampleRelease({
            artifacts: (sample) =>
              sample.map((one) => ({
                ...one,
                description: null,
                unreadable: 'the gzip data ends early',
              })),
          }),
      },
    ],
    fine: [{ about: 'artifacts with their descriptions', make: () => sampleRelease() }],
  },
};
