/**
 * Whether a job or step can run when a given event starts the workflow: conditions, three-valued.
 * What a file cannot tell (outputs, variables, who pushed) leaves the answer open, and an open
 * condition is taken for one that lets pass.
 */
import { contextPath, type Expression, embeddedExpressions } from '../expression.ts';
import type { Condition, Job, Step, Workflow } from '../workflow.ts';
import type { PublishAct } from './publish-act.ts';

/** The event, and whether it comes with a tag or a branch; null where it may be either. */
export interface Occasion {
  readonly event: string;
  readonly ref: 'tag' | 'branch' | null;
}

/** A chain of operators is a tree as deep as it is long; what lies deeper is unknown. */
const DEPTH_MAX = 200;

type Value = string | number | boolean | null;
type Known = { readonly value: Value } | null;
type Binary = Extract<Expression, { kind: 'binary' }>;

const known = new WeakMap<Workflow, Map<string, ReadonlySet<Job>>>();

/** Whether the job may run: by its own condition and those of the jobs that it needs. */
export function canRun(workflow: Workflow, job: Job, occasion: Occasion): boolean {
  const byOccasion = known.get(workflow) ?? new Map<string, ReadonlySet<Job>>();
  known.set(workflow, byOccasion);
  const key = `${occasion.event} ${occasion.ref ?? ''}`;
  const skipped = byOccasion.get(key) ?? skippedJobs(workflow, occasion);
  byOccasion.set(key, skipped);
  return !skipped.has(job);
}

/** Once for all jobs: who is skipped takes along whoever needs it. */
function skippedJobs(workflow: Workflow, occasion: Occasion): ReadonlySet<Job> {
  const skipped = new Set<Job>();
  const queue = workflow.jobs.filter((job) => isExcluded(job.condition, occasion));
  const waiting = new Map<string, Job[]>();
  for (const job of workflow.jobs) {
    if (runsAfterSkipped(job.condition)) continue;
    for (const { text } of job.needs) {
      const list = waiting.get(text);
      if (list === undefined) waiting.set(text, [job]);
      else list.push(job);
    }
  }
  for (let job = queue.pop(); job !== undefined; job = queue.pop()) {
    if (skipped.has(job)) continue;
    skipped.add(job);
    queue.push(...(waiting.get(job.id) ?? []));
  }
  return skipped;
}

/** Whether the act may happen in a run that the event started. */
export function canHappen(
  workflow: Workflow,
  job: Job,
  act: PublishAct,
  occasion: Occasion,
): boolean {
  return canStepRun(workflow, job, act.step, occasion);
}

/** Whether a value (`true`, or an expression) can be truthy then; `certainly` where it must be. */
export function truthOf(text: string, occasion: Occasion): 'never' | 'perhaps' | 'certainly' {
  const trimmed = text.trim();
  const [first] = embeddedExpressions(trimmed);
  if (first === undefined) return /^(?:false|)$/i.test(trimmed) ? 'never' : 'certainly';
  const known = first.tree === null ? null : evaluate(first.tree, occasion);
  if (known === null || first.length !== trimmed.length) return 'perhaps';
  return isTruthy(known.value) && known.value !== 'false' ? 'certainly' : 'never';
}

/** Every occasion on which the workflow starts, by its triggers. */
export function occasionsOf(workflow: Workflow): readonly Occasion[] {
  return workflow.triggers.flatMap((trigger): readonly Occasion[] => {
    const { event, tags, tagsIgnore, branches, branchesIgnore } = trigger;
    if (event === 'release' || event === 'create') return [{ event, ref: 'tag' }];
    if (event !== 'push') return [{ event, ref: null }];
    const hasTags = tags !== null || tagsIgnore !== null;
    const hasBranches = branches !== null || branchesIgnore !== null;
    const refs =
      hasTags === hasBranches
        ? (['tag', 'branch'] as const)
        : [hasTags ? ('tag' as const) : ('branch' as const)];
    return refs.map((ref) => ({ event, ref }));
  });
}

/** Whether the step can run then, by its own condition and its job's. */
export function canStepRun(workflow: Workflow, job: Job, step: Step, occasion: Occasion): boolean {
  return !isExcluded(step.condition, occasion) && canRun(workflow, job, occasion);
}

function isExcluded(condition: Condition | null, occasion: Occasion): boolean {
  if (condition === null || condition.tree === null || condition.isAlwaysTrueText) return false;
  const known = evaluate(condition.tree, occasion);
  return known !== null && !isTruthy(known.value);
}

