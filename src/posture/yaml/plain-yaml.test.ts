import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POSTURE_RULES } from '../rule-set.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { readAnyYaml } from './yaml-node.ts';

/** What the two readers say of a text; the library's answer where the plain one declines. */
function readTwice(text: string) {
  const plain = readPlainYaml(text);
  const any = readAnyYaml(text, 'workflow');
  return { plain, ours: plain === null ? any : { root: plain, problems: [] }, any };
}

const SAMPLES = POSTURE_RULES.flatMap(({ examples }) =>
  [...examples.bad, ...examples.fine].flatMap(({ files }) =>
    Object.entries(files).flatMap(([path, text]) => (/\.ya?ml$/.test(path) ? [text] : [])),
  ),
);

/** Pieces of lines, ordinary ones and those that YAML gives a meaning. */
const PIECES = [
  ...['on', 'run', 'a b', '"q"', "'s'", '7', '~', 'true', 'x:y', 'é'],
  ...[':', ': ', ' :', '- ', '-', '? ', '#', ' #', ' # c', '&a ', '*a', '!t ', '<<'],
  ...['|', '>', '|-', '>-', '|+', '|2', '[', ']', '[a, b]', '{', '}', '{a: b}', ', ', ','],
  ...['"', "'", '\\', '${{ x }}', '%', '@', '`', '---', '...', ' ', '  ', '\t', '\r', '\u0085'],
];

/** Lines of a node, to stand behind a key or dash: the first goes on its line, the others below it. */
type Lines = readonly [string, ...string[]];

const SCALARS: readonly Lines[] = [
  ...['', 'x', '1', 'on', 'x y # c', "'it''s'", '"q: r"', '~', '# c', 'a:b', '- z', '8.3e1 # d'],
  ...['[]', '{ }', '[a, "b", 3]', '{ a: [b], c: {d: e} }', '[a,', '[a b ] # c', "{'a': b}", '&a b'],
].map((text): Lines => [text]);
const BLOCKS: readonly Lines[] = [
  ['|', '  a', '', '   b: c', '  # d', ''],
  ['|-', '    a', '  b'],
  ['>-', '  a', '  b', '', '', '  c'],
  ['> # c', '  a', '   b'],
  ['>', '', '  a'],
  ['|', '  a', '    ', '  b', '   '],
  ['|+', '  a', ''],
  ['a', '  b', '    c # d'],
  ['a', '', '  b'],
  ['"a', '  b"'],
  ['', '  |', '  a'],
  ['', '  x y', '    z'],
  ['', '  # c', '  "x"'],
  ['', '  [a,', '    b, # c', '', '  ]'],
  ['[', '  a, {b: c,', '  # d', '   e: f}', '   ,', ' ]'],
  ['[', 'a]'],
  ['[', 'a,', ']'],
  ['[(a b) <= ^c, ~d, e~]'],
  ['"a\\\\b\\"c\\n"'],
  ['"\\x41"'],
  ['a &&', '  !b', '  [c] | - d', '  "e" {f}'],
  ['a', '  - b'],
  ['a', '  ? b'],
  ['|', '   ', '  a'],
  ['|', ' ', '  a'],
];

const indented = (lines: readonly string[], by: number) => lines.map((one) => ' '.repeat(by) + one);

const { node } = fc.letrec<{ node: Lines; map: Lines; list: Lines }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom(...SCALARS, ...BLOCKS),
    tie('map'),
    tie('list'),
  ),
  map: fc
    .tuple(fc.nat(3), fc.array(tie('node'), { minLength: 1, maxLength: 3 }))
    .map(([by, values]): Lines => {
      const lines = values.flatMap(([first, ...rest], at) => [`k${at}: ${first}`, ...rest]);
      return ['', ...indented(lines, by)];
    }),
  list: fc
    .tuple(fc.nat(3), fc.boolean(), fc.array(tie('node'), { minLength: 1, maxLength: 3 }))
    .map(([by, isCompact, items]): Lines => {
      const lines = items.flatMap(([first, ...rest]) => {
        const [second = '', ...more] = rest;
        const isJoined = isCompact && first === '' && second.startsWith('  ');
        return isJoined ? [`- ${second.slice(2)}`, ...more] : [`- ${first}`, ...rest];
      });
      return ['', ...indented(lines, by)];
    }),
}));

const place = fc.double({ min: 0, max: 1, noNaN: true });
const change = fc.tuple(place, fc.nat(3), fc.constantFrom(...PIECES, '\n'));

function changed(text: string, changes: readonly (readonly [number, number, string])[]): string {
  return changes.reduce((before, [where, removed, piece]) => {
    const at = Math.floor(where * before.length);
    return before.slice(0, at) + piece + before.slice(at + removed);
  }, text);
}

describe('readPlainYaml', () => {
  it('reads the examples of all rules as the library does, and declines less than half of them', () => {
    const read = SAMPLES.map(readTwice);
    for (const { ours, any } of read) expect(ours).toEqual(any);
    const declined = read.filter(({ plain }) => plain === null);
    expect(declined.length / read.length).toBeLessThan(0.5);
  });

  it('answers as the library does, or declines, however maps, lists and scalars are written', () => {
    let count = 0;
    fc.assert(
      fc.property(
        fc.array(node, { minLength: 1, maxLength: 3 }),
        fc.array(change, { maxLength: 1 }),
        (nodes, changes) => {
          const lines = nodes.flatMap(([first, ...rest], at) => [`r${at}: ${first}`, ...rest]);
          const { plain, ours, any } = readTwice(changed(`${lines.join('\n')}\n`, changes));
          count += plain === null ? 0 : 1;
          expect(ours).toEqual(any);
        },
      ),
      { numRuns: 5_000 },
    );
    expect(count).toBeGreaterThan(300);
  });

  it('answers as the library does, or declines, when a workflow is changed somewhere', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SAMPLES),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (sample, changes) => {
          const { ours, any } = readTwice(changed(sample, changes));
          expect(ours).toEqual(any);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['an anchor', 'a: &x 1\nb: *x\n'],
    ['a merge key', '<<: x\na: 1\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['a tab', 'a:\n\tb: 1\n'],
    ['a value that goes on after an empty line', 'a: b\n\n  c\n'],
    ['rare escapes', 'a: "\\x41"\n'],
  ])('declines %s', (_, text) => {
    expect(readPlainYaml(text)).toBeNull();
  });
});
