import { describe, expect, test } from 'vitest';
import { compilePolicyRules } from './policy-compile.ts';
import type { ProjectConfig } from './policy-config.ts';

function project(parts: Pick<ProjectConfig, 'source' | 'provenance'>) {
  const config = {
    upstreams: {},
    policies: { strict: {} },
    projects: { aitbc: { packages: [], policies: ['strict'], ...parts } },
  };
  return compilePolicyRules(config).projects['aitbc'];
}
const remote = 'https://git.example.com/example/aitbc.git';

describe('the source of a project', () => {
  test('has its address in one spelling, and no outputs unless some are named', () => {
    expect(project({ source: { remote, branches: ['main', 'release/*'] } })?.source).toEqual({
      remote,
      branches: ['main', 'release/*'],
      outputs: [],
    });
  });

  test('is refused where git would run something, or a pattern is none', () => {
    expect(() => project({ source: { remote: 'ext::sh -c x', branches: ['main'] } })).toThrow(
      'projects.aitbc.source.remote: expected the address of a git repository',
    );
    expect(() => project({ source: { remote, branches: ['['] } })).toThrow(
      'projects.aitbc.source.branches.0: expected a pattern such as release/*, found [',
    );
    expect(() => project({ source: { remote, branches: ['main'], outputs: ['+'] } })).toThrow(
      'projects.aitbc.source.outputs.0',
    );
  });

  test('asks of provenance what the file says, and nothing where it says nothing', () => {
    expect(project({})?.provenance).toBeUndefined();
    expect(project({ provenance: {} })?.provenance).toEqual({
      attestations: 'optional',
      forward: 'never',
      trustedRoot: null,
    });
    expect(() => project({ provenance: { 'trusted-root': 'abc' } })).toThrow(
      'projects.aitbc.provenance.trusted-root: expected the SHA-256 of a trusted root',
    );
  });
});
