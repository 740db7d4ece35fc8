import { describe, expect, test } from 'vitest';
import type { CheckpointRow } from '../../src/gateway/ports.ts';
import type { StoreFixture } from './store.ts';
import { append, at, ledgerRow, releaseId, sha256Of } from './store-rows.ts';

function checkpointRow(size: number, note = `note of ${size}`): CheckpointRow {
  return { size, root: new Uint8Array(32).fill(size), note, signedAt: at(size) };
}

export function ledger(fixture: StoreFixture): void {
  describe('the ledger', () => {
    test('an empty database has an empty ledger', async () => {
      await fixture.store().read(async (tx) => {
        expect(await tx.ledgerSize()).toBe(0);
        expect(await tx.ledgerEntries(0, 10)).toEqual([]);
        expect(await tx.ledgerNode(0, 0)).toBeUndefined();
        expect(await tx.latestCheckpoint()).toBeUndefined();
        expect(await tx.checkpoints(0, 10)).toEqual([]);
      });
    });

    test('entries and nodes come back byte for byte, in order, within the limit', async () => {
      const store = fixture.store();
      const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const first = { ...ledgerRow(0), bytes: every, release: releaseId(1) };
      await store.transact(async (tx) => {
        await tx.putLedgerEntry(first, [
          { level: 0, index: 0, hash: every.slice(0, 32) },
          { level: 7, index: 3, hash: every.slice(224) },
        ]);
        await append(tx);
        await append(tx);
      });
      await store.read(async (tx) => {
        expect(await tx.ledgerEntries(0, 2)).toStrictEqual([first, ledgerRow(1)]);
        expect(await tx.ledgerEntries(2, 10)).toStrictEqual([ledgerRow(2)]);
        expect(await tx.ledgerEntries(3, 10)).toEqual([]);
        expect(await tx.ledgerNode(7, 3)).toStrictEqual(every.slice(224));
        expect(await tx.ledgerNode(3, 7)).toBeUndefined();
      });
    });

    test('entries of some kinds come in order, those after an index alone', async () => {
      const store = fixture.store();
      await store.transact(async (tx) => {
        for (const [index, kind] of ['a', 'b', 'a', 'c', 'b'].entries())
          await tx.putLedgerEntry({ ...ledgerRow(index), kind }, []);
      });
      await store.read(async (tx) => {
        const of = async (kinds: readonly string[], after: number) =>
          (await tx.ledgerEntriesOf(kinds, after)).map((one) => one.index);
        expect(await of(['a', 'b'], -1)).toEqual([0, 1, 2, 4]);
        expect(await of(['b'], 1)).toEqual([4]);
        expect(await of(['d'], -1)).toEqual([]);
        expect(await tx.ledgerEntriesOf(['c'], 0)).toStrictEqual([{ ...ledgerRow(3), kind: 'c' }]);
      });
    });

    test('an entry anywhere but at the end is refused', async () => {
      const store = fixture.store();
      await store.transact((tx) => append(tx));
      for (const index of [0, 2, -1]) {
        await expect(
          store.transact((tx) => tx.putLedgerEntry(ledgerRow(index), [])),
        ).rejects.toMatchObject({ code: 'ledger-corrupt' });
      }
      expect(await store.read((tx) => tx.ledgerSize())).toBe(1);
    });

    test('a tree node is never written twice', async () => {
      const store = fixture.store();
      await store.transact((tx) => append(tx));
      const node = { level: 0, index: 0, hash: new Uint8Array(32) };
      await expect(
        store.transact((tx) => tx.putLedgerEntry(ledgerRow(1), [node])),
      ).rejects.toMatchObject({ code: 'ledger-corrupt' });
      expect(await store.read((tx) => tx.ledgerNode(0, 0))).toStrictEqual(ledgerRow(0).leafHash);
      expect(await store.read((tx) => tx.ledgerSize())).toBe(1);
    });

    test('checkpoints come by size, and the latest is the largest', async () => {
      const store = fixture.store();
      await store.transact(async (tx) => {
        for (let count = 0; count < 12; count += 1) await append(tx);
        for (const size of [2, 10, 9, 12]) await tx.putCheckpoint(checkpointRow(size));
      });
      await store.read(async (tx) => {
        expect(await tx.latestCheckpoint()).toStrictEqual(checkpointRow(12));
        const sizes = async (after: number, limit: number) =>
          (await tx.checkpoints(after, limit)).map(({ size }) => size);
        expect(await sizes(0, 10)).toEqual([2, 9, 10, 12]);
        expect(await sizes(2, 2)).toEqual([9, 10]);
        expect(await sizes(12, 10)).toEqual([]);
      });
    });

    test('a size has one root: signed again it is replaced, another root is refused', async () => {
      const store = fixture.store();
      await store.transact(async (tx) => {
        await append(tx);
        await tx.putCheckpoint(checkpointRow(1));
        await tx.putCheckpoint(checkpointRow(1, 'signed again'));
      });
      const fork = { ...checkpointRow(1), root: new Uint8Array(32) };
      await expect(store.transact((tx) => tx.putCheckpoint(fork))).rejects.toMatchObject({
        code: 'ledger-corrupt',
      });
      expect(await store.read((tx) => tx.latestCheckpoint())).toStrictEqual(
        checkpointRow(1, 'signed again'),
      );
    });

    test('a checkpoint of more entries than there are is refused', async () => {
      await expect(
        fixture.store().transact((tx) => tx.putCheckpoint(checkpointRow(1))),
      ).rejects.toMatchObject({ code: 'ledger-corrupt' });
    });

    test('a document is kept under its own digest only, and again is success', async () => {
      const store = fixture.store();
      const body = '{"name":"é"}';
      for (let round = 0; round < 2; round += 1) {
        await store.transact((tx) => tx.putDocument(sha256Of(body), 'roster', body));
      }
      expect(await store.read((tx) => tx.document(sha256Of(body)))).toBe(body);
      expect(await store.read((tx) => tx.document(sha256Of('other')))).toBeUndefined();
      await expect(
        store.transact((tx) => tx.putDocument(sha256Of(body), 'roster', `${body} `)),
      ).rejects.toMatchObject({ code: 'malformed-document' });
    });

    test('there is one genesis', async () => {
      const store = fixture.store();
      expect(await store.read((tx) => tx.genesisDigest())).toBeUndefined();
      await store.transact((tx) => tx.putGenesis(sha256Of('one')));
      await store.transact((tx) => tx.putGenesis(sha256Of('one')));
      await expect(store.transact((tx) => tx.putGenesis(sha256Of('two')))).rejects.toMatchObject({
        code: 'state-conflict',
      });
      expect(await store.read((tx) => tx.genesisDigest())).toBe(sha256Of('one'));
    });

    test('rosters and policies come by version, and a version is taken once', async () => {
      const store = fixture.store();
      const row = (kind: 'roster' | 'policy', version: number) => ({
        kind,
        version,
        digest: sha256Of(`${kind} ${version}`),
        previous: version === 1 ? null : sha256Of(`${kind} ${version - 1}`),
        ledgerIndex: version * 10,
      });
      await store.transact(async (tx) => {
        for (const version of [1, 2, 10, 3]) await tx.putGovernance(row('roster', version));
        await tx.putGovernance(row('policy', 1));
      });
      const rosters = await store.read((tx) => tx.governance('roster'));
      expect(rosters).toEqual([1, 2, 3, 10].map((version) => row('roster', version)));
      expect(await store.read((tx) => tx.governance('policy'))).toEqual([row('policy', 1)]);
      await expect(
        store.transact((tx) => tx.putGovernance({ ...row('roster', 2), ledgerIndex: 99 })),
      ).rejects.toMatchObject({ code: 'state-conflict' });
    });
  });
}
