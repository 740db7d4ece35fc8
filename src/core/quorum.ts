/**
 * Whether signatures suffice. Pure: the same for the gateway, the publisher and a stranger.
 * Signatures were verified before; here people are counted, never keys, never spellings.
 */
import type { Approval } from './manifest.ts';
import type { PersonId, Sha256 } from './names.ts';
import type { ApprovalRule } from './policy.ts';
import { findPerson, type Person, type Roster } from './roster.ts';

/** A signer's clock may be this much ahead of the one that judges. */
const CLOCK_SKEW_SECONDS = 600;

/** An approval whose signature was verified with a key that `roster` gives to `person`. */
export interface Vote {
  readonly approval: Pick<
    Approval,
    | 'person'
    | 'manifest'
    | 'attempt'
    | 'decision'
    | 'acknowledged'
    | 'waived'
    | 'client'
    | 'issuedAt'
    | 'expiresAt'
  >;
  /** Ledger index of the recorded approval, or the order of arrival. Says only which of a person's
   * signatures is talked about; what counts does not depend on it. */
  readonly order: number;
  /** Why the signer's voice does not count (gone, suspended, a key that is too new), as a phrase
   * after the person's name; null where it does. */
  readonly silent: string | null;
}

export interface QuorumQuestion {
  readonly rule: ApprovalRule;
  readonly roster: Roster;
  readonly manifest: Sha256;
  readonly attempt: number;
  readonly requesters: readonly PersonId[];
  /** By how many the minimum rises: nobody knows who is behind a CI run, or it ran again. */
  readonly raise: 0 | 1;
  /** Findings that must be acknowledged, and those that must be waived with a reason. */
  readonly toAcknowledge: readonly string[];
  readonly toWaive: readonly string[];
  readonly votes: readonly Vote[];
  /** RFC 3339 UTC; approvals expired by then do not count. */
  readonly now: string;
}

export interface QuorumAnswer {
  readonly met: boolean;
  /** An entitled person who said no, which ends the attempt; null where nobody did. */
  readonly rejectedBy: PersonId | null;
  readonly counted: readonly PersonId[];
  readonly ignored: readonly { readonly person: PersonId; readonly reason: string }[];
  /** What is still missing, one sentence each; empty when met or rejected. */
  readonly missing: readonly string[];
}

/**
 * Decides. Never throws; an unmet quorum is an answer. A person has one vote, whatever the number
 * of signatures: one that counts is not undone by a weaker one signed later (nobody could tell
 * whether a later one was withheld), and only a rejection takes it back, for good.
 */
export function decideQuorum(question: QuorumQuestion): QuorumAnswer {
  const ignored: { person: PersonId; reason: string }[] = [];
  const counted: Vote[] = [];
  let rejectedBy: PersonId | null = null;
  for (const [person, votes] of votesByPerson(question.votes)) {
    const valid = votes.filter((vote) => whyIgnored(question, vote) === null);
    const best = valid.find((vote) => vote.approval.client === 'terminal') ?? valid.at(-1);
    if (valid.some((vote) => vote.approval.decision === 'reject')) rejectedBy ??= person;
    else if (best !== undefined) counted.push(best);
    else {
      const last = votes.at(-1);
      const reason = last === undefined ? null : whyIgnored(question, last);
      if (reason !== null) ignored.push({ person, reason });
    }
  }
  const missing = rejectedBy === null ? whatIsMissing(question, counted) : [];
  return {
    met: rejectedBy === null && missing.length === 0,
    rejectedBy,
    counted: counted.map((vote) => vote.approval.person),
    ignored,
    missing,
  };
}

/**
 * Decides under the roster that the manifest names and under the one in force: a change of the
 * roster between signing and publishing may take voices away and gives none.
 */
export function decideUnderBoth(
  question: QuorumQuestion,
  inForce: QuorumQuestion['roster'],
): QuorumAnswer {
  const signed = decideQuorum(question);
  if (inForce === question.roster) return signed;
  const counted = new Set<string>(signed.counted);
  // whose yes did not count under the one is not counted under the other; a no counts under either
  const votes = question.votes.filter(
    ({ approval }) => counted.has(approval.person) || approval.decision === 'reject',
  );
  const now = decideQuorum({ ...question, roster: inForce, votes });
  if (!signed.met) return signed;
  return { ...now, ignored: [...signed.ignored, ...now.ignored] };
}

/**
 * Could any set of people meet the rule, if each of `people` signed? Used before a rule takes
 * effect; `requester` leaves when the rule excludes requesters.
 */
export function isQuorumReachable(rule: ApprovalRule, people: readonly Person[]): boolean {
  const canSign = (one: Person) => one.keys.length + (one.passkeys?.length ?? 0) > 0;
  const entitled = people.filter((one) => isEntitled(rule, one) && canSign(one));
  // a passkey signs in a browser; a terminal takes an SSH key
  const atTerminals = entitled.filter((one) => one.keys.length > 0).length;
  const needed = Math.max(2, rule.minimum);
  return entitled.length >= needed && atTerminals >= rule.terminal && groupsFilled(rule, entitled);
}

