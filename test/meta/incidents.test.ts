import { describe, expect, test } from 'vitest';
import { readTracked } from './tracked-files.ts';

const rows = [
  ...readTracked('docs/incidents.md').matchAll(/^\| (I\d+) \|((?:[^|\n]*\|){5}[^|\n]*)\|$/gm),
].map((row) => {
  const [, date = '', , route = '', twoPeople = ''] = (row[2] ?? '').split(' | ');
  return { id: row[1] ?? '', year: date.slice(0, 4), route, twoPeople };
});
const recent = rows.filter((row) => row.year === '2026');
const own = ['pipeline', 'own branch', 'other job', 'moved tag'];

describe('the figures of the README', () => {
  const readme = readTracked('README.md');

  test.each([
    ['straight to the registry', rows.filter((row) => row.route === 'direct').length, rows.length],
    ['own pipeline', recent.filter((row) => own.includes(row.route)).length, recent.length],
    ['approval by two people', rows.filter((row) => row.twoPeople === 'yes').length, rows.length],
  ])('"%s" is the count of docs/incidents.md', (words, count, of) => {
    const line = readme.split('\n').find((one) => one.startsWith('|') && one.includes(words));
    expect(line).toContain(`| ${count} of ${of} |`);
  });
});
