/**
 * What is in force, and whose voice counts, after each governance entry of the ledger. Pure: the
 * gateway replays it to show, the publisher and a stranger verify each step first.
 */
import { CountersignError } from './errors.ts';
import type { Suspended } from './governance.ts';
import { governanceOf } from './governance-rule.ts';
import type { PersonId, Sha256 } from './names.ts';
import type { PolicyDocument } from './policy.ts';
import { isQuorumReachable } from './quorum.ts';
import { findPerson, type Person, type Roster } from './roster.ts';

/** A step outside of the ordinary quorum, which is named for ever after. */
export interface GovernanceBreak {
  readonly kind: 'recovery';
  readonly index: number;
  readonly at: string;
  readonly reason: string;
}

export interface GovernanceState {
  readonly roster: Roster;
  readonly rosterDigest: Sha256;
  readonly policy: PolicyDocument;
  readonly policyDigest: Sha256;
  /** When a key came after the founding: `PERSON KEY` to the time from which on it counts. */
  readonly countsFrom: ReadonlyMap<string, string>;
  /** `person alice` or `key SHA256:...` to who suspended it. */
  readonly suspended: ReadonlyMap<string, PersonId>;
  /** The recovery that waits for its delay. */
  readonly recovery: { readonly digest: Sha256; readonly at: string } | null;
  readonly breaks: readonly GovernanceBreak[];
}

/** New documents of a change; null for one that stays. */
export interface Change {
  readonly roster: { readonly document: Roster; readonly digest: Sha256 } | null;
  readonly policy: { readonly document: PolicyDocument; readonly digest: Sha256 } | null;
  readonly reinstate: readonly Suspended[];
}

export type GovernanceEvent =
  | { readonly kind: 'enacted'; readonly change: Change }
  | { readonly kind: 'suspended'; readonly subject: Suspended; readonly by: PersonId }
  | { readonly kind: 'recovery-started'; readonly digest: Sha256 }
  | { readonly kind: 'recovery-vetoed' }
  | { readonly kind: 'recovery-enacted'; readonly change: Change; readonly reason: string };

/** The ledger's word on an event: its entry's index and time. */
export interface Placed {
  readonly index: number;
  readonly at: string;
}

/** The founding: founders' keys count at once. */
export function foundingState(
  documents: Pick<GovernanceState, 'roster' | 'rosterDigest' | 'policy' | 'policyDigest'>,
): GovernanceState {
  return {
    ...documents,
    countsFrom: new Map(),
    suspended: new Map(),
    recovery: null,
    breaks: [],
  };
}

/** The state after `event`. Whether the event may happen is asked elsewhere, before. */
export function applyGovernance(
  state: GovernanceState,
  event: GovernanceEvent,
  placed: Placed,
): GovernanceState {
  switch (event.kind) {
    case 'enacted':
      return applyChange(state, event.change, placed);
    case 'suspended': {
      const suspended = new Map(state.suspended);
      const subject = subjectOf(event.subject);
      if (!suspended.has(subject)) suspended.set(subject, event.by);
      return { ...state, suspended };
    }
    case 'recovery-started':
      return { ...state, recovery: { digest: event.digest, at: placed.at } };
    case 'recovery-vetoed':
      return { ...state, recovery: null };
    case 'recovery-enacted': {
      const broken = { kind: 'recovery', ...placed, reason: event.reason } as const;
      const next = applyChange(state, event.change, placed);
      return { ...next, recovery: null, breaks: [...state.breaks, broken] };
    }
  }
}

/** New keys wait as long as the rules before the change say, or those after it where longer. */
function applyChange(state: GovernanceState, change: Change, { at }: Placed): GovernanceState {
  const roster = change.roster?.document ?? state.roster;
  const policy = change.policy?.document ?? state.policy;
  const seconds = Math.max(
    governanceOf(state.policy).coolingSeconds,
    governanceOf(policy).coolingSeconds,
  );
  const known = new Set(state.roster.people.flatMap(keysOf));
  const countsFrom = new Map<string, string>();
  for (const key of roster.people.flatMap(keysOf)) {
    const since = state.countsFrom.get(key);
    if (since !== undefined) countsFrom.set(key, since);
    else if (!known.has(key)) countsFrom.set(key, after(at, seconds));
  }
  const suspended = new Map(state.suspended);
  for (const one of change.reinstate) suspended.delete(subjectOf(one));
  return {
    ...state,
    roster,
    rosterDigest: change.roster?.digest ?? state.rosterDigest,
    policy,
    policyDigest: change.policy?.digest ?? state.policyDigest,
    countsFrom,
    suspended,
  };
}

