/** The source of a release that a CI run opens. */
import { choosePolicy } from '../core/choose-policy.ts';
import type { Project } from '../core/policy.ts';
import { isTerminal } from '../core/release-state.ts';
import type { GatewayDeps } from './deps.ts';
import type { Governance } from './governance.ts';
import { lookUpTag, type StoredDocument } from './source.ts';

/** Where the tag of a run is; null where nothing was looked up. */
export interface SourceOfRun {
  readonly source: StoredDocument | null;
}

/**
 * For a run that will open a release: its tag must be there, at the run's commit. Null for a run at
 * a branch, and where a release of the tag is open already. Throws as `lookUpTag` does.
 */
export async function lookUpForRun(
  deps: GatewayDeps,
  asked: { readonly governance: Governance; readonly name: string; readonly project: Project },
  run: { readonly tag: string | null; readonly commit: string },
): Promise<StoredDocument | null> {
  const { governance, name, project } = asked;
  const { tag, commit } = run;
  if (tag === null) return null;
  choosePolicy(governance.policy, project, tag, null);
  const rows = await deps.store.read((tx) => tx.releases({ project: name, tag, limit: 1000 }));
  if (rows.some((one) => !isTerminal(one.state))) return null;
  return lookUpTag(deps, project, { tag, commit, opened: 'by-tag' });
}
