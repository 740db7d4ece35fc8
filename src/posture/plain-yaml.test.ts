import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainYaml } from './plain-yaml.ts';
import { POSTURE_RULES } from './rule-set.ts';
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

const line = fc
  .tuple(fc.nat(4), fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }))
  .map(([indent, pieces]) => ' '.repeat(indent) + pieces.join(''));
const ordinaryLine = fc
  .tuple(
    fc.nat(3),
    fc.constantFrom('', '- ', '- - ', '-  '),
    fc.constantFrom(
      'a',
      'b',
      'c',
      'a: ',
      'b:',
      "'k': ",
      'a: x',
      'b: |',
      'c: >-',
      '',
      '# c',
      'd: # e',
    ),
    fc.constantFrom('', '1', 'x y', '[p, "q"]', '{r: s}', "'it''s'", ' # c', 'u: v'),
  )
  .map(([indent, dash, key, value]) => ' '.repeat(indent * 2) + dash + key + value);

describe('readPlainYaml', () => {
  it('reads the examples of all rules as the library does, and declines less than half of them', () => {
    const read = SAMPLES.map(readTwice);
    for (const { ours, any } of read) expect(ours).toEqual(any);
    const declined = read.filter(({ plain }) => plain === null);
    expect(declined.length / read.length).toBeLessThan(0.5);
  });

  it('answers as the library does, or declines, whatever the lines are', () => {
    let count = 0;
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 1, arbitrary: line }, { weight: 9, arbitrary: ordinaryLine }), {
          minLength: 1,
          maxLength: 7,
        }),
        fc.boolean(),
        (lines, isEnded) => {
          const { plain, ours, any } = readTwice(lines.join('\n') + (isEnded ? '\n' : ''));
          count += plain === null ? 0 : 1;
          expect(ours).toEqual(any);
        },
      ),
      { numRuns: 5_000 },
    );
    expect(count).toBeGreaterThan(100);
  });

  it('answers as the library does, or declines, when a workflow is changed somewhere', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SAMPLES),
        fc.array(
          fc.tuple(
            fc.double({ min: 0, max: 1, noNaN: true }),
            fc.nat(3),
            fc.constantFrom(...PIECES, '\n'),
          ),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
        (sample, changes) => {
          let text = sample;
          for (const [place, removed, piece] of changes) {
            const at = Math.floor(place * text.length);
            text = text.slice(0, at) + piece + text.slice(at + removed);
          }
          const { ours, any } = readTwice(text);
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
    ['a value that goes on in the next line', 'a: b\n  c\n'],
    ['escapes', 'a: "\\n"\n'],
  ])('declines %s', (_, text) => {
    expect(readPlainYaml(text)).toBeNull();
  });
});
