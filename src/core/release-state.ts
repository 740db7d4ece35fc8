/**
 * The life of a release as one table. A transition that is not here does not exist; the store
 * applies it, its event, its ledger entry and its jobs in one transaction.
 */
import { CountersignError } from './errors.ts';

export const RELEASE_STATES = [
  'receiving',
  'sealed',
  'inspecting',
  'awaiting-approval',
  'approved',
  'publishing',
  'awaiting-registry',
  'partially-published',
  'confirming',
  'published',
  'rolled-back',
  'rejected',
  'expired',
  'cancelled',
  'failed',
] as const;

export type ReleaseState = (typeof RELEASE_STATES)[number];

/** event -> from -> to */
export const TRANSITIONS = {
  seal: { receiving: 'sealed' },
  inspect: { sealed: 'inspecting' },
  'pass-inspection': { inspecting: 'awaiting-approval' },
  'fail-inspection': { inspecting: 'rejected' },
  'reach-quorum': { 'awaiting-approval': 'approved' },
  'void-approval': { approved: 'awaiting-approval' },
  'change-rules': { 'awaiting-approval': 'inspecting', approved: 'inspecting' },
  reject: { 'awaiting-approval': 'rejected', approved: 'rejected' },
  expire: { receiving: 'expired', 'awaiting-approval': 'expired', approved: 'expired' },
  cancel: {
    receiving: 'cancelled',
    sealed: 'cancelled',
    inspecting: 'cancelled',
    'awaiting-approval': 'cancelled',
    approved: 'cancelled',
  },
  'start-publishing': { approved: 'publishing' },
  'await-registry': { publishing: 'awaiting-registry' },
  'registry-ready': { 'awaiting-registry': 'publishing' },
  'finish-publishing': { publishing: 'confirming' },
  'fail-publishing': { publishing: 'failed', 'awaiting-registry': 'failed' },
  'stop-halfway': { publishing: 'partially-published', 'awaiting-registry': 'partially-published' },
  resume: { 'partially-published': 'publishing' },
  confirm: { confirming: 'published' },
  'fail-confirmation': { confirming: 'failed' },
  'roll-back': { published: 'rolled-back', 'partially-published': 'rolled-back' },
} as const satisfies Record<string, Partial<Record<ReleaseState, ReleaseState>>>;

export type ReleaseEvent = keyof typeof TRANSITIONS;

const TERMINAL: ReadonlySet<ReleaseState> = new Set([
  'published',
  'rolled-back',
  'rejected',
  'expired',
  'cancelled',
  'failed',
]);

/** A terminal release no longer occupies its tag and package versions. */
export function isTerminal(state: ReleaseState): boolean {
  return TERMINAL.has(state);
}

/** The state after `event`. Throws `state-conflict` naming the states that would allow it. */
export function nextState(state: ReleaseState, event: ReleaseEvent): ReleaseState {
  const table: Partial<Record<ReleaseState, ReleaseState>> = TRANSITIONS[event];
  const next = table[state];
  if (next !== undefined) return next;
  throw new CountersignError(
    'state-conflict',
    `cannot ${event.replaceAll('-', ' ')}: expected the release to be ${Object.keys(table).join(' or ')}, found ${state}`,
  );
}

/** What a process that waits may conclude: 0 published, 1 refused, 3 undecided. */
export function waitExitCode(state: ReleaseState): 0 | 1 | 3 {
  if (state === 'published') return 0;
  return isTerminal(state) ? 1 : 3;
}

/** States in which nothing is upstream, so that the next attempt may reuse the artifacts. */
export function canReopen(state: ReleaseState): boolean {
  return state === 'rejected' || state === 'expired' || state === 'cancelled';
}
