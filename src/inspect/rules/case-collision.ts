import type { ContainerRule } from '../rule.ts';
import { sampleTar } from '../samples/sample-archive.ts';

export const rule: ContainerRule = {
  kind: 'container',
  id: 'case-collision',
  version: 2,
  category: 'content',
  severity: 'medium',
  effect: 'hold',
  effects: { 'case-collision': 'hold' },
  about:
    'Two paths of one archive that are one file on Windows or macOS: they differ only in capital and small letters, in how accents are composed, or in dots and spaces at the end of a name',
  attack:
    'The second replaces the first there, or is unpacked through a link that the first is, so that other code is installed',
  mend: 'Rename one of the two',
  examples: {
    bad: [
      {
        about: 'two files',
        make: () => sampleTar([{ path: 'Index.js' }, { path: 'index.js' }]),
      },
      {
        about: 'an accent that is composed, and one that is not',
        make: () => sampleTar([{ path: 'caf\u00e9.js' }, { path: 'cafe\u0301.js' }]),
      },
      {
        about: 'a dot at the end of a name',
        make: () => sampleTar([{ path: 'a/index.js' }, { path: 'a./index.js' }]),
      },
      {
        about: 'a stream of NTFS',
        make: () => sampleTar([{ path: 'a.js' }, { path: 'a.js::$DATA' }]),
      },
      {
        about: 'a folder of two spellings',
        make: () => sampleTar([{ path: 'Lib/a.js' }, { path: 'lib/b.js' }]),
      },
    ],
    fine: [
      {
        about: 'a dot at the begin of a name, and other accents',
        make: () =>
          sampleTar([{ path: 'a/.b' }, { path: 'a/b' }, { path: '\u00e9.js' }, { path: 'e.js' }]),
      },
      {
        about: 'names of one folder',
        make: () => sampleTar([{ path: 'Lib/A.js' }, { path: 'Lib/B.js' }]),
      },
    ],
  },
};
