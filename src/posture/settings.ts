/**
 * What could be seen of a repository and of its packages at their forge and registries: the
 * *observed* grade of evidence. Types only. The adapters in `settings/` fill them in, rules read
 * them, and nothing here holds the value of a secret.
 */

/**
 * One thing that was looked for. `at`: the call that showed it, such as
 * `GET /repos/alice/aitbc/environments`. `reason`: why it could not be seen (no token, a missing
 * right and its name, a rate limit and when it ends, not found, not offered by this forge), one
 * clause in lower case without a full stop. What is `unverified` never counts as met.
 *
 * A list is `observed` only when it is whole: an element that is not in it does not exist.
 */
export type Observation<T> =
  | { readonly kind: 'observed'; readonly value: T; readonly at: string }
  | { readonly kind: 'unverified'; readonly reason: string };

/** `observedAt`: RFC 3339 in UTC. One entry a package of the project, in the order asked for. */
export interface ObservedSettings {
  readonly observedAt: string;
  readonly forge: ForgeSettings;
  readonly packages: readonly ObservedPackage[];
  /** Commits that workflows pin actions to; left out where nobody asked for them. */
  readonly pins?: readonly ObservedPin[];
}

/**
 * Whether `repository` (`owner/name`) itself has the commit. A forge serves commits of forks under
 * the name of the repository too: one on none of its refs may be anybody's.
 */
export interface ObservedPin {
  readonly repository: string;
  readonly commit: string;
  readonly reach: Observation<'branch' | 'tag' | 'no-ref'>;
}

// ---- the forge ----

/** `repository`: owner and name, `alice/aitbc`, as the forge spells it now where it said so. */
export interface ForgeSettings {
  readonly forge: 'github' | 'gitlab';
  readonly repository: string;
  readonly visibility: Observation<'public' | 'internal' | 'private'>;
  readonly owner: Observation<'organization' | 'person'>;
  readonly defaultBranch: Observation<string>;
  readonly environments: Observation<readonly Environment[]>;
  readonly tagRulesets: Observation<readonly RefRuleset[]>;
  readonly branchRulesets: Observation<readonly RefRuleset[]>;
  /** The classic protection of the default branch; null where it has none. */
  readonly branchProtection: Observation<BranchProtection | null>;
  readonly actions: ActionsSettings;
  /** Secrets of environments stand at their environment. */
  readonly secrets: {
    readonly organization: Observation<readonly SecretEntry[]>;
    readonly repository: Observation<readonly SecretEntry[]>;
  };
  readonly immutableReleases: Observation<ImmutableReleases>;
  readonly runners: Observation<readonly SelfHostedRunner[]>;
  /** Those that may write; keys that only read are left out. */
  readonly writingDeployKeys: Observation<readonly DeployKey[]>;
}

/**
 * An environment that jobs deploy to. `reviewers` is empty where none is required. `approvals`:
 * how many of them must agree; on GitHub one, however many are listed. `waitMinutes`: 0 for none.
 * `customRules`: the enabled apps that decide too, by slug.
 */
export interface Environment {
  readonly name: string;
  readonly reviewers: readonly Reviewer[];
  readonly approvals: number;
  readonly selfReviewPrevented: Observation<boolean>;
  readonly adminsMayBypass: Observation<boolean>;
  readonly waitMinutes: number;
  readonly refs: Observation<DeploymentRefs>;
  readonly customRules: Observation<readonly string[]>;
  readonly secrets: Observation<readonly SecretEntry[]>;
}

/** `name`: login of a person, slug of a team, path of a group, name of a role. */
export interface Reviewer {
  readonly kind: 'person' | 'team' | 'role';
  readonly name: string;
}

/** Which refs may deploy. `patterns` in the forge's own syntax, without `refs/heads/`. */
export type DeploymentRefs =
  | { readonly kind: 'any' }
  | { readonly kind: 'protected-branches' }
  | { readonly kind: 'patterns'; readonly patterns: readonly RefPattern[] };

export interface RefPattern {
  readonly kind: 'branch' | 'tag';
  readonly pattern: string;
}

/**
 * Rules over tags or branches: a ruleset of GitHub, a protected tag or branch of GitLab. Patterns
 * are whole refs (`refs/tags/v*`), or `~ALL` and `~DEFAULT_BRANCH` as GitHub writes them. Only
 * `active` is enforced. `level`: who set it; the owner's hold for the repository too.
 */
export interface RefRuleset {
  readonly name: string;
  readonly level: 'repository' | 'owner';
  readonly target: 'tag' | 'branch';
  readonly enforcement: 'active' | 'evaluate' | 'disabled';
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly rules: readonly RefRule[];
  /** GitHub shows them to tokens that may write the ruleset, and to no other. */
  readonly bypass: Observation<readonly BypassActor[]>;
}

/** What is restricted. `other` keeps the forge's name of a rule that is not judged here. */
export type RefRule =
  | { readonly kind: 'creation' | 'update' | 'deletion' | 'force-push' | 'signatures' }
  | ({ readonly kind: 'review' } & RequiredReview)
  | {
      readonly kind: 'name-pattern';
      readonly operator: 'starts-with' | 'ends-with' | 'contains' | 'regex';
      readonly pattern: string;
      readonly negate: boolean;
    }
  | { readonly kind: 'other'; readonly name: string };

/** `approvals`: 0 where a pull request is needed and no approval of it. */
export interface RequiredReview {
  readonly approvals: number;
  readonly codeOwners: boolean;
  readonly staleDismissed: boolean;
  readonly lastPushApproved: boolean;
}

