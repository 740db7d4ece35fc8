import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/gateway/ports.ts';
import { concurrency } from './store-concurrency.ts';
import { creations } from './store-creations.ts';
import { jobs } from './store-jobs.ts';
import { ledger } from './store-ledger.ts';
import { releases } from './store-releases.ts';
import { signIn } from './store-sign-in.ts';
import { transactions } from './store-transactions.ts';

/** One empty database. `open` may be called several times: each is a program of its own. */
export interface TestDatabase {
  open(): Promise<Store>;
  /** After every store is closed. */
  remove(): Promise<void>;
}

/** What each part of the contract gets: the stores of one fresh database. */
export interface StoreFixture {
  /** The store of this test. */
  store(): Store;
  /** Another store on the same database; closed at the end. */
  another(): Promise<Store>;
}

/** What the Store port promises, held against one adapter. */
export function storeContract(name: string, create: () => Promise<TestDatabase>): void {
  describe(`the Store contract on ${name}`, () => {
    let database: TestDatabase;
    let stores: Store[] = [];

    beforeEach(async () => {
      database = await create();
      stores = [await database.open()];
    });
    afterEach(async () => {
      for (const store of stores) await store.close();
      await database.remove();
    });

    const fixture: StoreFixture = {
      store() {
        const [store] = stores;
        if (store === undefined) throw new Error('there is no store yet');
        return store;
      },
      async another() {
        const store = await database.open();
        stores.push(store);
        return store;
      },
    };
    transactions(fixture);
    concurrency(fixture);
    ledger(fixture);
    releases(fixture);
    creations(fixture);
    jobs(fixture);
    signIn(fixture);

    test('a closed store refuses, and closing it again is harmless', async () => {
      const store = await fixture.another();
      await store.close();
      await store.close();
      await expect(store.read((tx) => tx.ledgerSize())).rejects.toMatchObject({ code: 'internal' });
      await expect(store.transact((tx) => tx.ledgerSize())).rejects.toMatchObject({
        code: 'internal',
      });
    });
  });
}
