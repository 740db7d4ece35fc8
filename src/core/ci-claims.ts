/**
 * What a CI run says of itself in its OIDC token, in one form for GitHub and GitLab. Numbers of
 * repositories, owners and people are kept as text: they are names. `sub` is never looked at: its
 * form is the repository owner's to choose.
 */
import { CountersignError } from './errors.ts';
import type { CiBinding } from './policy.ts';

export interface CiClaims {
  readonly kind: CiBinding['kind'];
  readonly issuer: string;
  readonly audience: string;
  /** Names this one token for its issuer. */
  readonly tokenId: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly notBefore: number;
  readonly expiresAt: number;
  readonly repository: string;
  readonly owner: string;
  /** In full, such as `refs/tags/v1.2.3`. */
  readonly ref: string;
  readonly commit: string;
  /** What started the run, in the forge's word. */
  readonly event: string;
  readonly environment: string | null;
  /** Every workflow file that the job came from, in full: `REPOSITORY/PATH@REF`. */
  readonly workflows: readonly string[];
  /** What each of `workflows` must start with to be of this repository. */
  readonly workflowRoot: string;
  /** Who is behind the run. */
  readonly actor: string;
  readonly run: string;
  /** 1 for the first; GitLab does not count, so that it is always 1 there. */
  readonly attempt: number;
  /** Somebody could reach into the run while it ran. */
  readonly isOpenToShell: boolean;
}

/** The claims of a token, before anybody has looked at its signature. */
export type RawClaims = Readonly<Record<string, unknown>>;

/** Throws `identity-refused` where a claim is missing or has another form. */
export function readCiClaims(kind: CiBinding['kind'], raw: RawClaims): CiClaims {
  return kind === 'github' ? readGithub(raw) : readGitlab(raw);
}

/** Events that run the repository's own code at its own refs; pull requests are not among them. */
export const GITHUB_EVENTS: readonly string[] = [
  'create',
  'push',
  'release',
  'repository_dispatch',
  'schedule',
  'workflow_dispatch',
];

/** The same of GitLab; merge requests, and pipelines that others started, are not among them. */
export const GITLAB_EVENTS: readonly string[] = ['api', 'push', 'schedule', 'trigger', 'web'];

function readGithub(raw: RawClaims): CiClaims {
  const repository = requireText(raw, 'repository', 512);
  const isPullRequest = ['head_ref', 'base_ref'].some((key) => (raw[key] ?? '') !== '');
  return {
    ...readCommon(raw),
    kind: 'github',
    repository: requireNumber(raw, 'repository_id'),
    owner: requireNumber(raw, 'repository_owner_id'),
    ref: requireText(raw, 'ref', 512),
    // branches of a pull request are named in other events too
    event: isPullRequest ? 'pull_request' : requireText(raw, 'event_name', 64),
    workflows: [requireText(raw, 'workflow_ref', 1024), requireText(raw, 'job_workflow_ref', 1024)],
    workflowRoot: `${repository}/`,
    actor: requireNumber(raw, 'actor_id'),
    run: requireNumber(raw, 'run_id'),
    attempt: Number(requireNumber(raw, 'run_attempt')),
  };
}

function readGitlab(raw: RawClaims): CiClaims {
  const ref = requireText(raw, 'ref', 512);
  const kind = requireText(raw, 'ref_type', 16);
  if (kind !== 'tag' && kind !== 'branch') refuse('ref_type', 'tag or branch');
  const { host, pathname } = new URL(requireText(raw, 'iss', 512));
  const site = `${host}${pathname.replace(/\/$/, '')}`;
  return {
    ...readCommon(raw),
    kind: 'gitlab',
    repository: requireNumber(raw, 'project_id'),
    owner: requireNumber(raw, 'namespace_id'),
    ref: `refs/${kind === 'tag' ? 'tags' : 'heads'}/${ref}`,
    event: requireText(raw, 'pipeline_source', 64),
    workflows: [requireText(raw, 'ci_config_ref_uri', 1024)],
    workflowRoot: `${site}/${requireText(raw, 'project_path', 512)}//`,
    actor: requireNumber(raw, 'user_id'),
    run: requireNumber(raw, 'pipeline_id'),
    attempt: 1,
  };
}

function readCommon(raw: RawClaims) {
  const issuedAt = requireTime(raw, 'iat');
  return {
    issuer: requireText(raw, 'iss', 512),
    audience: requireText(raw, 'aud', 512),
    tokenId: requireText(raw, 'jti', 256),
    issuedAt,
    notBefore: raw['nbf'] === undefined ? issuedAt : requireTime(raw, 'nbf'),
    expiresAt: requireTime(raw, 'exp'),
    commit: requireCommit(raw),
    environment: (raw['environment'] ?? '') === '' ? null : requireText(raw, 'environment', 256),
    isOpenToShell: Object.entries(raw).some(
      ([key, value]) => /(?:^|[/_-])ssh[_-]rerun$/.test(key) && `${value}` !== 'false',
    ),
  };
}

function requireText(raw: RawClaims, key: string, maxLength: number): string {
  const value = raw[key];
  const isFine =
    typeof value === 'string' &&
    value.length <= maxLength &&
    /^[\x21-\x7e][\x20-\x7e]*$/.test(value);
  return isFine ? value : refuse(key, `one text of 1 to ${maxLength} printable characters`);
}

/** GitHub and GitLab write their numbers as texts. */
function requireNumber(raw: RawClaims, key: string): string {
  const value = raw[key];
  const isFine = typeof value === 'string' && /^[1-9][0-9]{0,17}$/.test(value);
  return isFine ? value : refuse(key, 'a number written as text');
}

function requireTime(raw: RawClaims, key: string): number {
  const value = raw[key];
  const isFine = Number.isSafeInteger(value) && (value as number) > 0 && (value as number) < 1e11;
  return isFine ? (value as number) : refuse(key, 'a time in whole seconds');
}

function requireCommit(raw: RawClaims): string {
  const value = raw['sha'];
  const isFine = typeof value === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
  return isFine ? value : refuse('sha', 'a commit in full');
}

function refuse(key: string, expected: string): never {
  throw new CountersignError(
    'identity-refused',
    `identity token: claim ${key}: expected ${expected}, found none or another form`,
    { hint: 'docs/clients says which tokens of GitHub and GitLab are taken' },
  );
}
