import { describe, expect, it } from 'vitest';
import { inputsOf } from '../../test/posture-fixture.ts';
import { auditRepository } from './audit.ts';
import { applyFixes } from './fix.ts';
import type { Example, PostureRule } from './rule.ts';
import { POSTURE_RULES } from './rule-set.ts';

function places(rule: PostureRule, example: Example): readonly string[] {
  const { findings } = auditRepository(inputsOf(example), [rule]);
  return findings.map(({ file, line }) => (file === null ? 'settings' : `${file}:${line}`));
}

describe('posture rules', () => {
  it('stand in order of id, each once', () => {
    const ids = POSTURE_RULES.map((rule) => rule.id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });

  describe.each(POSTURE_RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
    it('has a bad and a fine example', () => {
      expect(rule.examples.bad.length).toBeGreaterThan(0);
      expect(rule.examples.fine.length).toBeGreaterThan(0);
    });

    it.each(rule.examples.bad.map((one) => [one.about, one] as const))('finds: %s', (__, bad) => {
      expect(places(rule, bad)).toEqual(bad.found);
      expect(bad.found.length).toBeGreaterThan(0);
    });

    it.each(rule.examples.fine.map((one) => [one.about, one] as const))(
      'lets be: %s',
      (__, fine) => {
        expect(places(rule, fine)).toEqual([]);
      },
    );

    const fixable = rule.examples.bad.filter((one) => one.fixed !== undefined);
    it.each(fixable.map((one) => [one.about, one] as const))('mends: %s', (__, bad) => {
      const audit = auditRepository(inputsOf(bad), [rule]);
      const fixed = applyFixes(bad.files, [...audit.fixes.values()]);
      expect(fixed.files).toEqual({ ...bad.files, ...bad.fixed });
      const again = auditRepository(inputsOf({ ...bad, files: fixed.files }), [rule]);
      expect([...again.fixes.values()]).toEqual([]);
    });
  });
});
