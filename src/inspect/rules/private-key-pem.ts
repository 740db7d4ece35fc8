import { DER, readDerHead } from '../../formats/der.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../rule.ts';
import { decodeBase64Loosely } from '../secret-format/token-checksum.ts';
import { LOCKED_KEY, WHOLE_KEY } from '../secrets/answers.ts';

/** Fewer characters of base64 than this are no key, but the name of one in code. */
const LEAST_BODY = 40;
const OPENSSH_MAGIC = 'openssh-key-v1\0';
/** Where the number of an elliptic curve ends, whichever form it is in. */
const NUMBER_END = 80;
/** As many zeros in a row as chance never makes. */
const ZEROS = Buffer.alloc(24);
/** Fewer bytes of a body without its end are no key that our reach has cut. */
const LEAST_CUT = 100;
const DASHES = '-'.repeat(5);

export const rule: SecretRule = {
  kind: 'secret',
  id: 'private-key-pem',
  version: 7,
  category: 'secret',
  severity: 'critical',
  title: 'private key',
  about:
    'Private keys in PEM form: PKCS#8, RSA, EC, DSA, OpenSSH, PGP, cosign; also on one line with escapes',
  attack: 'The key signs, decrypts or logs in as its owner, for as long as it is trusted',
  mend: 'Replace the key wherever it is trusted, then remove it from the package; tests can make theirs when they run',
  keywords: [`${DASHES}BEGIN `],
  // bodies hold no "--": the match ends where the next boundary begins
  pattern:
    /(?<prefix>-----BEGIN (?<label>(?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY)(?: BLOCK)?-----)(?<body>(?:[^-]|-(?!-)){0,32000})(?<end>-----END )?/y,
  reach: 32_768,
  verify: judge,
  examples: {
    bad: [
      { about: 'a PKCS#8 key', make: () => pem('PRIVATE KEY', exampleDer(), '\n') },
      {
        about: 'an RSA key in a JavaScript string',
        make: () => pem('RSA PRIVATE KEY', exampleDer(), '\\n'),
      },
      {
        about: 'an OpenSSH key',
        make: () => pem('OPENSSH PRIVATE KEY', exampleOpenSsh('none'), '\n'),
      },
      {
        about: 'an OpenSSH key with a passphrase',
        make: () => pem('OPENSSH PRIVATE KEY', exampleOpenSsh('aes256-ctr'), '\n'),
      },
      {
        about: 'an encrypted RSA key with the headers of RFC 1421',
        make: () =>
          pem('RSA PRIVATE KEY', exampleDer(), '\n').replace(
            '-\n',
            `-\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,${'0F3A'.repeat(8)}\n\n`,
          ),
      },
      ...['# ', ' * ', '// '].map((sign) => ({
        about: `a key in lines of a comment, each behind ${JSON.stringify(sign)}`,
        make: () => pem('PRIVATE KEY', exampleDer(), '\n').replace(/^(?=.)/gm, sign),
      })),
      {
        about: 'a key in a log, each line behind its time',
        make: () =>
          pem('PRIVATE KEY', exampleDer(), '\n').replace(/^(?=.)/gm, '2026-04-26 12:36:01 '),
      },
      {
        about: 'a short key of indefinite length, as BER has it',
        make: () => pem('PRIVATE KEY', indefinite(exampleDer().subarray(4, 90)), '\n'),
      },
      {
        about: 'an encrypted PKCS#8 key',
        make: () => pem('ENCRYPTED PRIVATE KEY', exampleDer(), '\n'),
      },
    ],
    noted: [
      {
        about: 'the number 2 as a key, as tests of parsers have it',
        make: () => pem('EC PRIVATE KEY', smallNumber(), '\n'),
      },
      {
        about: 'the first line of a key',
        make: () => `${pem('PRIVATE KEY', exampleDer(), '\n').slice(0, 92)}\n`,
      },
      {
        about: 'a key with lines left out, as manuals print it',
        make: () => pem('PRIVATE KEY', exampleDer().subarray(0, 120), '\n'),
      },
    ],
    fine: [
      {
        about: 'the label in a parser',
        make: () => `if (line === "${DASHES}BEGIN PRIVATE KEY${DASHES}")`,
      },
      { about: 'a public key', make: () => pem('PUBLIC KEY', exampleDer(), '\n') },
      {
        about: 'a template',
        make: () =>
          `${DASHES}BEGIN PRIVATE KEY${DASHES}\n\${key}\n${DASHES}END PRIVATE KEY${DASHES}`,
      },
    ],
  },
};

function pem(label: string, bytes: Buffer, newline: string): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return [`${DASHES}BEGIN ${label}${DASHES}`, ...lines, `${DASHES}END ${label}${DASHES}`, ''].join(
    newline,
  );
}

