import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createNpmEcosystem, createPypiEcosystem } from '../../src/upstream/ecosystems.ts';
import { hasPypiserver, startPypiserver } from '../servers/pypiserver.ts';
import { startVerdaccio } from '../servers/verdaccio.ts';
import { requireTool } from '../tools.ts';
import { describeEcosystem } from './ecosystem.ts';
import { createPlainEcosystem, startPlainRegistry } from './plain-ecosystem.ts';
import { sampleNpmTarball, sampleSdist, sampleWheel } from './sample-packages.ts';

// real pauses: a registry that ended itself is started again, and takes a second or two to come back
const deps = { sleep: (ms: number) => sleep(ms) };

async function flipByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  const at = bytes.length - 12;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

describeEcosystem('npm', async () => {
  const storage = mkdtempSync(join(tmpdir(), 'countersign-npm-'));
  const server = await startVerdaccio({ storage });
  const name = '@sample/contract';
  return {
    ecosystem: createNpmEcosystem(deps),
    url: server.url,
    readUrl: null,
    package: name,
    credential: await server.token('alice'),
    tellsTimes: true,
    build: async (version, seed) => [
      await sampleNpmTarball(
        { name, version, seed },
        {
          main: './index.js',
          bin: './index.js',
          dependencies: { 'left-outside': '^1.0.0' },
          optionalDependencies: { maybe: '~2.0.0' },
          peerDependencies: { host: '>=3' },
          scripts: { test: 'node index.js' },
          engines: { node: '>=20' },
          os: ['linux'],
        },
      ),
    ],
    alter: (_, version) => flipByte(join(storage, 'packages', name, `contract-${version}.tgz`)),
    stop: async () => {
      await server.stop();
      rmSync(storage, { recursive: true, force: true });
    },
  };
});

describeEcosystem(
  'PyPI',
  async () => {
    const packagesFolder = mkdtempSync(join(tmpdir(), 'countersign-pypi-'));
    const password = ['a', 'password', 'for', 'tests'].join('-');
    const server = await startPypiserver({ packagesFolder, username: '__token__', password });
    const name = 'sample-contract';
    return {
      ecosystem: createPypiEcosystem(deps),
      url: server.url,
      readUrl: null,
      package: name,
      credential: password,
      tellsTimes: false,
      build: async (version, seed) => [
        sampleWheel({ name, version, seed }),
        await sampleSdist({ name, version, seed }),
      ],
      alter: (file) => flipByte(join(packagesFolder, file)),
      stop: async () => {
        await server.stop();
        rmSync(packagesFolder, { recursive: true, force: true });
      },
    };
  },
  !requireTool('pypiserver', hasPypiserver()),
);

describeEcosystem('plain', async () => {
  const credential = ['plain', 'credential'].join('-');
  const registry = await startPlainRegistry(credential);
  return {
    ecosystem: createPlainEcosystem(deps),
    url: registry.url,
    readUrl: null,
    package: 'sample',
    credential,
    tellsTimes: false,
    build: async (version, seed) => [
      {
        file: `sample@${version}.json`,
        bytes: Buffer.from(JSON.stringify({ name: 'sample', version, seed })),
      },
    ],
    alter: async (file) => void registry.files.set(file, Buffer.from('{}')),
    stop: registry.stop,
  };
});
