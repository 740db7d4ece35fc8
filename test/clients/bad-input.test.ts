/** Hostile and broken uploads over real HTTP: a clear refusal, nothing kept, and the server goes on. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ReleaseView } from '../../src/gateway/gateway.ts';
import { type SamplePackage, sampleNpmTarball, sampleWheel } from '../contract/sample-packages.ts';
import { NPM_NAME, PYPI_NAME } from '../founding.ts';
import { openRelease } from '../gate-fixture.ts';
import { sendRaw } from '../http/raw-http.ts';
import { type GateProcess, startGateProcess } from '../servers/gate-process.ts';
import { startVerdaccio, type Verdaccio } from '../servers/verdaccio.ts';
import { npmCall, pypiCall, pypiFormCall, sendUpload, type UploadCall } from './upload-http.ts';

const MIB = 1024 * 1024;

let folders: string;
let registry: Verdaccio;
let gate: GateProcess;
let release: ReleaseView;
let token: string;
let version: string;
let patch = 0;

beforeAll(async () => {
  folders = mkdtempSync(join(tmpdir(), 'countersign-bad-'));
  registry = await startVerdaccio({ storage: join(folders, 'npm') });
  gate = await startGateProcess({
    npmUrl: registry.url,
    npmToken: await registry.token('publisher'),
    // nothing is published here
    pypiUrl: registry.url,
    pypiPassword: 'unused',
    limits: { 'upload-max': '2MiB' },
  });
});

afterAll(async () => {
  await gate?.stop();
  await registry?.stop();
  rmSync(folders, { recursive: true, force: true });
});

beforeEach(async () => {
  patch += 1;
  version = `3.0.${patch}`;
  const opened = await openRelease(gate, { tag: `v${version}` });
  release = opened.release;
  token = opened.upload.token;
});

/** Files below the folder of artifacts: committed ones, and what is being received. */
function heldFiles(): { readonly committed: number; readonly incoming: readonly string[] } {
  const committed = readdirSync(join(gate.blobsFolder, 'sha256'), { recursive: true });
  return {
    committed: committed.filter((one) => String(one).includes('/')).length,
    incoming: readdirSync(join(gate.blobsFolder, 'incoming')),
  };
}

/** Nothing of it is there, the refusal is in the release's events and the ledger, the server lives. */
async function expectNothingKept(
  before: ReturnType<typeof heldFiles>,
  reason: RegExp,
): Promise<void> {
  const carol = await gate.client('carol');
  // a connection that broke has no answer to wait for
  const deadline = Date.now() + 5000;
  let view = await carol.release(release.id);
  while (!view.events.some((one) => one.event === 'refuse-upload') && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    view = await carol.release(release.id);
  }
  const refusals = view.events.filter((one) => one.event === 'refuse-upload');
  expect(refusals.map((one) => one.reason)).toEqual([expect.stringMatching(reason)]);
  expect(view.artifacts).toEqual([]);
  expect(view.state).toBe('receiving');
  expect(heldFiles()).toEqual(before);
  expect(await carol.health()).toMatchObject({ ok: true });
}

const npmTarball = () => sampleNpmTarball({ name: NPM_NAME, version, seed: 'bad' });
const wheel = () => sampleWheel({ name: PYPI_NAME, version, seed: 'bad' });

