import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AssertionParts,
  clientDataOf,
  createTestPasskey,
} from '../../test/passkey-fixture.ts';
import { createWebCrypto } from '../evidence/web-crypto.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { encodeBase64url } from './base64.ts';
import { concatBytes } from './bytes.ts';
import type { PasskeyAlgorithm } from './spki.ts';
import {
  decodeAssertion,
  encodeAssertion,
  type PasskeyAssertion,
  type PasskeyExpectation,
  passkeyKeyId,
  verifyAssertion,
} from './webauthn.ts';

const ORIGIN = 'https://approve.example.com';
const RELYING_PARTY = 'approve.example.com';
const challenge = new Uint8Array(32).map((_, at) => at * 7);
const good: AssertionParts = { challenge, origin: ORIGIN, relyingParty: RELYING_PARTY };
const key = createTestPasskey();
const expected: PasskeyExpectation = {
  key,
  challenge,
  relyingParty: RELYING_PARTY,
  origins: [ORIGIN],
};
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const malformed = expect.objectContaining({ code: 'malformed-signature' });
const invalid = (words: string) =>
  expect.objectContaining({ code: 'signature-invalid', message: expect.stringContaining(words) });
const verify = (assertion: PasskeyAssertion, other: Partial<PasskeyExpectation> = {}) =>
  verifyAssertion(nodeCrypto, assertion, { ...expected, ...other });

describe('an assertion over the hash that was asked for', () => {
  test.each([-7, -8, -257] satisfies PasskeyAlgorithm[])(
    'verifies with algorithm %i, by node:crypto and by WebCrypto',
    async (algorithm) => {
      const passkey = createTestPasskey(algorithm);
      const web = createWebCrypto(globalThis.crypto.subtle);
      for (const crypto of [nodeCrypto, web]) {
        const seen = await verifyAssertion(crypto, passkey.assert(good), {
          ...expected,
          key: passkey,
        });
        expect(seen).toEqual({ isBackedUp: false, signCount: 7 });
      }
    },
  );

  test('comes back the same from its bytes, which are canonical JSON', async () => {
    const assertion = key.assert(good);
    const bytes = encodeAssertion(assertion);
    expect(decodeAssertion(bytes)).toEqual(assertion);
    expect(new TextDecoder().decode(bytes)).toMatch(/^\{"authenticatorData":"[^"]+","client/);
    await expect(verify(decodeAssertion(bytes))).resolves.toBeDefined();
  });

  test('may say that its key is backed up, and carry members that browsers add', async () => {
    const assertion = key.assert({ ...good, flags: 0x1d, clientData: { extra: { deep: [1] } } });
    await expect(verify(assertion)).resolves.toMatchObject({ isBackedUp: true });
    const old = key.assert({
      ...good,
      clientDataText: clientDataOf(good).replaceAll('/', '\\/').replace(',"crossOrigin":false', ''),
    });
    await expect(verify(old)).resolves.toBeDefined();
  });

  test('is taken with a low and with a high s', async () => {
    const assertion = key.assert(good);
    const { signature: der } = assertion;
    const rLength = der[3] ?? 0;
    const s = BigInt(`0x${Buffer.from(der.subarray(6 + rLength)).toString('hex')}`);
    const bytes = Buffer.from((P256_ORDER - s).toString(16).padStart(64, '0'), 'hex');
    const other = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
    const padded = (other[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), other]) : other;
    const r = der.subarray(2, 4 + rLength);
    const signature = concatBytes(
      Uint8Array.of(0x30, r.length + 2 + padded.length),
      r,
      Uint8Array.of(2, padded.length),
      padded,
    );
    await expect(verify(assertion)).resolves.toBeDefined();
    await expect(verify({ ...assertion, signature })).resolves.toBeDefined();
  });
});

