/** Collects what rules answer about one artifact, or about the release; bounded, in a fixed order. */

import { isCountersignError } from '../core/errors.ts';
import { CONFIDENCES, type Confidence, type Finding, type Unread } from '../core/finding.ts';
import { compareText } from '../formats/text.ts';
import type { Problem, RuleEffect, RuleText } from './rule.ts';

/** A finding without its fingerprint, which needs the whole report; `subject` goes into that. */
export interface Draft extends Omit<Finding, 'fingerprint'> {
  readonly subject: string;
}

/** Findings of one rule in one artifact that are told one by one; the rest is one finding more. */
export const FINDINGS_PER_RULE = 50;

/** Where an answer belongs. `count` above 1: that many more of the kind, in this place. */
interface Spot {
  readonly subject: string;
  readonly path: string | null;
  readonly line?: number;
  readonly column?: number;
}

export interface FindingList {
  /** One answer of a rule. An effect `indeterminate` makes an unread part of it. */
  add(rule: RuleText, effect: RuleEffect, problem: Problem, spot: Spot): void;
  /** `count` more findings of this rule, which are not told one by one. */
  addMore(rule: RuleText, effect: Finding['effect'], confidence: Confidence, count: number): void;
  addUnread(path: string, reason: string): void;
  /** A rule threw: never skipped. */
  addFailure(rule: RuleText, path: string, error: unknown): void;
  drafts(): readonly Draft[];
  unread(): readonly Unread[];
}

const EFFECTS: readonly Finding['effect'][] = ['note', 'hold', 'reject'];

/** What one rule left: the first findings in order, one per path, place and message. */
interface Shelf {
  readonly rule: RuleText;
  kept: Map<string, Draft>;
  /** Keys that are counted in `more` and may come again: answers about a folder, file by file. */
  readonly dropped: Set<string>;
  more: number;
  worst: Finding['effect'];
  surest: Confidence;
}

interface Gap {
  path: string;
  others: number;
}

/** `whole` names what an overflow is about: the artifact's file, or null for the release. */
export function createFindingList(whole: string | null): FindingList {
  const shelves = new Map<string, Shelf>();
  const gaps = new Map<string, Gap>();

  function shelfOf(rule: RuleText, key: string): Shelf {
    const shelf = shelves.get(key);
    if (shelf !== undefined) return shelf;
    const made: Shelf = {
      rule,
      kept: new Map(),
      dropped: new Set(),
      more: 0,
      worst: 'note',
      surest: 'weak',
    };
    shelves.set(key, made);
    return made;
  }

  function addUnread(path: string, reason: string): void {
    const gap = gaps.get(reason);
    if (gap === undefined) {
      gaps.set(reason, { path, others: 0 });
      return;
    }
    gap.others += 1;
    if (path < gap.path) gap.path = path;
  }

  return {
    addUnread,
    add(rule, effect, problem, spot) {
      const decided = problem.effect ?? effect;
      if (decided === 'indeterminate') {
        addUnread(spot.path ?? spot.subject, `${rule.id}: ${problem.message}`);
        return;
      }
      const draft: Draft = {
        rule: rule.id,
        category: rule.category,
        severity: problem.severity ?? rule.severity,
        confidence: problem.confidence ?? 'proven',
        effect: decided,
        path: spot.path,
        line: spot.line ?? null,
        column: spot.column ?? null,
        message: problem.message,
        subject: spot.subject,
      };
      // one shelf per effect, so that many notes never push a rejection out of sight
      const shelf = shelfOf(rule, `${rule.id} ${decided}`);
      const key = JSON.stringify([
        draft.path,
        draft.line,
        draft.column,
        draft.message,
        draft.subject,
      ]);
      if (shelf.dropped.has(key)) return;
      shelf.kept.set(key, draft);
      if (shelf.kept.size > 2 * FINDINGS_PER_RULE) shorten(shelf);
    },
    addMore(rule, effect, confidence, count) {
      overflow(shelfOf(rule, `${rule.id} ${effect}`), effect, confidence, count);
    },
    addFailure(rule, path, error) {
      addUnread(path, `rule ${rule.id} failed: ${nameFailure(error)}`);
    },
    drafts() {
      const all = [...shelves.values()].flatMap((shelf) => {
        shorten(shelf);
        const kept = [...shelf.kept.values()];
        return shelf.more === 0 ? kept : [...kept, summaryOf(shelf, whole)];
      });
      return all.sort(compareDrafts);
    },
    unread() {
      return [...gaps]
        .map(([reason, { path, others }]) => ({
          path,
          reason: others === 0 ? reason : `${reason} (and ${others} more like it)`,
        }))
        .sort(
          (left, right) =>
            compareText(left.path, right.path) || compareText(left.reason, right.reason),
        );
    },
  };
}

/** Keeps the first in order, whatever the order in which they came. */
function shorten(shelf: Shelf): void {
  if (shelf.kept.size <= FINDINGS_PER_RULE) return;
  const sorted = [...shelf.kept].sort(([, left], [, right]) => compareDrafts(left, right));
  for (const [key, draft] of sorted.splice(FINDINGS_PER_RULE)) {
    if (draft.line === null) shelf.dropped.add(key);
    overflow(shelf, draft.effect, draft.confidence, 1);
  }
  shelf.kept = new Map(sorted);
}

function overflow(shelf: Shelf, effect: Finding['effect'], sure: Confidence, count: number): void {
  shelf.more += count;
  if (EFFECTS.indexOf(effect) > EFFECTS.indexOf(shelf.worst)) shelf.worst = effect;
  if (CONFIDENCES.indexOf(sure) > CONFIDENCES.indexOf(shelf.surest)) shelf.surest = sure;
}

function summaryOf({ rule, more, worst, surest }: Shelf, whole: string | null): Draft {
  return {
    rule: rule.id,
    category: rule.category,
    severity: surest === 'weak' ? 'low' : rule.severity,
    confidence: surest,
    effect: worst,
    path: whole,
    line: null,
    column: null,
    message: `${more} more findings of this rule are not listed one by one`,
    subject: `more ${worst}`,
  };
}

/** A foreign error's own words may quote what was read, secrets included; ours do not. */
export function nameFailure(error: unknown): string {
  if (isCountersignError(error)) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.name : 'an unknown error';
}

function compareDrafts(left: Draft, right: Draft): number {
  return (
    compareText(left.path ?? '', right.path ?? '') ||
    (left.line ?? 0) - (right.line ?? 0) ||
    (left.column ?? 0) - (right.column ?? 0) ||
    compareText(left.rule, right.rule) ||
    compareText(left.message, right.message) ||
    compareText(left.subject, right.subject)
  );
}
