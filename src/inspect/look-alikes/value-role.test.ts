import { describe, expect, it } from 'vitest';
import { answerByRole } from './value-role.ts';

describe('what a value is there for', () => {
  it.each([
    ['a parameter of a picture', '![a](https://ci.q4zk.io/a.svg?style=flat&token=', ')'],
    ['a vector', '\nKEY: ', '\nNONCE: 00\nAD: 01\nCT: 02\n'],
    ['a vector in a string', 'HASH: 9f06\\n\\nKEY: ', '\\nIN: 3c\\n'],
    ['what a test expects', 'expect(made).toEqual({\n  shared_secret: "', '",\n});'],
    ['what a test of Python expects', 'self.assertEqual(made, dict(secret="', '"))'],
  ])('is known: %s', (_, before, after) => {
    expect(answerByRole(before, after)?.confidence).toBe('weak');
  });

  it.each([
    ['behind a picture', 'https://q4zk.io/a.svg?a=b "token" = "', '"'],
    ['a page with a parameter', 'https://q4zk.io/a?token=', '"'],
    ['a key and its nonce', '\nKEY=', '\nIV=00\nNONCE=01\n'],
    ['one label alone', '\nKEY: ', '\nTAG: latest\n'],
    ['behind an assertion', 'assertEqual(a, b)\nsecret = "', '"'],
    ['behind a statement', 'expect(a).toBe(b);\nconst secret = "', '"'],
  ])('is not: %s', (_, before, after) => {
    expect(answerByRole(before, after)).toBeNull();
  });
});