/** People in order of their ids, each with all of their signatures, oldest first. */
function votesByPerson(votes: readonly Vote[]): readonly (readonly [PersonId, readonly Vote[]])[] {
  const byPerson = new Map<PersonId, Vote[]>();
  for (const vote of [...votes].sort((a, b) => a.order - b.order)) {
    const { person } = vote.approval;
    byPerson.set(person, [...(byPerson.get(person) ?? []), vote]);
  }
  return [...byPerson].sort(([a], [b]) => (a < b ? -1 : 1));
}

function whyIgnored(question: QuorumQuestion, { approval, silent }: Vote): string | null {
  if (silent !== null) return silent;
  const person = findPerson(question.roster, approval.person);
  if (person === undefined) return 'is not in the roster';
  if (approval.manifest !== question.manifest) return 'signed another manifest';
  if (approval.attempt !== question.attempt) return 'signed another attempt';
  if (!isEntitled(question.rule, person)) return 'is in none of the groups that the policy names';
  if (approval.decision === 'reject') return null;
  if (approval.expiresAt <= question.now) return `signature expired at ${approval.expiresAt}`;
  if (approval.issuedAt >= approval.expiresAt) return 'signature expires before it was made';
  const wrongTimes = whyTimesAreWrong(question, approval);
  if (wrongTimes !== null) return wrongTimes;
  if (question.rule.requester === 'excluded' && question.requesters.includes(approval.person)) {
    return 'is the requester, whom the policy excludes';
  }
  const acknowledged = new Set(approval.acknowledged);
  const open = question.toAcknowledge.filter((one) => !acknowledged.has(one));
  if (open.length > 0) return `did not acknowledge ${open.join(', ')}`;
  const waived = new Set(
    approval.waived.filter((one) => one.reason.trim() !== '').map((one) => one.finding),
  );
  const unwaived = question.toWaive.filter((one) => !waived.has(one));
  if (unwaived.length > 0) return `did not waive ${unwaived.join(', ')} with a reason`;
  return null;
}

/** The signer alone wrote these times: the policy, not the signer, says how long they may reach. */
function whyTimesAreWrong(question: QuorumQuestion, approval: Vote['approval']): string | null {
  const issued = Date.parse(approval.issuedAt);
  const seconds = (Date.parse(approval.expiresAt) - issued) / 1000;
  if (seconds > question.rule.expiresSeconds) {
    return `signature is good for ${seconds} seconds, the policy allows ${question.rule.expiresSeconds}`;
  }
  const aheadSeconds = (issued - Date.parse(question.now)) / 1000;
  return aheadSeconds > CLOCK_SKEW_SECONDS
    ? `signature is dated ${approval.issuedAt}, which is still to come`
    : null;
}

function isEntitled(rule: ApprovalRule, person: Person): boolean {
  const groups = Object.keys(rule.groups);
  return groups.length === 0 || groups.some((group) => person.groups.includes(group));
}

function whatIsMissing(question: QuorumQuestion, votes: readonly Vote[]): string[] {
  const { rule, roster } = question;
  const missing: string[] = [];
  const minimum = Math.max(2, rule.minimum) + question.raise;
  if (votes.length < minimum) {
    missing.push(`${minimum - votes.length} more of ${minimum} people`);
  }
  const people = votes.flatMap((vote) => findPerson(roster, vote.approval.person) ?? []);
  if (!groupsFilled(rule, people)) {
    missing.push(`${describeGroups(rule)}, each place by another person`);
  }
  const terminal = votes.filter((vote) => vote.approval.client === 'terminal').length;
  if (terminal < rule.terminal) {
    missing.push(
      `${rule.terminal - terminal} more made in a terminal, where digests are recomputed`,
    );
  }
  return missing;
}

function describeGroups(rule: ApprovalRule): string {
  return Object.entries(rule.groups)
    .map(([group, count]) => `${count} of ${group}`)
    .join(' and ');
}

/** Bipartite matching of people to group places: one person fills one place. */
function groupsFilled(rule: ApprovalRule, people: readonly Person[]): boolean {
  const places = Object.entries(rule.groups).flatMap(([group, count]) =>
    Array.from({ length: count }, () => group),
  );
  const holderOf = new Map<number, number>(); // place -> index in people
  const seat = (candidate: number, tried: Set<number>): boolean =>
    places.some((group, place) => {
      if (tried.has(place) || people[candidate]?.groups.includes(group) !== true) return false;
      tried.add(place);
      const holder = holderOf.get(place);
      if (holder !== undefined && !seat(holder, tried)) return false;
      holderOf.set(place, candidate);
      return true;
    });
  let seated = 0;
  for (let candidate = 0; candidate < people.length; candidate += 1) {
    if (seat(candidate, new Set())) seated += 1;
  }
  return seated === places.length;
}
