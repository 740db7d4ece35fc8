import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatCliPage } from '../../src/cli/cli-page.ts';

const PAGE = new URL('../../docs/cli.md', import.meta.url);

test('docs/cli.md says what --help says (UPDATE_DOCS=1 writes it)', () => {
  const page = formatCliPage();
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
