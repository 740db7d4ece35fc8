import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasProgram } from '../tools.ts';
import { type RunningServer, startServerProcess } from './server-process.ts';

/** The program: COUNTERSIGN_PYPI_SERVER, else `pypi-server` on the PATH. */
function pypiserverProgram(): string {
  return process.env['COUNTERSIGN_PYPI_SERVER'] ?? 'pypi-server';
}

/** Whether pypiserver can be started here; for `requireTool('pypiserver', hasPypiserver())`. */
export function hasPypiserver(): boolean {
  return hasProgram(pypiserverProgram(), '--version');
}

/**
 * Starts a real pypiserver on a free loopback port over the folder `packagesFolder` (made when it
 * is not there). Anyone reads; uploads need this user name and password (the server needs passlib
 * for that). Uploads go to `url` itself, the simple index is at `simple/`.
 */
export async function startPypiserver(options: {
  readonly packagesFolder: string;
  readonly username: string;
  readonly password: string;
}): Promise<RunningServer> {
  mkdirSync(options.packagesFolder, { recursive: true });
  // beside the packages it would be listed as one of them
  const own = mkdtempSync(join(tmpdir(), 'countersign-pypiserver-'));
  const passwords = join(own, 'htpasswd');
  const digest = createHash('sha1').update(options.password).digest('base64');
  writeFileSync(passwords, `${options.username}:{SHA}${digest}\n`, { mode: 0o600 });
  const server = await startServerProcess({
    name: 'pypiserver',
    program: pypiserverProgram(),
    args: (port) => [
      ...['run', '-i', '127.0.0.1', '-p', String(port), '--disable-fallback'],
      ...['-P', passwords, '-a', 'update', options.packagesFolder],
    ],
    env: { PATH: process.env['PATH'], HOME: own, NO_COLOR: '1' },
    cwd: own,
    readyPath: 'simple/',
  });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(own, { recursive: true, force: true });
    },
  };
}
