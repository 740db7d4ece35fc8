import { branchProblem } from '../../core/source-grade.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';
import { sampleClaim } from '../samples/sample-source.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'commit-not-on-protected-branch',
  version: 1,
  category: 'release',
  severity: 'critical',
  effect: 'reject',
  about:
    'A protected branch reaches the commit of the release, so that it went through whatever review the branch asks for',
  attack:
    'Whoever may push a side branch has it built without review: orphan commits in @redhat-cloud-services (I50), throwaway branches in 57 packages (I51), each with valid provenance',
  mend: 'Merge the commit into a protected branch, or correct source.branches by a proposal',
  *check({ inputs }) {
    const { claim } = inputs.source;
    const problem = claim === undefined ? null : branchProblem(claim);
    if (problem !== null) yield { subject: inputs.tag, message: problem };
  },
  examples: {
    bad: [
      {
        about: 'a commit of no branch',
        make: () => sampleRelease({ inputs: { source: sampleClaim({ git: { branches: [] } }) } }),
      },
    ],
    fine: [
      {
        about: 'a commit of main',
        make: () => sampleRelease({ inputs: { source: sampleClaim() } }),
      },
      {
        about: 'no git',
        make: () => sampleRelease({ inputs: { source: sampleClaim({ git: null }) } }),
      },
    ],
  },
};
