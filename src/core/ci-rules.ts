/**
 * Whether a CI run may ask for a release: its claims against the signed binding, against the clock
 * and against the release. Pure, so that the gateway, the publisher and a stranger decide alike.
 * Each answer is a clause in lower case that says why not, or null.
 */
import { type CiClaims, GITHUB_EVENTS, GITLAB_EVENTS } from './ci-claims.ts';
import type { CiBinding, Project } from './policy.ts';
import { matchesTagFilter } from './tag-filter.ts';

/** A token is taken for this long after it was made, however long it says that it is good. */
export const TOKEN_MAX_AGE_SECONDS = 600;

/** The issuer's clock may be this much ahead of ours. */
const CLOCK_SKEW_SECONDS = 60;

/**
 * What `aud` may say for a gateway at `audience`, its host with a port where that is not the
 * default: the same (uv, twine and pdm ask for it), and `npm:` with it (yarn) or with the host
 * alone (npm, pnpm).
 */
export function acceptedAudiences(audience: string): readonly string[] {
  const host = audience.replace(/:[0-9]+$/, '');
  return [...new Set([audience, `npm:${audience}`, `npm:${host}`])];
}

/** `atMs`: milliseconds since 1970. */
export function whyNotNow(claims: CiClaims, atMs: number): string | null {
  const at = atMs / 1000;
  if (claims.expiresAt <= at) return 'the token has expired';
  const starts = Math.max(claims.issuedAt, claims.notBefore);
  if (starts > at + CLOCK_SKEW_SECONDS) return 'the token is dated in the future';
  if (at - claims.issuedAt > TOKEN_MAX_AGE_SECONDS) {
    return `the token is older than ${TOKEN_MAX_AGE_SECONDS / 60} minutes`;
  }
  return null;
}

/** Whether the numbers are those of the binding: then its other rules are worth telling. */
export function isOfRepository(claims: CiClaims, binding: CiBinding): boolean {
  return (
    claims.kind === binding.kind &&
    claims.issuer === binding.issuer &&
    claims.repository === binding.repository &&
    claims.owner === binding.owner
  );
}

/** Everything that the binding itself says. */
export function whyUnbound(claims: CiClaims, binding: CiBinding): string | null {
  if (!acceptedAudiences(binding.audience).includes(claims.audience)) {
    return `the token is for audience ${claims.audience}, not for ${binding.audience}`;
  }
  if (claims.repository !== binding.repository) {
    return `the run is of repository ${claims.repository}, not ${binding.repository}`;
  }
  if (claims.owner !== binding.owner) {
    return `the repository belongs to owner ${claims.owner}, not ${binding.owner}`;
  }
  if (!isOfRepository(claims, binding)) return `the token is of another issuer`;
  const events = claims.kind === 'github' ? GITHUB_EVENTS : GITLAB_EVENTS;
  if (!events.includes(claims.event) || /^refs\/(?:pull|merge-requests)\//.test(claims.ref)) {
    return `the run was started by ${claims.event} at ${claims.ref}, and only ${events.join(', ')} at tags and branches are taken`;
  }
  if (claims.isOpenToShell) return 'the run was started again over SSH';
  const workflow = `${claims.workflowRoot}${binding.workflow}@${claims.ref}`;
  const other = claims.workflows.find((one) => one !== workflow);
  if (other !== undefined) return `the workflow is ${other}, not ${workflow}`;
  if (binding.environment !== null && claims.environment !== binding.environment) {
    return `the job runs in environment ${claims.environment ?? 'none'}, not ${binding.environment}`;
  }
  return null;
}

/** The tag that a run at `ref` was started for; null for a branch. */
export function tagOfRef(ref: string): string | null {
  return ref.startsWith('refs/tags/') ? ref.slice('refs/tags/'.length) : null;
}

/**
 * Whether the run is one of this release: it ran at the tag, or on a protected branch at the commit
 * that the release was opened for.
 */
export function whyOtherRelease(
  claims: CiClaims,
  release: { readonly tag: string; readonly commit: string | null },
  project: Project,
): string | null {
  if (release.commit !== null && release.commit !== claims.commit) {
    return `the run is of commit ${claims.commit}, the release of ${release.commit}`;
  }
  const tag = tagOfRef(claims.ref);
  if (tag !== null) {
    return tag === release.tag ? null : `the run is of tag ${tag}, the release of ${release.tag}`;
  }
  if (release.commit === null) {
    return `the run is at ${claims.ref}, and the release was not opened for a commit`;
  }
  const branches = project.source?.branches ?? [];
  const branch = /^refs\/heads\/(.+)$/.exec(claims.ref)?.[1];
  if (branch !== undefined && branches.length > 0 && matchesTagFilter(branches, branch))
    return null;
  return `the run is at ${claims.ref}, which is no protected branch of the project`;
}
