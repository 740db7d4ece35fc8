/**
 * The rules document: upstreams, projects and policies as they were signed. Every value is
 * resolved (defaults filled, `extends` applied, durations in seconds), so that the signed bytes
 * mean one thing.
 */
import { acceptedFinding } from './accepted-finding.ts';
import { CountersignError } from './errors.ts';
import { CONFIDENCES } from './finding.ts';
import { inspectionLimits } from './inspection-limits.ts';
import {
  dictionary,
  integer,
  list,
  literal,
  nullable,
  object,
  objectWith,
  type Read,
  sha256,
  text,
} from './shape.ts';

export const SOURCE_GRADES = ['asserted', 'oidc', 'attested', 'resolved'] as const;
export type SourceGrade = (typeof SOURCE_GRADES)[number];

/**
 * `url` is where uploads go, with a trailing slash; `readUrl` where the public reads, null for the
 * same. `credential` names a vault secret.
 */
export const upstream = object({
  ecosystem: text,
  url: text,
  readUrl: nullable(text),
  mode: literal('publish', 'stage', 'stage-by-ci', 'ci'),
  credential: nullable(text),
});
export type Upstream = Read<typeof upstream>;

/** `files`: file kind -> how many of it a release holds, such as `{ wheel: 1, sdist: 1 }`. */
export const projectPackage = object({
  name: text,
  ecosystem: text,
  upstream: text,
  files: dictionary(integer(1, 1000)),
});
export type ProjectPackage = Read<typeof projectPackage>;

/**
 * Which CI may ask in the project's name: `issuer` of its OIDC tokens, the `audience` that they
 * must be for (this gateway's host, with its port where that is not the default), the numbers of
 * repository and owner (names can be taken over), the workflow's path in the repository, and the
 * environment that its job must run in, null for any.
 */
export const ciBinding = object({
  kind: literal('github', 'gitlab'),
  issuer: text,
  audience: text,
  repository: text,
  owner: text,
  workflow: text,
  environment: nullable(text),
});
export type CiBinding = Read<typeof ciBinding>;

/**
 * Where the source lies: `remote` as git takes it, patterns of branches that only reviewed commits
 * reach, and globs of packed files that the build makes.
 */
export const projectSource = object({
  remote: text,
  branches: list(text, 64),
  outputs: list(text, 1000),
});
export type ProjectSource = Read<typeof projectSource>;

/**
 * What is asked of Sigstore and PEP 740 attestations: whether every artifact must have one, where
 * they are handed on, and the SHA-256 of the trusted root that they are verified with, null for the
 * one of this version.
 */
export const projectProvenance = object({
  attestations: literal('optional', 'required'),
  forward: literal('never', 'npm'),
  trustedRoot: nullable(sha256),
});
export type ProjectProvenance = Read<typeof projectProvenance>;

export const project = objectWith(
  {
    repository: nullable(text),
    packages: list(projectPackage, 1000),
    policies: list(text, 64),
  },
  { ci: list(ciBinding, 64), source: projectSource, provenance: projectProvenance },
);
export type Project = Read<typeof project>;

/** `minimum` is at least 2 everywhere, here included. `expiresSeconds` counts from sealing. */
export const approvalRule = object({
  minimum: integer(2, 100),
  groups: dictionary(integer(1, 100)),
  requester: literal('excluded', 'counts'),
  terminal: integer(0, 100),
  expiresSeconds: integer(60, 90 * 86_400),
});
export type ApprovalRule = Read<typeof approvalRule>;

export const DEFAULT_YOUNG_DEPENDENCY_SECONDS = 30 * 86_400;

export const policy = objectWith(
  {
    tag: text,
    versioning: literal('semver'),
    confirm: nullable(text),
    chosen: literal('by-tag', 'at-open'),
    approvals: approvalRule,
    source: literal(...SOURCE_GRADES),
    block: object({ secrets: literal(...CONFIDENCES) }),
    distTags: nullable(list(text, 64)),
    publish: literal('automatic', 'manual'),
    /** Rule ids whose `reject` may be waived, with a reason, inside each signature. */
    waivable: list(text, 1000),
    limits: nullable(literal('patch-of-existing-line')),
    reviewWithinSeconds: nullable(integer(60)),
  },
  {
    /** Absent: DEFAULT_INSPECTION_LIMITS. */
    inspection: inspectionLimits,
    /** A dependency that is new here and whose first version is younger is held; 0: none is. Absent:
     * DEFAULT_YOUNG_DEPENDENCY_SECONDS. */
    youngDependencySeconds: integer(0, 3650 * 86_400),
    /** Absent: none. */
    accepted: list(acceptedFinding, 1000),
  },
);
export type Policy = Read<typeof policy>;

/**
 * What it takes to change roster and rules: how many people, how many of which group, how long a
 * new key waits until it counts, and whether two people of no particular group may ship in an
 * emergency (a review is then due).
 */
export const governanceRule = objectWith(
  {
    minimum: integer(2, 100),
    groups: dictionary(integer(1, 100)),
    coolingSeconds: integer(0, 90 * 86_400),
  },
  { breakGlass: object({ reviewWithinSeconds: integer(60, 7 * 86_400) }) },
);
export type GovernanceRule = Read<typeof governanceRule>;

/** The relying party of approval passkeys, and the exact origins of the pages that may ask them. */
export const passkeySettings = object({ relyingParty: text, origins: list(text, 16) });
export type PasskeySettings = Read<typeof passkeySettings>;

export const policyDocument = objectWith(
  {
    schema: literal('countersign/policy/v1'),
    version: integer(1),
    previous: nullable(sha256),
    upstreams: dictionary(upstream),
    projects: dictionary(project),
    policies: dictionary(policy),
  },
  { governance: governanceRule, passkeys: passkeySettings },
);
export type PolicyDocument = Read<typeof policyDocument>;

/** Throws `malformed-document` where a name refers to nothing or a package stands twice. */
export function checkPolicyDocument(document: PolicyDocument): void {
  const owner = new Map<string, string>();
  for (const [name, one] of Object.entries(document.projects)) {
    if (one.policies.length === 0) refuse(`projects.${name}.policies is empty`);
    for (const policyName of one.policies) {
      if (!Object.hasOwn(document.policies, policyName)) {
        refuse(`projects.${name}.policies names ${policyName}, which policies does not have`);
      }
    }
    for (const item of one.packages) {
      checkPackageTarget(document, name, item);
      const key = `${item.ecosystem}:${item.name}`;
      const other = owner.get(key);
      if (other !== undefined) refuse(`${item.name} belongs to ${other} and to ${name}`);
      owner.set(key, name);
    }
  }
}

function checkPackageTarget(document: PolicyDocument, name: string, item: ProjectPackage): void {
  const target = Object.hasOwn(document.upstreams, item.upstream)
    ? document.upstreams[item.upstream]
    : undefined;
  if (target === undefined) {
    refuse(
      `projects.${name}: ${item.name} goes to ${item.upstream}, which upstreams does not have`,
    );
  }
  if (target.ecosystem !== item.ecosystem) {
    refuse(
      `projects.${name}: ${item.name} is ${item.ecosystem}, but upstream ${item.upstream} is ${target.ecosystem}`,
    );
  }
}

function refuse(message: string): never {
  throw new CountersignError('malformed-document', `policy document: ${message}`);
}
