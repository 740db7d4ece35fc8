import { describe, expect, test } from 'vitest';
import { type ClaimChanges, sampleClaim } from '../inspect/samples/sample-source.ts';
import type { Sha256 } from './names.ts';
import type { SourceClaim } from './source-claim.ts';
import { gradeOf } from './source-grade.ts';

const identity = 'e'.repeat(64) as Sha256;

function grade(changes: ClaimChanges, more: Partial<SourceClaim> = {}) {
  const { claim } = sampleClaim(changes);
  if (claim === undefined) throw new Error('no claim');
  return gradeOf({ ...claim, ...more });
}

describe('the grade of a source claim', () => {
  test('is the best that holds', () => {
    expect(grade({})).toBe('resolved');
    expect(grade({ provenance: null })).toBe('resolved');
    expect(grade({ git: null })).toBe('attested');
    expect(grade({ git: null, provenance: null }, { identity })).toBe('oidc');
    expect(grade({ git: null, provenance: null })).toBe('asserted');
    expect(grade({ git: null }, { artifacts: [], identity })).toBe('oidc');
  });

  test.each<[string, ClaimChanges]>([
    ['a tag that moved', { git: { tag: { object: 'd'.repeat(40), commit: 'd'.repeat(40) } } }],
    ['a tag that is gone', { git: { tag: null } }],
    ['no protected branch', { git: { branches: [] } }],
    ['provenance of another repository', { provenance: { repositoryId: '1' } }],
    ['provenance of another commit', { provenance: { commit: 'd'.repeat(40) } }],
    ['provenance that names no commit', { git: null, provenance: { commit: null } }],
    ['provenance that does not verify', { problem: 'it does not verify' }],
    ['the ref of a branch for a release by tag', { provenance: { ref: 'refs/heads/main' } }],
  ])('falls to asserted for %s, whatever else fits', (_, changes) => {
    expect(grade(changes, { identity })).toBe('asserted');
  });

  test('is not attested where nobody says whose attestations count', () => {
    const { claim } = sampleClaim({ git: null });
    if (claim === undefined) throw new Error('no claim');
    const expected = { ...claim.expected, ci: [] };
    expect(gradeOf({ ...claim, expected })).toBe('asserted');
  });

  test('is not attested where one of two artifacts comes without', () => {
    const { claim } = sampleClaim({ git: null });
    const [first] = claim?.artifacts ?? [];
    if (claim === undefined || first === undefined) throw new Error('no claim');
    const second = { ...first, file: 'other.tgz', attestations: [] };
    expect(gradeOf({ ...claim, artifacts: [first, second] })).toBe('asserted');
  });

  test('two artifacts of two commits are never of one source', () => {
    const { claim } = sampleClaim({ git: null });
    const [first] = claim?.artifacts ?? [];
    const says = first?.attestations[0]?.says;
    if (claim === undefined || first === undefined || says == null) throw new Error('no claim');
    const attestation = { ...first.attestations[0], says: { ...says, commit: 'd'.repeat(40) } };
    const second = { ...first, file: 'other.tgz', attestations: [attestation] };
    const artifacts = [first, second] as SourceClaim['artifacts'];
    expect(gradeOf({ ...claim, artifacts })).toBe('asserted');
  });
});
