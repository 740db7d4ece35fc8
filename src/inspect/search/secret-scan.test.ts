import { describe, expect, it } from 'vitest';
import { RULES } from '../rule-set.ts';
import { crc32Base62, sha256Base32 } from '../secret-format/token-checksum.ts';
import { createSecretScanner, MATCHES_PER_FILE } from './secret-scan.ts';

const SECRET_RULES = RULES.filter((rule) => rule.kind === 'secret');
const scan = createSecretScanner(SECRET_RULES);
const MIB = 1024 * 1024;

function fill(text: string, sizeBytes: number): Buffer {
  return Buffer.alloc(sizeBytes, text, 'latin1');
}

/** Processor time in milliseconds: other processes of the machine do not count. */
function timed(content: Buffer): number {
  const started = process.cpuUsage();
  scan(content);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

describe('the secret scanner', () => {
  // bounds here tell seconds from minutes; what it costs is measured by npm run bench
  it('looks through 100 MB of JavaScript in less than a minute of processor time', () => {
    const line =
      'export function publish(npm, options) { return npm.config(options.AKey ?? "-----"); }\n';
    expect(timed(fill(line, 100 * MIB))).toBeLessThan(60_000);
  });

  const floods = SECRET_RULES.flatMap((rule) =>
    rule.keywords
      .slice(0, 2)
      .flatMap((keyword) => [
        keyword,
        `${keyword}a`,
        `${keyword}${'A'.repeat(35)}`,
        `${keyword}${'A'.repeat(3000)}`,
        `${keyword}eyJ`,
        `${keyword}1_eyJaaaaaaaaaaa.eyJ`,
        `${keyword}PRIVATE KEY-----\nAAAA- - -A `,
        ...rule.examples.bad.slice(0, 2).map((one) => one.make().slice(0, -1)),
      ]),
  );

  it('takes time in proportion to the bytes, whatever they are', () => {
    // timed again where it was slow: other processes of the machine cost time too
    const slowest = (bytes: Buffer) => Math.min(timed(bytes), timed(bytes), timed(bytes));
    const slow = [...new Set(floods)].filter((flood) => {
      const content = fill(flood, 8 * 1024);
      return timed(content) > 500 && slowest(content) > 500;
    });
    expect(slow).toEqual([]);
    // four times the bytes of the densest flood: far less than the sixteen times of a square
    const small = timed(fill('ghs_', MIB)) + timed(fill('ghs_', MIB));
    const large = timed(fill('ghs_', 4 * MIB)) + timed(fill('ghs_', 4 * MIB));
    expect(large).toBeLessThan(9 * small + 200);
  }, 600_000);

  it('judges what is decoded with what stands around the encoded text', () => {
    const value = ['sdf0o98', '23sjd', 'fsdf7x'].join('');
    const url = `https://a.test/authorize?auth_token=${value}&back=https%3A%2F%2Fa.test`;
    const confidenceIn = (text: string) =>
      scan(Buffer.from(text)).hits.map(({ confidence }) => confidence);
    expect(confidenceIn(`go('${url}')\n`)).toEqual(['plausible']);
    const quotes = '"'.repeat(3);
    expect(confidenceIn(`def go():\n    ${quotes}Goes on.\n\n    '${url}'\n`)).toEqual(['weak']);
  });

  it('counts matches above its bound, by confidence', () => {
    const found = scan(Buffer.from(`npm_${'x'.repeat(36)}\n`.repeat(MATCHES_PER_FILE + 7)));
    expect(found.hits).toHaveLength(MATCHES_PER_FILE);
    expect(found.more.map(({ confidence, count }) => [confidence, count])).toEqual([['weak', 7]]);
  });

  it('finds a token behind bytes that are no text', () => {
    const body = 'Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcD';
    const content = Buffer.concat([
      Buffer.from([0, 0xff, 0xfe, 0x0a, 0]),
      Buffer.from(`npm_${body}${crc32Base62(body)}`),
      Buffer.from([0xff]),
    ]);
    expect(scan(content).hits.map(({ confidence, line }) => [confidence, line])).toEqual([
      ['proven', 2],
    ]);
  });

  it('lowers a wrong checksum to weak and drops nothing', () => {
    const body = 'Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcD';
    const right = `gho_${body}${crc32Base62(body)}`;
    const flipped = `${right.slice(0, -1)}${right.endsWith('a') ? 'b' : 'a'}`;
    expect(scan(Buffer.from(right)).hits.map((one) => one.confidence)).toEqual(['proven']);
    expect(scan(Buffer.from(flipped)).hits.map((one) => one.confidence)).toEqual(['weak']);
  });
});

describe('checksums', () => {
  it('are those of the published algorithms', () => {
    // CRC-32 of "123456789" is cbf43926, the check value of the CRC catalogue
    let value = 0;
    for (const character of crc32Base62('123456789')) {
      value =
        value * 62 +
        '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'.indexOf(character);
    }
    expect(value).toBe(0xcbf43926);
    expect(crc32Base62('')).toBe('000000');
    // SHA-256 of the empty text starts with e3b0c44298
    expect(sha256Base32('', 8)).toBe('4OYMIQUY');
  });
});
