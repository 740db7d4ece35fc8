import { describe, expect, it } from 'vitest';
import { inputsOf } from '../../test/posture-fixture.ts';
import { auditRepository } from './audit.ts';
import { judgeControls } from './controls.ts';
import type { Example } from './rule.ts';
import { POSTURE_RULES } from './rule-set.ts';
import { scoreAudit } from './score.ts';

function controls(example: Omit<Example, 'about'>) {
  const audit = auditRepository(inputsOf({ about: '', ...example }), POSTURE_RULES);
  return new Map(judgeControls(audit, scoreAudit(audit).rules).map((one) => [one.id, one]));
}

const PUBLISHES = {
  '.github/workflows/release.yml': `on: push
jobs:
  out:
    permissions: { id-token: write }
    steps: [{ run: npm publish }]
`,
};

describe('judgeControls', () => {
  it('answers all forty, in order', () => {
    const ids = Array.from({ length: 40 }, (_, at) => `R${String(at + 1).padStart(2, '0')}`);
    expect([...controls({ files: {} }).keys()]).toEqual(ids);
  });

  it('names the rule that speaks against a control', () => {
    const control = controls({ files: PUBLISHES }).get('R12');
    expect(control?.status).toBe('open');
    expect(control?.evidence).toContain('identity-without-environment is open');
  });

  it('says of what the gateway would do that it is open where there is none', () => {
    expect(controls({ files: PUBLISHES }).get('R02')?.status).toBe('open');
    const gateway = {
      path: 'countersign.yaml',
      origin: null,
      packages: [{ ecosystem: 'npm', name: 'explorer-web', mode: 'publish' as const }],
    };
    expect(controls({ files: PUBLISHES, gateway }).get('R02')?.status).toBe('supported');
  });

  it('never says that a drill or a freeze is there', () => {
    for (const id of ['R24', 'R33', 'R34', 'R35', 'R40']) {
      expect(controls({ files: PUBLISHES }).get(id)?.status).toBe('outside');
    }
  });

  it('uses words that claim support and nothing more', () => {
    const words = [...controls({ files: PUBLISHES }).values()].flatMap((one) => one.status);
    expect(new Set(words)).not.toContain('met');
  });
});
