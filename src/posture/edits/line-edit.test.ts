import { describe, expect, it } from 'vitest';
import { applyFixes } from '../fix.ts';
import { readWorkflow } from '../read-workflow.ts';
import { SourceText } from '../source-text.ts';
import { removeEntry, replaceSpan } from './line-edit.ts';

/** The text without the first input of its first step. */
function withoutFirstInput(text: string): string {
  const source = new SourceText('a.yml', text);
  const read = readWorkflow(source);
  const inputs = read.ok ? (read.value.jobs[0]?.steps[0]?.inputs ?? []) : [];
  const [first] = inputs;
  const edit = first === undefined ? null : removeEntry(source, inputs, first);
  if (edit === null) return text;
  const fix = { about: 'remove', changesBehaviour: false, edits: [edit] };
  return applyFixes({ 'a.yml': text }, [fix]).files['a.yml'] ?? '';
}

const step = (inputs: string) =>
  `on: push\njobs:\n  a:\n    steps:\n      - uses: x/y@v1\n${inputs}      - run: make\n`;

describe('removeEntry', () => {
  it('takes the key of the map along where nothing else is in it', () => {
    expect(withoutFirstInput(step('        with:\n          token: t\n'))).toBe(step(''));
  });

  it.each(['          paths: [a, b]\n', '          paths:\n            - a\n'])(
    'leaves it where a list is beside it: %j',
    (list) => {
      const before = step(`        with:\n          token: t\n${list}`);
      expect(withoutFirstInput(before)).toBe(step(`        with:\n${list}`));
    },
  );
});

describe('replaceSpan', () => {
  it('writes a space behind the colon of an empty value', () => {
    const source = new SourceText('a.yml', 'key:\n');
    expect(replaceSpan(source, { start: 4, end: 4 }, 'true')).toMatchObject({ text: ' true' });
    expect(replaceSpan(source, { start: 0, end: 3 }, 'name')).toMatchObject({ text: 'name' });
  });

  it('leaves the lines that follow a block where they are', () => {
    for (const block of ['>-\n\n', '|\n  two\n']) {
      const source = new SourceText('a.yml', `key: ${block}next: 1\n`);
      const edit = replaceSpan(source, { start: 5, end: 5 + block.length }, 'true');
      expect(edit).toMatchObject({ start: 5, end: 5 + block.trimEnd().length });
    }
  });
});