/**
 * Who is not bound. `name`: what the forge calls them, or their number where it shows no more;
 * null where the kind says it all. `mode`: on pull requests only, always, or without being asked.
 */
export interface BypassActor {
  readonly kind: 'role' | 'team' | 'app' | 'owner-admins' | 'deploy-keys' | 'person';
  readonly name: string | null;
  readonly mode: 'pull-request' | 'always' | 'exempt';
}

/** `review`: null where none is required. `bypass`: who may merge without it. */
export interface BranchProtection {
  readonly branch: string;
  readonly review: RequiredReview | null;
  readonly adminsBound: boolean;
  readonly forcePushAllowed: boolean;
  readonly deletionAllowed: boolean;
  readonly bypass: readonly BypassActor[];
}

/** What workflows of this repository may do by default. `jobToken`: GitLab's alone. */
export interface ActionsSettings {
  readonly allowed: Observation<AllowedActions>;
  readonly pinningRequired: Observation<boolean>;
  readonly defaultPermissions: Observation<'read' | 'write'>;
  readonly mayApprovePullRequests: Observation<boolean>;
  /** Whose pull requests from forks need an approval before their workflows run. */
  readonly forkApproval: Observation<'new-to-forge' | 'first-time' | 'all-outside'>;
  readonly jobToken: Observation<JobTokenScope>;
}

export type AllowedActions =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  | { readonly kind: 'own' }
  | {
      readonly kind: 'selected';
      readonly ofForge: boolean;
      readonly ofVerified: boolean;
      readonly patterns: readonly string[];
    };

/** `limited`: only projects on a list may use job tokens here. `mayPush`: they can write git. */
export interface JobTokenScope {
  readonly limited: boolean;
  readonly mayPush: boolean | null;
}

/**
 * A secret or variable of CI by name. Never its value. Times are RFC 3339 in UTC, null where the
 * forge keeps none. `guard`: GitLab's flags; null elsewhere.
 */
export interface SecretEntry {
  readonly name: string;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly guard: {
    readonly protectedRefsOnly: boolean;
    readonly masked: boolean;
    readonly environments: string;
  } | null;
}

export interface ImmutableReleases {
  readonly enabled: boolean;
  readonly enforcedByOwner: boolean;
}

export interface SelfHostedRunner {
  readonly name: string;
  readonly labels: readonly string[];
  readonly online: boolean;
  readonly ephemeral: boolean | null;
}

export interface DeployKey {
  readonly title: string;
  readonly createdAt: string | null;
  readonly lastUsedAt: string | null;
}

// ---- registries ----

export type ObservedPackage = NpmPackageSettings | PypiProjectSettings;

/** `registry`: its address as configured. A package that nobody published has no latest version. */
export interface NpmPackageSettings {
  readonly ecosystem: 'npm';
  readonly name: string;
  readonly registry: string;
  readonly maintainers: Observation<readonly RegistryAccount[]>;
  /** Everyone with a right on it, those of teams too. */
  readonly collaborators: Observation<readonly Collaborator[]>;
  readonly trustedPublishers: Observation<readonly TrustedPublisher[]>;
  readonly publishAccess: Observation<NpmPublishAccess>;
  /** Tokens of the account that asked, which reach this package or may do so. */
  readonly tokens: Observation<readonly RegistryToken[]>;
  readonly latest: Observation<NpmVersion | null>;
  /** The newest by time, at most 50. */
  readonly recent: Observation<readonly NpmVersion[]>;
}

/** npm's publishing access of a package: what besides a login with a second factor may publish. */
export type NpmPublishAccess = 'no-second-factor' | 'second-factor-or-token' | 'no-tokens';

/** `emailDomain`: what stands after the `@`; the address itself is not kept. */
export interface RegistryAccount {
  readonly name: string;
  readonly role: 'owner' | 'maintainer';
  readonly emailDomain: string | null;
}

export interface Collaborator {
  readonly name: string;
  readonly permission: 'read' | 'write';
}

/**
 * Who may publish by an identity of CI. `environment` null: a job in none, or in any, will do.
 * `may`: empty where the registry does not tell them apart.
 */
export interface TrustedPublisher {
  readonly issuer: 'github' | 'gitlab' | 'circleci' | 'google' | 'other';
  readonly repository: string | null;
  readonly workflow: string | null;
  readonly environment: string | null;
  readonly may: readonly ('publish' | 'stage')[];
}

/** Never the token: its name, reach and life. `secondFactorBypassed`: null where not shown. */
export interface RegistryToken {
  readonly name: string;
  readonly readOnly: boolean;
  readonly createdAt: string | null;
  readonly expiresAt: string | null;
  readonly addressBound: boolean;
  readonly secondFactorBypassed: boolean | null;
}

/** `publisher`: the account or automation that the registry names. `provenance`: predicate type. */
export interface NpmVersion {
  readonly version: string;
  readonly publishedAt: string | null;
  readonly publisher: string | null;
  readonly byTrustedPublisher: boolean;
  readonly provenance: string | null;
}

export interface PypiProjectSettings {
  readonly ecosystem: 'pypi';
  readonly name: string;
  readonly registry: string;
  readonly maintainers: Observation<readonly RegistryAccount[]>;
  /** The organisation that owns it; null for none. */
  readonly organization: Observation<string | null>;
  readonly latest: Observation<PypiRelease | null>;
}

export interface PypiRelease {
  readonly version: string;
  readonly files: readonly PypiFile[];
}

/** `provenance`: who the registry says uploaded it by trusted publishing; null for nobody. */
export interface PypiFile {
  readonly name: string;
  readonly uploadedAt: string | null;
  readonly yanked: boolean;
  readonly provenance: Observation<TrustedPublisher | null>;
}
