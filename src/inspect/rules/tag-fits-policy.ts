import { checkTag } from '../../core/tag-filter.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'tag-fits-policy',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'reject',
  about: "The tag matches the policy's filter and names a strict semantic version",
  attack:
    'A tag such as v-test or v01.2.3 slips through a loose pattern and starts a release that nobody meant to make',
  mend: 'Delete the tag, tag the commit again as vMAJOR.MINOR.PATCH, or open the release under the policy that is meant for such tags',
  *check({ inputs, policy }) {
    const answer = checkTag(inputs.tag, policy, {
      names: inputs.declared.map((one) => one.package),
    });
    if (answer.ok) return;
    for (const reason of answer.reasons) yield { subject: inputs.tag, message: reason };
  },
  examples: {
    bad: ['v-test', 'v-beta', 'v1.2', 'v01.2.3', 'v1.2.3-rc.1', '1.2.3'].map((tag) => ({
      about: `the tag ${tag} under the strict policy`,
      make: () => sampleRelease({ inputs: { tag } }),
    })),
    fine: [
      { about: 'the tag v1.2.3', make: () => sampleRelease() },
      {
        about: 'one tag per package, under a policy for such tags',
        make: () =>
          sampleRelease({
            inputs: { tag: '@aitbc/explorer-web@1.2.3' },
            policy: { tag: '@aitbc/*@[0-9]+.[0-9]+.[0-9]+' },
          }),
      },
    ],
  },
};
