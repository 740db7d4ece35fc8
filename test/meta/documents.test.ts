import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/core/errors.ts';
import { anchorsOf, commandsOf, linksOf, sectionsOf } from './markdown.ts';
import { PROMISES } from './promises.ts';
import { packageDocument, ROOT, readTracked, trackedPaths } from './tracked-files.ts';

const documents = trackedPaths(/\.md$/).filter((path) => !path.startsWith('testdata/'));

describe('docs/errors.md', () => {
  const sections = sectionsOf(readTracked('docs/errors.md'));

  test('has a section for every code, in the order of the table, and for nothing else', () => {
    expect([...sections.keys()]).toEqual(Object.keys(ERROR_CODES));
  });

  test.each(Object.entries(ERROR_CODES))('says what %s means and what to do', (code, entry) => {
    const [facts = '', meaning = '', next = ''] = (sections.get(code) ?? '').split('\n\n');
    expect(facts).toBe(`HTTP ${entry.status}, exit ${entry.exit}`);
    expect(meaning.replaceAll('\n', ' ').toLowerCase()).toContain(entry.about.toLowerCase());
    expect(next).toMatch(/^What to do: \S/);
  });
});

describe('README.md', () => {
  const readme = readTracked('README.md');
  const { scripts, version } = packageDocument();

  test('has 150 lines at most', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });

  test('names the two commands that do everything', () => {
    expect(commandsOf(readme)).toContain('npm ci && npm run demo');
    expect(commandsOf(readme)).toContain('npm ci && npm test');
  });

  test('names only npm scripts that exist', () => {
    const named = documents.flatMap((path) =>
      [...readTracked(path).matchAll(/\bnpm (?:run (?:--silent )?)([a-z][a-z:-]*)/g)].map(
        (match) => `${path}: ${match[1] ?? ''}`,
      ),
    );
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((one) => !Object.hasOwn(scripts, one.split(': ')[1] ?? ''))).toEqual([]);
  });

  test('and CHANGELOG.md speaks of the version in package.json', () => {
    expect([...sectionsOf(readTracked('CHANGELOG.md')).keys()].join('\n')).toContain(version);
  });
});

describe('SECURITY.md', () => {
  test.each(PROMISES)('links promise $number to tests that exist, or says not yet', (promise) => {
    const section = sectionsOf(readTracked('SECURITY.md')).get('Promises') ?? '';
    const item = section.match(
      new RegExp(`^${promise.number}\\. ([\\s\\S]*?)(?=^\\d+\\. |\\n## |$(?![\\s\\S]))`, 'm'),
    )?.[1];
    expect(item?.replaceAll(/\s+/g, ' ')).toContain(promise.words);
    const tests = linksOf(item ?? '').filter((link) => /\.test\.ts$/.test(link));
    if (tests.length === 0) expect(item).toContain('Not yet:');
    expect(tests.filter((link) => !existsSync(join(ROOT, link)))).toEqual([]);
  });
});

test('docs/decisions/README.md lists every decision once, and each is numbered', () => {
  const pages = documents.filter((path) => /^docs\/decisions\/(?!README)/.test(path));
  const listed = linksOf(readTracked('docs/decisions/README.md'));
  expect(listed).toEqual(pages.map((path) => path.slice('docs/decisions/'.length)));
  expect(listed.filter((link) => !/^\d{4}-[a-z0-9-]+\.md$/.test(link))).toEqual([]);
});

describe('links', () => {
  test.each(documents)('in %s lead to files and headings that exist', (path) => {
    const broken = linksOf(readTracked(path)).filter((link) => !isReachable(path, link));
    expect(broken).toEqual([]);
  });
});

function isReachable(from: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return true;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || anchorsOf(readTracked(target)).has(anchor);
}
