import type { ContainerRule } from '../rule.ts';
import { sampleTar } from '../samples/sample-archive.ts';

export const rule: ContainerRule = {
  kind: 'container',
  id: 'duplicate-entry',
  version: 1,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  effects: { 'duplicate-path': 'hold' },
  about: 'Two entries of one archive with one path, or an entry below one that is no folder',
  attack:
    'One unpacker keeps the first entry and another the last, so that what was read is not what is installed',
  mend: 'Pack the archive again with the usual tool',
  examples: {
    bad: [
      {
        about: 'a file twice',
        make: () =>
          sampleTar([
            { path: 'a.js', text: 'one' },
            { path: './a.js', text: 'two' },
          ]),
      },
      {
        about: 'a file below a file',
        make: () =>
          sampleTar([
            { path: 'a', text: 'one' },
            { path: 'a/b', text: 'two' },
          ]),
      },
    ],
    fine: [
      {
        about: 'a folder that is listed again',
        make: () =>
          sampleTar([{ path: 'a/', type: '5' }, { path: 'a/b' }, { path: 'a/', type: '5' }]),
      },
    ],
  },
};
