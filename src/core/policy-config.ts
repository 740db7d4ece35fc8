/**
 * Upstreams, projects and policies as a maintainer writes them in countersign.yaml: after the
 * schema was held against it, before defaults, `extends` and durations are resolved.
 * `policy-compile.ts` makes the signed document of it.
 */
import type { AcceptedFinding } from './accepted-finding.ts';
import type { Confidence } from './finding.ts';
import type { InspectionLimitsConfig } from './inspection-limits.ts';
import type {
  ApprovalRule,
  CiBinding,
  Policy,
  ProjectProvenance,
  SourceGrade,
  Upstream,
} from './policy.ts';

export interface UpstreamConfig {
  readonly ecosystem: string;
  readonly url: string;
  readonly readUrl?: string | undefined;
  readonly mode: Upstream['mode'];
  readonly credential?: string | undefined;
}

export interface PackageConfig {
  readonly name: string;
  readonly ecosystem: string;
  readonly upstream: string;
  readonly files?: Readonly<Record<string, number>> | undefined;
}

/** Numbers stand as text: they are names. Without `audience` it is the gateway's own host. */
export interface CiConfig {
  readonly kind: CiBinding['kind'];
  readonly issuer: string;
  readonly audience?: string | undefined;
  readonly repository: string;
  readonly owner: string;
  readonly workflow: string;
  readonly environment?: string | undefined;
}

export interface SourceConfig {
  readonly remote: string;
  readonly branches: readonly string[];
  readonly outputs?: readonly string[] | undefined;
}

export interface ProvenanceConfig {
  readonly attestations?: ProjectProvenance['attestations'] | undefined;
  readonly forward?: ProjectProvenance['forward'] | undefined;
  readonly 'trusted-root'?: string | undefined;
}

export interface ProjectConfig {
  readonly repository?: string | undefined;
  readonly packages: readonly PackageConfig[];
  readonly policies: readonly string[];
  readonly ci?: readonly CiConfig[] | undefined;
  readonly source?: SourceConfig | undefined;
  readonly provenance?: ProvenanceConfig | undefined;
}

/** `key-cooling` and `review-within` are durations; false switches break-glass off. */
export interface GovernanceConfig {
  readonly minimum?: number | undefined;
  readonly groups?: Readonly<Record<string, number>> | undefined;
  readonly 'key-cooling'?: string | undefined;
  readonly 'break-glass'?: false | { readonly 'review-within'?: string | undefined } | undefined;
}

export interface PasskeysConfig {
  readonly 'relying-party': string;
  readonly origins: readonly string[];
}

/** `expires` is a duration such as `72h`. */
export interface ApprovalConfig {
  readonly minimum?: number | undefined;
  readonly groups?: Readonly<Record<string, number>> | undefined;
  readonly requester?: ApprovalRule['requester'] | undefined;
  readonly terminal?: number | undefined;
  readonly expires?: string | undefined;
}

/**
 * What is absent is inherited through `extends`, then taken from the defaults. `any`, `none` and
 * `false` switch off what would otherwise be inherited.
 */
export interface PolicyConfig {
  readonly extends?: string | undefined;
  readonly tag?: string | undefined;
  readonly versioning?: 'semver' | undefined;
  readonly confirm?: string | false | undefined;
  readonly chosen?: Policy['chosen'] | undefined;
  readonly approvals?: ApprovalConfig | undefined;
  readonly source?: SourceGrade | undefined;
  readonly block?: { readonly secrets?: Confidence | undefined } | undefined;
  readonly 'dist-tags'?: 'any' | readonly string[] | undefined;
  readonly publish?: Policy['publish'] | undefined;
  /** A duration such as `30d`; `none` holds for no age. */
  readonly 'young-dependencies'?: string | undefined;
  /** Held findings that these rules answer for. */
  readonly accept?: readonly AcceptedFinding[] | undefined;
  readonly waive?: readonly string[] | undefined;
  readonly limits?: 'none' | 'patch-of-existing-line' | undefined;
  readonly 'review-within'?: string | undefined;
  readonly inspection?: InspectionLimitsConfig | undefined;
}

/** The sections of countersign.yaml that are a proposal. */
export interface RulesConfig {
  readonly governance?: GovernanceConfig | undefined;
  readonly passkeys?: PasskeysConfig | undefined;
  readonly upstreams: Readonly<Record<string, UpstreamConfig>>;
  readonly projects: Readonly<Record<string, ProjectConfig>>;
  readonly policies: Readonly<Record<string, PolicyConfig>>;
}

/** Where in the configuration something is wrong: `path` holds keys and list indexes. */
export interface RulesProblem {
  readonly path: readonly (string | number)[];
  /** `expected ..., found ...`, without the path. */
  readonly message: string;
  readonly hint?: string;
}

/** Reports a problem; never returns. */
export type RefuseRules = (problem: RulesProblem) => never;
