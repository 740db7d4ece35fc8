import { mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatVerifierKey } from '../../src/tlog/note-key.ts';
import { createFilledLog, flipBit, generateNoteSigner } from '../tlog-fixture.ts';
import { buildTlogGo, requireGo, runTlogGo } from './tlog-go.ts';

const SIZE = 300;
// First, last, both sides of a full tile, and some between.
const OBJECTS = [0, 1, 77, 128, 255, 256, 299];

describe.skipIf(!requireGo())("a log of ours, verified by the Go project's sumdb packages", () => {
  let folder = '';
  let build = '';
  let program = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-tlog-go-'));
    build = mkdtempSync(join(tmpdir(), 'countersign-go-'));
    program = buildTlogGo(build);
    const log = await createFilledLog(SIZE);
    writeFileSync(join(folder, 'log.vkey'), `${formatVerifierKey(log.signer.key)}\n`);
    writeFileSync(join(folder, 'checkpoint'), await log.checkpoint());
    for (const index of OBJECTS) {
      writeFileSync(join(folder, `object-${index}.entry`), log.entries[index] ?? '');
      // The tree of an older checkpoint serves as well as the newest.
      const size = index < 100 ? 100 : SIZE;
      writeFileSync(join(folder, `object-${index}.tlog-proof`), await log.proof(index, size));
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(build, { recursive: true, force: true });
  });

  const verify = () => runTlogGo(program, folder);

  /** Runs `body` with one file of the folder changed, and puts it back. */
  function withChanged(name: string, change: (bytes: Uint8Array) => Uint8Array, body: () => void) {
    const path = join(folder, name);
    const original = readFileSync(path);
    writeFileSync(path, change(new Uint8Array(original)));
    try {
      body();
    } finally {
      writeFileSync(path, original);
    }
  }

  test('checkpoint and every proof hold', () => {
    const { status, lines } = verify();
    expect(lines).toContain(`ok checkpoint log.example/ledger size ${SIZE}`);
    for (const index of OBJECTS) {
      expect(lines).toContain(`ok object-${index} index ${index} size ${index < 100 ? 100 : SIZE}`);
    }
    expect(lines).toHaveLength(OBJECTS.length + 1);
    expect(status).toBe(0);
  });

  test('one flipped bit of an entry fails that entry only', () => {
    withChanged(
      'object-128.entry',
      (bytes) => flipBit(bytes, 5),
      () => {
        const { status, lines } = verify();
        expect(status).toBe(1);
        expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual([
          expect.stringContaining('FAILED object-128:'),
        ]);
      },
    );
  });

  test('a changed proof, checkpoint or key fails', async () => {
    const stranger = await generateNoteSigner('log.example/ledger');
    const changes: [string, (bytes: Uint8Array) => Uint8Array][] = [
      ['object-77.tlog-proof', (bytes) => flipBit(bytes, 8 * 40)],
      ['checkpoint', (bytes) => flipBit(bytes, 8 * 25)],
      ['log.vkey', () => new TextEncoder().encode(formatVerifierKey(stranger.key))],
    ];
    for (const [name, change] of changes) {
      withChanged(name, change, () => expect(verify().status, name).toBe(1));
    }
    expect(verify().status).toBe(0);
  });

  test('a proof without its entry fails', () => {
    const path = join(folder, 'object-0.entry');
    const original = readFileSync(path);
    unlinkSync(path);
    try {
      expect(verify().status).toBe(1);
    } finally {
      writeFileSync(path, original);
    }
  });
});
