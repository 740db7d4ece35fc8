import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../rule-set.ts';
import { crc32Base62 } from '../../secret-format/token-checksum.ts';
import { createSecretScanner } from '../secret-scan.ts';
import { createSpellingDecoder, SPELLING_SIGNS } from './spelled-text.ts';

const scan = createSecretScanner(
  RULES.filter((rule) => rule.kind === 'secret').filter(({ id }) =>
    ['npm-token', 'generic-api-key'].includes(id),
  ),
);
const BODY = 'sP3lL3dQz9'.repeat(3);
const TOKEN = `npm_${BODY}${crc32Base62(BODY)}`;
const VALUE = 'q7Zk2VxW9bTfR4mLs8NcYd3JhGp6';

/** Where something is found, and how it was read. */
function told(content: Buffer | string): readonly string[] {
  return scan(Buffer.from(content as string)).hits.map(
    ({ line, column, message }) =>
      `${line}:${column} ${/read from (.*)$/.exec(message)?.[1] ?? '-'}`,
  );
}

const codes = (text: string) => [...Buffer.from(text)];
const octal = (text: string) =>
  codes(text)
    .map((code) => `\\${code.toString(8).padStart(3, '0')}`)
    .join('');
const list = (text: string, gap = ', ') => codes(text).join(gap);
const hexadecimal = (text: string) => codes(text).map((code) => `0x${code.toString(16)}`);
const entities = (text: string) => codes(text).map((code) => `&#${code};`);

