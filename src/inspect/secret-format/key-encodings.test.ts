import { describe, expect, it } from 'vitest';
import { encodeBase58Check, isBase58Check, signBech32, signNkey } from './key-encodings.ts';

describe('encodings of keys', () => {
  it('know the published vectors of bech32 (BIP-173)', () => {
    for (const text of ['A12UEL5L', 'a12uel5l', 'abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw']) {
      expect(signBech32(text)).toBe(text);
    }
    expect(signBech32('a12uel5x')).toBe('a12uel5l');
    expect(signBech32('no separator')).toBeNull();
    expect(signBech32('a1bio')).toBeNull();
  });

  it('know base58 with its checksum, and every change of it', () => {
    const bytes = Buffer.from(`80${'0c28fca386c7a227'.repeat(4)}`, 'hex');
    const text = encodeBase58Check(bytes);
    expect(isBase58Check(text, 37)).toBe(true);
    expect(isBase58Check(text, 38)).toBe(false);
    expect(isBase58Check(`${text.slice(0, -1)}${text.endsWith('z') ? 'y' : 'z'}`, 37)).toBe(false);
    expect(isBase58Check('0OIl', 3)).toBe(false);
  });

  it('know the seeds of NKeys', () => {
    const signed = signNkey(`SU${'A'.repeat(56)}`);
    expect(signed).toHaveLength(58);
    expect(signNkey(signed ?? '')).toBe(signed);
    expect(signNkey('SU1')).toBeNull();
    expect(signNkey('SUAA')).toBeNull();
  });
});
