import { createPrivateKey, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flipBit, generateNoteSigner } from '../../test/tlog-fixture.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import {
  cosignNote,
  formatNote,
  NOTE_MAX_LENGTH,
  NOTE_MAX_SIGNATURES,
  parseNote,
  signNote,
  verifyNote,
} from './note.ts';
import {
  createVerifierKey,
  formatSignerKey,
  formatVerifierKey,
  parseSignerKey,
  parseVerifierKey,
} from './note-key.ts';

// The worked example of C2SP signed-note.
const SPEC_VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const SPEC_NOTE =
  'This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

// The well-known example of Go's sumdb/note; assembled, so that no scanner takes it for a secret.
const GO_VKEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_SKEY = [
  'PRIVATE',
  'KEY',
  'PeterNeumann',
  'c74f20a3',
  ['AYEKFALVFGyNhPJEMzD1', 'QIDr+Y7hfZx09iUvxdXHKDFz'].join(''),
].join('+');
const GO_TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const GO_SIGNATURE =
  '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error) => error.code,
  );

describe('published examples', () => {
  test('the note of the specification verifies with its key', async () => {
    const key = await parseVerifierKey(nodeCrypto, SPEC_VKEY);
    expect(key).toMatchObject({ name: 'example.com/foo', keyId: 0x530d903a, algorithm: 'ed25519' });
    expect(formatVerifierKey(key)).toBe(SPEC_VKEY);
    const note = parseNote(SPEC_NOTE);
    expect(note.text).toBe('This is an example message.\n');
    expect(formatNote(note)).toBe(SPEC_NOTE);
    expect(await verifyNote(nodeCrypto, note, [key])).toEqual([{ key }]);
  });

  test("Go's signer key makes Go's note to the letter", async () => {
    const key = await parseVerifierKey(nodeCrypto, GO_VKEY);
    const signer = parseSignerKey(GO_SKEY);
    expect(formatSignerKey(signer)).toBe(GO_SKEY);
    expect(signer).toMatchObject({ name: key.name, keyId: key.keyId, algorithm: 'ed25519' });
    const pkcs8 = Buffer.concat([
      Buffer.from('302e020100300506032b657004220420', 'hex'),
      signer.seed,
    ]);
    const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    const note = await signNote(GO_TEXT, [
      { key, sign: async (message) => new Uint8Array(sign(null, message, privateKey)) },
    ]);
    expect(note).toBe(`${GO_TEXT}\n${GO_SIGNATURE}`);
  });

  test('a cosignature key of another implementation is read', async () => {
    // From the tests of transparency-dev/formats, note/note_cosigv1_test.go.
    const vkey = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2';
    const key = await parseVerifierKey(nodeCrypto, vkey);
    expect(key).toMatchObject({ algorithm: 'cosignature-v1', keyId: 0xda77ade7 });
    expect(formatVerifierKey(key)).toBe(vkey);
  });
});