describe('a token is found', () => {
  it.each([
    ['in octal escapes', `char a[] = "${octal(TOKEN)}";`, '1:13 octal escapes'],
    [
      'in octal escapes in part',
      `a = "${TOKEN.slice(0, 9)}${octal(TOKEN.slice(9))}"`,
      '1:6 octal escapes',
    ],
    ['in decimal entities', `<a b="${entities(TOKEN).join('')}">`, '1:2 entities'],
    ['in entities in part', `<a b="${TOKEN.replace('_', '&#95;')}">`, '1:2 entities'],
    [
      'in hexadecimal entities',
      `<a>${codes(TOKEN)
        .map((code) => `&#x${code.toString(16).toUpperCase()};`)
        .join('')}</a>`,
      '1:4 entities',
    ],
    ['of a call', `x=String.fromCharCode(${list(TOKEN, ',')})`, '1:23 a list of numbers'],
    ['of a call with a list', `f(...[${list(TOKEN)}])`, '1:7 a list of numbers'],
    ['of a buffer', `Buffer.from([\n  ${list(TOKEN, ',\n  ')}\n])`, '2:3 a list of numbers'],
    ['of a buffer in JSON', JSON.stringify(Buffer.from(TOKEN), null, 2), '4:5 a list of numbers'],
    ['of bytes of Python', `bytes([ ${list(TOKEN)} ])`, '1:9 a list of numbers'],
    ['of bytes of Go', `[]byte{${hexadecimal(TOKEN).join(', ')}}`, '1:8 a list of numbers'],
    [
      'of an array of C',
      `char a[] = {\n    ${hexadecimal(TOKEN).join(',\n    ')}, 0 };`,
      '2:5 a list of numbers',
    ],
    [
      'of strings of a list',
      `k=["${TOKEN.slice(0, 2)}", '${TOKEN.slice(2, 9)}',\n"${TOKEN.slice(9)}",].join("")`,
      '1:4 strings put together',
    ],
    [
      'of strings of a list in Python',
      `''.join(["${TOKEN.slice(0, 20)}", "${TOKEN.slice(20)}"])`,
      '1:10 strings put together',
    ],
    [
      'that is turned round',
      `a("${[...TOKEN].reverse().join('')}".split("").reverse().join(""))`,
      '1:3 a string turned round',
    ],
    [
      'that is turned round in Python',
      `k = '${[...TOKEN].reverse().join('')}'[::-1]`,
      '1:5 a string turned round',
    ],
    [
      'in base64',
      Buffer.from(`[${list(TOKEN)}]`).toString('base64'),
      '1:1 a list of numbers in base64',
    ],
  ])('%s', (_, text, where) => {
    expect(told(text)).toEqual([where]);
  });

  it('in UTF-16, once', () => {
    const text = Buffer.from(`\ufeff[${list(TOKEN)}]`, 'utf16le');
    expect(told(text)).toEqual(['1:3 a list of numbers in UTF-16']);
  });

  it('in each of several texts, also beyond the reach of one', () => {
    const one = `"${octal(TOKEN)}" [${list(TOKEN)}]\n`;
    expect(told(one.repeat(3))).toHaveLength(6);
    expect(told(`"${octal(' '.repeat(3000))}${octal(TOKEN)}"`)).toHaveLength(1);
  });
});

describe('a value is found by the name before it', () => {
  it.each([
    ['octal escapes', `apiKey = "${octal(VALUE)}"`, '1:1 string escapes'],
    ['entities', `<add key="API_KEY" value="${entities(VALUE).join('')}"/>`, '1:2 entities'],
    ['a call', `const apiKey=String.fromCharCode(${list(VALUE)})`, '1:34 a list of numbers'],
    [
      'strings of a list',
      `apiKey: ["${VALUE.slice(0, 9)}", "${VALUE.slice(9)}"].join('')`,
      '1:10 strings put together',
    ],
    ['a buffer', `  apiKey: Buffer.from([${list(VALUE)}]),`, '1:24 a list of numbers'],
  ])('%s', (_, text, where) => {
    expect(told(text)).toEqual([where]);
  });
});

describe('what is no text is left', () => {
  it.each([
    ['fewer numbers than a secret has characters', `[${list(TOKEN.slice(0, 15))}]`],
    ['a list that is cut by another sign', `[${list(TOKEN, ' | ')}]`],
    ['numbers above ASCII', `[${codes(TOKEN).map((code) => code + 128)}]`],
    ['numbers with fractions', `[${codes(TOKEN).map((code) => `${code}.5`)}]`],
    [
      'strings that are parted by something',
      `["${TOKEN.slice(0, 9)}", "${TOKEN.slice(9)}"].join("-")`,
    ],
    [
      'a list with something else in it',
      `["${TOKEN.slice(0, 9)}", a, "${TOKEN.slice(9)}"].join("")`,
    ],
    ['strings of words', '["one of words", "another of words"].join("")'],
    ['two commas', `[${list(TOKEN, ',,')}]`],
  ])('%s', (_, text) => {
    expect(told(text)).toEqual([]);
  });

  it('whatever stands around a sign', () => {
    const parts = [...SPELLING_SIGNS.map(({ text }) => text), '95,', ' 0x5f', ';', '"', '\n', '<'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 60 }), (words) => {
        expect(scan(Buffer.from(words.join(''))).failed).toEqual([]);
      }),
    );
  });

  it.each([
    ...['\\141', '&#97', '&#x61;', '&#10', '[101,', '[101, 102, ', 'byte{', '"Buffer"'],
    ...['"a"].join("")', '"".join([', '.reverse()', '[::-1]', '"a",'],
  ])('and of nothing but %j hardly more is read than there is', (unit) => {
    const behindList = `[${'"a",'.repeat(500)}${unit.repeat(200)}`;
    for (const text of [unit, `${unit}\n`, behindList]) {
      const content = Buffer.alloc(64 * 1024, text);
      let bytes = 0;
      content.toString = (encoding, start = 0, end = content.length) => {
        bytes += Math.max(0, end - start);
        return Buffer.prototype.toString.call(content, encoding, start, end);
      };
      const decoder = createSpellingDecoder(content, () => undefined);
      for (const sign of SPELLING_SIGNS) {
        const place = (from: number) => content.indexOf(sign.text, from);
        for (let at = place(0); at !== -1; at = place(at + 1)) decoder.add(at, 1);
      }
      decoder.finish();
      expect(bytes).toBeLessThan(64 * content.length);
    }
  });
});
