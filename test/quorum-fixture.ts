/** People, rules and votes for tests of the quorum. */
import type { Approval } from '../src/core/manifest.ts';
import type { PersonId, ReleaseId, Sha256 } from '../src/core/names.ts';
import type { ApprovalRule } from '../src/core/policy.ts';
import type { QuorumQuestion, Vote } from '../src/core/quorum.ts';
import type { Person, Roster } from '../src/core/roster.ts';

export const MANIFEST = 'a'.repeat(64) as Sha256;
export const OTHER = 'b'.repeat(64) as Sha256;
export const IDS = ['p0', 'p1', 'p2', 'p3', 'p4'] as const;
export const GROUPS = ['security', 'managers', 'docs'] as const;
export const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-01T12:00:00.000Z');
export const at = (ms: number) => new Date(NOW + ms).toISOString();

export function personOf(id: string, groups: readonly string[], keys = 1): Person {
  return {
    id: id as PersonId,
    name: id,
    groups,
    keys: Array.from({ length: keys }, (_, index) => ({
      kind: 'ssh' as const,
      publicKey: `ssh-ed25519 ${id}${index}`,
    })),
  };
}

export function rosterOf(people: readonly Person[]): Roster {
  return { schema: 'countersign/roster/v1', version: 1, previous: null, people, bots: [] };
}

export const RULE: ApprovalRule = {
  minimum: 2,
  groups: {},
  requester: 'excluded',
  terminal: 1,
  expiresSeconds: 72 * 3600,
};

export function vote(person: string, order: number, changes: Partial<Approval> = {}): Vote {
  return {
    order,
    silent: null,
    approval: {
      schema: 'countersign/approval/v1',
      genesis: MANIFEST,
      manifest: MANIFEST,
      release: '00000000-0000-7000-8000-000000000000' as ReleaseId,
      attempt: 1,
      decision: 'approve',
      person: person as PersonId,
      acknowledged: [],
      waived: [],
      reason: null,
      client: 'terminal',
      issuedAt: at(-HOUR),
      expiresAt: at(HOUR),
      checkpointSeen: { origin: 'log', size: 1, root: MANIFEST },
      ...changes,
    },
  };
}

export function question(
  votes: readonly Vote[],
  changes: Partial<QuorumQuestion> = {},
): QuorumQuestion {
  return {
    rule: RULE,
    roster: rosterOf(IDS.map((id) => personOf(id, []))),
    manifest: MANIFEST,
    attempt: 1,
    requesters: [],
    raise: 0,
    toAcknowledge: [],
    toWaive: [],
    votes,
    now: at(0),
    ...changes,
  };
}
