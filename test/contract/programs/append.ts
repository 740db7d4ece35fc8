/**
 * Appends to the ledger and prints each index once it is acknowledged: `append.ts FILE COUNT`,
 * COUNT 0 for ever. Tests kill it, trace it, and run several at once.
 */
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { append } from '../store-rows.ts';

const [file = '', count = '0'] = process.argv.slice(2);
const store = await openSqliteStore({ file });
for (let done = 0; count === '0' || done < Number(count); done += 1) {
  const index = await store.transact((tx) => append(tx, `process-${process.pid}`));
  process.stdout.write(`${index}\n`);
}
await store.close();
