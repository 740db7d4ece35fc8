import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'declared-set-complete',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'reject',
  about: 'Every declared file has come: as many of each kind as the release declares',
  attack:
    'One half of a release is held back, so that users get a new package with an old or missing counterpart',
  mend: 'Upload the missing files before the release is sealed, or correct the files that the project declares',
  *check({ inputs, artifacts, ecosystems }) {
    for (const { ecosystem, package: name, kind, count } of inputs.declared) {
      const rules = ecosystems(ecosystem);
      const found = artifacts.filter(
        (one) =>
          one.ecosystem === ecosystem &&
          one.kind === kind &&
          rules.normalizeName(one.package) === rules.normalizeName(name),
      ).length;
      if (found >= count) continue;
      yield {
        subject: `${ecosystem}:${name}:${kind}`,
        message: `expected ${count} ${kind} of ${name}, found ${found}`,
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'no wheel where one is declared',
        make: () =>
          sampleRelease({ artifacts: (sample) => sample.filter((one) => one.kind !== 'wheel') }),
      },
      { about: 'nothing at all', make: () => sampleRelease({ artifacts: () => [] }) },
    ],
    fine: [{ about: 'tarball, wheel and sdist as declared', make: () => sampleRelease() }],
  },
};
