import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A private PostgreSQL server that listens on a socket in its own folder and on no port. */
export interface PostgresServer {
  /** A new, empty database; the address for `openPostgresStore`. */
  createDatabase(): string;
  /** Runs SQL as the superuser in this database (default: the maintenance one). */
  run(sql: string, connectionString?: string): string;
  /** Ends the server at once and removes its folder. */
  stop(): void;
}

const START_TIMEOUT_SECONDS = '60';
const SERVER_USER = 'postgres';

/**
 * The folder of `initdb`, `pg_ctl` and `psql`: COUNTERSIGN_POSTGRES_BIN, else the PATH, else the
 * newest under Debian's /usr/lib/postgresql. Undefined where there is none; for
 * `requireTool('postgresql', postgresFolder() !== undefined)`.
 */
export function postgresFolder(): string | undefined {
  const chosen = process.env['COUNTERSIGN_POSTGRES_BIN'];
  if (chosen !== undefined) return chosen;
  const debian = '/usr/lib/postgresql';
  const versions = foldersIn(debian).toSorted((a, b) => Number(b) - Number(a));
  return [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ].find((folder) => ['initdb', 'pg_ctl', 'psql'].every((name) => isProgram(join(folder, name))));
}

/**
 * Starts a server. initdb refuses root, so root runs it as the user `postgres`, who comes with the
 * package. Throws, with the server's own words, when it does not start.
 */
export function startPostgres(): PostgresServer {
  const bin = postgresFolder();
  if (bin === undefined) throw new Error('postgresql is not installed');
  // short: the path of a socket has 107 bytes at most
  const folder = mkdtempSync(join(tmpdir(), 'cs-pg-'));
  const asServer = serverUser(folder);
  const cluster = join(folder, 'cluster');
  const run = (program: string, ...args: string[]): string => {
    const [command = '', ...rest] = [...asServer, join(bin, program), ...args];
    return execFileSync(command, rest, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  };
  const stop = (): void => {
    process.removeListener('exit', stop);
    try {
      run('pg_ctl', 'stop', '-D', cluster, '-m', 'immediate', '-w');
    } catch {
      // it was not running
    }
    rmSync(folder, { recursive: true, force: true });
  };
  // a test process that dies must not leave a server behind
  process.once('exit', stop);
  try {
    run('initdb', '-D', cluster, '-U', SERVER_USER, '-A', 'trust', '-E', 'UTF8', '--no-sync');
    const settings = `-c listen_addresses='' -c unix_socket_directories='${folder}'`;
    const log = join(folder, 'log');
    run(
      'pg_ctl',
      'start',
      '-D',
      cluster,
      '-l',
      log,
      '-o',
      settings,
      '-w',
      '-t',
      START_TIMEOUT_SECONDS,
    );
  } catch (error) {
    stop();
    throw error;
  }

  const address = (name: string): string =>
    `postgresql://${SERVER_USER}@localhost/${name}?host=${encodeURIComponent(folder)}`;
  const sql = (statement: string, connectionString = address('postgres')): string =>
    run('psql', '-X', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', connectionString, '-c', statement);
  return {
    createDatabase() {
      const name = `d${randomBytes(6).toString('hex')}`;
      sql(`create database ${name}`);
      return address(name);
    },
    run: (statement, connectionString) => sql(statement, connectionString).trim(),
    stop,
  };
}

// the command in front of every program: none, or one that changes the user
function serverUser(folder: string): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  const ids = ['-u', '-g'].map((flag) =>
    Number(execFileSync('id', [flag, SERVER_USER], { encoding: 'utf8' })),
  );
  chownSync(folder, ids[0] ?? 0, ids[1] ?? 0);
  chmodSync(folder, 0o755);
  return ['runuser', '-u', SERVER_USER, '--'];
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
