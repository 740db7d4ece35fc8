import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES } from '../rule-set.ts';
import { createSecretScanner } from '../search/secret-scan.ts';
import { ASSIGNMENT } from './assignment.ts';
import { createAssignmentCheck, createWholeValueCheck } from './assignment-check.ts';
import { rule } from './generic/generic-api-key.ts';
import { run, sampleOf } from './token-form.ts';

const scan = createSecretScanner([rule]);
const KEY = sampleOf([run('alnum', 32)], 'assignment');

function confidences(text: string): readonly string[] {
  return scan(Buffer.from(text)).hits.map(({ confidence }) => confidence);
}

describe('whether a name may be given a value', () => {
  const KEYWORD = 'name';
  const LEAST = 12;
  const patternOf = (least: number) =>
    new RegExp(
      `${KEYWORD}[A-Za-z0-9_.-]{0,40}${ASSIGNMENT.source}[A-Za-z0-9+/=_.~!@#%^*?$:|-]{${least}}`,
      'y',
    );
  const pattern = patternOf(LEAST);
  const fits = (text: string, one = pattern) => {
    one.lastIndex = 0;
    return one.test(text);
  };
  const check = createAssignmentCheck(LEAST);
  const mayFit = (text: string, one = check) => one(Buffer.from(text, 'latin1'), KEYWORD.length);

  it.each([
    'names of people',
    `name;${KEY}`,
    `name) { return ${KEY} }`,
    'name: "id", more',
    'name="" + a',
    'name = of + more',
    'name',
  ])('is false of %j', (text) => {
    expect(fits(text)).toBe(false);
    expect(mayFit(text)).toBe(false);
  });

  it('is true of a value whose first part is a sign', () => {
    expect(mayFit(`name = ."+"${KEY.slice(0, 11)}"`)).toBe(true);
    expect(mayFit(`name = "."\n  "${KEY.slice(0, 11)}"`)).toBe(true);
  });

  it.each([12, 16, 40])('is true of all that patterns for %i characters fit', (least) => {
    const longer = patternOf(least);
    const checkLonger = createAssignmentCheck(least);
    const value = KEY.repeat(2).slice(0, least);
    const signs = ['=', ':', '.', '?', '??', '+', '|', '=>', '<-', ',', '(', '>', '[]', '{', '-'];
    const marks = ['"', "'", '`', ']', ' ', '  ', '\t', '\n', '\r\n    ', '&quot;', '\\"', 'b'];
    const words = ['string', "&'static str", 'Optional[str]', 'const char *', 'value', 'default'];
    words.push(
      '{"type": "secret", "value"',
      'type: a, value',
      'As String',
      'Type: String\n',
      'description = "a",',
      'String::from(',
      '</name>',
    );
    const more = [
      '<value>',
      '")',
      ' || ',
      ' or ',
      '": {',
      ' -b ',
      ' serializeAs="String">',
      '</key>',
      '<string>',
      's',
      '\n  - ',
      '{a: "',
      ' translatable="false">',
      '";s:32:"',
      '/',
      'x',
      '_more',
      'atob(',
      'Field(default=',
      'new Of(',
    ];
    const pieces = fc.constantFrom(...signs, ...marks, ...words, ...more, KEY, KEY.slice(0, 8));
    let fitting = 0;
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 8 }), (parts) => {
        const text = `${KEYWORD}${parts.join('')}${value}`;
        if (!fits(text, longer)) return;
        fitting += 1;
        expect(mayFit(text, checkLonger), text).toBe(true);
      }),
      { numRuns: 10_000 },
    );
    expect(fitting).toBeGreaterThan(250);
  });

  it('is asked by the rules that have names', () => {
    const secrets = RULES.filter((one) => one.kind === 'secret');
    const named = secrets.filter((one) => one.pattern.isNear !== undefined && one.mayFit);
    expect(named.length).toBeGreaterThan(200);
  });
});

describe('whether a whole value may follow', () => {
  const NAME = 'api_key';
  const check = createWholeValueCheck(16, 1000, () => true);
  const mayFit = (text: string, at = 0) => check(Buffer.from(text, 'latin1'), at + NAME.length);

  it('is not so within names and signs without an end', () => {
    const text = `${NAME}=`.repeat(2000);
    const places = Array.from({ length: 1800 }, (_, at) => at * (NAME.length + 1));
    expect(places.filter((at) => mayFit(text, at))).toEqual([]);
    expect(mayFit(`${text}${KEY} `, text.length - NAME.length - 1)).toBe(true);
  });

  it('is so wherever the rule finds one', () => {
    const filler = fc.nat(1200).map((length) => KEY.repeat(40).slice(0, length));
    const letters = fc
      .tuple(fc.nat(9), fc.integer({ min: 14, max: 40 }))
      .map(([seed, length]) => sampleOf([run('letter', length)], `${seed}`));
    const words = fc
      .array(fc.constantFrom('my', 'prod', 'Cache', 'Name', 'of', 'TEST'), { maxLength: 8 })
      .chain((all) => fc.constantFrom('', '_', '-', '.').map((joint) => all.join(joint)));
    const worded = fc.tuple(words, fc.constantFrom('', '_', '-'), letters).map((of) => of.join(''));
    const values = fc.oneof(filler, letters, words, worded);
    const signs = fc.constantFrom(
      ...['=', ' = "', '": "', ': str = ', '=string=', ',value=', ':=', ': ', ' = .', '=="', '=b"'],
      ...[
        ', value: "',
        ' = \\n  "',
        ': |\\n    ',
        ' -- ',
        "=''\\n value: ",
        ', --value "',
        ' || "',
        ': |\n  ',
        '=new Key("',
        ' = atob("',
        '=String("',
        '</name>',
        '<-',
      ],
    );
    const ends = fc.constantFrom(
      '"',
      '\n',
      ' ',
      '"+"',
      '" "',
      '" + "',
      '\\n',
      '\\x41',
      ';',
      '',
      '(',
    );
    let found = 0;
    fc.assert(
      fc.property(signs, values, ends, values, (sign, before, end, after) => {
        const text = `${NAME}${sign}${before}${end}${after}`;
        if (confidences(text).length > 0) found += 1;
        const unfiltered = { ...rule, mayFit: () => true };
        expect(createSecretScanner([unfiltered])(Buffer.from(text)).hits.length, text).toBe(
          confidences(text).length,
        );
      }),
      { numRuns: 2000 },
    );
    expect(found).toBeGreaterThan(200);
  });

  it.each([
    ['in a call', `=someLongNameOf.Value("${KEY}")`],
    ['in another string', `="prod_cache_names_" + "${KEY}"`],
    ['behind an escape', `="prod_cache_names_\\x4b${KEY}"`],
  ])('is so where it goes on or is no value: %s', (_, text) => {
    expect(confidences(`${NAME}${text}`)).toEqual(['plausible']);
  });

  it('is not so of words, whatever their letters', () => {
    const texts = ['someNamesOfThings', 'SOME_NAMES_OF_THINGS', 'some-names.of-things'];
    const [mayFind] = [rule].map((one) => one.mayFit?.bind(one));
    for (const text of texts) {
      expect(mayFind?.(Buffer.from(`${NAME}: "${text}", `), NAME.length)).toBe(false);
    }
  });
});
