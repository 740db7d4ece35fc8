import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeywordIndex } from './keyword-index.ts';
import {
  CHUNK_BYTES,
  createPlainKernel,
  createWasmKernel,
  type Kernel,
} from './prefilter/kernel.ts';
import type { Literal, LiteralTables } from './prefilter/literal-tables.ts';

function wasmKernel(tables: LiteralTables): Kernel {
  const kernel = createWasmKernel(tables);
  if (kernel === undefined) throw new Error('this runtime has no SIMD in WebAssembly');
  return kernel;
}

const KERNELS = [
  ['WebAssembly', wasmKernel],
  ['plain', createPlainKernel],
] as const;

interface Hit {
  readonly keyword: number;
  readonly offset: number;
  readonly width: number;
  readonly until: number;
}

function look(keywords: readonly Literal[], content: Buffer, kernel: (typeof KERNELS)[number][1]) {
  const hits: Hit[] = [];
  const runs: [number, number][] = [];
  const escapes: number[] = [];
  const unseen: number[] = [];
  const index = createKeywordIndex(keywords, kernel);
  // a text that was looked at before leaves nothing behind
  index.look(Buffer.from(`${keywords[0]?.text ?? ''} ${'A'.repeat(40)}`), {
    keyword() {},
    run() {},
    escape() {},
    unseen() {},
  });
  index.look(content, {
    keyword: (keyword, offset, width, until) => hits.push({ keyword, offset, width, until }),
    run: (start, end) => runs.push([start, end]),
    escape: (offset) => escapes.push(offset),
    unseen: (offset) => unseen.push(offset),
  });
  return { hits: hits.sort(compareHits), runs, escapes, unseen };
}

function compareHits(left: Hit, right: Hit): number {
  return left.keyword - right.keyword || left.width - right.width || left.offset - right.offset;
}

/** The same by searching for each keyword on its own. */
function expected(keywords: readonly Literal[], content: Buffer) {
  const folded = Buffer.from(content.map((byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte)));
  const hits = keywords.flatMap(({ text, ignoreCase }, keyword) => {
    const runsOn = runsOnWith(keywords, text);
    const wanted = ignoreCase ? text.toLowerCase() : text;
    const within = ignoreCase ? folded : content;
    return ([1, 2] as const).flatMap((width) => {
      const needle =
        width === 1 ? Buffer.from(wanted) : Buffer.from(wanted, 'utf16le').subarray(0, -1);
      const offsets: number[] = [];
      for (let at = within.indexOf(needle); at !== -1; at = within.indexOf(needle, at + 1)) {
        if (width === 2 || !runsOn || RUN_ON.test(content.toString('latin1', at + text.length))) {
          offsets.push(at);
        }
      }
      return offsets.map((offset, at) => ({
        keyword,
        offset,
        width,
        until: offsets[at + 1] ?? content.length,
      }));
    });
  });
  const text = content.toString('latin1');
  return {
    hits: hits.sort(compareHits),
    runs: [...text.matchAll(/[A-Za-z0-9+/_-]{24,}/g)].map((run) => [
      run.index,
      run.index + run[0].length,
    ]),
    escapes: [...text.matchAll(/\\[xu]|%[2-7]/g)].map((one) => one.index),
    unseen: [...text.matchAll(UNSEEN_BEGINS)].map((one) => one.index),
  };
}

/** As the bytes of UTF-8. */
const UNSEEN_BEGINS =
  /\xc2\xad|\xcd\x8f|\xe1[\x85\xa0]|\xe2(?:\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0-\xa9]|\xa0\x80)|\xe3\x85\xa4|\xef(?:\xb8[\x80-\x8f]|\xbe\xa0)|\xf0\x9d\x85|\xf3\xa0/g;

const RUN_ON = /^(?:[A-Za-z0-9+/_-]{16}|[A-Za-z0-9+/_-]{0,15}\\)/;

/** Whether all keywords that differ from `text` in case alone run on. */
function runsOnWith(keywords: readonly Literal[], text: string): boolean {
  const same = keywords.filter((one) => one.text.toLowerCase() === text.toLowerCase());
  return same.every((one) => one.runsOn === true);
}

