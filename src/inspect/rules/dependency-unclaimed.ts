import { quoteForeign } from '../../formats/text.ts';
import { askedDependencies, historyOf } from '../release/publication.ts';
import type { ArtifactRule } from '../rule.ts';
import { npmChange, npmFirst, sampleHistory } from '../samples/sample-artifact.ts';

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'dependency-unclaimed',
  version: 1,
  category: 'change',
  severity: 'critical',
  effect: 'hold',
  about:
    'A dependency that is new here and that the registry does not have: anyone may claim its name',
  attack:
    'A private or mistyped name is taken by a stranger, and everyone who installs gets the code of that stranger: PyTorch-nightly `torchtriton` (I11). It is held and not refused, since a registry of your own need not have what its clients find elsewhere',
  mend: 'Publish the dependency first, or correct its name; acknowledge where it is found on another registry by everyone who installs',
  *check(view) {
    const { release, artifact, tree } = view;
    if (release === null) return;
    const path = tree.layout === 'npm' ? tree.byPlace.get('package.json')?.path : undefined;
    for (const name of askedDependencies(view)) {
      if (historyOf(release.inputs, artifact.ecosystem, name)?.answer !== 'absent') continue;
      const message = `the dependency ${quoteForeign(name)} is not on the registry: whoever publishes it first is installed`;
      yield { message, subject: name, ...(path === undefined ? {} : { path }) };
    }
  },
  examples: {
    bad: [
      {
        about: 'a name that nobody has',
        make: () => ({
          ...npmChange([{}], [{ dependencies: { torchtriton: '^2.0.0' } }]),
          histories: [sampleHistory('torchtriton', 'absent')],
        }),
      },
      {
        about: 'the same in a first release',
        make: () => ({
          ...npmFirst({ optionalDependencies: { torchtriton: '^2.0.0' } }),
          histories: [sampleHistory('torchtriton', 'absent')],
        }),
      },
    ],
    fine: [
      {
        about: 'a name that is taken',
        make: () => ({
          ...npmFirst({ dependencies: { a: '1' } }),
          histories: [sampleHistory('a', 9e10)],
        }),
      },
      {
        about: 'a package of this release',
        make: () => npmFirst({ dependencies: { '@aitbc/explorer-web': '1' } }),
      },
    ],
  },
};
