import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SecretRule } from '../../rule.ts';
import { RULES } from '../../rule-set.ts';
import { crc32Base62 } from '../../secret-format/token-checksum.ts';
import { createSecretScanner, DECODING_DEPTH } from '../secret-scan.ts';
import { decodeEscapes } from './escaped-text.ts';
import { narrowText } from './wide-text.ts';

const scan = createSecretScanner(
  RULES.filter((rule) => rule.kind === 'secret').filter((rule) => rule.id === 'npm-token'),
);
const BODY = 'Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcD';
const TOKEN = `npm_${BODY}${crc32Base62(BODY)}`;
const LINE = `//registry.test/:_authToken=${TOKEN}\n`;

function found(text: string | Buffer) {
  return scan(Buffer.from(text)).hits.map((hit) => ({
    at: `${hit.line}:${hit.column}`,
    how: /; read from (.*)$/.exec(hit.message)?.[1] ?? 'as it stands',
    confidence: hit.confidence,
  }));
}

const once = (at: string, how: string) => [{ at, how, confidence: 'proven' }];
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const everyCharacter = (text: string, write: (code: string) => string) =>
  [...text].map((one) => write(one.charCodeAt(0).toString(16).padStart(2, '0'))).join('');

describe('a secret is found', () => {
  it('in base64, at the place of the encoded text', () => {
    expect(found(`a\n  key: ${base64(TOKEN)}\n`)).toEqual(once('2:8', 'base64'));
    expect(found(`x="${Buffer.from(LINE).toString('base64url')}"`)).toEqual(once('1:4', 'base64'));
  });

  it('in base64 of several lines, whichever line it is broken at', () => {
    for (let shift = 0; shift < 60; shift += 7) {
      const lines = base64(`${'first line of a file\n'.repeat(3)}${'.'.repeat(shift)}${LINE}`);
      for (const gap of ['\n', '\r\n', '\n    ']) {
        const text = `data: |\n${(lines.match(/.{1,76}/g) ?? []).join(gap)}\n`;
        expect(found(text)).toEqual(once('2:1', 'base64'));
      }
    }
  });

  it('in lines as strings in code write them, and behind the escape of one', () => {
    const lines = base64(`${'first line of a file\n'.repeat(9)}${LINE}`).match(/.{1,64}/g) ?? [];
    for (const gap of [
      '\\n',
      '\\r\\n',
      '\\\\n',
      '\\\n',
      '\\n", "',
      "\\n',\n    '",
      '\\n" +\n  "',
      '\\n" "',
    ]) {
      expect(found(`d = "${lines.join(gap)}\\n"`), gap).toEqual(once('1:6', 'base64'));
    }
    for (const letter of ['n', 'r', 't']) {
      expect(found(`d = "a\\${letter}${base64(TOKEN)}"`)).toEqual(once('1:9', 'base64'));
    }
  });

  it('far into a long run that begins as no text', () => {
    const bytes = Buffer.concat([Buffer.alloc(2000, 0x9c), Buffer.from(LINE)]);
    expect(found(`url(data:x;base64,${base64(bytes)})`)).toEqual(once('1:19', 'base64'));
  });

  it.each(['v1/', 'key_', 'a-b-', 'v2/kms/main/'])('in base64 behind %s', (prefix) => {
    for (const repeat of [1, 20]) {
      const text = base64(`${'first line of a file\n'.repeat(repeat)}${LINE}`);
      const at = `1:${prefix.length + 2}`;
      expect(found(`"${prefix}${text}"`)).toEqual(once(at, 'base64'));
    }
  });

  it('in hexadecimal digits behind 0x', () => {
    const text = Buffer.from(LINE).toString('hex');
    expect(found(`"0x${text}"`)).toEqual(once('1:4', 'hexadecimal digits'));
  });

  it('in hexadecimal digits, percent escapes and string escapes', () => {
    expect(found(`h ${Buffer.from(LINE).toString('hex')}`)).toEqual(
      once('1:3', 'hexadecimal digits'),
    );
    expect(found(`u=${encodeURIComponent(LINE).replaceAll('_', '%5F')}`)).toEqual(
      once('1:1', 'percent escapes'),
    );
    expect(found(`'${everyCharacter(TOKEN, (code) => `%${code}`)}'`)).toEqual(
      once('1:2', 'percent escapes'),
    );
    for (const form of ['\\x', '\\u00']) {
      const text = everyCharacter(TOKEN, (code) => `${form}${code}`);
      expect(found(`const a = "${text}"`)).toEqual(once('1:12', 'string escapes'));
    }
    expect(found(`'npm\\u{5f}${TOKEN.slice(4)}'`)).toEqual(once('1:2', 'string escapes'));
  });

  it('in UTF-32 of either byte order, and in base64 inside of UTF-16', () => {
    const wide = Uint32Array.from(`\ufeff\n  ${LINE}`, (one) => one.charCodeAt(0));
    const little = Buffer.from(wide.buffer);
    const column = 3 + LINE.indexOf('npm_');
    expect(found(little)).toEqual(once(`2:${column}`, 'UTF-32'));
    expect(found(Buffer.from(little).swap32())).toEqual(once(`2:${column}`, 'UTF-32'));
    const utf16 = Buffer.from(`\ufeffkey=${base64(TOKEN)}`, 'utf16le');
    for (const bytes of [utf16, Buffer.from(utf16).swap16()]) {
      expect(found(bytes).map((one) => one.how)).toEqual(['base64 in UTF-16']);
    }
    const shell = base64(Buffer.from(`$env:A = "${TOKEN}"`, 'utf16le'));
    expect(found(`powershell -enc ${shell}`)).toEqual(once('1:17', 'base64'));
  });

  it('through encodings in encodings, down to the depth', () => {
    let text = LINE;
    for (let depth = 1; depth <= DECODING_DEPTH + 1; depth += 1) {
      text = base64(text);
      const how = Array.from({ length: depth }, () => 'base64').join(' in ');
      expect(found(text)).toEqual(depth <= DECODING_DEPTH ? once('1:1', how) : []);
    }
  });

  it('once, where most of it can be read as it stands', () => {
    expect(found(`x=${TOKEN}%2Fa`)).toEqual(once('1:3', 'as it stands'));
    expect(found(`"${TOKEN}" + "\\x41"`)).toEqual(once('1:2', 'as it stands'));
  });
});

