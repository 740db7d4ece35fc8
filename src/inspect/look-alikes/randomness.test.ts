import { describe, expect, it } from 'vitest';
import { type Alphabet, run, sampleOf, sizeOf } from '../secrets/token-form.ts';
import { isPlaceholder, looksRandom } from './randomness.ts';

const ALPHABETS: readonly Alphabet[] = [
  'hex',
  'lowerDigit',
  'base32',
  'alnum',
  'base64Url',
  'letter',
];

describe('what looks random', () => {
  it.each(
    ALPHABETS.flatMap((alphabet) => [20, 32, 40, 64].map((length) => [alphabet, length] as const)),
  )('is nearly all of what is drawn from %s, %d characters', (alphabet, length) => {
    const parts = [run(alphabet, length)];
    const texts = Array.from({ length: 400 }, (_, at) => sampleOf(parts, `drawn ${at}`));
    const missed = texts.filter((text) => !looksRandom(text, sizeOf(alphabet)));
    expect(missed.length).toBeLessThan(8);
  });

  it.each([
    ['a placeholder', 'x'.repeat(32), 62],
    ['one pattern again and again', 'abc1'.repeat(10), 36],
    ['counting', '0123456789abcdef0123456789abcdef', 16],
    ['a text whose middle is left out', 'EAx7Lq2Vb4Nw8Zr1Tf6...Hy3Gc5Md0P', 62],
    ['bytes that are counted', `0102${'030405060708090a0b0c0d0e0f10'.repeat(2)}`, 16],
    ['bytes in steps', 'q7f1e2d3c4b5a69Kx2Lq7Vb4Nw8Zr1Tf', 62],
    ['names of properties of properties', 'e.startResponse.hashingAlgorithm', 66],
    ['a name in code', 'someLongPropertyNameOfAnObject', 62],
    ['words', 'this-is-where-the-key-belongs-ok', 64],
    ['an example', 'EXAMPLEKEYab12cd34ef56gh78ij90kl', 62],
    ['an id with its end left out', 'pa-7wz4cu5cxxxxx', 36],
    ['zeros', '0'.repeat(40), 16],
  ])('is not %s', (_, text, size) => {
    expect(looksRandom(text, size)).toBe(false);
  });

  it('takes hostile texts of any kind in no time', () => {
    const started = performance.now();
    for (const piece of ['a', 'ab', 'abcdefgh', '0', 'aaaab']) isPlaceholder(piece.repeat(2000));
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
