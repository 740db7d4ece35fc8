import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type PostgresServer, postgresFolder, startPostgres } from '../servers/postgres.ts';
import { requireTool } from '../tools.ts';
import { storeContract } from './store.ts';

storeContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-store-'));
  return {
    open: () => openSqliteStore({ file: join(folder, 'countersign.db') }),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

describe.skipIf(!requireTool('postgresql', postgresFolder() !== undefined))('with a server', () => {
  let server: PostgresServer;
  beforeAll(() => {
    server = startPostgres();
  });
  afterAll(() => server.stop());

  storeContract('PostgreSQL', async () => {
    const connectionString = server.createDatabase();
    return {
      open: () => openPostgresStore({ connectionString }),
      remove: async () => undefined,
    };
  });
});
