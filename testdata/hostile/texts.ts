/** Plain files that are hard on whoever looks for something in them. */
import { crc32Base62 } from '../../src/inspect/secret-format/token-checksum.ts';
import { type Sample, sample } from './sample.ts';

const MIB = 1024 * 1024;
const NONE = /0 findings/;

/** One line of this text over and over. */
function line(text: string, sizeBytes: number): Buffer {
  return Buffer.alloc(sizeBytes, text);
}

/** `count` tokens, each another and each with the right checksum. */
function tokens(count: number): Buffer {
  const lines = Array.from({ length: count }, (_, at) => {
    const body = `k${at.toString(36).padStart(8, 'q')}Z`.repeat(3);
    return `a${at} = "npm_${body}${crc32Base62(body)}"`;
  });
  return Buffer.from(lines.join('\n'));
}

/** All of them; the longest have `sizeBytes`. */
export function makeTexts(sizeBytes: number): readonly Sample[] {
  return [
  sample('one-long-line.js', 0, NONE, () => line('var a=b(c,d);', sizeBytes)),
  sample('one-letter.txt', 0, NONE, () => line('a', sizeBytes)),
  sample('base64-letters.txt', 0, NONE, () => line('QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo', sizeBytes)),
  sample('hex-letters.txt', 0, NONE, () => line('0123456789abcdef', sizeBytes)),
  sample('percent-escapes.txt', 0, NONE, () => line('%41%42%43', sizeBytes)),
  sample('unicode-escapes.txt', 0, NONE, () => line('\\u0041\\x42', sizeBytes)),
  sample('backslashes.txt', 0, NONE, () => line('\\', sizeBytes)),
  sample('quotes.txt', 0, NONE, () => line('"', sizeBytes)),
  sample('spaces.txt', 0, NONE, () => line(' ', sizeBytes)),
  sample('assignments.txt', 0, NONE, () => line('password = ', sizeBytes)),
  sample('names-and-signs.txt', 0, NONE, () => line('_authToken=', sizeBytes)),
  sample('token-beginnings.txt', 0, NONE, () => line('npm_ghp_sk-AKIAglpat-xoxb-eyJ', sizeBytes / 4)),
  sample('zeroes-between.bin', 0, NONE, () => line('a\0', sizeBytes)),
  sample('hundred-thousand-secrets.js', 1, /more findings of this rule/, () => tokens(100_000)),
  sample('key-begins.txt', 0, /./, () =>
    line(['-----BEGIN', 'RSA PRIVATE', 'KEY-----\n'].join(' '), 8 * MIB),
  ),
  sample('package.json', 0, NONE, () => line('[', 4 * MIB)),
  sample('deep.ipynb', 0, NONE, () => line('{"cells":[', 4 * MIB)),
  sample('deep.js.map', 0, NONE, () => line('{"sourcesContent":[', 4 * MIB)),
  sample('.npmrc', 0, NONE, () => line('//a/:_authToken=\n', sizeBytes / 8)),
  sample('docker/config.json', 0, NONE, () => line('{"auths":{"a":', 4 * MIB)),
];
}
