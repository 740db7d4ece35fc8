import type { ContainerRule } from '../rule.ts';
import { sampleTar } from '../samples/sample-archive.ts';

export const rule: ContainerRule = {
  kind: 'container',
  id: 'deceptive-name',
  version: 1,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  effects: { 'deceptive-name': 'hold' },
  about: 'Names with characters that turn the direction of text or cannot be seen',
  attack:
    'A person reads `cod.exe.txt` where the machine runs `cod.txt.exe`, or takes two files for one',
  mend: 'Rename the file and pack again',
  examples: {
    bad: [
      {
        about: 'a name that is turned around',
        make: () => sampleTar([{ path: 'a\u202etxt.exe' }]),
      },
      {
        about: 'a name with a space of no width',
        make: () => sampleTar([{ path: 'in\u200bdex.js' }]),
      },
    ],
    fine: [{ about: 'a name in Greek', make: () => sampleTar([{ path: '\u03b1\u03b2.js' }]) }],
  },
};
