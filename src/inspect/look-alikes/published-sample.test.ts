import { createHash, scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SecretAnswer } from '../rule.ts';
import { sampleSource, unlessPublished } from './published-sample.ts';

/** RFC 7515, appendix A.1; RFC 8037, appendix A.1. */
const PUBLISHED = ['nWGxne_9WmC6hEr0kuwsxERJ', 'xWl7MmkZcDusAxyuf2A'].join('');
const PROVEN: SecretAnswer = { confidence: 'proven', reason: 'its checksum is right' };

describe('published samples', () => {
  it('are known by what they are, not by what is around them', () => {
    expect(sampleSource(PUBLISHED)).toBe('RFC 8037, A.1');
    expect(sampleSource(`"${PUBLISHED.slice(0, 9)}\\n\n  ${PUBLISHED.slice(9)}"=`)).toBe(
      'RFC 8037, A.1',
    );
  });

  it('are words of a phrase, and as short as secrets of one-time codes', () => {
    const phrase = 'candy maple cake sugar pudding cream honey rich smooth crumble sweet treat';
    expect(sampleSource(phrase)).toMatch(/^Truffle/);
    expect(sampleSource(['JBSWY3DP', 'EHPK3PXP'].join(''))).toMatch(/Google Authenticator$/);
  });

  it('are numbers, however it is said that they are hexadecimal', () => {
    const key = ['ac0974bec39a17e36ba4a6b4d238ff94', '4bacb478cbed5efcae784d7bf4f2ff80'].join('');
    expect(sampleSource(key)).toMatch(/^Hardhat/);
    expect(sampleSource(`0x${key}`)).toMatch(/^Hardhat/);
  });

  it('are what a standard derives from words', () => {
    const made = scryptSync('password', 'NaCl', 64, { N: 1024, r: 8, p: 16 });
    expect(sampleSource(made.toString('hex'))).toMatch(/^RFC 7914/);
  });

  it('are UUIDs of manuals, and digests of nothing', () => {
    expect(sampleSource('550e8400-e29b-41d4-a716-446655440000')).toMatch(/UUIDs$/);
    const nothing = createHash('sha256').digest('hex');
    expect(sampleSource(nothing)).toBe('the SHA-256 of nothing');
  });

  it('are none where one character differs, or where nothing is left', () => {
    expect(sampleSource(`${PUBLISHED.slice(0, -1)}B`)).toBeNull();
    expect(sampleSource('=')).toBeNull();
    expect(sampleSource('')).toBeNull();
  });

  it('are weak, whichever part of the match they are, and say who prints them', () => {
    const match = { text: `key = ${PUBLISHED}`, groups: { prefix: 'key', value: PUBLISHED } };
    const { confidence, reason } = unlessPublished(PROVEN, match);
    expect(confidence).toBe('weak');
    expect(reason).toMatch(/RFC 8037/);
    expect(unlessPublished(PROVEN, { text: 'other', groups: { value: undefined } })).toBe(PROVEN);
  });
});
