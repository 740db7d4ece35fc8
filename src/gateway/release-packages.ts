/** The packages of a release: each once, where it goes, and under which dist-tag. */
import { CountersignError } from '../core/errors.ts';
import type { PolicyDocument, Project, Upstream } from '../core/policy.ts';
import type { ArtifactRow, ReleaseRow } from './ports.ts';

/** What was given at open wins; else what the clients asked for, where they agree and it is not
 * the default that every client fills in. */
export function wantedTag(release: ReleaseRow, artifacts: readonly ArtifactRow[]): string | null {
  if (release.distTag !== null) return release.distTag;
  const asked = new Set(artifacts.flatMap((one) => one.requestedTag ?? []));
  asked.delete('latest');
  const [only, ...others] = [...asked];
  return others.length === 0 ? (only ?? null) : null;
}

/** One artifact of each package. */
export function uniquePackages(artifacts: readonly ArtifactRow[]): readonly ArtifactRow[] {
  const seen = new Map<string, ArtifactRow>();
  for (const one of artifacts) seen.set(`${one.ecosystem}:${one.package}`, one);
  return [...seen.values()];
}

/** Throws `not-found` where the signed rules give the package no upstream. */
export function upstreamFor(
  document: PolicyDocument,
  project: Project,
  ecosystem: string,
  packageName: string,
): { readonly name: string; readonly config: Upstream } {
  const known = project.packages.find(
    (one) => one.ecosystem === ecosystem && one.name === packageName,
  );
  const config = known === undefined ? undefined : document.upstreams[known.upstream];
  if (known !== undefined && config !== undefined) return { name: known.upstream, config };
  throw new CountersignError('not-found', `the signed rules give ${packageName} no upstream`);
}

/** Where the signed rules send a package, whichever project has it; undefined for one of nobody. */
export function signedUpstream(
  document: PolicyDocument,
  ecosystem: string,
  packageName: string,
): Upstream | undefined {
  for (const { packages } of Object.values(document.projects)) {
    const known = packages.find((one) => one.ecosystem === ecosystem && one.name === packageName);
    if (known !== undefined) return document.upstreams[known.upstream];
  }
  return undefined;
}
