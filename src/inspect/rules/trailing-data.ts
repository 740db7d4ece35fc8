import { gzipSync } from 'node:zlib';
import type { ContainerRule } from '../rule.ts';
import { sampleTar, sampleZip } from '../samples/sample-archive.ts';

export const rule: ContainerRule = {
  kind: 'container',
  id: 'trailing-data',
  version: 1,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  effects: { 'trailing-data': 'hold' },
  about: 'Bytes before, between or behind what an archive holds',
  attack:
    'Some unpackers stop at the end and others read on, or one file is two: a picture and a zip',
  mend: 'Pack the archive again with the usual tool; a zip file must not have a comment',
  examples: {
    bad: [
      {
        about: 'bytes behind gzip data',
        make: () => Buffer.concat([gzipSync('fine'), Buffer.from('more')]),
      },
      { about: 'bytes behind a tar', make: () => sampleTar([{ path: 'a' }], 'more') },
      { about: 'bytes behind a zip', make: () => sampleZip({ behind: 'more' }) },
      { about: 'a picture before a zip', make: () => sampleZip({ before: '\x89PNG\r\n' }) },
    ],
    fine: [
      { about: 'gzip data', make: () => gzipSync('fine') },
      {
        about: 'a tar with zeroes behind it',
        make: () => sampleTar([{ path: 'a' }], '\0'.repeat(512)),
      },
    ],
  },
};
