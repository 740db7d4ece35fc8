import { describe, expect, it } from 'vitest';
import { isInManual } from './manual-context.ts';

const FENCE = '`'.repeat(3);
const QUOTES = '"'.repeat(3);

describe('a place in a manual', () => {
  it.each([
    ['a fence with a language', `Usage\n\n${FENCE}js\nclient({ key: `],
    ['a fence without one', `Usage\n\n${FENCE}\nkey: `],
    ['a fence in a comment', `/**\n * Usage:\n * ${FENCE}ts\n * key: `],
    ['a comment of documentation', '/**\n * Returns:\n *   { key: '],
    ['the same, in a source map', '{"sourcesContent":["/**\\n * > {\\n * \\tkey: '],
    ['an answer that a comment quotes', '  a()\n  #\n  # {\n  #   "at": 1,\n  #   "tok'],
    ['the same, of other signs', '// [{\r\n//   "a": { "b": 1 },\r\n//   "tok'],
    ['a literal block', 'Use it so::\n\n    connect(\n\n      key='],
    [
      'an example of OpenAPI',
      'a:\n  examples:\n    Ok:\n      meta:\n        at: 1\n        token: ',
    ],
    ['a text of examples in YAML', 'NOTES: a\nEXAMPLES: |-\n  - name: a\n    a.b.c:\n      key: '],
    ['a literal block in a docstring', '  Usage::\n\n      key = '],
    ['a docstring', `def connect():\n    ${QUOTES}Connects.\n\n    key: `],
    ['a docstring of a module', `${QUOTES}Connects.\n\nkey: `],
    ['the text of an attribute', `class A:\n    header: str\n    ${QUOTES}\n    Such as key: `],
    [
      'the text of an attribute with parameters',
      `class A:\n    b: Required[Annotated[str, Info(alias="b")]]\n    ${QUOTES}Such as key: `,
    ],
    ['the string of a manual', `#!/usr/bin/python\n\nEXAMPLES = r${QUOTES}\n- name: a\n  key: `],
  ])('is one in %s', (_, earlier) => {
    expect(isInManual(earlier, true)).toBe(true);
  });

  it.each([
    ['after a fence that is closed', `${FENCE}js\na()\n${FENCE}\nkey: `],
    ['after two fences', `${FENCE}\na()\n${FENCE}\nkey: `],
    ['in code that is commented out', '# client = connect({\n#   "key": '],
    ['in other code that is', '// {\n//   key: '],
    ['after an answer that a comment quotes', '# {\n#   "at": 1\n# }\nx = { "key'],
    ['where one line is no comment', '# {\na()\n# "key'],
    ['where a product is continued', 'const a = b\n  * c(key='],
    ['after a literal block', 'Use it so::\n\n    connect()\n\nkey: '],
    ['after a literal block in a docstring', '  Usage::\n\n      a()\n\n  key = '],
    ['beside an example of OpenAPI', 'a:\n  example:\n    at: 1\n  token: '],
    ['after a text of examples in YAML', 'EXAMPLES: |\n  - name: a\nRETURN:\n  key: '],
    ['after a docstring', `def connect():\n    ${QUOTES}Connects.${QUOTES}\n    key = `],
    ['in a string of a program', `query = ${QUOTES}\nset key = `],
    ['in a text that is handed over', `    run(\n      a: b,\n      ${QUOTES}\n      key: `],
    ['in ordinary code', 'const client = connect({\n  key: '],
    ['after a comment in a source map', '["/**\\n * Connects.\\n */\\nconst key = '],
    ['at the start', ''],
  ])('is none %s', (_, earlier) => {
    expect(isInManual(earlier, true)).toBe(false);
  });

  it('counts no quotes and no fences from the middle of a file on', () => {
    expect(isInManual(`end of one.\n${FENCE}\nkey: `, false)).toBe(false);
    expect(isInManual(`end of one.\n    ${QUOTES}\n    key = `, false)).toBe(false);
    expect(isInManual(`  def a():\n    ${QUOTES}Starts.\n    key = `, false)).toBe(true);
  });
});
