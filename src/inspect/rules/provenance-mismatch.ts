import { provenanceProblems } from '../../core/source-grade.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';
import { sampleClaim } from '../samples/sample-source.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'provenance-mismatch',
  version: 1,
  category: 'release',
  severity: 'critical',
  effect: 'reject',
  about:
    'The provenance that came with an artifact verifies, and is of the repository, owner, workflow, ref and commit that the signed rules and the release name',
  attack:
    'Code of a branch that nobody reviewed comes with genuine provenance of that branch: SAP @cap-js/sqlite 2.2.2 (I42), @redhat-cloud-services (I50) and 57 packages from snapshot branches (I51)',
  mend: 'Build in the workflow that the rules name, from the tag; a new workflow or repository takes a proposal',
  *check({ inputs }) {
    const { claim } = inputs.source;
    for (const artifact of claim?.artifacts ?? []) {
      const problems = claim === undefined ? [] : provenanceProblems(claim, artifact);
      const [first, ...more] = problems;
      if (first === undefined) continue;
      const others = more.length === 0 ? '' : ` (and ${more.length} more: ${more.join('; ')})`;
      yield {
        subject: artifact.file,
        file: artifact.file,
        message: `the provenance of ${artifact.file} does not fit: ${first}${others}`.slice(0, 390),
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'another repository',
        make: () =>
          sampleRelease({
            inputs: {
              source: sampleClaim({
                provenance: { repository: 'https://github.com/example/other', repositoryId: '1' },
              }),
            },
          }),
      },
      {
        about: 'another branch',
        make: () =>
          sampleRelease({
            inputs: { source: sampleClaim({ provenance: { ref: 'refs/heads/feature' } }) },
          }),
      },
      {
        about: 'another tag',
        make: () =>
          sampleRelease({
            inputs: { source: sampleClaim({ provenance: { ref: 'refs/tags/v1.2.2' } }) },
          }),
      },
      {
        about: 'another commit',
        make: () =>
          sampleRelease({
            inputs: { source: sampleClaim({ provenance: { commit: 'd'.repeat(40) } }) },
          }),
      },
      {
        about: 'another workflow',
        make: () =>
          sampleRelease({
            inputs: {
              source: sampleClaim({ provenance: { workflow: '.github/workflows/test.yml' } }),
            },
          }),
      },
      {
        about: 'a run that a pull request started',
        make: () =>
          sampleRelease({
            inputs: { source: sampleClaim({ provenance: { trigger: 'pull_request_target' } }) },
          }),
      },
      {
        about: 'a signature that does not hold',
        make: () =>
          sampleRelease({
            inputs: {
              source: sampleClaim({ problem: 'it does not verify: signature verification failed' }),
            },
          }),
      },
    ],
    fine: [
      {
        about: 'provenance that fits',
        make: () => sampleRelease({ inputs: { source: sampleClaim() } }),
      },
      {
        about: 'no provenance',
        make: () => sampleRelease({ inputs: { source: sampleClaim({ provenance: null }) } }),
      },
      {
        about: 'a protected branch for a release opened by commit',
        make: () =>
          sampleRelease({
            inputs: {
              source: sampleClaim({ opened: 'by-commit', provenance: { ref: 'refs/heads/main' } }),
            },
          }),
      },
    ],
  },
};
