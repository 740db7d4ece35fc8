/** Which of several answers about the same bytes is told. */
import { CONFIDENCES, type Confidence } from '../../core/finding.ts';

/** What is found in one text, from `start` up to `end`. */
export interface Claim {
  /** Which text: the file, or what was decoded from it. */
  readonly text: number;
  readonly start: number;
  readonly end: number;
  readonly confidence: Confidence;
  /** 0 where the form is known, 1 where only a prefix or a vendor is, 2 where only a name is. */
  readonly vagueness: 0 | 1 | 2;
  /** Place of the rule in the set of rules. */
  readonly order: number;
}

/**
 * Of claims that overlap in one text, the most specific: the surer one, then the less vague, then the longer, then the
 * earlier rule, then the earlier place. In the order in which they were given.
 */
export function keepMostSpecific<C extends Claim>(claims: readonly C[]): readonly C[] {
  const kept = new Set<C>();
  for (const ofText of Map.groupBy(claims, (claim) => claim.text).values()) {
    // sorted by start; none overlaps another, so sorted by end too
    const taken: C[] = [];
    for (const claim of ofText.toSorted(compareClaims)) {
      const at = placeOf(taken, claim.start);
      const [left, right] = [taken[at - 1], taken[at]];
      const isFree =
        (left === undefined || left.end <= claim.start) &&
        (right === undefined || claim.end <= right.start);
      if (!isFree) continue;
      taken.splice(at, 0, claim);
      kept.add(claim);
    }
  }
  return claims.filter((claim) => kept.has(claim));
}

function compareClaims(left: Claim, right: Claim): number {
  return (
    CONFIDENCES.indexOf(right.confidence) - CONFIDENCES.indexOf(left.confidence) ||
    left.vagueness - right.vagueness ||
    right.end - right.start - (left.end - left.start) ||
    left.order - right.order ||
    left.start - right.start
  );
}

/** How many of `taken` start before `start`. */
function placeOf(taken: readonly Claim[], start: number): number {
  let [low, high] = [0, taken.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((taken[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
