import { createHash } from 'node:crypto';
import { isOneElement } from '../../../formats/der.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { decodeBase64Loosely } from '../../secret-format/token-checksum.ts';
import { WHOLE_KEY } from '../answers.ts';
import { textsOf } from '../define.ts';

/** Base64 inside of the DER of RSA keys, from the fifth byte on: PKCS#8 (RFC 5958), then PKCS#1 (RFC
 * 8017) of 1024, 2048, 3072 and 4096 bits. What is before it holds the length. */
const INSIDE = ['IBADANBgkqhkiG9w0BAQEFAASC', 'IBAAKBgQ', 'IBAAKCAQEA', 'IBAAKCAYEA', 'IBAAKCAgEA'];
const HEAD = /(?<![A-Za-z0-9+/])MII[A-Za-z0-9+/]{3}$/;
/** Base64 at the start of others: PKCS#8 of P-256, P-384 and Ed25519, and SEC 1 of P-256. */
const STARTS = [
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg',
  'MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDA',
  'MC4CAQAwBQYDK2VwBCIEI',
  'MHcCAQEEI',
];
/** In PEM the frame tells more, and its own rule judges. */
const FRAME = /-----(?:\\[nr]|[\s"'+,\\])*$/;

export const rule: SecretRule = {
  ...textsOf({
    id: 'unframed-private-key',
    version: 2,
    family: 'keys',
    title: 'private key',
    about:
      'Private keys in base64 without the lines of PEM around them: RSA, P-256, P-384, Ed25519, with their length checked',
  }),
  keywords: [...INSIDE, ...STARTS],
  pattern: new RegExp(
    `(?<prefix>${[...INSIDE, ...STARTS].join('|')})(?<body>[A-Za-z0-9+/]{30,6000}={0,2})`,
    'y',
  ),
  reach: 6100,
  verify: judge,
  examples: {
    bad: [
      { about: 'an RSA key in a property', make: () => `{"privateKey":"${exampleRsa()}"}` },
      { about: 'an Ed25519 key in the environment', make: () => `SIGNING=${exampleEd25519()}\n` },
    ],
    fine: [
      { about: 'its start alone', make: () => `starts with ${exampleRsa().slice(0, 34)} or so` },
      { about: 'a key with its end cut off', make: () => `"${exampleRsa().slice(0, 900)}"` },
      {
        about: 'a public key',
        make: () =>
          `"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA${noise(200).toString('base64')}"`,
      },
    ],
  },
};

function judge({ text, groups, before, after }: SecretMatch): SecretAnswer | null {
  const { prefix = '' } = groups;
  const head = INSIDE.includes(prefix) ? HEAD.exec(before) : /(?<![A-Za-z0-9+/])$/.exec(before);
  if (head === null || /^[A-Za-z0-9+/]/.test(after)) return null;
  if (FRAME.test(before.slice(0, head.index))) return null;
  const bytes = decodeBase64Loosely(head[0] + text);
  return bytes !== null && isOneElement(bytes) ? WHOLE_KEY : null;
}

/** Bytes that look random and are always the same. */
function noise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) =>
    createHash('sha256').update(`unframed ${at}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

function exampleRsa(): string {
  const inner = Buffer.concat([Buffer.from('0201003082010100', 'hex'), noise(1176)]);
  const key = Buffer.concat([Buffer.from('308204a8'.slice(0, 4), 'hex'), size(inner), inner]);
  const octets = Buffer.concat([Buffer.from('0482', 'hex'), size(key), key]);
  const content = Buffer.concat([
    Buffer.from('020100300d06092a864886f70d0101010500', 'hex'),
    octets,
  ]);
  return Buffer.concat([Buffer.from('3082', 'hex'), size(content), content]).toString('base64');
}

function size({ length }: Buffer): Buffer {
  return Buffer.from([length >> 8, length & 255]);
}

function exampleEd25519(): string {
  const start = Buffer.from('302e020100300506032b657004220420', 'hex');
  return Buffer.concat([start, noise(32)]).toString('base64');
}
