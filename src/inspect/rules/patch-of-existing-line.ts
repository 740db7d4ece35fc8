import type { UpstreamSummary } from '../../core/manifest.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'patch-of-existing-line',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'reject',
  about: 'Under a policy limited to patches, the version is a patch of a version that is out',
  attack:
    'The lighter approvals of a hotfix policy are used to bring out a new version with new features',
  mend: 'Release the new version under the ordinary policy, or number the fix as a patch of the newest version of its line',
  *check({ inputs, policy, ecosystems }) {
    if (policy.limits !== 'patch-of-existing-line') return;
    for (const summary of inputs.upstream) {
      const { ecosystem, package: name, version, highestInLine } = summary;
      const final = !ecosystems(ecosystem).isPrerelease(version);
      if (final && isPatch(summary)) continue;
      const found = highestInLine === null ? 'no version' : highestInLine;
      yield {
        subject: `${ecosystem}:${name}`,
        message: `policy ${inputs.policy.name} takes patches only; ${name} ${version} is none, its line has ${found}`,
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a new minor version under a hotfix policy',
        make: () =>
          sampleRelease({ version: '1.3.0', policy: { limits: 'patch-of-existing-line' } }),
      },
      {
        about: 'a new package under a hotfix policy',
        make: () =>
          sampleRelease({
            policy: { limits: 'patch-of-existing-line' },
            upstream: { exists: 'no', latest: null, highestInLine: null, highest: null },
          }),
      },
      {
        about: 'a prerelease under a hotfix policy',
        make: () =>
          sampleRelease({ version: '1.2.3-rc.1', policy: { limits: 'patch-of-existing-line' } }),
      },
    ],
    fine: [
      {
        about: 'version 1.2.3 after 1.2.2',
        make: () => sampleRelease({ policy: { limits: 'patch-of-existing-line' } }),
      },
      {
        about: 'a new minor version without limits',
        make: () => sampleRelease({ version: '1.3.0' }),
      },
    ],
  },
};

/** Compares numbers as text of equal meaning: registries spell final versions without leading zeros. */
function isPatch({ version, highestInLine }: UpstreamSummary): boolean {
  const wanted = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/.exec(version);
  const found = /^(\d{1,15})\.(\d{1,15})(?:\.(\d{1,15}))?(?![\d])/.exec(highestInLine ?? '');
  if (wanted === null || found === null) return false;
  const sameMinor = wanted[1] === found[1] && wanted[2] === found[2];
  return sameMinor && Number(wanted[3]) > Number(found[3] ?? 0);
}
