import { fileExample } from '../packed-file.ts';
import type { EntryRule } from '../rule.ts';

/** First bytes of containers, as Latin-1 text. */
const MAGICS: readonly (readonly [string, string])[] = [
  ['gzip', '\x1f\x8b'],
  ['zip', 'PK\x03\x04'],
  ['bzip2', 'BZh'],
  ['xz', '\xfd7zXZ\0'],
  ['zstd', '\x28\xb5\x2f\xfd'],
  ['7z', '7z\xbc\xaf\x27\x1c'],
];
const TAR_MAGIC_OFFSET = 257;

export const rule: EntryRule = {
  kind: 'entry',
  id: 'nested-archive',
  version: 1,
  category: 'content',
  severity: 'medium',
  effect: 'hold',
  about: 'Archives and compressed files inside the package, which these rules do not look into',
  attack: 'What must not be seen is packed once more, and unpacked by the code that is installed',
  mend: 'Pack the files themselves, or look into the archive and acknowledge the finding',
  *check(entry) {
    const head = Buffer.from(entry.content.subarray(0, TAR_MAGIC_OFFSET + 5)).toString('latin1');
    const found = head.startsWith('ustar', TAR_MAGIC_OFFSET)
      ? 'tar'
      : MAGICS.find(([, magic]) => head.startsWith(magic))?.[0];
    if (found !== undefined)
      yield { message: `a ${found} archive is packed; its content was not inspected` };
  },
  examples: {
    bad: MAGICS.map(([name, magic]) => ({
      about: `a ${name} file under the name of a picture`,
      make: () => fileExample('package/logo.png', `${magic}...`),
    })).concat([
      {
        about: 'a tar file',
        make: () => fileExample('package/a', `${'\0'.repeat(TAR_MAGIC_OFFSET)}ustar\0`),
      },
    ]),
    fine: [
      { about: 'a picture', make: () => fileExample('package/logo.png', '\x89PNG\r\n') },
      { about: 'an empty file', make: () => fileExample('package/empty', '') },
    ],
  },
};
