import { describe, expect, it } from 'vitest';
import { marvin, marvin32, signAzureKey, signCommonKey } from './marvin.ts';

const hex = (word: number): string => word.toString(16).padStart(8, '0');

describe('Marvin32', () => {
  // vectors of microsoft/security-utilities (MIT), security-utilities-node/tests/marvin.spec.ts
  it.each([
    [0x004f_b61a_001b_dbccn, '', '30ed35c100cd3c7d'],
    [0x004f_b61a_001b_dbccn, 'af', '48e73fc77d75ddc1'],
    [0x004f_b61a_001b_dbccn, 'e70f', 'b5f6e1fc485dbff8'],
    [0x004f_b61a_001b_dbccn, '37f495', 'f0b07c789b8cf7e8'],
    [0x004f_b61a_001b_dbccn, '8642dc59', '7008f2e87e9cf556'],
    [0x004f_b61a_001b_dbccn, 'ab427ea8d10fc7', 'e11847e4f0678c41'],
    [0x804f_b61a_801b_dbccn, 'ff00ff00ff00ff', 'fdfd187b1d3ce784'],
    [0xd53c_d9ce_cd08_93b7n, '616263', '22c74339492769bf'],
  ])('of seed %d and bytes %s', (seed, bytes, expected) => {
    const [low, high] = marvin(Buffer.from(bytes, 'hex'), seed);
    expect(hex(high) + hex(low)).toBe(expected);
  });

  it('combines its words in little endian', () => {
    const [low, high] = marvin(Buffer.from('abc'), 7n);
    expect(marvin32(Buffer.from('abc'), 7n).readUInt32LE(0)).toBe((low ^ high) >>> 0);
  });
});

describe('keys with a Marvin32 checksum', () => {
  it('has the checksum of the test key of NuGetGallery (ApiKeyV5Facts)', () => {
    const key = `${'a'.repeat(52)}${['JQQJ99', 'ALN5Z0000', 'LZENeS003', 'NUGT'].join('')}`;
    expect(signCommonKey(`${key}0000`)).toBe(`${key}3OrW`);
  });

  it('takes each encoding of the checksum of common keys', () => {
    const key = `${'a'.repeat(52)}${['JQQJ99', 'ALN5Z0000', 'LZENeS003', 'NUGT'].join('')}`;
    for (const check of ['3OrW', '2h3x', 'ubcj'])
      expect(signCommonKey(key + check)).toBe(key + check);
  });

  it('takes a key signed by any of its seeds, and changes one byte into another key', () => {
    const plain = Buffer.alloc(32, 0xfb).toString('base64');
    const second = signAzureKey(plain, [9n]);
    expect(signAzureKey(second, [8n, 9n])).toBe(second);
    expect(signAzureKey(second, [8n])).not.toBe(second);
    expect(signAzureKey(`A${second.slice(1)}`, [9n])).not.toBe(`A${second.slice(1)}`);
  });

  it('keeps the alphabet of base64url', () => {
    const plain = Buffer.alloc(40, 0xff).toString('base64').replaceAll('/', '_');
    expect(signAzureKey(plain, [1n])).toMatch(/^[A-Za-z0-9_-]+==$/);
  });
});
