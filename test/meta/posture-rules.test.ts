import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { POSTURE_RULES } from '../../src/posture/rule-set.ts';
import { renderPostureRulesPage } from '../../src/posture/rules-page.ts';

const PAGE = new URL('../../docs/posture-rules.md', import.meta.url);
const INCIDENTS = new URL('../../docs/incidents.md', import.meta.url);

if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, renderPostureRulesPage(POSTURE_RULES));

describe('docs/posture-rules.md', () => {
  const page = readFileSync(PAGE, 'utf8');
  const documented = [...page.matchAll(/^### (.+)$/gm)].map(([, id = '']) => id);

  it('documents every rule, and no other', () => {
    expect(documented.toSorted()).toEqual(POSTURE_RULES.map((rule) => rule.id));
  });

  it('says what the code says (UPDATE_DOCS=1 writes it)', () => {
    expect(page).toBe(renderPostureRulesPage(POSTURE_RULES));
  });

  it('cites incidents that are told', () => {
    const told = readFileSync(INCIDENTS, 'utf8');
    const cited = new Set(POSTURE_RULES.flatMap((rule) => rule.incidents));
    expect([...cited].filter((id) => !told.includes(id))).toEqual([]);
  });

  it('has texts that are clauses: no full stop at the end, and something in each', () => {
    const texts = POSTURE_RULES.flatMap(({ id, about, attack, mend }) =>
      [about, attack, mend].map((text) => `${id}: ${text}`),
    );
    expect(texts.filter((text) => /\.$|: $/.test(text))).toEqual([]);
  });
});
