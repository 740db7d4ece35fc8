import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArchiveEntry } from '../../../formats/archive-entry.ts';
import { inspectFile } from '../../engine.ts';
import { RULES } from '../../rule-set.ts';
import { crc32Base62 } from '../../secret-format/token-checksum.ts';
import { DEFAULT_UNPACK_LIMITS } from '../../unpack/unpack-limits.ts';
import { createSecretScanner } from '../secret-scan.ts';
import { INFLATED_BYTES, inflateText } from './compressed-text.ts';

const scan = createSecretScanner(RULES.filter((rule) => rule.id === 'npm-token') as never);
const BODY = 'c0mPr3'.repeat(5);
const TOKEN = `npm_${BODY}${crc32Base62(BODY)}`;

/** Where the token is said to be read from, and what is unread. */
function told(content: Uint8Array | string): readonly string[] {
  const { hits, unread } = scan(Buffer.from(content as string));
  return [...hits.map(({ message }) => /read from (.*)$/.exec(message)?.[1] ?? '-'), ...unread];
}

describe('a secret in compressed data is found', () => {
  it.each([
    ['gzip data in base64', `run("${gzipSync(TOKEN).toString('base64')}")`],
    ['zlib data in base64', `run("${deflateSync(TOKEN).toString('base64')}")`],
    ['zlib data in base64', `run("${deflateSync(TOKEN, { level: 1 }).toString('base64')}")`],
    ['zlib data in base64', `run("${deflateSync(TOKEN, { level: 9 }).toString('base64')}")`],
    ['gzip data in hexadecimal digits', `\\set x '${gzipSync(TOKEN).toString('hex')}'`],
    [
      'zlib data in hexadecimal digits',
      `x = "${deflateSync(TOKEN).toString('hex').toUpperCase()}"`,
    ],
    [
      'base64 in gzip data in base64',
      gzipSync(Buffer.from(TOKEN).toString('base64')).toString('base64'),
    ],
    ['zlib data', deflateSync(`blob 40\0${TOKEN}`)],
  ])('%s', (how, content) => {
    expect(told(content)).toEqual([how]);
  });

  it.each([
    ['zstd data in base64', zstdCompressSync],
    ['deflate data in base64', deflateRawSync],
    ['brotli data in base64', brotliCompressSync],
  ])('also %s that is long enough to be decoded', (how, pack) => {
    const lines = Array.from({ length: 60 }, (_, at) => `line ${at * 7919} of ${at * at}`);
    const packed = pack(`${lines.join('\n')}\n${TOKEN}\n`);
    expect(told(`run("${packed.toString('base64')}")`)).toEqual([how]);
  });

  it('also zstd data that is short, in hexadecimal digits, and a bomb of it is told', () => {
    const packed = zstdCompressSync(TOKEN);
    expect(told(packed.toString('base64'))).toEqual(['zstd data in base64']);
    expect(told(packed.toString('hex'))).toEqual(['zstd data in hexadecimal digits']);
    const bomb = zstdCompressSync(Buffer.alloc(2 * INFLATED_BYTES)).toString('base64');
    const isCut = 'it holds more compressed text than is decoded';
    expect(told(`"${bomb}"\n`.repeat(100))).toEqual([isCut]);
  });

  it('also without its checksum, cut, and with fields in its header', () => {
    const broken = Buffer.from(gzipSync(TOKEN));
    broken.fill(0, broken.length - 8);
    expect(told(broken.toString('base64'))).toEqual(['gzip data in base64']);
    const long = deflateSync(`${TOKEN} ${'and more of it '.repeat(99)}`);
    expect(told(long.subarray(0, -12).toString('base64'))).toEqual(['zlib data in base64']);
    const plain = gzipSync(TOKEN);
    const head = Buffer.from([0x1f, 0x8b, 8, 0x1c, 0, 0, 0, 0, 0, 3, 2, 0, 1, 2]);
    const named = Buffer.concat([head, Buffer.from('a\0b\0'), plain.subarray(10)]);
    expect(told(named.toString('base64'))).toEqual(['gzip data in base64']);
  });

  it('and a bomb is told and not taken out', () => {
    const bomb = gzipSync(Buffer.alloc(8 * INFLATED_BYTES));
    const began = performance.now();
    expect(told(`x="${bomb.toString('base64')}"`)).toEqual([
      'it holds more compressed text than is decoded',
    ]);
    const small = gzipSync(Buffer.alloc(INFLATED_BYTES / 2)).toString('base64');
    const many = `${`"${small}"\n`.repeat(400)}`;
    expect(told(many)).toEqual(['it holds more compressed text than is decoded']);
    expect(performance.now() - began).toBeLessThan(60_000);
  });

  it('and bombs, whole or broken at their end, are taken out a few times and not once each', () => {
    const bomb = gzipSync(Buffer.alloc(2 * INFLATED_BYTES));
    const broken = Buffer.from(gzipSync(Buffer.alloc(INFLATED_BYTES - 4096)));
    broken.fill(0xff, broken.length - 40);
    const secret = gzipSync(TOKEN).toString('base64');
    for (const one of [bomb, broken]) {
      const many = `"${one.toString('base64')}"\n`.repeat(100);
      const isCut = 'it holds more compressed text than is decoded';
      expect(told(`"${secret}"\n${many}`)).toEqual(['gzip data in base64', isCut]);
      // after four of them nothing is taken out any more, and that is told
      expect(told(`${many}"${secret}"`)).toEqual([isCut]);
    }
  });

  it('never more than was asked for', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4000 }), fc.nat(5000), (bytes, most) => {
        // with their whole output in one step, or with a probe before it
        for (const packed of [gzipSync(bytes), deflateSync(bytes)]) {
          const found = inflateText(packed, most);
          if (bytes.length === 0) expect(found).toBeNull();
          else if (bytes.length > Math.max(1, most)) expect(found).toBe('too-large');
          else expect(found).toMatchObject({ content: Buffer.from(bytes) });
        }
      }),
    );
  });

  it('whatever bytes follow the first ones', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        for (const head of [
          [0x1f, 0x8b, 8, 28],
          [0x78, 0x9c],
        ]) {
          expect(() => inflateText(Uint8Array.of(...head, ...bytes), 1000)).not.toThrow();
        }
      }),
    );
  });
});

