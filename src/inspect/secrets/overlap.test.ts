import { describe, expect, it } from 'vitest';
import { RULES } from '../rule-set.ts';
import { createSecretScanner } from '../search/secret-scan.ts';
import { SECRETS } from './families.ts';

const scan = createSecretScanner(RULES.filter((rule) => rule.kind === 'secret'));

/** Two credentials that stand side by side are two findings. */
const PAIRS: Readonly<Record<string, readonly string[]>> = {
  'alibaba-access-key': ['generic-secret'],
  'exoscale-access-key': ['generic-secret'],
  'google-storage-key': ['generic-secret'],
  'tencent-access-key': ['generic-secret'],
};

describe.each(Object.entries(SECRETS))('secrets of the family %s', (_, rules = []) => {
  it.each(rules.map((rule) => [rule.id, rule] as const))(
    'are told once: %s, though all rules look',
    (id, rule) => {
      for (const { make } of rule.examples.bad) {
        const hits = scan(Buffer.from(make())).hits.filter((hit) => hit.confidence !== 'weak');
        const told = hits.map((hit) => hit.rule.id).filter((one) => !PAIRS[id]?.includes(one));
        expect(told).toHaveLength(1);
      }
    },
  );
});