describe('verifier and signer keys', () => {
  test('no part of a key and no key with one byte changed is accepted', async () => {
    for (let start = 0; start <= GO_VKEY.length; start++) {
      for (let end = start + 1; end <= GO_VKEY.length; end++) {
        if (end - start === GO_VKEY.length) continue;
        const part = GO_VKEY.slice(start, end);
        expect(await codeOf(parseVerifierKey(nodeCrypto, part)), part).toBe('malformed-signature');
      }
    }
    for (let at = 0; at < GO_VKEY.length; at++) {
      const next = String.fromCharCode(GO_VKEY.charCodeAt(at) + 1);
      const mangled = GO_VKEY.slice(0, at) + next + GO_VKEY.slice(at + 1);
      const code = await codeOf(parseVerifierKey(nodeCrypto, mangled));
      expect(code, mangled).toBe('malformed-signature');
    }
  });

  test('a wrong length and an unknown type are refused although the id fits', async () => {
    for (const vkey of [
      'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
      'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    ]) {
      expect(await codeOf(parseVerifierKey(nodeCrypto, vkey))).toBe('malformed-signature');
    }
  });

  test('a broken signer key is refused without being quoted', () => {
    const secret = GO_SKEY.slice(-20);
    for (const broken of [
      GO_SKEY.slice(1),
      GO_SKEY.replace('c74f20a3', 'C74F20A3'),
      `${GO_SKEY}=`,
      GO_SKEY.slice(0, -4),
    ]) {
      let message = 'accepted';
      try {
        parseSignerKey(broken);
      } catch (error) {
        message = String(error);
      }
      expect(message).toContain('signer key');
      expect(message).not.toContain(secret.slice(0, 12));
    }
  });

  test.each([
    '',
    'a b',
    'a+b',
    'a\u00a0b',
    'a\u2028',
    'a\nb',
    'a\u0085',
    'x'.repeat(256),
    '\ud800',
  ])('the name %j names no key', async (name) => {
    const key = createVerifierKey(nodeCrypto, name, 'ed25519', new Uint8Array(32));
    expect(await codeOf(key)).toBe('malformed-signature');
  });
});

describe('verifying', () => {
  test('signatures of unknown keys are ignored, even under a known name or a known id', async () => {
    const alice = await generateNoteSigner('alice.example/log');
    const other = await generateNoteSigner('alice.example/log');
    const note = parseNote(await signNote('text\n', [other, alice]));
    expect(await verifyNote(nodeCrypto, note, [alice.key])).toEqual([{ key: alice.key }]);
    const renamed = { ...other.key, name: 'bob.example/log', keyId: alice.key.keyId };
    expect(await codeOf(verifyNote(nodeCrypto, note, [renamed]))).toBe('signature-invalid');
  });

  test('one failing signature of a known key rejects the note, whatever else holds', async () => {
    const alice = await generateNoteSigner('alice.example/log');
    const bob = await generateNoteSigner('bob.example/log');
    const note = parseNote(await signNote('text\n', [alice, bob]));
    const [first, second] = note.signatures;
    if (first === undefined || second === undefined) throw new Error('expected two signatures');
    const broken = { ...second, signature: first.signature };
    const keys = [alice.key, bob.key];
    const forged = { text: note.text, signatures: [first, broken] };
    expect(await codeOf(verifyNote(nodeCrypto, forged, keys))).toBe('signature-invalid');
    expect(await verifyNote(nodeCrypto, forged, [alice.key])).toHaveLength(1);
    const twice = {
      text: note.text,
      signatures: [first, { ...first, signature: second.signature }],
    };
    expect(await codeOf(verifyNote(nodeCrypto, twice, [alice.key]))).toBe('signature-invalid');
    const same = { text: note.text, signatures: [first, first, second] };
    expect(await verifyNote(nodeCrypto, same, keys)).toHaveLength(2);
  });

  test('two known keys under one name and id are a mistake of the caller', async () => {
    const { key } = await generateNoteSigner('alice.example/log');
    const note = parseNote(SPEC_NOTE);
    expect(await codeOf(verifyNote(nodeCrypto, note, [key, key]))).toBe('usage');
    expect(await codeOf(verifyNote(nodeCrypto, note, []))).toBe('signature-invalid');
  });

  test('sixteen signatures and more are accepted, and the bound is told', async () => {
    const signers = await Promise.all(
      Array.from({ length: 16 }, (_, at) => generateNoteSigner(`signer${at}.example`)),
    );
    const note = await signNote('text\n', signers);
    const keys = signers.map(({ key }) => key);
    expect(await verifyNote(nodeCrypto, parseNote(note), keys)).toHaveLength(16);
    const line = SPEC_NOTE.slice(SPEC_NOTE.indexOf('\u2014'));
    expect(parseNote(`t\n\n${line.repeat(NOTE_MAX_SIGNATURES)}`).signatures).toHaveLength(
      NOTE_MAX_SIGNATURES,
    );
    expect(() => parseNote(`t\n\n${line.repeat(NOTE_MAX_SIGNATURES + 1)}`)).toThrow(/at most 100/);
  });

  test('a cosignature holds for its time and text only', async () => {
    const log = await generateNoteSigner('alice.example/log');
    const witness = await generateNoteSigner('witness.example/w1', 'cosignature-v1');
    const note = await cosignNote(
      parseNote(await signNote('text\n', [log])),
      witness,
      1_700_000_000,
    );
    expect(parseNote(formatNote(note))).toEqual(note);
    const verified = await verifyNote(nodeCrypto, note, [witness.key]);
    expect(verified).toEqual([{ key: witness.key, timeSeconds: 1_700_000_000 }]);

    const line = note.signatures[1];
    if (line === undefined) throw new Error('expected a cosignature');
    for (let bit = 0; bit < line.signature.length * 8; bit += 5) {
      const signature = flipBit(line.signature, bit);
      const forged = { text: note.text, signatures: [{ ...line, signature }] };
      expect(await codeOf(verifyNote(nodeCrypto, forged, [witness.key]))).toBe('signature-invalid');
    }
    for (const wrong of [log, { ...witness, key: log.key }]) {
      expect(await codeOf(cosignNote(note, wrong, 1))).toBe('usage');
    }
    for (const time of [-1, 0.5, 2 ** 63]) {
      expect(await codeOf(cosignNote(note, witness, time))).toBe('usage');
    }
  });

  test('a cosignature of a time past 2^53 is refused, since we could not say it exactly', async () => {
    const witness = await generateNoteSigner('witness.example/w1', 'cosignature-v1');
    const text = 'text\n';
    const cosign = async (time: bigint) => {
      const message = new TextEncoder().encode(`cosignature/v1\ntime ${time}\n${text}`);
      const signature = new Uint8Array(72);
      new DataView(signature.buffer).setBigUint64(0, time);
      signature.set(await witness.sign(message), 8);
      const { name, keyId } = witness.key;
      return verifyNote(nodeCrypto, { text, signatures: [{ name, keyId, signature }] }, [
        witness.key,
      ]);
    };
    expect(await cosign(2n ** 53n - 1n)).toHaveLength(1);
    for (const time of [2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]) {
      expect(await codeOf(cosign(time))).toBe('signature-invalid');
    }
  });

  test('a plain signature does not pass for a cosignature of the same key, nor the reverse', async () => {
    const log = await generateNoteSigner('alice.example/log');
    const asWitness = await createVerifierKey(
      nodeCrypto,
      log.key.name,
      'cosignature-v1',
      log.key.publicKey,
    );
    expect(asWitness.keyId).not.toBe(log.key.keyId);
    const note = parseNote(await signNote('text\n', [log]));
    expect(await codeOf(verifyNote(nodeCrypto, note, [asWitness]))).toBe('signature-invalid');
  });

  test('one flipped bit in text or signature never verifies', async () => {
    const spec = await parseVerifierKey(nodeCrypto, SPEC_VKEY);
    const whole = new TextEncoder().encode(SPEC_NOTE);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length * 8 - 1), async (bit) => {
        const text = new TextDecoder().decode(flipBit(whole, bit));
        const open = async () => verifyNote(nodeCrypto, parseNote(text), [spec]);
        await expect(open()).rejects.toMatchObject({
          code: expect.stringMatching(/^(malformed-signature|signature-invalid)$/),
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('reading', () => {
  const line = SPEC_NOTE.slice(SPEC_NOTE.indexOf('\u2014'));
  const base64 = line.slice(line.lastIndexOf(' ') + 1, -1);

  test.each([
    ['nothing', ''],
    ['no signature', 'text\n\n'],
    ['no blank line', `text\n${line}`],
    ['no final newline', SPEC_NOTE.slice(0, -1)],
    ['carriage returns', SPEC_NOTE.replaceAll('\n', '\r\n')],
    ['a carriage return at the end of a line', SPEC_NOTE.replace('message.\n', 'message.\r\n')],
    ['a tab', SPEC_NOTE.replace(' is ', '\t')],
    ['a null character', SPEC_NOTE.replace('T', '\0')],
    ['half of a surrogate pair', SPEC_NOTE.replace('T', '\ud83d')],
    ['a hyphen instead of the dash', SPEC_NOTE.replace('\u2014', '-')],
    ['a name with a plus', SPEC_NOTE.replace('com/foo', 'com+foo')],
    ['two spaces', SPEC_NOTE.replace('foo U', 'foo  U')],
    ['text after the signature', SPEC_NOTE.replace('=\n', '= x\n')],
    ['no padding', SPEC_NOTE.replace('=\n', '\n')],
    ['stray bits in base64', SPEC_NOTE.replace('aQM=', 'aQN=')],
    ['white space in base64', SPEC_NOTE.replace('AlTg', 'A\u2003lTg')],
    ['base64 of another alphabet', SPEC_NOTE.replace(base64, 'Uw2Q_-n8srV1')],
    ['a key id and no signature', SPEC_NOTE.replace(base64, 'Uw2QOg==')],
    ['a line that is no signature', `${SPEC_NOTE}more\n`],
  ])('a note with %s is malformed', (_, note) => {
    expect(() => parseNote(note)).toThrow(expect.objectContaining({ code: 'malformed-signature' }));
  });

  test('a note above the bound is refused before it is taken apart', () => {
    expect(() => parseNote('\n'.repeat(NOTE_MAX_LENGTH + 1))).toThrow(
      expect.objectContaining({ code: 'limit-exceeded' }),
    );
  });

  test('what is accepted is written again to the letter', () => {
    const piece = fc.constantFrom('\n', '\n\n', 'text', line, '\u2014 ', 'a ', '=', '\r', base64);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = `${pieces.join('')}\n\n${line}`;
        let note: ReturnType<typeof parseNote>;
        try {
          note = parseNote(text);
        } catch {
          return;
        }
        expect(formatNote(note)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('a text that no note can hold is not signed', async () => {
    const signer = await generateNoteSigner('alice.example/log');
    for (const text of ['', 'no newline', 'tab\t\n', 'return\r\n', '\ud800\n']) {
      const code = await codeOf(signNote(text, [signer]));
      expect(code, JSON.stringify(text)).toMatch(/^malformed-/);
    }
    expect(await codeOf(signNote('text\n', []))).toBe('malformed-signature');
    const short = { ...signer, sign: async () => new Uint8Array(63) };
    expect(await codeOf(signNote('text\n', [short]))).toBe('malformed-signature');
  });
});
