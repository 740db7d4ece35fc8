import { describe, expect, it } from 'vitest';
import { SourceText } from '../source-text.ts';
import { placeInScalar } from './scalar-place.ts';
import { asScalar, readYaml, valueAt } from './yaml-node.ts';

/** The lines on which each `wanted` of the value of `run` stands. */
function linesOf(text: string, wanted: string): readonly number[] {
  const source = new SourceText('test.yml', text);
  const scalar = asScalar(valueAt(readYaml(source).root, 'run'));
  if (scalar === null) throw new Error('no scalar');
  return [...scalar.text.matchAll(new RegExp(wanted, 'g'))].map((match) => {
    const { start } = placeInScalar(source, scalar, match.index, match[0].length);
    expect(text[start]).toBe(match[0][0]);
    return source.positionAt(start).line;
  });
}

describe('placeInScalar', () => {
  it('finds each of the same words where it stands, in every style', () => {
    expect(linesOf('run: |\n  a x\n\n   x\n', 'x')).toEqual([2, 4]);
    expect(linesOf('run: >\n  a x\n  b\n\n\n  x x\n', 'x')).toEqual([2, 6, 6]);
    expect(linesOf('run: a x\n  b\n  x\n', 'x')).toEqual([1, 3]);
    expect(linesOf('run: "a x\n  b\n  x"\n', 'x')).toEqual([1, 3]);
  });

  it('finds what folding put on one line, and what keeps its lines in folded text', () => {
    expect(linesOf('run: >\n  a x\n  y\n', 'x y')).toEqual([2]);
    expect(linesOf('run: >\n  a\n\n  (x\n    y\n  z)\n', '\\(x\\s+y')).toEqual([4]);
  });

  it('answers for a long text too', () => {
    const text = `run: >\n${'  word\n'.repeat(20_000)}  x\n`;
    expect(linesOf(text, 'x')).toEqual([20_002]);
  });
});
