import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCanonical } from './canonical.ts';
import {
  type DsseEnvelope,
  decodeEnvelope,
  encodeEnvelope,
  encodePae,
  envelopeFromJson,
  envelopeToJson,
  paeOfStatement,
  STATEMENT_PAYLOAD_TYPE,
} from './dsse.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const malformed = expect.objectContaining({ code: 'malformed-document' });

const envelopes: fc.Arbitrary<DsseEnvelope> = fc.record({
  payloadType: fc.constant(STATEMENT_PAYLOAD_TYPE),
  payload: fc.uint8Array({ minLength: 1 }),
  signature: fc.record({
    keyid: fc.stringMatching(/^[\x21-\x7e]{1,256}$/),
    sig: fc.uint8Array({ minLength: 1 }),
  }),
});

describe('pre-authentication encoding', () => {
  test('is the one of the DSSE specification', () => {
    expect(textOf(encodePae('http://example.com/HelloWorld', bytesOf('hello world')))).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
  });

  test('counts bytes, not characters', () => {
    expect(textOf(encodePae('\u00e9', bytesOf('\u20ac')))).toBe('DSSEv1 2 \u00e9 3 \u20ac');
  });

  test('of a statement names the in-toto type', () => {
    expect(textOf(paeOfStatement(bytesOf('{}')))).toBe(
      'DSSEv1 28 application/vnd.in-toto+json 2 {}',
    );
  });

  test('keeps type and body apart wherever the border is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (t1, b1, t2, b2) => {
        const same = t1 === t2 && b1 === b2;
        const left = textOf(encodePae(t1, bytesOf(b1)));
        expect(left === textOf(encodePae(t2, bytesOf(b2)))).toBe(same);
      }),
    );
  });
});

describe('envelope', () => {
  test('survives a round trip', () => {
    fc.assert(
      fc.property(envelopes, (envelope) => {
        expect(decodeEnvelope(encodeEnvelope(envelope))).toEqual(envelope);
        expect(envelopeFromJson(envelopeToJson(envelope))).toEqual(envelope);
      }),
    );
  });

  const fine = {
    payload: 'e30=',
    payloadType: STATEMENT_PAYLOAD_TYPE,
    signatures: [{ keyid: 'SHA256:abc', sig: 'AAAA' }],
  };

  test('of the plain fields is read', () => {
    expect(textOf(decodeEnvelope(encodeCanonical(fine)).payload)).toBe('{}');
  });

  test.each([
    ['no signature', { ...fine, signatures: [] }],
    ['two signatures', { ...fine, signatures: [...fine.signatures, ...fine.signatures] }],
    ['signatures that are no list', { ...fine, signatures: { 0: fine.signatures[0] } }],
    ['another payload type', { ...fine, payloadType: 'application/json' }],
    ['an unknown member', { ...fine, extra: 1 }],
    ['a missing member', { payload: fine.payload, signatures: fine.signatures }],
    ['an empty payload', { ...fine, payload: '' }],
    ['a payload that is no text', { ...fine, payload: 1 }],
    ['url-safe base64', { ...fine, payload: '_w==' }],
    ['unpadded base64', { ...fine, payload: 'e30' }],
    ['a keyid with a newline', { ...fine, signatures: [{ keyid: 'a\n', sig: 'AAAA' }] }],
    [
      'an unknown member in the signature',
      { ...fine, signatures: [{ keyid: 'a', sig: 'AAAA', x: 1 }] },
    ],
    ['null', null],
    ['a list', [fine]],
  ])('with %s is refused', (_name, value) => {
    expect(() => decodeEnvelope(encodeCanonical(value))).toThrow(malformed);
  });

  test('says how many signatures it found', () => {
    const two = { ...fine, signatures: [...fine.signatures, ...fine.signatures] };
    expect(() => envelopeFromJson(two)).toThrow(
      /^the envelope has 2 signatures, expected exactly one$/,
    );
  });

  test('spelled otherwise is not canonical', () => {
    expect(() => decodeEnvelope(bytesOf(JSON.stringify(fine, null, 1)))).toThrow(
      expect.objectContaining({ code: 'not-canonical' }),
    );
  });
});
