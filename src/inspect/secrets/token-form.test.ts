import { describe, expect, it } from 'vitest';
import { patternOf, reachOf, run, sampleOf, UUID_PARTS } from './token-form.ts';

describe('a form', () => {
  const parts = ['ab.', ['x', 'yz'], run('hex', 8), '-', run('alnum', 3, 5)] as const;

  it('makes a pattern that takes its own samples, whole', () => {
    const pattern = new RegExp(`^${patternOf(parts)}$`);
    for (let seed = 0; seed < 50; seed += 1) expect(sampleOf(parts, `${seed}`)).toMatch(pattern);
    expect(sampleOf(UUID_PARTS, 'u')).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('takes literals as they are, not as patterns', () => {
    const pattern = new RegExp(`^${patternOf(['a.b+c'])}$`);
    expect(pattern.test('a.b+c')).toBe(true);
    expect(pattern.test('aXbbc')).toBe(false);
  });

  it('knows how long it can be', () => {
    expect(reachOf(parts)).toBe(3 + 2 + 8 + 1 + 5);
  });

  it('makes the same sample of the same seed and another of another', () => {
    expect(sampleOf(parts, 'a')).toBe(sampleOf(parts, 'a'));
    expect(sampleOf(parts, 'a')).not.toBe(sampleOf(parts, 'b'));
  });
});
