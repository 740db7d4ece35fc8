import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPublisher } from '../../src/compose.ts';
import { runCli } from '../cli-fixture.ts';
import { foundInstanceFolder, type InstanceFolder } from './instance-fixture.ts';

interface DoctorDocument {
  readonly state: string;
  readonly checks: readonly { name: string; state: string; says: string; mend: string | null }[];
}

let registry: Server;
let instance: InstanceFolder;
beforeAll(async () => {
  registry = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  instance = await foundInstanceFolder({ npmUrl: `http://127.0.0.1:${port}/` });
});
afterAll(() => {
  registry.close();
  instance.remove();
});

async function doctor(cwd = instance.folder) {
  const env = { PATH: process.env['PATH'] };
  const { exit, stdout } = await runCli(['doctor', '--json'], {
    cwd,
    env,
    now: () => new Date().toISOString(),
  });
  const document = JSON.parse(stdout) as DoctorDocument;
  const states = Object.fromEntries(document.checks.map((one) => [one.name, one.state]));
  return { exit, states, document };
}

const publisherFile = (name: string) => join(instance.data, 'publisher', name);

async function signLedger(): Promise<void> {
  const stop = new AbortController();
  await runPublisher(instance.configFile, {
    ...{ logLevel: 'silent', env: {}, signal: stop.signal },
    onReady: () => stop.abort(),
  });
}

/** Makes the change, asks, and takes it back. */
async function whileBroken(make: () => () => void) {
  const mend = make();
  try {
    return await doctor();
  } finally {
    mend();
  }
}

function replaced(file: string, text: string): () => void {
  renameSync(file, `${file}.kept`);
  writeFileSync(file, text, { mode: 0o600 });
  return () => renameSync(`${file}.kept`, file);
}

describe('doctor', () => {
  test('on a founded instance asks for what is still missing: a credential, and a running publisher', async () => {
    const { exit, states, document } = await doctor();
    expect(exit).toBe(1);
    expect(states).toEqual({
      'ssh-keygen': 'ok',
      node: 'ok',
      config: 'ok',
      data: 'ok',
      disk: expect.stringMatching(/^(?:ok|warn)$/),
      publisher: 'ok',
      keys: 'ok',
      trust: 'ok',
      database: 'ok',
      rules: 'ok',
      ledger: 'warn',
      clock: 'ok',
      'upstream npm': 'ok',
      'credential npm-token': 'fail',
      'quorum strict': 'ok',
      bots: 'ok',
    });
    expect(document.checks.find((one) => one.name === 'credential npm-token')?.mend).toBe(
      'countersign vault put npm-token --upstream npm',
    );
  });

  test('sees that the ledger is signed once the publisher ran, and leaves nothing behind', async () => {
    await signLedger();
    const before = readdirSync(instance.data, { recursive: true }).sort();
    const { states } = await doctor();
    expect(states['ledger']).toBe('ok');
    expect(readdirSync(instance.data, { recursive: true }).sort()).toEqual(before);
  });

  test('says it in prose, with what to do below', async () => {
    const { stdout } = await runCli(['doctor'], { cwd: instance.folder });
    expect(stdout).toMatch(/^warn {2}ssh-keygen: it is not installed here\n {6}mend: /);
    expect(stdout).toContain('FAIL  credential npm-token: ');
    expect(stdout).not.toContain('\u001b');
  });

  test('sees keys that others may read', async () => {
    const file = publisherFile('ledger.key');
    const { exit, states } = await whileBroken(() => {
      chmodSync(file, 0o644);
      return () => chmodSync(file, 0o600);
    });
    expect(exit).toBe(1);
    expect(states).toMatchObject({ publisher: 'fail', keys: 'fail', trust: 'ok' });
  });

  test('sees a trust file of somebody else, and one that is none', async () => {
    const foreign = {
      schema: 'countersign/trust/v1',
      genesis: 'b'.repeat(64),
      ledger: 'x',
      witnesses: { quorum: 0, keys: [] },
      note: null,
    };
    for (const text of [JSON.stringify(foreign), '{', '{}']) {
      const { states } = await whileBroken(() => replaced(publisherFile('trust.json'), text));
      expect(states['trust']).toBe('fail');
    }
  });

  test('sees a kept checkpoint that the log never signed', async () => {
    const { states } = await whileBroken(() =>
      replaced(publisherFile('checkpoint'), 'log\n1\nAAAA\n'),
    );
    expect(states['ledger']).toBe('fail');
  });

  test('sees a database that lost entries', async () => {
    const other = await foundInstanceFolder();
    try {
      const { states } = await whileBroken(() => {
        const database = instance.databaseFile;
        renameSync(database, `${database}.kept`);
        renameSync(other.databaseFile, database);
        return () => renameSync(`${database}.kept`, database);
      });
      expect(states).toMatchObject({ keys: 'fail', trust: 'fail', ledger: 'fail' });
    } finally {
      other.remove();
    }
  });

  test('sees a database that is none, and still looks at the rest', async () => {
    const { exit, states } = await whileBroken(() =>
      replaced(instance.databaseFile, 'x'.repeat(5000)),
    );
    expect(exit).toBe(1);
    expect(states).toMatchObject({ database: 'fail', rules: 'unknown', publisher: 'ok' });
  });

  test('sees a configuration that is not what was signed', async () => {
    const signed = readFileSync(instance.configFile, 'utf8');
    const { exit, states } = await whileBroken(() =>
      replaced(instance.configFile, signed.replace('"confirm":"release"', '"confirm":"yes"')),
    );
    expect(exit).toBe(1);
    expect(states).toMatchObject({ config: 'ok', rules: 'fail' });
  });

  test('sees a registry that is gone', async () => {
    const { port } = registry.address() as AddressInfo;
    registry.closeAllConnections();
    await new Promise((resolve) => registry.close(resolve));
    const { states } = await doctor();
    expect(states).toMatchObject({ 'upstream npm': 'fail', clock: 'unknown' });
    await new Promise<void>((resolve) => registry.listen(port, '127.0.0.1', resolve));
  });

  test('makes no database where there is none yet', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-doctor-'));
    try {
      expect((await doctor(folder)).states).toEqual({
        'ssh-keygen': 'ok',
        node: 'ok',
        config: 'fail',
      });
      const data = join(folder, 'data');
      mkdirSync(data);
      const text = readFileSync(instance.configFile, 'utf8').replaceAll(instance.data, data);
      writeFileSync(join(folder, 'countersign.yaml'), text);
      const { states } = await doctor(folder);
      expect(states).toMatchObject({ database: 'fail', publisher: 'fail', rules: 'unknown' });
      expect(readdirSync(data)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
