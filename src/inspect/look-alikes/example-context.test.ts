import { describe, expect, it } from 'vitest';
import type { SecretAnswer, SecretMatch } from '../rule.ts';
import { unlessExample } from './example-context.ts';

const FOUND: SecretAnswer = { confidence: 'plausible', reason: 'it looks random' };
const HOST = ['example', 'com'].join('.');

function confidenceOf(around: Partial<Pick<SecretMatch, 'before' | 'after'>>): string {
  const match: SecretMatch = {
    text: 'key',
    groups: {},
    before: '',
    after: '',
    passage: () => ({ text: '', isWhole: false }),
    ...around,
  };
  return unlessExample(FOUND, match).confidence;
}

describe('a value in what reads like an example', () => {
  it.each([
    ['a remark', { before: '# for example:\nkey = ' }],
    ['a plural', { after: '"\n// Examples of calls' }],
    ['people of examples', { before: 'user: John Doe\nkey: ' }],
    ['a query to nobody', { before: `get("https://${HOST}?key=` }],
    ['a path to nobody', { before: `get("https://api.${HOST}:8443/v1/` }],
  ])('is shown after %s', (_, around) => {
    expect(confidenceOf(around)).toBe('weak');
  });

  it.each([
    ['an address of mail beside it', { before: `MAIL_FROM=hello@${HOST}\nMAIL_PASSWORD=` }],
    ['a host beside it', { before: `fetch("https://api.${HOST}/v1", { headers: { key: "` }],
    ['a host behind it', { after: `" https://${HOST}/` }],
    ['a host that only begins so', { before: `get("https://exampledb.io?key=` }],
    ['nothing', {}],
  ])('is none after %s', (_, around) => {
    expect(confidenceOf(around)).toBe('plausible');
  });
});
