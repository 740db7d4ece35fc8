import { describe, expect, test } from 'vitest';
import type { StoreReader, StoreTransaction } from '../../src/gateway/ports.ts';
import type { StoreFixture } from './store.ts';
import {
  append,
  artifactRow,
  at,
  insertReleases,
  releaseId,
  releaseRow,
  sha256Of,
} from './store-rows.ts';

export function transactions(fixture: StoreFixture): void {
  describe('transactions', () => {
    test('nothing of a transaction that throws has happened, and its error comes back', async () => {
      const store = fixture.store();
      const failure = new Error('the use case changed its mind');
      const attempt = store.transact(async (tx) => {
        await append(tx);
        await tx.insertRelease(releaseRow(1));
        await tx.putDocument(sha256Of('{}'), 'manifest', '{}');
        throw failure;
      });
      await expect(attempt).rejects.toBe(failure);
      expect(await store.read((tx) => tx.ledgerSize())).toBe(0);
      expect(await store.read((tx) => tx.ledgerNode(0, 0))).toBeUndefined();
      expect(await store.read((tx) => tx.release(releaseId(1)))).toBeUndefined();
      expect(await store.read((tx) => tx.document(sha256Of('{}')))).toBeUndefined();
    });

    test('a transaction reads its own writes and gives back what the work gave', async () => {
      const size = await fixture.store().transact(async (tx) => {
        await append(tx);
        await append(tx);
        return tx.ledgerSize();
      });
      expect(size).toBe(2);
    });

    test('what was committed is there for a program that opens the database later', async () => {
      await fixture.store().transact((tx) => append(tx));
      await insertReleases(fixture.store(), releaseRow(1));
      const later = await fixture.another();
      expect(await later.read((tx) => tx.ledgerSize())).toBe(1);
      expect(await later.read((tx) => tx.release(releaseId(1)))).toEqual(releaseRow(1));
    });

    test('a read sees one snapshot, whatever others commit meanwhile, and holds nobody up', async () => {
      const store = fixture.store();
      const other = await fixture.another();
      await store.transact((tx) => append(tx));
      await store.read(async (tx) => {
        expect(await tx.ledgerSize()).toBe(1);
        await other.transact((write) => append(write));
        expect(await tx.ledgerSize()).toBe(1);
        expect(await tx.ledgerEntries(0, 10)).toHaveLength(1);
      });
      expect(await store.read((tx) => tx.ledgerSize())).toBe(2);
    });

    test('a read sees nothing of a transaction that has not ended', async () => {
      const other = await fixture.another();
      await fixture.store().transact(async (tx) => {
        await append(tx);
        expect(await other.read((read) => read.ledgerSize())).toBe(0);
      });
      expect(await other.read((read) => read.ledgerSize())).toBe(1);
    });

    test('many reads at once all get their answer', async () => {
      const store = fixture.store();
      await store.transact((tx) => append(tx));
      const sizes = await Promise.all(
        Array.from({ length: 40 }, () => store.read((tx) => tx.ledgerSize())),
      );
      expect(new Set(sizes)).toEqual(new Set([1]));
    });

    test('a statement that failed fails its transaction, even where the work goes on', async () => {
      const store = fixture.store();
      await insertReleases(store, releaseRow(1));
      const artifact = artifactRow(releaseId(1), 'a.tgz');
      await store.transact((tx) => tx.putArtifact(artifact));
      const attempt = store.transact(async (tx) => {
        await append(tx);
        await tx.putArtifact(artifact).catch(() => undefined);
        return 'done';
      });
      await expect(attempt).rejects.toMatchObject({ code: 'state-conflict' });
      expect(await store.read((tx) => tx.ledgerSize())).toBe(0);
    });

    test('what is left over from a transaction cannot write after it, nor read', async () => {
      const store = fixture.store();
      let kept: StoreTransaction | undefined;
      let reader: StoreReader | undefined;
      await store.transact(async (tx) => {
        kept = tx;
      });
      await store.read(async (tx) => {
        reader = tx;
      });
      await expect(kept?.spendChallenge('late', at(2), at(1))).rejects.toMatchObject({
        code: 'internal',
      });
      await expect(reader?.ledgerSize()).rejects.toMatchObject({ code: 'internal' });
    });

    test('a store that is called inside of its own transaction says so and does not hang', async () => {
      const store = fixture.store();
      const inner = store.transact(() => store.transact((tx) => tx.ledgerSize()));
      await expect(inner).rejects.toMatchObject({ code: 'internal' });
      expect(await store.transact((tx) => append(tx))).toBe(0);
    });

    test('text that cannot be kept as it is is refused', async () => {
      for (const challenge of ['a\0b', 'a\ud800b']) {
        await expect(
          fixture.store().transact((tx) => tx.spendChallenge(challenge, at(2), at(1))),
        ).rejects.toMatchObject({ code: 'malformed-document' });
      }
    });

    test('text comes back as it was, whatever it holds', async () => {
      const body = '\' " \\ ; -- $1 ? é 漢字 😀 \u202e \r\n\t';
      const store = fixture.store();
      await store.transact((tx) => tx.putDocument(sha256Of(body), 'manifest', body));
      expect(await store.read((tx) => tx.document(sha256Of(body)))).toBe(body);
    });
  });
}
