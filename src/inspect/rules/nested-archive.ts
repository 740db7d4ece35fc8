import type { ContainerRule } from '../rule.ts';
import { sampleZip } from '../samples/sample-archive.ts';

/** First bytes of what is not read, as Latin-1 text. */
const SEALED: readonly (readonly [string, string])[] = [
  ['7z', '7z\xbc\xaf\x27\x1c'],
  ['RAR', 'Rar!\x1a\x07\x01\x00'],
  ['LZ4', '\x04\x22\x4d\x18'],
  ['lzip', 'LZIP\x01'],
  ['LZMA', `]\0\0\x80\0${'\xff'.repeat(8)}`],
];

export const rule: ContainerRule = {
  kind: 'container',
  id: 'nested-archive',
  version: 3,
  category: 'content',
  severity: 'medium',
  effect: 'hold',
  effects: { encrypted: 'hold', method: 'hold', nested: 'note' },
  about:
    'Archives inside the package that cannot be looked into: encrypted, or packed by a method that is not read; those that were inspected are noted',
  attack: 'What must not be seen is packed once more, and unpacked by the code that is installed',
  mend: 'Pack the files themselves, or look into the archive and acknowledge the finding',
  examples: {
    bad: [
      { about: 'an encrypted zip', make: () => sampleZip({ flags: 1 }) },
      { about: 'a zip of an unknown method', make: () => sampleZip({ method: 93 }) },
      ...SEALED.map(([name, magic]) => ({
        about: `a ${name} file`,
        make: () => Buffer.from(`${magic}...`, 'latin1'),
      })),
    ],
    fine: [
      { about: 'a picture', make: () => Buffer.from('\x89PNG\r\n', 'latin1') },
      { about: 'an empty file', make: () => new Uint8Array() },
    ],
  },
};