/** A DER sequence that starts as private keys do; its content is counting bytes. */
function exampleDer(): Buffer {
  const content = Buffer.from(Array.from({ length: 300 }, (_, at) => (at * 7) % 256));
  content.set([2, 1, 0]);
  return Buffer.concat([
    Buffer.from([0x30, 0x82, content.length >> 8, content.length & 255]),
    content,
  ]);
}

function indefinite(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x30, 0x80]), content, Buffer.alloc(2)]);
}

function smallNumber(): Buffer {
  const number = Buffer.concat([Buffer.alloc(47), Buffer.from([2])]);
  const curve = Buffer.from('a00706052b81040022', 'hex');
  const content = Buffer.concat([Buffer.from('0201010430', 'hex'), number, curve]);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}

function exampleOpenSsh(cipher: string): Buffer {
  const name = Buffer.from(cipher);
  return Buffer.concat([
    Buffer.from(OPENSSH_MAGIC, 'latin1'),
    Buffer.from([0, 0, 0, name.length]),
    name,
    Buffer.alloc(200, 7),
  ]);
}

function judge({ groups }: SecretMatch): SecretAnswer | null {
  const { label = '', body = '', end } = groups;
  const base64 = base64Of(body);
  if (base64.length < LEAST_BODY) return null;
  if (/Proc-Type: ?4, ?ENCRYPTED/.test(body)) return LOCKED_KEY;
  const bytes = decodeBase64Loosely(base64);
  if (bytes === null || new Set(base64).size < 8) {
    return { confidence: 'weak', reason: 'its body is not base64' };
  }
  if (label.includes('ENCRYPTED')) return LOCKED_KEY;
  if (label.startsWith('OPENSSH ')) return judgeOpenSsh(bytes);
  if (label.startsWith('PGP ')) return judgePgp(bytes);
  return judgeDer(bytes, end !== undefined);
}

/** The time of a line in a log. */
const STAMP = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?[ \t]+/;
/** What makes a line a comment; base64 has no blanks. */
const COMMENT = /^(?:\/{2,3}|[#*;>%]{1,2}|--|rem)(?:[ \t]+|$)/i;

/** What is left of a body without line ends, their escapes, times of a log, signs of comments, quotes,
 * `+`-joined strings, RFC 1421 and PGP headers, and PGP's checksum. */
function base64Of(body: string): string {
  return body
    .replace(/\\[nrt]/g, '\n')
    .replace(/["'`,;\\]|[ \t]\+[ \t\r\n]/g, '\n')
    .split(/[\r\n]+/)
    .map((line) => line.trim().replace(STAMP, '').replace(COMMENT, ''))
    .filter((line) => line !== '' && !line.includes(':') && !/^=[A-Za-z0-9+/]{4}$/.test(line))
    .join('')
    .replace(/[ \t]/g, '');
}

function judgeDer(bytes: Buffer, complete: boolean): SecretAnswer {
  if (bytes[0] !== DER.sequence) {
    return { confidence: 'weak', reason: 'its body is not the DER of a key' };
  }
  if (bytes.subarray(0, NUMBER_END).includes(ZEROS)) {
    return { confidence: 'weak', reason: 'its number is too small to have been drawn' };
  }
  const head = readDerHead(bytes);
  if (head === null) return BEGUN;
  const rest = bytes.length - head.headBytes;
  if (complete && head.contentBytes === rest) {
    return WHOLE_KEY;
  }
  // of what is cut by our own reach nothing is known, but that is long
  if (head.contentBytes > rest && (complete || rest < LEAST_CUT)) {
    return { confidence: 'weak', reason: 'it ends before its key does: lines were left out' };
  }
  return BEGUN;
}

const BEGUN: SecretAnswer = { confidence: 'plausible', reason: 'it starts as the DER of a key' };

function judgeOpenSsh(bytes: Buffer): SecretAnswer {
  const magic = OPENSSH_MAGIC.length;
  if (bytes.toString('latin1', 0, magic) !== OPENSSH_MAGIC) {
    return { confidence: 'weak', reason: 'its body is not the OpenSSH form' };
  }
  return bytes.toString('latin1', magic, magic + 8) === '\0\0\0\x04none'
    ? { confidence: 'proven', reason: 'it is not encrypted' }
    : LOCKED_KEY;
}

/** RFC 9580 section 4.2: packet type 5 is a secret key, in the old or the new header form. */
function judgePgp(bytes: Buffer): SecretAnswer {
  const head = bytes[0] ?? 0;
  const type = (head & 0xc0) === 0xc0 ? head & 0x3f : (head & 0x3c) >> 2;
  return head >= 0x80 && type === 5
    ? { confidence: 'plausible', reason: 'it starts with a secret-key packet' }
    : { confidence: 'weak', reason: 'its body does not start with a secret-key packet' };
}
