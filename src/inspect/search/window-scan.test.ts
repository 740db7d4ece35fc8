import { expect, test } from 'vitest';
import { createSecretScanner } from './secret-scan.ts';
import { createWindowSearch } from './window-scan.ts';

const windowOf = (text: string, offset: number, isLast: boolean) => ({
  ...({ kind: 'window', outer: '', path: 'a.js', overlap: 0 } as const),
  ...{ content: Buffer.from(text), offset, isLast },
});

test('words of all windows are known, with their places in the first', () => {
  const search = createWindowSearch(createSecretScanner([], ['first', 'both', 'later', 'none']));
  search.search('a.js', windowOf('first both First', 0, false));
  search.search('a.js', windowOf('later both', 16, true));
  const words = search.wordsOf('a.js');
  expect([...(words ?? [])].sort()).toEqual([
    [0, [0, 11]],
    [1, [6]],
    [2, []],
  ]);
  expect(search.wordsOf('b.js')).toBeNull();
  search.search('b.js', windowOf('none', 0, true));
  expect([...(search.wordsOf('b.js') ?? [])]).toEqual([[3, [0]]]);
});
