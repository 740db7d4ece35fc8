import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { append, at, ledgerRow } from '../../test/contract/store-rows.ts';
import { type PostgresServer, postgresFolder, startPostgres } from '../../test/servers/postgres.ts';
import { requireTool } from '../../test/tools.ts';
import { openPostgresStore } from './postgres.ts';

test.each([
  ['no address', 'secret-word'],
  ['a path', '/var/run/secret-word'],
  ['another protocol', 'mysql://alice:secret-word@localhost/db'],
])('%s is refused without being repeated', async (_, connectionString) => {
  const error: unknown = await openPostgresStore({ connectionString }).catch((reason) => reason);
  expect(error).toMatchObject({ code: 'config-invalid' });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret-word');
});

test('a schema name that could be more than a name is refused', async () => {
  for (const schema of ['', 'a"; drop schema public', 'A', 'a'.repeat(64)]) {
    const opening = openPostgresStore({ connectionString: 'postgresql://localhost/x', schema });
    await expect(opening).rejects.toMatchObject({ code: 'config-invalid' });
  }
});

test('a server that is not there is unavailable, and its password is not named', async () => {
  const password = ['secret', 'word'].join('-');
  const connectionString = `postgresql://alice:${password}@127.0.0.1:1/db`;
  const error: unknown = await openPostgresStore({ connectionString }).catch((reason) => reason);
  expect(error).toMatchObject({ code: 'store-unavailable' });
  expect(String(error) + String(Reflect.get(Object(error), 'hint'))).not.toContain(password);
});

describe.skipIf(!requireTool('postgresql', postgresFolder() !== undefined))('with a server', () => {
  let server: PostgresServer;
  beforeAll(() => {
    server = startPostgres();
  });
  afterAll(() => server.stop());

  test('two schemas of one database know nothing of each other', async () => {
    const connectionString = server.createDatabase();
    const one = await openPostgresStore({ connectionString, schema: 'one' });
    const two = await openPostgresStore({ connectionString, schema: 'two' });
    await one.transact((tx) => append(tx));
    expect(await two.read((tx) => tx.ledgerSize())).toBe(0);
    await one.close();
    await two.close();
  });

  test('a database of a newer schema is not opened, and refused once it is migrated', async () => {
    const connectionString = server.createDatabase();
    const store = await openPostgresStore({ connectionString });
    server.run('update countersign.schema_version set version = 99', connectionString);
    for (const attempt of [
      openPostgresStore({ connectionString }),
      store.read((tx) => tx.ledgerSize()),
      store.transact((tx) => tx.ledgerSize()),
    ]) {
      await expect(attempt).rejects.toMatchObject({
        code: 'store-unavailable',
        message: expect.stringContaining('schema version 99'),
      });
    }
    await store.close();
  });

  test('a role or database that commits asynchronously is overruled', async () => {
    const connectionString = server.createDatabase();
    const name = new URL(connectionString).pathname.slice(1);
    server.run(`alter database ${name} set synchronous_commit = off`);
    const store = await openPostgresStore({ connectionString });
    await store.transact((tx) => append(tx));
    expect(await store.read((tx) => tx.ledgerSize())).toBe(1);
    await store.close();
  });

  test('a server that does not flush is refused', async () => {
    const connectionString = server.createDatabase();
    server.run('alter system set full_page_writes = off');
    server.run('select pg_reload_conf()');
    try {
      await expect.poll(() => server.run('show full_page_writes', connectionString)).toBe('off');
      await expect(openPostgresStore({ connectionString })).rejects.toMatchObject({
        code: 'store-unavailable',
        message: expect.stringContaining('expected full_page_writes on, found off'),
      });
    } finally {
      server.run('alter system reset full_page_writes');
      server.run('select pg_reload_conf()');
    }
  });

  test('a connection that the server ends fails its transaction and is replaced', async () => {
    const connectionString = server.createDatabase();
    const store = await openPostgresStore({ connectionString });
    const end = `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'countersign' and datname = current_database()`;
    const attempt = store.transact(async (tx) => {
      await append(tx);
      server.run(end, connectionString);
      await append(tx);
    });
    await expect(attempt).rejects.toMatchObject({ code: 'store-unavailable' });
    // an idle one too
    server.run(end, connectionString);
    await expect.poll(() => store.read((tx) => tx.ledgerSize()).catch(() => -1)).toBe(0);
    expect(await store.transact((tx) => append(tx))).toBe(0);
    await store.close();
  });

  test('a deadlock with another program is repeated until it goes through', async () => {
    const connectionString = server.createDatabase();
    const store = await openPostgresStore({ connectionString });
    let attempts = 0;
    // what the server says when it breaks a deadlock or a serialisation conflict
    server.run(
      `create function countersign.fail_twice() returns trigger language plpgsql as $$
        begin
          if nextval('countersign.tries') <= 2 then
            raise exception 'could not serialize access' using errcode = '40001';
          end if;
          return new;
        end $$;
      create sequence countersign.tries;
      create trigger fail before insert on countersign.challenges
        for each row execute function countersign.fail_twice()`,
      connectionString,
    );
    await store.transact(async (tx) => {
      attempts += 1;
      await append(tx);
      await tx.spendChallenge('nonce', at(60), at(1));
    });
    expect(attempts).toBe(3);
    expect(await store.read((tx) => tx.ledgerEntries(0, 9))).toStrictEqual([ledgerRow(0)]);
    await store.close();
  });
});
