/** Who may publish a package, as its registry shows it. */
import type { UpstreamMode } from './repository.ts';
import type { AuditContext } from './rule.ts';
import type { Observation, ObservedPackage, PypiRelease, TrustedPublisher } from './settings.ts';

/** The mode in which the gateway releases the package; null for one that it does not. */
export function modeOf(
  { gateway }: AuditContext,
  wanted: { readonly ecosystem: string; readonly name: string },
): UpstreamMode | null {
  const gated = gateway?.packages.find(
    ({ ecosystem, name }) => ecosystem === wanted.ecosystem && name === wanted.name,
  );
  return gated?.mode ?? null;
}

/**
 * Names of accounts that may publish, sorted. npm's collaborators are all that have a right; its
 * maintainers are what everybody sees of them.
 */
export function accountsOf(one: ObservedPackage): Observation<readonly string[]> {
  const { maintainers } = one;
  if (maintainers.kind === 'unverified') return maintainers;
  const names = maintainers.value.map(({ name }) => name);
  if (one.ecosystem === 'npm' && one.collaborators.kind === 'observed') {
    const writing = one.collaborators.value.filter(({ permission }) => permission === 'write');
    names.push(...writing.map(({ name }) => name));
  }
  return { ...maintainers, value: [...new Set(names)].toSorted() };
}

/** A Python index shows no publishers; those that uploaded the newest files are known. */
export function publishersOf(one: ObservedPackage): Observation<readonly TrustedPublisher[]> {
  if (one.ecosystem === 'npm') return one.trustedPublishers;
  if (one.latest.kind === 'unverified') return one.latest;
  return { ...one.latest, value: uploadersOf(one.latest.value) };
}

function uploadersOf(release: PypiRelease | null): readonly TrustedPublisher[] {
  const all = (release?.files ?? []).flatMap(({ provenance }) =>
    provenance.kind === 'observed' && provenance.value !== null ? [provenance.value] : [],
  );
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

/** Such as `release.yml of alice/aitbc`. */
export function publisherName({ repository, workflow }: TrustedPublisher): string {
  return `${workflow ?? 'a job'} of ${repository ?? 'another service'}`;
}
