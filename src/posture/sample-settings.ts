/** Settings for the examples of rules: everything guarded, and whatever an example changes. */
import type {
  ActionsSettings,
  Environment,
  ForgeSettings,
  NpmPackageSettings,
  Observation,
  ObservedPackage,
  ObservedSettings,
  PypiProjectSettings,
  RefRuleset,
} from './settings.ts';

/** As if a call had shown it. */
export function seen<T>(value: T): Observation<T> {
  return { kind: 'observed', value, at: 'GET /sample' };
}

/** As if no token had been given. */
export const UNSEEN: Observation<never> = { kind: 'unverified', reason: 'no token' };

export function sampleEnvironment(changes: Partial<Environment> = {}): Environment {
  return {
    name: 'release',
    reviewers: [{ kind: 'team', name: 'release-managers' }],
    approvals: 1,
    selfReviewPrevented: seen(true),
    adminsMayBypass: seen(false),
    waitMinutes: 0,
    refs: seen({ kind: 'patterns', patterns: [{ kind: 'tag', pattern: 'v*' }] }),
    customRules: seen([]),
    secrets: seen([]),
    ...changes,
  };
}

/** Release tags that only release managers make, and nobody moves or deletes. */
export function sampleRuleset(changes: Partial<RefRuleset> = {}): RefRuleset {
  return {
    name: 'release tags',
    level: 'repository',
    target: 'tag',
    enforcement: 'active',
    include: ['refs/tags/v*'],
    exclude: [],
    rules: [{ kind: 'creation' }, { kind: 'update' }, { kind: 'deletion' }],
    bypass: seen([]),
    ...changes,
  };
}

export function sampleActions(changes: Partial<ActionsSettings> = {}): ActionsSettings {
  return {
    allowed: seen({ kind: 'selected', ofForge: true, ofVerified: false, patterns: [] }),
    pinningRequired: seen(true),
    defaultPermissions: seen('read'),
    mayApprovePullRequests: seen(false),
    forkApproval: seen('all-outside'),
    jobToken: UNSEEN,
    ...changes,
  };
}

export function samplePackage(changes: Partial<NpmPackageSettings> = {}): NpmPackageSettings {
  return {
    ecosystem: 'npm',
    name: 'aitbc-explorer-web',
    registry: 'https://npm.example/',
    maintainers: seen([{ name: 'alice', role: 'maintainer', emailDomain: 'example.org' }]),
    collaborators: seen([{ name: 'alice', permission: 'write' }]),
    trustedPublishers: seen([]),
    publishAccess: seen('no-tokens'),
    tokens: seen([]),
    latest: seen(null),
    recent: seen([]),
    ...changes,
  };
}

export function sampleProject(changes: Partial<PypiProjectSettings> = {}): PypiProjectSettings {
  return {
    ecosystem: 'pypi',
    name: 'aitbc-agent-sdk',
    registry: 'https://pypi.example/',
    maintainers: seen([{ name: 'alice', role: 'owner', emailDomain: null }]),
    organization: seen(null),
    latest: seen(null),
    ...changes,
  };
}

/** A guarded repository and `packages`, with `changes` to the forge. */
export function sampleSettings(
  changes: Partial<ForgeSettings> = {},
  packages: readonly ObservedPackage[] = [],
): ObservedSettings {
  return {
    observedAt: '2026-11-30T00:00:00.000Z',
    forge: {
      forge: 'github',
      repository: 'alice/aitbc',
      visibility: seen('public'),
      owner: seen('organization'),
      defaultBranch: seen('main'),
      environments: seen([sampleEnvironment()]),
      tagRulesets: seen([sampleRuleset()]),
      branchRulesets: seen([]),
      branchProtection: seen({
        branch: 'main',
        review: { approvals: 2, codeOwners: true, staleDismissed: true, lastPushApproved: true },
        adminsBound: true,
        forcePushAllowed: false,
        deletionAllowed: false,
        bypass: [],
      }),
      actions: sampleActions(),
      secrets: { organization: seen([]), repository: seen([]) },
      immutableReleases: seen({ enabled: true, enforcedByOwner: false }),
      runners: seen([]),
      writingDeployKeys: seen([]),
      ...changes,
    },
    packages,
  };
}
