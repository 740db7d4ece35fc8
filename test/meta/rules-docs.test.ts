import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/inspect/rule-set.ts';
import { renderRulesPage } from '../../src/inspect/rules-page.ts';

const PAGE = new URL('../../docs/rules.md', import.meta.url);

if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, renderRulesPage(RULES));

describe('docs/rules.md', () => {
  const page = readFileSync(PAGE, 'utf8');
  const documented = [...page.matchAll(/^### (.+)$/gm)].map(([, id = '']) => id);

  it('documents every rule', () => {
    expect(RULES.map((rule) => rule.id).filter((id) => !documented.includes(id))).toEqual([]);
  });

  it('documents no rule that is not there', () => {
    expect(documented.filter((id) => RULES.every((rule) => rule.id !== id))).toEqual([]);
  });

  it('says what the code says (UPDATE_DOCS=1 writes it)', () => {
    expect(page).toBe(renderRulesPage(RULES));
  });
});
