import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../src/evidence/release-rules.ts';
import { RULES } from '../../src/inspect/rule-set.ts';
import type { ArtifactSample } from '../../src/inspect/samples/sample-artifact.ts';
import { ROOT, readTracked } from '../meta/tracked-files.ts';
import { OF_2026 } from './incidents-of-2026.ts';
import { UNTIL_2025 } from './incidents-until-2025.ts';
import { inspectSample } from './sample-inspection.ts';

const PATTERNS = [...UNTIL_2025, ...OF_2026];
/** Rules about secrets say nothing about these, and take seconds to make ready. */
const NO_SECRETS = RULES.filter((rule) => rule.kind !== 'secret');

async function standing(sample: ArtifactSample, release = {}): Promise<ReadonlySet<string>> {
  const report = await inspectSample(NO_SECRETS, sample, release);
  expect([...report.unread, ...report.artifacts.flatMap((one) => one.unread)]).toEqual([]);
  return new Set(
    findingsOf(report)
      .filter((one) => one.effect !== 'note')
      .map((one) => one.rule),
  );
}

describe('what was published in an incident does not pass', () => {
  test.each(PATTERNS.map((one) => [`${one.id}: ${one.pattern}`, one] as const))(
    '%s',
    async (_, { rules, make, release }) => {
      const found = await standing(make(), release);
      expect([...found]).toEqual(expect.arrayContaining([...rules]));
    },
    60_000,
  );
});

describe('without the change that was made it passes', () => {
  // of a first release nothing was changed
  const controls = PATTERNS.filter((one) => one.make().before !== undefined);
  test.each(controls.map((one) => [`${one.id}: ${one.pattern}`, one] as const))(
    '%s',
    async (_, { id, make }) => {
      const { kind, before = [] } = make();
      // the one that was incomplete before is not the sound state of its package
      const found = await standing({ kind, before, entries: before });
      expect([id, ...found]).toEqual([id]);
    },
    60_000,
  );
});

/** What docs/incidents.md says between its marks. */
const TABLE = [
  '| id | pattern that is built | rules that hold or refuse it |',
  '|---|---|---|',
  ...PATTERNS.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)).map(
    ({ id, pattern, rules }) =>
      `| ${id} | ${pattern} | ${rules.map((rule) => `[${rule}](rules.md#${rule})`).join(', ')} |`,
  ),
].join('\n');

describe('docs/incidents.md', () => {
  const PAGE = 'docs/incidents.md';
  const [BEGIN, END] = ['<!-- patterns -->\n', '\n<!-- end -->'];
  const parts = (page: string) => {
    const [head = '', rest = ''] = page.split(BEGIN);
    const [table = '', tail = ''] = rest.split(END);
    return { head, table, tail };
  };
  if (process.env['UPDATE_DOCS'] === '1') {
    const { head, tail } = parts(readTracked(PAGE));
    writeFileSync(`${ROOT}${PAGE}`, `${head}${BEGIN}${TABLE}${END}${tail}`);
  }

  test('lists every pattern and its rules (UPDATE_DOCS=1 writes it)', () => {
    expect(parts(readTracked(PAGE)).table).toBe(TABLE);
  });

  test('names each incident of the list either as a pattern or as one that no package shows', () => {
    const page = readTracked(PAGE);
    const listed = [...page.matchAll(/^\| (I\d+) \| .* \| \d{4}-/gm)].map(([, id]) => id);
    const unseen = /^Not seen in any package: (.*)$/m.exec(page)?.[1] ?? '';
    const told = new Set([
      ...PATTERNS.map((one) => one.id),
      ...[...unseen.matchAll(/I\d+/g)].map(([id]) => id),
    ]);
    expect(listed.filter((id) => !told.has(id ?? ''))).toEqual([]);
  });
});
