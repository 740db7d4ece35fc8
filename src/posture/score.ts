/**
 * The score: what share of the weight of all rules that apply is met. Weights are those of OpenSSF
 * Scorecard (critical 10, high 7.5, medium 5, low 2.5). Unlike an average, an open critical on the
 * publish path caps the grade; and what could not be seen is not met.
 */
import type { Finding } from '../core/finding.ts';
import type { Audit, PostureFinding, RuleOutcome } from './audit.ts';
import { AREA_TITLES, AREAS, type Area } from './rule.ts';

export const GRADES = ['A+', 'A', 'B', 'C', 'D', 'F'] as const;
export type Grade = (typeof GRADES)[number];

export type Risk = 'LOW' | 'MEDIUM' | 'HIGH';

/** `unverified`: nobody could see; `none`: the rule asks nothing of this repository. */
export type RuleStatus = 'met' | 'open' | 'unverified' | 'none';

export interface RuleResult {
  readonly id: string;
  readonly reference: string | null;
  readonly area: Area;
  readonly severity: Finding['severity'];
  readonly status: RuleStatus;
}

/** `score` and `grade` are null where no rule of the area applies. */
export interface AreaScore {
  readonly id: Area;
  /** As reports call it: `Access Control`. */
  readonly name: string;
  readonly score: number | null;
  readonly grade: Grade | null;
}

export interface Score {
  /** 0 to 100, whole. */
  readonly score: number;
  /** The share that is met of what could be seen, 0 to 100; null where nothing could. */
  readonly seenScore: number | null;
  readonly grade: Grade;
  /** Of what is open. What could not be seen lowers the score and is said beside the risk. */
  readonly risk: Risk;
  /** The rules whose open criticals cap the grade at D. */
  readonly cappedBy: readonly string[];
  readonly areas: readonly AreaScore[];
  readonly rules: readonly RuleResult[];
}

const WEIGHTS: Readonly<Record<Finding['severity'], number>> = {
  critical: 10,
  high: 7.5,
  medium: 5,
  low: 2.5,
  info: 0,
};

/** Lowest score of each grade. */
const GRADE_FLOORS: readonly (readonly [number, Grade])[] = [
  [97, 'A+'],
  [90, 'A'],
  [80, 'B'],
  [70, 'C'],
  [60, 'D'],
];

/** The best score under a cap: the top of grade D. */
const CAPPED_SCORE = 69;

interface Judged {
  readonly outcome: RuleOutcome;
  readonly status: RuleStatus;
  readonly weight: number;
  /** What is left of the weight. */
  readonly credit: number;
  /** Findings that count and are not `unverified`. */
  readonly open: readonly PostureFinding[];
}

/** Scores an audit. */
export function scoreAudit(audit: Audit): Score {
  const hasPath = audit.context.path.jobs.some((power) => power.onPath !== null);
  const judged = audit.outcomes.map((outcome) => judge(outcome, hasPath));
  const cappedBy = judged.filter(hasOpenCritical).map((one) => one.outcome.rule.id);
  const seen = seenShare(judged);
  const whole = Math.round(100 * shareOf(judged));
  const score = cappedBy.length > 0 ? Math.min(whole, CAPPED_SCORE) : whole;
  return {
    score,
    seenScore: seen === null ? null : Math.round(100 * seen),
    grade: gradeOf(score),
    risk: riskOf(judged),
    cappedBy,
    areas: AREAS.map((id) => scoreArea(id, judged)),
    rules: judged.map(({ outcome, status }) => {
      const { id, reference, area, severity } = outcome.rule;
      return { id, reference, area, severity, status };
    }),
  };
}

/** With a publish path, only what is on it counts; other workflows' findings are told, not scored. */
function judge(outcome: RuleOutcome, hasPath: boolean): Judged {
  const { rule, applies, findings } = outcome;
  const isOfFiles = rule.scope === 'publish-path' || rule.scope === 'workflows';
  const counting = isOfFiles && hasPath ? findings.filter((one) => one.onPublishPath) : findings;
  const open = counting.filter((one) => one.evidence !== 'unverified');
  const weight = WEIGHTS[rule.severity];
  if (!applies) return { outcome, status: 'none', weight: 0, credit: 0, open };
  if (counting.length === 0) return { outcome, status: 'met', weight, credit: weight, open };
  const lost = Math.max(...counting.map((one) => WEIGHTS[one.severity]));
  const status = open.length > 0 ? 'open' : 'unverified';
  const credit = status === 'open' ? Math.max(0, weight - lost) : 0;
  return { outcome, status, weight: Math.max(weight, lost), credit, open };
}

/** 1 where nothing applies: nothing is asked. */
function shareOf(judged: readonly Judged[]): number {
  const weight = judged.reduce((sum, one) => sum + one.weight, 0);
  const credit = judged.reduce((sum, one) => sum + one.credit, 0);
  return weight === 0 ? 1 : credit / weight;
}

function seenShare(judged: readonly Judged[]): number | null {
  const known = judged.filter((one) => one.status === 'met' || one.status === 'open');
  return known.length === 0 ? null : shareOf(known);
}

function hasOpenCritical({ open }: Judged): boolean {
  return open.some((one) => one.severity === 'critical' && one.onPublishPath);
}

function scoreArea(id: Area, judged: readonly Judged[]): AreaScore {
  const own = judged.filter((one) => one.outcome.rule.area === id && one.status !== 'none');
  if (own.length === 0) return { id, name: AREA_TITLES[id], score: null, grade: null };
  const whole = Math.round(100 * shareOf(own));
  const score = own.some(hasOpenCritical) ? Math.min(whole, CAPPED_SCORE) : whole;
  return { id, name: AREA_TITLES[id], score, grade: gradeOf(score) };
}

function gradeOf(score: number): Grade {
  return GRADE_FLOORS.find(([floor]) => score >= floor)?.[1] ?? 'F';
}

/** What is open decides; what nobody saw is told beside it. A file that nobody can read is open. */
function riskOf(judged: readonly Judged[]): Risk {
  const open = judged.flatMap((one) => one.open);
  // with nothing seen nobody can say that the risk is low
  const seen = seenShare(judged) ?? 0;
  const unread = judged.some(
    (one) => one.outcome.rule.id === 'workflow-unreadable' && one.status === 'unverified',
  );
  if (judged.some(hasOpenCritical) || seen < 0.6) return 'HIGH';
  if (open.some((one) => one.severity === 'high') || seen < 0.8 || unread) return 'MEDIUM';
  return 'LOW';
}
