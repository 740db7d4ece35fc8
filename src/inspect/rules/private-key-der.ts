import { createECDH, createHash } from 'node:crypto';
import { DER } from '../../formats/der.ts';
import { fileExample } from '../artifact/packed-file.ts';
import type { EntryRule } from '../rule.ts';
import { findDerKeys, KEY_ANCHORS } from '../secret-format/der-private-key.ts';

/** Keys of one file that are told one by one. */
const TOLD = 20;
const EFFECTS = { proven: 'reject', plausible: 'hold', weak: 'note' } as const;

export const rule: EntryRule = {
  kind: 'entry',
  id: 'private-key-der',
  version: 1,
  category: 'secret',
  severity: 'critical',
  effect: 'reject',
  about:
    'Private keys in DER, anywhere in a file: PKCS#8, PKCS#1 and SEC 1, of RSA, elliptic curves and Edwards curves, with their structure read and their numbers computed',
  attack:
    'A key that a program was built with, or that lies in a store or a dump, is as good as the same key in a file of text, and no search for text sees it',
  mend: 'Replace the key wherever it is trusted, then remove it from the package; tests can make theirs when they run',
  words: KEY_ANCHORS,
  everyWindow: true,
  *check({ kind, content }, _, mayHold, known) {
    if (kind !== 'file') return;
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
    const keys = findDerKeys(bytes, { mayHold, known });
    for (const { offset, what, confidence, reason } of keys.slice(0, TOLD)) {
      const message = `byte ${offset} begins ${what}: ${reason}`;
      const severity = confidence === 'weak' ? 'low' : 'critical';
      yield { message, confidence, severity, effect: EFFECTS[confidence] };
    }
    if (keys.length > TOLD) yield { message: `it holds ${keys.length} private keys` };
  },
  examples: {
    bad: [
      { about: 'an RSA key in PKCS#8', make: () => binary(pkcs8(RSA, sampleRsa())) },
      { about: 'an RSA key in PKCS#1', make: () => binary(sampleRsa()) },
      { about: 'a key of P-256 in PKCS#8', make: () => binary(pkcs8(P256, sampleCurve())) },
      {
        about: 'a key of P-256 in SEC 1',
        make: () => binary(sampleCurve(element(0xa0, element(DER.objectId, '2a8648ce3d030107')))),
      },
      { about: 'an Ed25519 key', make: () => binary(sampleEdwards(drawn('example'))) },
    ],
    noted: [
      {
        about: 'an RSA key whose numbers do not belong together',
        make: () => binary(sampleRsa(1n)),
      },
    ],
    fine: [
      {
        about: 'the begin of a key in a parser',
        make: () => binary(sampleEdwards(drawn('example')).subarray(0, 30)),
      },
      {
        about: 'the begin of a key in a program that makes keys, and text behind it',
        make: () =>
          binary(sampleEdwards(Buffer.from('/usr/local/lib/and-so-on-for-long'.slice(0, 32)))),
      },
      {
        about: 'a public key',
        make: () => {
          const point = element(
            DER.bitString,
            '00',
            Buffer.from('04', 'hex'),
            drawn('x'),
            drawn('y'),
          );
          return binary(element(DER.sequence, element(DER.sequence, P256), point));
        },
      },
    ],
  },
};

const RSA = Buffer.concat([element(DER.objectId, '2a864886f70d010101'), element(DER.null)]);
const P256 = Buffer.concat([
  element(DER.objectId, '2a8648ce3d0201'),
  element(DER.objectId, '2a8648ce3d030107'),
]);

/** An element of DER with these contents; texts are hexadecimal digits. */
function element(tag: number, ...contents: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(
    contents.map((one) => (typeof one === 'string' ? Buffer.from(one, 'hex') : one)),
  );
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const whole = hex.length % 2 === 0 ? hex : `0${hex}`;
  return element(DER.integer, /^[89a-f]/.test(whole) ? `00${whole}` : whole);
}

function drawn(seed: string): Buffer {
  return createHash('sha256').update(`private-key-der ${seed}`).digest();
}

/** Of two primes that everybody knows (Mersenne's); what is computed of them is left out. */
function sampleRsa(wrong = 0n): Buffer {
  const [first, second] = [2n ** 521n - 1n, 2n ** 607n - 1n];
  const numbers = [first * second + 2n * wrong, 65537n, first * 7n, first, second, 3n, 5n, 7n];
  return element(DER.sequence, '020100', ...numbers.map(integer));
}

function sampleCurve(parameters: Buffer = Buffer.alloc(0)): Buffer {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(drawn('curve'));
  const point = element(0xa1, element(DER.bitString, '00', pair.getPublicKey()));
  return element(
    DER.sequence,
    '020101',
    element(DER.octetString, drawn('curve')),
    parameters,
    point,
  );
}

function sampleEdwards(number: Buffer): Buffer {
  return pkcs8(element(DER.objectId, '2b6570'), element(DER.octetString, number));
}

function pkcs8(algorithm: Buffer, key: Buffer): Buffer {
  const parts = [element(DER.sequence, algorithm), element(DER.octetString, key)];
  return element(DER.sequence, '020100', ...parts);
}

/** In a program, between other bytes. */
function binary(bytes: Buffer) {
  return fileExample('package/a.node', `\x7fELF\0\x02\x01\x01\0${bytes.toString('latin1')}\0\0\0`);
}
