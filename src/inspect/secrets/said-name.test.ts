import { describe, expect, it } from 'vitest';
import { createSecretScanner } from '../search/secret-scan.ts';
import { defineNamedValue } from './define.ts';
import { run, sampleOf, UUID_PARTS } from './token-form.ts';

const TEXTS = {
  family: 'web',
  title: 'test key',
  about: 'Keys of a test',
  names: ['acme'],
} as const;
const HEX = sampleOf([run('hex', 40)], 'said');
const UUID = sampleOf(UUID_PARTS, 'said');
const rule = defineNamedValue({ ...TEXTS, id: 'test-key', form: [run('hex', 40)] });
const ofUuid = defineNamedValue({ ...TEXTS, id: 'test-uuid', form: [...UUID_PARTS] });
const strict = defineNamedValue({
  ...TEXTS,
  id: 'test-secret',
  form: [run('hex', 40)],
  also: /secret/i,
});

function confidences(text: string, one = rule): readonly string[] {
  return createSecretScanner([one])(Buffer.from(text)).hits.map((hit) => hit.confidence);
}

describe('a name in words', () => {
  it.each([
    `acme token = '${HEX}'`,
    `acme token - '${HEX}'\n`,
    `Acme API token: ${HEX}\n`,
    `# the acme personal access token is "${HEX}"`,
    `acme secret -> \`${HEX}\``,
    `ACME AUTH TOKEN: ${HEX}\n`,
    `acme_api_key - '${HEX}'`,
    `acme oauth client secret="${HEX}"`,
  ])('is given its value by %j', (text) => {
    expect(confidences(text)).toEqual(['plausible']);
  });

  it('is that of a key in the form of an id, too', () => {
    expect(confidences(`acme key: ${UUID}\n`, ofUuid)).toEqual(['plausible']);
    expect(confidences(`acme project: ${UUID}\n`, ofUuid)).toEqual([]);
  });

  it('is what its rule asks for', () => {
    expect(confidences(`acme client secret - '${HEX}'`, strict)).toEqual(['plausible']);
    expect(confidences(`acme token - '${HEX}'`, strict)).toEqual([]);
  });

  it.each([
    ['tells no value after a comma', `the acme token, "${HEX}", and`],
    ['tells no value in brackets', `acme token (${HEX})`],
    ['tells no value after a dash without quotes', `acme token - ${HEX}`],
    ['is none with more words behind', `acme token of a user: ${HEX}`],
    ['is none in the plural', `acme tokens: ${HEX}`],
    ['is none of a public key', `acme public key: ${HEX}`],
    ['is none of a vendor alone', `acme - '${HEX}'`],
    ['has no words for a value', `acme token: "please-enter-it-again-here"`],
  ])('%s', (_, text) => {
    expect(confidences(text)).toEqual([]);
  });
});
