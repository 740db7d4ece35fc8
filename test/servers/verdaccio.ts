import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningServer, startServerProcess } from './server-process.ts';

const PROGRAM = fileURLToPath(
  new URL('../../node_modules/verdaccio/bin/verdaccio', import.meta.url),
);

/** A real Verdaccio without uplinks. Packages lie under `storage` given at the start. */
export interface Verdaccio extends RunningServer {
  /**
   * The publishing token of this user, who is registered at the first call. It stays valid when
   * Verdaccio is started again over the same storage; the user cannot be registered twice there.
   */
  token(user: string): Promise<string>;
}

/**
 * Starts Verdaccio on a free loopback port, with everything it writes inside the folder `storage`
 * (made when it is not there). Anyone reads, registered users publish, bodies up to 300 MB,
 * `/-/stage` switched on.
 */
export async function startVerdaccio(options: { readonly storage: string }): Promise<Verdaccio> {
  mkdirSync(options.storage, { recursive: true });
  const configFile = join(options.storage, 'verdaccio.yaml');
  writeFileSync(configFile, configOf(options.storage));
  const server = await startServerProcess({
    name: 'verdaccio',
    program: process.execPath,
    args: (port) => [PROGRAM, '--config', configFile, '--listen', `127.0.0.1:${port}`],
    env: { PATH: process.env['PATH'], HOME: options.storage, NO_COLOR: '1' },
    cwd: options.storage,
    readyPath: '-/ping',
  });
  const tokens = new Map<string, Promise<string>>();
  const token = (user: string): Promise<string> => {
    const known = tokens.get(user) ?? register(server.url, user);
    tokens.set(user, known);
    return known;
  };
  return { ...server, token };
}

function configOf(folder: string): string {
  // JSON is YAML; it needs no quoting of paths
  return JSON.stringify({
    storage: join(folder, 'packages'),
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: 100 } },
    uplinks: {},
    packages: {
      '**': { access: '$all', publish: '$authenticated', unpublish: '$authenticated' },
    },
    max_body_size: '300mb',
    log: { type: 'stdout', format: 'json', level: 'warn' },
    flags: { stage: true },
    web: { enable: false },
  });
}

async function register(url: string, user: string): Promise<string> {
  const response = await fetch(
    new URL(`-/user/org.couchdb.user:${encodeURIComponent(user)}`, url),
    {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: user, password: randomUUID() }),
    },
  );
  const answer: unknown = await response.json();
  if (typeof answer === 'object' && answer !== null && 'token' in answer) {
    return String(answer.token);
  }
  throw new Error(`verdaccio gave ${user} no token: ${response.status} ${JSON.stringify(answer)}`);
}
