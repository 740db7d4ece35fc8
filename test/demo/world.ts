/** Everything around the gateway that the demo needs: registries, people's keys, a webhook. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { hasProgram } from '../tools.ts';
import { run, say } from './stage.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const VENV = join(ROOT, '.cache', 'demo-venv');

export interface PythonTools {
  readonly python: string;
  readonly twine: string;
  readonly pypiServer: string;
}

/**
 * The Python programs: those of the environment, or a virtual environment that is made once. Null,
 * with the reason said, where there is no Python or its packages cannot be had.
 */
export async function findPythonTools(env: NodeJS.ProcessEnv): Promise<PythonTools | null> {
  const [python, twine, pypiServer] = ['PYTHON', 'TWINE', 'PYPI_SERVER'].map(
    (name) => process.env[`COUNTERSIGN_${name}`],
  );
  if (python !== undefined && twine !== undefined && pypiServer !== undefined) {
    return { python, twine, pypiServer };
  }
  const requirements = join(ROOT, '.ci', 'python.txt');
  const bin = join(VENV, 'bin');
  const tools = {
    python: join(bin, 'python'),
    twine: join(bin, 'twine'),
    pypiServer: join(bin, 'pypi-server'),
  };
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const mark = join(VENV, 'installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return tools;
  if (!hasProgram('python3', '-c', 'import venv, ensurepip')) {
    say('SKIPPED: Python with venv is not here, so the Python half of the demo is left out');
    return null;
  }
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  say('making a Python environment with pypiserver and twine, once (.cache/demo-venv)');
  const options = { cwd: ROOT, env, shown: null };
  const made = await run('python3', ['-m', 'venv', '--clear', VENV], options);
  const installed =
    made.code === 0
      ? await run(
          join(bin, 'pip'),
          ['install', '--quiet', '--disable-pip-version-check', '-r', requirements],
          options,
        )
      : made;
  if (installed.code !== 0) {
    say(
      `SKIPPED: the Python half is left out, its programs could not be installed: ${installed.stderr.trim().split('\n').at(-1)}`,
    );
    return null;
  }
  writeFileSync(mark, wanted);
  return tools;
}

/** An SSH key as a person has one; the path of the private half. */
export async function createPersonKey(
  folder: string,
  name: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const file = join(folder, name);
  const made = await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file], {
    cwd: folder,
    env,
    shown: null,
  });
  if (made.code !== 0) throw new Error(`ssh-keygen failed: ${made.stderr}`);
  return file;
}

export interface ReceivedNotice {
  readonly type: string;
  readonly verified: boolean;
  readonly hasCheckpoint: boolean;
}

/** A receiver of notices that verifies them with a stock library. */
export async function startWebhook(folder: string) {
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  const secretFile = join(folder, 'webhook-secret');
  writeFileSync(secretFile, `${secret}\n`, { mode: 0o600 });
  const received: ReceivedNotice[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      let verified = true;
      try {
        new Webhook(secret).verify(body, request.headers as Record<string, string>);
      } catch {
        verified = false;
      }
      const notice = JSON.parse(body) as { type: string; data: { checkpoint: string | null } };
      received.push({
        type: notice.type,
        verified,
        hasCheckpoint: notice.data.checkpoint !== null,
      });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    secretFile,
    received,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/**
 * What the public gets. Verdaccio ends itself now and then while it serves a tarball (headers sent
 * twice); it is started again, and who downloads asks again.
 */
export async function fetchPublic(address: string): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(address);
      return new Response(await response.arrayBuffer(), { status: response.status });
    } catch (error) {
      if (attempt === 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
