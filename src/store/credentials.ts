import type { StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { Queries } from './session.ts';

const PROJECT_COLUMNS = [
  'hash',
  'name',
  'project',
  'creator',
  'grant',
  'expiresAt',
  'revokedAt',
] as const;

/** Upload and project credentials, by the hash of the secret. */
export function readCredentials(
  db: Queries,
): Pick<StoreReader, 'uploadCredential' | 'projectCredential' | 'projectCredentials'> {
  return {
    async uploadCredential(hash) {
      const row = await db
        .selectFrom('uploadCredentials')
        .selectAll()
        .where('hash', '=', hash)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return { ...row, packages: row.packages === null ? null : JSON.parse(row.packages) };
    },
    projectCredential: (hash) =>
      db
        .selectFrom('projectCredentials')
        .select(PROJECT_COLUMNS)
        .where('hash', '=', hash)
        .executeTakeFirst(),
    projectCredentials: (project) =>
      db
        .selectFrom('projectCredentials')
        .select(PROJECT_COLUMNS)
        .where('project', '=', project)
        .orderBy('seq')
        .execute(),
  };
}

/** Revoking again keeps the first time; revoking nothing changes nothing. */
export function writeCredentials(
  db: Queries,
): Pick<
  StoreTransaction,
  | 'putUploadCredential'
  | 'revokeUploadCredentials'
  | 'endUploadCredential'
  | 'putProjectCredential'
  | 'revokeProjectCredential'
> {
  return {
    async putUploadCredential(row) {
      const packages = row.packages === null ? null : JSON.stringify(row.packages);
      await db
        .insertInto('uploadCredentials')
        .values({ ...row, packages })
        .execute();
    },
    async revokeUploadCredentials(release, at) {
      await db
        .updateTable('uploadCredentials')
        .set({ revokedAt: at })
        .where('release', '=', release)
        .where('revokedAt', 'is', null)
        .execute();
    },
    async endUploadCredential(hash, at) {
      await db
        .updateTable('uploadCredentials')
        .set({ expiresAt: at })
        .where('hash', '=', hash)
        .where('expiresAt', '>', at)
        .execute();
    },
    async putProjectCredential(row) {
      await db.insertInto('projectCredentials').values(row).execute();
    },
    async revokeProjectCredential(hash, at) {
      await db
        .updateTable('projectCredentials')
        .set({ revokedAt: at })
        .where('hash', '=', hash)
        .where('revokedAt', 'is', null)
        .execute();
    },
  };
}
