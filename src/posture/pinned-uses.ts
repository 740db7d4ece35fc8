/** The places where workflows and actions pin something of another repository to a commit. */
import { type AuditContext, eachJob, eachStep } from './rule.ts';
import type { SourceText } from './source-text.ts';
import { isCommit } from './uses-reference.ts';
import type { Job, Uses } from './workflow.ts';

export interface PinnedUse {
  readonly source: SourceText;
  readonly job: Job | null;
  readonly uses: Uses;
  /** `owner/name`, as written. */
  readonly repository: string;
  /** In lower case. */
  readonly commit: string;
}

/** In order of file and place. */
export function pinnedUses(context: AuditContext): readonly PinnedUse[] {
  const steps = [...eachStep(context)].map(({ source, job, step }) => ({
    source,
    job,
    uses: step.uses,
  }));
  const calls = [...eachJob(context)].map(({ workflow, job }) => ({
    source: workflow.source,
    job,
    uses: job.call?.uses ?? null,
  }));
  return [...steps, ...calls].flatMap(({ source, job, uses }) => {
    if (uses?.reference.kind !== 'repository') return [];
    const { owner, name, ref } = uses.reference;
    if (ref === null || !isCommit(ref)) return [];
    return [{ source, job, uses, repository: `${owner}/${name}`, commit: ref.toLowerCase() }];
  });
}
