import type { StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { Queries } from './session.ts';

const COLUMNS = [
  'artifacts.release',
  'artifacts.file',
  'artifacts.ecosystem',
  'artifacts.package',
  'artifacts.version',
  'artifacts.kind',
  'artifacts.sizeBytes',
  'artifacts.sha256',
  'artifacts.sha512',
  'artifacts.sha1',
  'artifacts.receivedAt',
  'artifacts.description',
  'artifacts.requestDifferences',
  'artifacts.requestedTag',
  'artifacts.attestations',
] as const;

/** The files that releases hold. */
export function readArtifacts(
  db: Queries,
): Pick<StoreReader, 'artifacts' | 'publishedArtifacts' | 'liveArtifacts'> {
  return {
    artifacts: (release) =>
      db
        .selectFrom('artifacts')
        .select(COLUMNS)
        .where('release', '=', release)
        .orderBy('seq')
        .execute(),
    publishedArtifacts: (ecosystem, packageName, limit) =>
      db
        .selectFrom('artifacts')
        .innerJoin('releases', 'releases.id', 'artifacts.release')
        .select(COLUMNS)
        .where('artifacts.ecosystem', '=', ecosystem)
        .where('artifacts.package', '=', packageName)
        .where('releases.state', '=', 'published')
        .orderBy('releases.seq', 'desc')
        .orderBy('artifacts.seq')
        .limit(limit)
        .execute(),
    liveArtifacts: (ecosystem, packageName, version, except) =>
      db
        .selectFrom('artifacts')
        .innerJoin('releases', 'releases.id', 'artifacts.release')
        .select(COLUMNS)
        .where('artifacts.ecosystem', '=', ecosystem)
        .where('artifacts.package', '=', packageName)
        .where('artifacts.version', '=', version)
        .where('artifacts.release', '!=', except)
        .where('releases.live', '=', 1)
        .orderBy('artifacts.seq')
        .execute(),
  };
}

/** One row per release and file; a second one throws `state-conflict`. */
export function writeArtifacts(db: Queries): Pick<StoreTransaction, 'putArtifact'> {
  return {
    async putArtifact(row) {
      await db.insertInto('artifacts').values(row).execute();
    },
  };
}
