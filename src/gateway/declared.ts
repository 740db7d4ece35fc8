/** What a release declared against what it holds. Pure. */
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
