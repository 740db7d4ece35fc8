import { tagProblem } from '../../core/source-grade.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';
import { sampleClaim } from '../samples/sample-source.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'tag-moved',
  version: 1,
  category: 'release',
  severity: 'critical',
  effect: 'reject',
  about:
    'The tag is where it was when the release was opened, and at the commit that the release was opened for',
  attack:
    'A tag is moved to another commit after people looked at it: 76 of 77 tags of trivy-action (I34), and the v5 of xygeni-action (I33), where the branches were protected and the tags were not',
  mend: 'Find out who moved the tag and why; release under a new tag, which nobody has moved',
  *check({ inputs }) {
    const { claim } = inputs.source;
    const problem = claim === undefined ? null : tagProblem(claim);
    if (problem !== null) yield { subject: inputs.tag, message: problem };
  },
  examples: {
    bad: [
      {
        about: 'a tag at another commit',
        make: () =>
          sampleRelease({
            inputs: {
              source: sampleClaim({
                git: { tag: { object: 'd'.repeat(40), commit: 'd'.repeat(40) } },
              }),
            },
          }),
      },
      {
        about: 'a tag that is gone',
        make: () =>
          sampleRelease({
            inputs: { source: sampleClaim({ git: { tag: null, commit: null, branches: [] } }) },
          }),
      },
      {
        about: 'a release by tag without a tag',
        make: () =>
          sampleRelease({
            inputs: { source: sampleClaim({ git: { opened: null, tag: null, commit: null } }) },
          }),
      },
    ],
    fine: [
      {
        about: 'a tag that stayed',
        make: () => sampleRelease({ inputs: { source: sampleClaim() } }),
      },
      {
        about: 'a release by commit without a tag',
        make: () =>
          sampleRelease({
            inputs: {
              source: sampleClaim({
                opened: 'by-commit',
                git: { opened: null, tag: null },
                provenance: null,
              }),
            },
          }),
      },
      {
        about: 'no git',
        make: () => sampleRelease({ inputs: { source: sampleClaim({ git: null }) } }),
      },
    ],
  },
};
