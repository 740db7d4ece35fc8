/** What the forge's token of a job may do. Source: GitHub documentation, "Workflow syntax", `permissions`. */
import type { Job, PermissionLevel, Permissions, Workflow } from './workflow.ts';

/** Where a job's permissions come from: written for it, for all jobs, or the repository's default. */
export interface EffectivePermissions {
  readonly from: 'job' | 'workflow' | 'default';
  /** Null for `default`: the file does not say. */
  readonly written: Permissions | null;
}

/** A job's own permissions replace those of the workflow, whole. */
export function effectivePermissions(workflow: Workflow, job: Job): EffectivePermissions {
  if (job.permissions !== null) return { from: 'job', written: job.permissions };
  if (workflow.permissions !== null) return { from: 'workflow', written: workflow.permissions };
  return { from: 'default', written: null };
}

/**
 * The level of one scope; null where the file does not say. `id-token` is in no default and not in
 * `read-all`.
 */
function permissionLevel(permissions: Permissions | null, scope: string): PermissionLevel | null {
  if (permissions === null) return scope === 'id-token' ? 'none' : null;
  const own = permissions.scopes.get(scope);
  if (own !== undefined) return own.level;
  if (permissions.all === 'write') return 'write';
  return permissions.all === 'read' && scope !== 'id-token' ? 'read' : 'none';
}

/** Whether a job can get an identity token (OIDC). */
export function mintsIdentity(workflow: Workflow, job: Job): boolean {
  return permissionLevel(effectivePermissions(workflow, job).written, 'id-token') === 'write';
}

/** The scopes that are written as `write`, with `all` for `write-all`. */
export function writeScopes(permissions: Permissions): readonly string[] {
  const scopes = [...permissions.scopes].filter(([, scope]) => scope.level === 'write');
  return [...(permissions.all === 'write' ? ['all'] : []), ...scopes.map(([name]) => name)];
}
