import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, renameSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foundInstanceFolder, type InstanceFolder } from './instance-fixture.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/countersign.mjs', import.meta.url));
const PATIENCE_MS = 30_000;

let instance: InstanceFolder;
beforeAll(async () => {
  instance = await foundInstanceFolder();
});
afterAll(() => instance.remove());

interface Running {
  readonly child: ChildProcess;
  readonly gone: Promise<number | string>;
  out(): string;
  err(): string;
  /** The first line of standard output. */
  readonly ready: Promise<string>;
}

function start(...args: readonly string[]): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: instance.folder,
    env: { PATH: process.env['PATH'], HOME: instance.folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  const { promise: ready, resolve, reject } = Promise.withResolvers<string>();
  ready.catch(() => undefined);
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
    if (out.includes('\n')) resolve(out.slice(0, out.indexOf('\n')));
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString('utf8');
  });
  const gone = new Promise<number | string>((done) =>
    child.once('close', (code, signal) => {
      reject(new Error(`ended (${code ?? signal}) before it was ready:\n${out}${err}`));
      done(code ?? signal ?? -1);
    }),
  );
  return { child, gone, ready, out: () => out, err: () => err };
}

/** Processes whose parent is `pid`, from /proc. */
async function childOf(pid: number | undefined): Promise<number> {
  const file = `/proc/${pid}/task/${pid}/children`;
  return soon('a child process', () => {
    const [first] = readFileSync(file, 'utf8').trim().split(' ');
    return first === undefined || first === '' ? undefined : Number(first);
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // a zombie answers too
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function soon<T>(what: string, ask: () => Promise<T | undefined> | T | undefined) {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await delay(50);
  }
  throw new Error(`no ${what} within ${PATIENCE_MS} ms`);
}

function healthy(): Promise<unknown> {
  return soon('health', async () => {
    const answer = await fetch(`${instance.origin}/api/v1/health`).catch(() => undefined);
    const body = (await answer?.json()) as { ok: boolean } | undefined;
    return body?.ok === true ? body : undefined;
  });
}

const within = (gone: Promise<number | string>) =>
  Promise.race([gone, delay(PATIENCE_MS, 'still running')]);

describe('serve', { timeout: 2 * PATIENCE_MS }, () => {
  test('says where it listens and that one user runs both, works, and ends both on SIGTERM', async () => {
    const serve = start('serve', '--log-level', 'warn');
    expect(await serve.ready).toBe(`serving ${instance.origin} at ${instance.origin}`);
    const publisher = await childOf(serve.child.pid);
    await healthy();
    // built or not, the program finds the pages that it serves
    const page = await fetch(`${instance.origin}/sign-in/assets/sign-in.js`);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
    serve.child.kill('SIGTERM');
    expect(await within(serve.gone)).toBe(0);
    expect(isAlive(publisher)).toBe(false);
    expect(serve.out()).toContain('note: web process and publisher run as one user here');
    expect(serve.out()).toMatch(/ended as asked\n$/);
    expect(serve.err()).toBe('');
  });

  test('takes its publisher along when it is killed', async () => {
    const serve = start('serve', '--log-level', 'silent');
    const publisher = await childOf(serve.child.pid);
    await healthy();
    serve.child.kill('SIGKILL');
    expect(await within(serve.gone)).toBe('SIGKILL');
    await soon('end of the publisher', () => (isAlive(publisher) ? undefined : true));
  });

  test('ends, and says so, when its publisher dies', async () => {
    const serve = start('serve', '--log-level', 'silent', '--json');
    const ready = JSON.parse(await serve.ready) as Record<string, unknown>;
    expect(ready).toMatchObject({ state: 'ready', origin: instance.origin });
    await healthy();
    process.kill(await childOf(serve.child.pid), 'SIGKILL');
    expect(await within(serve.gone)).toBe(3);
    expect(serve.out()).toContain('the publisher ended with SIGKILL while the gateway was running');
  });

  test('is ended at once by a second signal', async () => {
    const serve = start('serve', '--without-publisher', '--log-level', 'silent');
    await serve.ready;
    // A request that never ends holds a graceful end up for seconds.
    const { hostname, port } = new URL(instance.origin);
    const stuck = connect(Number(port), hostname, () => stuck.write('POST / HTTP/1.1\r\nHost:'));
    stuck.on('error', () => undefined);
    await delay(200);
    serve.child.kill('SIGINT');
    await delay(200);
    serve.child.kill('SIGINT');
    const started = Date.now();
    expect(await within(serve.gone)).toBe('SIGINT');
    expect(Date.now() - started).toBeLessThan(4500);
    stuck.destroy();
  });

  test('ends with an error, and leaves no publisher, where the port is taken', async () => {
    const other = createServer().listen(Number(new URL(instance.origin).port), '127.0.0.1');
    try {
      const serve = start('serve', '--log-level', 'silent');
      expect(await within(serve.gone)).toBe(2);
      expect(serve.err()).toContain('another program has this port');
    } finally {
      other.close();
    }
  });

  test('refuses before the founding', async () => {
    renameSync(instance.databaseFile, `${instance.databaseFile}.away`);
    try {
      const serve = start('serve', '--log-level', 'silent');
      expect(await within(serve.gone)).toBe(1);
      expect(serve.err()).toContain('this instance has not been founded');
    } finally {
      renameSync(`${instance.databaseFile}.away`, instance.databaseFile);
    }
  });
});

describe('publisher', { timeout: 2 * PATIENCE_MS }, () => {
  test('runs by itself beside serve --without-publisher, and ends on SIGTERM', async () => {
    const serve = start('serve', '--without-publisher', '--log-level', 'silent');
    const publisher = start('publisher', '--config', join(instance.folder, 'countersign.yaml'));
    expect(await publisher.ready).toBe('the publisher is running');
    await healthy();
    for (const one of [serve, publisher]) one.child.kill('SIGTERM');
    expect(await within(serve.gone)).toBe(0);
    expect(await within(publisher.gone)).toBe(0);
    expect(serve.out()).not.toContain('one user');
  });

  test('ends with its standard input where it was told so', async () => {
    // start() gives no input: it has ended already
    const publisher = start('publisher', '--end-with-stdin');
    expect(await within(publisher.gone)).toBe(0);
  });
});
