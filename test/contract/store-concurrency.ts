import { describe, expect, test } from 'vitest';
import type { StoreFixture } from './store.ts';
import { append, at, insertReleases, releaseId, releaseRow } from './store-rows.ts';

const TRANSACTIONS = 200;

export function concurrency(fixture: StoreFixture): void {
  describe('concurrency', () => {
    test('200 transactions of two programs at once leave a dense ledger and lose nothing', async () => {
      const stores = [fixture.store(), await fixture.another()];
      const indexes = await Promise.all(
        Array.from({ length: TRANSACTIONS }, (_, number) => {
          const store = stores[number % 2] ?? fixture.store();
          return store.transact((tx) => append(tx, `writer-${number}`));
        }),
      );
      const dense = Array.from({ length: TRANSACTIONS }, (_, index) => index);
      expect(indexes.toSorted((a, b) => a - b)).toEqual(dense);
      const rows = await fixture.store().read((tx) => tx.ledgerEntries(0, TRANSACTIONS + 1));
      expect(rows.map((row) => row.index)).toEqual(dense);
      const bytes = rows.map((row) => Buffer.from(row.bytes).toString());
      for (const [number, index] of indexes.entries()) {
        expect(bytes[index]).toContain(`"writer-${number}"`);
      }
    });

    test('a counter that two programs read and write loses no update', async () => {
      const stores = [fixture.store(), await fixture.another()];
      await insertReleases(fixture.store(), releaseRow(1));
      await Promise.all(
        Array.from({ length: 40 }, (_, number) =>
          stores[number % 2]?.transact(async (tx) => {
            const row = await tx.release(releaseId(1));
            if (row === undefined) throw new Error('the release is gone');
            await tx.updateRelease({ ...row, revision: row.revision + 1 });
          }),
        ),
      );
      const row = await fixture.store().read((tx) => tx.release(releaseId(1)));
      expect(row?.revision).toBe(41);
    });

    test('of two programs that open the same tag one gets it', async () => {
      const stores = [fixture.store(), await fixture.another()];
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, number) =>
          stores[number % 2]?.transact((tx) =>
            tx.insertRelease(releaseRow(number, { tag: 'v1.0.0' })),
          ),
        ),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused).toHaveLength(19);
      for (const { reason } of refused) expect(reason).toMatchObject({ code: 'release-exists' });
      expect(await fixture.store().read((tx) => tx.releases({ limit: 50 }))).toHaveLength(1);
    });

    test('a job is never leased twice', async () => {
      const stores = [fixture.store(), await fixture.another()];
      await fixture.store().transact(async (tx) => {
        for (let number = 0; number < 20; number += 1) {
          const id = `job-${number}`;
          await tx.enqueue({
            id,
            kind: 'inspect',
            release: null,
            payload: '{}',
            runAt: at(0),
            key: id,
          });
        }
      });
      const leased = await Promise.all(
        Array.from({ length: 60 }, (_, number) =>
          stores[number % 2]?.transact((tx) =>
            tx.leaseJob(['inspect'], `worker-${number}`, at(1), at(60)),
          ),
        ),
      );
      const ids = leased.flatMap((job) => (job === undefined ? [] : [job.id]));
      expect(ids).toHaveLength(20);
      expect(new Set(ids).size).toBe(20);
    });

    test('a challenge is spent once, however many come at once', async () => {
      const stores = [fixture.store(), await fixture.another()];
      const taken = await Promise.all(
        Array.from({ length: 20 }, (_, number) =>
          stores[number % 2]?.transact((tx) => tx.spendChallenge('nonce', at(60), at(1))),
        ),
      );
      expect(taken.filter((answer) => answer === true)).toHaveLength(1);
    });

    test('programs that open a new database at once all can use it', async () => {
      const stores = await Promise.all(Array.from({ length: 4 }, () => fixture.another()));
      const indexes = await Promise.all(stores.map((store) => store.transact((tx) => append(tx))));
      expect(indexes.toSorted()).toEqual([0, 1, 2, 3]);
    });
  });
}
