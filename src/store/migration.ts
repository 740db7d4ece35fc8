import { CountersignError } from '../core/errors.ts';
import { gate } from './migrations/0001-gate.ts';
import { signIn } from './migrations/0002-sign-in.ts';
import { ci } from './migrations/0003-ci.ts';
import { attestations } from './migrations/0004-attestations.ts';
import type { Session, SqlRow } from './session.ts';

/** The words of one database's `create table`. `end` closes the statement. */
export interface ColumnTypes {
  readonly text: string;
  /** At least 53 bits. */
  readonly integer: string;
  readonly bytes: string;
  /** A primary key that counts up by itself and never gives a number twice. */
  readonly sequence: string;
  readonly end: string;
}

/** One step of the schema. Once it has shipped it is never edited: a change is a new step. */
export interface Migration {
  readonly version: number;
  statements(types: ColumnTypes): readonly string[];
}

// ascending by version from 1 without a gap
const MIGRATIONS: readonly Migration[] = [gate, signIn, ci, attestations];

/** One row once the database is migrated. */
export const READ_VERSION = 'select version from schema_version';

/**
 * Checks what READ_VERSION gave at the start of a transaction: a newer program may have migrated
 * the database while this one was running. Throws `store-unavailable` where it has.
 */
export function requireVersion(rows: readonly SqlRow[]): void {
  const known = MIGRATIONS.at(-1)?.version ?? 0;
  const found = versionOf(rows);
  if (found !== known) throw otherVersion(found, known);
}

function versionOf(rows: readonly SqlRow[]): number {
  return Number(rows[0]?.['version'] ?? 0);
}

function otherVersion(found: number, known: number): CountersignError {
  return new CountersignError(
    'store-unavailable',
    `the database has schema version ${found}, this program knows version ${known}`,
    { hint: 'a newer countersign has used this database; run that version or newer' },
  );
}

/**
 * Brings the schema to this program's version. Call it inside of one transaction that excludes
 * every other writer: then a second process that opens at the same moment waits and finds nothing
 * to do, and a crash halfway leaves the old schema. Throws `store-unavailable` where the database
 * is newer than this program, without having changed anything.
 */
export async function migrate(
  session: Session,
  types: ColumnTypes,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await session.execute(
    `create table if not exists schema_version (version ${types.integer} not null)${types.end}`,
    [],
  );
  const { rows } = await session.execute(READ_VERSION, []);
  const found = versionOf(rows);
  const known = migrations.at(-1)?.version ?? 0;
  if (found > known) throw otherVersion(found, known);
  if (found === known) return;
  for (const migration of migrations.filter(({ version }) => version > found)) {
    for (const statement of migration.statements(types)) await session.execute(statement, []);
  }
  await session.execute('delete from schema_version', []);
  await session.execute(`insert into schema_version (version) values (${known})`, []);
}