/** A tarball of these members, gzipped. */
async function tarball(
  members: readonly { readonly name: string; readonly content: string | Buffer }[],
  file = `aitbc-explorer-web-${version}.tgz`,
): Promise<SamplePackage> {
  const archive = pack();
  for (const { name, content } of members) archive.entry({ name }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  return { file, bytes: new Uint8Array(gzipSync(Buffer.concat(chunks))) };
}

const packageJson = () => ({
  name: 'package/package.json',
  content: JSON.stringify({ name: NPM_NAME, version }),
});

/** An honest publish call whose tarball is replaced by other bytes, lengths and digests in order. */
async function npmCallOf(bytes: Uint8Array): Promise<UploadCall> {
  return npmCall(await npmTarball(), token, (body) => {
    const [attachment] = Object.values(body._attachments);
    const [manifest] = Object.values(body.versions);
    if (attachment === undefined || manifest === undefined) throw new Error('no attachment');
    attachment.data = Buffer.from(bytes).toString('base64');
    attachment.length = bytes.length;
    manifest['dist'] = {};
    return body;
  });
}

const badNpm: readonly (readonly [string, number, RegExp, () => Promise<UploadCall>])[] = [
  [
    'a tarball that is no archive',
    400,
    /is not sound gzip data/,
    async () => npmCallOf(randomBytes(2000).fill(1, 0, 4)),
  ],
  [
    'a tarball that ends in the middle',
    400,
    /the gzip data is truncated/,
    async () => npmCallOf((await npmTarball()).bytes.subarray(0, 150)),
  ],
  [
    'a tarball with a member outside of its folder',
    400,
    /\.\.\/etc\/passwd.*leads out of its folder/,
    async () =>
      npmCallOf(
        (await tarball([packageJson(), { name: 'package/../../etc/passwd', content: 'x' }])).bytes,
      ),
  ],
  [
    'a tarball with a member at an absolute path',
    400,
    /\/etc\/passwd.*is absolute; expected a relative path/,
    async () =>
      npmCallOf((await tarball([packageJson(), { name: '/etc/passwd', content: 'x' }])).bytes),
  ],
  [
    'a tarball that unpacks to hundreds of megabytes',
    413,
    /unpacks to more than 200 times its packed size/,
    async () =>
      npmCallOf(
        (
          await tarball([
            packageJson(),
            { name: 'package/zeros', content: Buffer.alloc(100 * MIB) },
          ])
        ).bytes,
      ),
  ],
  [
    'a tarball above the limit',
    413,
    /more than 2097152 bytes/,
    async () => npmCallOf(randomBytes(3 * MIB)),
  ],
  [
    'a tarball of another length than it says',
    400,
    /says that the tarball has 1 bytes, found/,
    async () =>
      npmCall(await npmTarball(), token, (body) => {
        for (const one of Object.values(body._attachments)) one.length = 1;
        return body;
      }),
  ],
  [
    'a tarball of another digest than it says',
    400,
    /expected sha512 ab/,
    async () =>
      npmCall(await npmTarball(), token, (body) => {
        for (const one of Object.values(body.versions)) {
          one['dist'] = { integrity: `sha512-${Buffer.alloc(64, 0xab).toString('base64')}` };
        }
        return body;
      }),
  ],
  [
    'a body with a key twice',
    400,
    /has the key .{1,2}name.{1,2} twice in one object/,
    async () =>
      npmCall(await npmTarball(), token, (body) =>
        JSON.stringify(body).replace('{', `{"name":"${NPM_NAME}",`),
      ),
  ],
  [
    'a body of ten thousand lists inside each other',
    413,
    /is nested deeper than 64/,
    async () =>
      npmCall(await npmTarball(), token, (body) =>
        JSON.stringify(body).replace('{', `{"x":${'['.repeat(10_000)}${']'.repeat(10_000)},`),
      ),
  ],
  [
    'a body that is no JSON',
    400,
    /is not valid JSON/,
    async () => npmCall(await npmTarball(), token, () => 'name: acme'),
  ],
];

test.each(badNpm)('npm: %s is refused', async (_what, status, reason, make) => {
  const before = heldFiles();
  const answer = await sendUpload(gate.origin, await make());
  expect(answer).toEqual({ status, text: expect.stringMatching(reason) });
  expect(JSON.parse(answer.text)).toMatchObject({ success: false });
  await expectNothingKept(before, reason);
});

/** Fields of an honest form, with these ones replaced. */
async function fieldsWith(changes: Readonly<Record<string, string>>) {
  const { body } = await pypiCall(wheel(), token);
  const fields = [...body.toString('latin1').matchAll(/name="([a-z_:0-9]+)"\r\n\r\n([^\r]*)\r\n/g)];
  return fields.map(([, name = '', value = '']) => [name, changes[name] ?? value] as const);
}

const badPypi: readonly (readonly [string, number, RegExp, () => Promise<UploadCall>])[] = [
  [
    'a wheel that is no archive',
    400,
    /is no sound zip file/,
    async () => {
      const file = { ...wheel(), bytes: randomBytes(5000) };
      const fields = (await fieldsWith({})).filter(([name]) => name !== 'sha256_digest');
      return pypiFormCall([...fields, ['md5_digest', 'ab'.repeat(16)]], file, token);
    },
  ],
  [
    'a wheel of another digest than it says',
    400,
    /expected sha256 abab/,
    async () => pypiFormCall(await fieldsWith({ sha256_digest: 'ab'.repeat(32) }), wheel(), token),
  ],
  [
    'a wheel above the limit',
    413,
    /more than 2097152 bytes/,
    async () =>
      pypiFormCall(await fieldsWith({}), { ...wheel(), bytes: randomBytes(3 * MIB) }, token),
  ],
  [
    'a file name that climbs',
    400,
    /file name .*, which no distribution has/,
    async () => pypiFormCall(await fieldsWith({}), { ...wheel(), file: '../../x.whl' }, token),
  ],
  [
    'a form without its end',
    400,
    /is not sound multipart data: Part terminated early/,
    async () => {
      const call = await pypiCall(wheel(), token);
      return { ...call, body: call.body.subarray(0, call.body.length - 30) };
    },
  ],
  [
    'a form with another boundary than it says',
    400,
    /is not sound multipart data/,
    async () => {
      const call = await pypiCall(wheel(), token);
      const type = 'multipart/form-data; boundary=other';
      return { ...call, headers: { ...call.headers, 'content-type': type } };
    },
  ],
];

test.each(badPypi)('pypi: %s is refused', async (_what, status, reason, make) => {
  const before = heldFiles();
  const answer = await sendUpload(gate.origin, await make());
  expect(answer).toEqual({ status, text: expect.stringMatching(reason) });
  await expectNothingKept(before, reason);
});

/** The head of `call` as text, with `length` as the content length or chunked. */
function headOf(call: UploadCall, framing: string): string {
  const fields = Object.entries(call.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${call.method} ${call.path} HTTP/1.1\r\nhost: gate.test\r\nconnection: close\r\n${framing}\r\n${fields.join('')}\r\n`;
}

test.each(['npm', 'pypi'])('%s: an upload whose connection breaks is refused', async (kind) => {
  const before = heldFiles();
  const call =
    kind === 'npm' ? await npmCall(await npmTarball(), token) : await pypiCall(wheel(), token);
  const half = call.body.subarray(0, call.body.length / 2);
  const head = headOf(call, `content-length: ${call.body.length}`);
  await sendRaw(gate.port, head, half, 100, 'hang up').catch(() => undefined);
  await expectNothingKept(before, /connection broke off before the request body was complete/);
});

test('a length above every limit is refused before the body comes', async () => {
  const before = heldFiles();
  const call = await npmCall(await npmTarball(), token);
  const answer = await sendRaw(
    gate.port,
    headOf(call, `content-length: ${10 ** 12}`),
    call.body,
    3000,
    'hang up',
  );
  expect(answer.line).toMatch(/^HTTP\/1.1 413 the request body is larger than \d+ bytes$/);
  await expectNothingKept(before, /larger than/);
});

test('a body in chunks that never end is cut at the limit', async () => {
  const before = heldFiles();
  const call = await npmCallOf(randomBytes(3 * MIB));
  const parts: (string | Buffer)[] = [];
  for (let at = 0; at < call.body.length; at += 65_536) {
    const chunk = call.body.subarray(at, at + 65_536);
    parts.push(`${chunk.length.toString(16)}\r\n`, chunk, '\r\n');
  }
  const answer = await sendRaw(
    gate.port,
    headOf(call, 'transfer-encoding: chunked'),
    ...parts,
    '0\r\n\r\n',
  );
  expect(answer.line).toMatch(/^HTTP\/1.1 413 /);
  await expectNothingKept(before, /more than 2097152 bytes/);
});

test('after all of that an honest upload is taken', async () => {
  expect((await sendUpload(gate.origin, await npmCall(await npmTarball(), token))).status).toBe(
    201,
  );
  expect((await sendUpload(gate.origin, await pypiCall(wheel(), token))).status).toBe(200);
});