/** A job with a status function in its condition is not skipped because a needed one was. */
function runsAfterSkipped(condition: Condition | null): boolean {
  return /\b(?:always|failure|cancelled)\s*\(/.test(condition?.scalar.text ?? '');
}

function isTruthy(value: Value): boolean {
  return value !== false && value !== null && value !== 0 && value !== '';
}

function evaluate(tree: Expression, occasion: Occasion, depth = 0): Known {
  if (depth > DEPTH_MAX) return null;
  switch (tree.kind) {
    case 'literal':
      return { value: tree.value };
    case 'not': {
      const operand = evaluate(tree.operand, occasion, depth + 1);
      return operand === null ? null : { value: !isTruthy(operand.value) };
    }
    case 'call':
      return evaluateCall(tree.name.toLowerCase(), tree.args, occasion, depth);
    case 'binary':
      return evaluateBinary(tree, occasion, depth);
    default:
      return evaluatePath(contextPath(tree) ?? '', occasion);
  }
}

function evaluateBinary(tree: Binary, occasion: Occasion, depth: number): Known {
  const left = evaluate(tree.left, occasion, depth + 1);
  const right = evaluate(tree.right, occasion, depth + 1);
  switch (tree.operator) {
    case '&&':
      return both(left, right);
    case '||':
      return either(left, right);
    case '==':
    case '!=': {
      const same = areEqual(tree, left, right, occasion);
      if (same === null) return null;
      return { value: tree.operator === '==' ? same : !same };
    }
    default:
      return null;
  }
}

function both(left: Known, right: Known): Known {
  if (left !== null && !isTruthy(left.value)) return left;
  if (right !== null && !isTruthy(right.value)) return { value: false };
  return left === null ? null : right;
}

function either(left: Known, right: Known): Known {
  if (left !== null) return isTruthy(left.value) ? left : right;
  return right !== null && isTruthy(right.value) ? right : null;
}

function areEqual(tree: Binary, left: Known, right: Known, occasion: Occasion): boolean | null {
  const wholeRef = readsRef(tree.left) ? right : readsRef(tree.right) ? left : null;
  if (wholeRef !== null && typeof wholeRef.value === 'string') {
    return refStarts(wholeRef.value, occasion) === false ? false : null;
  }
  if (left === null || right === null) return null;
  if (typeof left.value === 'string' && typeof right.value === 'string') {
    return left.value.toLowerCase() === right.value.toLowerCase();
  }
  return left.value === right.value;
}

function readsRef(tree: Expression): boolean {
  return contextPath(tree) === 'github.ref';
}

/** Whether every ref, or no ref, of the occasion starts with the text; null for some. */
function refStarts(text: string, { ref }: Occasion): boolean | null {
  if (ref === null) return null;
  const own = ref === 'tag' ? 'refs/tags/' : 'refs/heads/';
  if (own.startsWith(text)) return true;
  return text.startsWith(own) ? null : false;
}

function evaluateCall(
  name: string,
  args: readonly Expression[],
  occasion: Occasion,
  depth: number,
): Known {
  if (name === 'always' || name === 'success') return { value: true };
  const [first, second] = args;
  if (first === undefined || second === undefined) return null;
  const wanted = evaluate(second, occasion, depth + 1)?.value;
  if (typeof wanted !== 'string') return null;
  if (readsRef(first) && (name === 'startswith' || name === 'contains')) {
    const text = name === 'contains' ? wanted.replace(/^\/?(?=tags\/|heads\/)/, 'refs/') : wanted;
    const starts = refStarts(text, occasion);
    const isAnchored = name === 'startswith' || /^refs\//.test(text);
    return starts === null || !isAnchored ? null : { value: starts };
  }
  const subject = evaluate(first, occasion, depth + 1)?.value;
  if (typeof subject !== 'string') return null;
  const [text, part] = [subject.toLowerCase(), wanted.toLowerCase()];
  if (name === 'startswith') return { value: text.startsWith(part) };
  if (name === 'endswith') return { value: text.endsWith(part) };
  return name === 'contains' ? { value: text.includes(part) } : null;
}

/** Parts of the event that other events do not have are empty there. */
const OF_EVENT: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:inputs|github\.event\.inputs)\./, /^workflow_(?:dispatch|call)$/],
  [/^github\.event\.action$/, /^(?!(?:push|workflow_dispatch|schedule|create|delete)$)/],
  [/^github\.event\.pull_request\./, /^pull_request/],
  [/^github\.event\.release\./, /^release$/],
  [/^github\.event\.workflow_run\./, /^workflow_run$/],
];

function evaluatePath(path: string, { event, ref }: Occasion): Known {
  if (path === 'github.event_name') return { value: event };
  if (path === 'github.ref_type') return ref === null ? null : { value: ref };
  const other = OF_EVENT.find(([own]) => own.test(path));
  return other !== undefined && !other[1].test(event) ? { value: '' } : null;
}
