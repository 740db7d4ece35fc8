/** Archives about which readers could disagree: made by hand, and by a number. */
import { makeZip, paxRecord, tarBlock } from '../../testdata/archives.ts';

const END = Buffer.alloc(1024);
const EVIL = tarBlock({ name: 'package/evil.js', content: 'evil' });
const FINE = tarBlock({ name: 'package/fine.js', content: 'fine' });

/** A header with its checksum made right after `change`. */
function changed(block: Buffer, change: (header: Buffer) => void): Buffer {
  const copy = Buffer.from(block);
  const header = copy.subarray(0, 512);
  change(header);
  header.write(' '.repeat(8), 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return copy;
}

/** The header of `FINE`, whose content is a whole archive that a reader may find or skip. */
function around(change: (header: Buffer) => void): Buffer {
  return changed(tarBlock({ name: 'package/data.bin', content: EVIL }), change);
}

function pax(content: string): Buffer {
  return tarBlock({ name: 'x', type: 'x', content });
}

/** Each is a way that two readers are known to disagree, or could. */
export const HAND_MADE_TARS: readonly { readonly name: string; readonly make: () => Buffer }[] = [
  { name: 'nothing strange', make: () => Buffer.concat([FINE, EVIL, END]) },
  {
    name: 'a file that names the target of a link',
    make: () => Buffer.concat([around((header) => header.write('x', 157)), FINE, END]),
  },
  {
    name: 'a folder with content',
    make: () => Buffer.concat([around((header) => header.write('5', 156)), FINE, END]),
  },
  {
    name: 'a file whose name ends in a slash',
    make: () => Buffer.concat([around((header) => header.write('package/d/\0', 0)), FINE, END]),
  },
  {
    name: 'a checksum that nothing ends',
    make: () => {
      const copy = Buffer.from(tarBlock({ name: 'package/data.bin', content: EVIL }));
      const digits = Number.parseInt(copy.toString('latin1', 148, 154), 8).toString(8);
      copy.write(digits.padStart(8, '0'), 148);
      return Buffer.concat([copy, FINE, END]);
    },
  },
  {
    name: 'a line break behind the end of a name',
    make: () => Buffer.concat([changed(FINE, (header) => header.write('package/a\0\nb', 0)), END]),
  },
  {
    name: 'something behind the end of a name',
    make: () => Buffer.concat([changed(FINE, (header) => header.write('package/a\0b', 0)), END]),
  },
  {
    name: 'a pax record in the value of another',
    make: () =>
      Buffer.concat([pax(paxRecord('comment', `a\n${paxRecord('path', 'package/x')}`)), FINE, END]),
  },
  {
    name: 'a GNU header with a prefix',
    make: () => {
      const gnu = tarBlock({ name: 'setup.py', content: 'x', magic: 'ustar  \0' });
      return Buffer.concat([changed(gnu, (header) => header.write('package', 345)), END]);
    },
  },
  {
    name: 'a prefix of 155 bytes',
    make: () => Buffer.concat([changed(FINE, (header) => header.write('p'.repeat(155), 345)), END]),
  },
  {
    name: 'times where a long prefix would stand',
    make: () =>
      Buffer.concat([
        changed(FINE, (header) => {
          header.write('pre', 345);
          header.write('14000000000 14000000000 ', 476);
        }),
        END,
      ]),
  },
  {
    name: 'one block of zeroes in the middle',
    make: () => Buffer.concat([FINE, Buffer.alloc(512), EVIL, END]),
  },
  {
    name: 'blocks of zeroes before everything',
    make: () => Buffer.concat([Buffer.alloc(512), EVIL, END]),
  },
  {
    name: 'a block of noise before everything',
    make: () => Buffer.concat([Buffer.alloc(512, 'n'), EVIL, END]),
  },
  {
    name: 'a block of noise in the middle',
    make: () => Buffer.concat([FINE, Buffer.alloc(512, 'n'), EVIL, END]),
  },
  { name: 'an archive behind its end', make: () => Buffer.concat([FINE, END, EVIL, END]) },
  {
    name: 'headers older than ustar',
    make: () => Buffer.concat([changed(EVIL, (header) => header.fill(0, 257, 265)), END]),
  },
  {
    name: 'a global path',
    make: () =>
      Buffer.concat([
        tarBlock({ name: 'g', type: 'g', content: paxRecord('path', 'package/g') }),
        FINE,
        END,
      ]),
  },
  {
    name: 'two long names',
    make: () =>
      Buffer.concat([
        tarBlock({ name: 'L', type: 'L', content: 'package/long\0', magic: 'ustar  \0' }),
        pax(paxRecord('path', 'package/pax')),
        FINE,
        END,
      ]),
  },
  {
    name: 'a size in its pax record',
    make: () => Buffer.concat([pax(paxRecord('size', '0')), around(() => undefined), END]),
  },
  {
    name: 'a type that nobody knows',
    make: () => Buffer.concat([around((h) => h.write('Q', 156)), FINE, END]),
  },
  {
    name: 'a contiguous file',
    make: () => Buffer.concat([around((h) => h.write('7', 156)), FINE, END]),
  },
  {
    name: 'two pax headers, of which only the first has a path',
    make: () =>
      Buffer.concat([pax(paxRecord('path', 'package/x')), pax(paxRecord('mtime', '1')), FINE, END]),
  },
  {
    name: 'two paths in one pax header',
    make: () =>
      Buffer.concat([
        pax(paxRecord('path', 'package/x') + paxRecord('path', 'package/y')),
        FINE,
        END,
      ]),
  },
  {
    name: 'a pax size before a long name, which older npm gives to that',
    make: () => {
      const size = pax(paxRecord('size', String(EVIL.length + END.length)));
      const long = tarBlock({ name: 'L', type: 'L', content: 'package/data.bin\0' });
      const content = Buffer.concat([EVIL, END]);
      return Buffer.concat([size, long, tarBlock({ name: 'package/data.bin', content }), END]);
    },
  },
  {
    name: 'the name of a folder behind a long one, and an archive as content',
    make: () => {
      const content = Buffer.concat([EVIL, END]);
      const folder = changed(tarBlock({ name: 'package/d/', content }), (header) =>
        header.fill(0, 156, 157),
      );
      return Buffer.concat([pax(paxRecord('path', 'package/data.bin')), folder, END]);
    },
  },
  {
    name: 'a link target in the pax header of a file',
    make: () => Buffer.concat([pax(paxRecord('linkpath', 'package/x')), FINE, END]),
  },
  {
    name: 'a blank before a key of a pax record',
    make: () => Buffer.concat([pax(paxRecord(' size', '9')), FINE, END]),
  },
  {
    name: 'a drive letter behind a folder',
    make: () =>
      Buffer.concat([FINE, tarBlock({ name: 'package/c:fine.js', content: 'evil' }), END]),
  },
  {
    name: 'a hard link with content',
    make: () => Buffer.concat([around((h) => h.write('1', 156)), FINE, END]),
  },
];

const TEXTS = ['\0', '\n', ' ', '/', '0', '7', 'x', 'g', 'L', '\0b', '\0\n', 'ustar', '\x80', '.'];

/** A tar whose headers have been changed in places that matter; checksums mostly right. */
export function makeBrokenTar(seed: number): Buffer {
  const random = createRandom(seed);
  const blocks = [
    pax(paxRecord('path', 'package/long.js')),
    tarBlock({ name: 'package/short.js', content: 'one' }),
    around(() => undefined),
    tarBlock({ name: 'L', type: 'L', content: 'package/gnu.js\0', magic: 'ustar  \0' }),
    tarBlock({ name: 'package/g.js', content: 'two', magic: 'ustar  \0' }),
    FINE,
  ];
  const at = random(blocks.length);
  const places = [0, 8, 99, 100, 124, 134, 135, 156, 157, 256, 257, 262, 345, 474, 475, 499, 500];
  const block = changed(blocks[at] ?? FINE, (header) => {
    for (let steps = 1 + random(2); steps > 0; steps -= 1) {
      header.write(TEXTS[random(TEXTS.length)] ?? '', places[random(places.length)] ?? 0, 'latin1');
    }
  });
  const content = random(3) === 0 ? 512 + random(Math.max(1, block.length - 512)) : -1;
  if (content >= 0) block.write(TEXTS[random(TEXTS.length)] ?? '', content, 'latin1');
  blocks[at] = block;
  if (random(8) === 0) blocks.splice(random(blocks.length), 0, Buffer.alloc(512, random(2)));
  return Buffer.concat([...blocks, END]);
}

/** A zip file with a few bytes of its headers changed. */
export function makeBrokenZip(seed: number): Buffer {
  const random = createRandom(seed);
  const bytes = makeZip([
    { path: 'a.py', content: 'print(1)\n'.repeat(9) },
    { path: 'b/c.py', content: 'x', stored: true },
    { path: 'd.py', content: 'y'.repeat(99), descriptor: true },
  ]);
  const headers = ['PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06', 'PK\x07\x08'];
  for (let steps = 1 + random(2); steps > 0; steps -= 1) {
    const at = bytes.indexOf(headers[random(4)] ?? '', random(bytes.length), 'latin1');
    if (at < 0) continue;
    const place = at + random(50);
    if (place < bytes.length)
      bytes[place] = [0, 1, 0x20, 0x2f, 0x80, 0xff, random(256)][random(7)] ?? 0;
  }
  return bytes;
}

/** Mulberry32, as in the fuzzer. */
function createRandom(seed: number): (below: number) => number {
  let state = (seed + 0x9e3779b9) | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
