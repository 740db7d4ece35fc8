import type { ArtifactRule } from '../rule.ts';
import { npmChange } from '../samples/sample-artifact.ts';

const FILES_LEAST = 4;
const BYTES_LEAST = 512;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'content-collapse',
  version: 1,
  category: 'change',
  severity: 'high',
  effect: 'hold',
  about: 'Less than half of the files or bytes are left, or a file shrinks to a tenth',
  attack:
    'The build step is forgotten, as in es2015-i18n-tag 1.6.2 without its dist folder (A10); or somebody empties the package in anger: colors 1.4.1.. / faker 6.6.6 (I07)',
  mend: 'Build and pack again; acknowledge where so much was meant to go',
  *check({ tree, change }) {
    if (change === null) return;
    const { before, difference } = change;
    const [old, left] = [before.files.length, tree.files.length];
    if (old >= FILES_LEAST && left * 2 < old) {
      yield { message: `${left} files are left of ${old} in ${change.version}`, subject: 'files' };
    }
    const { before: had, after: has } = difference.sizeBytes;
    if (had >= 4 * BYTES_LEAST && has * 2 < had) {
      yield { message: `${has} bytes are left of ${had} in ${change.version}`, subject: 'bytes' };
    }
    for (const { before: was, after } of difference.changed) {
      if (was.sizeBytes < 4 * BYTES_LEAST || after.sizeBytes * 10 > was.sizeBytes) continue;
      const path = tree.byPlace.get(after.place)?.path;
      const message = `${after.sizeBytes} bytes are left of ${was.sizeBytes}`;
      yield { message, ...(path === undefined ? {} : { path }) };
    }
  },
  examples: {
    bad: [
      {
        about: 'a folder that is gone',
        make: () =>
          npmChange(
            [{}, { 'a.js': '1', 'dist/a.js': '1', 'dist/b.js': '1', 'dist/c.js': '1' }],
            [{}, { 'a.js': '1' }],
          ),
      },
      {
        about: 'a file that was emptied',
        make: () => npmChange([{}, { 'a.js': 'x'.repeat(9000) }], [{}, { 'a.js': '' }]),
      },
    ],
    fine: [
      {
        about: 'one file of many less',
        make: () =>
          npmChange(
            [{}, { 'a.js': '1', 'b.js': '1', 'c.js': '1' }],
            [{}, { 'a.js': '1', 'b.js': '1' }],
          ),
      },
    ],
  },
};
