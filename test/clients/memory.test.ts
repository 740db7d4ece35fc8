/** A hundred megabytes through the real HTTP surfaces cost the web process flat memory. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { coreMetadata, storedZip, tarGz } from '../contract/sample-packages.ts';
import { NPM_NAME, PYPI_NAME } from '../founding.ts';
import { openRelease, until } from '../gate-fixture.ts';
import { type GateProcess, startGateProcess } from '../servers/gate-process.ts';
import { startVerdaccio, type Verdaccio } from '../servers/verdaccio.ts';
import { npmCall, pypiCall, type UploadCall } from './upload-http.ts';

const MIB = 1024 * 1024;
const ALLOWED_GROWTH_MIB = 120;

let folders: string;
let registry: Verdaccio;
let gate: GateProcess;

beforeAll(async () => {
  folders = mkdtempSync(join(tmpdir(), 'countersign-memory-'));
  registry = await startVerdaccio({ storage: join(folders, 'npm') });
  gate = await startGateProcess({
    npmUrl: registry.url,
    npmToken: await registry.token('publisher'),
    pypiUrl: registry.url,
    pypiPassword: 'unused',
  });
});

afterAll(async () => {
  await gate?.stop();
  await registry?.stop();
  rmSync(folders, { recursive: true, force: true });
});

/** Twenty-five files of four megabytes that no compression makes smaller. */
function noise(folder: string): Record<string, Buffer> {
  const names = Array.from({ length: 25 }, (_, at) => `${folder}/noise-${at}.bin`);
  return Object.fromEntries(names.map((name) => [name, randomBytes(4 * MIB)]));
}

/** The most that the process held since the last call, in MiB (proc_pid_status(5), VmHWM). */
function peakMib(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const kib = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]);
  // 5 sets the mark back to what is held now (proc_pid_clear_refs(5))
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return kib / 1024;
}

/** Sends the body in pieces, as clients do, and waits while the gate does not take more. */
function stream(origin: string, call: UploadCall): Promise<{ status: number; text: string }> {
  const { method, path, headers, body } = call;
  return new Promise((resolve, reject) => {
    const length = { 'content-length': body.length };
    const sent = request(`${origin}${path}`, { method, headers: { ...headers, ...length } });
    sent.once('error', reject);
    sent.once('response', (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    const pieces = function* () {
      for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536);
    };
    Readable.from(pieces()).pipe(sent);
  });
}

test.skipIf(!existsSync('/proc/self/clear_refs'))(
  'a tarball and a wheel of a hundred megabytes leave the memory of the web process flat',
  async () => {
    const version = '4.0.0';
    const { release, upload } = await openRelease(gate, { tag: `v${version}` });
    const info = `aitbc_agent_sdk-${version}.dist-info`;
    const tarball = {
      file: `aitbc-explorer-web-${version}.tgz`,
      bytes: await tarGz({
        'package/package.json': JSON.stringify({ name: NPM_NAME, version }),
        ...noise('package'),
      }),
    };
    const wheel = {
      file: `aitbc_agent_sdk-${version}-py3-none-any.whl`,
      bytes: storedZip({
        ...noise('aitbc_agent_sdk'),
        [`${info}/METADATA`]: coreMetadata(PYPI_NAME, version),
        [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
        [`${info}/RECORD`]: '',
      }),
    };
    const calls = {
      tarball: await npmCall(tarball, upload.token),
      wheel: await pypiCall(wheel, upload.token),
    };
    const pid = gate.web.pid();
    for (const [what, call] of Object.entries(calls)) {
      peakMib(pid);
      const before = peakMib(pid);
      const answer = await stream(gate.origin, call);
      expect(answer.status, answer.text).toBeLessThan(300);
      const grown = Math.round(peakMib(pid) - before);
      console.log(`${what} of 100 MiB: the web process grew by ${grown} MiB`);
      expect(grown, what).toBeLessThan(ALLOWED_GROWTH_MIB);
    }
    const { artifacts } = await until(gate, release.id, 'receiving');
    for (const { file, bytes } of [tarball, wheel]) {
      const held = artifacts.find((one) => one.file === file);
      expect(held?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  },
);
