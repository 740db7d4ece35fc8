/**
 * What upstream shows as newest and nobody approved, on the approver's machine: the bytes that the
 * gateway compared with are fetched from it by digest, and read here again. That a registry showed
 * them, and stated their digest, stays the gateway's word.
 */
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import { CountersignError } from '../core/errors.ts';
import { digestOfSummary } from '../inspect/diff/summary.ts';
import { type NewestOf, newestFiles } from '../inspect/release/newest.ts';
import { summarizeLocal } from './inspection.ts';
import type { FetchedArtifact, ReadReview } from './review.ts';

/** A file of an unapproved version that was read. */
export type ReadNewest = NewestOf & {
  readonly sha256: NonNullable<NewestOf['sha256']>;
  readonly sizeBytes: number;
  readonly summary: NonNullable<NewestOf['summary']>;
};

/** Those that the report compares with; what the gateway could not read is held as it is. */
export function comparedNewest({ report }: Pick<ReadReview, 'report'>): readonly ReadNewest[] {
  return newestFiles(report.inputs).filter(
    (one): one is ReadNewest =>
      one.summary !== null && one.sha256 !== null && one.sizeBytes !== null,
  );
}

/**
 * What each of them holds. `fetched` is what came for each of `comparedNewest`, in its order.
 * Throws `recompute-differs` for other bytes, and where the report names another summary.
 */
export async function recomputeNewest(
  review: Pick<ReadReview, 'report' | 'policy'>,
  fetched: readonly FetchedArtifact[],
): Promise<readonly ArtifactSummary[]> {
  const summaries: ArtifactSummary[] = [];
  for (const [place, one] of comparedNewest(review).entries()) {
    const came = fetched[place];
    if (came === undefined || came.sha256 !== one.sha256) {
      throw differs(one, `here it has sha256 ${came?.sha256 ?? 'of nothing'}`, one.sha256);
    }
    const { kind, file, sha256 } = one;
    const { location } = came;
    const read = await summarizeLocal(review.policy, { kind, file, sha256, location });
    if (read.summary === null) throw differs(one, `here ${read.reason}`, one.summary);
    const digest = digestOfSummary(read.summary);
    if (digest !== one.summary) throw differs(one, `here it holds ${digest}`, one.summary);
    summaries.push(read.summary);
  }
  return summaries;
}

function differs({ file }: NewestOf, here: string, told: string): CountersignError {
  return new CountersignError(
    'recompute-differs',
    `${file}, which upstream has and nobody approved: ${here}, the gateway says ${told}`,
    {
      hint: 'sign nothing, and tell the others: gateway and this machine do not see the same bytes',
    },
  );
}