describe('an assertion that was made for something else is refused', () => {
  test.each([
    ['a registration', { type: 'webauthn.create' }, 'expected type webauthn.get'],
    ['a payment', { type: 'payment.get' }, 'expected type webauthn.get'],
    ['other bytes', { challenge: new Uint8Array(32) }, 'the challenge is not their hash'],
    ['no challenge', { challenge: new Uint8Array() }, 'the challenge is not their hash'],
    ['another origin', { origin: 'https://login.example.com' }, 'expected https://approve'],
    ['another port', { origin: `${ORIGIN}:8443` }, 'expected https://approve'],
    ['another scheme', { origin: 'http://approve.example.com' }, 'expected https://approve'],
    ['a longer origin', { origin: `${ORIGIN}.evil.example` }, 'expected https://approve'],
    ['an origin in capitals', { origin: ORIGIN.toUpperCase() }, 'expected https://approve'],
    ['another relying party', { relyingParty: 'example.com' }, 'relying party approve'],
    ['a frame', { clientData: { crossOrigin: true } }, 'frame of another origin'],
    ['a framed top', { clientData: { topOrigin: ORIGIN } }, 'frame of another origin'],
    ['nobody present', { flags: 0x04 }, 'nobody was present'],
    ['a person not verified', { flags: 0x01 }, 'did not verify the person'],
  ] satisfies [string, Partial<AssertionParts>, string][])('%s', async (_, parts, words) => {
    await expect(verify(key.assert({ ...good, ...parts }))).rejects.toEqual(invalid(words));
  });

  test('another credential, and the key of another credential', async () => {
    const other = createTestPasskey();
    await expect(verify(other.assert(good))).rejects.toEqual(invalid('another credential'));
    const borrowed = { ...other.assert(good), credentialId: key.credentialId };
    await expect(verify(borrowed)).rejects.toEqual(invalid('does not fit these bytes'));
  });
});

describe('an assertion that can be read in two ways is refused', () => {
  const text = clientDataOf(good);
  test.each([
    ['a key twice', text.replace('{', `{"origin":"https://evil.example",`)],
    ['a key twice, once escaped', text.replace('{', `{"\\u006frigin":"https://evil.example",`)],
    ['a key twice behind', text.replace(/\}$/, ',"type":"webauthn.get"}')],
    ['a list', `[${text}]`],
    ['a text', JSON.stringify(text)],
    ['null', 'null'],
    ['two objects', text + text],
    ['something behind', `${text} x`],
    ['a byte order mark', `\ufeff${text}`],
    ['no type', text.replace('type', 'kind')],
    ['a challenge that is a number', text.replace(/"challenge":"[^"]*"/, '"challenge":1')],
    ['a crossOrigin that is a text', text.replace('false', '"false"')],
    ['a topOrigin that is a number', text.replace('}', ',"topOrigin":1}')],
    ['too much', text.replace('}', `,"x":"${'y'.repeat(4096)}"}`)],
    ['members of a prototype', '{"__proto__":{"type":"webauthn.get"}}'],
  ])('%s in the client data', async (_, clientDataText) => {
    await expect(verify(key.assert({ ...good, clientDataText }))).rejects.toEqual(malformed);
  });

  test('a key twice inside of a member that nobody reads is nobody’s concern', async () => {
    const clientDataText = text.replace('}', ',"x":{"origin":"a","origin":"b"},"y":"\\"type\\":"}');
    await expect(verify(key.assert({ ...good, clientDataText }))).resolves.toBeDefined();
  });

  test.each([
    ['extensions', { flags: 0x85, behind: Uint8Array.of(0xa0) }],
    ['extensions without the flag', { behind: Uint8Array.of(0xa0) }],
    ['a flag without extensions', { flags: 0x85 }],
    ['an attested credential', { flags: 0x45, behind: new Uint8Array(55) }],
    ['a backup of a key that cannot be backed up', { flags: 0x15 }],
  ] satisfies [string, Partial<AssertionParts>][])(
    '%s in the authenticator data',
    async (_, parts) => {
      await expect(verify(key.assert({ ...good, ...parts }))).rejects.toEqual(malformed);
    },
  );

  test('authenticator data that is cut off', async () => {
    const assertion = key.assert(good);
    for (const length of [0, 31, 32, 33, 36]) {
      const authenticatorData = assertion.authenticatorData.slice(0, length);
      await expect(verify({ ...assertion, authenticatorData })).rejects.toEqual(malformed);
    }
  });

  test('members too many, too few, empty, in other base64, or in another order', () => {
    const text = new TextDecoder().decode(encodeAssertion(key.assert(good)));
    const value = JSON.parse(text) as Record<string, string>;
    const bytes = (of: unknown) => new TextEncoder().encode(JSON.stringify(of));
    const refused = [
      bytes({ ...value, userHandle: 'AA==' }),
      bytes({ authenticatorData: value['authenticatorData'] }),
      bytes({ ...value, signature: '' }),
      bytes({ ...value, signature: 7 }),
      bytes({ ...value, signature: `${value['signature']}\n` }),
      bytes({ ...value, credentialId: 'AA==' }),
      bytes(Object.fromEntries(Object.entries(value).toReversed())),
      bytes([value]),
      concatBytes(new TextEncoder().encode(text), Uint8Array.of(0x20)),
    ];
    for (const one of refused) expect(() => decodeAssertion(one)).toThrow();
  });
});

