import { brotliCompressSync, constants, deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { run, sampleOf } from '../../secrets/token-form.ts';
import { mayBeBrotli, mayBeDeflate } from './unmarked-head.ts';

const line = (at: number) => `  "name-${at}": "${sampleOf([run('alnum', 20)], `${at}`)}",\n`;
const TEXTS = [1, 4, 40, 4000].map((lines) =>
  Buffer.from(`{\n${Array.from({ length: lines }, (_, at) => line(at)).join('')}}\n`),
);

it('deflate of a text may, with whatever code', () => {
  const { Z_FIXED, Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY } = constants;
  for (const text of TEXTS) {
    for (const level of [1, 6, 9]) {
      for (const strategy of [Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY]) {
        expect(mayBeDeflate(deflateRawSync(text, { level, strategy }))).toBe(true);
      }
    }
  }
});

it('brotli of a text may, of whatever quality', () => {
  for (const text of TEXTS) {
    for (const quality of [1, 5, 11]) {
      const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
      const packed = brotliCompressSync(text, { params });
      expect(mayBeBrotli(packed), `${text.length} ${quality} ${packed[0]}`).toBe(true);
    }
  }
});

it('of noise hardly any may', () => {
  const noise = Array.from({ length: 5000 }, (_, at) =>
    Buffer.from(sampleOf([run('base64', 80)], `noise ${at}`), 'base64'),
  );
  expect(noise.filter(mayBeDeflate).length).toBeLessThan(100);
  expect(noise.filter(mayBeBrotli).length).toBeLessThan(150);
});
