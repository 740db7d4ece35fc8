import { describe, expect, it } from 'vitest';
import { createSecretScanner } from '../search/secret-scan.ts';
import { defineInfixToken, defineNamedValue, defineToken } from './define.ts';
import { quoted, run, sampleOf } from './token-form.ts';

const TEXTS = { family: 'web', title: 'test token', about: 'Tokens of a test' } as const;
const BODY = sampleOf([run('alnum', 24)], 'body');
const HEX = sampleOf([run('hex', 32)], 'hex');

function confidences(
  rule: Parameters<typeof createSecretScanner>[0][number],
  text: string,
): readonly string[] {
  return createSecretScanner([rule])(Buffer.from(text)).hits.map((hit) => hit.confidence);
}

describe('a token with a prefix', () => {
  const rule = defineToken({ ...TEXTS, id: 'test-token', forms: [['tst_', run('alnum', 24)]] });

  it.each([
    ['in quotes', `"tst_${BODY}"`, ['plausible']],
    ['after an escaped line end', `a\\ntst_${BODY}\\n`, ['plausible']],
    ['after a percent escape', `?a%3Dtst_${BODY}`, ['plausible']],
    ['after an underscore', `KEY_tst_${BODY}`, ['plausible']],
    ['inside a word', `xtst_${BODY}`, []],
    ['that is longer', `tst_${BODY}x`, ['plausible']],
    ['that is shorter', `tst_${BODY.slice(1)}`, ['plausible']],
    ['that is far too short', `tst_${BODY.slice(12)}`, []],
    ['in a name', `my-tst_${BODY}x`, []],
    ['as a module of Rust is called in what is built', `tst_sys.${HEX.slice(0, 16)}-cgu.0 `, []],
    ['with the name of a file behind it', `tst_${BODY}x.png`, []],
    ['that a call follows', `tst_${BODY}x(1)`, []],
    ['of a placeholder', `tst_${'x'.repeat(24)}`, ['weak']],
    ['of words', 'tst_thisIsWhereYouPutTheKey', []],
  ])('%s', (_, text, expected) => {
    expect(confidences(rule, text)).toEqual(expected);
  });

  it('looks for a short prefix with every character that may follow', () => {
    const short = defineToken({ ...TEXTS, id: 'test-token', forms: [['t8_', run('hex', 24)]] });
    expect(short.keywords).toHaveLength(16);
    for (const keyword of short.keywords) expect(keyword).toHaveLength(4);
  });
});

describe('a token with a prefix that only counts at the start of a string', () => {
  const rule = defineToken({
    ...TEXTS,
    id: 'test-token',
    forms: [[quoted('t-'), run('alnum', 24)]],
  });

  it.each([
    ['in quotes', `new Client("t-${BODY}")`, ['plausible']],
    ['in a string of bytes', `key = b't-${BODY}'`, ['plausible']],
    ['after a variable of the environment', `VENDOR=t-${BODY}\n`, ['plausible']],
    ['after one that is exported', `export VENDOR_2=t-${BODY}\n`, ['plausible']],
    ['after the name of an id', `VENDOR_ID=t-${BODY}\n`, []],
    ['after the name of a line of YAML', `a: 1\n  - vendor: t-${BODY}\n`, ['plausible']],
    ['after that of an id', `  vendor_id: t-${BODY}\n`, []],
    ['in a sentence', `what it is called: t-${BODY}\n`, []],
    ['in the query of an address', `?item=t-${BODY}`, []],
    ['behind the end of another string', `"a"t-${BODY}`, []],
    ['behind what base64 ends with', `${BODY}=t-${BODY}`, []],
  ])('%s', (_, text, expected) => {
    expect(confidences(rule, text)).toEqual(expected);
  });
});

describe('a checksum', () => {
  const rule = defineToken({
    ...TEXTS,
    id: 'test-token',
    forms: [['tst_', run('alnum', 24), run('digit', 2)]],
    sign: (token) => `${token.slice(0, -2)}42`,
  });

  it('proves a token when right, wherever it stands, and lowers it when wrong', () => {
    expect(confidences(rule, `"tst_${BODY}42"`)).toEqual(['proven']);
    expect(confidences(rule, `xtst_${BODY}42y`)).toEqual(['proven']);
    expect(confidences(rule, `"tst_${BODY}43"`)).toEqual(['weak']);
  });
});

describe('a token with a literal inside', () => {
  const rule = defineInfixToken({
    ...TEXTS,
    id: 'test-token',
    head: [run('alnum', 8)],
    infix: '.mark.',
    tail: [run('alnum', 16)],
  });

  it('needs both sides and nothing around them', () => {
    const [head, tail] = [BODY.slice(0, 8), BODY.slice(8)];
    expect(confidences(rule, `"${head}.mark.${tail}"`)).toEqual(['plausible']);
    expect(confidences(rule, `"${head.slice(1)}.mark.${tail}"`)).toEqual([]);
    expect(confidences(rule, `"x${head}.mark.${tail}"`)).toEqual([]);
    expect(confidences(rule, `"${head}.mark.${tail}x"`)).toEqual([]);
  });
});

describe('a value after a name', () => {
  const rule = defineNamedValue({
    ...TEXTS,
    id: 'test-key',
    names: ['testly'],
    form: [run('hex', 32)],
  });

  it.each([
    ['a variable of a shell', `export TESTLY_API_KEY=${HEX}`, ['plausible']],
    ['a property', `{ testlyToken: "${HEX}" }`, ['plausible']],
    ['JSON', `{"testly_secret": "${HEX}"}`, ['plausible']],
    ['JSON in a string', `"{\\"testly_secret\\":\\"${HEX}\\"}"`, ['plausible']],
    ['a call with two arguments', `set("testly.key", "${HEX}")`, ['plausible']],
    ['an element of an object', `process.env["TESTLY_KEY"] = "${HEX}"`, ['plausible']],
    ['an element of XML', `<testlyToken>${HEX}</testlyToken>`, ['plausible']],
    ['a header', `Testly-Key: ${HEX}`, ['plausible']],
    ['a placeholder', `TESTLY_KEY=${'0'.repeat(32)}`, ['weak']],
    ['a name of something else', `testlyDigest = "${HEX}"`, []],
    ['a longer value', `TESTLY_KEY=${HEX}00`, ['plausible']],
    ['a shorter value', `TESTLY_KEY=${HEX.slice(8)}`, []],
    ['a value of another alphabet', `TESTLY_KEY=${BODY}`, ['plausible']],
    ['a type and a value', `var testlyToken string = "${HEX}"`, ['plausible']],
    ['the next line of XML', `<testlyToken>\n  ${HEX}\n</testlyToken>`, ['plausible']],
    ['a property list', `<key>testlyToken</key>\n<string>${HEX}</string>`, ['plausible']],
    ['a list of variables', `- name: TESTLY_KEY\n  value: ${HEX}\n`, ['plausible']],
    ['a block of YAML', `testly_key: |\n  ${HEX}\n`, ['plausible']],
    ['an option', `run --testly-token ${HEX} --fast`, ['plausible']],
    ['a Dockerfile', `ENV TESTLY_TOKEN ${HEX}\n`, ['plausible']],
    ['the name of the vendor alone', `testly: "${HEX}"`, ['plausible']],
    ['a path that begins alike', `TESTLY_KEY=${HEX}/x`, []],
    ['no assignment', `testly key ${HEX}`, []],
  ])('in %s', (_, text, expected) => {
    expect(confidences(rule, text)).toEqual(expected);
  });
});
