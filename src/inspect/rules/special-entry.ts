import type { ContainerRule } from '../rule.ts';
import { sampleTar } from '../samples/sample-archive.ts';

export const rule: ContainerRule = {
  kind: 'container',
  id: 'special-entry',
  version: 1,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  effects: { 'outward-link': 'hold', device: 'hold', link: 'note' },
  about: 'Links that lead out of the archive, devices and pipes; links inside of it are noted',
  attack:
    'A link is unpacked first and the next file written through it, or it shows a file of the machine that unpacks',
  mend: 'Pack the file itself instead of a link to it',
  examples: {
    bad: [
      {
        about: 'a link to a file of the machine',
        make: () => sampleTar([{ path: 'a', type: '2', linkName: '/etc/passwd' }]),
      },
      {
        about: 'a link out of its folder',
        make: () => sampleTar([{ path: 'a/b', type: '2', linkName: '../../c' }]),
      },
      { about: 'a device', make: () => sampleTar([{ path: 'a', type: '4' }]) },
    ],
    fine: [{ about: 'a file', make: () => sampleTar([{ path: 'a' }]) }],
  },
};
