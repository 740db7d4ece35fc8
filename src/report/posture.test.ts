import { describe, expect, it } from 'vitest';
import { inputsOf } from '../../test/posture-fixture.ts';
import { checkSarif } from '../../test/sarif-check.ts';
import { auditRepository } from '../posture/audit.ts';
import { comparePosture, historyEntryOf, readHistoryEntry } from '../posture/history.ts';
import { composeReport } from '../posture/report.ts';
import { POSTURE_RULES } from '../posture/rule-set.ts';
import { renderBadge } from './posture-badge.ts';
import { renderPostureMarkdown } from './posture-markdown.ts';
import { makePostureSarif } from './posture-sarif.ts';

const HOSTILE_JOB = '<img src=x>|`';
const HOSTILE = `on: push
jobs:
  '${HOSTILE_JOB}':
    permissions: { id-token: write }
    steps: [{ run: npm publish }]
`;

function report(text: string, path = '.github/workflows/a b`<c>.yml') {
  const inputs = inputsOf({
    about: '',
    files: { [path]: text, '.github/workflows/x.yml': 'on: [' },
  });
  return composeReport(auditRepository(inputs, POSTURE_RULES));
}

describe('posture formats', () => {
  it('make SARIF that fits its schema', () => {
    const sarif = makePostureSarif(report(HOSTILE), POSTURE_RULES);
    expect(checkSarif(JSON.parse(JSON.stringify(sarif)))).toEqual([]);
    expect(sarif.runs[0]?.results.length).toBeGreaterThan(1);
    expect(sarif.runs[0]?.invocations[0]?.executionSuccessful).toBe(false);
  });

  it('make Markdown in which names from files are no markup', () => {
    const page = renderPostureMarkdown(report(HOSTILE), null);
    expect(page).toContain('| Token Security |');
    expect(page).not.toContain(HOSTILE_JOB);
    expect(page).not.toMatch(/(?<!\\)<img/);
  });

  it('make a badge of the grade and risk', () => {
    const svg = renderBadge({ grade: 'A+', risk: 'LOW' });
    expect(svg).toContain('publish path: A+, risk low');
    expect(svg).not.toMatch(/href|script/);
  });

  it('compare with the last run by what lines say, not by where they stand', () => {
    const before = historyEntryOf(report(HOSTILE), '2026-01-01T00:00:00.000Z');
    const moved = report(`# a line more\n${HOSTILE}`);
    const after = historyEntryOf(moved, '2026-01-02T00:00:00.000Z');
    expect(readHistoryEntry(JSON.parse(JSON.stringify(before)))).toEqual(before);
    const same = comparePosture(before, after);
    expect([same.appeared, same.mended]).toEqual([[], []]);
    const mended = comparePosture(
      before,
      historyEntryOf(
        report(HOSTILE.replace('    steps', '    environment: x\n    steps')),
        '2026-01-03T00:00:00.000Z',
      ),
    );
    expect(mended.mended.map((one) => one.rule)).toContain('identity-without-environment');
    expect(renderPostureMarkdown(moved, mended)).toContain('## Mended');
  });
});
