import type { Selectable } from 'kysely';
import { CountersignError } from '../core/errors.ts';
import { isTerminal } from '../core/release-state.ts';
import type { DeclaredFile, ReleaseRow, StoreReader, StoreTransaction } from '../gateway/ports.ts';
import type { ReleaseTable } from './schema.ts';
import type { Queries } from './session.ts';

/** Releases and their events. */
export function readReleases(
  db: Queries,
): Pick<StoreReader, 'release' | 'releaseByShortId' | 'releases' | 'events'> {
  return {
    async release(id) {
      const row = await db
        .selectFrom('releases')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && fromTable(row);
    },
    async releaseByShortId(shortId) {
      const row = await db
        .selectFrom('releases')
        .selectAll()
        .where('shortId', '=', shortId)
        .executeTakeFirst();
      return row && fromTable(row);
    },
    async releases({ project, tag, states, limit }) {
      let query = db.selectFrom('releases').selectAll();
      if (project !== undefined) query = query.where('project', '=', project);
      if (tag !== undefined) query = query.where('tag', '=', tag);
      if (states !== undefined) {
        if (states.length === 0) return [];
        query = query.where('state', 'in', states);
      }
      const rows = await query.orderBy('seq', 'desc').limit(limit).execute();
      return rows.map(fromTable);
    },
    events: (release) =>
      db
        .selectFrom('events')
        .selectAll()
        .where('release', '=', release)
        .orderBy('sequence')
        .execute(),
  };
}

/** Changes of releases; each names the revision that it follows. */
export function writeReleases(
  db: Queries,
): Pick<StoreTransaction, 'insertRelease' | 'updateRelease' | 'putEvent'> {
  return {
    async insertRelease(row) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('releases')
        .values(toTable(row))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === 0n) throw await whyNotInserted(db, row);
    },

    async updateRelease(row) {
      const { numUpdatedRows } = await db
        .updateTable('releases')
        .set(toTable(row))
        .where('id', '=', row.id)
        .where('revision', '=', row.revision - 1)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw await whyNotUpdated(db, row);
    },

    async putEvent(row) {
      await db.insertInto('events').values(row).execute();
    },
  };
}

async function whyNotInserted(db: Queries, row: ReleaseRow): Promise<CountersignError> {
  const held = await db
    .selectFrom('releases')
    .select(['id', 'shortId', 'state', 'live'])
    .where((where) =>
      where.or([
        where('id', '=', row.id),
        where('shortId', '=', row.shortId),
        where.and([
          where('project', '=', row.project),
          where('tag', '=', row.tag),
          where('live', '=', 1),
        ]),
      ]),
    )
    .orderBy('live', 'desc')
    .executeTakeFirst();
  if (held?.id === row.id || held?.shortId === row.shortId) {
    return new CountersignError('release-exists', `a release with id ${row.shortId} exists`);
  }
  return new CountersignError(
    'release-exists',
    `a release of ${row.project} ${row.tag} is under way: ${held?.shortId}, ${held?.state}`,
    { hint: `go on with it, or end it with "countersign release cancel ${held?.shortId}"` },
  );
}

async function whyNotUpdated(db: Queries, row: ReleaseRow): Promise<CountersignError> {
  const held = await db
    .selectFrom('releases')
    .select('revision')
    .where('id', '=', row.id)
    .executeTakeFirst();
  if (held === undefined) {
    return new CountersignError('not-found', `there is no release ${row.shortId}`);
  }
  return new CountersignError(
    'state-conflict',
    `release ${row.shortId} has changed meanwhile: expected revision ${row.revision - 1}, found ${held.revision}`,
    { hint: 'read it again and repeat' },
  );
}

function toTable(row: ReleaseRow): Omit<ReleaseTable, 'seq'> {
  // named one by one: a row that came from elsewhere may carry more than the port knows
  return {
    id: row.id,
    shortId: row.shortId,
    project: row.project,
    tag: row.tag,
    version: row.version,
    attempt: row.attempt,
    state: row.state,
    live: isTerminal(row.state) ? 0 : 1,
    revision: row.revision,
    policyName: row.policyName,
    policyDigest: row.policyDigest,
    rosterDigest: row.rosterDigest,
    opened: row.opened,
    openedAt: row.openedAt,
    commit: row.commit,
    distTag: row.distTag,
    declared: JSON.stringify(row.declared),
    reopens: row.reopens,
    sealedAt: row.sealedAt,
    manifest: row.manifest,
    report: row.report,
    reason: row.reason,
  };
}

function fromTable({ seq: _, live: __, declared, ...row }: Selectable<ReleaseTable>): ReleaseRow {
  // written by toTable, by nobody else
  return { ...row, declared: JSON.parse(declared) as readonly DeclaredFile[] };
}
