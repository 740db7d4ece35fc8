import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';
import { sampleClaim } from '../samples/sample-source.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'provenance-missing',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'reject',
  about: 'Every artifact has provenance, where the signed rules of the project ask for it',
  attack:
    'What is built on an owned machine, or sent with a token that was left over, has none: axios 1.14.1 / 0.30.4 (I38), ultralytics 8.3.45 / 8.3.46 (I17)',
  mend: 'Publish from CI with npm publish --provenance-file, or with attestations for Python; or make them optional by a proposal',
  *check({ inputs }) {
    const { claim } = inputs.source;
    if (claim?.expected.provenance?.attestations !== 'required') return;
    for (const { file, attestations } of claim.artifacts) {
      if (attestations.length > 0) continue;
      const message = `${file} came without provenance, which the rules of ${claim.project} ask for`;
      yield { subject: file, file, message };
    }
  },
  examples: {
    bad: [
      {
        about: 'an artifact without',
        make: () =>
          sampleRelease({ inputs: { source: sampleClaim({ required: true, provenance: null }) } }),
      },
    ],
    fine: [
      {
        about: 'an artifact with',
        make: () => sampleRelease({ inputs: { source: sampleClaim({ required: true }) } }),
      },
      {
        about: 'nobody asks',
        make: () => sampleRelease({ inputs: { source: sampleClaim({ provenance: null }) } }),
      },
    ],
  },
};
