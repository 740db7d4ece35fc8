import type { ContainerRule } from '../rule.ts';
import { sampleTar } from '../samples/sample-archive.ts';

export const rule: ContainerRule = {
  kind: 'container',
  id: 'case-collision',
  version: 1,
  category: 'content',
  severity: 'medium',
  effect: 'hold',
  effects: { 'case-collision': 'hold' },
  about: 'Two paths of one archive that differ in capital and small letters only',
  attack:
    'On Windows and macOS the second replaces the first, so that other code is installed there',
  mend: 'Rename one of the two',
  examples: {
    bad: [
      {
        about: 'two files',
        make: () => sampleTar([{ path: 'Index.js' }, { path: 'index.js' }]),
      },
      {
        about: 'a folder of two spellings',
        make: () => sampleTar([{ path: 'Lib/a.js' }, { path: 'lib/b.js' }]),
      },
    ],
    fine: [
      {
        about: 'names of one folder',
        make: () => sampleTar([{ path: 'Lib/A.js' }, { path: 'Lib/B.js' }]),
      },
    ],
  },
};
