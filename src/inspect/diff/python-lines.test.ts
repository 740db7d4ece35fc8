import { describe, expect, test } from 'vitest';
import { factsOf } from './facts.ts';
import { pythonLines, pythonStrip } from './python-lines.ts';

describe('lines of Python', () => {
  test.each(['\n', '\r', '\r\n', '\v', '\f', '\x1c', '\x1d', '\x1e', '\u0085', '\u2028', '\u2029'])(
    'end at %j',
    (end) => {
      expect(pythonLines(`a${end}b`)).toEqual(['a', 'b']);
    },
  );

  test('do not end at a unit separator or a no-break space', () => {
    expect(pythonLines('a\x1fb\xa0c')).toEqual(['a\x1fb\xa0c']);
  });

  test('are stripped of what Python calls white space', () => {
    expect(pythonStrip('\x1f\xa0 \u2003a b\t\u0085')).toBe('a b');
    expect(pythonStrip('\ufeffa')).toBe('\ufeffa');
    expect(pythonStrip('  ')).toBe('');
  });
});

describe('entry points, as importlib.metadata reads them', () => {
  const read = (text: string) => [
    ...factsOf('wheel', new Map([['.dist-info/entry_points.txt', Buffer.from(text)]])),
  ];

  test.each([
    ['a name that begins with a semicolon', '[pytest11]\n;a = b', 'pytest11.;a'],
    ['a section behind a form feed', '[x]\f[pytest11]\fa = b', 'pytest11.a'],
    ['a section behind a remark and a carriage return', '# x\r[pytest11]\ra = b', 'pytest11.a'],
    ['a name that looks like a section', '[pytest11]\n[x] a = b', 'pytest11.[x] a'],
  ])('%s', (_, text, name) => {
    expect(read(text)).toEqual([[name, 'b']]);
  });
});

describe('facts of package.json', () => {
  const read = (fields: object) =>
    factsOf('npm', new Map([['package.json', Buffer.from(JSON.stringify(fields))]]));

  test('name commands as npm links them', () => {
    const bin = { 'x/npm': 'a.js', '../git': 'a.js', 'a\\yarn': 'a.js' };
    expect([...read({ bin }).keys()]).toEqual(['bin.git', 'bin.npm', 'bin.yarn']);
    expect([...read({ bin: ['./x/npm'] })]).toEqual([['bin.npm', './x/npm']]);
  });

  test('differ where long values differ behind what is kept', () => {
    const hook = (end: string) => read({ scripts: { install: `${'x'.repeat(3000)}${end}` } });
    expect(hook('a')).not.toEqual(hook('b'));
  });

  test('keep what runs on installation however many there are, and say that some are left out', () => {
    const bin = Object.fromEntries(Array.from({ length: 20_001 }, (_, at) => [`c${at}`, 'a.js']));
    const facts = read({ bin, scripts: { install: 'node a.js' } });
    expect(facts.size).toBe(20_000);
    expect(facts.get('scripts.install')).toBe('node a.js');
    expect(facts.get('(more)')).toMatch(/^3, SHA-256 [0-9a-f]{64}$/);
  });
});
