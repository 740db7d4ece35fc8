import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';
import { sampleClaim } from '../samples/sample-source.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'provenance-disappeared',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'hold',
  about: 'Where the versions before came with provenance, this one does too',
  attack:
    'The version that an attacker publishes with a stolen token is the first one without: nx 21.5.0 and others (I26), ultralytics 8.3.45 (I17), axios 1.14.1 (I38) and 144 packages of @mastra (I52)',
  mend: 'Find out why this build made none; a release by hand says so in its acknowledgement',
  *check({ inputs }) {
    const attested = inputs.source.claim?.artifacts ?? [];
    for (const { ecosystem, package: name, attestedVersions = [] } of inputs.upstream) {
      const [before] = attestedVersions;
      if (before === undefined) continue;
      const own = attested.filter((one) => one.ecosystem === ecosystem && one.package === name);
      const without = own.filter((one) => one.attestations.length === 0);
      if (own.length > 0 && without.length === 0) continue;
      yield {
        subject: `${ecosystem}:${name}`,
        message: `${name} ${before} has provenance upstream, this version came without`,
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a version without after one with',
        make: () =>
          sampleRelease({
            inputs: { source: sampleClaim({ provenance: null }) },
            upstream: { attestedVersions: ['1.2.2'] },
          }),
      },
    ],
    fine: [
      {
        about: 'nothing upstream has any',
        make: () => sampleRelease({ inputs: { source: sampleClaim({ provenance: null }) } }),
      },
    ],
  },
};