const letters = fc.constantFrom(...'aAbB_1%\\xu27');
const beginnings = fc.constantFrom('aAbB_1aAbB_1aA', 'aAbB_1aAbB_1aAbB', '_1aAbB_1aAbB_1aA');
const literals = fc.array(
  fc.record({
    text: fc.oneof(
      fc.string({ unit: letters, minLength: 4, maxLength: 9 }),
      // longer than what a kernel compares
      fc.tuple(beginnings, fc.string({ unit: letters, maxLength: 9 })).map((of) => of.join('')),
    ),
    ignoreCase: fc.boolean(),
    runsOn: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

/** Texts of few letters, so that keywords occur, overlap and touch; in three encodings. */
const texts = (keywords: readonly Literal[]) =>
  fc
    .array(
      fc.tuple(
        fc.oneof(
          fc.constantFrom(...keywords.map((one) => one.text)),
          fc.string({ unit: letters, maxLength: 40 }),
          fc.string({ unit: 'binary', maxLength: 4 }),
          fc.constantFrom('\0', ' ', 'A'.repeat(23), 'B'.repeat(40)),
          fc.constantFrom(...'\u00ad\u115f\u200b\u201c\u202e\u2061\u3164\ufe0f', '\u{e0041}'),
        ),
        fc.constantFrom('latin1', 'utf8', 'utf16le', 'utf16be', 'upper'),
      ),
      { maxLength: 12 },
    )
    .map((parts) =>
      Buffer.concat(
        parts.map(([text, form]) => {
          if (form === 'utf16be') return Buffer.from(text, 'utf16le').swap16();
          if (form === 'upper') return Buffer.from(text.toUpperCase(), 'latin1');
          return Buffer.from(text, form);
        }),
      ),
    );

describe.each(KERNELS)('the keyword index, %s', (_, kernel) => {
  it('finds what searching for each keyword finds', () => {
    fc.assert(
      fc.property(
        literals.chain((keywords) => fc.tuple(fc.constant(keywords), texts(keywords))),
        ([keywords, content]) => {
          expect(look(keywords, content, kernel)).toEqual(expected(keywords, content));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds keywords, runs, escapes and unseen characters across every place of a chunk border', () => {
    const keywords = ['sk_live_', 'AKIA', 'password'].map((text) => ({ text, ignoreCase: true }));
    const parts = ['sk_LIVE_AKIA', 'PassWord', `"${'Q'.repeat(24)}"`, '\\x41%5F', '\u202e'];
    const wide = parts.slice(0, 2).map((one) => Buffer.from(one, 'utf16le'));
    for (const bytes of [...parts.map((one) => Buffer.from(one)), ...wide]) {
      for (let shift = 0; shift <= bytes.length; shift += 1) {
        const content = Buffer.alloc(CHUNK_BYTES + 37, '.');
        bytes.copy(content, CHUNK_BYTES - shift);
        bytes.copy(content, content.length - bytes.length + (shift % 3));
        expect(look(keywords, content, kernel)).toEqual(expected(keywords, content));
      }
    }
  });

  it('finds a keyword that runs on across every place of a chunk border, and no other', () => {
    const text = 'k'.repeat(48);
    const keywords = ['EAAB', text].map((one) => ({ text: one, ignoreCase: false, runsOn: true }));
    const parts = [
      'Ab0+/_-'.repeat(3),
      `${'A'.repeat(15)}\\`,
      `${'A'.repeat(15)},`,
      'A'.repeat(15),
    ];
    for (const part of parts.flatMap((one) => [`EAAB${one}`, `${text}${one}`])) {
      for (let shift = 0; shift <= part.length; shift += 1) {
        const content = Buffer.alloc(CHUNK_BYTES + 80, '.');
        content.write(part, CHUNK_BYTES - shift);
        content.write(part, content.length - part.length);
        expect(look(keywords, content, kernel)).toEqual(expected(keywords, content));
      }
    }
  });

  it('finds all keywords that have their rarest bytes at one place', () => {
    const text = 'of one name.Qjz$ and of another';
    const [begin, end] = [text.indexOf('Qjz$'), text.indexOf('$') + 1];
    const keywords = Array.from({ length: begin + 1 }, (_, from) => from).flatMap((from) =>
      [end, end + 1, end + 3, end + 9, text.length]
        .map((to) => text.slice(from, to))
        .flatMap((one) => [`${one} and of none`, one])
        .map((one) => ({ text: one, ignoreCase: from % 2 === 0 })),
    );
    for (const content of [text, text.toUpperCase(), text.slice(3), text.slice(0, -3)]) {
      for (const bytes of [Buffer.from(content), Buffer.from(content, 'utf16le')]) {
        expect(look(keywords, bytes, kernel)).toEqual(expected(keywords, bytes));
      }
    }
  });

  it('takes nothing from around a text', () => {
    const keywords = [' key', 'key ', 'key: '].map((one) => ({ text: one, ignoreCase: true }));
    const content = Buffer.from('key');
    expect(look(keywords, content, kernel).hits).toEqual([]);
    const other = Buffer.from('key: key');
    expect(look(keywords, other, kernel)).toEqual(expected(keywords, other));
  });

  it('takes runs that are longer than a chunk', () => {
    const content = Buffer.alloc(3 * CHUNK_BYTES, 'x');
    content[7] = 0x20;
    expect(look([{ text: 'abcd', ignoreCase: false }], content, kernel).runs).toEqual([
      [8, content.length],
    ]);
  });
});

describe('the keyword index', () => {
  it('finds bytes that are no text as well', () => {
    const texts = ['\x02\x01\0\x02\x82', '\x06\x03+eq\x04', '*\x86H\x86\xf7\r'];
    const content = Buffer.from(`\0\0${texts.join('\0\xff')}\0`, 'latin1');
    const index = createKeywordIndex(texts.map((text) => ({ text, ignoreCase: true })));
    const found: string[] = [];
    index.look(content, {
      keyword: (number, offset, width) => found.push(`${number} ${offset} ${width}`),
      run: () => undefined,
      escape: () => undefined,
      unseen: () => undefined,
    });
    expect(found.sort()).toEqual(['0 2 1', '1 9 1', '2 17 1']);
  });

  it('refuses keywords that it cannot find', () => {
    for (const text of ['abc', 'caf\u00e9', 'caf\u0394']) {
      expect(() => createKeywordIndex([{ text, ignoreCase: false }])).toThrow(TypeError);
    }
    const long = { text: 'k'.repeat(49), ignoreCase: false, runsOn: true };
    expect(() => createKeywordIndex([long])).toThrow(TypeError);
  });
});
