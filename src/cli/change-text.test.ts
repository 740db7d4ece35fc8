import { describe, expect, test } from 'vitest';
import type { Sha256 } from '../core/names.ts';
import type { RulesDifference } from '../core/policy-compare.ts';
import { describeDifferences, describeGoverned } from './change-text.ts';

const lines = (path: string, signed?: unknown, proposed?: unknown) =>
  describeDifferences([{ path, signed, proposed } as RulesDifference]);
const marked = (path: string, signed?: unknown, proposed?: unknown) =>
  lines(path, signed, proposed).flatMap((one) => (typeof one === 'string' ? [] : [one.text]));

describe('what a change makes weaker is marked', () => {
  test.each<[string, unknown, unknown, string]>([
    ['policies.strict.approvals.minimum', 3, 2, 'fewer people'],
    ['policies.strict.approvals.groups.security-team', 1, undefined, 'fewer of this group'],
    ['policies.strict.approvals.terminal', 1, 0, 'fewer must recompute'],
    ['policies.strict.approvals.requester', 'excluded', 'counts', 'who asks may also sign'],
    ['policies.strict.approvals.expiresSeconds', 60, 61, 'signatures live longer'],
    ['policies.strict.source', 'attested', 'asserted', 'less is known of the source'],
    ['policies.strict.waivable[0]', undefined, 'install-script', 'may be waived'],
    ['governance.coolingSeconds', 60, 0, 'new keys count sooner'],
    ['upstreams.main.url', 'https://a.example/', 'https://b.example/', 'another address'],
    ['projects.aitbc.policies[0]', 'strict', 'loose', 'another policy decides'],
    ['roster.people.bob.groups[1]', undefined, 'security-team', 'counts for another group'],
    ['suspended.person bob', true, undefined, 'signs again'],
  ])('%s from %j to %j', (path, signed, proposed, phrase) => {
    expect(marked(path, signed, proposed)).toEqual([expect.stringContaining(phrase)]);
  });

  test.each<[string, unknown, unknown]>([
    ['policies.strict.approvals.minimum', 2, 3],
    ['policies.strict.approvals.requester', 'counts', 'excluded'],
    ['policies.strict.approvals.groups.security-team', undefined, 1],
    ['policies.strict.source', 'asserted', 'attested'],
    ['governance.coolingSeconds', 0, 60],
    ['roster.people.bob.groups[1]', 'security-team', undefined],
  ])('%s from %j to %j is not', (path, signed, proposed) => {
    expect(marked(path, signed, proposed)).toEqual([]);
  });

  test('what appears whole is shown value by value, a new address and a new key included', () => {
    const person = { groups: [], keys: [{ kind: 'ssh', publicKey: 'ssh-ed25519 AAAA' }] };
    expect(lines('roster.people.carol', undefined, person)).toEqual([
      '  roster.people.carol.groups: nothing -> []',
      expect.objectContaining({ style: 'bad', text: expect.stringContaining('keys[0].kind') }),
      expect.objectContaining({ text: expect.stringContaining('another key signs') }),
    ]);
    expect(marked('upstreams.new', undefined, { url: 'https://c.example/' })).toEqual([
      '  upstreams.new.url: nothing -> "https://c.example/"   (another address)',
    ]);
  });
});

test('verify names every step past a quorum, with time and reason', () => {
  const governance = {
    changes: 3,
    head: 'a'.repeat(64) as Sha256,
    breaks: [
      { kind: 'recovery', index: 7, at: '2026-03-01T12:00:00.000Z', reason: 'a fire' } as const,
    ],
    breakGlass: 'a worm is out',
  };
  expect(describeGoverned(governance)).toEqual([
    'changes   judged after 3 changes of roster and rules, each verified',
    {
      style: 'bad',
      text: 'break     the quorum was refounded from outside at entry 7, 2026-03-01T12:00:00.000Z: a fire',
    },
    {
      style: 'bad',
      text: 'break     any two people sufficed, in an emergency: a worm is out',
    },
  ]);
});
