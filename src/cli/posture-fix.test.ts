import { describe, expect, it } from 'vitest';
import { inputsOf } from '../../test/posture-fixture.ts';
import type { PostureRule } from '../posture/rule.ts';
import { fixRepository } from './posture-fix.ts';

const A = '.github/workflows/a.yml';
const B = '.github/workflows/b.yml';
const TEXT = 'on: push\njobs: { a: { steps: [{ run: old }] } }\n';

/** Wants `old` replaced, in one file by something that breaks it. */
const rule: PostureRule = {
  id: 'new',
  reference: null,
  severity: 'low',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  about: 'a',
  attack: 'b',
  mend: 'c',
  incidents: [],
  examples: { bad: [], fine: [] },
  check: (context) =>
    context.workflows.flatMap(({ source }) => {
      const start = source.text.indexOf('old');
      if (start === -1) return [];
      const text = source.path === A ? '[' : 'new';
      const edits = [{ kind: 'text' as const, path: source.path, start, end: start + 3, text }];
      const fix = { about: 'renew', changesBehaviour: source.path === B, edits };
      return [{ source, span: { start, end: start + 3 }, message: 'm', fix }];
    }),
};

describe('fixRepository', () => {
  const inputs = inputsOf({ about: '', files: { [A]: TEXT, [B]: TEXT } });

  it('leaves a file that a fix would break, and mends the others', async () => {
    const { changed, declined } = await fixRepository(inputs, [rule], async () => true);
    expect(changed.map((file) => file.path)).toEqual([B]);
    expect(changed[0]?.text).toContain('run: new');
    expect(declined.map((fix) => fix.edits[0]?.path)).toEqual([A]);
  });

  it('asks once for what changes behaviour, and takes no for an answer', async () => {
    let asked = 0;
    const { changed } = await fixRepository(inputs, [rule], async () => {
      asked += 1;
      return false;
    });
    expect([changed, asked]).toEqual([[], 1]);
  });
});
