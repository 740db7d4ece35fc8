import { describe, expect, it } from 'vitest';
import { inputsOf } from '../../test/posture-fixture.ts';
import { auditRepository } from './audit.ts';
import type { PostureRule, Problem } from './rule.ts';
import { scoreAudit } from './score.ts';

const FILES = {
  '.github/workflows/a.yml': 'on: push\njobs:\n  out: { steps: [{ run: npm publish }] }\n',
  '.github/workflows/b.yml': 'on: push\njobs:\n  test: { steps: [{ run: npm test }] }\n',
};

type Answer = Partial<Problem> & { readonly at?: 'out' | 'test' };

function rule(id: string, changes: Partial<PostureRule>, answers: readonly Answer[]): PostureRule {
  return {
    id,
    reference: null,
    severity: 'high',
    confidence: 'proven',
    area: 'validation',
    scope: 'publish-path',
    about: 'a',
    attack: 'b',
    mend: 'c',
    incidents: [],
    examples: { bad: [], fine: [] },
    ...changes,
    check: (context) =>
      answers.map(({ at = 'out', ...answer }) => {
        const power = context.path.jobs.find((one) => one.job.id === at);
        if (power === undefined) throw new Error('no such job');
        const { workflow, job } = power;
        return { source: workflow.source, span: job.idSpan, job, message: 'm', ...answer };
      }),
  };
}

function score(...rules: readonly PostureRule[]) {
  return scoreAudit(auditRepository(inputsOf({ about: '', files: FILES }), rules));
}

describe('scoreAudit', () => {
  it('is 100 and A+ where all that applies is met', () => {
    const { score: points, grade, risk } = score(rule('a', {}, []));
    expect([points, grade, risk]).toEqual([100, 'A+', 'LOW']);
  });

  it('weighs as Scorecard does', () => {
    const { score: points } = score(
      rule('a', { severity: 'high' }, [{}]),
      rule('b', { severity: 'critical' }, []),
      rule('c', { severity: 'medium' }, []),
      rule('d', { severity: 'low' }, []),
    );
    expect(points).toBe(Math.round((100 * 17.5) / 25));
  });

  it('caps the grade at an open critical on the publish path, whatever else is well', () => {
    const rest = Array.from({ length: 50 }, (_, at) => rule(`r${at}`, {}, []));
    const capped = score(rule('a', { severity: 'critical' }, [{}]), ...rest);
    expect([capped.score, capped.grade, capped.risk, capped.cappedBy]).toEqual([
      69,
      'D',
      'HIGH',
      ['a'],
    ]);
  });

  it('tells and does not score what is off the publish path', () => {
    const { score: points, rules } = score(rule('a', { severity: 'critical' }, [{ at: 'test' }]));
    expect([points, rules[0]?.status]).toEqual([100, 'met']);
  });

  it('never counts as met what nobody could see', () => {
    const unseen = score(rule('a', {}, [{ evidence: 'unverified' }]), rule('b', {}, []));
    expect([unseen.score, unseen.rules[0]?.status]).toEqual([50, 'unverified']);
  });

  it('has no critical cap from what nobody could see', () => {
    const unseen = score(
      rule('a', { severity: 'critical' }, [{ evidence: 'unverified' }]),
      rule('b', {}, []),
    );
    expect(unseen.cappedBy).toEqual([]);
  });

  it('takes less for a finding that is less severe than its rule', () => {
    const { score: points } = score(rule('a', { severity: 'critical' }, [{ severity: 'medium' }]));
    expect(points).toBe(50);
  });

  it('is MEDIUM with an open high, HIGH when less than six tenths are met', () => {
    const met = ['b', 'c', 'd', 'e', 'f'].map((id) => rule(id, {}, []));
    expect(score(rule('a', {}, [{}]), ...met).risk).toBe('MEDIUM');
    expect(score(rule('a', {}, [{}]), rule('b', {}, [])).risk).toBe('HIGH');
  });

  it('is HIGH where nothing at all could be seen', () => {
    expect(score(rule('a', {}, [{ evidence: 'unverified' }])).risk).toBe('HIGH');
  });

  it('says nothing of an area that nothing applies to', () => {
    const { areas } = score(rule('a', {}, []));
    expect(areas.map(({ name, score: points, grade }) => [name, points, grade])).toEqual([
      ['Access Control', null, null],
      ['Token Security', null, null],
      ['Validation', 100, 'A+'],
      ['Audit Trail', null, null],
    ]);
  });

  it('does not rise when something more is found', () => {
    const rules = (answers: readonly Answer[]) => [rule('a', {}, answers), rule('b', {}, [])];
    const few = score(...rules([{ severity: 'low' }]));
    const more = score(...rules([{ severity: 'low' }, { severity: 'medium' }]));
    expect(more.score).toBeLessThanOrEqual(few.score);
  });
});
