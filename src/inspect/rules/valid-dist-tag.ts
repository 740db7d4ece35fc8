import validRange from 'semver/ranges/valid.js';
import { quoteForeign } from '../../formats/text.ts';
import { inDistTagEcosystems } from '../release/dist-tags.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'valid-dist-tag',
  version: 1,
  category: 'release',
  severity: 'medium',
  effect: 'reject',
  about: 'The dist-tag is a name that cannot be read as a version, and one that the policy allows',
  attack:
    'A dist-tag such as 1.x is read as a version range by one client and as a tag by another, and the two install different code',
  mend: 'Choose a dist-tag of letters, digits, dots, hyphens and underscores that the policy lists',
  *check(context) {
    const { inputs, policy } = context;
    const { distTag } = inputs;
    const tagged = inDistTagEcosystems(context).length > 0;
    if (distTag !== null) {
      const shape = shapeProblem(distTag);
      if (shape !== null) yield { subject: 'dist-tag', message: shape };
      if (!tagged) {
        const message = `the release has dist-tag ${quoteForeign(distTag)}, but none of its registries has dist-tags`;
        yield { subject: 'dist-tag', message, effect: 'note' };
      }
    }
    const wanted = distTag ?? 'latest';
    if (tagged && policy.distTags !== null && !policy.distTags.includes(wanted)) {
      const allowed = policy.distTags.join(', ') || 'none';
      const message = `policy ${inputs.policy.name} allows the dist-tags ${allowed}, found ${quoteForeign(wanted)}`;
      yield { subject: 'dist-tag', message };
    }
  },
  examples: {
    bad: ['1.x', '>=2', '1.2.3', 'v1', '', 'next beta', '../next', 'x'.repeat(200)]
      .map((distTag) => ({
        about: `the dist-tag ${JSON.stringify(distTag.slice(0, 20))}`,
        make: () => sampleRelease({ inputs: { distTag } }),
      }))
      .concat([
        {
          about: 'a dist-tag that the policy does not list',
          make: () =>
            sampleRelease({ inputs: { distTag: 'beta' }, policy: { distTags: ['next'] } }),
        },
        {
          about: 'no dist-tag, which means latest, where the policy lists only next',
          make: () => sampleRelease({ policy: { distTags: ['next'] } }),
        },
      ]),
    fine: [
      { about: 'no dist-tag', make: () => sampleRelease() },
      { about: 'the dist-tag next', make: () => sampleRelease({ inputs: { distTag: 'next' } }) },
      {
        about: 'a dist-tag that the policy lists',
        make: () => sampleRelease({ inputs: { distTag: 'next' }, policy: { distTags: ['next'] } }),
      },
    ],
  },
};

function shapeProblem(distTag: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9._-]{0,127}$/.test(distTag)) {
    return `expected a dist-tag of a letter and then letters, digits, ".", "_" or "-", found ${quoteForeign(distTag)}`;
  }
  // npm refuses these itself: `npm install name@v1` would never look at the tag
  return validRange(distTag) === null
    ? null
    : `the dist-tag ${quoteForeign(distTag)} reads as a version range`;
}
