import { describe, expect, it } from 'vitest';
import { readConfigDocument } from './config-document.ts';

const TWICE = 'a key that stands twice in one mapping';

/** `line:column what was found` of each problem; nothing for a document. */
function problemsOf(text: string): readonly string[] {
  const reading = readConfigDocument(text);
  if (reading.kind === 'document') return [];
  return reading.problems.map(({ line, column, message }) => {
    const found = message.slice(message.indexOf('found ') + 'found '.length);
    return `${line}:${column} ${found}`;
  });
}

describe('a key that stands twice', () => {
  it.each([
    ['plainly', 'a: 1\na: 2\n', ['2:1']],
    ['in quotes', 'a: 1\n"a": 2\n', ['2:1']],
    ['as an escape', '"\\u0061": 1\na: 2', ['2:1']],
    ['deeper', "x:\n  b: 1\n  c: 2\n  'b': 3\n", ['4:3']],
    ['in braces in a list', '- {a: 1, b: 2, a: 3}', ['1:16']],
    ['without values', '{a, a}', ['1:5']],
    ['with a question mark', '? a\n: 1\n? a\n: 2\n', ['3:3']],
    ['over several lines', '? |\n  a\n: 1\n? "a\\n"\n: 2', ['4:3']],
    ['as nothing', ': 1\n: 2', ['2:1']],
    ['as a number', '1: a\n1: b', ['2:1']],
    ['behind a tag', 'a: 1\n!!str a: 2', ['2:7']],
    ['under a name that objects have', 'toString: 1\ntoString: 2', ['2:1']],
    ['three times', 'a: 1\na: 2\nb: 3\na: 4', ['2:1', '4:1']],
    ['in two mappings', 'a: {b: 1, b: 2}\nc: {d: 1}\nc: {d: 2}', ['1:11', '3:1']],
  ])('%s is refused where it stands again', (_, text, places) => {
    expect(problemsOf(text)).toEqual(places.map((place) => `${place} ${TWICE}`));
  });

  it.each([
    ['in two mappings', 'a: {b: 1}\nc: {b: 1}'],
    ['in two entries of a list', '- a: 1\n- a: 2'],
    ['in other letters', 'a: 1\nA: 2'],
  ])('once each %s is none', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it('is told among the other errors, in order of place', () => {
    expect(problemsOf('a: 1\na: 2\nb: [')).toEqual([`2:1 ${TWICE}`, '3:5 wrong indentation']);
  });

  it('is found among twenty thousand others', () => {
    const keys = Array.from({ length: 20_000 }, (_, at) => `k${at}: 1`);
    expect(problemsOf([...keys, 'k7: 2'].join('\n'))).toEqual([`20001:1 ${TWICE}`]);
    expect(problemsOf(keys.join('\n'))).toEqual([]);
  });
});
