import { describe, expect, it } from 'vitest';
import { run, sampleOf } from '../secrets/token-form.ts';
import { holdsWords } from './made-token.ts';

describe('a token that holds words', () => {
  const random = sampleOf([run('base64Url', 60)], 'made-token');

  it.each([
    ['is marked in any of its parts', `ab_anEXAMPLEof22_${random}`, random],
    ['is a sentence', `ab_${random}`, `q7-this-is-not-the-token-that-you-want-${random}`],
  ])('%s', (_, token, longest) => {
    expect(holdsWords(token, longest)).toBe(true);
  });

  it('is none that chance made', () => {
    const made = Array.from({ length: 2000 }, (_, at) => sampleOf([run('base64Url', 68)], `${at}`));
    expect(made.filter((token) => holdsWords(token, token))).toEqual([]);
  });
});
