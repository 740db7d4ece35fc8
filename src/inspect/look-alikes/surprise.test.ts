import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charactersOf, run, sampleOf } from '../secrets/token-form.ts';
import { looksGenerated, surpriseOf } from './surprise.ts';

const WORDS = [
  'authenticationProvider',
  'user.password.reset.title',
  'getServerSideProps2024',
  'heightOfGeoidAboveWGS84Units',
  'application/vnd.github+json',
  'refreshTokenExpirationInSeconds30',
  'node_modules/typescript/lib/lib.es5.d.ts',
  'VERSION_20240115_RELEASE_CANDIDATE',
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'ABCDEFGHJKMNPQRSTVWXYZ0123456789',
  '00000000000000000000000000000001',
];

describe('surprise', () => {
  it('is nothing for an empty text, and more for noise than for words', () => {
    expect(surpriseOf('')).toBe(0);
    expect(surpriseOf('configuration')).toBeLessThan(4);
    expect(surpriseOf('xq7Zk2vJ9wBt')).toBeGreaterThan(6);
  });

  it.each(WORDS)('takes %s for written', (text) => {
    expect(looksGenerated(text)).toBe(false);
  });

  it.each(['alnum', 'base64Url', 'hex', 'lowerDigit', 'base32'] as const)(
    'takes nearly every random text of %s for drawn',
    (alphabet) => {
      const samples = Array.from({ length: 400 }, (_, at) =>
        sampleOf([run(alphabet, 32)], `${alphabet} ${at}`),
      );
      expect(samples.filter(looksGenerated).length).toBeGreaterThan(380);
    },
  );

  it('never throws and stays finite, whatever the characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(surpriseOf(text)).toBeGreaterThanOrEqual(0);
        expect(surpriseOf(text)).toBeLessThan(20);
        expect(typeof looksGenerated(text)).toBe('boolean');
      }),
    );
  });

  it('knows every character of the alphabets', () => {
    for (const one of charactersOf('alnum')) expect(surpriseOf(one.repeat(3))).toBeGreaterThan(0);
  });
});