describe('a file that is brotli by its name', () => {
  const limits = { ...DEFAULT_UNPACK_LIMITS, unpackedBytes: 1024 * 1024 };

  async function inspect(path: string, content: Uint8Array) {
    const entry: ArchiveEntry = {
      ...{ path, kind: 'file', mode: 0o644, sizeBytes: content.length },
      content,
    };
    const file = { file: path, sha256: '0'.repeat(64) as never, sizeBytes: content.length };
    const report = await inspectFile(
      { ...file, form: 'plain', entries: entry, limits },
      'plausible',
    );
    return [
      ...report.findings
        .filter((one) => one.effect !== 'note')
        .map((one) => `${one.rule} ${one.path}`),
      ...report.unread.map((one) => `${one.path}: ${one.reason.replace(/ data: .*/, '')}`),
    ];
  }

  it('is looked into', async () => {
    const packed = brotliCompressSync(`key = "${TOKEN}"; ${'a(); '.repeat(200)}`);
    expect(await inspect('app.js.br', packed)).toEqual(['npm-token app.js.br!app.js']);
    expect(await inspect('app.js.bin', packed)).toEqual([]);
  });

  it('is unread where it is none, and a text where it is one', async () => {
    const noise = Buffer.from(Array.from({ length: 900 }, (_, at) => (at * at * 7 + 129) & 255));
    expect(await inspect('a.br', noise)).toEqual([
      'a.br: its files cannot be read: malformed-archive: the archive: is not sound brotli',
    ]);
    expect(await inspect('pt.br', Buffer.from(`nome = ${TOKEN}\n`))).toEqual(['npm-token pt.br']);
    expect(await inspect('empty.br', Buffer.alloc(0))).toEqual([]);
  });

  it('is bounded as others are', async () => {
    const bomb = brotliCompressSync(Buffer.alloc(4 * 1024 * 1024));
    expect(await inspect('a.br', bomb)).toEqual([
      expect.stringMatching(/^a\.br: .*unpacks to more than 1048576 bytes/),
    ]);
  });
});
