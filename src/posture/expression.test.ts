import { describe, expect, it } from 'vitest';
import { contextPaths, embeddedExpressions, parseExpression } from './expression.ts';

describe('parseExpression', () => {
  it('binds as GitHub documents: ! before comparisons before && before ||', () => {
    expect(parseExpression("!a == 'b' && c || d")).toEqual({
      kind: 'binary',
      operator: '||',
      left: {
        kind: 'binary',
        operator: '&&',
        left: {
          kind: 'binary',
          operator: '==',
          left: { kind: 'not', operand: { kind: 'context', name: 'a' } },
          right: { kind: 'literal', value: 'b' },
        },
        right: { kind: 'context', name: 'c' },
      },
      right: { kind: 'context', name: 'd' },
    });
  });

  it.each([
    ["'it''s'", "it's"],
    ['-1.5e3', -1500],
    ['0xff', 255],
    ['true', true],
    ['null', null],
  ])('reads the literal %s', (text, value) => {
    expect(parseExpression(text)).toEqual({ kind: 'literal', value });
  });

  it.each(['', 'a b', "'open", 'a.', 'f(', 'a[', '&& a', '$x', '"double"', 'a.1b'])(
    'answers null for %j',
    (text) => {
      expect(parseExpression(text)).toBeNull();
    },
  );

  it('answers null for what is nested without end', () => {
    expect(parseExpression(`${'('.repeat(10_000)}a${')'.repeat(10_000)}`)).toBeNull();
    expect(parseExpression('!'.repeat(10_000))).toBeNull();
    expect(parseExpression('a'.repeat(30_000))).toBeNull();
  });

  it('reads a chain as long as GitHub takes', () => {
    const chain = Array.from({ length: 2_000 }, () => 'a').join(' || ');
    expect(parseExpression(chain)?.kind).toBe('binary');
  });
});

describe('contextPaths', () => {
  it.each([
    ['github.event.issue.title', ['github.event.issue.title']],
    ["github['event']['Issue'].title", ['github.event.issue.title']],
    ['github.event.commits.*.message', ['github.event.commits.*.message']],
    ['secrets[matrix.name]', ['secrets.[]', 'matrix.name']],
    ["format('{0}', github.head_ref)", ['github.head_ref']],
    ['fromJSON(needs.a.outputs.b).c', ['needs.a.outputs.b']],
    ['toJSON(secrets)', ['secrets']],
  ])('of %s are %j', (text, paths) => {
    expect(contextPaths(parseExpression(text))).toEqual(paths);
  });
});

describe('embeddedExpressions', () => {
  it('finds each, with its place', () => {
    const text = 'echo ${{ a }} and ${{ b }}';
    const found = embeddedExpressions(text);
    expect(found.map((one) => text.slice(one.index, one.index + one.length))).toEqual([
      '${{ a }}',
      '${{ b }}',
    ]);
  });

  it('does not end inside of a quoted text', () => {
    expect(embeddedExpressions("${{ format('}}', a) }}")[0]?.inner).toBe(" format('}}', a) ");
  });

  it('does not let an open quote hide what follows', () => {
    expect(embeddedExpressions("${{ ' }} ${{ secrets.a }}").length).toBe(2);
  });

  it('leaves out what is not closed', () => {
    expect(embeddedExpressions('${{ a')).toEqual([]);
  });
});