/** `PERSON KEY` of each key and passkey of a person. */
function keysOf(of: Person): readonly string[] {
  return [
    ...of.keys.map((one) => keyOf(of.id, one.publicKey)),
    ...(of.passkeys ?? []).map((one) => keyOf(of.id, one.publicKey)),
  ];
}

function keyOf(person: string, publicKey: string): string {
  return `${person} ${publicKey}`;
}

function subjectOf({ kind, id }: Suspended): string {
  return `${kind} ${id}`;
}

function after(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString();
}

/** A verified signature's origin. `publicKey` as the roster spells it. */
export interface Signer {
  readonly person: PersonId;
  readonly publicKey: string;
  readonly fingerprint: string;
}

/** Why this signer's voice does not count at `at`, as a phrase after the person's name; or null. */
export function whySilent(state: GovernanceState, signer: Signer, at: string): string | null {
  const gone = whyStranger(state, signer);
  if (gone !== null) return gone;
  const from = state.countsFrom.get(keyOf(signer.person, signer.publicKey));
  if (from === undefined || from <= at) return null;
  return `signed with a new key, ${signer.fingerprint}, which counts from ${from} on`;
}

/** As `whySilent`, but a key that still waits may speak: to suspend and to veto. */
export function whyStranger(state: GovernanceState, signer: Signer): string | null {
  const person = findPerson(state.roster, signer.person);
  if (person === undefined) return 'is not in the roster any more';
  if (!keysOf(person).includes(keyOf(person.id, signer.publicKey))) {
    return `signed with ${signer.fingerprint}, which is not a key of theirs any more`;
  }
  const by = state.suspended.get(subjectOf({ kind: 'person', id: person.id }));
  if (by !== undefined) return `is suspended by ${by}`;
  const byKey = state.suspended.get(subjectOf({ kind: 'key', id: signer.fingerprint }));
  return byKey === undefined ? null : `signed with ${signer.fingerprint}, suspended by ${byKey}`;
}

/** Whether this key was suspended by itself, by its fingerprint. */
export function isSuspendedKey(state: GovernanceState, fingerprint: string): boolean {
  return state.suspended.has(subjectOf({ kind: 'key', id: fingerprint }));
}

/** Whether anything of this person counts at all now. */
export function isActive(state: GovernanceState, person: string): boolean {
  return (
    findPerson(state.roster, person) !== undefined &&
    !state.suspended.has(subjectOf({ kind: 'person', id: person }))
  );
}

/**
 * Throws `quorum-unreachable` where after a change some quorum could never be met: the one that
 * changes the rules, or that of a policy which a project uses. The requester, whom a policy may
 * exclude, is one person more.
 */
export function requireReachable(state: GovernanceState): void {
  const people = state.roster.people.filter((one) => isActive(state, one.id));
  const { minimum, groups } = governanceOf(state.policy);
  const changes = {
    minimum,
    groups,
    requester: 'counts',
    terminal: 1,
    expiresSeconds: 60,
  } as const;
  if (!isQuorumReachable(changes, people)) refuse('changes of roster and rules', minimum);
  for (const [name, project] of Object.entries(state.policy.projects)) {
    for (const policyName of project.policies) {
      const rule = state.policy.policies[policyName]?.approvals;
      if (rule !== undefined && !isQuorumReachable(rule, people)) {
        refuse(`releases of ${name} under policy ${policyName}`, rule.minimum);
      }
    }
  }
}

function refuse(what: string, minimum: number): never {
  throw new CountersignError(
    'quorum-unreachable',
    `after this change no set of people could agree to ${what}, which takes ${minimum}`,
    { hint: 'add people or keys first, or ask for fewer people and groups' },
  );
}
