/** What starts an act: the workflow it stands in, or one that calls that workflow. */
import type { AuditContext } from '../rule.ts';
import type { Job, Workflow } from '../workflow.ts';
import { canHappen, canRun, type Occasion } from './reach.ts';
import { type ReleaseAct, releaseActs } from './release-act.ts';

/** `job`: the one of `workflow` that publishes, or that calls what publishes. */
export interface Start {
  readonly workflow: Workflow;
  readonly job: Job;
  readonly one: ReleaseAct;
}

/** Reusable workflows may be nested; GitHub allows ten levels, nobody was seen to use four. */
const CALLS_MAX = 4;
const known = new WeakMap<AuditContext, readonly Start[]>();

/** Every act with each workflow that can start it. */
export function starts(context: AuditContext): readonly Start[] {
  const before = known.get(context);
  if (before !== undefined) return before;
  const callers = callersByPath(context);
  const found = releaseActs(context).flatMap((one) => {
    const { workflow, job } = one.power;
    const own: Start = { workflow, job, one };
    return [own, ...calling(own, callers, 1)];
  });
  known.set(context, found);
  return found;
}

type Callers = ReadonlyMap<string, readonly { readonly workflow: Workflow; readonly job: Job }[]>;

function callersByPath(context: AuditContext): Callers {
  const calls = context.path.jobs.flatMap(({ workflow, job }) => {
    const reference = job.call?.uses.reference;
    return reference?.kind === 'local' ? [{ path: reference.path, workflow, job }] : [];
  });
  return Map.groupBy(calls, (one) => one.path.replace(/^\.\//, ''));
}

function calling(start: Start, callers: Callers, depth: number): readonly Start[] {
  if (depth > CALLS_MAX) return [];
  return (callers.get(start.workflow.source.path) ?? []).flatMap(({ workflow, job }) => {
    const outer: Start = { workflow, job, one: start.one };
    return [outer, ...calling(outer, callers, depth + 1)];
  });
}

/** Whether the act may happen in a run of that workflow. A called one sees the event of its caller. */
export function canStart({ workflow, job, one }: Start, occasion: Occasion): boolean {
  const { power, act } = one;
  return canRun(workflow, job, occasion) && canHappen(power.workflow, power.job, act, occasion);
}

const RELEASES: readonly Occasion[] = [
  { event: 'push', ref: 'tag' },
  { event: 'release', ref: 'tag' },
];

/** Whether it is a release and no build of every commit: images are pushed all the time. */
export function isReleased(start: Start): boolean {
  if (start.one.act.ecosystem !== 'other') return true;
  const events = new Set(start.workflow.triggers.map(({ event }) => event));
  const isTagged = start.workflow.triggers.some((one) => one.event === 'push' && one.tags !== null);
  return RELEASES.some(
    (occasion) =>
      (occasion.event === 'push' ? isTagged : events.has(occasion.event)) &&
      canStart(start, occasion),
  );
}
