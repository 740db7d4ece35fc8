import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFilledLog, flipBit, generateNoteSigner } from '../../test/tlog-fixture.ts';
import { vectorsFolder } from '../../test/tools.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { hashLeaf } from './leaf.ts';
import { cosignNote, formatNote, parseNote, signNote } from './note.ts';
import { parseVerifierKey } from './note-key.ts';
import { decodeEntryBundle, decodeHashTile } from './tile.ts';
import { treeHead } from './tree.ts';

const vectors = vectorsFolder();
const ROOT = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error) => error.code,
  );

describe.skipIf(vectors === undefined)("Tessera's golden log", () => {
  const folder = join(vectors ?? '', 'tessera-log');
  const vkey = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx';

  test('17 checkpoints are signed and have the root of their entries', async () => {
    const logKey = await parseVerifierKey(nodeCrypto, vkey);
    const names = ['checkpoint', ...Array.from({ length: 16 }, (_, size) => `checkpoint.${size}`)];
    for (const name of names) {
      const text = readFileSync(join(folder, name), 'utf8');
      const checkpoint = await openCheckpoint(nodeCrypto, text, logKey);
      const { size } = checkpoint;
      if (name !== 'checkpoint') expect(`checkpoint.${size}`).toBe(name);
      const bundle =
        size === 0
          ? new Uint8Array(0)
          : readFileSync(join(folder, 'tile', 'entries', '000.p', `${size}`));
      const leafHashes = await Promise.all(
        decodeEntryBundle(bundle, size).map((entry) => hashLeaf(nodeCrypto, entry)),
      );
      expect(checkpoint.root).toEqual(await treeHead(nodeCrypto, leafHashes));
      if (size === 0) continue;
      const tile = new Uint8Array(readFileSync(join(folder, 'tile', '0', '000.p', `${size}`)));
      expect(decodeHashTile(tile, size)).toEqual(leafHashes);
    }
  });

  test('a checkpoint with one bit flipped does not open', async () => {
    const logKey = await parseVerifierKey(nodeCrypto, vkey);
    const whole = new Uint8Array(readFileSync(join(folder, 'checkpoint')));
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const text = new TextDecoder().decode(flipBit(whole, bit));
      const code = await codeOf(openCheckpoint(nodeCrypto, text, logKey));
      expect(code, `bit ${bit}`).toMatch(/^(malformed-signature|signature-invalid)$/);
    }
  });
});

describe('reading', () => {
  test('format after parse is the identity, and parse after format too', () => {
    const line = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !/\n/.test(text));
    fc.assert(
      fc.property(
        line,
        fc.maxSafeNat(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.array(line, { maxLength: 3 }),
        (origin, size, root, extensions) => {
          const checkpoint = { origin, size, root, extensions };
          const text = formatCheckpoint(checkpoint);
          expect(parseCheckpoint(text)).toEqual(checkpoint);
          expect(formatCheckpoint(parseCheckpoint(text))).toBe(text);
        },
      ),
    );
  });

  test.each([
    ['nothing', ''],
    ['two lines', 'log\n0\n'],
    ['no final newline', `log\n0\n${ROOT}`],
    ['an empty origin', `\n0\n${ROOT}\n`],
    ['a leading zero', `log\n01\n${ROOT}\n`],
    ['a sign', `log\n+1\n${ROOT}\n`],
    ['a negative size', `log\n-1\n${ROOT}\n`],
    ['a size in hexadecimal', `log\n0x1\n${ROOT}\n`],
    ['white space', `log\n1 \n${ROOT}\n`],
    ['digits of another script', `log\n\u0661\n${ROOT}\n`],
    ['a size past 2^53', `log\n9007199254740992\n${ROOT}\n`],
    ['a huge size', `log\n${'9'.repeat(100_000)}\n${ROOT}\n`],
    ['a short root', 'log\n0\nAAAA\n'],
    ['a root without padding', `log\n0\n${ROOT.slice(0, -1)}\n`],
    ['a root with stray bits', `log\n0\n${ROOT.replace('FU=', 'FV=')}\n`],
    ['a carriage return', `log\n0\r\n${ROOT}\n`],
    ['an empty extension', `log\n0\n${ROOT}\n\nmore\n`],
  ])('a checkpoint with %s is malformed', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(
      expect.objectContaining({ code: 'malformed-document' }),
    );
  });

  test('lines that hold newlines are not written', () => {
    const root = new Uint8Array(32);
    for (const [origin, extension] of [
      [`log\n5\n${ROOT}`, 'x'],
      ['log', ''],
      ['', 'x'],
    ] as const) {
      expect(() => formatCheckpoint({ origin, size: 1, root, extensions: [extension] })).toThrow(
        expect.objectContaining({ code: 'malformed-document' }),
      );
    }
    for (const bad of [{ size: -1 }, { size: 0.5 }, { root: new Uint8Array(31) }]) {
      expect(() =>
        formatCheckpoint({ origin: 'log', size: 1, root, extensions: [], ...bad }),
      ).toThrow(expect.objectContaining({ code: 'malformed-document' }));
    }
  });
});

describe('opening', () => {
  test('gives the tree head and the cosignatures of known witnesses', async () => {
    const log = await createFilledLog(3);
    const witness = await generateNoteSigner('witness.example/w1', 'cosignature-v1');
    const stranger = await generateNoteSigner('witness.example/w2', 'cosignature-v1');
    const signed = await log.checkpoint();
    const once = await cosignNote(parseNote(signed), witness, 1_700_000_000);
    const text = formatNote(await cosignNote(once, stranger, 1_700_000_001));
    const opened = await openCheckpoint(nodeCrypto, text, log.signer.key, [witness.key]);
    expect(opened).toEqual({
      origin: log.signer.key.name,
      size: 3,
      root: await treeHead(nodeCrypto, log.leafHashes),
      extensions: [],
      cosignatures: [{ name: 'witness.example/w1', timeSeconds: 1_700_000_000 }],
      note: text,
    });
  });

  test('takes no witness for the log, and no other log of the same key', async () => {
    const log = await createFilledLog(1);
    const witness = await generateNoteSigner('witness.example/w1', 'cosignature-v1');
    const body = parseNote(await log.checkpoint()).text;
    const onlyWitness = formatNote(
      await cosignNote({ text: body, signatures: [] }, witness, 1_700_000_000),
    );
    const { key } = log.signer;
    expect(await codeOf(openCheckpoint(nodeCrypto, onlyWitness, key, [witness.key]))).toBe(
      'signature-invalid',
    );
    const elsewhere = await signNote(body.replace('log.example', 'other.example'), [log.signer]);
    expect(await codeOf(openCheckpoint(nodeCrypto, elsewhere, key))).toBe('signature-invalid');
    const noCheckpoint = await signNote('log.example/ledger\n', [log.signer]);
    expect(await codeOf(openCheckpoint(nodeCrypto, noCheckpoint, key))).toBe('malformed-document');
    const signed = await log.checkpoint();
    expect(await codeOf(openCheckpoint(nodeCrypto, signed, witness.key))).toBe('usage');
    expect(await codeOf(openCheckpoint(nodeCrypto, signed, key, [key]))).toBe('usage');
  });

  test('a log signs only under its own name', async () => {
    const signer = await generateNoteSigner('log.example/ledger');
    const root = new Uint8Array(32);
    const other = { origin: 'other.example', size: 1, root, extensions: [] };
    expect(await codeOf(signCheckpoint(other, signer))).toBe('signature-invalid');
  });
});
