/** The web process is killed while it takes uploads: what was answered stays, what was not does not. */

import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { npmCall, sendUpload, type UploadCall } from '../clients/upload-http.ts';
import { sampleNpmTarball } from '../contract/sample-packages.ts';
import { NPM_NAME } from '../founding.ts';
import { openRelease, until } from '../gate-fixture.ts';
import { type GateProcess, startGateProcess } from '../servers/gate-process.ts';
import { startVerdaccio, type Verdaccio } from '../servers/verdaccio.ts';
import { expectSoundLedger } from './ledger-check.ts';

let folders: string;
let registry: Verdaccio;
let gate: GateProcess;
let patch = 0;

beforeAll(async () => {
  folders = mkdtempSync(join(tmpdir(), 'countersign-crash-'));
  registry = await startVerdaccio({ storage: join(folders, 'npm') });
  gate = await startGateProcess({
    npmUrl: registry.url,
    npmToken: await registry.token('publisher'),
    pypiUrl: null,
  });
});

afterAll(async () => {
  await gate?.stop();
  await registry?.stop();
  rmSync(folders, { recursive: true, force: true });
});

/** A release, and the upload that completes it: large enough to be under way for a while. */
async function prepare() {
  patch += 1;
  const version = `2.0.${patch}`;
  const { release, upload } = await openRelease(gate, { tag: `v${version}` });
  const seed = Array.from({ length: 40_000 }, (_, at) => ((at * 2_654_435_761) >>> 0).toString(36));
  const tarball = await sampleNpmTarball({ name: NPM_NAME, version, seed: seed.join(' ') });
  return { release, call: await npmCall(tarball, upload.token) };
}

/** Sends the first `length` bytes of the call and nothing more; resolves when they are written. */
function sendPart(call: UploadCall, length: number): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const socket = connect(gate.port, '127.0.0.1');
    socket.once('error', reject);
    const fields = Object.entries(call.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `${call.method} ${call.path} HTTP/1.1\r\nhost: gate.test\r\ncontent-length: ${call.body.length}\r\n${fields.join('')}\r\n`;
    socket.write(head);
    socket.write(call.body.subarray(0, length), () => {
      socket.removeListener('error', reject);
      socket.on('error', () => undefined);
      resolve(() => socket.destroy());
    });
  });
}

async function expectHeldOnce(release: Parameters<typeof until>[1]): Promise<void> {
  const view = await until(gate, release, 'awaiting-approval', 'rejected');
  expect(view).toMatchObject({ state: 'awaiting-approval', missing: [] });
  expect(view.artifacts).toHaveLength(1);
  expect(view.events.filter((one) => one.event === 'receive')).toHaveLength(1);
}

describe('a web process that is killed', () => {
  test('in the middle of an upload holds nothing of it, and takes it when it comes again', async () => {
    const { release, call } = await prepare();
    const end = await sendPart(call, call.body.length / 2);
    await delay(200);
    await gate.web.kill();
    end();
    await gate.web.start();
    const view = await until(gate, release.id, 'receiving');
    expect(view.artifacts).toEqual([]);
    expect(view.missing).toEqual([`1 tarball of ${NPM_NAME}`]);
    expect((await sendUpload(gate.origin, call)).status).toBe(201);
    await expectHeldOnce(release.id);
  });

  test('right after its answer has lost nothing of what it answered', async () => {
    const { release, call } = await prepare();
    expect((await sendUpload(gate.origin, call)).status).toBe(201);
    await gate.web.kill();
    await gate.web.start();
    // the inspection that was under way is taken up again by the next process
    await expectHeldOnce(release.id);
    const again = await sendUpload(gate.origin, call);
    expect(again.status).toBe(201);
    await expectHeldOnce(release.id);
  });

  test.each([0, 3, 6, 10, 15, 20, 30, 45, 70])(
    '%i ms into an upload holds it whole or not at all, and never less than it answered',
    async (ms) => {
      const { release, call } = await prepare();
      const sent = sendUpload(gate.origin, call).catch(() => null);
      await delay(ms);
      await gate.web.kill();
      const answer = await sent;
      await gate.web.start();
      const view = await (await gate.client('carol')).release(release.id);
      if (answer !== null) {
        expect(answer.status).toBe(201);
        expect(view.artifacts).toHaveLength(1);
      }
      expect(view.state === 'receiving').toBe(view.artifacts.length === 0);
      const again = await sendUpload(gate.origin, call);
      expect(again.status, again.text).toBe(201);
      await expectHeldOnce(release.id);
    },
  );

  test('leaves a ledger that is whole', async () => {
    await expectSoundLedger(gate);
  });
});
