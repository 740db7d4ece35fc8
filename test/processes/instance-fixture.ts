/** A founded instance in a folder of its own, as `init` leaves it; nothing runs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compilePolicyDocument } from '../../src/core/policy-compile.ts';
import { systemClock } from '../../src/host/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { found, type GateOptions, rulesOf } from '../founding.ts';
import { freePort } from '../servers/free-port.ts';

export interface InstanceFolder {
  readonly origin: string;
  readonly folder: string;
  readonly data: string;
  readonly configFile: string;
  readonly databaseFile: string;
  remove(): void;
}

/** Founded over `options`, at a free port of loopback. */
export async function foundInstanceFolder(
  options: Partial<GateOptions> = {},
): Promise<InstanceFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-instance-'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const rules = rulesOf({
    npmUrl: 'http://127.0.0.1:9/',
    npmToken: 'unused',
    pypiUrl: null,
    ...options,
  });
  const configFile = join(folder, 'countersign.yaml');
  // JSON is YAML
  const gateway = { origin, listen: `127.0.0.1:${port}`, data };
  writeFileSync(configFile, JSON.stringify({ gateway, ...rules }));
  const databaseFile = join(data, 'countersign.db');
  const store = await openSqliteStore({ file: databaseFile });
  try {
    const policy = compilePolicyDocument(rules, { version: 1, previous: null });
    await found({ store, clock: systemClock, publisherFolder: join(data, 'publisher'), policy });
  } finally {
    await store.close();
  }
  return {
    ...{ origin, folder, data, configFile, databaseFile },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
