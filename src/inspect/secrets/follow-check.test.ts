import { describe, expect, it } from 'vitest';
import { RULES } from '../rule-set.ts';
import { createFollowCheck } from './follow-check.ts';
import { run, UUID_PARTS } from './token-form.ts';

const check = createFollowCheck([
  [['sdk-', 'api-'], ...UUID_PARTS],
  ['two-', run('digit', 2), '.', run('upper', 9)],
]);
const may = (text: string, at = 4) => check?.(Buffer.from(text, 'latin1'), at);

describe('what may follow a prefix', () => {
  it('is what any form goes on with', () => {
    expect(may('api-12ab34cd-')).toBe(true);
    expect(may('two-12.ABCDE')).toBe(true);
    expect(may('api-version')).toBe(false);
    expect(may('api-key')).toBe(false);
    expect(may('api-12')).toBe(false);
  });

  it('is whatever the pattern makes of a quote or an escape', () => {
    expect(may('api-12" + "ab34cd"')).toBe(true);
    expect(may("api-' + '12ab34cd'")).toBe(true);
    expect(may('api-1\\u0032ab')).toBe(true);
  });

  it('is not known of a form that may end', () => {
    expect(createFollowCheck([['abcd', run('digit', 3)]])).toBeNull();
    expect(createFollowCheck([['abcd', run('digit', 0, 40)]])).toBeNull();
  });

  it('is looked at before many patterns, and is so for each of their examples', () => {
    const checked = RULES.filter((one) => one.kind === 'secret').flatMap((rule) => {
      const { keywords, mayFit, ignoreCase, examples } = rule;
      if (mayFit === undefined || ignoreCase === true) return [];
      return examples.bad.map(({ make }) => {
        const content = Buffer.from(make());
        const ends = keywords.flatMap((one) => {
          const ofOne: number[] = [];
          for (let at = content.indexOf(one); at !== -1; at = content.indexOf(one, at + 1)) {
            ofOne.push(at + one.length);
          }
          return ofOne;
        });
        return { id: rule.id, fits: ends.some((end) => mayFit(content, end)) || ends.length === 0 };
      });
    });
    expect(checked.filter(({ fits }) => !fits)).toEqual([]);
    expect(checked.length).toBeGreaterThan(300);
  });
});
