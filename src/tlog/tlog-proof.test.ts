import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFilledLog, flipBit, generateNoteSigner } from '../../test/tlog-fixture.ts';
import type { VerifierCrypto } from '../core/crypto.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { cosignNote, formatNote, parseNote } from './note.ts';
import { formatTlogProof, parseTlogProof, verifyTlogProof } from './tlog-proof.ts';

const HASH = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error) => error.code,
  );

describe('verifying', () => {
  test('each entry of each size is proven, and nothing else is', async () => {
    const log = await createFilledLog(9);
    const { key } = log.signer;
    for (let size = 1; size <= 9; size++) {
      for (const [index, entry] of log.entries.slice(0, size).entries()) {
        const text = await log.proof(index, size);
        const proven = await verifyTlogProof(nodeCrypto, text, entry, key);
        expect([proven.index, proven.checkpoint.size]).toEqual([index, size]);
        const other = log.entries[(index + 1) % 9] ?? entry;
        expect(await codeOf(verifyTlogProof(nodeCrypto, text, other, key))).toBe('proof-invalid');
      }
    }
  });

  test('a proof by another key, or by the same key for another size, fails', async () => {
    const log = await createFilledLog(9);
    const [entry = new Uint8Array(0)] = log.entries;
    const { key } = await generateNoteSigner(log.signer.key.name);
    const text = await log.proof(0);
    expect(await codeOf(verifyTlogProof(nodeCrypto, text, entry, key))).toBe('signature-invalid');
    const grafted = formatTlogProof({
      ...parseTlogProof(text),
      checkpoint: await log.checkpoint(8),
    });
    expect(await codeOf(verifyTlogProof(nodeCrypto, grafted, entry, log.signer.key))).toBe(
      'proof-invalid',
    );
  });

  test('one flipped bit anywhere in the text never verifies', async () => {
    const log = await createFilledLog(9);
    const entry = log.entries[3] ?? new Uint8Array(0);
    const whole = new TextEncoder().encode(await log.proof(3));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length * 8 - 1), async (bit) => {
        const text = new TextDecoder().decode(flipBit(whole, bit));
        const code = await codeOf(verifyTlogProof(nodeCrypto, text, entry, log.signer.key));
        expect(code).toMatch(/^(malformed-|signature-invalid|proof-invalid)/);
      }),
      { numRuns: 500 },
    );
  });

  test('WebCrypto verifies as Node does', async () => {
    const digest = async (name: string, data: Uint8Array) =>
      new Uint8Array(await crypto.subtle.digest(name, Uint8Array.from(data)));
    const webCrypto: VerifierCrypto = {
      sha256: (data) => digest('SHA-256', data),
      sha512: (data) => digest('SHA-512', data),
      verify: async (key, message, signature) => {
        if (key.kind !== 'ed25519') throw new Error(`expected an ed25519 key, found ${key.kind}`);
        const raw = Uint8Array.from(key.raw);
        const imported = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
        const [s, m] = [Uint8Array.from(signature), Uint8Array.from(message)];
        return crypto.subtle.verify('Ed25519', imported, s, m);
      },
    };
    const log = await createFilledLog(5);
    const [entry = new Uint8Array(0), other = new Uint8Array(0)] = log.entries;
    const text = await log.proof(0);
    const proven = await verifyTlogProof(webCrypto, text, entry, log.signer.key);
    expect(proven.checkpoint.size).toBe(5);
    const { key } = await generateNoteSigner(log.signer.key.name);
    expect(await codeOf(verifyTlogProof(webCrypto, text, other, log.signer.key))).toBe(
      'proof-invalid',
    );
    const impostor = { ...key, keyId: log.signer.key.keyId };
    expect(await codeOf(verifyTlogProof(webCrypto, text, entry, impostor))).toBe(
      'signature-invalid',
    );
  });

  test('extra data is carried, and cosignatures are told', async () => {
    const log = await createFilledLog(2);
    const witness = await generateNoteSigner('witness.example/w1', 'cosignature-v1');
    const proof = parseTlogProof(await log.proof(1));
    const cosigned = await cosignNote(parseNote(proof.checkpoint), witness, 1_700_000_000);
    const extra = Uint8Array.of(0, 255);
    const text = formatTlogProof({ ...proof, extra, checkpoint: formatNote(cosigned) });
    expect(parseTlogProof(text).extra).toEqual(extra);
    const entry = log.entries[1] ?? new Uint8Array(0);
    const keys = [log.signer.key, [witness.key]] as const;
    const { checkpoint } = await verifyTlogProof(nodeCrypto, text, entry, ...keys);
    expect(checkpoint.cosignatures).toEqual([
      { name: 'witness.example/w1', timeSeconds: 1_700_000_000 },
    ]);
  });
});

