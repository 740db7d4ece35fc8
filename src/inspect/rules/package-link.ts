import { quoteForeign } from '../../formats/text.ts';
import { fileExample } from '../artifact/packed-file.ts';
import type { ArtifactRule } from '../rule.ts';
import { npmFiles, npmFirst } from '../samples/sample-artifact.ts';

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'package-link',
  version: 1,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about: 'An npm package has no links: npm packs none and unpacks none, and Yarn unpacks them',
  attack:
    'A link to a file that is no code by its name gives that file a name by which it is loaded, where Yarn installs',
  mend: 'Pack the file itself instead of a link to it',
  *check({ tree }) {
    if (tree.layout !== 'npm') return;
    for (const { form, path, place } of tree.files) {
      if (form !== 'link') continue;
      const message = `${quoteForeign(place)} is a link: npm leaves it out, Yarn makes a file of it`;
      yield { path, message };
    }
  },
  examples: {
    bad: (['symlink', 'hardlink'] as const).map((kind) => ({
      about: `a ${kind} to text that is loaded then`,
      make: () => ({
        kind: 'tarball',
        entries: [
          ...npmFiles({ main: 'index.js' }, { 'data.txt': 'a();' }),
          { ...fileExample('package/index.js', ''), kind, linkTarget: 'package/data.txt' },
        ],
      }),
    })),
    fine: [{ about: 'a file', make: () => npmFirst({}, { 'index.js': 'a();' }) }],
  },
};
