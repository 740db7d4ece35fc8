/** The spine, from open to published, against real registries. */

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseEvidence } from '../../src/evidence/bundle.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { approveKnowingly } from '../acknowledge.ts';
import { sampleNpmTarball, sampleSdist, sampleWheel } from '../contract/sample-packages.ts';
import { NPM_NAME, PYPI_NAME } from '../founding.ts';
import { type Gate, openRelease, person, startGate, until, upload } from '../gate-fixture.ts';
import { hasPypiserver, startPypiserver } from '../servers/pypiserver.ts';
import { startVerdaccio, type Verdaccio } from '../servers/verdaccio.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { requireTool } from '../tools.ts';

const withPython = requireTool('pypiserver', hasPypiserver());

let npm: Verdaccio;
let pypi: Awaited<ReturnType<typeof startPypiserver>> | null = null;
let gate: Gate;

beforeAll(async () => {
  npm = await startVerdaccio({ storage: temporaryFolder('verdaccio') });
  const password = randomBytes(12).toString('hex');
  if (withPython) {
    pypi = await startPypiserver({
      packagesFolder: temporaryFolder('pypi'),
      username: '__token__',
      password,
    });
  }
  gate = await startGate({
    npmUrl: npm.url,
    npmToken: await npm.token('publisher'),
    pypiUrl: pypi?.url ?? null,
    pypiPassword: password,
  });
});

afterAll(async () => {
  await gate?.stop();
  await npm?.stop();
  await pypi?.stop();
});

describe('a release', () => {
  test('is opened, uploaded, inspected, signed by two, published and confirmed', async () => {
    const { release } = await openRelease(gate);
    const tarball = await sampleNpmTarball({ name: NPM_NAME, version: '1.2.3', seed: 'one' });
    let receipt = await upload(gate, release.id, tarball);
    if (withPython) {
      expect(receipt.complete).toBe(false);
      await upload(
        gate,
        release.id,
        sampleWheel({ name: PYPI_NAME, version: '1.2.3', seed: 'one' }),
      );
      receipt = await upload(
        gate,
        release.id,
        await sampleSdist({ name: PYPI_NAME, version: '1.2.3', seed: 'one' }),
      );
    }
    expect(receipt).toMatchObject({ complete: true, missing: [] });
    const waiting = await until(gate, release.id, 'awaiting-approval', 'rejected');
    expect(waiting).toMatchObject({
      state: 'awaiting-approval',
      requesters: ['alice'],
      // the Python samples depend on what the registry of the test does not have
      verdict: withPython ? 'hold' : 'pass',
    });

    const first = await approveKnowingly(gate, release.id, 'bob');
    expect(first).toMatchObject({
      state: 'awaiting-approval',
      quorum: { met: false, counted: ['bob'] },
    });
    await approveKnowingly(gate, release.id, 'carol');
    const published = await until(gate, release.id, 'published', 'failed', 'partially-published');
    expect(published.state).toBe('published');
    expect(published.effects.every((one) => one.state === 'done')).toBe(true);

    const evidence = await gate.gateway.evidence(person('bob'), release.id);
    const verification = await verifyEvidence(nodeCrypto, parseEvidence(evidence), {
      trust: gate.trust,
      now: new Date().toISOString(),
    });
    expect(verification).toMatchObject({
      level: 'verified',
      quorum: { met: true, counted: ['bob', 'carol'] },
    });
    expect(verification.used).not.toBeNull();
    await vi.waitFor(() =>
      expect(gate.notices.map((one) => one.type)).toEqual([
        'release.awaiting-approval',
        'release.published',
      ]),
    );
    expect(
      gate.notices.every((one) => one.checkpoint?.startsWith('release.example.com/log\n')),
    ).toBe(true);
  });
});
