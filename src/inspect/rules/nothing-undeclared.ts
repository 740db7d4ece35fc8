import { quoteForeign } from '../../formats/text.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'nothing-undeclared',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'reject',
  about: 'No file has come that the release does not declare',
  attack:
    'One more artifact, such as a wheel for one platform that nobody builds, rides along with an approved release',
  mend: 'Reopen the release without the file, or declare its kind and count for the project by a proposal',
  *check({ inputs, artifacts, ecosystems }) {
    const open = inputs.declared.map((one) => ({ ...one, left: one.count }));
    for (const { ecosystem, package: name, kind, file } of artifacts) {
      const rules = ecosystems(ecosystem);
      const place = open.find(
        (one) =>
          one.ecosystem === ecosystem &&
          one.kind === kind &&
          one.left > 0 &&
          rules.normalizeName(one.package) === rules.normalizeName(name),
      );
      if (place === undefined) {
        const message = `the release does not declare this ${kind} of ${quoteForeign(name)}`;
        yield { subject: file, file, message };
      } else {
        place.left -= 1;
      }
    }
  },
  examples: {
    bad: [
      {
        about: 'a second wheel where one is declared',
        make: () =>
          sampleRelease({
            artifacts: (sample) => [
              ...sample,
              ...sample
                .filter((one) => one.kind === 'wheel')
                .map((one) => ({ ...one, file: `zz-${one.file}` })),
            ],
          }),
      },
      {
        about: 'a package that the release does not name',
        make: () =>
          sampleRelease({
            artifacts: (sample) => sample.map((one) => ({ ...one, package: 'something-else' })),
          }),
      },
    ],
    fine: [
      { about: 'tarball, wheel and sdist as declared', make: () => sampleRelease() },
      {
        about: 'a name in another spelling of the same ecosystem',
        make: () =>
          sampleRelease({
            artifacts: (sample) =>
              sample.map((one) => ({ ...one, package: one.package.toUpperCase() })),
          }),
      },
    ],
  },
};
