import { describe, expect, it } from 'vitest';
import { wasOver } from './expiry.ts';

describe('the end of a secret', () => {
  it('is over before 2026, whenever the rule runs', () => {
    expect(wasOver(Date.UTC(2025, 11, 31, 23, 59))).toBe(true);
    expect(wasOver(Date.UTC(2026, 0, 1))).toBe(false);
    expect(wasOver(Date.UTC(2099, 0, 1))).toBe(false);
  });

  it('is not over where there is none', () => {
    expect(wasOver(Number.NaN)).toBe(false);
  });
});
