import type { ContainerRule } from '../rule.ts';
import { sampleZip } from '../samples/sample-archive.ts';

export const rule: ContainerRule = {
  kind: 'container',
  id: 'archive-disagreement',
  version: 2,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  effects: { 'header-disagreement': 'hold' },
  about:
    'Archives that say one thing twice and differently, or in a way that readers understand differently: local header and directory of a zip, header, pax records and long names of a tar',
  attack: 'The scanner goes by one of the two and the installer by the other',
  mend: 'Pack the archive again with the usual tool',
  examples: {
    bad: [
      {
        about: 'another name in the local header',
        make: () => sampleZip({ path: 'fine.js', localPath: 'evil.js' }),
      },
    ],
    fine: [{ about: 'a sound zip', make: () => sampleZip() }],
  },
};
