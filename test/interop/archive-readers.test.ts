/**
 * Where we report nothing about an archive, npm's unpacker and Python's see the files that we see,
 * byte for byte: whatever an installer would unpack and we would not see is a hole.
 */
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { isCountersignError } from '../../src/core/errors.ts';
import { DEFAULT_ARCHIVE_LIMITS } from '../../src/formats/archive-entry.ts';
import { collectBytes } from '../../src/formats/byte-cursor.ts';
import { readContainer } from '../../src/formats/container.ts';
import { bytesAsRandomAccess } from '../../src/formats/random-access.ts';
import { hasProgram, requireTool } from '../tools.ts';
import { createNpmReader, listWithTar, readWithPython, type Tree } from './archive-readers.ts';
import { HAND_MADE_TARS, makeBrokenTar, makeBrokenZip } from './strange-archives.ts';

const hasPython = requireTool('python3', hasProgram('python3'));
const hasTar = requireTool('tar', hasProgram('tar'));
const readWithNpm = createNpmReader();

/** What says nothing about which files there are, and may differ. */
const HARMLESS = ['link', 'outward-link', 'device', 'deceptive-name', 'case-collision'];

/** Our files; null where anything was refused or reported. */
async function readHere(bytes: Buffer): Promise<Tree> {
  const tree = new Map<string, string>();
  const options = { limits: DEFAULT_ARCHIVE_LIMITS, name: 'content' };
  try {
    for await (const part of readContainer(bytesAsRandomAccess(bytes), options)) {
      if ('code' in part) {
        if (!HARMLESS.includes(part.code)) return null;
      } else if (part.kind === 'file') {
        const content = 'content' in part ? part.content : await collectBytes(part.body);
        tree.set(part.path, Buffer.from(content).toString('latin1'));
      }
    }
    return tree;
  } catch (error) {
    if (isCountersignError(error)) return null;
    throw error;
  }
}

const sorted = (tree: ReadonlyMap<string, string>) =>
  [...tree].sort(([a], [b]) => (a < b ? -1 : 1));

describe.each(HAND_MADE_TARS)('a tar with $name', ({ make }) => {
  const bytes = gzipSync(make());

  test('is reported, or is the same everywhere', async () => {
    const ours = await readHere(bytes);
    if (ours === null) return;
    const npm = await readWithNpm(bytes);
    expect(npm === null ? null : sorted(npm)).toEqual(sorted(ours));
    if (!hasPython) return;
    const [python] = readWithPython('tar', [bytes]);
    expect(python == null ? null : sorted(python)).toEqual(sorted(ours));
  });
});

/** Files that a reader has and we lack, or have with another text. */
function unseen(ours: ReadonlyMap<string, string>, theirs: Tree): string[] {
  if (theirs === null) return [];
  return [...theirs].filter(([path, text]) => ours.get(path) !== text).map(([path]) => path);
}

describe('two thousand broken archives of each kind', { timeout: 300_000 }, () => {
  const COUNT = 2000;
  let tars: readonly { number: number; bytes: Buffer; ours: ReadonlyMap<string, string> }[];
  let zips: typeof tars;
  beforeAll(async () => {
    const keep = async (make: (number: number) => Buffer | Promise<Buffer>) => {
      const kept: { number: number; bytes: Buffer; ours: ReadonlyMap<string, string> }[] = [];
      for (let number = 0; number < COUNT; number += 1) {
        const bytes = await make(number);
        const ours = await readHere(bytes);
        if (ours !== null) kept.push({ number, bytes, ours });
      }
      return kept;
    };
    tars = await keep((number) => gzipSync(makeBrokenTar(number), { level: 1 }));
    zips = await keep(makeBrokenZip);
  }, 300_000);

  test('some are read without a word, or nothing would be compared', () => {
    expect(tars.length).toBeGreaterThan(100);
    expect(zips.length).toBeGreaterThan(50);
  });

  test("npm's unpacker sees nothing in those that we do not", async () => {
    for (const { number, bytes, ours } of tars) {
      expect({ number, unseen: unseen(ours, await readWithNpm(bytes)) }).toEqual({
        number,
        unseen: [],
      });
    }
  });

  test.skipIf(!hasPython)("neither does Python's tarfile", () => {
    const read = readWithPython(
      'tar',
      tars.map((one) => one.bytes),
    );
    tars.forEach(({ number, ours }, at) => {
      expect({ number, unseen: unseen(ours, read[at] ?? null) }).toEqual({ number, unseen: [] });
    });
  });

  test.skipIf(!hasPython)("neither does Python's zipfile", () => {
    const read = readWithPython(
      'zip',
      zips.map((one) => one.bytes),
    );
    zips.forEach(({ number, ours }, at) => {
      expect({ number, unseen: unseen(ours, read[at] ?? null) }).toEqual({ number, unseen: [] });
    });
  });

  test.skipIf(!hasTar)('neither does GNU tar, of the first hundred', () => {
    for (const { number, bytes, ours } of tars.slice(0, 100)) {
      const listed = listWithTar(bytes) ?? [];
      const seen = [...ours.keys()];
      const strange = listed.filter(
        (path) => !seen.some((one) => latin1(one) === path || latin1(one).startsWith(`${path}/`)),
      );
      expect({ number, strange }).toEqual({ number, strange: [] });
    }
  });
});

function latin1(path: string): string {
  return Buffer.from(path).toString('latin1');
}