describe('what is decoded', () => {
  it('is bounded, and a file above the bound is told', () => {
    // every depth of percent escapes keeps nearly all bytes
    const text = `%25252541${'.'.repeat(4000)} `.repeat(400);
    const { unread } = scan(Buffer.from(text));
    expect(unread).toEqual(['it holds more encoded text than is decoded']);
    expect(scan(Buffer.from(text.replaceAll('%25252541', '%2525'))).unread).toEqual([]);
  });

  it('takes time in proportion to the bytes', () => {
    const units = [
      base64(`${'name '.repeat(4)}`),
      '%41',
      '\\x41',
      '\\u0041',
      `${base64('some text in a short line')}\n`,
      `${base64('some text in a short line')}\\n`,
      `${base64('some text in a short line')}\\n",\n  "`,
      'AAAA',
      '4142',
      '\\"',
    ];
    for (const unit of units) {
      const started = performance.now();
      scan(Buffer.alloc(1024 * 1024, unit));
      scan(Buffer.alloc(1024 * 1024, `${unit} `));
      scan(Buffer.alloc(1024 * 1024, `npm_${unit}`));
      expect(performance.now() - started, unit).toBeLessThan(60_000);
    }
  });

  it('is never a reason to fail', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '%41',
            '\\x4',
            '\\u004',
            'AAAA'.repeat(9),
            '\n',
            '\0',
            '\ufeff',
            '"',
            TOKEN,
          ),
          { maxLength: 40 },
        ),
        fc.constantFrom('utf8' as const, 'utf16le' as const),
        (parts, encoding) => {
          const { hits, failed } = scan(Buffer.from(parts.join(''), encoding));
          expect(failed).toEqual([]);
          for (const { line, column } of hits) expect(Math.min(line, column)).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('the window of a rule', () => {
  const rule: SecretRule = {
    ...RULES.find((one) => one.kind === 'secret' && one.mayFit === undefined),
    id: 'quoted',
    title: 'quoted value',
    keywords: ['passkey'],
    pattern: /passkey": ?"(?<value>[a-z]{4,20})"/y,
    reach: 60,
    verify: ({ before, after }) =>
      before.endsWith('{"') && after.startsWith('\n}')
        ? { confidence: 'plausible', reason: 'it is quoted' }
        : null,
  } as SecretRule;
  const quoted = createSecretScanner([rule]);

  it('is read with its escapes where it does not fit as it stands', () => {
    let text = '{"passkey": "wonderful"\n}';
    for (const how of [undefined, 'string escapes', 'string escapes']) {
      const [hit] = quoted(Buffer.from(text)).hits;
      expect(hit?.message).toMatch(
        how === undefined ? /it is quoted$/ : /read from string escapes$/,
      );
      text = JSON.stringify(text);
    }
  });
});

describe('decodeEscapes', () => {
  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\t', '/', 'u', 'x', '4', '\x01') }),
        (text) => {
          expect(decodeEscapes(JSON.stringify(text).slice(1, -1))).toBe(text);
        },
      ),
    );
  });
});

describe('narrowText', () => {
  it('leaves alone what is no wide text', () => {
    const others = ['', 'abc', 'plain text of one byte', '\0'.repeat(100), 'text\0text\0text\0'];
    for (const text of others) expect(narrowText(Buffer.from(text))).toBeNull();
  });
});
