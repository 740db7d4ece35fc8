/** Acts with what rules ask of them: where they go, and whether the gateway releases the package. */
import type { GatedPackage } from '../repository.ts';
import type { AuditContext } from '../rule.ts';
import { type Destination, destinationOf } from './destination.ts';
import { gatedPackages } from './package-name.ts';
import type { PublishAct } from './publish-act.ts';
import type { JobPower } from './publish-path.ts';

export interface ReleaseAct {
  readonly power: JobPower;
  readonly act: PublishAct;
  readonly destination: Destination;
  /** Packages of the gateway that it may be about. */
  readonly gated: readonly GatedPackage[];
}

const known = new WeakMap<AuditContext, readonly ReleaseAct[]>();

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

/** The acts of one workflow's jobs, first by job. */
export function actsByJob(context: AuditContext): ReadonlyMap<JobPower, readonly ReleaseAct[]> {
  return Map.groupBy(releaseActs(context), (one) => one.power);
}