describe('reading', () => {
  test('format after parse is the identity, and parse after format too', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 53 }),
        fc.string({ minLength: 1 }),
        fc.option(fc.uint8Array({ minLength: 1 }), { nil: undefined }),
        (index, hashes, checkpoint, extra) => {
          const proof = { index, hashes, checkpoint, ...(extra === undefined ? {} : { extra }) };
          const text = formatTlogProof(proof);
          expect(parseTlogProof(text)).toEqual(proof);
          expect(formatTlogProof(parseTlogProof(text))).toBe(text);
        },
      ),
    );
  });

  const proof = (...lines: string[]) =>
    `c2sp.org/tlog-proof@v1\n${lines.join('\n')}\n\ncheckpoint\n`;

  test('the smallest proof is one', () => {
    expect(parseTlogProof(proof('index 0'))).toEqual({
      index: 0,
      hashes: [],
      checkpoint: 'checkpoint\n',
    });
  });

  test.each([
    ['nothing', ''],
    ['no checkpoint', 'c2sp.org/tlog-proof@v1\nindex 0\n\n'],
    ['no blank line', 'c2sp.org/tlog-proof@v1\nindex 0\ncheckpoint\n'],
    ['another version', proof('index 0').replace('v1', 'v2')],
    ['space before the header', ` ${proof('index 0')}`],
    ['carriage returns', proof('index 0', HASH).replaceAll('\n', '\r\n')],
    ['a carriage return after the index', proof('index 0\r')],
    ['no index', proof(HASH)],
    ['an index without number', proof('index ')],
    ['a leading zero', proof('index 01')],
    ['a negative index', proof('index -1')],
    ['an index past 2^53', proof('index 9007199254740992')],
    ['two spaces', proof('index  1')],
    ['extra after the index', proof('index 0', 'extra AAAA')],
    ['two extra lines', proof('extra AAAA', 'extra AAAA', 'index 0')],
    ['empty extra', proof('extra ', 'index 0')],
    ['extra that is not base64', proof('extra !!!', 'index 0')],
    ['extra that is not canonical', proof('extra AAB=', 'index 0')],
    ['a short hash', proof('index 0', 'AAAA')],
    ['a hash without padding', proof('index 0', HASH.slice(0, -1))],
    ['a hash with stray bits', proof('index 0', HASH.replace('FU=', 'FV='))],
    ['a hash and a space', proof('index 0', `${HASH} `)],
    ['54 hashes', proof('index 0', ...Array<string>(54).fill(HASH))],
  ])('a proof with %s is malformed', (_, text) => {
    expect(() => parseTlogProof(text)).toThrow(
      expect.objectContaining({ code: 'malformed-document' }),
    );
  });

  test('a text above the bound is refused', () => {
    expect(() => parseTlogProof('x'.repeat(2_000_001))).toThrow(
      expect.objectContaining({ code: 'limit-exceeded' }),
    );
  });

  test('what could not be read back is not written', () => {
    const good = { index: 0, hashes: [], checkpoint: 'checkpoint\n' };
    for (const bad of [
      { index: -1 },
      { hashes: [new Uint8Array(31)] },
      { checkpoint: '' },
      { extra: new Uint8Array(0) },
    ]) {
      expect(() => formatTlogProof({ ...good, ...bad })).toThrow(
        expect.objectContaining({ code: 'malformed-document' }),
      );
    }
  });
});
