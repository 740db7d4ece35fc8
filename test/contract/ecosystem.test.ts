import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNpmEcosystem } from '../../src/upstream/ecosystems.ts';
import { startVerdaccio } from '../servers/verdaccio.ts';
import { describeEcosystem } from './ecosystem.ts';
import { sampleNpmTarball } from './sample-packages.ts';

const deps = { sleep: async () => undefined };

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
