import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DEFAULT_INSPECTION_LIMITS } from '../core/inspection-limits.ts';
import { inspectLooseFile } from '../host/loose-files.ts';
import type { SecretRule } from '../inspect/rule.ts';
import { RULES } from '../inspect/rule-set.ts';
import { EXCERPT_LENGTH } from '../report/excerpt.ts';
import { readFoundLines } from './scan-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rules = RULES.filter((rule) => rule.kind === 'secret');
const samples = rules.flatMap((rule) =>
  rule.examples.bad.map((one) => ({ rule, text: one.make() })),
);

/** What of an example a message does not tell; '' where that is next to nothing. */
function hiddenOf(rule: SecretRule, text: string): string {
  const lower = rule.ignoreCase === true ? text.toLowerCase() : text;
  for (const keyword of rule.keywords) {
    const at = lower.indexOf(rule.ignoreCase === true ? keyword.toLowerCase() : keyword);
    rule.pattern.lastIndex = 0;
    const found = at === -1 ? null : rule.pattern.exec(text.slice(at));
    if (found === null) continue;
    const hidden = found[0].slice((found.groups?.['prefix'] ?? '').length + 4);
    return hidden.length < 8 ? '' : hidden;
  }
  return '';
}

test.each([
  ['line by line', samples.map((one) => one.text).join('\n')],
  ['in one line of JSON', JSON.stringify(samples.map((one) => one.text))],
])(
  'of all examples of all rules, %s, no excerpt shows what the message does not',
  async (name, content) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    const file = await inspectLooseFile(
      path,
      name,
      'plausible',
      DEFAULT_INSPECTION_LIMITS,
      'alone',
    );
    const lines = [...(await readFoundLines(path, file, DEFAULT_INSPECTION_LIMITS)).values()];
    expect(lines.length).toBeGreaterThan(rules.length / 2);
    const shown = lines.map(({ excerpt: { lead, marked, tail } }) => `${lead}${marked}${tail}`);
    expect(shown.filter((text) => text.length > EXCERPT_LENGTH)).toEqual([]);
    const all = shown.join('\n');
    const hidden = samples
      .map(({ rule, text }) => hiddenOf(rule, text))
      .filter((one) => one !== '');
    expect(hidden.length).toBeGreaterThan(rules.length / 2);
    expect(hidden.filter((one) => all.includes(one))).toEqual([]);
  },
);

test('a file that is gone, or torn since, has no lines and fails nothing', async () => {
  const path = join(folder, 'gone');
  writeFileSync(path, samples[0]?.text ?? '');
  const file = await inspectLooseFile(
    path,
    'gone',
    'plausible',
    DEFAULT_INSPECTION_LIMITS,
    'alone',
  );
  expect((await readFoundLines(path, file, DEFAULT_INSPECTION_LIMITS)).size).toBeGreaterThan(0);
  rmSync(path);
  expect((await readFoundLines(path, file, DEFAULT_INSPECTION_LIMITS)).size).toBe(0);
});
