import type { ContainerRule } from '../rule.ts';
import { sampleTar, sampleZip } from '../samples/sample-archive.ts';

export const rule: ContainerRule = {
  kind: 'container',
  id: 'unsafe-path',
  version: 2,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  effects: { 'unsafe-path': 'hold' },
  about:
    'Paths in an archive that are absolute, lead out with `..`, begin with a drive letter or hold one behind a folder (npm cuts both off), or hold a backslash or a control character',
  attack: 'Whoever unpacks the archive without care has a file written outside of the folder',
  mend: 'Pack the archive again with relative paths',
  examples: {
    bad: [
      { about: 'an absolute path', make: () => sampleTar([{ path: '/etc/cron.d/a' }]) },
      {
        about: 'a path that leads out',
        make: () => sampleZip({ path: '../../.ssh/authorized_keys' }),
      },
      { about: 'a drive letter', make: () => sampleTar([{ path: 'C:/a' }]) },
      {
        about: 'a drive letter behind a folder',
        make: () => sampleTar([{ path: 'package/c:index.js' }]),
      },
      { about: 'a backslash', make: () => sampleTar([{ path: '..\\a' }]) },
      { about: 'a control character', make: () => sampleTar([{ path: 'a\x1b[2Jb' }]) },
    ],
    fine: [{ about: 'a relative path', make: () => sampleTar([{ path: './a/..b/ab:c' }]) }],
  },
};
