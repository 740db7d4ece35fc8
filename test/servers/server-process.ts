import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';

/** A server that runs as a child of this process. `url` ends with a slash. */
export interface RunningServer {
  readonly url: string;
  /** Ends the process and waits until it is gone; harmless when it has ended already. */
  stop(): Promise<void>;
}

/** `args` gets the chosen port; `readyPath` is polled until it answers with any status below 500. */
export interface ServerProgram {
  readonly name: string;
  readonly program: string;
  readonly args: (port: number) => readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly readyPath: string;
}

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;
const KEPT_OUTPUT_CHARACTERS = 4_000;

/**
 * Starts the program on a free loopback port. Throws, with its output, when it does not answer. One
 * that dies while it is used says so on standard error and is started again in its place, as a
 * registry's operator would do; three times at most.
 */
export async function startServerProcess(server: ServerProgram): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await keepRunning(server, await freePort());
    } catch (error) {
      // another process may have taken the port between the probe and the start
      if (attempt === 3) throw error;
    }
  }
}

async function keepRunning(server: ServerProgram, port: number): Promise<RunningServer> {
  let restarts = 0;
  let current: Promise<RunningServer>;
  const start = (): Promise<RunningServer> =>
    startOnce(server, port, (how) => {
      console.error(how);
      restarts += 1;
      if (restarts > 3) return;
      current = start();
      current.catch((error: unknown) => console.error(String(error)));
    });
  current = start();
  const { url } = await current;
  return { url, stop: async () => (await current).stop() };
}

async function startOnce(
  server: ServerProgram,
  port: number,
  died: (how: string) => void,
): Promise<RunningServer> {
  const child = spawn(server.program, server.args(port), {
    cwd: server.cwd,
    env: server.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT_CHARACTERS);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const failure = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`${server.name} ended (${code ?? signal}) before it answered:\n${output}`)),
    );
  });
  failure.catch(() => undefined);
  const url = `http://127.0.0.1:${port}/`;
  // a test process that dies must not leave a server behind
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  try {
    await Promise.race([failure, waitUntilReady(new URL(server.readyPath, url), server.name)]);
  } catch (error) {
    await stopChild(child);
    process.removeListener('exit', end);
    throw error;
  }
  const tell = (code: number | null, signal: NodeJS.Signals | null): void => {
    // a registry that dies under a test would else look like a fault of the gate
    died(`${server.name} ended (${code ?? signal}) while it was used:\n${output}`);
  };
  child.once('exit', tell);
  return {
    url,
    stop: async () => {
      child.removeListener('exit', tell);
      await stopChild(child);
      process.removeListener('exit', end);
    },
  };
}

async function waitUntilReady(url: URL, name: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      await response.body?.cancel();
      if (response.status < 500) return;
    } catch {
      // not listening yet
    }
    await delay(100);
  }
  throw new Error(`${name} did not answer at ${url.href} within ${READY_TIMEOUT_MS} ms`);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await gone;
  clearTimeout(hard);
}
