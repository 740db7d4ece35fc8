import { expect, it } from 'vitest';
import { createIndentation } from './indentation.ts';

/** Whether the last line of these goes in step by step. */
function isStepped(lines: readonly string[]): boolean {
  const bytes = Buffer.from(lines.join('\n'), 'latin1');
  const last = lines.at(-1) ?? '';
  const width = last.length - last.trimStart().length;
  return createIndentation(bytes).isStepped(bytes.length - last.length, width);
}

const way = (sign: string, step: number) =>
  Array.from({ length: 60 }, (_, at) => `${' '.repeat(at * step)}${sign}`);

it.each([
  ['blocks in each other', [...way('a', 4), `${' '.repeat(240)}a`]],
  ['empty lines between them', [...way('a', 4).flatMap((one) => [one, '']), `${' '.repeat(240)}a`]],
])('tells %s', (_, lines) => {
  expect(isStepped(lines)).toBe(true);
});

it.each([
  ['one line far to the right', ['a', `${' '.repeat(240)}a`]],
  ['a jump before the window ends', ['a', `${' '.repeat(199)}a`, `${' '.repeat(203)}a`]],
  ['steps too wide', [...way('a', 9), `${' '.repeat(540)}a`]],
  ['steps that nobody sees', [...way('\xe2\x80\x8b', 4), `${' '.repeat(240)}a`]],
  ['a fall, and a jump back', [...way('a', 4), 'a', `${' '.repeat(240)}a`]],
  ['no lines before it', [`${' '.repeat(240)}a`]],
])('does not take %s for steps', (_, lines) => {
  expect(isStepped(lines)).toBe(false);
});
