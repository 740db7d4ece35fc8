import { describe, expect, it } from 'vitest';
import { SourceText } from '../source-text.ts';
import { asScalar, entriesOf, readYaml, valueAt } from './yaml-node.ts';

function read(text: string) {
  return readYaml(new SourceText('a.yml', text));
}

function problem(text: string): string {
  const { root, problems } = read(text);
  expect(root).toBeNull();
  return problems.map((one) => one.message).join('; ');
}

describe('readYaml', () => {
  it('keeps `on` and `yes` as words, as GitHub does', () => {
    const { root } = read('on: yes\nnumber: 012\nnothing: ~\nflag: true\n');
    const types = entriesOf(root).map(({ key, value }) => [key, (value as { type: string }).type]);
    expect(types).toEqual([
      ['on', 'string'],
      ['number', 'number'],
      ['nothing', 'null'],
      ['flag', 'boolean'],
    ]);
    expect(asScalar(valueAt(root, 'number'))?.text).toBe('012');
  });

  it('gives the exact place of keys and values', () => {
    const text = 'jobs:\n  build:\n    name: "a b"\n';
    const { root } = read(text);
    const name = entriesOf(valueAt(valueAt(root, 'jobs'), 'build'))[0];
    expect(text.slice(name?.keySpan.start, name?.keySpan.end)).toBe('name');
    expect(text.slice(name?.value.span.start, name?.value.span.end)).toBe('"a b"');
  });

  it('answers nothing for an empty text', () => {
    expect(read('')).toEqual({ root: null, problems: [] });
    expect(read('# only a comment\n')).toEqual({ root: null, problems: [] });
  });

  it('shares what an alias names instead of copying it', () => {
    const { root } = read('a: &x { k: v }\nb: *x\n');
    expect(valueAt(root, 'b')).toBe(valueAt(root, 'a'));
  });

  it('counts what a billion laughs would grow to, and does not grow it', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let at = 1; at < 30; at += 1) {
      const before = Array.from({ length: 10 }, () => `*a${at - 1}`).join(', ');
      lines.push(`a${at}: &a${at} [${before}]`);
    }
    expect(problem(lines.join('\n'))).toMatch(/more than 200000 values/);
  });

  it.each([
    ['a: 1\na: 2\n', /has the key "a" twice/],
    ['a: &x [*x]\n', /holds itself: \*x/],
    ['a: *nobody\n', /nobody/],
    ['a: 1\n---\nb: 2\n', /second document/],
    ['a: [1\nb: 2\n', /is not YAML/],
    ['a: &x { k: v }\nb:\n  <<: *x\n', /merge key/],
    ['? [a, b]\n: c\n', /key that is not a word/],
    [`${'[ '.repeat(100)}${' ]'.repeat(100)}`, /deeper than 64/],
    [`a: ${'x'.repeat(1024 * 1024)}`, /at most 1048576 are read/],
  ])('refuses %j', (text, reason) => {
    expect(problem(text.slice(0, 2 ** 21))).toMatch(reason);
  });

  it('answers texts that are nested a hundred thousand deep', () => {
    expect(problem('['.repeat(100_000))).toMatch(/nested too deep|not YAML|deeper/);
    expect(problem('- '.repeat(100_000))).toMatch(/nested too deep|not YAML|deeper/);
    expect(problem('{a: '.repeat(100_000))).toMatch(/nested too deep|not YAML|deeper/);
  });
});
