/** Settings of which nothing was seen: what offline runs and refused repositories come to. */
import type {
  ForgeSettings,
  NpmPackageSettings,
  PypiProjectSettings,
} from '../posture/settings.ts';
import { unverified } from './settings-http.ts';

/** Every part `unverified` for the one `reason`. */
export function unseenForge(
  forge: ForgeSettings['forge'],
  repository: string,
  reason: string,
): ForgeSettings {
  const unseen = unverified(reason);
  return {
    forge,
    repository,
    visibility: unseen,
    owner: unseen,
    defaultBranch: unseen,
    environments: unseen,
    tagRulesets: unseen,
    branchRulesets: unseen,
    branchProtection: unseen,
    actions: {
      allowed: unseen,
      pinningRequired: unseen,
      defaultPermissions: unseen,
      mayApprovePullRequests: unseen,
      forkApproval: unseen,
      jobToken: unseen,
    },
    secrets: { organization: unseen, repository: unseen },
    immutableReleases: unseen,
    runners: unseen,
    writingDeployKeys: unseen,
  };
}

/** Every part `unverified` for the one `reason`. */
export function unseenNpmPackage(
  name: string,
  registry: string,
  reason: string,
): NpmPackageSettings {
  const unseen = unverified(reason);
  return {
    ecosystem: 'npm',
    name,
    registry,
    maintainers: unseen,
    collaborators: unseen,
    trustedPublishers: unseen,
    publishAccess: unseen,
    tokens: unseen,
    latest: unseen,
    recent: unseen,
  };
}

/** Every part `unverified` for the one `reason`. */
export function unseenPypiProject(
  name: string,
  registry: string,
  reason: string,
): PypiProjectSettings {
  const unseen = unverified(reason);
  return {
    ecosystem: 'pypi',
    name,
    registry,
    maintainers: unseen,
    organization: unseen,
    latest: unseen,
  };
}