describe('keys and algorithms cannot be confused', () => {
  const algorithms = [-7, -8, -257] satisfies PasskeyAlgorithm[];
  test.each(algorithms)('a key of algorithm %i is no key of another', async (algorithm) => {
    const passkey = createTestPasskey(algorithm);
    for (const other of algorithms.filter((one) => one !== algorithm)) {
      const confused = { ...passkey, algorithm: other };
      await expect(verify(passkey.assert(good), { key: confused })).rejects.toEqual(malformed);
    }
  });

  test.each(algorithms)('a key of algorithm %i has one spelling', async (algorithm) => {
    const passkey = createTestPasskey(algorithm);
    const { publicKey } = passkey;
    const spellings = [
      concatBytes(publicKey, Uint8Array.of(0)),
      publicKey.slice(0, -1),
      publicKey.slice(1),
      new Uint8Array(),
      publicKey.with(0, 0x31),
      publicKey.with(1, 0x80),
    ];
    for (const spelled of spellings) {
      const key = { ...passkey, publicKey: spelled };
      await expect(verify(passkey.assert(good), { key })).rejects.toEqual(malformed);
    }
  });

  test('a point that is compressed, or not on its curve', async () => {
    const at = key.publicKey.length - 65;
    for (const publicKey of [key.publicKey.with(at, 2), key.publicKey.with(at + 40, 0)]) {
      if (publicKey[at + 40] === key.publicKey[at + 40] && publicKey[at] === 4) continue;
      const other = { ...key, publicKey };
      await expect(verify(key.assert(good), { key: other })).rejects.toEqual(malformed);
    }
  });

  test('a P-256 signature is DER of exactly two numbers', async () => {
    const assertion = key.assert(good);
    const der = assertion.signature;
    const rLength = der[3] ?? 0;
    const spellings = [
      concatBytes(der, Uint8Array.of(0)),
      der.slice(0, -1),
      der.with(1, (der[1] ?? 0) - 1),
      concatBytes(Uint8Array.of(0x30, 0x81, der[1] ?? 0), der.subarray(2)),
      concatBytes(Uint8Array.of(0x30, (der[1] ?? 0) + 1, 0x02, rLength + 1, 0), der.subarray(4)),
      Uint8Array.of(0x30, 6, 2, 1, 0, 2, 1, 0),
      Uint8Array.of(0x30, 6, 2, 1, 0x81, 2, 1, 1),
      new Uint8Array(64).fill(1),
      new Uint8Array(),
    ];
    for (const signature of spellings) {
      // a leading zero in front of a number with its high bit set would be the right spelling
      if (signature[4] === 0 && (der[4] ?? 0) >= 0x80) continue;
      await expect(verify({ ...assertion, signature })).rejects.toEqual(malformed);
    }
    const small = Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 1);
    await expect(verify({ ...assertion, signature: small })).rejects.toEqual(invalid('not fit'));
  });
});

test('a flipped bit anywhere never verifies', async () => {
  const assertion = key.assert(good);
  const fields = ['authenticatorData', 'clientDataJSON', 'signature'] as const;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...fields), fc.nat(), fc.nat(7), async (field, at, bit) => {
      const bytes = assertion[field];
      const index = at % bytes.length;
      const flipped = bytes.with(index, (bytes[index] ?? 0) ^ (1 << bit));
      await expect(verify({ ...assertion, [field]: flipped })).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:malformed-signature|signature-invalid)$/),
      });
    }),
    { numRuns: 2000 },
  );
});

test('arbitrary bytes never verify and never take another error than a refusal', async () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(bytes, bytes, bytes, async (authenticatorData, clientDataJSON, signature) => {
      const { credentialId } = key;
      const forged = { credentialId, authenticatorData, clientDataJSON, signature };
      await expect(verify(forged)).rejects.toEqual(malformed);
    }),
  );
});

test('the key id is the hash of the public key', async () => {
  const id = await passkeyKeyId(key.publicKey, nodeCrypto);
  const hash = await globalThis.crypto.subtle.digest('SHA-256', new Uint8Array(key.publicKey));
  expect(id).toBe(`webauthn:${Buffer.from(hash).toString('hex')}`);
  expect(encodeBase64url(challenge)).toHaveLength(43);
});
