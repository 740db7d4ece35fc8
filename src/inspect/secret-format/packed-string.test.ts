import { describe, expect, it } from 'vitest';
import { packedLength } from './packed-string.ts';

const TEXT = Buffer.from('q7VxT2mK9sLwZr4B');

describe('packedLength', () => {
  it.each([
    ['a short string', [0x7a, TEXT.length]],
    ['a short interned string that others refer to', [0xda, TEXT.length]],
    ['a string with a long length', [0xe1, TEXT.length, 0, 0, 0]],
    ['bytes', [0xf3, TEXT.length, 0, 0, 0]],
  ])('reads the length before %s', (_, head) => {
    const content = Buffer.from([0x4e, ...head, ...TEXT, 0x4e, 0xe9]);
    expect(packedLength(content, head.length + 1)).toBe(TEXT.length);
    expect(packedLength(content, head.length + 2)).not.toBe(TEXT.length);
  });

  it('finds none in text, at the begin or where a longer length has other bytes', () => {
    expect(packedLength(Buffer.from(`key = "${TEXT}"`), 7)).toBeNull();
    expect(packedLength(TEXT, 0)).toBeNull();
    expect(packedLength(Buffer.from(`AAzw${TEXT.toString('latin1').repeat(12)}`), 4)).toBeNull();
    expect(packedLength(Buffer.from([0x73, 9, 0, 1, 0, 65]), 5)).toBeNull();
  });
});
