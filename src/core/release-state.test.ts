import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canReopen,
  isTerminal,
  nextState,
  RELEASE_STATES,
  type ReleaseEvent,
  type ReleaseState,
  TRANSITIONS,
  waitExitCode,
} from './release-state.ts';

const EVENTS = Object.keys(TRANSITIONS) as ReleaseEvent[];

function follow(state: ReleaseState, event: ReleaseEvent): ReleaseState | null {
  try {
    return nextState(state, event);
  } catch {
    return null;
  }
}

describe('promise 1: the life of a release', () => {
  test('nothing reaches a registry but through sealing, inspection, quorum and the credential', () => {
    const walks = fc.array(fc.constantFrom(...EVENTS), { maxLength: 60 });
    fc.assert(
      fc.property(walks, (events) => {
        let state: ReleaseState = 'receiving';
        const passed: ReleaseEvent[] = [];
        for (const event of events) {
          const next = follow(state, event);
          if (next === null) continue;
          state = next;
          passed.push(event);
          if (event !== 'start-publishing') continue;
          const path = ['seal', 'inspect', 'pass-inspection', 'reach-quorum'] as const;
          expect(path.every((step) => passed.includes(step))).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('what ended stays ended, but that a published release may be rolled back', () => {
    for (const state of RELEASE_STATES.filter(isTerminal)) {
      const onward = EVENTS.flatMap((event) => follow(state, event) ?? []);
      expect(onward).toEqual(state === 'published' ? ['rolled-back'] : []);
    }
  });

  test('once something may be upstream it can be neither cancelled nor expired nor opened again', () => {
    for (const state of ['publishing', 'awaiting-registry', 'partially-published', 'confirming']) {
      expect(follow(state as ReleaseState, 'cancel')).toBeNull();
      expect(follow(state as ReleaseState, 'expire')).toBeNull();
      expect(canReopen(state as ReleaseState)).toBe(false);
    }
    expect(RELEASE_STATES.filter(canReopen)).toEqual(['rejected', 'expired', 'cancelled']);
  });

  test('a refusal names the event, the states that would allow it and the one that is', () => {
    expect(() => nextState('receiving', 'start-publishing')).toThrow(
      'cannot start publishing: expected the release to be approved, found receiving',
    );
  });

  test('who waits hears 0 only for published, and 3 while nothing is decided', () => {
    for (const state of RELEASE_STATES) {
      const expected = state === 'published' ? 0 : isTerminal(state) ? 1 : 3;
      expect(waitExitCode(state)).toBe(expected);
    }
  });
});
