import { isCodeFile } from '../artifact/packed-tree.ts';
import type { ArtifactRule } from '../rule.ts';
import { npmChange } from '../samples/sample-artifact.ts';

const GROWN_BYTES = 256 * 1024;
const FILES_MAX = 20;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'size-jump',
  version: 1,
  category: 'change',
  severity: 'high',
  effect: 'hold',
  about:
    'The package more than doubles, or gains a code file of 256 KiB or more that is twice as large as any before',
  attack:
    'A payload is packed as one large file: bundle.js of 3.6 MB in Shai-Hulud 1 (@ctrl/tinycolor, ngx-bootstrap, 500+) with and without a hook (I29), about 10 MB in Shai-Hulud 2.0 (I30), 11.7 MB in SAP @cap-js/sqlite 2.2.2 (I42), router_init.js of 2.3 MB in TanStack: 84 versions / 42 packages (I44); or a map is packed by accident (A01)',
  mend: 'Look at the largest new files; leave out what does not belong in, and acknowledge the rest',
  *check({ tree, change }) {
    if (change === null) return;
    const { difference, before } = change;
    const { before: old, after } = difference.sizeBytes;
    if (after > 2 * old && after - old >= GROWN_BYTES) {
      yield { message: `unpacked it has ${after} bytes, ${change.version} had ${old}` };
    }
    const largest = Math.max(0, ...before.files.filter(isCodeFile).map((one) => one.sizeBytes));
    const least = Math.max(GROWN_BYTES, 2 * largest);
    const fresh = difference.added.filter((one) => isCodeFile(one) && one.sizeBytes >= least);
    for (const { place, sizeBytes } of fresh.slice(0, FILES_MAX)) {
      const path = tree.byPlace.get(place)?.path;
      const message = `a new code file of ${sizeBytes} bytes; the largest before had ${largest}`;
      yield { message, ...(path === undefined ? {} : { path }) };
    }
    if (difference.restChanged) {
      yield {
        message: 'files beyond the 10,000th differ from those before, and are not told apart',
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a package that doubles',
        make: () =>
          npmChange(
            [{}, { 'a.js': 'x'.repeat(200_000) }],
            [{}, { 'a.js': 'x'.repeat(200_000), 'a.dat': 'x'.repeat(500_000) }],
          ),
      },
      {
        about: 'a large code file in a large package',
        make: () =>
          npmChange(
            [{}, { 'data.txt': 'x'.repeat(900_000), 'a.js': '1' }],
            [
              {},
              { 'data.txt': 'x'.repeat(900_000), 'a.js': '1', 'bundle.js': 'x'.repeat(400_000) },
            ],
          ),
      },
    ],
    fine: [
      {
        about: 'a little more',
        make: () => npmChange([{}, { 'a.js': 'x'.repeat(9) }], [{}, { 'a.js': 'x'.repeat(9000) }]),
      },
      {
        about: 'another bundle of the same size',
        make: () =>
          npmChange(
            [{}, { 'a-1.js': 'x'.repeat(400_000) }],
            [{}, { 'a-2.js': 'y'.repeat(410_000) }],
          ),
      },
    ],
  },
};
