/** Acts with what rules ask of them: where they go, and whether the gateway releases the package. */
import type { GatedPackage } from '../repository.ts';
import type { AuditContext } from '../rule.ts';
import { usesName } from '../uses-reference.ts';
import { isSameRun, type Job, type Workflow } from '../workflow.ts';
import { type Destination, destinationOf } from './destination.ts';
import { gatedPackages } from './package-name.ts';
import type { PublishAct } from './publish-act.ts';
import type { JobPower } from './publish-path.ts';
import { canHappen, type Occasion, occasionsOf } from './reach.ts';

export interface ReleaseAct {
  readonly power: JobPower;
  readonly act: PublishAct;
  readonly destination: Destination;
  /** Packages of the gateway that it may be about. */
  readonly gated: readonly GatedPackage[];
}

const known = new WeakMap<AuditContext, readonly ReleaseAct[]>();
const knownRuns = new WeakMap<Workflow, readonly Job[]>();
const knownJobs = new WeakMap<AuditContext, readonly ReleaseJob[]>();

/** Every act of every job, but for rehearsals at a test registry. */
export function releaseActs(context: AuditContext): readonly ReleaseAct[] {
  const before = known.get(context);
  if (before !== undefined) return before;
  const found = context.path.jobs.flatMap((power) =>
    power.acts.map((act) => ({
      power,
      act,
      destination: destinationOf(context, power, act),
      gated: gatedPackages(context, act),
    })),
  );
  const real = found.filter((one) => one.destination !== 'test');
  known.set(context, real);
  return real;
}

/** Whether the gateway, and not the workflow, checks and approves what the act sends. */
export function isBehindGateway({ act, destination, gated }: ReleaseAct): boolean {
  if (destination === 'gateway') return true;
  if (gated.length === 0) return false;
  return gated.every(
    ({ mode }) => mode === 'ci' || (mode === 'stage-by-ci' && act.kind === 'stage'),
  );
}

/** A job that publishes, or that packs what another one publishes. */
export interface ReleaseJob {
  readonly power: JobPower;
  readonly role: 'publishes' | 'packs';
  /** When something is published in the run. */
  readonly occasions: readonly Occasion[];
}

const ARTIFACT_ACTION =
  /^(?:actions\/upload-artifact|hynek\/build-and-inspect-python-package|actions\/upload-pages-artifact)$/;

/** Every such job: a packing one hands an artifact to a job that needs it and publishes. */
export function releaseJobs(context: AuditContext): readonly ReleaseJob[] {
  const before = knownJobs.get(context);
  if (before !== undefined) return before;
  const jobs: ReleaseJob[] = [];
  for (const [workflow, acts] of Map.groupBy(releaseActs(context), (one) => one.power.workflow)) {
    const occasions = occasionsOf(workflow).filter((occasion) =>
      acts.some(({ power, act }) => canHappen(workflow, power.job, act, occasion)),
    );
    const publishing = new Set(acts.map((one) => one.power));
    const senders = [...publishing].map((power) => power.job);
    const all = jobsOfRun(context, workflow);
    const needed = neededBy(senders, all);
    for (const job of all) {
      const power = context.path.of(job);
      if (power === null) continue;
      if (publishing.has(power)) jobs.push({ power, role: 'publishes', occasions });
      else if (needed.has(job) && handsOver(job, senders))
        jobs.push({ power, role: 'packs', occasions });
    }
  }
  knownJobs.set(context, jobs);
  return jobs;
}

/** All jobs of the run that the workflow is part of: those of its file, and of all files of one pipeline. */
export function jobsOfRun(context: AuditContext, workflow: Workflow): readonly Job[] {
  if (workflow.pipeline === null) return workflow.jobs;
  const before = knownRuns.get(workflow);
  if (before !== undefined) return before;
  const jobs = context.workflows.flatMap((one) => (isSameRun(one, workflow) ? one.jobs : []));
  knownRuns.set(workflow, jobs);
  return jobs;
}

/** More jobs than anybody waits for; aliases let a short text name each of thousands in each. */
const NEEDED_MAX = 300;
const idsOf = new WeakMap<readonly Job[], ReadonlyMap<string, Job>>();

/** The jobs and all that they need. */
export function neededBy(jobs: readonly Job[], all: readonly Job[]): ReadonlySet<Job> {
  const byId = idsOf.get(all) ?? new Map(all.map((job) => [job.id, job]));
  idsOf.set(all, byId);
  const found = new Set<Job>();
  // jobs of one stage share their list
  const followed = new Set<Job['needs']>();
  const queue = [...jobs];
  for (let job = queue.pop(); job !== undefined; job = queue.pop()) {
    if (found.has(job) || found.size >= NEEDED_MAX) continue;
    found.add(job);
    if (followed.has(job.needs)) continue;
    followed.add(job.needs);
    queue.push(...job.needs.slice(0, NEEDED_MAX).flatMap((scalar) => byId.get(scalar.text) ?? []));
  }
  return found;
}

function handsOver(job: Job, senders: readonly Job[]): boolean {
  if (job.pipeline !== null && job.pipeline.artifactsSpan !== null) {
    return senders.some(
      ({ pipeline }) => pipeline?.dependencies?.some(({ text }) => text === job.id) ?? true,
    );
  }
  return job.steps.some(
    ({ uses }) => uses !== null && ARTIFACT_ACTION.test(usesName(uses.reference)),
  );
}
