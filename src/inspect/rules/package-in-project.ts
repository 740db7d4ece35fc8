import { quoteForeign } from '../../formats/text.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'package-in-project',
  version: 1,
  category: 'release',
  severity: 'critical',
  effect: 'reject',
  about:
    "The name inside each artifact is the one it was uploaded as, and a package of the project's",
  attack:
    "A credential of one project is used to publish another project's package, or a file name hides the package inside",
  mend: 'Upload each package under its own name, or add it to the project by a proposal',
  *check({ inputs, artifacts, ecosystems }) {
    for (const artifact of artifacts) {
      const { ecosystem, file, description } = artifact;
      const rules = ecosystems(ecosystem);
      const uploaded = rules.normalizeName(artifact.package);
      const inside = rules.normalizeName(description?.package ?? artifact.package);
      const ours = inputs.declared.some(
        (one) => one.ecosystem === ecosystem && rules.normalizeName(one.package) === inside,
      );
      if (inside !== uploaded) {
        const message = `was uploaded as ${quoteForeign(uploaded)}, but the package inside is ${quoteForeign(inside)}`;
        yield { subject: file, file, message };
      }
      if (!ours) {
        const message = `${quoteForeign(inside)} is not a package of project ${inputs.project} in this release`;
        yield { subject: file, file, message };
      }
    }
  },
  examples: {
    bad: [
      {
        about: 'another package in a file of the right name',
        make: () =>
          sampleRelease({
            artifacts: (sample) =>
              sample.map((one) => ({
                ...one,
                description: one.description && { ...one.description, package: 'left-pad' },
              })),
          }),
      },
      {
        about: 'a package of another project',
        make: () =>
          sampleRelease({
            artifacts: (sample) => sample.map((one) => ({ ...one, package: 'left-pad' })),
          }),
      },
    ],
    fine: [{ about: 'two packages of the project', make: () => sampleRelease() }],
  },
};
