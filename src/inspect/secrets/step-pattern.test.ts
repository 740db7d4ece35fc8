import { describe, expect, it } from 'vitest';
import { createStepPattern } from './step-pattern.ts';

const pattern = createStepPattern(
  /(?<name>key[a-z]*)/y,
  /(?<sign> ?[=:] ?)/y,
  /(?<value>\d{3,5})/y,
);

describe('a pattern in steps', () => {
  it('matches as one regular expression of all its steps does', () => {
    const whole = new RegExp(pattern.source, 'y');
    for (const text of ['keys = 1234', 'key:12345678', 'key = 12', 'key 123', 'no key=123']) {
      pattern.lastIndex = 0;
      whole.lastIndex = 0;
      const [found, expected] = [pattern.exec(text), whole.exec(text)];
      expect(found?.[0]).toBe(expected?.[0]);
      expect({ ...found?.groups }).toEqual({ ...expected?.groups });
    }
  });

  it('begins where it is told, and says whether all but the value fitted', () => {
    pattern.lastIndex = 3;
    expect(pattern.exec('no key=123')?.groups?.['value']).toBe('123');
    pattern.lastIndex = 0;
    expect(pattern.exec('key=12')).toBeNull();
    expect(pattern.isNear).toBe(true);
    expect(pattern.exec('key 123')).toBeNull();
    expect(pattern.isNear).toBe(false);
  });
});
