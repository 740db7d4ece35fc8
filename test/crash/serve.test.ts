/** `countersign serve` as it runs on one machine, with its publisher as a child, is killed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { npmCall, sendUpload } from '../clients/upload-http.ts';
import { sampleNpmTarball } from '../contract/sample-packages.ts';
import { NPM_NAME } from '../founding.ts';
import { approve, openRelease, until } from '../gate-fixture.ts';
import { type CountingProxy, startCountingProxy } from '../servers/counting-proxy.ts';
import { type GateProcess, startGateProcess } from '../servers/gate-process.ts';
import { startVerdaccio, type Verdaccio } from '../servers/verdaccio.ts';
import { expectProven, expectSoundLedger } from './ledger-check.ts';

let folders: string;
let registry: Verdaccio;
let proxy: CountingProxy;
let gate: GateProcess;

beforeAll(async () => {
  folders = mkdtempSync(join(tmpdir(), 'countersign-crash-'));
  registry = await startVerdaccio({ storage: join(folders, 'npm') });
  proxy = await startCountingProxy(registry.url);
  gate = await startGateProcess({
    npmUrl: proxy.url,
    npmToken: await registry.token('publisher'),
    pypiUrl: null,
    publisherIsChild: true,
  });
});

afterAll(async () => {
  await gate?.stop();
  await proxy?.stop();
  await registry?.stop();
  rmSync(folders, { recursive: true, force: true });
});

test('a publisher whose parent was killed ends its work, and the next one waits for it', async () => {
  const version = '5.0.0';
  const { release, upload } = await openRelease(gate, { tag: `v${version}` });
  const tarball = await sampleNpmTarball({ name: NPM_NAME, version, seed: 'serve' });
  const call = await npmCall(tarball, upload.token);
  expect((await sendUpload(gate.origin, call)).status).toBe(201);
  await until(gate, release.id, 'awaiting-approval');
  await approve(gate, release.id, 'bob');
  let restarted = false;
  proxy.intercept(async ({ method }, moment) => {
    if (method !== 'PUT' || moment !== 'before' || restarted) return 'pass';
    restarted = true;
    await gate.web.kill();
    // both publishers are there now, and the upload is still on its way
    await gate.web.start();
    await vi.waitFor(() => expect(gate.web.log()).toContain('publisher-waits'), 20_000);
    return 'pass';
  });
  await approve(gate, release.id, 'carol');
  await vi.waitFor(() => expect(restarted).toBe(true), 10_000);
  await vi.waitFor(() => expect(gate.web.log()).toContain('publisher-waits'), 20_000);
  await until(gate, release.id, 'published', 'failed', 'partially-published');

  const uploads = proxy.seen.filter(
    ({ method, path }) => method === 'PUT' && !path.includes('dist-tags'),
  );
  expect(uploads.map((one) => one.status)).toEqual([201]);
  await expectProven(gate, release.id);
  // the one that took over signs what the other one wrote
  const carol = await gate.client('carol');
  await vi.waitFor(async () => {
    const { ledgerSize, signedSize } = await carol.health();
    expect(signedSize).toBe(ledgerSize);
  }, 10_000);
  expect(gate.web.log()).not.toContain('checkpoint-not-signed');
  await expectSoundLedger(gate);
});
