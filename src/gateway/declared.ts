/** What a release declares, and what it holds of that. Pure. */
import { CountersignError } from '../core/errors.ts';
import type { Project } from '../core/policy.ts';
import type { GatewayDeps } from './deps.ts';
import type { ArtifactRow, DeclaredFile } from './ports.ts';

type Held = Pick<ArtifactRow, 'ecosystem' | 'package' | 'kind'>;

function heldOf(declared: DeclaredFile, held: readonly Held[]): number {
  return held.filter(
    (one) =>
      one.ecosystem === declared.ecosystem &&
      one.package === declared.package &&
      one.kind === declared.kind,
  ).length;
}

/** `1 wheel of aitbc-agent-sdk`, one line for each kind that is not complete; empty when all is. */
export function missingFiles(
  declared: readonly DeclaredFile[],
  held: readonly Held[],
): readonly string[] {
  return declared.flatMap((one) => {
    const lacking = one.count - heldOf(one, held);
    return lacking > 0 ? [`${lacking} ${one.kind} of ${one.package}`] : [];
  });
}

/** What a release of these packages declares, all where none is named. Throws `not-found`. */
export function declareFiles(
  deps: Pick<GatewayDeps, 'ecosystems'>,
  project: Project,
  only: readonly string[],
): readonly DeclaredFile[] {
  const unknown = only.find((name) => !project.packages.some((one) => one.name === name));
  if (unknown !== undefined) {
    throw new CountersignError(
      'not-found',
      `expected packages of the project (${project.packages.map((one) => one.name).join(', ')}), found ${unknown}`,
    );
  }
  const packages = project.packages.filter((one) => only.length === 0 || only.includes(one.name));
  return packages.flatMap((one) => {
    const configured = Object.keys(one.files).length > 0;
    const files = configured ? one.files : (deps.ecosystems.get(one.ecosystem)?.defaultFiles ?? {});
    return Object.entries(files).map(([kind, count]) => ({
      ecosystem: one.ecosystem,
      package: one.name,
      kind,
      count,
    }));
  });
}
