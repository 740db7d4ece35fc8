import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES } from '../rule-set.ts';
import { createSecretScanner } from '../secret-scan.ts';
import { ASSIGNMENT, createAssignmentCheck, createWholeValueCheck } from './assignment.ts';
import { rule } from './generic/generic-api-key.ts';
import { run, sampleOf } from './token-form.ts';

const scan = createSecretScanner([rule]);
const KEY = sampleOf([run('alnum', 32)], 'assignment');
const HALF = KEY.length / 2;

function confidences(text: string): readonly string[] {
  return scan(Buffer.from(text)).hits.map(({ confidence }) => confidence);
}

describe('a value is given to a name', () => {
  it.each([
    ['in a shell of fish', `set -gx APP_API_KEY "${KEY}"\n`],
    ['for good on Windows', `setx APP_API_KEY "${KEY}"\r\n`],
    ['in a header of C', `#define APP_API_KEY "${KEY}"\n`],
    ['as characters of C', `const char app_api_key[] = "${KEY}";\n`],
    ['when a variable is not set', `process.env['APP_API_KEY'] ?? "${KEY}"`],
    ['as what a variable is by default', `@Value("${'$'}{app.api.key:${KEY}}")`],
    ['with a type that may be none', `    api_key: Optional[str] = "${KEY}"\n`],
    ['as the default of a field', `    api_key: str = Field(default="${KEY}")\n`],
    ['as the default of an option', `parser.add_argument("--api-key", default="${KEY}")\n`],
    [
      'as the default of a variable',
      `variable "api_key" {\n  type = string\n  default = "${KEY}"\n}`,
    ],
    ['as bytes', `API_KEY = b"${KEY}"\n`],
    ['in brackets', `API_KEY = (\n    "${KEY}"\n)\n`],
    ['in a static string of Rust', `static API_KEY: &'static str = "${KEY}";\n`],
    ['in a list of names and values', JSON.stringify([{ name: 'API_KEY', value: KEY }], null, 2)],
    ['in a list without blanks', JSON.stringify([{ key: 'API_KEY', value: KEY }])],
    ['in an element of a page', `<meta name="api-key" content="${KEY}">`],
    ['with quotes of markup', `{&quot;api_key&quot;:&quot;${KEY}&quot;}`],
    ['in a string of a string', `buildConfigField("String", "API_KEY", "\\"${KEY}\\"")`],
    ['in a table', `INSERT INTO settings VALUES ('api_key', '${KEY}');`],
    ['with an arrow', `api_key <- "${KEY}"\n`],
    ['in parts', `const apiKey =\n  "${KEY.slice(0, HALF)}" +\n  "${KEY.slice(HALF)}";\n`],
    ['in parts without a sign', `API_KEY = ("${KEY.slice(0, HALF)}"\n  "${KEY.slice(HALF)}")\n`],
    ['in a flow of YAML', `auth: { api_key: ${KEY}, user: bob }\n`],
    ['as a string of Rust', `let api_key = String::from("${KEY}");\n`],
    ['when a call has no answer', `key = os.getenv("APP_API_KEY") or "${KEY}"\n`],
    ['in Visual Basic', `Dim apiKey As String = "${KEY}"\n`],
    ['to a property of C#', `public string ApiKey { get; private set; } = "${KEY}";`],
    ['as text that a bundler puts in', `{'process.env.API_KEY': JSON.stringify('${KEY}')}`],
    ['in a list of lists', `new Map([['APP_API_KEY', '${KEY}']])`],
    ['of a registry by a command', `npm config set //npm.acme.test/:api_key ${KEY}\n`],
    ['in Lisp', `(setq api-key "${KEY}")\n`],
    ['in CMake', `set(API_KEY "${KEY}")\n`],
    [
      'as the default of a variable with a description',
      `variable "api_key" {\n  description = "Key of the service"\n  type = string\n  default = "${KEY}"\n}`,
    ],
    ['as what a parameter holds', JSON.stringify({ apiKey: { value: KEY } }, null, 2)],
    ['as the default of a parameter', `  ApiKey:\n    Type: String\n    Default: ${KEY}\n`],
    ['beside a type', `{"key": "api_key", "type": "string", "value": "${KEY}"}`],
    ['in elements of a name and a value', `<name>api.key</name>\n  <value>${KEY}</value>\n`],
    [
      'in an element of a setting',
      `<setting name="ApiKey" serializeAs="String">\n  <value>${KEY}</value>\n</setting>`,
    ],
    ['in an attribute of Android', `<meta-data android:name="api_key" android:value="${KEY}" />`],
    ['in a section of characters', `<api_key><![CDATA[${KEY}]]></api_key>`],
    ['as an option of PowerShell', `Connect-Service -ApiKey "${KEY}" -Verbose\n`],
    ['as a secure string', `$apiKey = ConvertTo-SecureString "${KEY}" -AsPlainText -Force\n`],
    ['in a shell of fish without quotes', `set -gx APP_API_KEY ${KEY}\n`],
    ['as an option with one dash', `tool -api_key ${KEY}\n`],
    ['in a list of arguments', `"args": ["-y", "tool", "--api-key", "${KEY}"]`],
    ['as a setting of a command', `npm config set api_key ${KEY}\n`],
    ['as a secret of a repository', `gh secret set APP_API_KEY -b ${KEY}\n`],
    ['at length', `API_KEY=${sampleOf([run('alnum', 600)], 'long')}\n`],
    ['before the end of a string of C', `\0API_KEY=${KEY}\0\x01`],
  ])('%s', (_, text) => {
    expect(confidences(text)).toEqual(['plausible']);
  });

  it.each([
    ['beside another value in a list', `[("api_key", "${KEY}")]`],
    ['after a space in a sentence', `the api_key ${KEY}`],
    ['after a dash in a list', `- api_key ${KEY}`],
    ['as a name of a variable', 'connect({ api_key: theKeyThatTheUserGaveUs, user })'],
    ['in parts of a list', `["api_key", "${KEY.slice(0, HALF)}", "${KEY.slice(HALF)}"]`],
  ])('but not %s', (_, text) => {
    expect(confidences(text)).toEqual([]);
  });
});

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
