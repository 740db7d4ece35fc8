import { describe, expect, test } from 'vitest';
import type { StoreTransaction } from '../../src/gateway/ports.ts';
import type { StoreFixture } from './store.ts';
import { at, insertReleases, releaseId, releaseRow } from './store-rows.ts';

type NewJob = Parameters<StoreTransaction['enqueue']>[0];

function job(id: string, change: Partial<NewJob> = {}): NewJob {
  const fresh = { id, kind: 'inspect', release: null, payload: '{}', runAt: at(0), key: id };
  return { ...fresh, ...change };
}

export function jobs(fixture: StoreFixture): void {
  const enqueue = (...list: readonly NewJob[]) =>
    fixture.store().transact(async (tx) => {
      for (const one of list) await tx.enqueue(one);
    });
  const lease = (owner: string, now: number, until: number, kinds = ['inspect']) =>
    fixture.store().transact((tx) => tx.leaseJob(kinds, owner, at(now), at(until)));
  const change = <T>(work: (tx: StoreTransaction) => Promise<T>) => fixture.store().transact(work);

  describe('jobs', () => {
    test('the oldest due job of the wanted kinds comes first, until there is none', async () => {
      await enqueue(
        job('late', { runAt: at(5) }),
        job('early', { runAt: at(1), payload: '{"a":1}' }),
        job('later', { runAt: at(1) }),
        job('other', { kind: 'notify', runAt: at(0) }),
        job('future', { runAt: at(99) }),
      );
      expect(await lease('w', 10, 20)).toStrictEqual({
        id: 'early',
        kind: 'inspect',
        release: null,
        payload: '{"a":1}',
        runAt: at(1),
        attempts: 0,
        lastError: null,
      });
      expect((await lease('w', 10, 20))?.id).toBe('later');
      expect((await lease('w', 10, 20))?.id).toBe('late');
      expect(await lease('w', 10, 20)).toBeUndefined();
      expect(await lease('w', 10, 20, [])).toBeUndefined();
      expect((await lease('w', 10, 20, ['inspect', 'notify']))?.id).toBe('other');
    });

    test('a lease that ran out goes to the next worker, and the first one is told no', async () => {
      await enqueue(job('a'));
      await lease('first', 0, 10);
      expect(await lease('second', 9, 19)).toBeUndefined();
      expect(await lease('second', 10, 20)).toMatchObject({
        id: 'a',
        attempts: 1,
        lastError: expect.stringContaining('first'),
      });
      expect(await change((tx) => tx.extendLease('a', 'first', at(99)))).toBe(false);
      expect(await change((tx) => tx.finishJob('a', 'first', at(11)))).toBe(false);
      expect(await change((tx) => tx.retryJob('a', 'first', at(11), 'late'))).toBe(false);
      expect(await change((tx) => tx.failJob('a', 'first', at(11), 'late'))).toBe(false);
      expect(await change((tx) => tx.finishJob('a', 'second', at(12)))).toBe(true);
      expect(await change((tx) => tx.finishJob('a', 'second', at(13)))).toBe(false);
      expect(await lease('third', 50, 60)).toBeUndefined();
    });

    test('leases of an owner that died end at once and count the attempt, those of others stay', async () => {
      await enqueue(job('a'), job('b'), job('c', { kind: 'publish' }));
      await lease('dead', 0, 60);
      await lease('alive', 0, 60);
      await lease('dead', 0, 60, ['publish']);
      const owners = (...kinds: string[]) => fixture.store().read((tx) => tx.leaseOwners(kinds));
      expect(await owners('inspect', 'publish')).toEqual(['alive', 'dead']);
      expect(await owners('publish')).toEqual(['dead']);
      expect(await owners()).toEqual([]);
      await change((tx) => tx.endLeases('dead', at(10)));
      expect(await lease('next', 10, 70)).toMatchObject({
        id: 'a',
        attempts: 1,
        lastError: expect.stringContaining('dead'),
      });
      expect(await lease('next', 10, 70)).toBeUndefined();
      expect((await lease('next', 10, 70, ['publish']))?.id).toBe('c');
      expect(await change((tx) => tx.finishJob('a', 'dead', at(11)))).toBe(false);
      expect(await change((tx) => tx.finishJob('a', 'next', at(11)))).toBe(true);
      expect(await owners('inspect')).toEqual(['alive']);
    });

    test('an extended lease lasts longer', async () => {
      await enqueue(job('a'));
      await lease('first', 0, 10);
      expect(await change((tx) => tx.extendLease('a', 'first', at(30)))).toBe(true);
      expect(await lease('second', 20, 40)).toBeUndefined();
      expect((await lease('second', 30, 40))?.id).toBe('a');
    });

    test('a job given back waits for its time and counts the attempt', async () => {
      await enqueue(job('a'));
      await lease('w', 0, 10);
      expect(await change((tx) => tx.retryJob('a', 'w', at(20), 'no route'))).toBe(true);
      expect(await lease('w', 19, 29)).toBeUndefined();
      expect(await lease('v', 20, 30)).toMatchObject({
        attempts: 1,
        lastError: 'no route',
        runAt: at(20),
      });
    });

    test('a job that failed for good does not come again', async () => {
      await enqueue(job('a'));
      await lease('w', 0, 10);
      expect(await change((tx) => tx.failJob('a', 'w', at(1), 'hopeless'))).toBe(true);
      expect(await lease('w', 99, 100)).toBeUndefined();
    });

    test('a second job with the key of an unfinished one is not added, leased or not', async () => {
      await enqueue(job('a', { key: 'inspect:1' }), job('b', { key: 'inspect:1' }));
      expect((await lease('w', 0, 10))?.id).toBe('a');
      await enqueue(job('c', { key: 'inspect:1' }));
      expect(await lease('w', 0, 10)).toBeUndefined();
      await change((tx) => tx.finishJob('a', 'w', at(1)));
      await enqueue(job('d', { key: 'inspect:1' }));
      expect((await lease('w', 0, 10))?.id).toBe('d');
    });

    test('a job and the change it follows from are one', async () => {
      await expect(
        change(async (tx) => {
          await tx.enqueue(job('a'));
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await lease('w', 0, 10)).toBeUndefined();
    });

    test('pending jobs of a release are those that are not done', async () => {
      await insertReleases(fixture.store(), releaseRow(1), releaseRow(2));
      const release = releaseId(1);
      await enqueue(
        job('b', { release, runAt: at(0) }),
        job('a', { release, runAt: at(9) }),
        job('c', { release: releaseId(2), runAt: at(9) }),
      );
      const pending = async () =>
        (await fixture.store().read((tx) => tx.pendingJobs(release))).map(({ id }) => id);
      expect(await pending()).toEqual(['b', 'a']);
      await lease('w', 0, 10);
      expect(await pending()).toEqual(['b', 'a']);
      await change((tx) => tx.finishJob('b', 'w', at(1)));
      expect(await pending()).toEqual(['a']);
    });
  });
}
