import { SOURCE_GRADES } from '../../core/policy.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'source-grade',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'reject',
  about: 'How well the source of the release is known is as good as the policy asks for',
  attack:
    'Bytes built on a stolen laptop are uploaded with the word of the uploader as the only sign of where they come from',
  mend: 'Open the release from CI with its OIDC identity, or with provenance, as the policy demands',
  *check({ inputs, policy }) {
    const { grade } = inputs.source;
    if (SOURCE_GRADES.indexOf(grade) >= SOURCE_GRADES.indexOf(policy.source)) return;
    yield {
      subject: 'source',
      message: `policy ${inputs.policy.name} asks for source grade ${policy.source} or better, found ${grade}`,
    };
  },
  examples: {
    bad: [
      {
        about: 'an asserted source where the policy asks for OIDC',
        make: () => sampleRelease({ inputs: { source: { grade: 'asserted' } } }),
      },
    ],
    fine: [
      { about: 'an OIDC identity where the policy asks for one', make: () => sampleRelease() },
      {
        about: 'a resolved source where the policy asks for less',
        make: () => sampleRelease({ inputs: { source: { grade: 'resolved' } } }),
      },
    ],
  },
};
