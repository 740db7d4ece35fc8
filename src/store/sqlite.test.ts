import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSqliteStore } from './sqlite.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-sqlite-'));
  file = join(folder, 'data', 'countersign.db');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

async function openAndClose(): Promise<void> {
  await (await openSqliteStore({ file })).close();
}

test('a new database, its log and its folder are its owner’s alone', async () => {
  const store = await openSqliteStore({ file });
  for (const path of [file, `${file}-wal`, `${file}-shm`]) {
    expect(statSync(path).mode & 0o777).toBe(0o600);
  }
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
  await store.close();
});

test('an existing database keeps the mode that its administrator gave it', async () => {
  await openAndClose();
  chmodSync(file, 0o660);
  await openAndClose();
  expect(statSync(file).mode & 0o777).toBe(0o660);
});

test('every connection is at synchronous=FULL with foreign keys, and says so itself', async () => {
  const pragmas: string[] = [];
  const original = DatabaseSync.prototype.prepare;
  const spy = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
    this: DatabaseSync,
    sql: string,
  ) {
    if (!/^(insert|select|create|delete)/i.test(sql)) pragmas.push(sql);
    return original.call(this, sql);
  });
  const store = await openSqliteStore({ file });
  await store.read((tx) => tx.ledgerSize());
  await store.close();
  // the writer and one reader
  expect(pragmas.filter((sql) => sql === 'pragma synchronous')).toHaveLength(2);
  expect(spy).toHaveBeenCalled();
});

test('a SQLite that ignores synchronous=FULL does not start', async () => {
  const original = DatabaseSync.prototype.exec;
  vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (
    this: DatabaseSync,
    sql: string,
  ) {
    return original.call(this, sql.replace('synchronous = full', 'synchronous = normal'));
  });
  await expect(openAndClose()).rejects.toMatchObject({
    code: 'store-unavailable',
    message: expect.stringContaining('expected synchronous 2, found 1'),
  });
});

test('a database of a newer schema is not opened and not changed', async () => {
  await openAndClose();
  const db = new DatabaseSync(file);
  db.exec('update schema_version set version = 99');
  await expect(openAndClose()).rejects.toMatchObject({
    code: 'store-unavailable',
    message: expect.stringContaining('schema version 99'),
  });
  expect(db.prepare('select version from schema_version').all()).toHaveLength(1);
  db.close();
});

test('a database that a newer program migrates under a running one is refused from then on', async () => {
  const store = await openSqliteStore({ file });
  expect(await store.read((tx) => tx.ledgerSize())).toBe(0);
  const db = new DatabaseSync(file);
  db.exec('update schema_version set version = 99');
  db.close();
  await expect(store.read((tx) => tx.ledgerSize())).rejects.toMatchObject({
    code: 'store-unavailable',
  });
  await expect(store.transact((tx) => tx.ledgerSize())).rejects.toMatchObject({
    code: 'store-unavailable',
  });
  await store.close();
});

test('opening twice migrates once and keeps what is there', async () => {
  await openAndClose();
  await openAndClose();
  const db = new DatabaseSync(file);
  expect(db.prepare('select version from schema_version').all()).toEqual([{ version: 4 }]);
  db.close();
});

test('a file that is no database, and a folder in its place, get a clear error', async () => {
  file = join(folder, 'text.db');
  writeFileSync(file, 'this is no database, it only looks like a file of one '.repeat(100));
  await expect(openAndClose()).rejects.toMatchObject({
    code: 'store-unavailable',
    message: expect.stringContaining('not an SQLite database'),
  });
  file = folder;
  await expect(openAndClose()).rejects.toMatchObject({
    code: 'store-unavailable',
    message: expect.stringContaining('cannot be opened'),
  });
});

test('a database that is full refuses, undoes the transaction, and goes on when there is room', async () => {
  const store = await openSqliteStore({ file });
  const limit = (pages: number): void => {
    // there is no other way to fill a disk that a test may use
    for (const db of connections) db.exec(`pragma max_page_count = ${pages}`);
  };
  const connections: DatabaseSync[] = [];
  const original = DatabaseSync.prototype.prepare;
  vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
    this: DatabaseSync,
    sql: string,
  ) {
    if (!connections.includes(this)) connections.push(this);
    return original.call(this, sql);
  });
  await store.transact(async (tx) => {
    await tx.spendChallenge('first', '2026-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z');
  });
  limit(1);
  const attempt = store.transact(async (tx) => {
    for (let count = 0; count < 1000; count += 1) {
      const name = `${count}-${'x'.repeat(1000)}`;
      await tx.spendChallenge(name, '2026-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z');
    }
  });
  await expect(attempt).rejects.toMatchObject({
    code: 'store-unavailable',
    message: expect.stringContaining('the disk is full'),
  });
  limit(1_000_000);
  const again = store.transact((tx) =>
    tx.spendChallenge('first', '2026-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'),
  );
  expect(await again).toBe(false);
  await store.close();
});
